from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from pipeline.darkroom.inks import cmyk_to_rgb
from pipeline.intake import resembles
from pipeline.media.colour import exposed
from pipeline.media.cutout import Window, bounds
from pipeline.media.ground import find_ground
from pipeline.media.matte import clean_colours
from pipeline.media.saliency import details
from pipeline.media.upscale import enlarged
from tests.pipeline.photos.paint import packshot, packshot_mask


@given(st.integers(300, 900), st.integers(300, 900), st.floats(1, 4), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_close_ups_lie_in_the_photo_are_large_enough_and_differ(
    width: int, height: int, scale: float, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    rgb = chance.integers(0, 255, (height, width, 3), np.uint8)
    left, top = chance.integers(0, width // 3), chance.integers(0, height // 3)
    window = Window(
        int(left), int(top), int(chance.integers(2 * width // 3, width)), int(chance.integers(2 * height // 3, height))
    )
    product = np.zeros((height, width), np.float32)
    product[window.top : window.bottom, window.left : window.right] = 1
    found = details(rgb, product, within=window, scale=scale)
    assert len(found) <= 4
    for index, box in enumerate(found):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= 1.0001
        assert box.y + box.h <= 1.0001
        assert box.w * width * scale >= 398
        for other in found[:index]:
            across = min(box.x + box.w, other.x + other.w) - max(box.x, other.x)
            down = min(box.y + box.h, other.y + other.h) - max(box.y, other.y)
            shared = max(0.0, across) * max(0.0, down)
            assert shared / (box.w * box.h + other.w * other.h - shared) < 0.225


def test_enlarging_doubles_and_never_overshoots() -> None:
    step = np.zeros((60, 80, 3), np.uint8)
    step[:, 40:] = (250, 180, 20)
    large = enlarged(step)
    assert large.shape == (120, 160, 3)
    assert large.max(axis=(0, 1)).tolist() == [250, 180, 20]
    assert (large[:, :70] == 0).all()
    assert np.ptp(large[60, 78:82, 0].astype(int)) > 100  # and the edge stays an edge
    wide = np.zeros((300, 900, 3), np.uint8)
    assert enlarged(wide) is wide


def mixed(front: tuple[int, int, int], back: tuple[int, int, int]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A disc with a soft edge on a ground, and its true alpha."""
    y, x = np.mgrid[0:200, 0:200]
    alpha = np.clip((62 - np.hypot(x - 100, y - 100)) / 8, 0, 1).astype(np.float32)
    picture = alpha[..., None] * np.array(front) + (1 - alpha[..., None]) * np.array(back)
    return np.rint(picture).astype(np.uint8), alpha


@given(st.tuples(*[st.integers(0, 255)] * 3), st.tuples(*[st.integers(0, 255)] * 3))
@settings(max_examples=40, deadline=None)
def test_the_ground_is_taken_out_of_the_edge_whatever_the_colours(
    front: tuple[int, int, int], back: tuple[int, int, int]
) -> None:
    picture, alpha = mixed(front, back)
    clean = clean_colours(picture, alpha)
    assert (clean[alpha == 1] == picture[alpha == 1]).all()
    edge = (alpha > 0.3) & (alpha < 1)
    assert np.abs(clean[edge].astype(int) - np.array(front)).max() <= 14


def test_an_even_ground_is_told_from_a_busy_one() -> None:
    mask = packshot_mask().astype(np.float32)
    studio = find_ground(np.asarray(packshot()), mask)
    assert studio.plain
    assert np.abs(np.subtract(studio.colour, (238, 237, 235))).max() < 8
    busy = np.asarray(packshot()).copy()
    busy[::60] = busy[:, ::60] = (30, 40, 50)
    busy[:, 100:220] = (150, 60, 40)
    assert not find_ground(busy, mask).plain


def test_a_shadow_on_the_ground_is_ground_but_a_colour_is_not() -> None:
    picture = np.full((300, 300, 3), (230, 150, 110), np.uint8)
    picture[100:150, 100:150] = (115, 73, 52)  # the same in half the light
    picture[200:250, 200:250] = (60, 110, 70)
    ground = find_ground(picture, np.zeros((300, 300), np.float32))
    assert ground.distance(picture)[125, 125] > 20
    assert ground.shadow_distance(picture)[125, 125] < 5
    assert ground.shadow_distance(picture)[225, 225] > 20


def test_bounds_hold_all_of_a_mask_and_nothing_more() -> None:
    mask = np.zeros((40, 50), bool)
    assert bounds(mask) is None
    mask[7, 11] = mask[30, 44] = True
    assert bounds(mask) == Window(11, 7, 45, 31)


@given(st.lists(st.integers(0, 255), min_size=4, max_size=4))
def test_more_ink_is_never_lighter(inks: list[int]) -> None:
    light = cmyk_to_rgb(np.array([[inks]], np.uint8)).astype(int).sum()
    for ink in range(4):
        darker = list(inks)
        darker[ink] = min(255, darker[ink] + 40)
        assert cmyk_to_rgb(np.array([[darker]], np.uint8)).astype(int).sum() <= light + 2


@given(st.binary(min_size=432, max_size=432), st.binary(min_size=432, max_size=432))
def test_looks_compare_both_ways_alike(one: bytes, other: bytes) -> None:
    assert resembles(one.hex(), one.hex())
    assert resembles(one.hex(), other.hex()) == resembles(other.hex(), one.hex())


def test_pillow_and_the_darkroom_agree_on_what_is_white() -> None:
    blank = np.zeros((4, 4, 4), np.uint8)
    assert cmyk_to_rgb(blank).min() == 255
    assert np.asarray(Image.fromarray(blank, "CMYK").convert("RGB")).min() == 255


def test_a_photo_with_too_little_light_gets_it_and_keeps_its_colours() -> None:
    lit = np.asarray(packshot())
    dim = np.asarray(lit * 0.3, np.uint8)
    found = exposed(dim).astype(float)
    assert 180 < np.percentile(found.mean(axis=2), 95) < 220
    coloured = np.ptp(dim.astype(int), axis=2) > 30
    before, after = (
        cv2.cvtColor(np.asarray(one, np.float32)[None] / 255, cv2.COLOR_RGB2HSV)[0]
        for one in (dim[coloured], found[coloured])
    )
    assert np.median(np.abs(before[:, 0] - after[:, 0])) < 3
    assert np.array_equal(exposed(lit), lit)


@settings(max_examples=30, deadline=None)
@given(level=st.integers(0, 255))
def test_more_light_never_makes_an_even_photo_darker_and_never_burns_it(level: int) -> None:
    found = exposed(np.full((40, 40, 3), level, np.uint8))
    assert level <= found.max() <= max(level, 210)
