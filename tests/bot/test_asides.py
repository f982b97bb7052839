"""Settings, help, deleting: what is talked about beside an order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import sayings
from bot.dialogue.cards import Verb
from bot.dialogue.events import Command, PhotoRefused
from bot.dialogue.session import Session, Step
from bot.profiles import from_stored, to_stored
from pipeline.model import Saying
from pipeline.spoken import speakable
from tests.bot.chatter import Chatter
from tests.bot.filming import started, with_film
from tests.bot.material import photo


@pytest.fixture
def chat() -> Chatter:
    return Chatter()


def test_the_brand_is_set_by_typing_and_ends_every_film(chat: Chatter) -> None:
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "handle")
    assert "Handle: @nordtisch" in chat.type("@nordtisch")
    chat.press(Verb.BRAND, "closing_line")
    assert "Closing line: Made by hand in Porto" in chat.type("Made by hand in Porto")
    chat.press(Verb.BRAND, "colours")
    assert chat.type("rather dark")[0].startswith("I didn't recognise a colour.")
    assert "Brand colours: #1e56c5 #ffffff" in chat.type("#1e56c5 and white")
    chat.press(Verb.BRAND, "logo")
    assert "Logo: saved" in chat.send(photo("logo"))
    chat.press(Verb.CLOSE)
    chat.send(photo("a"))
    chat.press(Verb.NEXT)
    chat.press(Verb.REVIEW)
    chat.press(Verb.MAKE)
    brand = next(iter(chat.orders.values())).wish.brief.brand
    assert (brand.handle, brand.closing_line, brand.colours) == (
        "@nordtisch",
        "Made by hand in Porto",
        ("#1e56c5", "#ffffff"),
    )
    assert brand.logo == photo("logo").photo
    assert chat.profile is not None
    assert chat.profile.brand == brand


def test_a_part_of_the_brand_is_cleared(chat: Chatter) -> None:
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "handle")
    chat.type("@nordtisch")
    chat.press(Verb.BRAND, "handle")
    assert "Handle: not set" in chat.press(Verb.CLEAR, "handle")


@pytest.mark.parametrize(
    ("language", "typed", "shown", "said"),
    [
        ("en", "Nordtisch = Nortish", "Said like this: Nordtisch = Nortish", "Nortish"),
        ("de", "„Nordtisch“ → Nortisch", "So gesprochen: Nordtisch = Nortisch", "Nortisch"),
        ("es", "Nordtisch=Nórtich", "Se pronuncia así: Nordtisch = Nórtich", "Nórtich"),
        ("fr", "Nordtisch -> Nortiche", "Se prononce ainsi : Nordtisch = Nortiche", "Nortiche"),
    ],
)
def test_a_pronunciation_is_told_in_the_settings_and_goes_with_every_order(
    language: str, typed: str, shown: str, said: str
) -> None:
    chat = Chatter(Session(seed="s", seller="x:u1", locale=language))
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "sayings")
    assert shown in chat.type(typed)
    chat.press(Verb.CLOSE)
    chat.send(photo("a", caption="Nordtisch, 39,90 €"))
    chat.press(Verb.NEXT)
    chat.press(Verb.REVIEW)
    chat.press(Verb.MAKE)
    (order,) = chat.orders.values()
    assert order.wish.brief.sayings == (Saying(written="Nordtisch", said=said),)
    assert chat.profile is not None
    assert from_stored(to_stored(chat.profile)).sayings == order.wish.brief.sayings


def test_pronunciations_are_added_replaced_and_dropped_line_by_line(chat: Chatter) -> None:
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "sayings")
    assert "Said like this: Nordtisch = Nortish, Le Creuset = Le Crewzay" in chat.type(
        "Nordtisch = Nortish\nLe Creuset = Le Crewzay"
    )
    chat.press(Verb.BRAND, "sayings")
    assert chat.type("Nordtisch sounds like Nortish")[0].startswith("I need lines such as")
    assert "Said like this: Le Creuset = Le Crewzay, nordtisch = Nor-tish" in chat.type("nordtisch = Nor-tish")
    chat.press(Verb.BRAND, "sayings")
    assert "Said like this: nordtisch = Nor-tish" in chat.type("LE CREUSET =")
    chat.press(Verb.BRAND, "sayings")
    assert "Said like this: not set" in chat.press(Verb.CLEAR, "sayings")


@given(st.text(max_size=200))
def test_whatever_is_typed_as_pronunciations_is_understood_or_refused(text: str) -> None:
    heard = sayings.understood(text, (Saying(written="a", said="b"),))
    for one in heard or ():
        assert 0 < len(one.written) <= sayings.LONGEST
        assert 0 < len(one.said) <= sayings.LONGEST
        assert speakable(f"{one.written} and more", "en", heard or ())


@pytest.mark.parametrize(
    ("typed", "greeting"), [("Deutsch", "Hallo!"), ("spanish", "¡Hola!"), ("français", "Bonjour !")]
)
def test_the_chat_speaks_the_language_that_was_chosen(chat: Chatter, typed: str, greeting: str) -> None:
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "ui_language")
    chat.type(typed)
    assert chat.command(Command.START)[0].startswith(greeting)


def test_an_aside_leaves_the_order_where_it_was(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.press(Verb.NEXT)
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "handle")
    chat.type("@me")
    chat.press(Verb.CLOSE)
    assert chat.step() is Step.PRODUCT
    chat.type("Nordtisch mug, 39,90 €")
    assert chat.step() is Step.CHECK


def test_cancel_leaves_an_aside_first(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.command(Command.SETTINGS)
    assert chat.command(Command.CANCEL) == ["All right, we'll leave that."]
    assert chat.step() is Step.PHOTOS


def test_deleting_is_asked_twice(chat: Chatter) -> None:
    chat.send(photo("a"))
    assert chat.command(Command.DELETE_ME)[0].startswith("This deletes everything I have from you")
    assert not chat.forgot()
    assert chat.press(Verb.DELETE) == ["It can't be undone. Are you sure?"]
    assert not chat.forgot()
    chat.press(Verb.DELETE_SURELY)
    assert chat.forgot()
    assert chat.session == Session()


def test_deleting_can_be_thought_better_of(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.command(Command.DELETE_ME)
    chat.press(Verb.DELETE)
    chat.press(Verb.CLOSE)
    assert not chat.forgot()
    assert chat.photos() == 1


def test_help_lists_every_command(chat: Chatter) -> None:
    told = "\n".join(chat.command(Command.HELP))
    assert all(f"/{command}" in told for command in Command if command is not Command.START)


def test_an_unknown_command_is_not_taken_for_a_product(chat: Chatter) -> None:
    chat.send(photo("a"))
    assert chat.type("/publish now") == ["I don't know that command. /help shows what I can do."]
    assert not chat.session.draft.described


def test_an_empty_history_says_so(chat: Chatter) -> None:
    assert chat.command(Command.FILMS) == ["I haven't made a video for you yet. Send photos and we'll begin."]


def test_a_film_that_is_gone_says_so(chat: Chatter) -> None:
    from tests.bot.material import film

    chat.send(photo("a"))
    chat.press(Verb.NEXT)
    chat.press(Verb.REVIEW)
    chat.press(Verb.MAKE)
    chat.history["gone"] = film(next(iter(chat.orders.values())).wish)
    chat.command(Command.FILMS)
    chat.history.clear()
    assert chat.press(Verb.RESEND, 0) == [
        "That video is no longer there. Send the photos again and I'll make a new one."
    ]
    chat.session = chat.session.model_copy(update={"kept_days": 180})
    chat.history["gone"] = film(next(iter(chat.orders.values())).wish)
    assert chat.command(Command.FILMS)[-1] == "Each is kept for 180 days after you last use it."
    chat.history.clear()
    (said,) = chat.press(Verb.RESEND, 0)
    assert said.startswith("That video was removed: each is kept for 180 days after its last use.")


def test_an_empty_history_of_a_bot_that_keeps_nothing_for_ever_claims_nothing(chat: Chatter) -> None:
    chat.session = chat.session.model_copy(update={"kept_days": 1})
    (said,) = chat.command(Command.FILMS)
    assert said.startswith("I haven't made a video for you in the last day.")


# ── moving on ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["a button", "a photo"])
def test_who_goes_on_with_the_order_has_left_the_setting_that_was_to_be_typed(chat: Chatter, by: str) -> None:
    chat.send(photo("a"))
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "handle")
    if by == "a button":
        chat.press(Verb.NEXT)
    else:
        chat.send(photo("b"))
    assert chat.session.aside is None
    chat.type("Nordtisch mug, 39,90 €")
    assert chat.session.draft.name == "Nordtisch mug"
    assert chat.session.profile.brand.handle == ""


def test_a_photo_after_the_order_went_on_is_no_logo(chat: Chatter) -> None:
    chat.send(photo("a"))
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "logo")
    chat.press(Verb.NEXT)
    chat.send(photo("b"))
    assert (chat.photos(), chat.session.profile.brand.logo) == (2, None)


def test_a_logo_that_cannot_be_read_begins_no_order(chat: Chatter) -> None:
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "logo")
    said = chat.send(PhotoRefused(reason="not_a_photo"))
    assert said == ["One file isn't a photo I can read. JPEG, PNG, WebP, HEIC and AVIF work."]
    assert chat.step() is Step.IDLE
    assert "Logo: saved" in chat.send(photo("logo"))


def test_the_list_of_films_stands_in_nobodys_way() -> None:
    chat = with_film(started())
    chat.command(Command.FILMS)
    chat.type("Clay bowl, hand-thrown in Porto, 25 €")
    assert (chat.session.aside, chat.session.draft.name) == (None, "Clay bowl")
    chat.command(Command.FILMS)
    assert chat.type("thanks") == ["You're welcome."]
