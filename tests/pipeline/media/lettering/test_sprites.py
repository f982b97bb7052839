"""Drawn text has the colours, outlines, shadows and plates that were asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from pipeline.media.lettering.fitting import Room, fit
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.setting import Setting
from pipeline.media.lettering.sprites import Paint, Sprite, draw
from pipeline.media.lettering.style import Outline, Plate, Shadow, Style

STYLE = Style(Face("Archivo Black"), 90, (250, 240, 10))
RED, BLUE = (200, 10, 20), (10, 20, 200)


def setting(**changes: object) -> Setting:
    style = replace(STYLE, **changes)  # type: ignore[arg-type]  # the fields of Style
    return fit("Warm Tea", style, room=Room(845), language="en")


def share(sprite: Sprite, colour: tuple[int, int, int]) -> float:
    """How many pixels show a colour at full strength, in thousands."""
    pixels = sprite.picture.pixels
    return float(((pixels[..., :3] == colour).all(axis=2) & (pixels[..., 3] == 255)).sum()) / 1000


def test_letters_are_solid_inside_and_soft_at_their_edges() -> None:
    sprite = draw(setting())
    alpha = sprite.picture.pixels[..., 3]
    assert share(sprite, STYLE.colour) > 5
    edge = float(((alpha > 0) & (alpha < 255)).sum()) / float((alpha > 0).sum())
    assert 0.02 < edge < 0.25


def test_no_ink_touches_the_edge_of_the_picture() -> None:
    alpha = draw(setting(outline=Outline(RED), shadow=Shadow())).picture.pixels[..., 3]
    rim = np.concatenate((alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]))
    assert rim.max() <= 8


def test_an_outline_lies_around_the_letters() -> None:
    plain, lined = draw(setting()), draw(setting(outline=Outline(RED, width=0.06)))
    assert share(lined, RED) > 1
    assert share(lined, STYLE.colour) == pytest.approx(share(plain, STYLE.colour), rel=0.1)
    assert lined.ink.w == pytest.approx(plain.ink.w + 2 * 0.06 * 90)


def test_a_shadow_is_soft_and_no_part_of_the_ink() -> None:
    plain, dark = draw(setting()), draw(setting(shadow=Shadow(y=0.1)))
    assert dark.ink == plain.ink
    assert dark.picture.height > plain.picture.height
    assert (dark.picture.pixels[..., 3] > 0).sum() > 1.5 * (plain.picture.pixels[..., 3] > 0).sum()


def test_a_plate_lies_behind_all_words() -> None:
    sprite = draw(setting(plate=Plate(BLUE, pad_x=0.3, pad_y=0.2)))
    assert share(sprite, BLUE) > share(sprite, STYLE.colour)
    assert sprite.ink.contains(draw(setting()).ink)


def test_round_corners_are_cut_off_the_plate() -> None:
    square, rounded = (draw(setting(plate=Plate(BLUE, radius=radius))).picture.pixels[..., 3] for radius in (0.0, 0.4))
    assert square[4, 4] == 255
    assert rounded[4, 4] == 0
    assert rounded[rounded.shape[0] // 2, 6] == 255


def test_single_words_are_painted() -> None:
    laid = setting()
    sprite = draw(laid, {1: Paint(colour=RED, plate=Plate(BLUE))})
    (box,) = laid.boxes(1)
    pixels = sprite.picture.pixels
    red = ((pixels[..., :3] == RED).all(axis=2)).nonzero()[1] + sprite.x
    yellow = ((pixels[..., :3] == STYLE.colour).all(axis=2)).nonzero()[1] + sprite.x
    assert red.min() >= box.x - 2
    assert yellow.max() < box.x


def test_a_word_can_be_underlined_and_hidden() -> None:
    laid = setting()
    lined = draw(laid, {0: Paint(underline=RED)})
    assert share(lined, RED) > 0.5
    gone = draw(laid, {0: Paint(hidden=True), 1: Paint(hidden=True)})
    assert not gone.picture.pixels[..., 3].any()


def test_room_is_kept_for_the_alternate_face() -> None:
    style = replace(STYLE, face=Face("Cormorant", 500), alternate=Face("Unbounded", 800))
    laid = fit("warm tea", style, room=Room(845), language="en")
    first, second = laid.boxes(0)[0], laid.boxes(1)[0]
    sprite = draw(laid, {0: Paint(alternate=True)})
    columns = sprite.picture.pixels[..., 3].nonzero()[1] + sprite.x
    assert columns.min() >= first.x - 3
    assert not ((columns > first.x + first.w + 3) & (columns < second.x - 3)).any()
    plain = draw(laid)
    assert (plain.x, plain.picture.width) == (sprite.x, sprite.picture.width)


def test_the_centre_is_where_a_layer_puts_the_picture() -> None:
    sprite = draw(setting())
    x, y = sprite.centre(100, 200)
    assert x - sprite.picture.width / 2 == 100 + sprite.x
    assert y - sprite.picture.height / 2 == 200 + sprite.y


def test_bigger_type_makes_bigger_letters() -> None:
    small = fit("Warm Tea", STYLE, room=Room(2000), language="en").ink
    big = fit("Warm Tea", STYLE.scaled(2), room=Room(2000), language="en").ink
    assert big.w == pytest.approx(2 * small.w, rel=0.01)
    assert big.h == pytest.approx(2 * small.h, rel=0.01)


def test_several_threads_draw_the_same() -> None:
    sizes = [40 + at for at in range(24)]

    def keys() -> list[str]:
        laid = (fit("Größe Warm 静か", STYLE.scaled(size / 90), room=Room(845), language="ja") for size in sizes)
        return [draw(one).picture.key for one in laid]

    with ThreadPoolExecutor(4) as pool:
        drawn = [future.result(timeout=60) for future in [pool.submit(keys) for _ in range(4)]]
    assert all(each == drawn[0] for each in drawn)
    assert len(set(drawn[0])) == len(sizes)
