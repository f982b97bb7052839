"""The whole job as a worker does it: from photos that are taken in to a film for three vertical platforms.

The studio is the real one and stays warm, as in a worker that runs for days: models are loaded, code is compiled. Each
repeat gets a ledger, a blob store and photos of its own (the same pictures, encoded anew), so that nothing of the film
that is measured was made before.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.config import StudioSettings
from pipeline.model import Artifact, Brief, Film, Goal, Order, Platform, Price, Tone, Wish
from pipeline.produce import Studio, make
from pipeline.reading import price_from
from pipeline.steps import Steps
from pipeline.studio import build
from pipeline.weights import ensure
from tests.bench.measure import Cost, encode_alone, timed
from tests.fakes.memory import FolderBlobs, MemoryLedger

VERTICAL = (Platform.TIKTOK, Platform.INSTAGRAM_REELS, Platform.YOUTUBE_SHORTS)
_SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PHOTOS = ("1-mug/01.jpg", "1-mug/02.jpg", "2-bottle/01.jpg")
_OTHERS = ("3-lamp/01.jpg", "3-lamp/02.jpg")


@dataclass(frozen=True)
class Job:
    """What a job took, and what x264 alone takes for the frames of the one file that all three platforms get."""

    whole: Cost
    floor: Cost
    frames: int


class Workshop:
    """A worker's studio with a folder of its own; another one may be put in its place."""

    def __init__(
        self, folder: Path, *, seconds: int = 15, photos: Sequence[str] = PHOTOS, studio: Studio | None = None
    ) -> None:
        self._folder, self._seconds, self._photos = folder, seconds, photos
        self._studio = studio or _local(folder)

    def warm(self) -> None:
        """Make a film of other photos, so that models are loaded and code is compiled."""
        self._made(_photos(_OTHERS, quality=90), "warm", tone=Tone.WARM, platforms=VERTICAL[:1])

    def measure(self, number: int) -> Job:
        """One job and its floor; `number` tells the repeats apart."""
        name = f"job-{number}"
        photos = _photos(self._photos, quality=90 + number % 8)
        films: list[Film] = []
        whole = timed(lambda: films.append(self._made(photos, name, tone=Tone.CALM, platforms=VERTICAL)))
        (reel,) = films[0].reels
        failed = [check for check in reel.checks if not check.passed]
        if failed:
            raise RuntimeError(f"a film that is not fit to be delivered is no measure: {failed}")
        frames = _decoded(self._folder / name / reel.video.sha256, reel.frames)
        floor = timed(partial(encode_alone, frames, self._folder / "floor.mp4"))
        shutil.rmtree(self._folder / name)
        return Job(whole, floor, reel.frames)

    def _made(self, photos: Sequence[bytes], name: str, *, tone: Tone, platforms: tuple[Platform, ...]) -> Film:
        return asyncio.run(self._job(photos, self._folder / name, tone=tone, platforms=platforms))

    async def _job(self, photos: Sequence[bytes], folder: Path, *, tone: Tone, platforms: tuple[Platform, ...]) -> Film:
        folder.mkdir()
        blobs = FolderBlobs(folder)
        kept = tuple([await blobs.put_bytes(photo, "image/jpeg") for photo in photos])
        steps = Steps(MemoryLedger(), blobs, folder / "scratch")
        order = Order(goal=Goal.FILM, wish=Wish(brief=_brief(kept, tone, platforms, self._seconds)))
        done = await make(order, studio=self._studio, steps=steps, watch=lambda progress: None)
        reused = [record.stage for record in steps.records if not record.computed]
        if reused:
            raise RuntimeError(f"made before, so not measured: {reused}")
        return done.films[0]


def _local(folder: Path) -> Studio:
    """The real studio, without any cloud."""
    settings = StudioSettings(
        frame_home=folder / "home",
        openai_api_key=None,
        elevenlabs_api_key=None,
        runwayml_api_secret=None,
        gemini_api_key=None,
    )
    ensure(settings.models)
    return build(settings)


def _brief(photos: tuple[Artifact, ...], tone: Tone, platforms: tuple[Platform, ...], seconds: int) -> Brief:
    price: Price | None = price_from("24.00", currency="GBP", language="en")
    return Brief(
        photos=photos,
        name="Fjord Stoneware Mug",
        description="Hand-thrown stoneware with a speckled sea-green glaze. Holds 350 ml. Dishwasher-safe.",
        price=price,
        tone=tone,
        platforms=platforms,
        seconds=seconds,
    )


def _photos(names: Sequence[str], *, quality: int) -> tuple[bytes, ...]:
    """Sample photos, encoded anew: equal to look at, but not equal content."""
    found = []
    for name in names:
        pixels = cv2.imread(str(_SAMPLES / name))
        if pixels is None:
            raise FileNotFoundError(_SAMPLES / name)
        found.append(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())
    return tuple(found)


def _decoded(path: Path, count: int) -> NDArray[np.uint8]:
    """All frames of a film as yuv420p, (frames, 3/2 height, width)."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.thread_type = "AUTO"
        frames = np.empty((count, stream.height * 3 // 2, stream.width), np.uint8)
        for number, frame in enumerate(film.decode(stream)):
            frames[number] = frame.to_ndarray()
    return frames
