"""Photos, whenever they come: albums, too many, the same again, bad ones."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.events import Command, OtherSent, PhotoRefused, Pressed
from bot.dialogue.session import MAX_PHOTOS, Step
from tests.bot.chatter import Chatter
from tests.bot.material import photo
from tests.bot.reviewing import at_review


@pytest.fixture
def chat() -> Chatter:
    return Chatter()


def test_photos_may_come_at_any_time_before_the_start(chat: Chatter) -> None:
    at_review(chat)
    chat.send(photo("late"))
    assert "Photos: 2" in chat.text(chat.card("review"))
    chat.press(Verb.MAKE)
    assert len(next(iter(chat.orders.values())).wish.brief.photos) == 2


def test_a_photo_after_the_start_begins_the_next_order(chat: Chatter) -> None:
    at_review(chat).press(Verb.MAKE)
    chat.send(photo("next"))
    assert chat.step() is Step.PHOTOS
    assert [sent.photo for sent in chat.session.draft.photos] == [photo("next").photo]
    assert not chat.session.draft.described


def test_an_album_is_one_message(chat: Chatter) -> None:
    chat.command(Command.START)
    for at in range(10):
        chat.send(photo(str(at)))
    assert chat.topics().count("photos") == 1
    assert chat.text(chat.card("photos"))[0] == "10 photos."


def test_the_eleventh_photo_is_left_out_and_that_is_said(chat: Chatter) -> None:
    for at in range(11):
        chat.send(photo(str(at)))
    assert chat.photos() == MAX_PHOTOS
    assert "I'm using the first 10 photos." in chat.text(chat.card("photos"))


def test_the_same_photo_twice_is_one(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.send(photo("a"))
    assert chat.text(chat.card("photos"))[:2] == ["1 photo.", "I already have that one."]


def test_one_bad_photo_in_an_album_spoils_nothing(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.send(PhotoRefused(reason="damaged"))
    chat.send(photo("b"))
    assert chat.text(chat.card("photos"))[:2] == ["2 photos.", "One photo arrived damaged. Please send it again."]


@pytest.mark.parametrize("reason", ["empty", "damaged", "not_a_photo", "too_large", "too_small", "too_narrow"])
def test_each_reason_against_a_photo_has_its_own_reply(chat: Chatter, reason: str) -> None:
    lines = chat.send(PhotoRefused(reason=reason))
    assert lines[0] == "No photo yet."
    assert len(lines[1]) > 20
    assert chat.step() is Step.PHOTOS


@pytest.mark.parametrize(("verb", "kept"), [(Verb.USE_ANYWAY, 1), (Verb.LEAVE_OUT, 0)])
def test_a_photo_without_a_product_is_asked_about(chat: Chatter, verb: Verb, kept: int) -> None:
    assert chat.send(photo("black", "blank"))[-1] == "I can't see a product in that photo. Use it anyway?"
    chat.press(verb)
    assert chat.photos() == kept


def test_photos_stand_in_the_order_in_which_they_were_sent_whichever_came_first(chat: Chatter) -> None:
    for place in (12, 11, 14, 13):
        chat.send(photo(str(place), "blurred", place=place))
    assert [sent.photo for sent in chat.session.draft.photos] == [photo(str(at)).photo for at in (11, 12, 13, 14)]


def test_a_button_that_names_a_photo_is_over_once_an_earlier_photo_has_come(chat: Chatter) -> None:
    chat.send(photo("second", "blurred", place=2))
    card, button = chat.find(Verb.REMOVE, 0)
    chat.send(photo("third", place=3))
    assert chat.find(Verb.REMOVE, 0)[0].turn == card.turn, "those after it leave its number as it is"
    chat.send(photo("first", place=1))
    chat.send(Pressed(turn=card.turn, action=button.action))
    assert chat.hints == ["That button is from earlier. Please use the newest message."]
    assert chat.photos() == 3
    chat.press(Verb.REMOVE, 1)
    assert [sent.place for sent in chat.session.draft.photos] == [1, 3]


def test_of_eleven_photos_that_come_in_any_order_the_last_sent_is_left_out(chat: Chatter) -> None:
    for place in (11, *range(1, 11)):
        chat.send(photo(str(place), place=place))
    assert [sent.place for sent in chat.session.draft.photos] == list(range(1, 11))
    assert "I'm using the first 10 photos." in chat.text(chat.card("photos"))


def test_files_that_cannot_be_used_are_counted_by_what_is_wrong_with_them(chat: Chatter) -> None:
    chat.send(photo("a"))
    for reason in ("damaged", "empty", "not_a_photo", "too_large", "too_small", "too_narrow", "damaged"):
        chat.send(PhotoRefused(reason=reason))
    lines = chat.text(chat.card("photos"))[1:-1]
    assert len(lines) == 6, "none is pushed out by others"
    assert lines[-1] == "2 photos arrived damaged. Please send them again.", "the newest is said last"


def test_what_is_written_under_a_film_is_about_the_product_all_the_same(chat: Chatter) -> None:
    said = chat.send(OtherSent(caption="Nordtisch mug, matte black, 39,90 €"))
    assert said[0] == "I can only work with photos and words. Send me a product photo, please."
    assert (chat.session.draft.name, chat.step()) == ("Nordtisch mug", Step.PHOTOS)
    assert chat.card("photos").lines
