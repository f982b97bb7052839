"""Lines end where a typesetter would end them."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media.lettering.breaking import Break, amounts, anywhere, breaks, hyphenations
from pipeline.media.lettering.wrapping import wrap


def parted(text: str, places: tuple[Break, ...]) -> list[str]:
    edges = [0, *(place.at for place in places), len(text)]
    return [text[start:end].strip() for start, end in pairwise(edges)]


def good(text: str, language: str) -> list[str]:
    return parted(text, tuple(place for place in breaks(text, language) if place.good))


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("bis zu 50 % auf alles", "de", ["bis", "zu", "50 %", "auf", "alles"]),
        ("nur 19,99 € heute", "de", ["nur", "19,99 €", "heute"]),
        ("ab CHF 119.– hier", "de", ["ab", "CHF 119.–", "hier"]),
        ("лише 1 299 ₴ зараз", "uk", ["лише", "1 299 ₴", "зараз"]),
        ("79,00 zł 79,00 zł", "pl", ["79,00 zł", "79,00 zł"]),
        ("每天 NT$ 590", "zh-TW", ["每", "天", "NT$ 590"]),
        ("XXL 50 cm", "de", ["XXL", "50 cm"]),
        ("500 ml Inhalt", "de", ["500 ml", "Inhalt"]),
        ("Prêt : 45 € !", "fr", ["Prêt :", "45 € !"]),
        ("« Bonjour »", "fr", ["« Bonjour »"]),
        ("Morgens – leise", "de", ["Morgens –", "leise"]),
        ("soft slip-ons", "en", ["soft", "slip-ons"]),
        ("Spülmaschinen-Geeignet", "de", ["Spülmaschinen-", "Geeignet"]),
        ("따뜻한 아침을", "ko", ["따뜻한", "아침을"]),
        ("nordtisch.de/angebote", "de", ["nordtisch.de/", "angebote"]),
        ("no\u00a0break here", "en", ["no\u00a0break", "here"]),
    ],
)
def test_a_line_ends_only_at_good_places(text: str, language: str, parts: list[str]) -> None:
    assert good(text, language) == parts


def test_japanese_keeps_endings_with_their_words_and_katakana_whole() -> None:
    assert good("朝にマグカップを。今日", "ja") == ["朝に", "マグカップを。", "今", "日"]


def test_a_clause_ends_a_line_better_than_a_short_word() -> None:
    costs = {place.at: place.cost for place in breaks("Leise, warm und in Ruhe", "de")}
    assert costs[7] < costs[12] < costs[16] == costs[19]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("passende Mühlen und ein Vorratsglas", "de"),
        ("soft cotton and your name", "en"),
        ("une tasse pour les matins", "fr"),
        ("una taza para los domingos", "es"),
        ("миска для кота", "uk"),
    ],
)
def test_a_word_that_leads_on_begins_a_line_rather_than_ending_one(text: str, language: str) -> None:
    costs = [place.cost for place in breaks(text, language)]
    assert costs.count(min(costs)) == 1
    assert costs[costs.index(min(costs)) + 1] == max(costs)


def test_a_short_korean_word_may_end_a_line() -> None:
    assert {place.cost for place in breaks("수제 머그 하나", "ko")} == {1.0}


def test_a_soft_hyphen_becomes_a_hyphen() -> None:
    assert breaks("Donau\u00addampf", "de") == (Break(6, 3.0, "-"),)


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Kaffeevollautomat", "de", ["Kaf", "fee", "voll", "au", "to", "mat"]),
        ("comfortable", "en", ["com", "fort", "able"]),
        ("chaussures", "fr", ["chaus", "sures"]),
        ("Tasse", "de", ["Tasse"]),
        ("Kaffeevollautomat", "xx", ["Kaffeevollautomat"]),
    ],
)
def test_hyphens_follow_the_language(word: str, language: str, parts: list[str]) -> None:
    assert parted(word, hyphenations(word, language)) == parts


@pytest.mark.parametrize("word", ["Waschmaschinenanschluss", "Übergrößenträger", "Abenteuerausrüstung"])
def test_no_hyphen_leaves_less_than_three_letters_alone(word: str) -> None:
    first, *_, last = parted(word, hyphenations(word, "de"))
    assert min(len(first), len(last)) >= 3


def test_anything_can_be_broken_between_two_characters_but_not_inside_one() -> None:
    assert parted("xy\u0301z", anywhere("xy\u0301z")) == ["x", "y\u0301", "z"]


def test_amounts_are_known() -> None:
    text = "ab 19,99 € oder CHF 119.– und 50 % auf 3 Tassen"
    assert {text[at:].split(" ")[0] for at in amounts(text)} == {"€", "119.–", "%"}


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.integers(1, 12), min_size=1, max_size=8),
    costs=st.lists(st.sampled_from([0.0, 1.0, 3.0]), min_size=8, max_size=8),
    limit=st.integers(8, 40),
    lines=st.integers(1, 4),
)
def test_the_chosen_lines_are_the_best_of_all(words: list[int], costs: list[float], limit: int, lines: int) -> None:
    text = " ".join("x" * length for length in words)
    places = [at for at, char in enumerate(text) if char == " "]
    candidates = tuple(Break(at + 1, cost) for at, cost in zip(places, costs, strict=False))

    def width(start: int, end: int, suffix: str) -> float:
        return float(len(text[start:end].strip()) + len(suffix))

    edges = [0, *(place.at for place in candidates), len(text)]
    target = sum(width(start, end, "") for start, end in pairwise(edges)) / lines

    def price(chosen: tuple[Break, ...]) -> float:
        ends = [0, *(place.at for place in chosen), len(text)]
        widths = [width(start, end, "") for start, end in pairwise(ends)]
        if max(widths) > limit:
            return inf
        return sum(((each - target) / limit) ** 2 for each in widths) + 0.04 * sum(place.cost for place in chosen)

    best = min((price(chosen) for chosen in combinations(candidates, lines - 1)), default=inf)
    found = wrap(text, candidates, limit=float(limit), lines=lines, width=width)
    if found is None:
        assert best == inf
    else:
        assert found[-1].at == len(text)
        assert price(found[:-1]) == pytest.approx(best)
