"""Text stays where no platform covers it."""

from __future__ import annotations

import pytest

from pipeline.media.zones import inside, zone
from pipeline.model import Format, TextBox


def box(x: float, y: float, w: float, h: float) -> TextBox:
    return TextBox(kind="caption", text="x", x=x, y=y, w=w, h=h, start=0, end=1, size=60, contrast=7)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("form", Format)
def test_a_zone_lies_in_its_frame_and_holds_itself(form: Format, strict: bool) -> None:
    safe = zone(form, strict=strict)
    assert 0 < safe.left < safe.right < form.size[0]
    assert 0 < safe.top < safe.bottom < form.size[1]
    assert inside(box(safe.left, safe.top, safe.width, safe.height), form, strict=strict)
    assert not inside(box(safe.left - 3, safe.top, safe.width, safe.height), form, strict=strict)
    assert not inside(box(safe.left, safe.top - 3, safe.width, safe.height), form, strict=strict)
    assert not inside(box(safe.left, safe.top, safe.width + 3, safe.height), form, strict=strict)
    assert not inside(box(safe.left, safe.top, safe.width, safe.height + 3), form, strict=strict)


def test_paid_placements_leave_less_room_in_tall_films() -> None:
    low = box(100, 1300, 400, 100)
    assert inside(low, Format.TALL)
    assert not inside(low, Format.TALL, strict=True)


def test_the_buttons_at_the_right_of_tall_films_are_left_free() -> None:
    assert not inside(box(700, 1000, 300, 80), Format.TALL)
    assert inside(box(700, 500, 300, 80), Format.SQUARE)
