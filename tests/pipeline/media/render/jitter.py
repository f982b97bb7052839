"""How much a move trembles, measured on pictures: markers are followed and compared with the path they should take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.media.easing import pose
from pipeline.media.scene import Layer, Picture, Scene, Track
from pipeline.model import FPS

_SPACING = 400  # picture pixels between two dots
_SIGMA = 26.0  # of a dot, picture pixels


def dotted(width: int, height: int) -> Picture:
    """A photo of soft white dots on grey, with a faint grain as photos have."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    away = (x % _SPACING - _SPACING / 2) ** 2 + (y % _SPACING - _SPACING / 2) ** 2
    light = 90 + 120 * np.exp(-away / (2 * _SIGMA**2))
    light += np.random.default_rng(1).normal(0, 2, light.shape).astype(np.float32)
    grey = np.clip(light, 0, 255).astype(np.uint8)
    return Picture(f"dots-{width}x{height}", np.dstack((grey, grey, grey)))


def slow_push(*, frames: int = 45, width: int = 1080, height: int = 1920) -> Scene:
    """A push of some percent over a dotted photo that fills the frame."""
    photo = dotted(width * 5 // 2, height * 5 // 2)
    seconds = frames / FPS
    layer = Layer(
        photo,
        Track.move(width / 2, width / 2 + 9, seconds=seconds, ease="linear"),
        Track.still(height / 2),
        Track.move(0.43, 0.45, seconds=seconds, ease="linear"),
    )
    return Scene(width, height, frames, (layer,))


def tremble(scene: Scene, frames: Sequence[NDArray[np.uint8]]) -> float:
    """Root mean square, in pixels, of how far dots are from where the scene's motion puts them.

    Args:
        scene: from `slow_push`.
        frames: its luma planes.
    """
    layer = scene.layers[0]
    columns = range(1, layer.picture.width // _SPACING - 1)
    rows = range(1, layer.picture.height // _SPACING - 1)
    errors = []
    for row in rows:
        for column in columns:
            centre = ((column + 0.5) * _SPACING + 0.5, (row + 0.5) * _SPACING + 0.5, 1.0)
            errors.append([_off(layer, centre, number, frame) for number, frame in enumerate(frames)])
    off = np.array(errors)
    return float(np.sqrt(((off - off.mean(axis=1, keepdims=True)) ** 2).mean()))


def _off(
    layer: Layer, centre: tuple[float, float, float], number: int, frame: NDArray[np.uint8]
) -> NDArray[np.float64]:
    placed = pose(layer, number / FPS)
    if placed is None:
        raise ValueError("the photo is not in the picture")
    wanted = np.array(placed.matrix(layer.picture.width, layer.picture.height)) @ centre
    reach = round(placed.scale * _SPACING * 0.35)
    x, y = (round(float(place)) for place in wanted)
    part = frame[y - reach : y + reach + 1, x - reach : x + reach + 1].astype(np.float64)
    light = np.clip(part - np.percentile(part, 40), 0, None) ** 2
    down, across = np.mgrid[y - reach : y + reach + 1, x - reach : x + reach + 1] + 0.5
    seen = np.array(((light * across).sum(), (light * down).sum())) / light.sum()
    return np.asarray(seen - wanted)
