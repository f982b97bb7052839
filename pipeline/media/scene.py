"""A shot as a stack of moving pictures: what the look lays out and the renderer draws.

Everything on screen is a `Layer`: a picture (ground, photo, cut-out, shadow, text, light) with five animated values.
Coordinates are pixels of the format at full quality; a smaller rendition scales the whole scene.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Ease = Literal[
    "linear", "sine", "cubic", "expo_out", "cubic_out", "back_out", "hold"
]  # how a value goes from its key to the next; "hold" jumps at the next key

Blend = Literal["over", "add", "multiply"]

TransitionKind = Literal["cut", "dissolve", "dip", "whip", "wipe", "circle", "zoom", "split", "glitch"]


@dataclass(frozen=True)
class Key:
    """A value at a moment (seconds from the shot's start)."""

    at: float
    value: float
    ease: Ease = "sine"


@dataclass(frozen=True)
class Track:
    """A value over time; constant before its first and after its last key."""

    keys: tuple[Key, ...]

    @staticmethod
    def still(value: float) -> Track:
        """A value that does not change."""
        return Track((Key(0.0, value),))

    @staticmethod
    def move(start: float, end: float, *, seconds: float, ease: Ease = "sine", after: float = 0.0) -> Track:
        """A value that goes from one number to another."""
        return Track((Key(after, start, ease), Key(after + seconds, end)))


_ZERO, _ONE = Track.still(0.0), Track.still(1.0)


@dataclass(frozen=True, eq=False)
class Picture:
    """A bitmap to draw with: straight RGBA, sRGB, (height, width, 4) uint8, or opaque RGB (height, width, 3).

    `key` names its content, so that whatever is prepared from it (YUV planes, smaller sizes) is prepared once.
    """

    key: str
    pixels: NDArray[np.uint8]

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])

    @property
    def opaque(self) -> bool:
        """Whether there is no alpha channel."""
        return bool(self.pixels.shape[2] == 3)


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture on the move. (x, y) is where the picture's centre is in the frame."""

    picture: Picture
    x: Track
    y: Track
    scale: Track = _ONE  # frame pixels for each picture pixel
    turn: Track = _ZERO  # degrees, clockwise
    opacity: Track = _ONE
    blend: Blend = "over"
    start: float = 0.0  # seconds from the shot's start; shown when start <= t < end
    end: float = float("inf")
    mask: Picture | None = None  # alpha of the frame's own size: the layer shows only where it is opaque


@dataclass(frozen=True)
class Transition:
    """How a shot begins: what happens between the last frame of the one before and the first of this one."""

    kind: TransitionKind = "cut"
    frames: int = 0  # length, centred on the boundary between the two slots; 0 for a cut
    angle: float = 0.0  # direction of a wipe, whip or split, degrees, 0 = to the right
    colour: tuple[int, int, int] = (0, 0, 0)  # of a dip


@dataclass(frozen=True, eq=False)
class Scene:
    """One shot in one format: layers from bottom to top over a flat colour."""

    width: int
    height: int
    frames: int  # the slot's length; motion must go on smoothly `overlap` frames beyond either end
    layers: tuple[Layer, ...]
    colour: tuple[int, int, int] = (0, 0, 0)
    entrance: Transition = Transition()

    def over(self, *layers: Layer) -> Scene:
        """The scene with more layers on top."""
        return replace(self, layers=(*self.layers, *layers))
