"""Palettes: from photos or the brand, readable whatever colour a product has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media.look.colour import READABLE, apart, contrast
from pipeline.media.look.palette import palette_of, rim_colour
from pipeline.media.look.tone import look_of
from pipeline.model import Brand, Tone
from tests.pipeline.media.look.staging import source

PLATE = source().plate
hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@settings(max_examples=40)
@given(st.sampled_from(list(Tone)), st.lists(hexes, min_size=1, max_size=3), hexes, st.integers(0, 6))
def test_words_read_on_their_ground_whatever_the_product_looks_like(
    tone: Tone, accents: list[str], ground: str, idea: int
) -> None:
    plate = PLATE.model_copy(update={"palette": tuple(accents), "ground": ground})
    palette = palette_of(look_of(tone).colours, (plate,), brand=Brand(), idea=idea, rims=())
    for found in (palette, palette.swapped()):
        assert contrast(found.ink, found.ground) >= READABLE
        assert contrast(found.soft, found.ground) >= READABLE
        assert contrast(found.on_accent, found.accent) >= READABLE


def test_a_brands_colour_is_shown_exactly() -> None:
    brand = Brand(colours=("#1a7f5a",))
    for tone in Tone:
        palette = palette_of(look_of(tone).colours, (PLATE,), brand=brand, idea=0, rims=())
        assert palette.accent == (0x1A, 0x7F, 0x5A)
        assert contrast(palette.on_accent, palette.accent) >= READABLE


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("rim", [(245, 245, 245), (20, 20, 22), (200, 30, 40), (40, 70, 200), (230, 190, 60)])
def test_products_stand_out_from_the_ground(tone: Tone, rim: tuple[int, int, int]) -> None:
    palette = palette_of(look_of(tone).colours, (PLATE,), brand=Brand(), idea=0, rims=(rim,))
    assert apart(palette.ground, rim) > 0.09


def test_variants_of_a_film_start_from_other_colours() -> None:
    for tone in (Tone.PLAYFUL, Tone.BOLD, Tone.STREET):
        first, second = (
            palette_of(look_of(tone).colours, (PLATE,), brand=Brand(), idea=idea, rims=()) for idea in (0, 1)
        )
        assert first != second


def test_the_rim_is_the_colour_along_the_outline() -> None:
    pixels = np.zeros((400, 400, 4), np.uint8)
    pixels[50:350, 50:350] = (10, 20, 200, 255)
    pixels[100:300, 100:300, :3] = (250, 250, 0)
    assert rim_colour(pixels) == (10, 20, 200)
