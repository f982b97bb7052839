"""A seller in Discord, over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from bot.assembly import open_bot
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from tests.discord.conftest import discord_as_before, running, settings
from tests.e2e.chats.reading import PATIENCE, TICK, Read, Wanted, kind
from tests.fakes.discord_people import BUTTON, Person, lines
from tests.fakes.discord_values import Json
from tests.fakes.discord_wire import DiscordWire
from tests.jobs.conftest import Installation


class DiscordChat:
    """A person in direct messages with the bot."""

    def __init__(self, person: Person) -> None:
        self.before: list[Read] = []
        self._person = person

    def reading(self) -> list[Read]:
        """All messages."""
        return [_seen(one) for one in self._person.wire.shown(self._person.dm)]

    async def command(self, name: str) -> None:
        """Give a slash command; its "thinking…" is taken away when it is done."""
        given = await self._person.slash(self._person.dm, name)
        await self._person.wire.until(lambda: given.original is not None, PATIENCE)

    async def album(self, photos: Sequence[bytes]) -> None:
        """Send a message with photos."""
        await self._person.write(self._person.dm, files={f"photo{n}.jpg": data for n, data in enumerate(photos)})

    async def type(self, text: str) -> None:
        """Send words."""
        await self._person.write(self._person.dm, text)

    async def see(self, wanted: Wanted) -> None:
        """Wait for a message."""
        await self._person.wire.until(lambda: self._found(wanted), PATIENCE)

    async def press(self, wanted: Wanted) -> None:
        """Press a button, or choose in a menu what it became."""
        message, read = await self._person.wire.until(lambda: self._found(wanted), PATIENCE)
        self.before.append(read)
        for one in _parts(message):
            if one["type"] == BUTTON and one["label"].removeprefix(TICK) == wanted.label:
                await self._person.press_id(message, one["custom_id"])
                return
            for option in one.get("options", ()):
                if option["label"].removeprefix(TICK) == wanted.label:
                    there = [other["label"] for other in one["options"] if other["default"]]
                    await self._person.choose(message, *(there if one["max_values"] > 1 else ()), option["label"])
                    return

    def _found(self, wanted: Wanted) -> tuple[Json, Read] | None:
        shown = self._person.wire.shown(self._person.dm)
        at = wanted.found([_seen(one) for one in shown])
        return None if at is None else (shown[at], _seen(shown[at]))


def _parts(message: Json) -> Iterator[Json]:
    for row in message["components"]:
        yield from row["components"]


def _seen(message: Json) -> Read:
    return Read(
        lines=tuple(lines(message)),
        choices=tuple(choice for one in _parts(message) for choice in _choices(one)),
        files=tuple(kind(one["filename"]) for one in message["attachments"]),
    )


def _choices(one: Json) -> Iterator[str]:
    """What a button or a menu offers, as the buttons of other chats would say it."""
    if one["type"] == BUTTON:
        if not one["custom_id"].startswith("w:"):  # which opens the form to write in
            yield one["label"]
        return
    for option in one["options"]:
        hears = one["custom_id"] == "m:h"
        yield "▶" if hears else (TICK if option["default"] else "") + option["label"]


@asynccontextmanager
async def discord_chat(frame: Installation) -> AsyncIterator[DiscordChat]:
    """The bot in Discord as `run_bot.py` puts it together."""
    with discord_as_before():
        async with DiscordWire().serve() as wire:
            front = DiscordFrontEnd(settings(wire), slots=frame.store.slots, inbox=frame.store.inbox, phrases=Phrases())
            async with (
                open_bot([front], store=frame.store, client=frame.client) as bot,
                running(front, bot.desk, wire),
            ):
                yield DiscordChat(Person(wire, 70))
        assert wire.faults == []
