"""The Telegram front end: one python-telegram-bot application, by polling or by webhook."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import structlog
from telegram import BotCommand, MenuButtonCommands, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, TypeHandler

from bot.dialogue.cards import phrase
from bot.dialogue.events import Command
from bot.dialogue.phrases import Phrases
from bot.errors import SettingsMissing
from bot.frontends.links import Link
from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.inbox import DurableQueue
from bot.frontends.telegram.intake import Intake
from bot.frontends.telegram.listening import be_called, poll
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.frontends.telegram.wire import Wire
from bot.inlet import Desk
from storage.inbox import Inbox
from storage.slots import Slots

GRACE = 20.0  # seconds for what is being handled when the bot stops
AT_ONCE = 256  # updates handled side by side

log = structlog.get_logger()

App = Application[Any, Any, Any, Any, Any, Any]


class TelegramFrontEnd(TelegramOutlet):
    """A Telegram bot account as a front end."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        slots: Slots,
        inbox: Inbox,
        phrases: Phrases,
        link: Link | None = None,
    ) -> None:
        if settings.token is None:
            raise SettingsMissing("TELEGRAM_TOKEN is not set: @BotFather in Telegram gives you one")
        self._settings = settings
        self._phrases = phrases
        token = settings.token.get_secret_value()
        self._queue = DurableQueue(inbox, account=token.partition(":")[0])
        self._updates = Wire(connections=1)
        self._app = _application(settings, token, self._queue, updates=self._updates)
        super().__init__(self._app.bot, slots, Calls(self._app.bot), upload_limit=settings.upload_limit, link=link)

    async def run(self, desk: Desk) -> None:
        """Serve sellers until cancelled."""
        intake = Intake(desk, self._bot, self, calls=self._calls, settings=self._settings, inbox=self._queue.source)

        async def take(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
            if not (await intake.take(update)).taken_out:
                await self._queue.handled(update)

        self._app.add_handler(TypeHandler(Update, take))
        async with self._app:
            await self._introduce()
            await self._app.start()
            try:
                await self._queue.replay(self._bot)
                await self._listen()
            finally:
                await self._stop()

    async def _stop(self) -> None:
        """Let what is being handled finish; what does not is handled again at the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                try:
                    await self._app.stop()
                finally:
                    self.close()

    async def _listen(self) -> None:
        log.info("telegram is listening", bot=self._bot.username, webhook=bool(self._settings.webhook_url))
        if self._settings.webhook_url:
            await be_called(self._bot, self._queue, self._settings)
        else:
            await poll(self._bot, self._queue, self._updates, seconds=self._settings.poll_timeout)

    # ── who we are ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def _introduce(self) -> None:
        """Commands and descriptions in every language; a bot that cannot set them still works."""
        try:
            for locale in (None, *self._phrases.locales):
                await self._introduce_in(locale)
            await self._bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        except TelegramError as error:
            log.warning("commands could not be set", reason=error.message)

    async def _introduce_in(self, locale: str | None) -> None:
        def text(key: str) -> str:
            return self._phrases.text(phrase(key), locale or "en")

        commands = [BotCommand(str(command), text(f"command-{command.replace('_', '-')}")) for command in Command]
        await self._bot.set_my_commands(commands, language_code=locale)
        await self._bot.set_my_description(text("bot-description"), language_code=locale)
        await self._bot.set_my_short_description(text("bot-short-description"), language_code=locale)


def _application(settings: TelegramSettings, token: str, queue: DurableQueue, *, updates: Wire) -> App:
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(settings.base_url)
        .base_file_url(settings.base_file_url)
        .local_mode(local_mode=False)
        .request(Wire(connections=AT_ONCE))
        .get_updates_request(updates)
        .concurrent_updates(AT_ONCE)
        .update_queue(queue)
        .updater(None)
        .build()
    )
