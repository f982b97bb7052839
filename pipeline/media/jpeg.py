"""JPEG files of frames: thumbnails and covers."""

from __future__ import annotations

import numpy as np
import simplejpeg
from numpy.typing import NDArray


def encode_jpeg(pixels: NDArray[np.uint8], *, quality: int = 88, most: int | None = None) -> bytes:
    """RGB pixels, (height, width, 3), as a JPEG of at most so many bytes, if need be at a lower quality."""
    whole = np.ascontiguousarray(pixels)
    for level in (quality, 80, 72, 64, 56, 48, 40, 30):
        data: bytes = simplejpeg.encode_jpeg(whole, quality=min(level, quality), colorspace="RGB", colorsubsampling="420")
        if most is None or len(data) <= most:
            return data
    return data
