"""A finished film and its changes, told as the seller sees them."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.making import MOST_RUNS
from pipeline.model import (
    AUTO_VOICE,
    Failed,
    Goal,
    WordEdit,
)
from tests.bot.chatter import Chatter
from tests.bot.filming import finish, newest, offer, retake, started, with_film
from tests.bot.material import LINES


@pytest.fixture
def chat() -> Chatter:
    return started()


@pytest.fixture
def filmed(chat: Chatter) -> Chatter:
    return with_film(chat)


def test_one_shot_is_taken_again(filmed: Chatter) -> None:
    before = newest(filmed).wish
    lines = filmed.press(Verb.MENU, "shots")
    assert lines[:2] == ["Which shot shall I take again?", f"1. {LINES[0]}"]
    filmed.press(Verb.RETAKE, 2)
    offer(filmed)
    filmed.press(Verb.TAKE, "2.1")
    assert newest(filmed).wish == before.with_take(2, 1)
    assert newest(filmed).goal is Goal.FILM
    finish(filmed)
    assert "↩ Undo" in filmed.labels("film-menu")


def test_the_words_of_a_shot_are_changed(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, "words")
    assert filmed.press(Verb.WORDS, 1) == ["What should shot 2 say?", f"Now: {LINES[1]}"]
    assert filmed.type("Black outside, honey inside.")[0] == "On it."
    assert newest(filmed).wish.edits == (WordEdit(shot=1, spoken="Black outside, honey inside."),)
    finish(filmed)
    filmed.press(Verb.MENU, "words")
    assert f"2. {'Black outside, honey inside.'}" in filmed.text(filmed.card("which-words"))


def test_words_that_do_not_fit_into_a_shot_are_not_taken(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, "words")
    filmed.press(Verb.WORDS, 1)
    jobs = len(filmed.orders)
    assert filmed.type("long " * 50) == ["That's 249 characters. Up to 160 fit into a shot."]
    assert len(filmed.orders) == jobs


@pytest.mark.parametrize(
    ("menu", "verb", "value"),
    [("voice", Verb.VOICE, "bf_emma"), ("platforms", Verb.ADD, "youtube"), ("", Verb.MUSIC, "")],
)
def test_voice_platform_and_music_are_changed_in_the_wish_only(
    filmed: Chatter, menu: str, verb: Verb, value: str
) -> None:
    before = newest(filmed).wish
    if menu:
        filmed.press(Verb.MENU, menu)
    filmed.press(verb, value)
    wish = newest(filmed).wish
    assert wish != before
    assert wish.takes == before.takes
    assert {Verb.VOICE: wish.brief.voice, Verb.ADD: wish.brief.platforms[-1].value, Verb.MUSIC: str(wish.music)}[
        verb
    ] == (value or "1")


def test_undo_goes_back_step_by_step(filmed: Chatter) -> None:
    first = newest(filmed).wish
    filmed.press(Verb.MUSIC)
    finish(filmed)
    second = newest(filmed).wish
    retake(filmed, 0)
    finish(filmed)
    filmed.press(Verb.UNDO)
    assert newest(filmed).wish == second
    finish(filmed)
    filmed.press(Verb.UNDO)
    assert newest(filmed).wish == first
    finish(filmed)
    assert "↩ Undo" not in filmed.labels("film-menu")


def test_another_idea_forgets_takes_and_words_of_the_old_one(filmed: Chatter) -> None:
    retake(filmed, 0)
    finish(filmed)
    filmed.press(Verb.OTHER_IDEA)
    wish = newest(filmed).wish
    assert (wish.idea, wish.takes, wish.composed, wish.edits) == (0, (), (), ())


def test_a_change_while_another_is_made_is_queued_and_holds_both(filmed: Chatter) -> None:
    filmed.press(Verb.MUSIC)
    retake(filmed, 1)
    wish = newest(filmed).wish
    assert (wish.music, wish.take(1)) == (1, 1)
    assert len(filmed.session.runs) == 2


def test_a_change_that_fails_leaves_the_film_as_it_is_shown(filmed: Chatter) -> None:
    before = newest(filmed).wish
    filmed.press(Verb.MUSIC)
    filmed.tell(filmed.job(Goal.FILM), Failed(phrase="failed-bug", reference="r"))
    assert filmed.session.films[-1].wish == before
    assert filmed.session.films[-1].undo == ()
    filmed.press(Verb.MUSIC)
    assert newest(filmed).wish.music == 1


def test_too_many_open_wishes_are_declined_kindly(filmed: Chatter) -> None:
    for shot in range(4):
        retake(filmed, shot)
    filmed.press(Verb.MUSIC)
    filmed.press(Verb.OTHER_IDEA)
    assert len(filmed.session.runs) == MOST_RUNS
    filmed.press(Verb.MENU, "platforms")
    filmed.press(Verb.ADD, "youtube")
    assert filmed.hints[-1] == "I'm busy with several of your wishes. Let me finish those first."


def test_what_is_already_so_is_not_made_again(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, "voice")
    jobs = len(filmed.orders)
    filmed.press(Verb.VOICE, AUTO_VOICE)
    assert filmed.hints[-1] == "It is like that already."
    assert len(filmed.orders) == jobs
