"""Puts cards into the seller's language and into their messages: posts, edits, and spares chats needless edits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never
from weakref import WeakValueDictionary

import structlog

from bot.dialogue.cards import (
    Button,
    Card,
    CopyButton,
    Document,
    LinkButton,
    Medium,
    Phrase,
    Picture,
    Sound,
    Video,
    phrase,
)
from bot.dialogue.phrases import Phrases
from bot.dialogue.tokens import code, mint
from bot.errors import ChatError
from bot.outlet import Attachment, CopyKey, Key, LinkKey, Message, Outlet
from pipeline.errors import StorageError
from pipeline.model import Artifact
from pipeline.ports import Blobs
from storage.deliveries import Deliveries
from storage.slots import Slots

log = structlog.get_logger()

_SUFFIXES = {
    "image/jpeg": ".jpg", "image/png": ".png", "video/mp4": ".mp4", "audio/mpeg": ".mp3", "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
}  # fmt: skip


@dataclass
class _Pace:
    """The patient cards of one chat: when one was shown last, and which wait."""

    shown_at: float = float("-inf")
    waiting: dict[str, tuple[Card, str]] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None


class Presenter:
    """Shows cards in chats. One slot is one message, across restarts."""

    def __init__(
        self,
        outlets: Mapping[str, Outlet],
        *,
        phrases: Phrases,
        slots: Slots,
        deliveries: Deliveries,
        blobs: Blobs,
        secret: bytes,
    ) -> None:
        self._outlets = outlets
        self._phrases = phrases
        self._slots = slots
        self._deliveries = deliveries
        self._blobs = blobs
        self._secret = secret
        self._paces: dict[str, _Pace] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def text(self, words: Phrase, locale: str) -> str:
        """A phrase in a language."""
        return self._phrases.text(words, locale)

    async def show(self, chat: str, card: Card, *, locale: str) -> None:
        """Show a card; a patient one maybe later, or not at all when a newer one of its slot comes first.

        Raises:
            ChatError: the chat did not take it.
        """
        if card.patient:
            await self._show_patiently(chat, card, locale)
            return
        async with self._lock(chat):
            if chat in self._paces:
                self._drop_passed(self._paces[chat], card)
            await self._put(chat, card, locale)

    def _drop_passed(self, pace: _Pace, card: Card) -> None:
        """Leave out what waits and is news no more: the same slot, and the making of what is now made."""
        for place, (waits, _) in list(pace.waiting.items()):
            if place == _place(card) or (card.job and waits.job == card.job):
                del pace.waiting[place]

    async def retire(self, chat: str, slot: str) -> None:
        """Take the buttons off the message of a slot.

        Raises:
            ChatError: the chat does not answer.
        """
        message_id = await self._slots.find(chat, slot)
        if message_id is not None:
            await self._outlet(chat).retire(chat, message_id)

    def forget(self, chat: str) -> None:
        """Drop the cards that wait in a chat."""
        if chat in self._paces:
            self._paces[chat].waiting.clear()

    async def close(self) -> None:
        """Forget the cards that wait."""
        tasks = [pace.task for pace in self._paces.values() if pace.task is not None]
        self._paces.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ── patience ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _show_patiently(self, chat: str, card: Card, locale: str) -> None:
        pace = self._paces.setdefault(chat, _Pace())
        wait = pace.shown_at + self._outlet(chat).limits(chat).edit_seconds - _now()
        if wait <= 0 and pace.task is None:
            pace.shown_at = _now()
            async with self._lock(chat):
                await self._put(chat, card, locale)
            return
        pace.waiting[_place(card)] = (card, locale)
        if pace.task is None:
            pace.task = asyncio.create_task(self._drain(chat, pace), name=f"edits of {chat}")

    async def _drain(self, chat: str, pace: _Pace) -> None:
        """Show what waits, one card at a time, at the chat's pace."""
        while pace.waiting:
            await asyncio.sleep(pace.shown_at + self._outlet(chat).limits(chat).edit_seconds - _now())
            async with self._lock(chat):
                if not pace.waiting:
                    break
                card, locale = pace.waiting.pop(next(iter(pace.waiting)))
                pace.shown_at = _now()
                try:
                    await self._put(chat, card, locale)
                except ChatError as error:
                    log.info("a passing card was not shown", chat=chat, slot=card.slot, error=repr(error))
        pace.task = None

    def _lock(self, chat: str) -> asyncio.Lock:
        return self._locks.setdefault(chat, asyncio.Lock())

    # ── one card ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _put(self, chat: str, card: Card, locale: str) -> None:
        known = await self._find(chat, card)
        if known is not None and card.once:
            return
        message = await self._message(chat, card, locale)
        outlet = self._outlet(chat)
        if known is None:
            shown = await outlet.post(chat, message)
        else:
            shown = await outlet.edit(chat, known, message)
        if shown != known and card.slot:
            await self._note(chat, card, shown)

    async def _find(self, chat: str, card: Card) -> str | None:
        if not card.slot:
            return None
        if card.job:
            return await self._deliveries.find(card.job, card.slot)
        return await self._slots.find(chat, card.slot)

    async def _note(self, chat: str, card: Card, message_id: str) -> None:
        if card.job:
            await self._deliveries.note(card.job, card.slot, message_id)
        else:
            await self._slots.note(chat, card.slot, message_id)

    async def _message(self, chat: str, card: Card, locale: str) -> Message:
        message = Message(
            topic=card.topic,
            text="\n".join(self.text(line, locale) for line in card.lines).strip("\n"),
            rows=tuple(tuple(self._key(chat, button, card.turn, locale) for button in row) for row in card.rows),
            typing=self.text(card.typing, locale) if card.typing else "",
            fraction=card.fraction,
            job=card.job,
            below=card.below,
            key=f"{chat}/{_place(card)}" if card.slot else "",
            locale=locale,
        )
        try:
            attachments = tuple([await self._attachment(medium, locale) for medium in card.media])
        except StorageError as error:
            log.warning("a file to show is gone", chat=chat, slot=card.slot, error=repr(error))
            return replace(message, text=f"{message.text}\n{self.text(phrase('file-gone'), locale)}".strip())
        return replace(message, attachments=attachments)

    def _key(
        self, chat: str, button: Button | CopyButton | LinkButton, turn: int, locale: str
    ) -> Key | CopyKey | LinkKey:
        label = self.text(button.label, locale)
        if isinstance(button, CopyButton):
            return CopyKey(label=label, text=button.text)
        if isinstance(button, LinkButton):
            return LinkKey(label=label, address=button.address)
        token = mint(button.action, turn=turn, chat=chat, secret=self._secret)
        return Key(label=label, token=token, code=code(button.action), weight=button.weight, picked=button.picked)

    async def _attachment(self, medium: Medium, locale: str) -> Attachment:
        match medium:
            case Picture():
                return await self._file("picture", medium.image, "picture")
            case Sound():
                title = self.text(medium.title, locale)
                return replace(await self._file("sound", medium.audio, "voice"), title=title)
            case Document():
                return replace(await self._file("document", medium.file, medium.name), name=medium.name)
            case Video():
                return replace(
                    await self._file("video", medium.video, medium.name),
                    cover=await self._blobs.open(medium.cover),
                    width=medium.width,
                    height=medium.height,
                    seconds=medium.seconds,
                )
            case _:
                assert_never(medium)

    async def _file(self, kind: str, artifact: Artifact, stem: str) -> Attachment:
        path = await self._blobs.open(artifact)
        suffix = _SUFFIXES.get(artifact.media_type, "")
        return Attachment(
            kind=kind,  # type: ignore[arg-type]  # one of the literals: all callers are above
            path=path,
            media_type=artifact.media_type,
            name=stem + suffix,
            sha256=artifact.sha256,
            size=path.stat().st_size,
        )

    def _outlet(self, chat: str) -> Outlet:
        prefix = chat.partition(":")[0]
        if prefix not in self._outlets:
            raise ChatError(f"no front end serves {prefix} chats in this process")
        return self._outlets[prefix]


def _place(card: Card) -> str:
    return f"{card.job}/{card.slot}"


def _now() -> float:
    return asyncio.get_running_loop().time()
