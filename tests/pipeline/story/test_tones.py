"""A tone is understood from whatever word the seller types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Tone
from pipeline.tones import DEFAULT, nearest


@pytest.mark.parametrize(
    ("word", "tone"),
    [
        ("cosy", Tone.WARM),
        ("Gemütlich", Tone.WARM),
        ("friendly", Tone.PLAYFUL),
        ("energetic", Tone.BOLD),
        ("enérgica", Tone.BOLD),
        ("élégante", Tone.LUXURY),
        ("ELEGANT", Tone.LUXURY),
        ("przytulny", Tone.WARM),
        ("tranquilo", Tone.CALM),
        ("urbain", Tone.STREET),
        ("ストリート", Tone.STREET),
        ("فاخر", Tone.LUXURY),
        ("very calm please", Tone.CALM),
        ("luxry", Tone.LUXURY),
        ("energtic", Tone.BOLD),
    ],
)
def test_a_word_means_a_tone(word: str, tone: Tone) -> None:
    assert nearest(word) == (tone, True)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_tone_means_itself(tone: Tone) -> None:
    assert nearest(tone.value) == (tone, True)


@pytest.mark.parametrize("word", ["", "qqqqzzzz", "🔥", "12345"])
def test_what_means_nothing_gets_the_default_and_says_so(word: str) -> None:
    assert nearest(word) == (DEFAULT, False)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(word: str) -> None:
    assert nearest(word)[0] in Tone
