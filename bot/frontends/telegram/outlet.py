"""Shows the conversation's messages in Telegram chats.

A message's id here is its kind and number: "t12" is text, "m12" has media. Text can become media; media cannot become
text, so such an edit posts anew and removes the old one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import telegram
from telegram import Bot, InputMediaDocument, MessageId
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.dialogue.cards import phrase
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError, TooLarge
from bot.frontends.links import Link
from bot.frontends.telegram.calls import Calls, Moved
from bot.frontends.telegram.config import UPLOAD_LIMIT
from bot.frontends.telegram.render import CAPTION_UNITS, TEXT_UNITS, Place, buttons, keyboard, words
from bot.frontends.telegram.standing import Standing
from bot.frontends.telegram.terse import call
from bot.frontends.telegram.uploads import Fitting, cover, input_media, slot, upload
from bot.outlet import Attachment, Limits, Message
from storage.slots import UPLOADED, Slots

MOVED = "telegram:moved"  # slots under this key remember the new number of a group
BEGUN = "begun"  # slot of a chat in which the post begun last is noted
NO_PREVIEW = {"is_disabled": True}
UPLOAD_SECONDS = 120.0
ANNOUNCING_SECONDS = 2.0
SMALLER = 6  # times that a film is sent, if it is refused for its size
ALBUM = 10

_NUMBER = re.compile(r"[tm]([0-9]+)")
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "no text in the message")


class TelegramOutlet:
    """An `Outlet` over the Bot API."""

    prefix = "telegram"

    def __init__(
        self, bot: Bot, slots: Slots, calls: Calls, *, upload_limit: int = UPLOAD_LIMIT, link: Link | None = None
    ) -> None:
        """Compose it; larger films than `upload_limit` bytes are sent as smaller copies, with a link to the whole."""
        self._bot = bot
        self._fitting = Fitting(upload_limit, link)
        self._slots = slots
        self._calls = calls
        self._asides = Phrases(Path(__file__).parent / "phrases")
        self._begun: dict[int, str] = {}  # the notes of begun posts, by chat
        self._recalled = False
        self._standing = Standing()

    def limits(self, chat: str) -> Limits:
        """One edit in 1.5 s, in groups one in 4 s: what Telegram takes without asking to wait."""
        return Limits(edit_seconds=4.0 if Place.parse(chat).group else 1.5)

    async def post(self, chat: str, message: Message) -> str:
        """Show a new message."""
        posted = await self._fitted(chat, message, self._post_once)
        self._standing.note(chat, posted, message)
        return posted

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        """Show a message in place of another."""
        sunk = message.below and self._standing.sunk(chat, int(message_id[1:]))
        if self._standing.shows(chat, message_id, message) and not sunk:
            return message_id
        self._standing.forget(chat, message_id)
        change = self._replace if sunk else self._edit
        edited = await self._fitted(chat, message, lambda place, fitting: change(place, message_id, fitting))
        self._standing.note(chat, edited, message)
        return edited

    async def retire(self, chat: str, message_id: str) -> None:
        """Take the buttons off a message."""

        async def strip(place: Place) -> str:
            number = int(message_id[1:])
            with suppress(BadRequest):  # it has none, or it is gone: either way nobody can press it
                await self._calls.repeat(
                    lambda: call(self._bot, "editMessageReplyMarkup", chat_id=place.chat, message_id=number)
                )
            return message_id

        self._standing.forget(chat, message_id)
        await self._at(chat, strip)

    def wrote(self, chat: str, number: int) -> None:
        """A person sent a message with this number in a chat."""
        self._standing.wrote(chat, number)

    def invitation(self, code: str) -> str:
        """The address that hands in a code for whoever opens it."""
        return f"https://t.me/{self._bot.username}?start={code}"

    def close(self) -> None:
        """Remove what was prepared for uploads."""
        self._fitting.close()

    # ── where ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _fitted(self, chat: str, message: Message, work: Callable[[Place, Message], Awaitable[str]]) -> str:
        """Do something in a chat with a message as large as may be; smaller, where that is refused for its size."""
        for _ in range(SMALLER):
            fitting = await self._fitting.fitted(message)
            try:
                return await self._at(chat, lambda place: work(place, fitting))  # noqa: B023 - it is awaited here
            except TooLarge:
                if not self._fitting.too_large(fitting):
                    raise
        raise ChatError("no copy is small enough")

    async def _at(self, chat: str, work: Callable[[Place], Awaitable[str]]) -> str:
        """Do something in a chat, in its new place when the group has moved."""
        place = Place.parse(chat)
        moved = await self._slots.find(MOVED, str(place.chat)) if place.group else None
        if moved:
            place = Place(int(moved), place.topic)
        try:
            return await self._guarded(place, work)
        except Moved as news:
            await self.moved(Place.parse(chat).chat, news.chat)
            return await self._guarded(Place(news.chat, place.topic), work)

    async def _guarded(self, place: Place, work: Callable[[Place], Awaitable[str]]) -> str:
        try:
            return await work(place)
        except BadRequest as error:
            raise ChatError(f"BadRequest: {error.message}") from error

    async def moved(self, old: int, new: int) -> None:
        """A group has a new number: remember it both ways."""
        await self._slots.note(MOVED, str(old), str(new))
        await self._slots.note(f"{MOVED}:from", str(new), str(old))

    async def known_as(self, chat: int) -> int:
        """The number under which a group's conversation is kept."""
        old = await self._slots.find(f"{MOVED}:from", str(chat)) if chat < 0 else None
        return int(old) if old else chat

    # ── posting ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _post_once(self, place: Place, message: Message) -> str:
        """Post a message. One that was on its way when the bot stopped may be there already: then it is removed.

        That is known from the note of each post that is made before it begins: the message posted before it, and the
        name of the one posted. To be asked for that one again means that nobody got to know its number.
        """
        if not message.key:
            return await self._post(place, message)
        chat = Place(place.chat).key
        if place.chat not in self._begun:
            self._begun[place.chat] = await self._slots.find(chat, BEGUN) or ""
        before, _, key = self._begun[place.chat].partition(" ")
        if key == message.key and before:
            await self._calls.remove_after(place.chat, int(before))
        begun = f"{await self._highest(place) or ''} {message.key}"
        if begun != self._begun[place.chat]:
            self._begun[place.chat] = begun
            await self._slots.note(chat, BEGUN, begun)
        return await self._post(place, message)

    async def _highest(self, place: Place) -> int | None:
        """The highest message number that is known where a chat's messages are counted, by what is noted as well."""
        if not self._recalled:
            self._recalled = True
            for chat, begun in await self._slots.everywhere(BEGUN):
                before = begun.partition(" ")[0]
                if before and chat.startswith(f"{self.prefix}:"):
                    self._calls.saw(Place.parse(chat).chat, int(before))
        if self._calls.highest(place.chat) is None:
            noted = [_NUMBER.fullmatch(one) for one in await self._slots.messages(place.key)]
            numbers = [int(found[1]) for found in noted if found]
            if numbers:
                self._calls.saw(place.chat, max(numbers))
        return self._calls.highest(place.chat)

    async def _post(self, place: Place, message: Message) -> str:
        if not message.attachments:
            return await self._post_text(place, message)
        if message.attachments[0].kind == "document":
            return await self._post_documents(place, message)
        return await self._post_medium(place, message, message.attachments[0])

    async def _post_text(self, place: Place, message: Message) -> str:
        async def send() -> MessageId:
            said = self._said(place, message)
            sent = await call(self._bot, "sendMessage", **said, message_thread_id=place.topic)
            return MessageId(sent["message_id"])

        return f"t{(await self._calls.post(place.chat, send)).message_id}"

    def _said(self, place: Place, message: Message) -> dict[str, object]:
        """What a message of words is, as the Bot API takes it."""
        return {
            "chat_id": place.chat,
            "text": self._words(place, message) or "…",
            "reply_markup": buttons(message),
            "link_preview_options": NO_PREVIEW,
        }

    def _words(self, place: Place, message: Message) -> str:
        """A text within its limits; where a typed answer might not be seen, it says how it will be."""
        if message.typing and place.group and not self._sees_everything():
            aside = self._asides.text(phrase("only-replies"), message.locale)
            return words(replace(message, text=f"{message.text}\n{aside}"), TEXT_UNITS)
        return words(message, TEXT_UNITS)

    def _sees_everything(self) -> bool:
        """Whether what people write in groups comes to the bot, or only what is sent in reply to it."""
        with suppress(RuntimeError):  # who we are is not known yet: the bot is starting
            return self._bot.bot.can_read_all_group_messages is not False
        return True

    async def _post_medium(self, place: Place, message: Message, file: Attachment) -> str:
        common: dict[str, Any] = {
            "chat_id": place.chat,
            "message_thread_id": place.topic,
            "caption": words(message, CAPTION_UNITS),
            "filename": file.name,
            "reply_markup": keyboard(message),
            "write_timeout": UPLOAD_SECONDS,
            "read_timeout": UPLOAD_SECONDS,
        }

        async def send(source: str | bytes) -> telegram.Message:
            match file.kind:
                case "picture":
                    return await self._bot.send_photo(photo=source, **common)
                case "sound":
                    return await self._bot.send_audio(
                        audio=source, title=file.title or None, duration=round(file.seconds) or None, **common
                    )
                case _:
                    return await self._bot.send_video(
                        video=source,
                        width=file.width or None,
                        height=file.height or None,
                        duration=round(file.seconds) or None,
                        cover=cover(file),
                        thumbnail=cover(file),
                        supports_streaming=True,
                        **common,
                    )

        if file.kind == "video":
            await self.announce(place, ChatAction.UPLOAD_VIDEO)
        sent = await self._calls.post(place.chat, await self._sender(file, send))
        await self._remember(file, sent)
        return f"m{sent.message_id}"

    async def announce(self, place: Place, action: ChatAction) -> None:
        """Have the chat say that something is being done, for some seconds; not worth an error, nor much waiting."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(
                place.chat, action, message_thread_id=place.topic, read_timeout=ANNOUNCING_SECONDS
            )

    async def _post_documents(self, place: Place, message: Message) -> str:
        """The text and its buttons, when there are any, and below it the files in albums, which take no buttons."""
        said = await self._post_text(place, message) if message.text or message.rows else ""
        documents = message.attachments
        try:
            for start in range(0, len(documents), ALBUM):
                last = await self._post_album(place, documents[start : start + ALBUM])
        except (ChatError, BadRequest):
            if said:  # it will be posted again together with its files
                await self._calls.remove(place.chat, int(said[1:]))
            raise
        return said or f"m{last.message_id}"

    async def _post_album(self, place: Place, documents: tuple[Attachment, ...]) -> telegram.Message:
        if len(documents) == 1:
            return await self._calls.post(
                place.chat,
                lambda: self._bot.send_document(
                    place.chat,
                    upload(documents[0]),
                    filename=documents[0].name,
                    message_thread_id=place.topic,
                    write_timeout=UPLOAD_SECONDS,
                ),
            )

        async def send() -> tuple[telegram.Message, ...]:
            album = [InputMediaDocument(upload(file), filename=file.name) for file in documents]
            return await self._bot.send_media_group(
                place.chat, album, message_thread_id=place.topic, write_timeout=UPLOAD_SECONDS
            )

        return (await self._calls.post_album(place.chat, send))[-1]

    # ── editing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _edit(self, place: Place, message_id: str, message: Message) -> str:
        kind, number = message_id[0], int(message_id[1:])
        media = bool(message.attachments) and message.attachments[0].kind != "document"
        if message.attachments and not media:
            return await self._replace(place, message_id, message)
        try:
            if media:
                await self._edit_medium(place, number, message)
                return f"m{number}"
            if kind == "t":
                await self._edit_text(place, number, message)
                return message_id
        except BadRequest as error:
            text = error.message.lower()
            if "not modified" in text:
                return f"{'m' if media else kind}{number}"
            if not any(word in text for word in _GONE):
                raise
        return await self._replace(place, message_id, message)

    async def _replace(self, place: Place, message_id: str, message: Message) -> str:
        """Post a message anew, and remove it where it was."""
        number = int(message_id[1:])
        self._calls.saw(place.chat, number)
        again = replace(message, key=message.key and f"{message.key}@{number}")  # another post than the first
        posted = await self._post_once(place, again)
        with suppress(BadRequest):  # it was gone already
            await self._calls.repeat(lambda: self._bot.delete_message(place.chat, number))
        return posted

    async def _edit_text(self, place: Place, number: int, message: Message) -> None:
        said = self._said(place, message)
        await self._calls.repeat(lambda: call(self._bot, "editMessageText", message_id=number, **said))

    async def _edit_medium(self, place: Place, number: int, message: Message) -> None:
        file = message.attachments[0]

        async def send(source: str | bytes) -> telegram.Message | bool:
            return await self._bot.edit_message_media(
                input_media(file, source, words(message, CAPTION_UNITS)),
                chat_id=place.chat,
                message_id=number,
                reply_markup=keyboard(message),
                write_timeout=UPLOAD_SECONDS,
                read_timeout=UPLOAD_SECONDS,
            )

        sent = await self._calls.repeat(await self._sender(file, send))
        if isinstance(sent, telegram.Message):
            await self._remember(file, sent)

    # ── uploads ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _sender(
        self, file: Attachment, send: Callable[[str | bytes], Awaitable[Any]]
    ) -> Callable[[], Awaitable[Any]]:
        """A call that sends a file by its file_id when Telegram has it already, else (or when it forgot) uploads it."""
        known = await self._slots.find(UPLOADED, slot(file))

        async def call() -> Any:
            if known is not None:
                try:
                    return await send(known)
                except BadRequest as error:
                    if "file" not in error.message.lower():
                        raise
            return await send(await asyncio.to_thread(upload, file))

        return call

    async def _remember(self, file: Attachment, sent: telegram.Message) -> None:
        medium = {"video": sent.video, "sound": sent.audio}.get(file.kind) or (sent.photo[-1] if sent.photo else None)
        if medium is not None:
            await self._slots.note(UPLOADED, slot(file), medium.file_id)
