"""What a photo looks like at a glance: whether it is blurred, dark or empty, and a tiny picture to know it again by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LOW_RESOLUTION = 800  # px on the longer side; below that, films need upscaling
_GLANCE = 1000  # px on the longer side at which sharpness is judged
_TILE = 50
_LOOK = 12  # a look is 12x12 RGB

_BLURRED = (
    20.0  # variance of the Laplacian in the sharpest tiles; sharp photos have 350 and more, 2 px of blur leave 8–50
)
_DARK = 70.0  # the lighter parts of a dark photo, 0..255
_BLANK = 4.0  # variance within the liveliest tiles


def look_of(image: Image.Image) -> str:
    """A tiny picture of an image, as hex."""
    return image.convert("RGB").resize((_LOOK, _LOOK), Image.Resampling.BOX).tobytes().hex()


def flaws(image: Image.Image) -> list[str]:
    """Which of "blank", "dark", "blurred" and "low_resolution" a seller should hear about (opaque RGB)."""
    found = ["low_resolution"] if max(image.size) < LOW_RESOLUTION else []
    grey = image.convert("L")
    grey.thumbnail((_GLANCE, _GLANCE), Image.Resampling.BOX)
    light = np.asarray(grey, np.float32)
    if _liveliest(light) < _BLANK:
        return ["blank", *found]
    low, high = (float(v) for v in np.percentile(light, (2, 98)))
    if high < _DARK:
        found.append("dark")
    contrast = min(1.0, max(0.25, (high - low) / 255))  # flat light takes edges down as blur does
    if sharpness(light) < _BLURRED * contrast**2:
        found.append("blurred")
    return found


def sharpness(light: NDArray[np.float32]) -> float:
    """Variance of the Laplacian where a picture is sharpest: a plain ground and soft surroundings are no blur."""
    laplacian = 4 * light[1:-1, 1:-1] - light[:-2, 1:-1] - light[2:, 1:-1] - light[1:-1, :-2] - light[1:-1, 2:]
    return _liveliest(laplacian)


def _liveliest(values: NDArray[np.float32]) -> float:
    """The variance within tiles, at the 98th percentile of all tiles."""
    down, across = (max(1, side // _TILE) for side in values.shape)
    cropped = values[: values.shape[0] // down * down, : values.shape[1] // across * across]
    tiles = cropped.reshape(down, cropped.shape[0] // down, across, cropped.shape[1] // across)
    return float(np.percentile(np.var(tiles, axis=(1, 3)), 98))
