"""A text finds a size and lines with which it fits, and every letter of it is inked."""

from __future__ import annotations

import pytest

from pipeline.media.lettering.fitting import Room, fit
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.sprites import draw
from pipeline.media.lettering.style import Style

HEADLINE = Style(Face("Poppins", 700), 96)


def lines(
    text: str, language: str = "en", *, width: float = 845, style: Style = HEADLINE, max_lines: int = 3
) -> list[str]:
    return [line.text for line in fit(text, style, room=Room(width, max_lines=max_lines), language=language).lines]


def test_lines_are_balanced() -> None:
    assert lines("Confetti slip-ons for your happy feet", width=950) == ["Confetti slip-ons", "for your happy feet"]


def test_a_price_stays_in_one_piece() -> None:
    for width in range(300, 900, 50):
        for line in lines("Jetzt nur 19,99 € statt CHF 119.– bis zu 50 % 500 ml", "de", width=width, max_lines=8):
            assert line.count("€") == line.count("19,99")
            assert line.count("CHF") == line.count("119.–")
            assert line.count("%") == line.count("50 ")
            assert line.count("ml") == line.count("500")


def test_type_shrinks_before_it_breaks_into_more_lines() -> None:
    setting = fit("Nordtisch Küchen-Set", HEADLINE, room=Room(900, max_lines=1), language="de")
    assert len(setting.lines) == 1
    assert 0.7 * 96 <= setting.style.size < 96


def test_type_never_shrinks_below_the_limit_while_more_lines_help() -> None:
    setting = fit("Nordtisch Küchen-Set mit vier Tassen", HEADLINE, room=Room(600, max_lines=1), language="de")
    assert setting.style.size == pytest.approx(0.7 * 96)
    assert len(setting.lines) > 1


def test_long_compounds_are_hyphenated_by_the_rules_of_the_language() -> None:
    found = lines("Waschmaschinenanschlussschlauch", "de", width=600)
    assert len(found) > 1
    assert all(line.endswith("-") for line in found[:-1])
    assert "".join(line.rstrip("-") for line in found) == "Waschmaschinenanschlussschlauch"


def test_a_word_that_fits_is_not_hyphenated() -> None:
    assert all(not line.endswith("-") for line in lines("Kaffeevollautomat gebraucht", "de"))


def test_no_line_of_japanese_begins_with_closing_punctuation() -> None:
    for width in range(200, 900, 60):
        for line in lines("静かな朝に、あたたかい「一杯」を。マグカップ、でき立て！", "ja", width=width, max_lines=9)[
            1:
        ]:
            assert line[0] not in "、。」！ゃゅょっッー"


def test_korean_breaks_between_words_only() -> None:
    words = {"따뜻한", "아침을", "위한", "머그컵", "선물"}
    assert {word for line in lines("따뜻한 아침을 위한 머그컵 선물", "ko", width=420) for word in line.split()} == words


def test_what_cannot_fit_is_cut_with_an_ellipsis() -> None:
    setting = fit("word " * 2000, HEADLINE, room=Room(845, 400), language="en")
    assert setting.cut
    assert setting.lines[-1].text.endswith("…")
    assert setting.ink.h <= 400


@pytest.mark.parametrize("text", ["", " ", "😀", "\u202e\u0000\u200b"])
def test_what_cannot_be_drawn_leaves_an_empty_picture(text: str) -> None:
    setting = fit(text, HEADLINE, room=Room(845), language="en")
    assert setting.ink.w == 0
    assert not draw(setting).picture.pixels[..., 3].any()


def test_the_ink_box_is_where_the_ink_is() -> None:
    sprite = draw(fit("Größe Ąę jgŷ", HEADLINE, room=Room(845), language="de"))
    rows, columns = sprite.picture.pixels[..., 3].nonzero()
    assert columns.min() + sprite.x == pytest.approx(sprite.ink.x, abs=1.5)
    assert rows.min() + sprite.y == pytest.approx(sprite.ink.y, abs=1.5)
    assert columns.max() + 1 + sprite.x == pytest.approx(sprite.ink.x + sprite.ink.w, abs=1.5)
    assert rows.max() + 1 + sprite.y == pytest.approx(sprite.ink.y + sprite.ink.h, abs=1.5)


def test_equal_texts_have_equal_keys() -> None:
    first, second = (draw(fit("Leise. Warm.", HEADLINE, room=Room(845), language="de")) for _ in range(2))
    other = draw(fit("Leise. Kalt.", HEADLINE, room=Room(845), language="de"))
    assert first.picture.key == second.picture.key != other.picture.key
