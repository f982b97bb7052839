"""From the start to the film and its changes, told as the seller sees it."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import Scope, Verb, Video
from bot.dialogue.events import Command, Declined, Pressed
from bot.dialogue.making import MOST_IDEAS
from bot.dialogue.session import Session
from bot.frontends.telegram.intake import TOAST_CHARACTERS
from pipeline.model import (
    Artifact,
    Cancelled,
    Failed,
    Finished,
    Goal,
    Platform,
    Queued,
    Stage,
)
from tests.bot.chatter import Chatter, buttons
from tests.bot.filming import finish, newest, started, with_film
from tests.bot.material import LINES, film, photo, progressed

MUG = "Nordtisch mug, matte black, 39,90 €, dishwasher-safe"


@pytest.fixture
def chat() -> Chatter:
    return started()


@pytest.fixture
def filmed(chat: Chatter) -> Chatter:
    return with_film(chat)


def test_progress_is_one_message_with_stage_shot_and_time_left(chat: Chatter) -> None:
    job = chat.job(Goal.PREVIEWS)
    assert chat.tell(job, Queued(position=3)) == ["Making ideas for Nordtisch mug", "You're number 3 in the queue."]
    chat.tell(job, progressed(0.2, variant=0))
    chat.tell(job, progressed(0.7, variant=1))
    assert chat.text(chat.card("progress")) == [
        "Making ideas for Nordtisch mug",
        "Idea B: Composing shot 3 of 6",
        "about 40 seconds left",
    ]
    assert chat.card("progress").fraction == 0.7
    assert chat.topics().count("progress") == 1


def test_the_storyboard_is_shown_as_soon_as_there_is_one(chat: Chatter) -> None:
    job = chat.job(Goal.PREVIEWS)
    chat.tell(job, progressed(0.2, variant=0))
    chat.tell(job, progressed(0.3, variant=0))
    chat.tell(job, progressed(0.7, variant=1))
    boards = [card for card in chat.cards.values() if card.topic == "board"]
    assert [chat.text(card) for card in boards] == [["The storyboard of idea A"], ["The storyboard of idea B"]]
    assert all(len(card.media) == 1 for card in boards)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_its_words(chat: Chatter, stage: Stage) -> None:
    assert len(chat.tell(chat.job(Goal.PREVIEWS), progressed(0.5, stage=stage))) >= 3


def test_two_ideas_come_as_previews_to_choose_from(chat: Chatter) -> None:
    assert finish(chat, Goal.PREVIEWS) == [
        "2 ideas for you:",
        "A – opens with a question",
        f"“{LINES[0]}”",
        "B – opens with a contrast",
        f"“{LINES[0]}”",
        "Which one shall I make?",
    ]
    assert chat.labels("choose") == ["A", "B", "🔄 Two other ideas"]


def test_the_picked_idea_is_made_for_all_platforms(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 1)
    assert newest(chat).goal is Goal.FILM
    assert newest(chat).wish.idea == 1
    assert chat.text(chat.card("progress"))[0] == "Making your video: Nordtisch mug"


def test_other_ideas_leave_those_that_were_seen(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.MORE_IDEAS)
    assert newest(chat).variants == 4
    lines = finish(chat, Goal.PREVIEWS)
    assert [line for line in lines if " – " in line] == ["C – opens with a number", "D – opens with a feeling"]
    assert chat.labels("choose")[:4] == ["A", "B", "C", "D"]
    chat.press(Verb.PICK, 0)
    assert newest(chat).wish.idea == 0


def test_ideas_run_out(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    for _ in range(MOST_IDEAS // 2 - 1):
        chat.press(Verb.MORE_IDEAS)
        finish(chat, Goal.PREVIEWS)
    assert "🔄 Two other ideas" not in chat.labels("choose")


def test_a_film_comes_with_its_post_pack_and_buttons(filmed: Chatter) -> None:
    assert filmed.text(filmed.card("film")) == ["TikTok · 9:16 · 15 s"]
    (video,) = filmed.card("film").media
    assert isinstance(video, Video)
    assert (video.width, video.height, video.seconds, video.name) == (1080, 1920, 15.0, "nordtisch-mug-tall")
    assert filmed.text(filmed.card("post")) == [
        "To post with it:",
        "Nordtisch mug",
        "Every morning.",
        "#mug",
        "Subtitles and the cover picture are attached.",
        "Music: “Slow morning” (CC0).",
    ]
    assert len(filmed.card("post").media) == 2
    assert filmed.labels("film-menu") == [
        "🔄 A shot",
        "✏️ Words",
        "🎙 Voice",
        "🎵 Other music",
        "💡 Other idea",
        "➕ Platform",
    ]


def test_platforms_of_one_shape_share_a_message(chat: Chatter) -> None:
    platforms = (Platform.TIKTOK, Platform.STORIES, Platform.YOUTUBE)
    order = chat.orders[chat.job(Goal.PREVIEWS)]
    brief = order.wish.brief.model_copy(update={"platforms": platforms})
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    wish = newest(chat).wish.model_copy(update={"brief": brief})
    lines = chat.tell(chat.job(Goal.FILM), Finished(films=(film(wish),)))
    assert lines[:3] == [
        "Your video is ready, in 2 formats:",
        "TikTok and Stories · 9:16 · 15 s",
        "YouTube · 16:9 · 15 s",
    ]


def test_tapping_fifty_times_is_one_job(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    card, button = chat.find(Verb.PICK, 0)
    for _ in range(50):
        chat.send(Pressed(turn=card.turn, action=button.action))
    assert sum(order.goal is Goal.FILM for order in chat.orders.values()) == 1
    assert chat.hints == ["On it."] + ["I'm already on that."] * 49


def test_starting_fifty_times_is_one_job() -> None:
    chat = Chatter()
    chat.send(photo("a"))
    chat.press(Verb.NEXT)
    chat.press(Verb.REVIEW)
    card, button = chat.find(Verb.MAKE)
    for _ in range(50):
        chat.send(Pressed(turn=card.turn, action=button.action))
    assert len(chat.orders) == 1
    assert set(chat.hints) == {"That button is from earlier. Please use the newest message."}


def test_buttons_of_an_older_version_get_a_friendly_word(filmed: Chatter) -> None:
    card, button = filmed.find(Verb.MUSIC)
    filmed.press(Verb.MUSIC)
    finish(filmed)
    filmed.send(Pressed(turn=card.turn, action=button.action))
    assert filmed.hints[-1] == "There is a newer version of this video further down. /films has all of them."


@pytest.mark.parametrize(
    ("locale", "days"), [("en", "180 days"), ("de", "180 Tage"), ("es", "180 días"), ("fr", "180 jours")]
)
def test_buttons_of_a_film_that_has_gone_say_so_in_a_sentence(filmed: Chatter, locale: str, days: str) -> None:
    card, button = filmed.find(Verb.MUSIC)
    pressed = Pressed(turn=card.turn, action=button.action)
    filmed.session = filmed.session.model_copy(update={"films": (), "kept_days": 180, "locale": locale})
    filmed.send(pressed)
    assert days in filmed.hints[-1]
    assert "/films" in filmed.hints[-1]
    filmed.session = Session(seed="later", locale=locale, kept_days=180, count=7000, asked=7000)
    filmed.send(pressed)
    assert days in filmed.hints[-1]
    assert "/films" not in filmed.hints[-1]  # nothing is left of that conversation
    assert all(len(hint) <= TOAST_CHARACTERS for hint in filmed.hints)


def test_buttons_of_a_draft_that_has_gone_say_so_in_a_sentence() -> None:
    chat = Chatter()
    chat.send(photo("a"))
    card, button = chat.find(Verb.NEXT)
    chat.session = Session(seed="later", count=7000, asked=7000)
    chat.send(Pressed(turn=card.turn, action=button.action))
    assert chat.hints == ["That button is from a conversation I no longer have. Send photos and we'll begin anew."]


def test_the_jobs_of_what_can_be_gone_back_to_are_named_as_long_as_it_can(filmed: Chatter) -> None:
    def jobs() -> list[str]:
        return [*filmed.session.films[-1].undo_jobs, filmed.session.films[-1].job]

    (first,) = jobs()
    for verb in (Verb.MUSIC, Verb.MUSIC):
        filmed.press(verb)
        finish(filmed)
    same, second, third = jobs()
    assert (same, len({first, second, third})) == (first, 3)
    filmed.press(Verb.UNDO)
    finish(filmed)
    again, undone = jobs()
    assert again == first
    assert undone not in (first, second, third)


@pytest.mark.parametrize("shot", ["99", "-1", "x", ""])
def test_a_shot_that_is_not_there_gets_a_friendly_word(filmed: Chatter, shot: str) -> None:
    card, button = filmed.find(Verb.MUSIC)
    jobs = len(filmed.orders)
    action = button.action.model_copy(update={"verb": Verb.RETAKE, "value": shot})
    filmed.send(Pressed(turn=card.turn, action=action))
    assert filmed.hints[-1] == "That button is from earlier. Please use the newest message."
    assert len(filmed.orders) == jobs


def test_the_end_of_a_job_told_twice_shows_nothing_twice(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    finish(chat)
    session, cards = chat.session, dict(chat.cards)
    assert finish(chat)[0] == "Your video is ready:"
    assert chat.session == session
    assert chat.cards == cards


def test_a_film_is_delivered_in_full_when_the_first_try_broke_off(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    finish(chat)
    whole = dict(chat.cards)
    job = chat.job(Goal.FILM)
    chat.cards = {place: card for place, card in whole.items() if card.job != job}
    finish(chat)
    assert {place: card for place, card in chat.cards.items() if card.job == job} == {
        place: card for place, card in whole.items() if card.job == job
    }


def test_a_job_is_stopped_from_its_message(chat: Chatter) -> None:
    job = chat.job(Goal.PREVIEWS)
    chat.press(Verb.STOP)
    assert chat.cancelled == [job]
    assert chat.text(chat.card("progress"))[1] == "Stopping…"
    chat.tell(job, progressed(0.9))
    assert chat.text(chat.card("progress"))[1] == "Stopping…"
    assert chat.tell(job, Cancelled())[:2] == ["Stopped.", "Here's the plan. Anything to change?"]
    assert chat.session.runs == ()


def test_stopping_what_is_over_tells_the_truth(chat: Chatter) -> None:
    card, button = chat.find(Verb.STOP)
    finish(chat, Goal.PREVIEWS)
    chat.send(Pressed(turn=card.turn, action=button.action))
    assert chat.hints == ["That's already finished."]
    assert chat.cancelled == []


@pytest.mark.parametrize(
    "key",
    [
        "failed-disk-full",
        "failed-refused",
        "failed-engine",
        "failed-photo",
        "failed-media",
        "failed-storage",
        "failed-too-long",
        "failed-crashed",
        "failed-bug",
        "something-new",
    ],
)
def test_a_failure_is_told_with_a_reason_and_a_reference(chat: Chatter, key: str) -> None:
    lines = chat.tell(chat.job(Goal.PREVIEWS), Failed(phrase=key, reference="ab12"))
    assert lines[0] == "I couldn't finish this one."
    assert len(lines[1]) > 20
    assert lines[2] == "Reference: ab12"


def test_the_daily_limit_says_when_it_is_lifted(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    run = chat.session.runs[-1].number
    assert chat.send(Declined(run=run, phrase="daily-limit", resets_in=7200.0)) == [
        "That's all the videos for today.",
        "You can order again in about 120 minutes.",
    ]
    chat.press(Verb.PICK, 0)
    assert newest(chat).goal is Goal.FILM


def test_a_film_without_a_voice_says_why(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    lines = finish(chat, note="no_voice_for_language")
    assert "There's no natural voice for this language yet, so captions tell the story." in lines


def test_a_voice_sample_is_played_or_its_absence_explained(filmed: Chatter) -> None:
    filmed.send(photo("b", caption=MUG))
    filmed.press(Verb.NEXT)
    filmed.press(Verb.REVIEW)
    filmed.press(Verb.FIX, "voice")
    filmed.press(Verb.HEAR, "bf_emma")
    job = filmed.job(Goal.VOICE)
    sample = Finished(sample=Artifact(sha256="0" * 64, media_type="audio/mpeg"))
    assert filmed.tell(job, sample) == ["Your first line, by Emma (clear)"]
    assert len(filmed.card("sample").media) == 1
    filmed.press(Verb.HEAR, "af_heart")
    assert filmed.tell(filmed.job(Goal.VOICE), Finished())[0].startswith("That voice has nothing to say yet.")


def test_history_lists_films_and_shows_one_again_with_its_buttons(filmed: Chatter) -> None:
    assert filmed.command(Command.FILMS) == ["Your videos:", "1. Nordtisch mug (Nov 22, 2026)"]
    lines = filmed.press(Verb.RESEND, 0)
    assert lines[0] == "TikTok · 9:16 · 15 s"
    assert filmed.topics().count("film") == 2
    filmed.press(Verb.MUSIC)
    assert newest(filmed).wish.music == 1


def test_history_takes_a_typed_number(filmed: Chatter) -> None:
    filmed.command(Command.FILMS)
    assert filmed.type("1")[0] == "TikTok · 9:16 · 15 s"
    filmed.command(Command.FILMS)
    assert filmed.type("7") == ["I don't have that number."]


def test_a_film_whose_project_has_fallen_out_is_delivered_all_the_same(chat: Chatter) -> None:
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 0)
    chat.session = chat.session.model_copy(update={"films": (), "runs": ()})
    assert finish(chat)[0] == "Your video is ready:"
    chat.press(Verb.MUSIC)
    assert newest(chat).wish.music == 1


def test_every_button_on_screen_belongs_to_a_card_that_is_live(filmed: Chatter) -> None:
    for card in filmed.cards.values():
        for button in buttons(card):
            assert button.action.scope in (Scope.FILM, Scope.RUN)


def test_the_storyboard_is_shown_again_only_with_another_idea(filmed: Chatter) -> None:
    board = progressed(0.4)
    filmed.press(Verb.MUSIC)
    filmed.tell(filmed.job(Goal.FILM), board)
    shown = [card.job for card in filmed.cards.values() if card.topic == "board"]
    assert filmed.job(Goal.FILM) not in shown
    filmed.press(Verb.OTHER_IDEA)
    filmed.tell(filmed.job(Goal.FILM), board)
    assert filmed.card("board").job == filmed.job(Goal.FILM)
