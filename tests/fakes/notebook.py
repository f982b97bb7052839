"""Takes the concierge's place, for tests of what a front end hands over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.dialogue.events import Event
from bot.inlet import Reply, Sender


@dataclass
class Notebook:
    """Takes the concierge's place and writes down what it is told."""

    heard: list[tuple[Sender, object]] = field(default_factory=list)
    reply: Reply = field(default_factory=Reply)
    refusal: Reply | None = None  # what everybody is told instead of being served
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    before: Callable[[], Awaitable[Any]] | None = None

    async def _note(self, sender: Sender, what: object) -> Reply:
        if self.before is not None:
            await self.before()
        async with self.news:
            self.heard.append((sender, what))
            self.news.notify_all()
        return self.reply

    async def admit(self, sender: Sender, event: Event | None = None) -> Reply | None:
        return self.refusal

    async def press(self, sender: Sender, token: str) -> Reply:
        return await self._note(sender, token)

    async def photo(self, sender: Sender, data: bytes | Path, *, caption: str = "") -> Reply:
        return await self._note(sender, (data, caption))

    async def handle(self, sender: Sender, event: Event) -> Reply:
        return await self._note(sender, event)

    async def until(self, count: int) -> list[object]:
        async with asyncio.timeout(30), self.news:
            await self.news.wait_for(lambda: len(self.heard) >= count)
        return [what for _, what in self.heard]
