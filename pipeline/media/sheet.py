"""Contact sheets: many frames on one picture, to look at."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray


def contact_sheet(
    frames: Sequence[NDArray[np.uint8]],
    columns: int,
    *,
    width: int = 240,
    gap: int = 8,
    colour: tuple[int, int, int] = (24, 24, 26),
) -> NDArray[np.uint8]:
    """Frames side by side, row after row.

    Args:
        frames: RGB pictures, (height, width, 3); sizes may differ.
        columns: frames in a row.
        width: pixels across of each frame on the sheet.
        gap: pixels between and around the frames.
        colour: RGB of the sheet.

    Returns:
        RGB, (height, width, 3).

    Raises:
        ValueError: there are no frames.
    """
    if not frames:
        raise ValueError("a contact sheet needs frames")
    small = [_shrink(frame, width) for frame in frames]
    columns = min(columns, len(small))
    tall = max(frame.shape[0] for frame in small)
    rows = ceil(len(small) / columns)
    sheet = np.empty((gap + rows * (tall + gap), gap + columns * (width + gap), 3), np.uint8)
    sheet[:] = colour
    for index, frame in enumerate(small):
        top = gap + (index // columns) * (tall + gap)
        left = gap + (index % columns) * (width + gap)
        sheet[top : top + frame.shape[0], left : left + width] = frame
    return sheet


def _shrink(frame: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    height = max(1, round(frame.shape[0] * width / frame.shape[1]))
    way = cv2.INTER_AREA if width < frame.shape[1] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(frame, (width, height), interpolation=way), np.uint8)
