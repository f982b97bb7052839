"""Hostile text becomes harmless, honest text stays as it was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media.lettering.wording import capitals, clean, is_right_to_left, join
from tests.pipeline.media.lettering.samples import SCRIPTS, Script


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_honest_text_is_left_alone(script: Script) -> None:
    assert clean(script.sentence) == unicodedata.normalize("NFC", script.sentence)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\u202eb\u2066c\u2069", "abc"),
        ("nul\x00l\x1b[31m", "null[31m"),
        ("two\n\nlines\tand  spaces ", "two lines and spaces"),
        ("mug ☕️ hot 🔥🔥 👨‍👩‍👧 🇩🇪", "mug hot"),
        ("Nordtisch™️ 1️⃣ ®", "Nordtisch™ 1 ®"),
        ("soft\u00a0space", "soft\u00a0space"),
        ("\ue000\ufff9private", "private"),
        ("می‌شود", "می‌شود"),
    ],
)
def test_what_must_not_be_drawn_is_taken_out(text: str, left: str) -> None:
    assert clean(text) == left


def test_zalgo_keeps_its_letters_and_loses_its_towers() -> None:
    zalgo = "".join(letter + "\u0335\u0321\u0345\u0310\u030f\u0317" * 5 for letter in "zalgo")
    left = clean(zalgo)
    letters = [char for char in unicodedata.normalize("NFD", left) if char.isascii()]
    assert "".join(letters) == "zalgo"
    assert len(left) <= 3 * len(letters)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("istanbul ışık", "tr", "İSTANBUL IŞIK"),
        ("istanbul", "en", "ISTANBUL"),
        ("Größe", "de", "GRÖẞE"),
        ("Ζεστό πρωινό", "el", "ΖΕΣΤΟ ΠΡΩΙΝΟ"),
        ("L’été à la mer", "fr", "L’ÉTÉ À LA MER"),
        ("їжак", "uk", "ЇЖАК"),
        ("قميص", "ar", "قميص"),
    ],
)
def test_capitals_follow_the_language(text: str, language: str, shown: str) -> None:
    assert capitals(text, language, sharp_s=True) == shown


def test_a_font_without_a_capital_sharp_s_gets_two() -> None:
    assert capitals("Straße", "de", sharp_s=False) == "STRASSE"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Leise.", "Warm."], "Leise. Warm."),
        (["静か", "な", "朝に、", "18,000円"], "静かな朝に、18,000円"),
        (["따뜻한", "아침을"], "따뜻한 아침을"),
        (["สวัสดี", "ครับ"], "สวัสดีครับ"),
        (["", "one", "", "two"], "one two"),
    ],
)
def test_words_are_joined_as_their_script_joins_them(words: list[str], text: str) -> None:
    assert join(words) == text


@pytest.mark.parametrize(
    ("text", "language", "rtl"),
    [
        ("قميص قطن", "en", True),
        ("Nordtisch قميص", "ar", True),
        ("Nordtisch.", "ar", False),
        ("Nordtisch قميص", "en", False),
        ("19,99 €", "ar", False),
        ("Cotton", "en", False),
    ],
)
def test_the_direction_of_a_line_follows_its_letters_and_its_language(text: str, language: str, rtl: bool) -> None:
    assert is_right_to_left(text, language) is rtl
