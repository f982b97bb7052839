"""Filmed shots: clips of a camera model, decoded within bounds, one picture for each frame of a film.

Models deliver 24 frames a second. Spread over a film's 30, every fourth would stand twice as long, which is seen as
jerking; so each is shown for one frame of the film, a quarter faster than it was made, which nobody sees in a move of
the camera. A clip that is too short comes to rest instead: it slows down evenly, between its own frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

import av
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from pipeline.errors import FfmpegFailed
from pipeline.media.scene import Picture
from pipeline.model import FPS

_SIDE = 720  # pixels: what video models deliver
_LARGEST = 4096 * 2304  # pixels of a frame that is decoded at all
_SMALLEST = 64  # pixels of a side
_LONGEST = 40.0  # seconds of a shot
_SLOWEST, _FASTEST = 20.0, 36.0  # frames a second that are shown one by one
_MOST_RATE = 120.0  # frames a second of a clip that is decoded at all: all of them are kept
_QUALITY = 95
_SHARP = 0.02  # nearer than that to one of its frames, a moment is that frame

Pixels = NDArray[np.uint8]


class Frame(Picture):
    """A frame kept packed: as plain pixels, the clips of a film would take a gigabyte."""

    _packed: bytes
    _across: int
    _down: int

    def __init__(self, key: str, pixels: Pixels) -> None:
        packed = simplejpeg.encode_jpeg(pixels, quality=_QUALITY, colorspace="RGB", colorsubsampling="444")
        for name, value in (
            ("key", key),
            ("_packed", packed),
            ("_across", pixels.shape[1]),
            ("_down", pixels.shape[0]),
        ):
            object.__setattr__(self, name, value)

    @property
    def pixels(self) -> Pixels:
        """Unpacked anew each time: whoever draws it keeps what is made of it."""
        return np.asarray(simplejpeg.decode_jpeg(self._packed, colorspace="RGB"), np.uint8)

    @property
    def width(self) -> int:
        """Pixels across."""
        return self._across

    @property
    def height(self) -> int:
        """Pixels down."""
        return self._down

    @property
    def opaque(self) -> bool:
        """Always: films have no alpha."""
        return True


@dataclass(frozen=True, eq=False)
class Clip:
    """A filmed shot.

    Attributes:
        frames: one for each frame of the film, from the shot's first on; the last one stays.
        rests: second of the shot from which the clip slows down because there is not enough of it; None when there is.
    """

    frames: tuple[Picture, ...]
    rests: float | None = None


def read_clip(path: Path, *, key: str, seconds: float) -> Clip:
    """The beginning of a filmed clip, no larger than 720 pixels on its shorter side.

    Args:
        path: an MP4 or QuickTime file; nothing else is read, since playlists name other files.
        key: names its content.
        seconds: how much of it is needed; as much there will be.

    Raises:
        FfmpegFailed: it is no such file, or larger or faster than any clip that was asked for.
    """
    count = max(1, ceil(min(seconds, _LONGEST) * FPS))
    taken, step = _decoded(path, key=key, count=count)
    places = _places(count, step=step, last=len(taken) - 1)
    frames = tuple(_between(taken, place, key) for place in places.at)
    return Clip(frames, None if places.rests is None else places.rests / FPS)


def _decoded(path: Path, *, key: str, count: int) -> tuple[list[Frame], float]:
    """Enough frames of a file for `count` frames of a film, and how many of them go by for each of those."""
    taken: list[Frame] = []
    try:
        with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as film:
            stream = film.streams.video[0]
            step = _step(float(stream.average_rate or FPS))
            for frame in film.decode(stream):
                pixels = _scaled(frame)
                taken.append(Frame(f"{key}:{len(taken)}", pixels))
                if len(taken) > (count - 1) * step + 1:
                    break
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise FfmpegFailed("the clip cannot be read") from error
    if not taken:
        raise FfmpegFailed("the clip has no frames")
    return taken, step


def _step(rate: float) -> float:
    """How many frames of a clip go by for each of a film's."""
    if rate > _MOST_RATE:
        raise ValueError(f"{rate:g} frames a second")
    return 1.0 if _SLOWEST <= rate <= _FASTEST else max(0.1, rate / FPS)


def _scaled(frame: av.VideoFrame) -> Pixels:
    if min(frame.width, frame.height) < _SMALLEST or frame.width * frame.height > _LARGEST:
        raise ValueError(f"a frame of {frame.width}x{frame.height}")
    share = min(1.0, _SIDE / min(frame.width, frame.height))
    size = (round(frame.width * share / 2) * 2, round(frame.height * share / 2) * 2)
    return np.ascontiguousarray(frame.reformat(width=size[0], height=size[1], format="rgb24").to_ndarray(), np.uint8)


@dataclass(frozen=True)
class _Places:
    """Which moment of a clip each frame of a film shows, counted in the clip's frames."""

    at: tuple[float, ...]
    rests: int | None  # the first of them that is not shown at full speed


def _places(count: int, *, step: float, last: int) -> _Places:
    """Moments for `count` frames at `step`; with too little to show, evenly slower until the last frame is reached."""
    goal = (count - 1) * step
    if goal <= last:
        return _Places(tuple(number * step for number in range(count)), None)
    # Slowing down evenly to nothing goes half as far as going on would: that much of the way has to be slow.
    slow = min(count - 1, ceil(2 * (goal - last) / step))
    full = count - 1 - slow
    start = full * step
    speed = min(step, 2 * (last - start) / slow)
    at = [number * step for number in range(full)]
    for number in range(slow + 1):
        along = number / slow
        at.append(min(float(last), start + speed * slow * (along - along * along / 2)))
    return _Places(tuple(at), full)


def _between(taken: list[Frame], place: float, key: str) -> Picture:
    """A moment of a clip: one of its frames, or two of them laid over each other."""
    before = min(floor(place), len(taken) - 1)
    share = place - before
    if share < _SHARP or before == len(taken) - 1:
        return taken[before]
    if share > 1 - _SHARP:
        return taken[before + 1]
    one, two = (taken[at].pixels.astype(np.float32) for at in (before, before + 1))
    mixed = np.asarray(np.rint(one + (two - one) * np.float32(share)), np.uint8)
    return Frame(f"{key}:{before}+{share:.3f}", mixed)
