"""A product that only moved passes; one that was changed does not, however little of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.media.fidelity import Gate, compare, is_among, lay_back
from tests.pipeline.cloud.enhancing import OnceReader
from tests.pipeline.cloud.samples import (
    BOTTLE,
    LAMP,
    MUG,
    bulged,
    compressed,
    emblem,
    hued,
    lit,
    photo_of,
    relabelled,
    sample_of,
    seen_from,
    stretched,
)

Pixels = NDArray[np.uint8]
Change = Callable[[Pixels], Pixels]

PRODUCTS = {"mug": MUG, "bottle": BOTTLE, "lamp": LAMP}

MOVES: dict[str, Change] = {
    "as it was": lambda pixels: pixels,
    "nearer": lambda pixels: seen_from(pixels, zoom=1.25),
    "further away": lambda pixels: seen_from(pixels, zoom=0.8),
    "beside it": lambda pixels: seen_from(pixels, shift=(0.06, -0.03)),
    "tilted": lambda pixels: seen_from(pixels, turn=4),
    "from a side": lambda pixels: seen_from(pixels, lean=0.04, zoom=1.1),
    "in a warmer, dimmer light": lambda pixels: lit(pixels, gain=0.88, warm=0.03),
    "through an encoder": lambda pixels: compressed(pixels),
    "with depth": lambda pixels: seen_from(bulged(pixels, MUG.box, strength=0.05), lean=0.02, zoom=1.08),
    "all of that": lambda pixels: compressed(lit(seen_from(pixels, zoom=1.15, lean=0.02, turn=2), gain=1.06)),
}


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(OnceReader())


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("name", PRODUCTS)
def test_a_product_that_only_moved_passes(name: str, move: str, gate: Gate) -> None:
    product = PRODUCTS[name]
    assert gate.fault(sample_of(product), [MOVES[move](photo_of(product))]) == ""


@pytest.mark.parametrize("degrees", [25, 60, 180])
@pytest.mark.parametrize("name", PRODUCTS)
def test_another_colour_does_not_pass(name: str, degrees: float, gate: Gate) -> None:
    product = PRODUCTS[name]
    changed = seen_from(hued(photo_of(product), degrees=degrees), zoom=1.05)
    assert gate.fault(sample_of(product), [changed]) != ""


@pytest.mark.parametrize("strength", [0.35, 0.6])
@pytest.mark.parametrize("name", PRODUCTS)
def test_another_shape_does_not_pass(name: str, strength: float, gate: Gate) -> None:
    product = PRODUCTS[name]
    changed = bulged(photo_of(product), product.box, strength=strength)
    assert gate.fault(sample_of(product), [changed]) != ""


@pytest.mark.parametrize("times", [1.3, 1.6])
@pytest.mark.parametrize("name", PRODUCTS)
def test_a_stretched_product_does_not_pass(name: str, times: float, gate: Gate) -> None:
    product = PRODUCTS[name]
    assert gate.fault(sample_of(product), [stretched(photo_of(product), times=times)]) != ""


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_picture_on_it_that_it_does_not_have_does_not_pass(name: str, gate: Gate) -> None:
    product = PRODUCTS[name]
    assert gate.fault(sample_of(product), [emblem(photo_of(product), product, share=0.5)]) != ""


@pytest.mark.parametrize("text", ["ALPINA", "SIENNA", "SERIAR"])
def test_another_name_on_it_does_not_pass(text: str, gate: Gate) -> None:
    changed = seen_from(relabelled(photo_of(BOTTLE), text), zoom=1.1)
    assert "lettering" in gate.fault(sample_of(BOTTLE), [changed])


def test_a_name_that_was_taken_off_does_not_pass(gate: Gate) -> None:
    assert gate.fault(sample_of(BOTTLE), [relabelled(photo_of(BOTTLE), "")]) != ""


def test_its_own_name_painted_anew_passes(gate: Gate) -> None:
    assert gate.fault(sample_of(BOTTLE), [relabelled(photo_of(BOTTLE), "SIERRA")]) == ""


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_product_that_became_dark_does_not_pass(name: str, gate: Gate) -> None:
    product = PRODUCTS[name]
    assert gate.fault(sample_of(product), [lit(photo_of(product), gain=0.4)]) != ""


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_picture_without_the_product_does_not_pass(name: str, gate: Gate) -> None:
    product = PRODUCTS[name]
    others = [photo_of(other) for other in PRODUCTS.values() if other is not product]
    noise = np.random.default_rng(1).integers(0, 255, (900, 700, 3), np.uint8)
    for picture in (*others, noise, np.full((900, 700, 3), 127, np.uint8), photo_of(product)[:, ::-1]):
        assert gate.fault(sample_of(product), [np.ascontiguousarray(picture)]) != ""


def test_one_wrong_picture_among_good_ones_is_enough(gate: Gate) -> None:
    good = photo_of(MUG)
    assert gate.fault(sample_of(MUG), [good, good, hued(good, degrees=60), good]).startswith("picture 3 of 4")


def test_the_same_pictures_are_judged_the_same() -> None:
    photo, picture = sample_of(MUG), MOVES["all of that"](photo_of(MUG))
    one, other = (compare(photo, lay_back(photo, picture)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("word", "read", "among"),
    [
        ("SIERRA", ("Sierra", "750 ml"), True),
        ("SIERRA", ("SIERBA",), True),
        ("Alpine Spring", ("ALPINE", "SPRING"), True),
        ("SIERRA", ("ALPINA",), False),
        ("SIERRA", (), False),
        ("SIERRA", ("S",), False),
    ],
)
def test_a_letter_may_be_misread_but_not_a_word(word: str, read: tuple[str, ...], among: bool) -> None:
    assert is_among(word, read) is among
