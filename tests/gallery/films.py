"""Real films of an order: the studio's own engines and steps, every step kept in a folder, so a broken run goes on."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.config import StudioSettings
from pipeline.intake import take_in
from pipeline.model import Artifact, Brand, Brief, Film, Format, Goal, Order, Platform, Tone, Wish
from pipeline.produce import Watch, make
from pipeline.steps import Steps
from pipeline.studio import build
from tests.fakes.memory import FolderBlobs
from tests.gallery.orders import ShownOrder

_PLATFORMS = {
    Format.TALL: Platform.TIKTOK,
    Format.FEED: Platform.INSTAGRAM_FEED,
    Format.SQUARE: Platform.SQUARE_FEED,
    Format.WIDE: Platform.YOUTUBE,
}


@dataclass(frozen=True)
class FolderLedger:
    """Answers of steps as files."""

    folder: Path

    async def find(self, key: str) -> str | None:
        file = self.folder / key
        return file.read_text("utf-8") if file.exists() else None

    async def settle(self, key: str, *, stage: str, engine: str, answer: str, seconds: float) -> None:
        new = self.folder / f"{key}.new"
        new.write_text(answer, "utf-8")
        new.replace(self.folder / key)

    async def forget(self, key: str) -> None:
        (self.folder / key).unlink(missing_ok=True)

    async def task(self, key: str, engine: str) -> str | None:
        return None

    async def remember_task(self, key: str, engine: str, task: str) -> None:
        raise NotImplementedError("nothing is bought for the gallery")

    async def claim_task(self, key: str, engine: str, task: str) -> str:
        raise NotImplementedError("nothing is bought for the gallery")


def edition() -> str:
    """Names the studio as it is now: films of another edition are made anew."""
    root = Path(pipeline.__path__[0])
    digest = hashlib.sha256()
    for file in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".toml")):
        digest.update(f"{file.relative_to(root)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


class FilmStudio:
    """Makes films with the local engines: no key is used, even where the environment has one."""

    def __init__(self, cache: Path) -> None:
        self._folder = cache / edition()
        for name in ("ledger", "blobs"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        self._ledger = FolderLedger(self._folder / "ledger")
        self.blobs = FolderBlobs(self._folder / "blobs")
        local = StudioSettings(
            openai_api_key=None, elevenlabs_api_key=None, runwayml_api_secret=None, gemini_api_key=None
        )
        self._studio = build(local)

    async def film(self, order: ShownOrder, tone: Tone, formats: Sequence[Format], *, idea: int, watch: Watch) -> Film:
        """The finished film in these formats.

        Raises:
            FrameError: it cannot be made.
        """
        wish = Wish(brief=await self._brief(order, tone, formats), idea=idea)
        with tempfile.TemporaryDirectory() as scratch:
            steps = Steps(self._ledger, self.blobs, Path(scratch))
            done = await make(Order(goal=Goal.FILM, wish=wish), studio=self._studio, steps=steps, watch=watch)
        return done.films[0]

    async def _brief(self, order: ShownOrder, tone: Tone, formats: Sequence[Format]) -> Brief:
        return Brief(
            photos=tuple([await self._photo(photo) for photo in order.photos]),
            name=order.name,
            description=order.description,
            price=order.price,
            language=order.language,
            tone=tone,
            platforms=tuple(_PLATFORMS[form] for form in formats),
            brand=Brand(handle=order.handle),
        )

    async def _photo(self, photo: Path) -> Artifact:
        """A photo taken in, as the bot does it, once."""
        known = self._folder / "ledger" / f"photo-{hashlib.sha256(photo.read_bytes()).hexdigest()}"
        if known.exists():
            return Artifact.model_validate(json.loads(known.read_text("utf-8")))
        with tempfile.TemporaryDirectory() as scratch:
            taken = await take_in(photo, scratch=Path(scratch))
            artifact = await self.blobs.put(taken.path, taken.media_type)
        known.write_text(artifact.model_dump_json(), "utf-8")
        return artifact
