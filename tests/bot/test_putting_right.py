"""What sellers add and put right after they were understood, in the order and the words in which people write."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Button, Verb
from bot.dialogue.events import Command, OtherSent
from bot.dialogue.remarks import Remark, remark
from bot.dialogue.session import Step
from pipeline.model import Cancelled, Failed, Goal, Platform, Tone
from tests.bot.chatter import PHRASES, Chatter
from tests.bot.material import photo, previews
from tests.bot.talking import at, chat_in


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "oh and the name is Blue Cup actually"),
        ("en", "hmm no, call it Blue Cup please"),
        ("de", "ach so, der Name ist Blue Cup"),
        ("es", "perdón, se llama Blue Cup"),
        ("fr", "ah non, en fait ça s'appelle Blue Cup"),
    ],
)
@pytest.mark.parametrize("step", [Step.PHOTOS, Step.PRODUCT, Step.CHECK, Step.TONE, Step.REVIEW])
def test_a_name_is_put_right_in_the_words_of_a_chat(step: Step, locale: str, text: str) -> None:
    chat = _standing(step, locale)
    before = chat.session.draft.description
    chat.type(text)
    assert (chat.session.draft.name, chat.session.draft.description, chat.step()) == ("Blue Cup", before, step)


@pytest.mark.parametrize("step", [Step.PHOTOS, Step.PRODUCT, Step.CHECK, Step.REVIEW])
def test_a_price_without_a_currency_is_put_right(step: Step) -> None:
    chat = _standing(step, "en")
    chat.type("hmm no, price is 25")
    price = chat.session.draft.price
    assert price is not None
    known = step in (Step.CHECK, Step.REVIEW)  # the currency of the price before, where there is one
    assert (price.shown, chat.session.draft.name) == (("€25", "Nordtisch mug") if known else ("25", ""))


@pytest.mark.parametrize("price", ["25", "price: 25"])
def test_no_currency_is_made_up(price: str) -> None:
    chat = chat_in("en")
    chat.send(photo("a", caption="Evergreen tree"))
    chat.press(Verb.NEXT)
    assert any("I take the price as 25, without a currency." in said for said in chat.type(price))
    assert "Price: 25" in chat.text(chat.card("check"))
    chat.type("dollars")
    assert "Price: $25" in chat.text(chat.card("check"))


def test_a_price_keeps_its_currency_when_only_the_number_changes() -> None:
    chat = chat_in("en")
    chat.send(photo("a", caption="Evergreen tree, 28 dollars"))
    chat.press(Verb.NEXT)
    chat.type("price is 25")
    assert chat.session.draft.price is not None
    assert chat.session.draft.price.currency == "USD"


@pytest.mark.parametrize("step", [Step.PHOTOS, Step.PRODUCT])
def test_a_lone_number_is_the_price(step: Step) -> None:
    chat = _standing(step, "de")
    chat.type("39,90")
    assert "Preis: 39,90 €" in chat.text(chat.card("check"))
    assert chat.session.draft.name == ""


def test_more_about_the_product_takes_nothing_away() -> None:
    chat = at(Step.CHECK)
    assert chat.type("about 9 cm tall")[0].startswith("Added to the selling points.")
    draft = chat.session.draft
    assert draft.name == "Nordtisch mug"
    assert draft.description.splitlines()[-1] == "about 9 cm tall"
    assert "dishwasher-safe" in draft.description


def test_after_a_no_the_product_is_told_anew() -> None:
    chat = at(Step.CHECK)
    chat.type("no")
    chat.type("Blue cup, thrown by hand")
    assert (chat.session.draft.name, chat.session.draft.description) == ("Blue cup", "thrown by hand")
    chat.type("holds 300 ml")
    assert chat.session.draft.name == "Blue cup", "the no was about what stood there then"


def test_a_name_said_again_takes_the_place_of_the_former_and_leaves_the_rest() -> None:
    chat = at(Step.CHECK)
    chat.type("Nordtisch mug No. 2, thrown by hand")
    draft = chat.session.draft
    assert draft.name == "Nordtisch mug No. 2"
    assert "dishwasher-safe" in draft.description
    assert "thrown by hand" in draft.description


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "make it for insta and youtube pls"),
        ("en", "can you do it for insta and youtube?"),
        ("de", "mach mir das bitte für insta und youtube"),
        ("es", "me lo haces para insta y youtube porfa"),
        ("fr", "pour insta et youtube svp"),
        ("en", "インスタとユーチューブ"),
        ("en", "для инсты и ютуб"),
        ("en", "インスタとYouTubeでお願いします"),
        ("en", "لانستا ويوتيوب"),
    ],
)
@pytest.mark.parametrize("step", [Step.PHOTOS, Step.PRODUCT, Step.CHECK])
def test_where_it_will_be_posted_is_no_selling_point(step: Step, locale: str, text: str) -> None:
    chat = _standing(step, locale)
    before = chat.session.draft
    chat.type(text)
    draft = chat.session.draft
    assert draft.platforms == (Platform.INSTAGRAM_REELS, Platform.YOUTUBE)
    assert (draft.name, draft.description) == (before.name, before.description)


@pytest.mark.parametrize("under", [True, False])
def test_a_wish_in_the_text_about_the_product_is_taken_out_of_it(under: bool) -> None:
    chat = chat_in("en")
    text = "Nordtisch mug, matte black, 39.90 €. Make it funny, for TikTok please"
    chat.send(photo("a", caption=text if under else ""))
    if not under:
        chat.type(text)
    draft = chat.session.draft
    assert (draft.name, draft.description) == ("Nordtisch mug", "matte black.")
    assert (draft.tone, draft.platforms) == (Tone.PLAYFUL, (Platform.TIKTOK,))


@pytest.mark.parametrize(
    "text", ["Blue shorts, cotton", "Egg timer, 30 seconds, calm ticking", "Bag for women, please ask"]
)
def test_a_product_that_sounds_like_a_wish_stays_one(text: str) -> None:
    chat = chat_in("en")
    chat.send(photo("a"))
    chat.type(text)
    draft = chat.session.draft
    assert (draft.platforms, draft.seconds, draft.tone) == ((), 15, Tone.CALM)
    assert draft.name == text.split(",")[0]


def test_a_request_among_words_about_the_product_is_not_said_in_the_film() -> None:
    chat = chat_in("en")
    chat.type("Hi! Lavender soy candle, burns 40 h, can you make a video for me?")
    draft = chat.session.draft
    assert (draft.name, draft.description) == ("Lavender soy candle", "burns 40 h")


def test_captions_of_an_album_are_read_in_the_order_of_its_photos() -> None:
    chat = chat_in("en")
    told = {3: "cushioned insole, lightweight canvas", 1: "Confetti slip-ons", 2: "45 €"}
    for place, caption in told.items():
        chat.send(photo(str(place), caption=caption).model_copy(update={"place": place}))
    draft = chat.session.draft
    assert (draft.name, draft.price and draft.price.shown) == ("Confetti slip-ons", "45 €")
    assert draft.description == "cushioned insole, lightweight canvas"


def test_a_late_caption_does_not_undo_what_was_put_right() -> None:
    chat = chat_in("en")
    chat.send(photo("b", caption="cushioned insole").model_copy(update={"place": 2}))
    chat.type("the name is Plimsolls")
    chat.send(photo("a", caption="Confetti slip-ons").model_copy(update={"place": 1}))
    assert chat.session.draft.name == "Plimsolls"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "go on"), ("de", "mach weiter"), ("es", "sigue adelante"), ("fr", "continuez")]
)
def test_going_on_is_not_the_name_of_a_product(locale: str, text: str) -> None:
    chat = at(Step.CHECK, locale)
    chat.type(text)
    assert (chat.step(), chat.session.draft.name) == (Step.LANGUAGE, "Nordtisch mug")


@pytest.mark.parametrize("text", ["Bonjour ! Vous faites quoi exactement ?", "Hello, is this a bot or a person?"])
def test_a_question_at_rest_begins_no_order(text: str) -> None:
    chat = chat_in("en")
    chat.type(text)
    assert chat.step() is Step.IDLE
    assert not chat.session.draft.described


def test_a_greeting_before_a_question_is_passed_over() -> None:
    assert remark("hola, ¿cuánto cuesta?") is Remark.COST
    assert remark("Hello! How does this work?") is Remark.HELP


def test_a_voice_message_is_answered_as_such_and_a_sticker_does_not_ask_for_photos_that_are_there() -> None:
    chat = at(Step.CHECK)
    assert chat.send(OtherSent(spoken=True))[0].startswith("I can't listen to voice messages")
    assert chat.send(OtherSent()) == ["I can only work with photos and words, so I leave that aside."]


@pytest.mark.parametrize("locale", ["en", "de", "es", "fr"])
@pytest.mark.parametrize(
    "step", [Step.PHOTOS, Step.PRODUCT, Step.LANGUAGE, Step.TONE, Step.VOICE, Step.PLATFORMS, Step.REVIEW]
)
def test_what_a_button_says_can_be_typed(step: Step, locale: str) -> None:
    topic = step.value
    card = _standing(step, locale).card(topic)
    for button in (one for row in card.rows for one in row if isinstance(one, Button)):
        if button.action.verb is Verb.HEAR:
            continue
        pressed, typed = _standing(step, locale), _standing(step, locale)
        pressed.press(button.action.verb, button.action.value)
        typed.type(PHRASES.text(button.label, locale))
        assert typed.step() is pressed.step(), button.label
        for field in ("name", "description", "tone", "voice", "platforms", "language"):
            assert getattr(typed.session.draft, field) == getattr(pressed.session.draft, field), button.label


def test_the_film_may_be_asked_for_at_any_question_by_the_words_on_its_button() -> None:
    chat = at(Step.TONE)
    chat.type("Make my video")
    assert (chat.step(), chat.session.draft.tone) == (Step.REVIEW, Tone.CALM)


def test_a_word_that_names_no_tone_leaves_the_one_picked() -> None:
    chat = at(Step.REVIEW)
    chat.type("make it funny")
    chat.press(Verb.FIX, "tone")
    assert chat.type("xylophonic")[0] == "I'm not sure how “xylophonic” looks, so I'll begin with Playful."
    assert chat.session.draft.tone is Tone.PLAYFUL


@pytest.mark.parametrize("end", [Cancelled(), Failed(phrase="failed-media", reference="r")])
def test_an_order_that_came_to_nothing_can_be_looked_over_and_made_again(end: Cancelled | Failed) -> None:
    chat = at(Step.REVIEW)
    chat.press(Verb.MAKE)
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, end)
    assert chat.step() is Step.REVIEW
    chat.tell(job, end)
    chat.press(Verb.MAKE)
    assert len(chat.orders) == 2


def test_an_idea_is_picked_in_passing_and_small_talk_begins_no_order() -> None:
    chat = at(Step.REVIEW)
    chat.press(Verb.MAKE)
    assert chat.type("ooh i am curious how this will look")[0].startswith("I'm still at work")
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, previews(chat.orders[job].wish, 2))
    assert chat.type("not sure which of the two is nicer")[0].startswith("Press the letter of the idea")
    assert chat.step() is Step.IDLE
    chat.command(Command.START)
    chat.type("hmm the first one i guess")
    assert chat.orders[chat.job(Goal.FILM)].wish.idea == 0


def test_further_ideas_that_came_to_nothing_leave_the_first_ones() -> None:
    chat = at(Step.REVIEW)
    chat.press(Verb.MAKE)
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, previews(chat.orders[job].wish, 2))
    chat.press(Verb.MORE_IDEAS)
    chat.tell(chat.job(Goal.PREVIEWS), Cancelled())
    assert chat.step() is Step.IDLE


def _standing(step: Step, locale: str) -> Chatter:
    if step not in (Step.PHOTOS, Step.PRODUCT):
        return at(step, locale)
    chat = chat_in(locale)
    chat.send(photo("a"))
    if step is Step.PRODUCT:
        chat.press(Verb.NEXT)
    return chat
