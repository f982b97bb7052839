"""Colours: chosen in OKLCH, shown in sRGB, readable by WCAG."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.media.look.colour import READABLE, Shade, apart, contrast, contrast_over, parse, readable, shade

rgb = st.tuples(*[st.integers(0, 255)] * 3)


@given(rgb)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: tuple[int, int, int]) -> None:
    back = shade(colour).rgb()
    assert max(abs(a - b) for a, b in zip(colour, back, strict=True)) <= 1


@given(st.floats(0.15, 1), st.floats(0, 0.4), st.floats(0, 360))
def test_a_colour_no_screen_has_keeps_its_lightness(light: float, chroma: float, hue: float) -> None:
    assert abs(shade(Shade(light, chroma, hue).rgb()).light - light) < 0.02


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(rgb, rgb)
def test_a_readable_colour_reads(wanted: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    assert contrast(readable(wanted, on=ground), ground) >= READABLE


@given(rgb)
def test_a_colour_that_reads_already_is_left_alone(ground: tuple[int, int, int]) -> None:
    wanted = max(((0, 0, 0), (255, 255, 255)), key=lambda one: contrast(one, ground))
    if contrast(wanted, ground) >= READABLE + 0.3:
        assert readable(wanted, on=ground) == wanted


def test_contrast_is_that_of_the_worst_part_behind_a_text() -> None:
    pixels = np.full((100, 3), 255, np.uint8)
    pixels[:10] = 20  # a tenth of it is as dark as the text
    assert contrast_over((20, 20, 20), pixels) < 1.2
    assert contrast_over((20, 20, 20), pixels[10:]) > 15


def test_distance_is_what_eyes_would_say() -> None:
    assert apart((0, 0, 0), (255, 255, 255)) == pytest.approx(1, abs=0.01)
    assert apart((200, 30, 30), (205, 32, 30)) < 0.02 < apart((200, 30, 30), (30, 30, 200))


@pytest.mark.parametrize("text", ["red", "#12345", "1234567", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        parse(text)
