"""Posting a finished film, told as the seller sees it: where, what exactly, and what came of it."""

from __future__ import annotations

import pytest

from bot.dialogue.cards import LinkButton, Verb
from bot.dialogue.effects import Haste, Produce
from bot.dialogue.events import Pressed, Recovered, TextSent
from bot.dialogue.making import MOST_RUNS
from bot.dialogue.phrases import Phrases
from bot.dialogue.script import advance
from bot.dialogue.session import Session
from pipeline.errors import REFUSALS
from pipeline.model import (
    Account,
    Cancelled,
    Failed,
    Finished,
    Goal,
    Network,
    Platform,
    Posted,
    Progress,
    Progressed,
    Stage,
    Visibility,
)
from tests.bot.chatter import Chatter
from tests.bot.filming import finish, newest, started, with_film
from tests.bot.material import film

YOUTUBE = Account(network=Network.YOUTUBE, id="c1", visibility=Visibility.PRIVATE, name="Nordtisch")
INSTAGRAM = Account(network=Network.INSTAGRAM, id="1784", visibility=Visibility.PUBLIC, name="@nordtisch")
TIKTOK = Account(network=Network.TIKTOK, id="aw1", visibility=Visibility.DRAFT)
ADDRESS = "https://youtu.be/abc123"
IS_THERE = Posted(id="abc123", address=ADDRESS, state=Visibility.PRIVATE)
PLATFORMS = (Platform.TIKTOK, Platform.INSTAGRAM_REELS, Platform.YOUTUBE_SHORTS, Platform.SQUARE_FEED)


def a_chat(*accounts: Account, platforms: tuple[Platform, ...] = PLATFORMS, locale: str = "en") -> Chatter:
    """A chat under whose film these accounts are connected."""
    chat = started()
    chat.session = chat.session.model_copy(update={"accounts": accounts, "locale": locale})
    job = chat.job(Goal.PREVIEWS)
    order = chat.orders[job]
    brief = order.wish.brief.model_copy(update={"platforms": platforms})
    chat.orders[job] = order.model_copy(update={"wish": order.wish.model_copy(update={"brief": brief})})
    finish(chat, Goal.PREVIEWS)
    films = chat.session.films
    wish = films[0].wish.model_copy(update={"brief": brief})
    chat.session = chat.session.model_copy(update={"films": (films[0].model_copy(update={"wish": wish}),)})
    chat.press(Verb.PICK, 1)
    finish(chat)
    return chat


def ended(chat: Chatter, posted: Posted = IS_THERE) -> list[str]:
    job = chat.job(Goal.PUBLISH)
    return chat.tell(job, Finished(posted=posted, post=chat.orders[job].post))


def links(chat: Chatter, topic: str) -> list[str]:
    return [key.address for row in chat.card(topic).rows for key in row if isinstance(key, LinkButton)]


def test_who_may_not_publish_never_sees_the_button() -> None:
    assert "📤 Publish" not in with_film(started()).labels("film-menu")


def test_a_film_that_is_for_no_connected_place_has_no_button() -> None:
    assert "📤 Publish" not in a_chat(YOUTUBE, platforms=(Platform.TIKTOK,)).labels("film-menu")


def test_the_places_are_those_of_the_film_that_are_connected() -> None:
    chat = a_chat(YOUTUBE, INSTAGRAM)
    chat.press(Verb.MENU, "publish")
    assert chat.labels("where-to-post") == ["Reels", "Shorts", "◀ Back"]


def test_a_single_place_is_not_asked_for() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    assert "Post this to Shorts?" in chat.text(chat.card("confirm-post"))


def test_what_will_be_posted_is_shown_exactly() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    assert chat.text(chat.card("confirm-post")) == [
        "Post this to Shorts?",
        "Account: YouTube, Nordtisch",
        "Who sees it: only the account itself",
        "Nordtisch mug",
        "Every morning.\n\n#mug",
    ]
    assert chat.labels("confirm-post") == ["Post to Shorts", "◀ Back"]
    assert not [order for order in chat.orders.values() if order.goal is Goal.PUBLISH]


def test_what_was_shown_is_what_is_ordered() -> None:
    chat = a_chat(YOUTUBE)
    wish = chat.session.films[-1].shown
    assert wish is not None
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    order, reel = newest(chat), film(wish).reel(Platform.YOUTUBE_SHORTS)
    post = order.post
    assert post is not None
    assert (order.goal, order.wish, post.video, post.cover) == (Goal.PUBLISH, wish, reel.video, reel.cover)
    assert (post.account, post.name, post.visibility) == ("c1", "Nordtisch", Visibility.PRIVATE)
    assert (post.title, post.caption, post.hashtags) == ("Nordtisch mug", "Every morning.", ("mug",))
    assert chat.hints[-1] == "On it."


def test_posting_goes_ahead_of_films() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    card, button = chat.find(Verb.POST, "youtube_shorts")
    _, effects = advance(chat.session, Pressed(turn=card.turn, action=button.action))
    assert [one.haste for one in effects if isinstance(one, Produce)] == [Haste.POST]


def test_progress_has_a_heading_a_bar_and_a_way_to_stop() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    job = chat.job(Goal.PUBLISH)
    at = Progress(stage=Stage.PUBLISH, done=40, total=100, fraction=0.4)
    assert chat.tell(job, Progressed(progress=at, seconds_left=None)) == ["Posting to Shorts", "Uploading"]
    assert chat.card("progress").fraction == 0.4
    at = Progress(stage=Stage.PUBLISH, done=95, total=100, fraction=0.95)
    assert chat.tell(job, Progressed(progress=at, seconds_left=None))[1].startswith("Uploaded.")
    chat.press(Verb.STOP)
    assert chat.cancelled == [job]
    assert chat.tell(job, Cancelled()) == ["Stopped."]
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    assert chat.job(Goal.PUBLISH) != job, "what was stopped can be posted after all"


def test_the_link_comes_as_the_result_and_under_the_film() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    assert ended(chat)[:1] == ["It's on Shorts. Only the account itself sees it."]
    assert links(chat, "posted") == [ADDRESS]
    assert links(chat, "film-menu") == [ADDRESS]


def test_a_second_press_says_that_it_is_posted_with_the_link() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    ended(chat)
    jobs = len(chat.orders)
    chat.press(Verb.MENU, "publish")
    assert chat.text(chat.card("confirm-post"))[0] == "I've posted that already."
    assert links(chat, "confirm-post") == [ADDRESS]
    assert chat.labels("confirm-post") == ["◀ Back"]
    assert len(chat.orders) == jobs


def test_pressing_twice_posts_once() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    card, button = chat.find(Verb.POST, "youtube_shorts")
    press = Pressed(turn=card.turn, action=button.action)
    chat.send(press)
    chat.send(press)
    assert chat.hints[-1] == "I'm already on that."
    assert len([order for order in chat.orders.values() if order.goal is Goal.PUBLISH]) == 1
    ended(chat)
    chat.send(press)
    assert len([order for order in chat.orders.values() if order.goal is Goal.PUBLISH]) == 1
    assert chat.text(chat.card("confirm-post"))[0] == "I've posted that already."


def test_an_account_that_is_called_otherwise_is_no_other_account() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    ended(chat)
    renamed = YOUTUBE.model_copy(update={"name": "Nordtisch DE", "visibility": Visibility.PUBLIC})
    chat.session = chat.session.model_copy(update={"accounts": (renamed,)})
    chat.press(Verb.MENU, "publish")
    assert chat.text(chat.card("confirm-post"))[0] == "I've posted that already."


def test_a_changed_film_is_another_post() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    ended(chat)
    chat.press(Verb.MUSIC)
    finish(chat)
    assert links(chat, "film-menu") == []
    chat.press(Verb.MENU, "publish")
    assert chat.text(chat.card("confirm-post"))[0] == "Post this to Shorts?"


def test_a_change_under_way_does_not_change_what_is_posted() -> None:
    chat = a_chat(YOUTUBE)
    shown = chat.session.films[-1].shown
    chat.press(Verb.MUSIC)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    assert newest(chat).wish == shown


def test_tiktok_gets_a_draft_and_the_words_to_paste() -> None:
    chat = a_chat(TIKTOK)
    chat.press(Verb.MENU, "publish")
    shown = chat.text(chat.card("confirm-post"))
    assert shown[1:3] == [
        "Account: TikTok",
        "Who sees it: nobody yet; it goes to the account's TikTok inbox as a draft",
    ]
    assert shown[-1] == "Every morning.\n\n#mug"
    chat.press(Verb.POST, "tiktok")
    said = ended(chat, Posted(id="p1", state=Visibility.DRAFT))
    assert said[0] == "It waits in the account's TikTok inbox. Open the app there, add the words and post it."
    assert links(chat, "posted") == []


def test_a_film_with_pictures_made_by_ai_is_announced_as_such() -> None:
    chat = a_chat(YOUTUBE)
    project = chat.session.films[-1].model_copy(update={"synthetic": True})
    chat.session = chat.session.model_copy(update={"films": (project,)})
    chat.press(Verb.MENU, "publish")
    assert any("altered with AI" in line for line in chat.text(chat.card("confirm-post")))
    chat.press(Verb.POST, "youtube_shorts")
    assert newest(chat).post is not None
    assert newest(chat).post.synthetic  # type: ignore[union-attr]  # as was just seen


def test_a_project_that_was_never_audited_is_told_apart() -> None:
    chat = a_chat(YOUTUBE.model_copy(update={"visibility": Visibility.PUBLIC}))
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    said = ended(chat)
    assert said[:2] == [
        "It's on Shorts. Only the account itself sees it.",
        "The platform keeps it private for now. The operator can find out why in docs/publishing.md.",
    ]


# ── typing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("locale", "wish", "place"),
    [
        ("en", "post it", "youtube"),
        ("de", "Veröffentliche es bitte", "YouTube"),
        ("es", "Publicar", "shorts"),
        ("fr", "publie-la", "Shorts"),
    ],
)
def test_it_can_be_typed(locale: str, wish: str, place: str) -> None:
    chat = a_chat(YOUTUBE, INSTAGRAM, locale=locale)
    chat.type(wish)
    assert len(chat.labels("where-to-post")) == 3
    chat.type(place)
    assert chat.session.films[-1].confirming is Platform.YOUTUBE_SHORTS


def test_a_stray_yes_posts_nothing() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    assert chat.type("ok") == ["Others will see this, so please press the button to post it."]
    assert newest(chat).goal is not Goal.PUBLISH


@pytest.mark.parametrize("text", ["no", "back", "nein"])
def test_a_typed_no_goes_back_to_the_film(text: str) -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.type(text)
    assert "🔄 A shot" in chat.labels("film-menu")


def test_what_is_overheard_is_no_wish_to_post_unless_it_says_so() -> None:
    chat = a_chat(YOUTUBE)
    before = chat.session
    chat.send(TextSent(text="I saw that on youtube", overheard=True))
    assert chat.session == before


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────

FAILURES = (
    *(f"failed-login-{network}" for network in Network),
    *(f"failed-rejected-{reason}" for reason in sorted(REFUSALS)),
    "failed-post-limit",
    "failed-post-away",
    "failed-post-file",
    "failed-post-processing",
    "failed-post-unknown",
)


@pytest.mark.parametrize("locale", Phrases().locales)
@pytest.mark.parametrize("key", FAILURES)
def test_every_failure_has_a_sentence_and_a_way_on(key: str, locale: str) -> None:
    chat = a_chat(YOUTUBE, locale=locale)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    said = chat.tell(chat.job(Goal.PUBLISH), Failed(phrase=key, reference="r1"))
    assert len(said) == (2 if key in ("failed-post-processing", "failed-post-unknown") else 3)
    assert "r1" in said[-1]
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    assert len([order for order in chat.orders.values() if order.goal is Goal.PUBLISH]) == 2


def test_a_login_that_is_over_says_who_has_to_do_what() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    said = chat.tell(chat.job(Goal.PUBLISH), Failed(phrase="failed-login-youtube", reference="r1"))
    assert said[0] == "It wasn't posted."
    assert "operator" in said[1]
    assert "YOUTUBE_REFRESH_TOKEN" in said[1]


@pytest.mark.parametrize(
    ("seconds", "when"), [(1800.0, "about 30 minutes"), (3700.0, "about 62 minutes"), (86_400.0, "about 24 hours")]
)
def test_a_limit_says_when_it_is_over(seconds: float, when: str) -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    failed = Failed(phrase="failed-post-limit", reference="r1", retry_in=seconds)
    assert chat.tell(chat.job(Goal.PUBLISH), failed)[2] == f"It may work again in {when}."


def test_accounts_that_are_taken_away_take_the_buttons_away() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    card, button = chat.find(Verb.POST, "youtube_shorts")
    chat.session = chat.session.model_copy(update={"accounts": ()})
    chat.send(Pressed(turn=card.turn, action=button.action))
    assert chat.hints[-1] == "This can't be posted from here any more."
    assert newest(chat).goal is not Goal.PUBLISH


def test_a_chat_that_is_busy_says_so() -> None:
    chat = a_chat(YOUTUBE)
    for _ in range(MOST_RUNS):
        chat.press(Verb.MUSIC)
        films = tuple(one.model_copy(update={"pressed": ()}) for one in chat.session.films)
        chat.session = chat.session.model_copy(update={"films": films})
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    assert chat.hints[-1].startswith("I'm busy")


# ── later ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_result_that_is_told_again_looks_the_same() -> None:
    chat = a_chat(YOUTUBE)
    chat.press(Verb.MENU, "publish")
    chat.press(Verb.POST, "youtube_shorts")
    first = ended(chat)[:1]
    cards = dict(chat.cards)
    assert ended(chat)[:1] == first
    assert chat.cards == cards


def test_a_film_of_the_history_can_be_posted() -> None:
    chat = a_chat(YOUTUBE)
    made = chat.session.films[-1]
    chat.session = chat.session.model_copy(update={"films": ()})
    chat.history = {made.job: next(iter(chat.history.values()))}
    chat.send(Recovered(job=made.job, film=chat.history[made.job]))
    chat.press(Verb.MENU, "publish")
    assert "Every morning.\n\n#mug" in chat.text(chat.card("confirm-post"))


def test_a_session_of_an_earlier_version_can_be_read() -> None:
    chat = a_chat(YOUTUBE)
    old = chat.session.model_dump(mode="json")
    del old["accounts"]
    for one in old["films"]:
        for name in ("words", "reels", "synthetic", "confirming", "posts"):
            del one[name]
    read = Session.model_validate(old)
    chat.session = read.model_copy(update={"accounts": (YOUTUBE,)})
    chat.press(Verb.MENU, "shots")
    chat.press(Verb.MENU, "main")
    assert "📤 Publish" not in chat.labels("film-menu")
