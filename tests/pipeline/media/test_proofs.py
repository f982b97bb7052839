"""The picture that takes are chosen from: a letter for each, big enough for a phone, and every still whole."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.media.label import Reader
from pipeline.media.proofs import columns_of, proof_sheet
from pipeline.model import Format

PHONE = 360  # points that a chat's pictures are wide on one


def stills(count: int, form: Format, levels: tuple[int, ...] = (250, 8)) -> list[NDArray[np.uint8]]:
    """Plain stills, light and dark in turn, a third of the format's size."""
    width, height = form.size[0] // 3, form.size[1] // 3
    return [np.full((height, width, 3), levels[at % len(levels)], np.uint8) for at in range(count)]


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_still_is_there_whole(form: Format, count: int) -> None:
    shown = stills(count, form, (60, 90, 120, 150))
    sheet = proof_sheet(shown, form)
    for one in shown:
        found = np.argwhere((sheet == one[0, 0]).all(axis=2))
        (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0)
        assert (bottom - top + 1, right - left + 1) == one.shape[:2]


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("level", [250, 8])
def test_letters_are_read_above_light_and_dark_stills(form: Format, level: int) -> None:
    sheet = proof_sheet(stills(4, form, (level,)), form)
    for at, (band, left) in enumerate(bands(sheet, form, level)):
        ink = band.min(axis=2) > 200
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        tall = rows[-1] - rows[0] + 1
        assert tall * PHONE / sheet.shape[1] >= 10, "points on a phone"
        assert rows[0] > 0, "not cut at the top"
        assert rows[-1] < band.shape[0] - 1, "not cut at the bottom"
        assert abs((columns[0] + columns[-1]) / 2 - band.shape[1] / 2) < 2, f"letter {at} in the middle from {left}"


@pytest.mark.parametrize("form", list(Format))
def test_the_letters_are_a_to_d_from_left_to_right(form: Format) -> None:
    sheet = proof_sheet(stills(4, form, (250,)), form)
    word = np.concatenate([letter(band) for band, _ in bands(sheet, form, 250)], axis=1)
    large = np.kron(np.pad(word, ((12, 12), (24, 24), (0, 0)), mode="edge"), np.ones((3, 3, 1), np.uint8))
    assert Reader().read(large) == ("ABCD",)


def letter(band: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A band's letter, as close around as in a word."""
    columns = np.flatnonzero((band > 200).all(axis=2).any(axis=0))
    return band[:, columns[0] - 3 : columns[-1] + 4]


def bands(sheet: NDArray[np.uint8], form: Format, level: int) -> list[tuple[NDArray[np.uint8], int]]:
    """The part of the sheet above each of four stills, and where it begins."""
    still = (sheet == level).all(axis=2)
    width, height = form.size[0] // 3, form.size[1] // 3
    rows = np.flatnonzero(still.sum(axis=1) >= width)
    columns = np.flatnonzero(still.sum(axis=0) >= height)
    tops = [rows[0], rows[-1] - height + 1]
    lefts = [columns[0], columns[-1] - width + 1]
    ends = [0, tops[0] + height]
    return [(sheet[end:top, left : left + width], left) for end, top in zip(ends, tops, strict=True) for left in lefts]


def test_stills_stand_where_they_are_largest() -> None:
    assert [columns_of(count, Format.TALL) for count in (2, 3, 4)] == [2, 3, 2]
    assert [columns_of(count, Format.WIDE) for count in (2, 3, 4)] == [1, 2, 2]


def test_no_stills_make_no_sheet() -> None:
    with pytest.raises(ValueError, match="needs stills"):
        proof_sheet([], Format.TALL)
