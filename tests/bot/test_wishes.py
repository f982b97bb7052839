"""What sellers say in passing: praise, wishes for the film, names that sound like one, answers given too early."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.events import TextSent
from bot.dialogue.session import Step
from pipeline.model import NO_VOICE, Goal, Platform, Retake, Tone
from tests.bot.filming import finish, offer, started, with_film
from tests.bot.material import photo, previews
from tests.bot.talking import at, chat_in


@pytest.mark.parametrize("praise", ["love it!", "toll", "génial", "👍"])
def test_praise_is_not_answered_with_instructions(praise: str) -> None:
    chat = at(Step.REVIEW)
    chat.type("ok")
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, previews(chat.orders[job].wish, 2))
    assert chat.type(praise) == ["You're welcome."]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "make it funny please, for tiktok, 30 seconds"),
        ("de", "bitte lustig, für TikTok, 30 Sekunden"),
        ("es", "hazlo divertido para TikTok, 30 segundos"),
        ("fr", "plus drôle, pour TikTok, 30 secondes s'il vous plaît"),
    ],
)
@pytest.mark.parametrize("step", [Step.PHOTOS, Step.PRODUCT, Step.CHECK, Step.LANGUAGE, Step.REVIEW])
def test_wishes_for_the_film_are_not_said_in_it(locale: str, text: str, step: Step) -> None:
    if step in (Step.PHOTOS, Step.PRODUCT):
        chat = chat_in(locale)
        chat.send(photo("a"))
        if step is Step.PRODUCT:
            chat.press(Verb.NEXT)
    else:
        chat = at(step, locale)
    before = chat.session.draft
    chat.type(text)
    draft = chat.session.draft
    assert (draft.tone, draft.platforms, draft.seconds) == (Tone.PLAYFUL, (Platform.TIKTOK,), 30)
    assert (draft.name, draft.description) == (before.name, before.description)
    assert chat.step() is step


def test_a_wish_or_thanks_under_a_photo_is_no_product() -> None:
    chat = chat_in("en")
    chat.send(photo("a", caption="make it funny please"))
    chat.send(photo("b", caption="thanks!"))
    assert not chat.session.draft.described
    assert chat.session.draft.tone is Tone.PLAYFUL


@pytest.mark.parametrize("name", ["Make it Yours mug", "Story lamp", "Luxury scarf", "Vintage square scarf"])
def test_a_product_named_like_a_wish_keeps_its_name(name: str) -> None:
    chat = chat_in("en")
    chat.send(photo("a"))
    chat.type(name)
    assert (chat.session.draft.name, chat.session.draft.tone) == (name, Tone.CALM)


def test_an_answer_may_answer_the_next_question_as_well() -> None:
    chat = at(Step.PLATFORMS)
    chat.type("tiktok, 30 seconds")
    draft = chat.session.draft
    assert (draft.platforms, draft.seconds) == ((Platform.TIKTOK,), 30)
    assert chat.step() is Step.LENGTH


def test_a_long_text_is_cut_after_a_sentence_and_the_seller_told() -> None:
    text = "Handmade mug. " + "It is dishwasher-safe and holds quite a lot of tea. " * 60
    chat = chat_in("en")
    assert any("That's a lot of text" in line for line in chat.type(text))
    assert chat.session.draft.description.endswith("a lot of tea.")
    chat.send(photo("a"))
    chat.press(Verb.NEXT)
    chat.press(Verb.FIX, Step.NAME)
    chat.type("Wonderful " * 30 + "mug")
    assert chat.session.draft.name.endswith("Wonderful")
    assert len(chat.session.draft.name) <= 120


@pytest.mark.parametrize(
    ("locale", "no"), [("en", "no"), ("de", "nein danke"), ("es", "no gracias"), ("fr", "non merci")]
)
def test_no_to_more_photos_or_words_goes_on(locale: str, no: str) -> None:
    chat = chat_in(locale)
    chat.send(photo("a"))
    chat.type(no)
    assert chat.step() is Step.PRODUCT
    chat.type(no)
    assert (chat.step(), chat.session.draft.name) == (Step.LANGUAGE, "")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "same style as last time"),
        ("de", "wie letztes Mal"),
        ("es", "como la última vez"),
        ("fr", "comme la dernière fois"),
    ],
)
def test_the_last_style_is_asked_for_by_typing(locale: str, text: str) -> None:
    chat = at(Step.REVIEW, locale)
    chat.type("ok")
    chat.send(photo("b", caption="Blue vase, 25 €"))
    chat.type(text)
    assert chat.step() is Step.IDLE
    assert len(chat.orders) == 2
    assert "style" not in chat.session.draft.description


@pytest.mark.parametrize("text", ["everywhere", "überall", "partout", "en todas partes"])
def test_everywhere_is_every_platform(text: str) -> None:
    chat = at(Step.PLATFORMS)
    chat.type(text)
    assert chat.session.draft.platforms == tuple(Platform)


def test_an_end_told_again_makes_no_older_film_the_newest() -> None:
    chat = at(Step.REVIEW)
    ends = []
    for name in ("Nordtisch mug", "Blue vase"):
        if chat.step() is Step.IDLE:
            chat.send(photo(name, caption=f"{name}, 25 €"))
            chat.type("ok")
            chat.press(Verb.REVIEW)
        chat.type("ok")
        job = chat.job(Goal.PREVIEWS)
        ends.append((job, previews(chat.orders[job].wish, 2)))
        chat.tell(*ends[-1])
    before = chat.session.films
    chat.tell(*ends[0])
    assert chat.session.films == before
    chat.type("a")
    assert chat.orders[chat.job(Goal.FILM)].wish.brief.name == "Blue vase"


# ── choices under a film ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_choice_under_a_film_may_be_typed() -> None:
    chat = with_film(started())
    chat.press(Verb.MENU, "shots")
    chat.type("shot 2")
    assert chat.orders[chat.job(Goal.TAKES)].retake == Retake(shot=1)
    offer(chat)
    chat.type("the third")
    assert chat.orders[chat.job(Goal.FILM)].wish.takes == (0, 2)
    finish(chat)
    chat.press(Verb.MENU, "voice")
    chat.type("no voice")
    assert chat.orders[chat.job(Goal.FILM)].wish.brief.voice == NO_VOICE
    finish(chat)
    chat.press(Verb.MENU, "platforms")
    chat.type("youtube")
    assert Platform.YOUTUBE in chat.orders[chat.job(Goal.FILM)].wish.brief.platforms
    finish(chat)
    chat.press(Verb.MENU, "voice")
    chat.type("back")
    assert chat.cards[list(chat.cards)[-1]].topic == "film-menu"


def test_new_words_for_a_shot_do_not_begin_an_order_when_the_shot_was_not_named() -> None:
    chat = with_film(started())
    chat.press(Verb.MENU, "words")
    assert chat.type("Something else entirely, and rather long") == ["Whose words shall we change?"]
    assert chat.type("9") == ["Whose words shall we change?"]
    assert chat.type("2")[0] == "What should shot 2 say?"
    chat.type("Something else entirely")
    assert [one.spoken for one in chat.orders[chat.job(Goal.FILM)].wish.edits] == ["Something else entirely"]
    chat.press(Verb.MENU, "words")
    chat.type("Clay bowl, hand-thrown in Porto, 25 €")
    assert (chat.step(), chat.session.draft.name) == (Step.PHOTOS, "Clay bowl")


def test_in_a_group_an_idea_is_picked_by_typing_and_other_talk_is_left_alone() -> None:
    chat = started()
    finish(chat, Goal.PREVIEWS)
    for talk in ("lovely, thanks Ann", "Look, a bowl for 25 € and it is lovely"):
        assert chat.send(TextSent(text=talk, overheard=True)) == []
    assert chat.step() is Step.IDLE
    chat.send(TextSent(text="the second one", overheard=True))
    assert chat.orders[chat.job(Goal.FILM)].wish.idea == 1


@pytest.mark.parametrize(("said", "told"), [("fifteen", False), ("15", False), ("short", False), ("20", True)])
def test_a_length_that_is_offered_is_not_called_the_nearest(said: str, told: bool) -> None:
    chat = at(Step.LENGTH)
    assert any("the nearest I offer" in line for line in chat.type(said)) is told
