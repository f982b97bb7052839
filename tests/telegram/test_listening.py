"""Asking for updates goes on whatever stands in the way."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog
from telegram import Bot

from bot.frontends.telegram.inbox import DurableQueue
from bot.frontends.telegram.listening import poll
from bot.frontends.telegram.wire import Wire
from storage.store import Store
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import Json, Refused
from tests.telegram.conftest import Waits


async def test_a_second_process_that_polls_is_pointed_out_and_both_go_on(
    api: BotApi, bot: Bot, store: Store, waits: Waits
) -> None:
    ours = [Refused(409, "Conflict: terminated by other getUpdates request"), Refused(502, "Bad Gateway")]
    api.trouble = lambda method, fields: ours.pop(0) if method == "getUpdates" and ours else None
    queue = DurableQueue(store.inbox, account="4242")
    await api.write(7, 70, text="still there?")
    wire = Wire(connections=1)
    await wire.initialize()
    with structlog.testing.capture_logs() as logs:
        polling = asyncio.create_task(poll(bot, queue, wire, seconds=1, sleep=waits))
        update = await asyncio.wait_for(queue.get(), 20)
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
    await wire.shutdown()
    assert getattr(update, "message").text == "still there?"  # noqa: B009 - the queue may hold anything
    said = [one["event"] for one in logs if one["log_level"] == "error"]
    assert said == ["another process is polling with the same token: stop it, or give each its own bot"]
    assert waits.seconds == [1.0, 1.5]


async def test_what_is_asked_for_is_what_is_read(api: BotApi, bot: Bot, store: Store, waits: Waits) -> None:
    asked: list[Json] = []

    def note(method: str, fields: Json) -> Exception | None:
        if method == "getUpdates":
            asked.append(fields)
        return None

    api.trouble = note
    await api.write(7, 70, text="hello")
    wire = Wire(connections=1)
    await wire.initialize()
    polling = asyncio.create_task(poll(bot, DurableQueue(store.inbox, account="4242"), wire, seconds=1, sleep=waits))
    await api.until(lambda: api.waiting() == 0)
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    await wire.shutdown()
    assert asked[0]["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert [int(one["offset"]) for one in asked[:2]] == [0, 2], "what was written down is confirmed by asking for more"
