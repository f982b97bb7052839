"""Glyphs as coverage: FreeType draws them at fractions of a pixel, filled or with a line around them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from functools import lru_cache
from math import floor

import freetype
import numpy as np
from numpy.typing import NDArray

from pipeline.media.lettering.fonts import DRAWING, Font
from pipeline.media.lettering.setting import Mark

Coverage = NDArray[np.float32]  # 0 to 1, (height, width)

_FLAGS = freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_NO_BITMAP
_SHARES = 4  # positions of a glyph told apart inside a pixel, across


def coverage(marks: Iterable[Mark], width: int, height: int, *, dx: float, dy: float, border: float = 0.0) -> Coverage:
    """How much of each pixel glyphs cover.

    Args:
        marks: glyphs to draw.
        width: of the bitmap.
        height: of the bitmap.
        dx: where the glyphs' origin is in the bitmap.
        dy: the same, downwards.
        border: pixels by which the letters are made fatter all around.
    """
    covered = np.zeros((height, width), np.float32)
    for mark in marks:
        x, y = mark.x + dx, mark.y + dy
        column = floor(x)
        share = floor((x - column) * _SHARES)
        left, top, bitmap = _glyph(mark.font, mark.id, mark.size, share, border)
        _add(covered, bitmap, column + left, round(y) - top)
    return covered


def _add(covered: Coverage, bitmap: NDArray[np.uint8], x: int, y: int) -> None:
    """Neighbouring letters share edge pixels: their coverage adds up, at most to one."""
    low_x, low_y = max(x, 0), max(y, 0)
    high_x, high_y = min(x + bitmap.shape[1], covered.shape[1]), min(y + bitmap.shape[0], covered.shape[0])
    if low_x >= high_x or low_y >= high_y:
        return
    part = bitmap[low_y - y : high_y - y, low_x - x : high_x - x].astype(np.float32) / np.float32(255)
    region = covered[low_y:high_y, low_x:high_x]
    np.minimum(region + part, np.float32(1), out=region)


@lru_cache(maxsize=4096)
def _glyph(font: Font, glyph: int, size: float, share: int, border: float) -> tuple[int, int, NDArray[np.uint8]]:
    """Left and top bearing in pixels, and the bitmap."""
    with DRAWING:
        face = font.outlines
        face.set_char_size(max(64, round(size * 64)))
        face.set_transform(freetype.Matrix(0x10000, 0, 0, 0x10000), freetype.Vector(64 * share // _SHARES, 0))
        face.load_glyph(glyph, _FLAGS)
        outline = face.glyph.get_glyph()
        if border > 0:
            stroker = freetype.Stroker()
            round_cap, round_join = freetype.FT_STROKER_LINECAP_ROUND, freetype.FT_STROKER_LINEJOIN_ROUND
            stroker.set(round(border * 64), round_cap, round_join, 0)
            outline.stroke(stroker, True)
        drawn = outline.to_bitmap(freetype.FT_RENDER_MODE_NORMAL, freetype.Vector(0, 0), True)
        bitmap = drawn.bitmap
        rows, width, pitch = bitmap.rows, bitmap.width, bitmap.pitch
        # Not `bitmap.buffer`, which makes a list of Python's numbers of it: a tenth of what laying a film out takes.
        data = ctypes.string_at(bitmap._FT_Bitmap.buffer, rows * pitch) if rows else b""
        return drawn.left, drawn.top, np.frombuffer(data, np.uint8).reshape(rows, pitch)[:, :width]
