"""JPEG files of frames: thumbnails and covers."""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

_QUALITIES = (88, 80, 72, 64, 56, 48)


def encode_jpeg(pixels: NDArray[np.uint8], *, quality: int = 88, most: int | None = None) -> bytes:
    """A picture as a JPEG.

    Args:
        pixels: RGB, (height, width, 3).
        quality: to begin with.
        most: bytes it may have; quality gives way first, then size.
    """
    whole = np.ascontiguousarray(pixels)
    while True:
        for level in (quality, *(one for one in _QUALITIES if one < quality)):
            data: bytes = simplejpeg.encode_jpeg(whole, quality=level, colorspace="RGB", colorsubsampling="420")
            if most is None or len(data) <= most:
                return data
        if min(whole.shape[:2]) < 32:
            return data
        size = (whole.shape[1] * 3 // 4, whole.shape[0] * 3 // 4)
        whole = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)
