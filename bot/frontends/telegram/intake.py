"""What sellers do in Telegram, translated for the concierge."""

from __future__ import annotations

import asyncio
from pathlib import Path

import structlog
from telegram import Bot, CallbackQuery, Message, Update, User
from telegram.error import TelegramError

from bot.dialogue.cards import phrase
from bot.dialogue.events import Command, Commanded, Event, OtherSent, PhotoRefused, TextSent
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError
from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.frontends.telegram.render import Place, shorten
from bot.inlet import Desk, Reply, Sender, Verdict
from bot.outlet import Message as Said

DOWNLOAD_SECONDS = 60.0
ANSWER_SECONDS = 1.0  # a press is answered by then, with or without a hint
TOAST_CHARACTERS = 200

_REFUSALS = {Verdict.FOREIGN: "somebody-else", Verdict.FORGED: "not-ours"}

log = structlog.get_logger()


class Intake:
    """Handles one update after another; several chats at once."""

    def __init__(
        self,
        desk: Desk,
        bot: Bot,
        outlet: TelegramOutlet,
        *,
        calls: Calls,
        settings: TelegramSettings,
        inbox: str,
    ) -> None:
        """Compose it; `inbox` is the source under which updates are written down."""
        self._desk = desk
        self._bot = bot
        self._outlet = outlet
        self._calls = calls
        self._settings = settings
        self._inbox = inbox
        self._phrases = Phrases(Path(__file__).parent / "phrases")

    async def take(self, update: Update) -> Reply:
        """Handle an update; what came of it."""
        if update.callback_query is not None:
            return await self._press(update, update.callback_query)
        if update.message is not None and update.message.from_user is not None:
            return await self._message(update, update.message, update.message.from_user)
        return Reply()

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _message(self, update: Update, message: Message, user: User) -> Reply:
        self._calls.saw(message.chat_id, message.message_id)
        if message.migrate_to_chat_id:
            await self._outlet.moved(message.chat_id, message.migrate_to_chat_id)
            return Reply()
        if user.is_bot or _service(message):
            return Reply()
        sender = await self._sender(update, message, user)
        reply = await self._hand_over(sender, message)
        if reply.hints:
            await self._tell(sender, "\n".join(reply.hints))
        return reply

    async def _hand_over(self, sender: Sender, message: Message) -> Reply:
        if message.photo or message.document:
            return await self._desk.admit(sender) or await self._photo(sender, message)
        if message.text:
            return await self._desk.handle(sender, self._said(message.text))
        return await self._desk.handle(sender, OtherSent())

    async def _tell(self, sender: Sender, text: str) -> None:
        """Say something to whoever wrote: only presses can be answered in private."""
        try:
            await self._outlet.post(sender.chat, Said(topic="hint", text=text))
        except ChatError as error:
            log.info("a hint could not be said", chat=sender.chat, error=repr(error))

    def _said(self, text: str) -> Event:
        if not text.startswith("/"):
            return TextSent(text=text)
        head, _, argument = text[1:].partition(" ")
        name, _, addressee = head.partition("@")
        if name.lower() not in set(Command):
            return TextSent(text=text)
        del addressee  # Telegram delivers only commands meant for us, or for every bot of the group
        return Commanded(command=Command(name.lower()), argument=argument.strip())

    async def _photo(self, sender: Sender, message: Message) -> Reply:
        largest = message.photo[-1] if message.photo else message.document
        if largest is None:
            return Reply()
        caption = message.caption or ""
        if (largest.file_size or 0) > self._settings.download_limit:
            return await self._desk.handle(sender, PhotoRefused(reason="too_large", caption=caption))
        try:
            file = await self._calls.repeat(lambda: self._bot.get_file(largest.file_id, read_timeout=DOWNLOAD_SECONDS))
            data = await self._calls.repeat(lambda: file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
        except TelegramError as error:
            log.warning("a file could not be fetched", chat=sender.chat, reason=error.message)
            reason = "too_large" if "too big" in error.message.lower() else "damaged"
            return await self._desk.handle(sender, PhotoRefused(reason=reason, caption=caption))
        return await self._desk.photo(sender, bytes(data), caption=caption)

    # ── presses ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _press(self, update: Update, query: CallbackQuery) -> Reply:
        """Handle a press. It is answered within a second: with its hint if there is one by then."""
        if query.message is None or query.data is None:
            await self._answer(query, Reply())
            return Reply()
        sender = await self._sender(update, query.message, query.from_user)
        work = asyncio.create_task(self._desk.press(sender, query.data))
        done, _ = await asyncio.wait({work}, timeout=ANSWER_SECONDS)
        await self._answer(query, work.result() if done else Reply())
        return await work

    async def _answer(self, query: CallbackQuery, reply: Reply) -> None:
        hints = reply.hints
        if reply.verdict in _REFUSALS:
            hints = (self._phrases.text(phrase(_REFUSALS[reply.verdict]), query.from_user.language_code or ""), *hints)
        text = shorten(" ".join(hints), TOAST_CHARACTERS) or None
        try:
            await self._bot.answer_callback_query(query.id, text=text, show_alert=reply.verdict is Verdict.FOREIGN)
        except TelegramError as error:
            log.info("a press was not answered", reason=error.message)  # too old, or the bot was down: nothing is lost

    # ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _sender(self, update: Update, message: object, user: User) -> Sender:
        chat = getattr(message, "chat")  # noqa: B009 - messages too old to be read have a chat too, but no common type
        in_topic = isinstance(message, Message) and message.is_topic_message
        topic = message.message_thread_id if isinstance(message, Message) and in_topic else None
        place = Place(await self._outlet.known_as(chat.id), topic)
        return Sender(
            chat=place.key,
            seller=f"telegram:u{user.id}",
            locale=user.language_code or "",
            update=str(update.update_id),
            inbox=self._inbox,
        )


def _service(message: Message) -> bool:
    """Whether a message tells of the chat itself (somebody joined, a title changed) and not something said."""
    return bool(
        message.new_chat_members
        or message.left_chat_member
        or message.new_chat_title
        or message.new_chat_photo
        or message.pinned_message
        or message.group_chat_created
        or message.supergroup_chat_created
        or message.migrate_from_chat_id
        or message.forum_topic_created
        or message.forum_topic_closed
        or message.forum_topic_reopened
        or message.forum_topic_edited
    )
