"""News of jobs reach their chats, until the end of each was shown."""

from __future__ import annotations

import asyncio

from bot.errors import ChatError
from pipeline.model import Failed, Finished, Goal, Order, Wish
from storage.jobs import Lane
from storage.store import Store
from tests.bot.conftest import SELLER, Bot, Start, order
from tests.bot.material import film, previews, progressed


async def settled(bot: Bot, job: str) -> None:
    async with asyncio.timeout(20):
        await bot.courier.rest()
    assert await bot.store.deliveries.settled(job)


async def test_progress_and_end_of_a_job_are_one_message(bot: Bot) -> None:
    job = await order(bot)
    await bot.studio.tell(job, progressed(0.3), progressed(0.6), Failed(phrase="failed-bug", reference="r1"))
    await settled(bot, job)
    about = [message for message in bot.screen.messages.values() if message.topic in ("progress", "ended")]
    assert [message.text.splitlines()[0] for message in about] == ["I couldn't finish this one."]


async def test_the_end_of_a_job_is_settled_once_it_was_shown(bot: Bot) -> None:
    job = await order(bot)
    assert not await bot.store.deliveries.settled(job)
    await bot.studio.tell(job, previews(bot.studio.orders[job].wish, 2))
    await settled(bot, job)
    assert bot.screen.topics().count("preview") == 2


async def test_an_end_that_the_chat_did_not_take_is_shown_again_later_and_nothing_twice(bot: Bot) -> None:
    job = await order(bot)
    posts = len(bot.screen.messages)
    refused = ChatError("no answer")
    original = bot.screen.post
    calls = 0

    async def every_third_fails(chat: str, message: object) -> str:
        nonlocal calls
        calls += 1
        if calls % 3 == 0:
            raise refused
        return await original(chat, message)  # type: ignore[arg-type]

    bot.screen.post = every_third_fails  # type: ignore[method-assign]
    await bot.studio.tell(job, previews(bot.studio.orders[job].wish, 2))
    await settled(bot, job)
    assert bot.waits
    assert bot.screen.topics()[posts:].count("preview") == 2
    assert bot.screen.topics().count("choose") == 1
    assert bot.screen.topics().count("done") == 1


async def test_what_a_blocked_chat_missed_is_shown_when_the_seller_is_back(bot: Bot) -> None:
    job = await order(bot)
    bot.screen.closed = True
    await bot.studio.tell(job, previews(bot.studio.orders[job].wish, 2))
    async with asyncio.timeout(20):
        await bot.courier.rest()
    assert not await bot.store.deliveries.settled(job)
    assert "preview" not in bot.screen.topics()
    bot.screen.closed = False
    await bot.type("hello again")
    await bot.screen.until("choose")
    await settled(bot, job)
    assert bot.screen.topics().count("preview") == 2


async def test_a_job_that_ended_while_the_bot_was_away_is_delivered_at_its_start(start: Start) -> None:
    async with start() as bot:
        job = await order(bot)
    await bot.studio.tell(job, previews(bot.studio.orders[job].wish, 2))
    async with start() as bot:
        await bot.screen.until("choose")
        await settled(bot, job)


async def test_jobs_of_chats_that_are_served_elsewhere_are_left_alone(start: Start, store: Store) -> None:
    async with start() as bot:
        job = await order(bot)
    wish: Wish = bot.studio.orders[job].wish
    other = await store.jobs.place(
        Order(goal=Goal.FILM, wish=wish), chat="elsewhere:1", seller="x", lane=Lane.NORMAL, dedupe="1"
    )
    async with start() as bot:
        await bot.studio.tell(job, previews(wish, 2))
        await bot.screen.until("choose")
        assert not await store.deliveries.settled(other.job)


async def test_a_job_whose_reporting_breaks_does_not_take_the_others_down(bot: Bot) -> None:
    first = await order(bot)
    await bot.studio.tell(first, object())  # type: ignore[arg-type]
    await bot.studio.tell(first, previews(bot.studio.orders[first].wish, 2))
    elsewhere = type(SELLER)(chat="test:2", seller="test:u2")
    second = await order(bot, elsewhere)
    await bot.studio.tell(second, Finished(films=(film(bot.studio.orders[second].wish),)))
    await bot.screen.until("film-menu")
    await settled(bot, second)


async def test_a_hundred_pieces_of_news_are_few_edits_and_the_last_one_is_seen(bot: Bot) -> None:
    bot.screen.edit_seconds = 0.25
    job = await order(bot)
    for at in range(100):
        await bot.studio.tell(job, progressed(at / 100))
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        while bot.screen.message("progress").fraction != 0.99:
            bot.screen.news.clear()
            await bot.screen.news.wait()
    assert sum(topic in ("progress", "board") for _, topic in bot.screen.calls) <= 12


async def test_the_end_overtakes_progress_that_waits(bot: Bot) -> None:
    bot.screen.edit_seconds = 60.0
    job = await order(bot)
    await bot.studio.tell(job, progressed(0.3), progressed(0.5), previews(bot.studio.orders[job].wish, 2))
    await settled(bot, job)
    assert "progress" not in bot.screen.topics()
    assert bot.screen.message("done").text == "2 ideas for you:"
