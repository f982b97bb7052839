"""Text from sellers is shown, never obeyed, and led back to where it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import clean
from pipeline.reading.cleaning import BREAK, LIMIT, cleaned


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  Nordtisch \t mug ", "Nordtisch mug"),
        ("<script>alert(1)</script>Mug", "<script>alert(1)</script>Mug"),
        ("**Bold** `mug` {name} {\\p1} [x];", "**Bold** `mug` {name} {\\p1} [x];"),
        ("[our shop](https://evil.example) mug", "[our shop](https://evil.example) mug"),
        ("a\u202eb\u2066c\x00d\ufeff", "abcd"),
        ("✨ Soap ✨ lavender", "Soap lavender"),
        ("1️⃣ first", "first"),
        ("e\u0301 \u1112\u1161\u11ab", "é 한"),
        ("line one\r\n\r\n\r\nline two", "line one\nline two"),
        ("5 < 7 & 9 > 3", "5 < 7 & 9 > 3"),
        ("ąęłśźż ß 日本語 العربية 한국어 Українська", "ąęłśźż ß 日本語 العربية 한국어 Українська"),
        ("39,90\u00a0€", "39,90\u00a0€"),
        ("मिट्टी का कप", "मिट्टी का कप"),
        ("🔥🔥🔥", ""),
    ],
)
def test_what_does_not_belong_on_screen_is_gone_and_the_rest_is_untouched(raw: str, tidy: str) -> None:
    assert clean(raw) == tidy


def test_heaps_of_accents_are_cut_down() -> None:
    heap = "Z" + "\u0335\u0301\u0302\u0303\u0304\u0305" * 10 + "algo"
    tidy = clean(heap)
    assert len(tidy) <= len("Zalgo") + 1
    assert tidy.endswith("algo")


def test_ten_thousand_characters_are_cut_to_the_limit() -> None:
    assert len(clean("word " * 2000)) <= LIMIT


@given(st.text(max_size=400))
def test_cleaning_leaves_no_control_characters_and_changes_nothing_the_second_time(text: str) -> None:
    tidy = clean(text)
    assert all(char == "\n" or unicodedata.category(char)[0] != "C" or char == "\u200c" for char in tidy)
    assert clean(tidy) == tidy or "<" in tidy or "*" in tidy or "_" in tidy or "~" in tidy or "#" in tidy or ">" in tidy


@given(st.text(max_size=300))
def test_every_character_knows_where_it_was(text: str) -> None:
    done = cleaned(text)
    assert len(done.text) == len(done.starts) == len(done.ends)
    assert list(done.starts) == sorted(done.starts)
    for at, char in enumerate(done.text):
        start, end = done.span(at, at + 1)
        if char not in f"\n {BREAK}":
            assert char in unicodedata.normalize("NFC", text[start:end])
