"""What sellers do in Telegram, translated for the concierge."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import structlog
from telegram import Bot, CallbackQuery, Document, Message, PhotoSize, Update, User
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.dialogue.cards import phrase
from bot.dialogue.events import Command, Commanded, Edited, Event, OtherSent, PhotoRefused, TextSent
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError
from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.frontends.telegram.render import Place, shorten
from bot.frontends.telegram.terse import call
from bot.inlet import Desk, Reply, Sender, Verdict
from bot.outlet import Message as Said
from pipeline.errors import BadPhoto

DOWNLOAD_SECONDS = 60.0
AHEAD_SECONDS = 15.0  # for which what is written waits for the photos that were sent before it
ANSWER_SECONDS = 1.0  # a press is answered by then, with or without a hint
CUT_FROM = 4000  # characters: apps cut longer texts, about there, and send the rest in the same moment
CUT_SECONDS = 2.0
TOAST_CHARACTERS = 200

_NO_PICTURES = ("video/", "audio/")

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
        self._cut: dict[tuple[int, int], datetime] = {}  # when somebody sent as much as fits into one message
        self._fetching: dict[tuple[int, int], set[asyncio.Task[Reply]]] = {}  # photos under way, by chat and person

    async def take(self, update: Update) -> Reply:
        """Handle an update; what came of it."""
        if update.callback_query is not None:
            return await self._press(update, update.callback_query)
        message = update.message or update.edited_message
        if message is not None and message.from_user is not None:
            return await self._message(update, message, message.from_user)
        return Reply()

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _message(self, update: Update, message: Message, user: User) -> Reply:
        self._calls.saw(message.chat_id, message.message_id)
        if message.migrate_to_chat_id:
            await self._outlet.moved(message.chat_id, message.migrate_to_chat_id)
            return Reply()
        if user.is_bot or message.is_automatic_forward or not self._meant_for_us(message):
            return Reply()
        reply = await self._in_turn(update, message, user)
        hints = reply.hints
        if reply.verdict is Verdict.FOREIGN and (message.text or "").startswith("/"):
            hints = (self._refusal(reply, user), *hints)  # silence would be no answer to a command
        if hints:
            await self._tell(await self._sender(update, message, user), "\n".join(hints))
        return reply

    def _meant_for_us(self, message: Message) -> bool:
        """Whether something was said, and not to somebody else: another bot, or whom the message replies to."""
        if not message.text and not _attached(message):
            return False  # it tells of the chat itself: somebody joined, a title changed
        if message.chat.type == ChatType.PRIVATE or _picture(message):
            return True
        if (message.text or "").startswith("/"):
            addressee = message.text.split(maxsplit=1)[0].partition("@")[2] if message.text else ""
            return addressee.casefold() in ("", self._bot.username.casefold())
        to = message.reply_to_message
        begun_by = to is None or (message.is_topic_message and to.message_id == message.message_thread_id)
        return begun_by or self._wrote(to)

    def _wrote(self, message: Message | None) -> bool:
        return message is not None and message.from_user is not None and message.from_user.id == self._bot.id

    @property
    def _name(self) -> str:
        return f"@{self._bot.username}".casefold()

    def _overheard(self, message: Message) -> bool:
        """Whether something was said among others, neither in reply to the bot nor with its name in it."""
        if message.chat.type == ChatType.PRIVATE or self._wrote(message.reply_to_message):
            return False
        return self._name not in (message.text or message.caption or "").casefold()

    async def _in_turn(self, update: Update, message: Message, user: User) -> Reply:
        """Photos are fetched side by side; what is written after them is about them, and waits until they are there."""
        who = (message.chat_id, user.id)
        if _picture(message) and not update.edited_message:
            work = asyncio.create_task(self._hand_over(update, message, user))
            self._fetching.setdefault(who, set()).add(work)
            try:
                return await work
            finally:
                self._fetching[who].discard(work)
                if not self._fetching[who]:
                    del self._fetching[who]
        if ahead := self._fetching.get(who):
            await asyncio.wait(tuple(ahead), timeout=AHEAD_SECONDS)
        return await self._hand_over(update, message, user)

    async def _hand_over(self, update: Update, message: Message, user: User) -> Reply:
        sender = await self._sender(update, message, user)
        self._outlet.wrote(sender.chat, message.message_id)
        if update.edited_message is not None:
            return await self._desk.handle(sender, Edited()) if message.text or message.caption else Reply()
        if picture := _picture(message):
            if refused := await self._desk.admit(sender):
                return refused
            if len(self._fetching[message.chat_id, user.id]) == 1:  # of an album the first
                await self._outlet.announce(Place.parse(sender.chat), ChatAction.TYPING)
            return await self._photo(sender, picture, message.caption or "")
        overheard = self._overheard(message)
        if message.text:
            if self._goes_on(message, message.text, user):
                return Reply()
            return await self._desk.handle(sender, self._said(message.text, overheard=overheard))
        spoken = message.voice is not None
        other = OtherSent(caption=message.caption or "", overheard=overheard, spoken=spoken)
        return await self._desk.handle(sender, other)

    async def _tell(self, sender: Sender, text: str) -> None:
        """Say something to whoever wrote: only presses can be answered in private."""
        try:
            await self._outlet.post(sender.chat, Said(topic="hint", text=text))
        except ChatError as error:
            log.info("a hint could not be said", chat=sender.chat, error=repr(error))

    def _goes_on(self, message: Message, text: str, user: User) -> bool:
        """Whether a text is the rest of one that Telegram cut in two: what comes so late in it is shortened anyway."""
        who = (message.chat_id, user.id)
        before = self._cut.pop(who, None)
        if len(text) >= CUT_FROM:
            self._cut[who] = message.date
        late = before is None or (message.date - before).total_seconds() > CUT_SECONDS
        return not late and not text.startswith("/")

    def _said(self, text: str, *, overheard: bool) -> Event:
        if not text.startswith("/"):
            if text.startswith("@") and text.casefold().startswith(self._name):
                text = text[len(self._name) :].lstrip(" ,:") or text
            return TextSent(text=text, overheard=overheard)
        head, *argument = text[1:].split(maxsplit=1)
        name = head.partition("@")[0].lower()
        if name not in set(Command):
            return TextSent(text=text)
        return Commanded(command=Command(name), argument="".join(argument).strip())

    async def _photo(self, sender: Sender, largest: PhotoSize | Document, caption: str) -> Reply:
        try:
            data = await self._fetch(sender, largest)
        except BadPhoto as error:
            return await self._desk.handle(sender, PhotoRefused(reason=error.reason, caption=caption))
        return await self._desk.photo(sender, data, caption=caption)

    async def _fetch(self, sender: Sender, largest: PhotoSize | Document) -> bytes:
        """The content of a file.

        Raises:
            BadPhoto: it is too large for a photo, or it did not come.
        """
        self._check_size(largest.file_size)
        try:
            file = await self._calls.repeat(lambda: self._bot.get_file(largest.file_id, read_timeout=DOWNLOAD_SECONDS))
            self._check_size(file.file_size)  # of which the message may have said nothing
            return bytes(await self._calls.repeat(lambda: file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS)))
        except TelegramError as error:
            log.warning("a file could not be fetched", chat=sender.chat, reason=error.message)
            raise BadPhoto("too_large" if "too big" in error.message.lower() else "damaged") from error

    def _check_size(self, size: int | None) -> None:
        if (size or 0) > self._settings.download_limit:
            raise BadPhoto("too_large")

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
            hints = (self._refusal(reply, query.from_user), *hints)
        text = shorten(" ".join(hints), TOAST_CHARACTERS) or None
        try:
            alert = reply.verdict is Verdict.FOREIGN
            await call(self._bot, "answerCallbackQuery", callback_query_id=query.id, text=text, show_alert=alert)
        except TelegramError as error:
            log.info("a press was not answered", reason=error.message)  # too old, or the bot was down: nothing is lost

    def _refusal(self, reply: Reply, user: User) -> str:
        return self._phrases.text(phrase(_REFUSALS[reply.verdict]), user.language_code or "")

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
            place=message.message_id if isinstance(message, Message) else 0,
        )


def _picture(message: Message) -> PhotoSize | Document | None:
    """What may be a photo, in the largest of its sizes; an animation, which comes as a document too, is none."""
    if message.photo:
        return message.photo[-1]
    file = message.document
    if file is None or message.animation or (file.mime_type or "").startswith(_NO_PICTURES):
        return None
    return file


def _attached(message: Message) -> bool:
    """Whether something was sent besides text, also of kinds that the library does not know yet."""
    return bool(message.effective_attachment or message.checklist or "rich_message" in message.api_kwargs)
