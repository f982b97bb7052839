"""The whole product behind a Telegram front end, and a seller who reads a chat and presses what is there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from bot.assembly import Bot, open_bot
from bot.dialogue.admission import Policy
from bot.dialogue.phrases import Phrases
from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.frontend import TelegramFrontEnd
from jobs.client import Client
from pipeline.model import Account
from storage.store import Store
from tests.bot.conftest import shot
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_values import Shown
from tests.fakes.notebook import Notebook

MUG = "Nordtisch mug, matte black, 39,90 €, dishwasher-safe"


@asynccontextmanager
async def telegram_bot(
    api: BotApi,
    store: Store,
    client: Client,
    *,
    policy: Policy | None = None,
    accounts: tuple[Account, ...] = (),
) -> AsyncIterator[Bot]:
    """The bot in Telegram, as `run_bot.py` puts it together; leaving the block kills it."""
    settings = TelegramSettings(token=SecretStr(TOKEN), api_url=api.url, poll_timeout=1)
    front = TelegramFrontEnd(settings, slots=store.slots, inbox=store.inbox, phrases=Phrases())
    async with open_bot([front], store=store, client=client, policy=policy, accounts=accounts) as bot:
        serving = asyncio.create_task(front.run(bot.desk))
        try:
            yield bot
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


@asynccontextmanager
async def serving(api: BotApi, store: Store, desk: Notebook, **more: object) -> AsyncIterator[TelegramFrontEnd]:
    """The Telegram front end alone, telling a notebook what it hears."""
    settings = TelegramSettings(token=SecretStr(TOKEN), api_url=api.url, poll_timeout=1, **more)  # type: ignore[arg-type]
    front = TelegramFrontEnd(settings, slots=store.slots, inbox=store.inbox, phrases=Phrases())
    task = asyncio.create_task(front.run(desk))
    try:
        yield front
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass
class Seller:
    """One person in one chat."""

    api: BotApi
    chat: int = 7
    user: int = 70
    presses: list[str] = field(default_factory=list)

    def shown(self, pattern: str = "") -> list[Shown]:
        """The bot's messages whose text matches."""
        return [one for one in self.api.shown(self.chat) if re.search(pattern, one.text, re.MULTILINE)]

    async def sees(self, pattern: str, *, times: int = 1) -> Shown:
        """Wait for a message; the newest that matches."""
        ready: Callable[[], bool] = lambda: len(self.shown(pattern)) >= times  # noqa: E731
        try:
            await self.api.until(ready)
        except TimeoutError:
            raise AssertionError(f"never seen: {pattern}\n{self.transcript()}") from None
        return self.shown(pattern)[-1]

    async def finds(self, label: str) -> Shown:
        """Wait for a button; the newest message that has it."""

        def having() -> list[Shown]:
            return [one for one in self.api.shown(self.chat) if any(label in text for text in one.labels)]

        try:
            await self.api.until(having)
        except TimeoutError:
            raise AssertionError(f"no button: {label}\n{self.transcript()}") from None
        return having()[-1]

    async def press(self, label: str) -> None:
        """Press the newest button with this label, and wait until the press is answered."""
        press = await self.api.press(await self.finds(label), label, self.user)
        self.presses.append(press)
        await self.api.until(lambda: press in self.api.answers)

    async def type(self, text: str) -> None:
        """Write something."""
        await self.api.write(self.chat, self.user, text=text)

    async def send_photo(self, seed: int, *, album: str = "", caption: str = "") -> None:
        """Send one photo, maybe of an album."""
        more: dict[str, Any] = {"media_group_id": album} if album else {}
        more |= {"caption": caption} if caption else {}
        await self.api.write(self.chat, self.user, photo=shot(seed), **more)

    async def order(self, *, seed: int = 30, caption: str = MUG) -> None:
        """From a photo straight to the start."""
        await self.send_photo(seed, caption=caption)
        await self.sees(r"1 photo")
        await self.press("go on")
        await self.press("Summary")
        await self.press("Make my video")

    def transcript(self) -> str:
        """The chat as it looks now."""
        lines = []
        for (where, number), one in sorted(self.api.messages.items()):
            if where == self.chat:
                lines.append(
                    f"{number:>4} {'bot ' if one.by_bot else 'you '} {one.kind:<8} edits={one.edits} {one.text!r}"
                )
                lines += [f"        [{' | '.join(key['text'] for key in row)}]" for row in one.buttons]
        return "\n".join(lines)
