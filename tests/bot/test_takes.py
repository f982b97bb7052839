"""Other takes of a shot: shown on one picture, chosen by a button or a letter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.dialogue.cards import Picture, Verb
from bot.dialogue.events import Pressed
from bot.dialogue.session import Menu
from pipeline.model import Failed, Filming, Finished, Goal, Order, Retake, Takes
from tests.bot.chatter import Chatter, buttons
from tests.bot.filming import finish, newest, offer, retake, started, with_film

OFFERED = "Shot 2: A is how it is now. Which one shall I take?"
OTHERS, BACK = "🔄 Other takes", "◀ Back"


@pytest.fixture
def filmed() -> Chatter:
    return with_film(started())


@pytest.fixture
def offered(filmed: Chatter) -> Chatter:
    """A chat in which other takes of shot 2 are shown."""
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    offer(filmed)
    return filmed


def test_a_shot_is_answered_by_one_picture_with_a_button_for_each_take(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, Menu.SHOTS)
    messages = len(filmed.cards)
    assert filmed.press(Verb.RETAKE, 1) == ["Composing other takes of shot 2 …"]
    assert newest(filmed) == Order(
        goal=Goal.TAKES, wish=filmed.session.films[-1].wish, variants=1, retake=Retake(shot=1)
    )
    filmed.seconds = 22.0
    assert offer(filmed) == [OFFERED]
    card = filmed.card("takes")
    assert [type(one) for one in card.media] == [Picture]
    assert filmed.labels("takes") == ["B · ~20 s", "C · ~20 s", "D · ~20 s", OTHERS, BACK]
    assert len(filmed.cards) == messages, "it is the film's own card; progress makes no message"


def test_without_measured_times_none_is_told(filmed: Chatter) -> None:
    filmed.seconds = None
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    offer(filmed)
    assert filmed.labels("takes")[:3] == ["B", "C", "D"]


def test_the_chosen_take_is_the_one_that_was_shown(offered: Chatter) -> None:
    before = offered.session.films[-1].wish
    offered.press(Verb.TAKE, "1.2")
    assert newest(offered).goal is Goal.FILM
    assert newest(offered).wish == before.with_take(1, 2)
    assert offered.session.films[-1].menu is Menu.MAIN
    finish(offered)
    offered.press(Verb.UNDO)
    assert newest(offered).wish == before


@pytest.mark.parametrize(("said", "take"), [("B", 1), ("the second", 1), ("c please", 2), ("the fourth", 3), ("3", 2)])
def test_a_take_is_chosen_by_typing(offered: Chatter, said: str, take: int) -> None:
    offered.type(said)
    assert newest(offered).wish.takes == (0, take)


def test_a_letter_that_is_not_there_chooses_nothing(offered: Chatter) -> None:
    jobs = len(offered.orders)
    offered.type("E")
    assert len(offered.orders) == jobs
    assert offered.session.films[-1].menu is Menu.TAKES


def test_the_present_take_stays_when_its_letter_is_typed(offered: Chatter) -> None:
    jobs = len(offered.orders)
    assert offered.type("A")[0].startswith("Happy with it?")
    assert len(offered.orders) == jobs


@pytest.mark.parametrize("said", ["", "others", "show me other takes"])
def test_others_come_in_the_same_message_and_leave_out_those_seen(offered: Chatter, said: str) -> None:
    messages, first = len(offered.cards), offered.card("takes").media
    if said:
        offered.type(said)
    else:
        offered.press(Verb.OTHER_TAKES)
    assert newest(offered).retake == Retake(shot=1, seen=(1, 2, 3))
    assert offered.card("takes").media == first, "what is shown can be chosen until others are there"
    offer(offered, 5, more=False)
    assert offered.card("takes").media != first
    assert offered.labels("takes") == ["B · ~2 min", BACK]
    assert len(offered.cards) == messages
    offered.press(Verb.TAKE, "1.5")
    assert newest(offered).wish.takes == (0, 5)


def test_a_take_of_an_earlier_picture_gets_a_friendly_word(offered: Chatter) -> None:
    card, button = offered.find(Verb.TAKE, "1.1")
    offered.press(Verb.OTHER_TAKES)
    offer(offered)
    jobs = len(offered.orders)
    offered.send(Pressed(turn=card.turn, action=button.action))
    assert offered.hints[-1] == "That button is from earlier. Please use the newest message."
    assert len(offered.orders) == jobs


def test_takes_of_an_older_version_get_a_friendly_word(offered: Chatter) -> None:
    card, button = offered.find(Verb.TAKE, "1.1")
    offered.press(Verb.TAKE, "1.2")
    finish(offered)
    offered.send(Pressed(turn=card.turn, action=button.action))
    assert offered.hints[-1] == "There is a newer version of this video further down. /films has all of them."


def test_back_leads_to_the_shots_and_what_comes_later_is_not_shown(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    assert filmed.press(Verb.MENU, Menu.SHOTS)[0] == "Which shot shall I take again?"
    assert offer(filmed) == []
    assert filmed.session.films[-1].menu is Menu.SHOTS
    assert not filmed.session.runs


def test_a_shot_pressed_twice_is_composed_once(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, Menu.SHOTS)
    card, button = filmed.find(Verb.RETAKE, 1)
    filmed.press(Verb.RETAKE, 1)
    jobs = len(filmed.orders)
    filmed.send(Pressed(turn=card.turn, action=button.action))
    assert filmed.hints[-1] == "I'm already on that."
    assert len(filmed.orders) == jobs


def test_takes_told_again_are_shown_in_the_same_message(offered: Chatter) -> None:
    session, cards = offered.session, dict(offered.cards)
    offer(offered)
    assert (offered.session, offered.cards) == (session, cards)


def test_a_shot_that_cannot_look_otherwise_is_said_to_be_so(filmed: Chatter) -> None:
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    job = filmed.job(Goal.TAKES)
    assert filmed.tell(job, Finished(takes=Takes(shot=1, takes=()))) == ["I have no other way to show shot 2."]
    assert filmed.labels("takes") == [BACK]


def test_takes_that_fail_leave_the_film_as_it_is(filmed: Chatter) -> None:
    before = filmed.session.films[-1].wish
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    filmed.tell(filmed.job(Goal.TAKES), Failed(phrase="failed-bug", reference="r"))
    film = filmed.session.films[-1]
    assert (film.wish, film.menu, film.offer) == (before, Menu.SHOTS, None)
    retake(filmed, 1)
    assert newest(filmed).wish == before.with_take(1, 1)


def test_takes_are_of_the_film_that_is_shown_and_a_choice_holds_what_is_under_way(filmed: Chatter) -> None:
    shown = filmed.session.films[-1].wish
    filmed.press(Verb.MUSIC)
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    assert newest(filmed).wish == shown
    offer(filmed)
    filmed.press(Verb.TAKE, "1.2")
    assert (newest(filmed).wish.music, newest(filmed).wish.takes) == (1, (0, 2))


def test_takes_asked_for_come_under_the_newer_version_when_the_shot_is_the_same(filmed: Chatter) -> None:
    filmed.press(Verb.MUSIC)
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    finish(filmed)
    assert offer(filmed) == [OFFERED]
    assert filmed.card("takes").turn == filmed.session.films[-1].turn


def test_takes_of_a_shot_that_has_changed_meanwhile_are_not_offered(filmed: Chatter) -> None:
    filmed.press(Verb.OTHER_IDEA)
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    finish(filmed)
    lines = offer(filmed)
    assert lines == [
        "Your video has changed meanwhile, so those takes don't fit any more. Please choose the shot again."
    ]
    assert filmed.session.films[-1].menu is Menu.MAIN


def test_a_change_that_fails_beside_takes_is_forgotten(filmed: Chatter) -> None:
    before = filmed.session.films[-1].wish
    filmed.press(Verb.MUSIC)
    job = filmed.job(Goal.FILM)
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    filmed.tell(job, Failed(phrase="failed-bug", reference="r"))
    assert filmed.session.films[-1].wish == before


@pytest.mark.parametrize(
    ("cost", "label"),
    [(None, "🎥 Film it anew (paid)"), (Decimal("0.2"), "🎥 Film it anew · about $0.20")],
)
def test_filming_anew_is_a_button_of_its_own_that_says_what_it_costs(
    filmed: Chatter, cost: Decimal | None, label: str
) -> None:
    before = filmed.session.films[-1].wish
    filmed.press(Verb.MENU, Menu.SHOTS)
    filmed.press(Verb.RETAKE, 1)
    assert "which is paid for" in offer(filmed, filming=Filming(cost=cost))[1]
    assert label in filmed.labels("takes")
    filmed.press(Verb.FILM_ANEW, 1)
    assert newest(filmed).wish == before.retake(1)
    assert newest(filmed).wish.composed == ()


def test_nothing_is_filmed_anew_where_no_cloud_camera_is(offered: Chatter) -> None:
    card, button = offered.find(Verb.TAKE, "1.1")
    action = button.action.model_copy(update={"verb": Verb.FILM_ANEW, "value": "1"})
    assert all(one.action.verb is not Verb.FILM_ANEW for one in buttons(card))
    jobs = len(offered.orders)
    offered.send(Pressed(turn=card.turn, action=action))
    assert offered.hints[-1] == "That button is from earlier. Please use the newest message."
    assert len(offered.orders) == jobs
