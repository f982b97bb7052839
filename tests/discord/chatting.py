"""The same seller in a terminal and in Discord: does the same things, and keeps what was read at each step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from bot.assembly import Bot, open_bot
from bot.dialogue.events import Command, Commanded, TextSent
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from bot.inlet import Sender
from bot.outlet import Key, Limits, Message
from tests.discord.conftest import running, settings
from tests.fakes.discord_people import Person, labels, lines
from tests.fakes.discord_values import Json
from tests.fakes.discord_wire import DiscordWire
from tests.jobs.conftest import Installation

PATIENCE = 60.0
PASSING = "The storyboard"  # may be left out when a newer one has come


@dataclass(frozen=True)
class Read:
    """What a message says: its lines, what can be pressed, the files."""

    lines: tuple[str, ...]
    choices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def offers(self, label: str) -> bool:
        return any(choice.removeprefix("✓ ") == label for choice in self.choices)


class Chat(Protocol):
    """A seller in some chat."""

    steps: list[Read]

    def reading(self) -> list[Read]: ...
    async def command(self, name: str) -> None: ...
    async def photos(self, photos: Sequence[bytes]) -> None: ...
    async def type(self, text: str) -> None: ...
    async def press(self, label: str, *, on: str, ticked: str = "", times: int = 1) -> None: ...
    async def rest(self) -> None: ...


def _newest(reading: list[tuple[Any, Read]], label: str, on: str, ticked: str, times: int) -> tuple[Any, Read] | None:
    fitting = [
        (one, read)
        for one, read in reading
        if read.offers(label)
        and any(on in line for line in read.lines)
        and (not ticked or f"✓ {ticked}" in read.choices)
    ]
    come = sum(any(on in line for line in read.lines) for _, read in reading)
    return fitting[-1] if fitting and come >= times else None


# ── the terminal ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class TerminalChat:
    """An outlet on paper and the person before it."""

    prefix: str = "terminal"
    steps: list[Read] = field(default_factory=list)
    shown: dict[str, Message] = field(default_factory=dict)
    bot: Bot | None = None
    _numbers: count[int] = field(default_factory=count)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _sender: Sender = field(default_factory=lambda: Sender(chat="terminal:me", seller="terminal:me", locale="en"))

    def limits(self, chat: str) -> Limits:
        return Limits()

    async def post(self, chat: str, message: Message) -> str:
        return await self.edit(chat, str(next(self._numbers)), message)

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        self.shown[message_id] = message
        self._news.set()
        return message_id

    async def retire(self, chat: str, message_id: str) -> None:
        self.shown[message_id] = Message(
            topic=self.shown[message_id].topic,
            text=self.shown[message_id].text,
            attachments=self.shown[message_id].attachments,
        )

    def reading(self) -> list[Read]:
        return [_read(message) for message in self.shown.values()]

    async def command(self, name: str) -> None:
        await self._bot.concierge.handle(self._sender, Commanded(command=Command(name)))

    async def photos(self, photos: Sequence[bytes]) -> None:
        for data in photos:
            await self._bot.concierge.photo(self._sender, data)

    async def type(self, text: str) -> None:
        await self._bot.concierge.handle(self._sender, TextSent(text=text))

    async def press(self, label: str, *, on: str, ticked: str = "", times: int = 1) -> None:
        async with asyncio.timeout(PATIENCE):
            while not (found := _newest([(one, _read(one)) for one in self.shown.values()], label, on, ticked, times)):
                self._news.clear()
                await self._news.wait()
        message, read = found
        self.steps.append(read)
        keys = [key for row in message.rows for key in row if isinstance(key, Key)]
        await self._bot.concierge.press(self._sender, next(key.token for key in keys if key.label == label))

    async def rest(self) -> None:
        await self._bot.courier.rest()

    @property
    def _bot(self) -> Bot:
        assert self.bot is not None
        return self.bot


def _read(message: Message) -> Read:
    keys = [key for row in message.rows for key in row if isinstance(key, Key)]
    return Read(
        lines=tuple(line for line in message.text.splitlines() if line),
        choices=tuple(sorted(("✓ " if key.picked else "") + key.label for key in keys)),
        files=tuple(one.name for one in message.attachments),
    )


@asynccontextmanager
async def terminal_chat(frame: Installation) -> AsyncIterator[TerminalChat]:
    chat = TerminalChat()
    async with open_bot([chat], store=frame.store, client=frame.client) as bot:
        chat.bot = bot
        yield chat


# ── Discord ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class DiscordChat:
    """A person in direct messages with the bot, over the wire."""

    person: Person
    bot: Bot
    steps: list[Read] = field(default_factory=list)

    def reading(self) -> list[Read]:
        return [_seen(one) for one in self.person.wire.shown(self.person.dm)]

    async def command(self, name: str) -> None:
        given = await self.person.slash(self.person.dm, name)
        await self.person.wire.until(lambda: given.original is not None, PATIENCE)

    async def photos(self, photos: Sequence[bytes]) -> None:
        await self.person.write(self.person.dm, files={f"photo{n}.jpg": data for n, data in enumerate(photos)})

    async def type(self, text: str) -> None:
        await self.person.write(self.person.dm, text)

    async def press(self, label: str, *, on: str, ticked: str = "", times: int = 1) -> None:
        wire = self.person.wire

        def found() -> tuple[Json, Read] | None:
            return _newest([(one, _seen(one)) for one in wire.shown(self.person.dm)], label, on, ticked, times)

        try:
            message, read = await wire.until(found, PATIENCE)
        except TimeoutError:
            seen = "\n".join(str(read) for read in self.reading())
            raise AssertionError(f"never seen: {label} on {on}\n{seen}") from None
        self.steps.append(read)
        for row in message["components"]:
            for one in row["components"]:
                if one.get("label", "").removeprefix("✓ ") == label:
                    await self.person.press_id(message, one["custom_id"])
                    return
        await self._choose(message, label)

    async def _choose(self, message: Json, label: str) -> None:
        for row in message["components"]:
            for option in row["components"][0].get("options", ()):
                if option["label"].removeprefix("✓ ") == label:
                    several = row["components"][0]["max_values"] > 1
                    ticked = [one["label"] for one in row["components"][0]["options"] if one["default"]]
                    await self.person.choose(message, *(ticked if several else ()), option["label"])
                    return

    async def rest(self) -> None:
        await self.bot.courier.rest()


def _seen(message: Json) -> Read:
    ticked = {
        option["label"]
        for row in message["components"]
        for one in row["components"]
        for option in one.get("options", ())
        if option["default"]
    }
    heard = {
        option["label"]
        for row in message["components"]
        for one in row["components"]
        if one["custom_id"] == "m:h"
        for option in one["options"]
    }
    choices = ("▶" if label in heard else label for label in labels(message))
    return Read(
        lines=tuple(lines(message)),
        choices=tuple(sorted(f"✓ {label}" if label in ticked else label for label in choices)),
        files=tuple(one["filename"] for one in message["attachments"]),
    )


@asynccontextmanager
async def discord_chat(frame: Installation, wire: DiscordWire, person: Person) -> AsyncIterator[DiscordChat]:
    front = DiscordFrontEnd(settings(wire), slots=frame.store.slots, inbox=frame.store.inbox, phrases=Phrases())
    async with (
        open_bot([front], store=frame.store, client=frame.client) as bot,
        running(front, bot.concierge, wire),
    ):
        yield DiscordChat(person, bot)
