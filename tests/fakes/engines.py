"""Quick engines that write real files: small JPEG, WAV and MP4, the same for the same request.

`Rig` lets a test hold a step, count what was done, or have an engine fail, across processes: it is a folder. A held
step waits for its file `hold-<stage>` to go away; every step writes a line into `steps.log` when it begins and ends.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import wave
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Generic, TypeVar

import av
import numpy as np
from PIL import Image

from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.model import (
    Artifact,
    Box,
    Check,
    Intent,
    Plate,
    PostPack,
    ProofSheet,
    Reel,
    Score,
    Shot,
    Soundtrack,
    Speech,
    SpokenLine,
    Storyboard,
    Take,
    Value,
    Word,
)
from pipeline.ports import Bench, Compose, Cut, Enhance, Mix, Proof, Request, Shoot, Speak, Write
from pipeline.produce import Studio
from pipeline.steps import Fallback, Patience

In = TypeVar("In", bound=Request)
Out = TypeVar("Out", bound=Value)

RATE = 24_000
LOOKS = 5  # ways in which a shot is filmed; further takes begin again with the first


@dataclass(frozen=True)
class Rig:
    """What a test does to the engines, and what it sees of them."""

    folder: Path

    def hold(self, stage: str) -> Path:
        """Have the steps of a stage wait until the file is removed."""
        path = self.folder / f"hold-{stage}"
        path.touch()
        return path

    def poison(self, stage: str) -> Path:
        """Have the steps of a stage kill their process."""
        path = self.folder / f"poison-{stage}"
        path.touch()
        return path

    def fail(self, stage: str, how: str) -> Path:
        """Have the steps of a stage fail: "unavailable", "refused", "bug" or "full" (the disk)."""
        path = self.folder / f"fail-{stage}"
        path.write_text(how)
        return path

    def began(self) -> list[str]:
        """The steps begun so far, as "stage digest"."""
        return [line.removeprefix("began ") for line in self._lines() if line.startswith("began ")]

    def ended(self) -> list[str]:
        """The steps ended so far."""
        return [line.removeprefix("ended ") for line in self._lines() if line.startswith("ended ")]

    def given_up(self) -> list[str]:
        """The steps that were stopped because nobody wants them any more."""
        return [line.removeprefix("given up ") for line in self._lines() if line.startswith("given up ")]

    def stopped(self) -> list[str]:
        """The steps that were stopped for another try to go on with."""
        return [line.removeprefix("stopped ") for line in self._lines() if line.startswith("stopped ")]

    def log(self, what: str, step: str) -> None:
        """Write a line that outlives the process."""
        number = os.open(self.folder / "steps.log", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(number, f"{what} {step}\n".encode())
        os.close(number)

    def _lines(self) -> list[str]:
        path = self.folder / "steps.log"
        return path.read_text().splitlines() if path.exists() else []


@dataclass(frozen=True)
class QuickEngine(Generic[In, Out]):
    """An engine around a function, under the control of a rig."""

    name: str
    work: Callable[[In, Bench], Awaitable[Out]]
    rig: Rig | None = None

    async def run(self, request: In, bench: Bench) -> Out:
        """Do the step."""
        step = f"{request.stage} {seed(request):08x}"
        if self.rig is not None:
            self.rig.log("began", step)
            try:
                await self._suffer(self.rig, request.stage)
            except asyncio.CancelledError:
                self.rig.log("given up" if bench.given_up else "stopped", step)
                raise
        answer = await self.work(request, bench)
        if self.rig is not None:
            self.rig.log("ended", step)
        return answer

    async def _suffer(self, rig: Rig, stage: str) -> None:
        if (rig.folder / f"poison-{stage}").exists():
            os.kill(os.getpid(), signal.SIGKILL)
        while (rig.folder / f"hold-{stage}").exists():  # noqa: ASYNC110 - the other side is another process
            await asyncio.sleep(0.02)
        failing = rig.folder / f"fail-{stage}"
        if failing.exists():
            raise _failure(failing.read_text())


def _failure(how: str) -> Exception:
    match how:
        case "unavailable":
            return EngineUnavailable("out for lunch")
        case "refused":
            return EngineRefused("not this one", reason="refused")
        case "full":
            return OSError(28, "No space left on device")
        case _:
            return RuntimeError("a bug")


def seed(request: Request) -> int:
    """A number that follows from the request."""
    return int(hashlib.sha256(request.model_dump_json().encode()).hexdigest()[:8], 16)


def quick_studio(rig: Rig | None = None) -> Studio:
    """A studio whose films are made in a moment."""
    hasty = Patience(tries=2, base=0.0)

    def only(name: str, work: Callable[[In, Bench], Awaitable[Out]]) -> Fallback[In, Out]:
        return Fallback(engines=(QuickEngine(name, work, rig),), patience=hasty)

    return Studio(
        enhance=only("quick-enhance-1", enhance),
        write=only("quick-write-1", write),
        speak=only("quick-speak-1", speak),
        shoot=only("quick-shoot-1", shoot),
        compose=only("quick-compose-1", compose),
        mix=only("quick-mix-1", mix),
        cut=only("quick-cut-1", cut),
        proof=only("quick-proof-1", proof),
        foresee=foresee,
    )


async def picture(colour: int, path: Path, size: tuple[int, int] = (90, 160)) -> Path:
    """A JPEG in one colour."""
    rgb = (colour & 255, colour >> 8 & 255, colour >> 16 & 255)
    await asyncio.to_thread(Image.new("RGB", size, rgb).save, path, "JPEG")
    return path


def sound(seconds: float, pitch: float, path: Path, *, channels: int = 1, rate: int = RATE) -> Path:
    """A WAV with a tone."""
    time = np.arange(round(seconds * rate)) / rate
    tone = (np.sin(2 * np.pi * pitch * time) * 8000).astype("<i2")
    with path.open("wb") as target, wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(tone, channels).tobytes())
    return path


def movie(frames: int, colour: int, path: Path, size: tuple[int, int]) -> Path:
    """An MP4 in one colour, 30 frames a second."""
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=30)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "ultrafast", "threads": "1"}
        stream.time_base = Fraction(1, 30)
        flat = np.full((size[1], size[0], 3), (colour & 255, colour >> 8 & 255, colour >> 16 & 255), np.uint8)
        for _ in range(frames):
            for packet in stream.encode(av.VideoFrame.from_ndarray(flat, format="rgb24")):
                file.mux(packet)
        for packet in stream.encode(None):
            file.mux(packet)
    return path


async def enhance(request: Enhance, bench: Bench) -> Plate:
    """The photo as it is."""
    path = await bench.open(request.photo)
    with Image.open(path) as image:
        width, height = image.size
    return Plate(
        photo=request.photo,
        width=width,
        height=height,
        cutout=None,
        product=Box(x=0.2, y=0.2, w=0.6, h=0.6),
        details=(Box(x=0.3, y=0.3, w=0.2, h=0.2),),
        palette=("#336699",),
        ground="#ffffff",
        plain_ground=True,
        light=90.0,
        sharpness=100.0,
    )


async def write(request: Write, bench: Bench) -> Storyboard:
    """Five shots that say the facts."""
    said = [fact.text for fact in request.facts] or ["Something new"]
    intents = (Intent.HOOK, Intent.HERO, Intent.DETAIL, Intent.POINT, Intent.CARD)
    shots = tuple(
        Shot(
            intent=intent,
            photo=at % max(1, len(request.plates)),
            spoken=said[(at + request.idea) % len(said)],
            bank=(f"{request.idea}-{at}",),
            seconds=request.seconds / len(intents),
        )
        for at, intent in enumerate(intents)
    )
    return Storyboard(
        idea=("question", "contrast", "number")[request.idea % 3],
        language=request.language,
        shots=shots,
        call_to_action="See more",
        post=PostPack(title=said[0], caption=" ".join(said), hashtags=("#new",)),
        facts=request.facts,
    )


async def speak(request: Speak, bench: Bench) -> Speech:
    """A tone as long as the words."""
    lines = []
    for at, line in enumerate(request.lines):
        words = line.split()
        seconds = max(0.2, 0.3 * len(words))
        path = await asyncio.to_thread(sound, seconds, 220.0 + 20 * at, bench.scratch / f"{at}.wav")
        audio = await bench.keep(path, "audio/wav") if words else None
        spans = tuple(Word(text=word, start=0.3 * i, end=0.3 * (i + 1)) for i, word in enumerate(words))
        lines.append(SpokenLine(words=spans, seconds=seconds, audio=audio))
        bench.progress(at + 1, len(request.lines))
    return Speech(lines=tuple(lines), voice=request.voice)


async def shoot(request: Shoot, bench: Bench) -> Take:
    """A thumbnail in a colour of its own."""
    take = foresee(request)
    thumbnail = await bench.keep(await picture(take.seed, bench.scratch / "shot.jpg"), "image/jpeg")
    return take.model_copy(update={"thumbnail": thumbnail})


def foresee(request: Shoot) -> Take:
    """How a shot will be taken; neighbours differ, as those of the real camera do."""
    return Take(template=f"quick-{request.index % 2}-{request.take % LOOKS}", seed=seed(request))


async def proof(request: Proof, bench: Bench) -> ProofSheet:
    """A picture in a colour of its own."""
    path = await picture(seed(request), bench.scratch / "proofs.jpg")
    return ProofSheet(picture=await bench.keep(path, "image/jpeg"))


async def compose(request: Compose, bench: Bench) -> Score:
    """A tone at 120 beats a minute."""
    seconds = float(request.seconds + 4)
    path = await asyncio.to_thread(sound, seconds, 110.0 + request.choice, bench.scratch / "music.wav", channels=2)
    beats = tuple(i / 2 for i in range(int(seconds * 2)))
    return Score(
        audio=await bench.keep(path, "audio/wav"),
        bpm=120.0,
        beats=beats,
        bars=beats[::4],
        seconds=seconds,
        title=f"Tone {request.choice}",
        licence="CC0-1.0",
        provenance="made by the test engine",
    )


async def mix(request: Mix, bench: Bench) -> Soundtrack:
    """A tone as long as the film."""
    path = await asyncio.to_thread(sound, request.timeline.seconds, 330.0, bench.scratch / "mix.wav", channels=2)
    return Soundtrack(audio=await bench.keep(path, "audio/wav"), lufs=-14.0, true_peak=-1.6)


async def cut(request: Cut, bench: Bench) -> Reel:
    """A small film in one colour, half a second long."""
    frames, number = 15, seed(request)
    width, height = (side // 10 // 2 * 2 for side in request.format.size)
    film = await asyncio.to_thread(movie, frames, number, bench.scratch / "film.mp4", (width, height))
    cover = await picture(number, bench.scratch / "cover.jpg", (width, height))
    bench.progress(1, 1)
    return Reel(
        format=request.format,
        video=await bench.keep(film, "video/mp4"),
        cover=await bench.keep(cover, "image/jpeg"),
        srt=await _text(bench, "film.srt", "1\n00:00:00,000 --> 00:00:00,500\nWords\n", "application/x-subrip"),
        vtt=await _text(bench, "film.vtt", "WEBVTT\n\n00:00.000 --> 00:00.500\nWords\n", "text/vtt"),
        width=width,
        height=height,
        frames=frames,
        size=film.stat().st_size,
        boxes=(),
        checks=(Check(name="frames", passed=True, measured=str(frames), wanted=str(frames)),),
    )


async def _text(bench: Bench, name: str, text: str, media_type: str) -> Artifact:
    path = bench.scratch / name
    path.write_text(text, encoding="utf-8")
    return await bench.keep(path, media_type)
