"""The keyless writer says what the seller said, in a shape worth filming."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.engines.story.local import LocalWriter, storyboard
from pipeline.engines.story.readback import bad_signs
from pipeline.model import Brief, Intent, Shot, Storyboard, Tone, WordEdit
from pipeline.ports import Bench, Write
from pipeline.reading import price_from, prices_in
from pipeline.wording.bank import HOOKS, bank
from pipeline.wording.trace import trace
from tests.pipeline.story.strategies import LANGUAGES, brief, request, requests

MUG = brief(
    name="Nordtisch mug",
    description="Matte black, dishwasher-safe, holds 350 ml, hand-thrown in Wales",
    price=price_from("39.90", currency="GBP", language="en"),
    tone=Tone.WARM,
    photos=3,
)
HATS = brief(
    name="Czapka zimowa z grubej wełny",
    description="Ręcznie robione czapki z wełny merino – bordowa, zielona, kremowa i śliwkowa.",
    price=price_from("79,00", currency="PLN", language="pl"),
    language="pl",
    tone=Tone.WARM,
    photos=4,
)
SHOES = brief(
    name="Confetti Slip-On Plimsolls, white",
    description="Lightweight canvas slip-ons with a hand-drawn confetti print and a cushioned insole.",
    price=price_from("45.00", currency="GBP", language="en"),
    tone=Tone.PLAYFUL,
    photos=4,
)


def _write(of: Brief, idea: int = 0) -> Storyboard:
    return storyboard(request(of, idea=idea))


def _said(board: Storyboard) -> str:
    return " ".join(shot.spoken for shot in board.shots)


async def test_the_engine_writes_what_the_function_writes(tmp_path: Path) -> None:
    asked = request(MUG)
    assert await LocalWriter().run(asked, cast(Bench, None)) == storyboard(asked)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize(("seconds", "fewest", "most"), [(6, 3, 4), (15, 5, 9), (30, 8, 12)])
def test_a_film_has_the_shots_that_its_length_allows(tone: Tone, seconds: int, fewest: int, most: int) -> None:
    board = _write(MUG.model_copy(update={"tone": tone, "seconds": seconds}))
    assert fewest <= len(board.shots) <= most
    assert board.shots[0].intent is Intent.HOOK
    assert board.shots[-1].intent is Intent.CARD
    assert sum(shot.seconds for shot in board.shots) == pytest.approx(seconds, abs=1.0)
    assert all(1.0 <= shot.seconds <= 4.6 for shot in board.shots)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", list(Tone))
def test_variants_differ_in_idea_words_and_order(language: str, tone: Tone) -> None:
    of = MUG.model_copy(update={"language": language, "tone": tone, "name": "Nordtisch", "description": "350 ml"})
    boards = [_write(of, idea) for idea in range(4)]
    assert len({board.idea for board in boards}) == 4
    assert {board.idea for board in boards} <= set(HOOKS)
    assert len({board.shots[0].spoken for board in boards}) == 4
    assert len({board.call_to_action for board in boards}) == 4
    assert all(shot.bank == () or shot.bank[0].startswith(language[:2]) for board in boards for shot in board.shots)


def test_the_same_request_has_the_same_storyboard() -> None:
    assert _write(MUG, 1) == _write(MUG, 1)


def test_phrases_of_the_last_films_are_not_used_again() -> None:
    used: tuple[str, ...] = ()
    for _ in range(3):
        board = storyboard(request(MUG, used=used))
        fresh = tuple(
            identity for shot in board.shots for identity in shot.bank if shot.intent in (Intent.HOOK, Intent.CARD)
        )
        assert not set(fresh) & set(used)
        used += fresh


def test_the_price_is_said_once_and_shown_as_it_is_written() -> None:
    for idea in range(6):
        board = _write(MUG, idea)
        assert _said(board).count("£39.90") == 1
        [shot] = [shot for shot in board.shots if shot.intent is Intent.PRICE]
        assert shot.shown == "£39.90"


def test_a_price_with_a_limit_takes_no_for_before_it() -> None:
    of = MUG.model_copy(update={"price": price_from("from £39", currency="GBP", language="en")})
    for idea in range(6):
        assert not re.search(r"\b(for|at) from", _said(_write(of, idea)))
        assert "from £39" in _said(_write(of, idea))


def test_all_photos_are_shown_and_colours_are_compared() -> None:
    for idea in range(3):
        board = _write(HATS, idea)
        assert {shot.photo for shot in board.shots} == {0, 1, 2, 3}
        [compared] = [shot for shot in board.shots if shot.intent is Intent.COMPARE and shot.spoken]
        assert "bordowa, zielona, kremowa i śliwkowa" in compared.spoken


def test_a_long_point_is_told_in_the_breath_of_several_shots_in_its_order() -> None:
    board = _write(SHOES)
    said = [shot.spoken for shot in board.shots if "p1" in shot.facts]
    assert len(said) >= 2
    assert " ".join(said) == SHOES.description


def test_what_the_seller_stresses_is_left_out_last() -> None:
    of = brief(
        name="Secador de pelo iónico «Brisa»",
        description="2.100 W, tres temperaturas y boquilla concentradora. ¡Pelo seco en la mitad de tiempo!",
        price=price_from("49,90", currency="EUR", language="es"),
        language="es",
        tone=Tone.BOLD,
    )
    for idea in range(6):
        assert "Pelo seco en la mitad de tiempo" in _said(_write(of, idea))


def test_a_headline_never_turns_a_point_into_its_opposite() -> None:
    of = brief(name="Savon", description="sans parfum, avec huile d’olive de Provence", language="fr", photos=2)
    for idea in range(6):
        for shot in _write(of, idea).shots:
            assert shot.shown != "parfum"


def test_a_long_name_is_headed_by_its_leading_part() -> None:
    name = "Küchen-Set „Nordtisch“: Becher, Salz- & Pfeffermühle, Vorratsglas"
    board = _write(brief(name=name, language="de", photos=3))
    assert board.shots[-1].shown == "Küchen-Set „Nordtisch“"
    assert board.post.title == name


@pytest.mark.parametrize("language", ["cs", "xx", "zh"])
def test_an_unknown_language_gets_only_the_sellers_words(language: str) -> None:
    board = _write(MUG.model_copy(update={"language": language}))
    assert all(shot.bank == () for shot in board.shots)
    assert board.call_to_action == ""
    assert "Nordtisch mug" in _said(board)


def test_languages_are_not_mixed_when_the_seller_writes_in_another_one() -> None:
    board = _write(SHOES.model_copy(update={"language": "de"}))
    assert all(shot.bank == () for shot in board.shots)


def test_photos_alone_make_a_film_without_facts() -> None:
    board = _write(brief(photos=2))
    assert board.facts == ()
    assert len(_said(board).split()) <= 20
    assert bad_signs(board) == ()


def test_the_sellers_closing_line_is_the_call_to_action() -> None:
    board = storyboard(request(MUG, closing_line="See you at the market"))
    assert board.call_to_action == "See you at the market"
    assert board.shots[-1].spoken == "See you at the market"
    assert trace(board)[-2].reference == "closing line"


def test_a_label_stands_in_for_a_missing_name_but_is_never_said() -> None:
    board = storyboard(request(brief(photos=1), labels=("saleor",)))
    assert board.shots[-1].shown == "saleor"
    assert "saleor" not in _said(board)


def test_the_post_has_every_point_and_sane_hashtags() -> None:
    board = storyboard(request(MUG.model_copy(update={"description": "Matte black, 350 ml. #slowmornings"})))
    assert board.post.title == "Nordtisch mug"
    assert "£39.90" in board.post.caption
    assert "• Matte black\n• 350 ml" in board.post.caption
    assert board.post.hashtags == ("#slowmornings", "#NordtischMug", "#mug")


def test_a_film_does_not_shout() -> None:
    of = MUG.model_copy(update={"description": "Wow!!! Super soft!!! Buy it!!!"})
    for idea in range(6):
        assert _said(_write(of, idea)).count("!") <= 1


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_piece_of_a_line_is_led_back_to_its_source() -> None:
    board = _write(MUG, 1)
    claims = trace(board)
    assert all(claim.source in ("seller", "bank") for claim in claims)
    for claim in claims:
        if claim.span:
            assert MUG.description[slice(*claim.span)] == claim.text
    assert {claim.reference for claim in claims} >= {"name", "price", "p1"}


@pytest.mark.parametrize("invented", ["Only £5.", "The best mug.", "Matte blacker.", "351 ml", "Loved by all."])
def test_an_invented_claim_has_no_source(invented: str) -> None:
    board = _write(MUG)
    shots = list(board.shots)
    shots[1] = shots[1].model_copy(update={"spoken": f"{shots[1].spoken} {invented}"})
    forged = board.model_copy(update={"shots": tuple(shots)})
    assert any(claim.source == "none" for claim in trace(forged))
    assert "words without a source" in bad_signs(forged)


def test_the_sellers_own_wording_is_the_sellers_claim() -> None:
    edit = WordEdit(shot=1, spoken="My words here.")
    board = _write(MUG).edited((edit,))
    assert any(claim.source == "none" for claim in trace(board))
    claims = trace(board, (edit,))
    assert all(claim.source != "none" for claim in claims)
    assert [claim.text for claim in claims if claim.reference == "own wording"] == ["My words here."]


def test_the_headline_of_an_opening_goes_with_what_is_said() -> None:
    board = _write(MUG)
    assert (board.shots[0].spoken, board.shots[0].shown) == ("For Sundays. And the rest of the week.", "For Sundays.")
    short, long = WordEdit(shot=0, spoken="Half price today."), WordEdit(shot=0, spoken="Half price today, " * 5)
    assert board.edited((short,)).shots[0].shown == "Half price today."
    assert board.edited((long,)).shots[0].shown == ""
    assert board.edited((WordEdit(shot=0, shown="Sale"), short)).shots[0].shown == "Sale"
    assert all(claim.source != "none" for claim in trace(board.edited((short,)), (short,)))


def test_a_name_stays_on_screen_when_other_words_are_said() -> None:
    board = _write(MUG)
    assert (
        board.edited((WordEdit(shot=1, spoken="Half off."),)).shots[1].shown == board.shots[1].shown == "Nordtisch mug"
    )


def _vocabulary(asked: Write) -> Counter[str]:
    phrases = bank(asked.language)
    own = [fact.text for fact in asked.facts] + [asked.closing_line]
    brought = [entry.text for entry in phrases.entries] if phrases else []
    return Counter(re.findall(r"[^\W_]+", " ".join([*own, *brought])))


@given(requests)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_sellers_write_the_film_says_nothing_beyond_it(asked: Write) -> None:
    board = storyboard(asked)
    words = _vocabulary(asked)
    own = "\n".join([*(fact.text for fact in asked.facts), asked.closing_line])
    assert bad_signs(board) == ()
    for line in (line for shot in board.shots for line in (shot.spoken, shot.shown)):
        for word in re.findall(r"[^\W_]+", line):
            assert word in words or word in own
        for number in re.findall(r"\d+", line):
            assert number in own
    assert all(claim.source != "none" for claim in trace(board))
    assert all(0 <= shot.photo < len(asked.plates) for shot in board.shots)
    assert {shot.photo for shot in board.shots} == set(range(len(asked.plates))) or len(asked.plates) > 2
    known = {fact.id for fact in asked.facts}
    assert all(set(shot.facts) <= known for shot in board.shots)


# ── the read-back ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("spoken", "sign"),
    [
        ("Look look here.", "doubled word"),
        ("Matte black and the", "dangling word"),
        ("£39.90. £45.00.", "two prices"),
        ("Quietly: {name}.", "empty slot"),
        ("Тихо.", "foreign letters"),
        ("Go! Go! Go!", "too many exclamations"),
        ("Only here.", "words without a source"),
    ],
)
def test_a_bad_line_is_noticed(spoken: str, sign: str) -> None:
    board = _write(MUG)
    shots = (board.shots[0].model_copy(update={"spoken": spoken}), *board.shots[1:])
    assert sign in bad_signs(board.model_copy(update={"shots": shots}))


def test_a_missing_card_a_repeated_line_and_a_foreign_phrase_are_noticed() -> None:
    board = _write(MUG)
    assert "no end card" in bad_signs(board.model_copy(update={"shots": board.shots[:-1]}))
    twice = (board.shots[-1].model_copy(update={"intent": Intent.DETAIL}), *board.shots)
    assert "repeated line" in bad_signs(board.model_copy(update={"shots": twice}))
    foreign: tuple[Shot, ...] = (board.shots[0].model_copy(update={"bank": ("de.calm.question.0",)}), *board.shots[1:])
    assert "mixed languages" in bad_signs(board.model_copy(update={"shots": foreign}))


def test_no_price_is_heard_where_the_seller_gave_none() -> None:
    for language in LANGUAGES:
        board = _write(MUG.model_copy(update={"price": None, "language": language}))
        assert not prices_in(_said(board), language=language)
        assert all(shot.intent is not Intent.PRICE for shot in board.shots)


def test_a_film_opens_with_a_photo_that_shows_the_product_whole() -> None:
    asked = request(brief(name="Vorratsglas", description="Aus Glas, mit Bambusdeckel.", language="de", photos=3))
    parts = tuple(plate.model_copy(update={"whole": at == 2}) for at, plate in enumerate(asked.plates))
    for idea in range(4):
        board = storyboard(asked.model_copy(update={"plates": parts, "idea": idea}))
        assert board.shots[0].photo == 2
