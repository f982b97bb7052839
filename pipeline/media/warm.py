"""The renderer's loops compiled ahead of the first film: `python -m pipeline.media.warm`, or `warm()` in a worker."""

from __future__ import annotations

import numpy as np

from pipeline.media.canvas import Canvas
from pipeline.media.composite import Compositor
from pipeline.media.planes import PlaneCache
from pipeline.media.scene import Blend, Layer, Picture, Scene, Track, Transition, TransitionKind
from pipeline.media.transitions import mix

_SIDE = 32


def warm() -> None:
    """Draw one tiny frame of every kind, so that each loop is compiled, or loaded if it was before. Takes seconds.

    Blocks; meant for a thread of its own.
    """
    before, after, out = (Canvas.blank(_SIDE, _SIDE) for _ in range(3))
    Compositor(_everything(), range(1), scale=1.0, cache=PlaneCache()).draw(0, before)
    kinds: tuple[TransitionKind, ...] = ("wipe", "circle")
    for kind in kinds:
        mix(Transition(kind, 3), 0.5, before=before, after=after, out=out)


def _everything() -> Scene:
    """Every blend, with and without a mask, upright and turned, clear, neutral and coloured."""
    opaque = np.full((2 * _SIDE, 2 * _SIDE, 3), 90, np.uint8)
    clear = np.full((_SIDE, _SIDE, 4), 120, np.uint8)
    coloured = clear.copy()
    coloured[..., 0] = 20
    mask = Picture("warm mask", np.full((_SIDE, _SIDE, 4), 200, np.uint8))
    blends: tuple[Blend, ...] = ("over", "add", "multiply")
    blended = (
        _layer(Picture(name, pixels), turn=5.0, blend=blend, mask=hidden)
        for blend in blends
        for name, pixels in (("warm clear", clear), ("warm coloured", coloured))
        for hidden in (None, mask)
    )
    upright = _layer(Picture("warm ground", opaque), turn=0.0)
    layers = (upright, _layer(Picture("warm tilted", opaque), turn=2.0), *blended)
    return Scene(_SIDE, _SIDE, 1, layers)


def _layer(picture: Picture, *, turn: float, blend: Blend = "over", mask: Picture | None = None) -> Layer:
    middle = Track.still(_SIDE / 2)
    return Layer(picture, middle, middle, turn=Track.still(turn), blend=blend, mask=mask, opacity=Track.still(0.9))


if __name__ == "__main__":
    warm()
