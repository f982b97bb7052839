"""Sellers who type instead of pressing: out of turn, changing their mind, asking, thanking, in their own language."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.events import Command
from bot.dialogue.session import Step
from pipeline.model import NO_VOICE, Goal, Platform, Tone
from tests.bot.material import photo, previews
from tests.bot.talking import at, chat_in

STANDING = [Step.CHECK, Step.LANGUAGE, Step.TONE, Step.VOICE, Step.PLATFORMS, Step.LENGTH, Step.REVIEW]


@pytest.mark.parametrize(
    ("locale", "answers"),
    [
        ("en", ["yes", "in english please", "funny", "a woman", "tiktok and insta", "fifteen seconds", "looks good"]),
        ("de", ["stimmt", "auf englisch", "lustig", "eine Frau", "tiktok und insta", "15 Sekunden", "los geht’s"]),
        ("es", ["perfecto", "inglés", "divertido", "una mujer", "tiktok e insta", "quince", "adelante"]),
        ("fr", ["parfait", "en anglais", "drôle", "une femme", "tiktok et insta", "quinze", "c'est parti"]),
    ],
)
def test_an_order_is_given_by_typing_alone(locale: str, answers: list[str]) -> None:
    chat = at(Step.CHECK, locale)
    for answer in answers:
        chat.type(answer)
    brief = chat.orders[chat.job(Goal.PREVIEWS)].wish.brief
    assert (brief.language, brief.tone, brief.seconds, brief.voice) == ("en", Tone.PLAYFUL, 15, "af_heart")
    assert brief.platforms == (Platform.TIKTOK, Platform.INSTAGRAM_REELS)


@pytest.mark.parametrize("step", STANDING)
@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "actually the price is 35 €"),
        ("de", "nein, der Preis ist 35 €"),
        ("es", "el precio es 35 €"),
        ("fr", "le prix est 35 €"),
    ],
)
def test_a_price_is_corrected_whichever_question_stands(step: Step, locale: str, text: str) -> None:
    chat = at(step, locale)
    chat.type(text)
    draft = chat.session.draft
    assert draft.price is not None
    assert (draft.price.shown, draft.name, chat.step()) == ("35 €", "Nordtisch mug", step)
    assert "dishwasher-safe" in draft.description


@pytest.mark.parametrize("step", [Step.CHECK, Step.LANGUAGE, Step.TONE, Step.REVIEW])
def test_answers_to_later_questions_are_taken_when_they_come(step: Step) -> None:
    chat = at(step)
    for text in ("no voice", "tiktok and youtube", "30 seconds"):
        assert chat.type(text)[0].startswith("Noted.")
    draft = chat.session.draft
    assert (draft.voice, draft.platforms, draft.seconds) == (NO_VOICE, (Platform.TIKTOK, Platform.YOUTUBE), 30)
    assert chat.step() is step


@pytest.mark.parametrize(
    ("locale", "text", "tone"),
    [
        ("en", "make it funnier", Tone.PLAYFUL),
        ("de", "bitte lustiger", Tone.PLAYFUL),
        ("es", "más elegante", Tone.LUXURY),
        ("fr", "plus calme", Tone.CALM),
    ],
)
def test_the_tone_is_changed_in_passing_at_the_summary(locale: str, text: str, tone: Tone) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type(text)
    assert (chat.session.draft.tone, chat.step()) == (tone, Step.REVIEW)


@pytest.mark.parametrize(
    ("locale", "text", "step"),
    [
        ("en", "change the tone", Step.TONE),
        ("en", "price", Step.PRICE),
        ("de", "ändere den Preis", Step.PRICE),
        ("es", "cambia el nombre", Step.NAME),
        ("fr", "changer la voix", Step.VOICE),
    ],
)
def test_naming_a_line_of_the_summary_opens_its_question(locale: str, text: str, step: Step) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type(text)
    assert chat.step() is step
    chat.press(Verb.BACK)
    assert chat.step() is Step.REVIEW


@pytest.mark.parametrize(
    ("locale", "help_", "thanks", "cost", "stop"),
    [
        ("en", "what can you do?", "thanks!", "how much does this cost?", "cancel"),
        ("de", "wie geht das?", "danke", "Was kostet das?", "abbrechen"),
        ("es", "ayuda", "muchas gracias", "¿Cuánto cuesta?", "cancelar"),
        ("fr", "aide", "merci", "C’est gratuit ?", "annuler"),
    ],
)
@pytest.mark.parametrize("step", [*STANDING, Step.PRODUCT, Step.PHOTOS])
def test_questions_and_thanks_lose_nothing(
    locale: str, help_: str, thanks: str, cost: str, stop: str, step: Step
) -> None:
    if step in STANDING:
        chat = at(step, locale)
    else:
        chat = chat_in(locale)
        chat.send(photo("a"))
        if step is Step.PRODUCT:
            chat.press(Verb.NEXT)
    before = chat.session.draft
    for text in (help_, thanks, cost):
        assert chat.type(text)
        assert chat.step() is step
    after = chat.session.draft
    assert (after.name, after.description, after.price) == (before.name, before.description, before.price)
    chat.type(stop)
    assert chat.step() is Step.IDLE


def test_a_question_that_sells_and_an_answer_with_a_question_mark_are_taken() -> None:
    chat = chat_in("en")
    chat.send(photo("a"))
    chat.type("Tired of cold coffee?")
    assert chat.session.draft.description == "Tired of cold coffee?"
    chat = at(Step.PLATFORMS)
    chat.type("tiktok?")
    assert chat.session.draft.platforms == (Platform.TIKTOK,)


@pytest.mark.parametrize("sign", ["👍", "👍🏽", "✅", "OK!"])
def test_a_thumb_is_a_yes(sign: str) -> None:
    chat = at(Step.REVIEW)
    chat.type(sign)
    assert chat.step() is Step.IDLE
    assert chat.orders


def test_no_at_what_was_understood_asks_what_is_wrong_and_keeps_it() -> None:
    chat = at(Step.CHECK)
    assert chat.type("no")[0].startswith("What is wrong?")
    assert chat.session.draft.name == "Nordtisch mug"


def test_a_word_more_is_added_and_a_name_corrected() -> None:
    chat = at(Step.CHECK)
    chat.type("also made in Porto")
    chat.type("the name is Morning mug")
    draft = chat.session.draft
    assert draft.name == "Morning mug"
    assert draft.description.splitlines()[-1] == "made in Porto"
    assert "dishwasher-safe" in draft.description


@pytest.mark.parametrize(
    ("typed", "shown"), [("it's 60", "60 €"), ("60 pounds", "60 £"), ("25 euros each", "25 euros"), ("ok", "39.90 €")]
)
def test_a_price_is_understood_as_people_type_it(typed: str, shown: str) -> None:
    chat = at(Step.CHECK, "de")
    chat.press(Verb.FIX, Step.PRICE)
    chat.type(typed)
    assert chat.session.draft.price is not None
    assert chat.session.draft.price.shown == shown


def test_a_number_among_other_words_is_no_price() -> None:
    chat = at(Step.CHECK)
    chat.press(Verb.FIX, Step.PRICE)
    assert chat.type("30 pesos")[0].startswith("I couldn't read a price")


@pytest.mark.parametrize(("step", "field"), [(Step.NAME, "name"), (Step.POINTS, "description")])
def test_none_is_not_what_a_film_says(step: Step, field: str) -> None:
    chat = at(Step.CHECK)
    chat.press(Verb.FIX, step)
    chat.type("none")
    assert getattr(chat.session.draft, field) == ""
    assert chat.step() is Step.CHECK


def test_an_idea_is_picked_by_its_letter_and_wishes_find_the_buttons() -> None:
    chat = at(Step.REVIEW)
    chat.type("ok")
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, previews(chat.orders[job].wish, 2))
    assert chat.type("could you please make the music a bit louder for me")[0].startswith(
        "Press the letter of the idea"
    )
    assert chat.step() is Step.IDLE
    chat.type("the second one")
    assert chat.orders[chat.job(Goal.FILM)].wish.idea == 1


def test_a_greeting_is_returned_and_start_over_asks_first() -> None:
    chat = chat_in("de")
    assert chat.type("Hallo!")[0].startswith("Hallo")
    assert chat.step() is Step.IDLE
    chat.send(photo("a"))
    chat.type("von vorn")
    assert chat.session.aside is not None
    chat.press(Verb.CONTINUE)
    assert chat.photos() == 1


def test_stop_leaves_a_setting_alone() -> None:
    chat = chat_in("en")
    chat.command(Command.SETTINGS)
    chat.press(Verb.BRAND, "closing_line")
    chat.type("cancel")
    assert chat.session.aside is None
    assert chat.session.profile.brand.closing_line == ""


def test_what_is_written_later_does_not_take_the_name_away() -> None:
    chat = at(Step.TONE)
    chat.send(photo("b", caption="now with lid"))
    draft = chat.session.draft
    assert (draft.name, draft.description.splitlines()[-1]) == ("Nordtisch mug", "now with lid")
    chat = chat_in("en")
    chat.command(Command.START)
    chat.type("Handmade candle, lavender, 12 €")
    chat.type("Soy wax, burns 40 h")
    assert chat.session.draft.name == "Handmade candle"
    assert "Soy wax" in chat.session.draft.description


@pytest.mark.parametrize(
    ("locale", "text", "name"),
    [
        ("en", "I want a video for my handmade candle, lavender, 12 €", "handmade candle"),
        ("de", "Bitte ein Video für meine handgemachte Kerze, Lavendel, 12 €", "handgemachte Kerze"),
        ("de", "Mach ein Video für meinen Tisch, Eiche, 120 €", ""),
        ("es", "Quiero un vídeo para mi vela artesanal, lavanda, 12 €", "vela artesanal"),
        ("fr", "Je voudrais une vidéo pour ma bougie artisanale, lavande, 12 €", "bougie artisanale"),
    ],
)
def test_asking_for_a_video_is_not_part_of_the_name(locale: str, text: str, name: str) -> None:
    chat = chat_in(locale)
    chat.type(text)
    assert chat.session.draft.name == name


def test_a_doubtful_photo_does_not_come_into_the_next_order() -> None:
    chat = at(Step.REVIEW)
    chat.send(photo("x", "blank"))
    assert "doubt" in chat.topics()
    chat.press(Verb.MAKE)
    assert chat.session.aside is None
    chat.send(photo("next"))
    assert chat.photos() == 1


def test_start_over_typed_twice_starts_over() -> None:
    chat = at(Step.TONE)
    chat.type("start over")
    assert chat.photos() == 1
    chat.type("start over")
    assert (chat.photos(), chat.step()) == (0, Step.PHOTOS)


def test_settings_open_by_name_and_deleting_is_never_typed() -> None:
    chat = chat_in("en")
    chat.command(Command.SETTINGS)
    assert chat.type("handle") == ["Your handle or shop address, for the last shot of every video?"]
    chat.type("@me")
    assert chat.session.profile.brand.handle == "@me"
    chat.command(Command.DELETE_ME)
    chat.type("yes")
    assert not chat.forgotten
    assert chat.card("delete").rows
    chat.type("no")
    assert chat.session.aside is None


@pytest.mark.parametrize(
    ("answer", "kept"), [("yes", 1), ("ja, bitte", 1), ("a blue mug", 0), ("нет", 0), ("👍", 1), ("no", 0)]
)
def test_whether_to_use_a_doubtful_photo_is_answered_by_typing_too(answer: str, kept: int) -> None:
    chat = chat_in("en")
    chat.send(photo("x", "blank"))
    chat.type(answer)
    assert chat.photos() == kept
    assert (chat.session.aside is None) is (answer != "a blue mug")
