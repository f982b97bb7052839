"""The bot is killed while it posts: at the next start what it posted is found, and seen once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.outlet import Attachment
from storage.store import Store
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import AnswerLost, Refused
from tests.jobs.conftest import Installation
from tests.telegram.test_faults import PATIENCE, bot_process
from tests.telegram.test_outlet import CHAT, message

CHATS, KILLS = 10, 9


def _files(folder: Path, *names: str) -> tuple[Attachment, ...]:
    for name in names:
        (folder / name).write_bytes(b"file")
    return tuple(
        Attachment("document", folder / name, "text/plain", name, sha256=name)
        if not name.endswith(".mp4")
        else Attachment("video", folder / name, "video/mp4", name, sha256=name, cover=folder / name)
        for name in names
    )


@pytest.mark.parametrize(
    ("killed_at", "names", "kinds"),
    [
        ("sendMessage", (), ["text"]),
        ("sendVideo", ("film.mp4",), ["video"]),
        ("sendMessage", ("film.srt", "cover.jpg"), ["text", "document", "document"]),
        ("sendMediaGroup", ("film.srt", "cover.jpg"), ["text", "document", "document"]),
        ("sendDocument", ("film.srt",), ["text", "document"]),
    ],
)
async def test_what_was_posted_when_the_bot_was_killed_is_seen_once(
    api: BotApi,
    store: Store,
    bot: Bot,
    tmp_path: Path,
    killed_at: str,
    names: tuple[str, ...],
    kinds: list[str],
) -> None:
    """The bot did not hear from the chat since it started: only what is stored tells it where to look."""
    earlier = await TelegramOutlet(bot, store.slots, Calls(bot)).post(CHAT, message("Earlier"))
    await store.slots.note(CHAT, "earlier", earlier)
    posted = message("Here it is", attachments=_files(tmp_path, *names), key=f"{CHAT}/job/part")
    api.trouble = lambda method, fields: AnswerLost() if method == killed_at else None
    dying = asyncio.Event()

    async def die(_: float) -> None:
        dying.set()
        await asyncio.Event().wait()

    life = asyncio.create_task(TelegramOutlet(bot, store.slots, Calls(bot, sleep=die)).post(CHAT, posted))
    await asyncio.wait_for(dying.wait(), 30)
    life.cancel()
    api.trouble = lambda method, fields: None
    await TelegramOutlet(bot, store.slots, Calls(bot)).post(CHAT, posted)
    assert [one.kind for one in api.shown(7)] == ["text", *kinds]


async def test_what_took_the_place_of_a_deleted_message_when_the_bot_was_killed_is_seen_once(
    api: BotApi, store: Store, bot: Bot
) -> None:
    was = await TelegramOutlet(bot, store.slots, Calls(bot)).post(CHAT, message("Earlier", key=f"{CHAT}//one"))
    await store.slots.note(CHAT, "one", was)
    del api.messages[7, int(was[1:])]
    now = message("Later", key=f"{CHAT}//one")
    api.trouble = lambda method, fields: AnswerLost() if method == "sendMessage" else None
    dying = asyncio.Event()

    async def die(_: float) -> None:
        dying.set()
        await asyncio.Event().wait()

    life = asyncio.create_task(TelegramOutlet(bot, store.slots, Calls(bot, sleep=die)).edit(CHAT, was, now))
    await asyncio.wait_for(dying.wait(), 30)
    life.cancel()
    api.trouble = lambda method, fields: None
    await TelegramOutlet(bot, store.slots, Calls(bot)).edit(CHAT, was, now)
    assert [one.text for one in api.shown(7)] == ["Later"]


@pytest.mark.chaos
async def test_ninety_updates_and_nine_kills_lose_nothing_and_show_nothing_twice(
    frame: Installation, api: BotApi
) -> None:
    chance = random.Random(11)

    def answered() -> Counter[int]:
        return Counter(one.chat for chat in range(1, CHATS + 1) for one in api.shown(chat))

    for kill in range(KILLS):
        for chat in range(1, CHATS + 1):
            await api.write(chat, chat, text="/help")
        async with bot_process(api, frame.home) as process:
            left = chance.randint(1, 3)

            def strike(
                method: str, fields: dict[str, Any], process: Any = process, kill: int = kill
            ) -> Exception | None:
                nonlocal left
                left -= method == "sendMessage"
                if left or method != "sendMessage":
                    return None
                process.kill()
                return AnswerLost() if kill % 2 else Refused(500, "it never arrived")

            api.trouble = strike
            await asyncio.wait_for(process.wait(), PATIENCE)
    assert answered().total() < CHATS * KILLS, "it was killed in the middle"
    api.trouble = lambda method, fields: None
    async with bot_process(api, frame.home):
        await api.until(lambda: answered().total() >= CHATS * KILLS, PATIENCE)
        await api.write(99, 99, text="/help")
        await api.until(lambda: api.shown(99), PATIENCE)
    assert answered() == dict.fromkeys(range(1, CHATS + 1), KILLS)
