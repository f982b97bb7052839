"""Events meet the world: stored, done once, told when they cannot be done."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.events import Command, Commanded, Event, PhotoRefused, TextSent
from bot.dialogue.session import Session
from bot.errors import ChatError
from bot.inlet import Reply, Sender, Verdict
from bot.outlet import Key
from jobs.client import Lane
from jobs.errors import DailyLimit
from pipeline.errors import StorageError
from pipeline.model import Artifact, Brief, Finished, Goal, Order, Tone, Wish
from storage.config import Terms
from storage.sellers import Profile
from storage.store import Store
from tests.bot.conftest import MUG, SELLER, Bot, Start, order, shot
from tests.bot.material import film, previews
from tests.fakes.ages import pass_days


async def stored(store: Store, *wanted: str) -> Artifact:
    return await store.blobs.put_bytes("".join(wanted).encode(), "video/mp4")


async def test_a_conversation_is_kept_between_events(bot: Bot, store: Store) -> None:
    await bot.send_photo(10)
    await bot.type(MUG)
    state = Session.model_validate_json(await store.sessions.load(SELLER.chat) or "")
    assert state.draft.name == "Nordtisch mug"
    assert state.owed == ()
    assert bot.screen.topics() == ["photos", "check"]


async def test_a_photo_is_stored_by_content_before_it_is_counted(bot: Bot, store: Store) -> None:
    await bot.concierge.photo(SELLER, shot(10))
    state = Session.model_validate_json(await store.sessions.load(SELLER.chat) or "")
    (sent,) = state.draft.photos
    assert await store.blobs.has(sent.photo)
    assert sent.look


async def test_what_is_no_photo_gets_its_reply(bot: Bot) -> None:
    await bot.concierge.photo(SELLER, b"%PDF-1.7 this is a document")
    assert "isn't a photo I can read" in bot.screen.message("photos").text


async def test_an_album_sent_at_once_is_one_message(bot: Bot) -> None:
    bot.screen.edit_seconds = 0.2
    async with asyncio.TaskGroup() as group:
        for shade in range(0, 250, 50):
            group.create_task(bot.concierge.photo(SELLER, shot(shade)))
    async with asyncio.timeout(10):
        while "5 photos." not in bot.screen.message("photos").text:
            bot.screen.news.clear()
            await bot.screen.news.wait()
    assert bot.screen.topics() == ["photos"]


async def test_an_update_handed_over_twice_is_done_once(bot: Bot) -> None:
    once = Sender(chat=SELLER.chat, seller=SELLER.seller, update="u7")
    await bot.concierge.handle(once, Commanded(command=Command.HELP))
    await bot.concierge.handle(once, Commanded(command=Command.HELP))
    assert bot.screen.topics() == ["help"]


async def test_what_a_closed_chat_did_not_take_is_shown_when_the_seller_is_back(bot: Bot) -> None:
    bot.screen.closed = True
    reply = await bot.concierge.handle(SELLER, Commanded(command=Command.HELP))
    assert reply.verdict is Verdict.CLOSED
    assert bot.screen.topics() == []
    bot.screen.closed = False
    await bot.concierge.handle(SELLER, Commanded(command=Command.FILMS))
    assert bot.screen.topics() == ["help", "say"]


async def test_a_bot_that_died_before_it_answered_answers_after_its_restart(start: Start) -> None:
    update = Sender(chat=SELLER.chat, seller=SELLER.seller, update="u1")
    async with start() as bot:
        bot.screen.broken = [ChatError("connection reset")]
        await bot.concierge.handle(update, Commanded(command=Command.START))
    async with start() as bot:
        await bot.concierge.handle(update, Commanded(command=Command.START))  # the inbox hands it over again
        assert bot.screen.topics() == ["welcome", "photos"]


async def test_buttons_work_after_a_restart(start: Start) -> None:
    async with start() as bot:
        await bot.send_photo(10)
    async with start() as bot:
        assert (await bot.press("n")).verdict is Verdict.DONE
        assert bot.screen.topics()[-1] == "product"


async def test_fifty_taps_at_once_are_one_job(bot: Bot) -> None:
    await bot.send_photo(30, caption=MUG)
    await bot.press("n")
    await bot.press("rv")
    token = bot.screen.key("mk").token
    replies = await asyncio.gather(*(bot.concierge.press(SELLER, token) for _ in range(50)))
    assert len(bot.studio.orders) == 1
    assert sum(bool(reply.hints) for reply in replies) == 49


async def test_ten_thousand_forged_presses_do_nothing(bot: Bot, store: Store) -> None:
    await bot.send_photo(30)
    genuine = bot.screen.key("n").token
    before = await store.sessions.load(SELLER.chat)
    calls = list(bot.screen.calls)
    chance = random.Random(3)
    for _ in range(10_000):
        place = chance.randrange(len(genuine))
        forged = genuine[:place] + chance.choice("abcXYZ019~=.") + genuine[place + 1 :]
        if forged != genuine:
            assert await bot.concierge.press(SELLER, forged) == Reply(Verdict.FORGED)
    assert await store.sessions.load(SELLER.chat) == before
    assert bot.screen.calls == calls


async def test_a_token_of_another_chat_is_worth_nothing(bot: Bot) -> None:
    await bot.send_photo(30)
    token = bot.screen.key("n").token
    other = Sender(chat="test:2", seller="test:u2")
    assert (await bot.concierge.press(other, token)).verdict is Verdict.FORGED


async def test_in_a_shared_chat_only_the_owner_acts(bot: Bot) -> None:
    await bot.send_photo(30)
    passer_by = Sender(chat=SELLER.chat, seller="test:u2")
    assert (await bot.press("n", passer_by)).verdict is Verdict.FOREIGN
    assert (await bot.type("mine!", passer_by)).verdict is Verdict.FOREIGN
    assert bot.screen.topics() == ["photos"]


async def test_a_shared_chat_at_rest_can_be_taken_over(bot: Bot) -> None:
    await bot.concierge.handle(SELLER, Commanded(command=Command.HELP))
    other = Sender(chat=SELLER.chat, seller="test:u2")
    assert (await bot.concierge.handle(other, Commanded(command=Command.START))).verdict is Verdict.DONE
    assert bot.screen.topics() == ["help", "welcome", "photos"]
    keys = [message.key for message in bot.screen.messages.values()]
    assert len(set(keys)) == 3, "a message of one conversation is not taken for one of the next"


@pytest.mark.parametrize(
    ("error", "told"),
    [(RuntimeError("a bug"), "Something went wrong on my side."), (StorageError("full"), "I've run out of space")],
)
async def test_a_failure_inside_is_told_with_a_reference_and_the_bot_goes_on(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def broken(session: Session, event: Event) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("bot.concierge.advance", broken)
        assert (await bot.type("hello")).verdict is Verdict.BROKEN
    text = bot.screen.message("trouble").text
    assert text.startswith(told)
    assert "Reference" in text
    assert "a bug" not in text
    assert (await bot.type("hello")).verdict is Verdict.DONE


async def test_an_effect_that_breaks_does_not_break_every_event_after_it(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(bot.screen, "post", None)  # not even the apology gets through
        reply = await bot.concierge.handle(SELLER, Commanded(command=Command.HELP))
        assert reply.verdict is Verdict.BROKEN
    await bot.concierge.handle(SELLER, Commanded(command=Command.HELP))
    assert bot.screen.topics()[-1] == "help"


async def test_a_conversation_of_another_version_begins_anew(bot: Bot, store: Store) -> None:
    await store.sessions.save(SELLER.chat, '{"version": 99}', seller=SELLER.seller)
    await bot.concierge.handle(SELLER, Commanded(command=Command.START))
    assert bot.screen.topics() == ["welcome", "photos"]


async def test_the_chat_speaks_the_language_of_the_sellers_app(bot: Bot) -> None:
    german = Sender(chat="test:3", seller="test:u3", locale="de-CH")
    await bot.concierge.handle(german, PhotoRefused(reason="empty"))
    assert bot.screen.message("photos").text.startswith("Noch kein Foto.")


async def test_a_film_waits_in_the_normal_lane_and_its_changes_in_the_fast_one(bot: Bot, store: Store) -> None:
    job = await order(bot)
    wish = bot.studio.orders[job].wish
    await bot.studio.tell(job, previews(wish, 2))
    await bot.screen.until("choose")
    await bot.press("p")
    await bot.studio.tell(bot.studio.job(), Finished(films=(film(wish),)))
    await bot.screen.until("film-menu")
    await bot.press("mu")
    assert bot.studio.lanes == [Lane.NORMAL, Lane.NORMAL, Lane.FAST]
    assert [one.goal for one in bot.studio.orders.values()] == [Goal.PREVIEWS, Goal.FILM, Goal.FILM]


async def test_the_daily_limit_is_told(bot: Bot) -> None:
    bot.studio.refusal = DailyLimit(3, resets_at=datetime.now(UTC) + timedelta(minutes=30))
    await bot.send_photo(30, caption=MUG)
    await bot.press("n")
    await bot.press("rv")
    await bot.press("mk")
    assert (
        bot.screen.message("declined").text
        == "That's all the videos for today.\nYou can order again in about 30 minutes."
    )


async def test_the_style_is_remembered_for_another_chat_of_the_seller(bot: Bot) -> None:
    await order(bot)
    elsewhere = Sender(chat="test:9", seller=SELLER.seller)
    await bot.send_photo(90, elsewhere)
    assert bot.screen.key("ss").label == "✨ Same style as last time"


async def test_history_is_the_sellers_own(bot: Bot, store: Store) -> None:
    job = await order(bot)
    await store.films.add(SELLER.seller, job, film(bot.studio.orders[job].wish), datetime.now(UTC))
    await bot.concierge.handle(SELLER, Commanded(command=Command.FILMS))
    assert "1. Nordtisch mug" in bot.screen.message("films").text
    other = Sender(chat="test:2", seller="test:u2")
    await bot.concierge.handle(other, Commanded(command=Command.FILMS))
    assert bot.screen.message("say").text.startswith("I haven't made a video for you in the last 180 days.")
    await bot.press("rs")
    assert "TikTok" in bot.screen.message("film").text


async def test_deleting_leaves_no_row_and_stops_what_is_being_made(bot: Bot, store: Store) -> None:
    job = await order(bot)
    state = Session.model_validate_json(await store.sessions.load(SELLER.chat) or "")
    photo = state.draft.photos[0].photo
    await bot.concierge.handle(SELLER, Commanded(command=Command.DELETE_ME))
    await bot.press("de")
    await bot.press("ds")
    assert bot.studio.cancelled == [job]
    assert await store.sessions.load(SELLER.chat) is None
    assert await store.sellers.profile(SELLER.seller) == type(await store.sellers.profile("nobody"))()
    assert await store.jobs.unfinished() == ()
    assert not await store.blobs.has(photo)
    assert bot.screen.message("forgotten").text == (
        "Everything is deleted. Send photos if you ever want to begin again."
    )
    assert not any([await store.slots.find(SELLER.chat, f"{name}-1") for name in ("say", "ask", "aside", "photos")])


async def test_chats_do_not_wait_for_each_other(bot: Bot) -> None:
    others = [Sender(chat=f"test:{at}", seller=f"test:u{at}") for at in range(10, 40)]
    await asyncio.gather(*(bot.concierge.handle(one, TextSent(text="hello")) for one in others))
    assert bot.screen.topics() == ["say"] * 30


async def test_a_conversation_that_was_removed_says_so_and_the_seller_keeps_their_settings(
    bot: Bot, store: Store
) -> None:
    await bot.send_photo(30, caption=MUG)
    token = bot.screen.key("n").token
    await store.sellers.save(SELLER.seller, Profile(language="de"))
    await pass_days(store, store.settings.keep_drafts_days + 1)
    assert await store.retention.end_chat(SELLER.chat, store.settings.terms) is not None
    reply = await bot.concierge.press(SELLER, token)
    assert reply.hints == (
        "Dieser Knopf gehört zu einem Gespräch, das ich nicht mehr habe: Was 180 Tage lang nicht genutzt wird, wird "
        "gelöscht. Schick die Fotos noch einmal.",
    )


async def test_the_list_of_films_has_only_what_is_still_there(bot: Bot, store: Store) -> None:
    await bot.send_photo(30, caption=MUG)
    wish = Wish(brief=Brief(photos=(), language="en", tone=Tone.CALM, platforms=()))
    made, terms = film(wish), Terms(films=-1.0, drafts=-1.0)
    jobs = []
    for dedupe in ("old", "new"):
        order = Order(goal=Goal.FILM, wish=wish)
        placed = await store.jobs.place(order, chat=SELLER.chat, seller=SELLER.seller, lane=Lane.NORMAL, dedupe=dedupe)
        claim = await store.leases.claim(placed.job, fence=1, owner="worker")
        assert claim is not None
        await store.leases.end(claim, seq=1, event=Finished(films=(made,)), records=())
        jobs.append(placed.job)
    assert await store.retention.remove(jobs[0], terms) is not None
    await bot.concierge.handle(SELLER, Commanded(command=Command.FILMS))
    listed = bot.screen.message("films")
    assert [key.label for row in listed.rows for key in row if isinstance(key, Key)] == ["▶ 1", "Close"]
    assert "Each is kept for 180 days after you last use it." in listed.text
