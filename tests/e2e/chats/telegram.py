"""A seller in Telegram, over the wire."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from tests.e2e.chats.reading import PATIENCE, POST, TICK, Read, Wanted
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api_values import Shown
from tests.jobs.conftest import Installation
from tests.telegram.chatting import telegram_bot

CHAT, USER = 7, 70
_KINDS = {"photo": "picture", "video": "video", "audio": "sound", "document": "document"}
_COPIES = re.compile(r"\n\n(?:Copy [a-z]+):\n.*", re.DOTALL)  # a text that is too long for a button that copies it


class TelegramChat:
    """A person in a private chat with the bot."""

    def __init__(self, api: BotApi) -> None:
        self.before: list[Read] = []
        self._api = api

    def reading(self) -> list[Read]:
        """All messages; files without words belong to the words that they go with."""
        shown = self._api.shown(CHAT)
        files = tuple("document" for one in shown if one.kind == "document" and not one.text)
        said = [_seen(one) for one in shown if one.kind != "document" or one.text]
        return [replace(read, files=files) if read.begins((POST,)) else read for read in said]

    async def command(self, name: str) -> None:
        """Send a command."""
        await self.type(f"/{name}")

    async def album(self, photos: Sequence[bytes]) -> None:
        """Send an album."""
        for data in photos:
            await self._api.write(CHAT, USER, photo=data, media_group_id="album")

    async def type(self, text: str) -> None:
        """Send words."""
        await self._api.write(CHAT, USER, text=text)

    async def see(self, wanted: Wanted) -> None:
        """Wait for a message."""
        await self._api.until(lambda: self._found(wanted), PATIENCE)

    async def press(self, wanted: Wanted) -> None:
        """Press a button and wait until Telegram was told that it arrived."""
        shown, read = await self._api.until(lambda: self._found(wanted), PATIENCE)
        self.before.append(read)
        label = next(one for one in shown.labels if one.removeprefix(TICK) == wanted.label)
        press = await self._api.press(shown, label, USER)
        await self._api.until(lambda: press in self._api.answers, PATIENCE)

    def _found(self, wanted: Wanted) -> tuple[Shown, Read] | None:
        shown = self._api.shown(CHAT)
        reading = [_seen(one) for one in shown]
        at = wanted.found(reading)
        return None if at is None else (shown[at], reading[at])


def _seen(one: Shown) -> Read:
    pressable = [key["text"] for row in one.buttons for key in row if "callback_data" in key]
    return Read(
        lines=tuple(_COPIES.sub("", one.text).splitlines()),
        choices=tuple(pressable),
        files=(_KINDS[one.kind],) if one.kind != "text" else (),
    )


@asynccontextmanager
async def telegram_chat(frame: Installation) -> AsyncIterator[TelegramChat]:
    """The bot in Telegram as `run_bot.py` puts it together."""
    async with BotApi().serve() as api, telegram_bot(api, frame.store, frame.client):
        yield TelegramChat(api)
    assert [call for call in api.calls if call.refused] == []
