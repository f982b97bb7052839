from __future__ import annotations

import numpy as np
import pytest

from pipeline.media.sheet import contact_sheet


def test_frames_stand_side_by_side_in_rows() -> None:
    frames = [np.full((200, 100, 3), level, np.uint8) for level in (50, 100, 150)]
    sheet = contact_sheet(frames, 2, width=50, gap=4, colour=(0, 0, 0))
    assert sheet.shape == (4 + 2 * 104, 4 + 2 * 54, 3)
    assert sheet[50, 20, 0] == 50
    assert sheet[50, 80, 0] == 100
    assert sheet[150, 20, 0] == 150
    assert (sheet[150, 80] == 0).all()


def test_a_sheet_is_no_wider_than_its_frames() -> None:
    assert contact_sheet([np.zeros((10, 10, 3), np.uint8)], 6, width=10, gap=0).shape == (10, 10, 3)


def test_no_frames_make_no_sheet() -> None:
    with pytest.raises(ValueError, match="needs frames"):
        contact_sheet([], 3)
