"""Sellers who change their mind at the summary, in their own words."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.session import Step
from pipeline.model import Platform
from tests.bot.talking import at


@pytest.mark.parametrize(
    ("locale", "more", "fewer"),
    [
        ("en", "add youtube", "no tiktok please"),
        ("de", "auch youtube", "ohne tiktok"),
        ("es", "también youtube", "quita tiktok"),
        ("fr", "aussi sur youtube", "sans tiktok"),
    ],
)
@pytest.mark.parametrize("step", [Step.PLATFORMS, Step.REVIEW])
def test_platforms_are_added_and_taken_away(step: Step, locale: str, more: str, fewer: str) -> None:
    chat = at(Step.REVIEW, locale)
    for text, platforms in ((more, (Platform.TIKTOK, Platform.YOUTUBE)), (fewer, (Platform.YOUTUBE,))):
        if step is Step.PLATFORMS:
            chat.press(Verb.FIX, "platforms")
        chat.type(text)
        assert (chat.session.draft.platforms, chat.step()) == (platforms, Step.REVIEW)


def test_the_last_platform_is_not_taken_away() -> None:
    chat = at(Step.REVIEW)
    chat.type("remove tiktok")
    assert chat.session.draft.platforms == (Platform.TIKTOK,)


@pytest.mark.parametrize(
    ("locale", "shorter", "longer"),
    [
        ("en", "make it shorter", "too short"),
        ("de", "kürzer bitte", "bitte länger"),
        ("es", "más corto", "más largo"),
        ("fr", "plus court", "plus long svp"),
    ],
)
def test_a_length_is_asked_for_beside_the_one_picked(locale: str, shorter: str, longer: str) -> None:
    chat = at(Step.REVIEW, locale)
    seconds = [chat.session.draft.seconds]
    for text in (shorter, longer, longer):
        chat.type(text)
        seconds.append(chat.session.draft.seconds)
    assert seconds == [15, 6, 15, 30]


@pytest.mark.parametrize(
    ("text", "seconds"), [("short", 6), ("1 minute", 30), ("15s", 15), ("as long as possible", 30)]
)
def test_a_length_is_understood_as_people_type_it(text: str, seconds: int) -> None:
    chat = at(Step.LENGTH)
    chat.type(text)
    assert (chat.session.draft.seconds, chat.session.draft.platforms) == (seconds, (Platform.TIKTOK,))
    assert chat.step() is Step.REVIEW


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "no price please"),
        ("de", "ohne Preis"),
        ("es", "sin precio"),
        ("fr", "sans prix"),
        ("en", "remove the price!"),
    ],
)
def test_a_price_is_taken_out(locale: str, text: str) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type(text)
    assert (chat.step(), chat.session.draft.price) == (Step.REVIEW, None)


@pytest.mark.parametrize(
    ("locale", "text", "step"),
    [
        ("en", "the price is wrong", Step.PRICE),
        ("de", "der Name ist falsch", Step.NAME),
        ("es", "el precio está mal", Step.PRICE),
        ("fr", "le nom est faux", Step.NAME),
        ("en", "I want to change the name", Step.NAME),
        ("en", "add another photo", Step.PHOTOS),
    ],
)
def test_what_is_wrong_is_asked_again_and_not_taken_for_the_answer(locale: str, text: str, step: Step) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type(text)
    assert (chat.step(), chat.session.draft.name) == (step, "Nordtisch mug")


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "let’s go"), ("en", "go for it!"), ("de", "leg los"), ("de", "los gehts"), ("es", "dale"), ("fr", "vas y")],
)
def test_go_is_said_in_many_ways(locale: str, text: str) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type(text)
    assert chat.step() is Step.IDLE
    assert chat.orders


@pytest.mark.parametrize("text", ["change the language to german", "in german pls", "to German"])
def test_a_language_is_changed_in_a_sentence(text: str) -> None:
    chat = at(Step.REVIEW)
    chat.type(text)
    assert (chat.session.draft.language, chat.step()) == ("de", Step.REVIEW)


def test_more_is_told_at_the_summary_too() -> None:
    chat = at(Step.REVIEW)
    assert chat.type("also made in Porto")[0].startswith("Added to the selling points.")
    assert chat.session.draft.description.splitlines()[-1] == "made in Porto"
    assert chat.step() is Step.REVIEW
