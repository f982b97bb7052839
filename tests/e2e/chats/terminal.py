"""A seller at a terminal: types lines, and reads what is drawn."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from bot.assembly import Bot, open_bot
from bot.frontends.console.console import ConsoleFrontEnd
from bot.frontends.console.screen import Screen
from bot.outlet import Key, Message
from tests.e2e.chats.reading import PATIENCE, Read, Wanted, kind
from tests.jobs.conftest import Installation

WIDE = 400  # columns: no line is broken
_NUMBER = re.compile(r"(?:^|\s{2,})(?:\d+|·) ")


class _Paper(Screen):
    """Paper to read from: what stands in the bubbles, in the order of drawing."""

    def __init__(self) -> None:
        self._paper = io.StringIO()
        super().__init__(Console(file=self._paper, width=WIDE))
        self.bubbles: list[Read] = []

    def message(self, message: Message, *, numbers: Sequence[Key], files: Sequence[str] = ()) -> None:
        before = len(self._paper.getvalue())
        super().message(message, numbers=numbers, files=files)
        drawn = self._paper.getvalue()[before:]
        rows = sum(any(isinstance(key, Key) for key in row) for row in message.rows)
        self.bubbles.append(_bubble(drawn, rows=rows))


def _bubble(drawn: str, *, rows: int) -> Read:
    """What stands in a bubble: text, then files, then rows of numbered buttons, then what may be typed."""
    inner = [line.strip().strip("│").strip() for line in drawn.splitlines() if line.strip().startswith("│")]
    said = [line for line in inner if line and not line.startswith("✎ ")]
    said, pressable = said[: len(said) - rows], said[len(said) - rows :]
    return Read(
        lines=tuple(line for line in said if not line.startswith("⤓ ")),
        choices=tuple(label.strip() for line in pressable for label in _NUMBER.split(line) if label.strip()),
        files=tuple(kind(line) for line in said if line.startswith("⤓ ")),
    )


class _Watched(ConsoleFrontEnd):
    """The terminal chat with somebody who remembers which message was drawn last as what."""

    def __init__(self, folder: Path) -> None:
        self._paper = _Paper()
        super().__init__(self._paper, folder=folder, locale="en")
        self.read: dict[str, Read] = {}
        self.drawn = asyncio.Event()

    async def _draw(self, message_id: str, message: Message) -> None:
        before = len(self._paper.bubbles)
        await super()._draw(message_id, message)
        if len(self._paper.bubbles) > before:
            self.read[message_id] = self._paper.bubbles[-1]
        elif not message.rows:
            self._take_numbers(message_id)
        self.drawn.set()

    async def retire(self, chat: str, message_id: str) -> None:
        await super().retire(chat, message_id)
        self._take_numbers(message_id)

    def _take_numbers(self, message_id: str) -> None:
        """What was drawn stays on the paper, but its numbers press nothing any more."""
        if message_id in self.read:
            self.read[message_id] = replace(self.read[message_id], choices=())


class TerminalChat:
    """A seller at the keyboard."""

    def __init__(self, front: _Watched, bot: Bot, folder: Path) -> None:
        self.before: list[Read] = []
        self._front = front
        self._bot = bot
        self._folder = folder

    def reading(self) -> list[Read]:
        """All bubbles, the newest of each message."""
        return list(self._front.read.values())

    async def command(self, name: str) -> None:
        """Type a command."""
        await self.type(f"/{name}")

    async def album(self, photos: Sequence[bytes]) -> None:
        """Type the paths of photos."""
        self._folder.mkdir(parents=True, exist_ok=True)
        paths = [self._folder / f"photo {number}.jpg" for number in range(len(photos))]
        for path, data in zip(paths, photos, strict=True):
            path.write_bytes(data)
        await self.type(" ".join(f'"{path}"' for path in paths))

    async def type(self, text: str) -> None:
        """Type a line."""
        await self._front.take(self._bot.concierge, text)

    async def see(self, wanted: Wanted) -> None:
        """Wait for a bubble."""
        async with asyncio.timeout(PATIENCE):
            while wanted.found(self.reading()) is None:
                self._front.drawn.clear()
                await self._front.drawn.wait()

    async def press(self, wanted: Wanted) -> None:
        """Type the label of a button."""
        await self.see(wanted)
        at = wanted.found(self.reading())
        assert at is not None
        self.before.append(self.reading()[at])
        await self.type(wanted.label)


@asynccontextmanager
async def terminal_chat(frame: Installation, folder: Path) -> AsyncIterator[TerminalChat]:
    """The terminal chat as `run_bot.py` opens it."""
    front = _Watched(folder / "films")
    async with open_bot([front], store=frame.store, client=frame.client) as bot:
        yield TerminalChat(front, bot, folder / "photos")
