"""What sellers mean by what they type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import words
from pipeline.model import Platform


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("tiktok", (Platform.TIKTOK,)),
        ("TikTok and YouTube", (Platform.TIKTOK, Platform.YOUTUBE)),
        ("tiktok, instagram_reels", (Platform.TIKTOK, Platform.INSTAGRAM_REELS)),
        ("youtube_shorts", (Platform.YOUTUBE_SHORTS,)),
        ("instagram_feed", (Platform.INSTAGRAM_FEED,)),
        ("instagram feed und reels", (Platform.INSTAGRAM_REELS, Platform.INSTAGRAM_FEED)),
        ("square_feed", (Platform.SQUARE_FEED,)),
        ("Instagram Stories", (Platform.STORIES,)),
        ("youtube shorts and youtube", (Platform.YOUTUBE_SHORTS, Platform.YOUTUBE)),
        ("quadratisch", (Platform.SQUARE_FEED,)),
        ("alle", tuple(Platform)),
        ("my shop window", ()),
    ],
)
def test_platforms_are_recognised(text: str, named: tuple[Platform, ...]) -> None:
    assert words.platforms_in(text) == named


@pytest.mark.parametrize("platform", list(Platform))
def test_every_platform_is_recognised_by_its_own_code(platform: Platform) -> None:
    assert words.platforms_in(platform.value) == (platform,)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("fr-CH", "fr-CH"),
        ("pt-br", "pt-BR"),
        ("de", "de"),
        ("German", "de"),
        ("Deutsch", "de"),
        ("allemand", "de"),
        ("polski", "pl"),
        ("日本語", "ja"),
        ("Klingonisch für Anfänger", None),
        ("qq", None),
    ],
)
def test_languages_are_recognised_by_code_or_name(text: str, tag: str | None) -> None:
    assert words.language_in(text) == tag


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15", 15), ("30 s", 30), ("6 Sekunden", 6), ("20", 15), ("a minute", None), ("60", 30), ("8", 6)],
)
def test_lengths_are_taken_to_the_nearest_that_is_offered(text: str, seconds: int | None) -> None:
    assert words.seconds_in(text) == seconds


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("#1E56C5, weiß", ("#1e56c5", "#ffffff")),
        ("1e56c5", ("#1e56c5",)),
        ("#fff", ("#ffffff",)),
        ("rojo azul verde negro", ("#d32f2f", "#1e56c5", "#2e7d32")),
        ("fff", ()),
    ],
)
def test_colours_are_recognised_by_code_or_name(text: str, colours: tuple[str, ...]) -> None:
    assert words.colours_in(text) == colours


@pytest.mark.parametrize("text", ["Skip", "weiter", "siguiente ", "passer."])
def test_skipping_is_understood_in_every_language(text: str) -> None:
    assert words.skips(text)


@pytest.mark.parametrize("text", ["back", "Zurück", "atrás", "retour"])
def test_going_back_is_understood_in_every_language(text: str) -> None:
    assert words.goes_back(text)


@pytest.mark.parametrize("text", ["OK", "Stimmt so!", "vale", "d'accord"])
def test_agreement_is_understood_in_every_language(text: str) -> None:
    assert words.agrees(text)


@pytest.mark.parametrize(
    ("text", "price"),
    # eleven numbers and a letter once took ten seconds
    [("it's 60 each", True), ("preis: 35", True), ("60 in total", False), (f"{'1 ' * 40}x", False)],
)
def test_an_amount_with_words_of_prices_alone_is_told_from_a_text(text: str, price: bool) -> None:
    assert words.names_price(text) is price


@given(st.text(max_size=200))
def test_no_text_breaks_the_understanding(text: str) -> None:
    words.platforms_in(text)
    words.seconds_in(text)
    words.language_in(text)
    assert all(len(colour) == 7 for colour in words.colours_in(text))
    assert words.is_link(text) in (True, False)
