"""Small films for the quality gate, each with one thing wrong, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from math import pi
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.checks.plan import Plan, Sight
from pipeline.media.loudness import integrated
from pipeline.model import FPS, SAMPLE_RATE, Box, Format, Slot, TextBox, Timeline, Word

WIDTH, HEIGHT, FRAMES = 144, 256, 90  # three seconds

Pixels = NDArray[np.uint8]
Sound = NDArray[np.float32]


@lru_cache(maxsize=1)
def texture() -> Pixels:
    """A picture with something to see everywhere."""
    chance = np.random.default_rng(3)
    rough = chance.integers(0, 255, (40, 40, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (600, 600), interpolation=cv2.INTER_CUBIC), np.uint8)


def view(x: float, y: float, *, zoom: float = 1.0, turn: float = 0.0) -> Pixels:
    """The texture seen around (300 + x, 300 + y)."""
    matrix = cv2.getRotationMatrix2D((300 + x, 300 + y), turn, zoom)
    matrix[:, 2] += np.array([WIDTH / 2, HEIGHT / 2]) - np.array([300 + x, 300 + y])
    return np.asarray(cv2.warpAffine(texture(), matrix, (WIDTH, HEIGHT)), np.uint8)


def moving(at: int) -> Pixels:
    """Three shots of a second that move in three ways."""
    shot, step = divmod(at, 30)
    match shot:
        case 0:
            return view(-60 + 1.2 * step, -100)
        case 1:
            return view(100, 60, zoom=1 + 0.01 * step)
        case _:
            return view(-80, 100 - 1.5 * step, turn=0.4 * step)


def music(seconds: float, *, lufs: float = -14.0) -> Sound:
    """Chords that swell a little, at a loudness, with peaks well below full scale."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tones = sum(np.sin(2 * pi * hertz * at + hertz) for hertz in (220, 277.2, 329.6, 440, 660))
    wave = tones * (0.8 + 0.2 * np.sin(2 * pi * 2 * at))
    sound = np.stack((wave, np.roll(wave, 40)), axis=1).astype(np.float32) * np.float32(0.05)
    return sound * np.float32(10 ** ((lufs - integrated(sound, SAMPLE_RATE)) / 20))


@dataclass(frozen=True)
class Recipe:
    """How to make a film."""

    frames: int = FRAMES
    picture: Callable[[int], Pixels] = moving
    sound: Sound | None = field(default_factory=lambda: music(FRAMES / FPS))
    faststart: bool = True
    bt709: bool = True
    profile: str = "high"
    late: int | None = None  # frame from which on all come one frame late


def shoot(path: Path, recipe: Recipe) -> Path:
    """Make the file."""
    options = {"movflags": "faststart"} if recipe.faststart else {}
    with av.open(str(path), "w", options=options) as film:
        picture = film.add_stream("libx264", rate=FPS)
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        picture.options = {"preset": "superfast", "crf": "20", "profile": recipe.profile, "bf": "1"}
        picture.codec_context.time_base = Fraction(1, FPS)
        if recipe.bt709:
            picture.codec_context.color_primaries = 1
            picture.codec_context.color_trc = 1
            picture.codec_context.colorspace = 1
        sound = film.add_stream("aac", rate=SAMPLE_RATE, layout="stereo") if recipe.sound is not None else None
        for at in range(recipe.frames):
            frame = av.VideoFrame.from_ndarray(recipe.picture(at), format="rgb24")
            frame.pts = at + int(recipe.late is not None and at >= recipe.late)
            film.mux(picture.encode(frame))
        film.mux(picture.encode(None))
        if sound is not None and recipe.sound is not None:
            wave = av.AudioFrame.from_ndarray(np.ascontiguousarray(recipe.sound.T), format="fltp", layout="stereo")
            wave.sample_rate = SAMPLE_RATE
            wave.pts = 0
            film.mux(sound.encode(wave))
            film.mux(sound.encode(None))
    return path


def caption(text: str, **changes: float) -> TextBox:
    """A caption that is as it should be, but for what is changed."""
    box = TextBox(kind="caption", text=text, x=100, y=1200, w=700, h=150, start=0, end=3, size=60, contrast=7)
    return box.model_copy(update=changes)


def plan() -> Plan:
    """What the good film was meant to be."""
    slots = tuple(Slot(start=30 * i, end=30 * i + 30, speech_at=i) for i in range(3))
    words = (Word(text="Leise.", start=0.2, end=0.7), Word(text="19,99 €", start=1.1, end=2.0))
    middle = Box(x=0.2, y=0.2, w=0.6, h=0.6)
    return Plan(
        form=Format.TALL,
        width=WIDTH,
        height=HEIGHT,
        timeline=Timeline(slots=slots, frames=FRAMES, beats=()),
        words=words,
        boxes=(caption("Leise. Nur 19,99 €"),),
        sights=tuple(Sight(shot=i, at=i + 0.5, box=middle, planned=moving(30 * i + 15)) for i in range(3)),
    )


def planned(**changes: object) -> Plan:
    """The good film's plan with something changed."""
    return replace(plan(), **changes)  # type: ignore[arg-type]  # a test names the fields it changes
