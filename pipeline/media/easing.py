"""How values move: eased tracks, and a layer's pose at a moment."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import cos, pi, sin
from typing import assert_never

from pipeline.media.scene import Ease, Key, Layer, Track

_OVERSHOOT = 1.70158  # the usual constant of "back" easing: about 10 % past the goal


def ease(kind: Ease, along: float) -> float:
    """The share of the way that is done at `along` (0..1) of the time: 0 at 0, 1 at 1; "back_out" goes beyond 1."""
    match kind:
        case "linear":
            return along
        case "sine":
            return 0.5 - 0.5 * cos(pi * along)
        case "cubic":
            return 4 * along**3 if along < 0.5 else 1 - 4 * (1 - along) ** 3
        case "cubic_out":
            return 1 - (1 - along) ** 3
        case "expo_out":
            # Scaled so that it truly arrives: 1 - 2^-10t alone ends at 0.999 and would jump.
            return (1 - 2 ** (-10 * along)) / (1 - 2**-10)
        case "back_out":
            back = along - 1
            return 1 + (_OVERSHOOT + 1) * back**3 + _OVERSHOOT * back**2
        case "hold":
            return 0.0 if along < 1 else 1.0
        case _:
            assert_never(kind)


def value(track: Track, at: float) -> float:
    """A track's value at `at` seconds from the shot's start."""
    keys = track.keys
    after = bisect_right(keys, at, key=_moment)
    if after == 0:
        return keys[0].value
    if after == len(keys):
        return keys[-1].value
    one, two = keys[after - 1], keys[after]
    along = (at - one.at) / (two.at - one.at)
    return one.value + (two.value - one.value) * ease(one.ease, along)


def steady(track: Track) -> bool:
    """Whether a track never changes."""
    return all(key.value == track.keys[0].value for key in track.keys)


@dataclass(frozen=True)
class Pose:
    """Where a layer's picture is in the frame at one moment, in frame pixels."""

    x: float
    y: float
    scale: float
    turn: float  # degrees, clockwise
    opacity: float

    def matrix(self, width: float, height: float) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """The affine map from a picture of the given size (continuous coordinates, 0 at its edge) to the frame."""
        turned = self.turn * pi / 180
        across, down = self.scale * cos(turned), self.scale * sin(turned)
        return (
            (across, -down, self.x - across * width / 2 + down * height / 2),
            (down, across, self.y - down * width / 2 - across * height / 2),
        )


def pose(layer: Layer, at: float, *, zoom: float = 1.0) -> Pose | None:
    """A layer's pose at `at` seconds in a frame drawn at `zoom` of full size; None when nothing of it shows."""
    if not layer.start <= at < layer.end:
        return None
    opacity = min(1.0, value(layer.opacity, at))
    scale = value(layer.scale, at) * zoom
    if opacity <= 0 or scale <= 0:
        return None
    return Pose(
        x=value(layer.x, at) * zoom,
        y=value(layer.y, at) * zoom,
        scale=scale,
        turn=value(layer.turn, at),
        opacity=opacity,
    )


def _moment(key: Key) -> float:
    return key.at
