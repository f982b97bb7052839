"""The cutting room makes real files, and the camera real thumbnails."""

from __future__ import annotations

import asyncio
import hashlib
import io
import math
import wave
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.engines.shots.local import LocalCamera
from pipeline.media.cut import CuttingRoom
from pipeline.media.jpeg import encode_jpeg
from pipeline.model import (
    FPS,
    NO_VOICE,
    Artifact,
    Brand,
    Format,
    Intent,
    Plate,
    Quality,
    Shot,
    Soundtrack,
    Speech,
    Timeline,
    Tone,
)
from pipeline.ports import Cut, Shoot
from pipeline.steps import Fleeting
from tests.pipeline.media.look.staging import STORY, sheet, source


@dataclass
class Table:
    """A bench of files in a folder."""

    folder: Path
    told: list[tuple[int, int]] = field(default_factory=list)
    given_up: bool = False

    @property
    def scratch(self) -> Path:
        place = self.folder / "scratch"
        place.mkdir(exist_ok=True)
        return place

    async def open(self, artifact: Artifact) -> Path:
        return self.folder / artifact.sha256

    async def keep(self, path: Path, media_type: str) -> Artifact:
        return self.store(path.read_bytes(), media_type)

    def store(self, data: bytes, media_type: str) -> Artifact:
        digest = hashlib.sha256(data).hexdigest()
        (self.folder / digest).write_bytes(data)
        return Artifact(sha256=digest, media_type=media_type)

    def progress(self, done: int, total: int, picture: Artifact | None = None) -> None:
        self.told.append((done, total))

    async def task(self) -> str | None:
        return None

    async def remember(self, task: str) -> None:
        raise AssertionError("nothing here is paid for")

    async def claim(self, task: str) -> str:
        await self.remember(task)
        return task

    @property
    def logins(self) -> Fleeting:
        return Fleeting()


def stored(table: Table, number: int) -> Plate:
    made = source(number=number)
    assert made.cutout is not None
    cutout = io.BytesIO()
    Image.fromarray(made.cutout.pixels).save(cutout, "PNG")
    return made.plate.model_copy(
        update={
            "photo": table.store(encode_jpeg(made.photo.pixels, quality=92), "image/jpeg"),
            "cutout": table.store(cutout.getvalue(), "image/png"),
        }
    )


def tone_of(seconds: float) -> bytes:
    """A stereo WAV with a steady tone, as loud as a film has to be."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48_000)
        level = round(0.2 * 32767 * math.sqrt(2))
        at = np.arange(round(seconds * 48_000))
        one = np.round(level * np.sin(2 * np.pi * 997 * at / 48_000)).astype("<i2")
        out.writeframes(np.repeat(one, 2).tobytes())
    return file.getvalue()


def request(table: Table, *, quality: Quality = Quality.PREVIEW) -> Cut:
    plates = (stored(table, 0), stored(table, 1))
    film = sheet(
        (source(number=0), source(number=1)), tone=Tone.PLAYFUL, story=(STORY[0], STORY[5], STORY[6]), seconds=1.4
    )
    frames = film.slots[-1].end
    sound = table.store(tone_of(frames / FPS), "audio/wav")
    return Cut(
        format=Format.TALL,
        quality=quality,
        tone=film.tone,
        language="en",
        shots=film.shots,
        takes=film.takes,
        plates=plates,
        speech=Speech(lines=film.lines, voice=NO_VOICE),
        timeline=Timeline(slots=film.slots, frames=frames, beats=film.beats),
        soundtrack=Soundtrack(audio=sound, lufs=-14, true_peak=-11),
        name=film.name,
        price=film.price,
        call_to_action=film.action,
        title="Nordtisch mug",
        brand=Brand(handle="@nordtisch"),
        music_credit="",
    )


async def test_a_reel_is_a_film_with_cover_and_subtitles(tmp_path: Path) -> None:
    table = Table(tmp_path)
    wanted = request(table)
    reel = await CuttingRoom().run(wanted, table)
    assert (reel.width, reel.height, reel.frames) == (360, 640, wanted.timeline.frames)
    with av.open(str(tmp_path / reel.video.sha256)) as film:
        assert sum(1 for _ in film.decode(video=0)) == wanted.timeline.frames
    with Image.open(tmp_path / reel.cover.sha256) as front:
        assert front.format == "JPEG"
        assert front.size == (1080, 1920)
    assert (tmp_path / reel.cover.sha256).stat().st_size <= 200_000
    assert "Morning. Quiet. Warm." in (tmp_path / reel.srt.sha256).read_text("utf-8")
    assert (tmp_path / reel.vtt.sha256).read_text("utf-8").startswith("WEBVTT")
    assert table.told[-1] == (wanted.timeline.frames, wanted.timeline.frames)
    visible = {"decodes", "duration", "frames", "black", "frozen", "captions", "safe zones", "contrast", "type size"}
    checks = {check.name: check for check in reel.checks}
    assert visible <= set(checks)
    assert all(checks[name].passed for name in visible), [checks[name] for name in visible]


async def test_cutting_stops_when_it_is_cancelled_and_leaves_nobody_behind(tmp_path: Path) -> None:
    table = Table(tmp_path)
    began = asyncio.Event()
    table.progress = lambda *_: began.set()  # type: ignore[method-assign]  # told as soon as frames are made
    work = asyncio.create_task(CuttingRoom().run(request(table, quality=Quality.FULL), table))
    await asyncio.wait_for(began.wait(), 60)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(work, 20)
    assert not (table.scratch / "film.mp4").exists()


def clip(path: Path, colours: list[tuple[int, int, int]]) -> bytes:
    """A video of flat frames, 24 a second."""
    with av.open(str(path), "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 360, 640, "yuv420p"
        for colour in colours:
            frame = av.VideoFrame.from_ndarray(np.full((640, 360, 3), colour, np.uint8), format="rgb24")
            film.mux(stream.encode(frame))
        film.mux(stream.encode())
    return path.read_bytes()


async def test_a_filmed_clip_is_shown_as_it_was_filmed(tmp_path: Path) -> None:
    table = Table(tmp_path)
    wanted = request(table)
    colours = [(30, 90, min(250, 60 + 4 * at)) for at in range(wanted.timeline.slots[0].end + 30)]
    filmed = table.store(clip(tmp_path / "clip.mp4", colours), "video/mp4")
    first = wanted.takes[0].model_copy(update={"template": "clip", "clip": filmed})
    reel = await CuttingRoom().run(wanted.model_copy(update={"takes": (first, *wanted.takes[1:])}), table)
    with av.open(str(tmp_path / reel.video.sha256)) as film:
        shown = [frame.to_ndarray(format="rgb24")[20:60, 100:200].mean(axis=(0, 1)) for frame in film.decode(video=0)]
    for at in (5, 15, 25):
        assert np.abs(shown[at] - colours[at]).max() < 8  # a frame of the clip for a frame of the film


async def test_the_same_segments_are_not_rendered_twice(tmp_path: Path) -> None:
    table = Table(tmp_path)
    wanted = request(table)
    room = CuttingRoom(segments=tmp_path / "segments")

    def held() -> set[tuple[str, int]]:
        return {(path.name, path.stat().st_ino) for path in (tmp_path / "segments").glob("*.mp4")}

    first = await room.run(wanted, table)
    made = held()
    again = await room.run(wanted, table)
    assert made
    assert held() == made  # the very same files: what is made again takes the place of what was there
    assert first.video == again.video


def mono(path: Path, packets: int) -> None:
    """A silent sound of one channel, in as many packets."""
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=48_000, layout="mono")
        while packets:
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            frame.sample_rate = 48_000
            for packet in stream.encode(frame)[:packets]:
                file.mux(packet)
                packets -= 1


async def test_a_kept_sound_of_the_wrong_kind_is_replaced(tmp_path: Path) -> None:
    table = Table(tmp_path)
    wanted = request(table)
    room = CuttingRoom(segments=tmp_path / "segments")
    first = await room.run(wanted, table)
    for kept in (tmp_path / "segments").glob("*.mp4"):
        with av.open(str(kept)) as file:
            packets = sum(1 for packet in file.demux(audio=0) if packet.size) if file.streams.audio else 0
        if packets:
            kept.unlink()
            mono(kept, packets)
    again = await room.run(wanted, table)
    assert {check.name: check.passed for check in again.checks}["file kind"]
    assert again.video == first.video
    assert (await room.run(wanted, table)).video == first.video


@pytest.mark.parametrize("intent", [Intent.HOOK, Intent.PRICE, Intent.CARD])
async def test_a_take_has_a_thumbnail_of_what_it_will_be(tmp_path: Path, intent: Intent) -> None:
    table = Table(tmp_path)
    plates = stored(table, 0), stored(table, 1)
    shot = Shot(intent=intent, photo=0, shown="£45.00" if intent is Intent.PRICE else "Nordtisch mug")
    earlier = (Shot(intent=Intent.HOOK, photo=1).cue, Shot(intent=Intent.POINT, photo=0).cue)
    request = Shoot(shot=shot, earlier=earlier, plate=plates[0], others=plates[1:], tone=Tone.BOLD, idea=0, take=0)
    take = await LocalCamera().run(request, table)
    assert take.thumbnail is not None
    with Image.open(tmp_path / take.thumbnail.sha256) as picture:
        assert picture.format == "JPEG"
        assert picture.height == 360
        assert np.asarray(picture).std() > 15
    again = await LocalCamera().run(request, table)
    assert again == take


def test_a_cover_is_made_to_fit() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (960, 540, 3), np.uint8)
    assert len(encode_jpeg(noise, most=120_000)) <= 120_000 < len(encode_jpeg(noise))
