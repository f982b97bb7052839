"""Proof sheets: a few stills of a shot side by side, with a letter above each, to choose from on a phone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.media.lettering.fitting import Room, fit
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.sprites import draw
from pipeline.media.lettering.style import Style
from pipeline.media.still import Pixels
from pipeline.model import Format

LETTERS = "ABCDEFGH"
_GROUND = (24, 24, 26)
_LETTER = (255, 255, 255)
_BAND = 0.065  # height of a letter's band, in shares of the sheet's width: what a phone's screen is wide
_GAP = 0.016  # between stills and around them, the same
_SIZE = 0.78  # of a letter, in shares of its band


def proof_sheet(stills: Sequence[Pixels], form: Format) -> Pixels:
    """Stills of one size in rows, under letters from A on. Letters stand above the pictures, never on them.

    Args:
        stills: RGB, (height, width, 3), eight at most.
        form: their format.

    Returns:
        RGB, (height, width, 3).

    Raises:
        ValueError: there are no stills.
    """
    if not stills:
        raise ValueError("a proof sheet needs stills")
    height, width = stills[0].shape[:2]
    columns = columns_of(len(stills), form)
    rows = -(-len(stills) // columns)
    across = columns * width
    gap, band = round(_GAP * across), round(_BAND * across)
    sheet = np.empty((gap + rows * (band + height + gap), gap + columns * (width + gap), 3), np.uint8)
    sheet[:] = _GROUND
    for at, one in enumerate(stills):
        top, left = gap + at // columns * (band + height + gap), gap + at % columns * (width + gap)
        _letter(sheet[top : top + band, left : left + width], LETTERS[at])
        sheet[top + band : top + band + height, left : left + width] = one
    return sheet


def columns_of(stills: int, form: Format) -> int:
    """How many stills stand in a row, so that each is as large as can be on an upright screen."""
    wide = form.size[0] > form.size[1]
    if stills <= 2:
        return 1 if wide else stills
    return 3 if stills == 3 and form is Format.TALL else 2


def _letter(band: Pixels, letter: str) -> None:
    """A letter in the middle of its band."""
    height, width = band.shape[:2]
    style = Style(Face("Poppins", 700), size=_SIZE * height, colour=_LETTER)
    sprite = draw(fit(letter, style, room=Room(width=width, max_lines=1), language="en"))
    ink = sprite.picture.pixels
    top = max(0, (height - ink.shape[0]) // 2)
    left = max(0, (width - ink.shape[1]) // 2)
    part = band[top : top + ink.shape[0], left : left + ink.shape[1]]
    alpha = ink[: part.shape[0], : part.shape[1], 3:].astype(np.float32) / 255
    part[:] = np.rint(part * (1 - alpha) + ink[: part.shape[0], : part.shape[1], :3] * alpha).astype(np.uint8)
