"""Shows the conversation's messages in Discord: direct messages and threads, posted and edited with the bot's token.

The token of an interaction dies after 15 minutes; nothing here depends on one.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import discord

from bot.dialogue.cards import phrase
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.calls import Archived, Calls, Gone, TooLarge
from bot.frontends.discord.limits import ENVELOPE, Sizes
from bot.frontends.discord.render import Say, face, view
from bot.frontends.discord.uploads import Load, Uploads
from bot.frontends.links import Link
from bot.outlet import Attachment, Key, Limits, Message

PREFIX = "discord"
FILES = 10  # attachments in one message
_REMEMBERED = 4096

Shown = TypeVar("Shown")


class DiscordOutlet:
    """An `Outlet` over Discord's REST API."""

    prefix = PREFIX

    def __init__(
        self, client: discord.Client, *, phrases: Phrases, calls: Calls, sizes: Sizes, link: Link | None = None
    ) -> None:
        """Compose it.

        Args:
            client: logged in before anything is shown.
            phrases: what only this front end says.
            calls: carries calls out.
            sizes: how large uploads may be.
            link: the address of a file at full quality, where files have one.
        """
        self._client = client
        self._phrases = phrases
        self._calls = calls
        self._uploads = Uploads(phrases, link=link)
        self._posted: Counter[str] = Counter()
        self._ticked: OrderedDict[str, frozenset[str]] = OrderedDict()
        self.sizes = sizes

    def limits(self, chat: str) -> Limits:
        """One edit in 1.5 s: below the five in five seconds that Discord takes, with room for what cannot wait."""
        return Limits(edit_seconds=1.5)

    def say(self, locale: str) -> Say:
        """The front end's own phrases in a language."""
        ours = self._phrases.nearest(locale)
        return lambda key: self._phrases.text(phrase(key), ours)

    def ticked(self, message_id: str) -> frozenset[str] | None:
        """The tokens that are ticked in a message, as it was shown last; None when it was shown before a restart."""
        return self._ticked.get(message_id)

    async def post(self, chat: str, message: Message) -> str:
        """Show a new message."""
        nonce = self._nonce(chat, message)
        shown = await self._in(chat, lambda place: self._post(place, message, nonce))
        if message.key:
            self._posted[message.key] += 1
        return shown

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        """Show a message in place of another; anew when that one is gone."""
        try:
            await self._in(chat, lambda place: self._edit(place, int(message_id), message))
        except Gone:
            again = replace(message, key=f"{message.key}/after/{message_id}")
            return await self.post(chat, again)
        return message_id

    async def retire(self, chat: str, message_id: str) -> None:
        """Take the buttons off a message."""

        async def strip(place: discord.PartialMessageable) -> None:
            await self._calls.do(lambda: place.get_partial_message(int(message_id)).edit(view=None))

        with suppress(Gone):  # then nobody can press anything either
            await self._in(chat, strip)

    def close(self) -> None:
        """Remove what was prepared for uploads."""
        self._uploads.close()

    # ── where ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _in(self, chat: str, work: Callable[[discord.PartialMessageable], Awaitable[Shown]]) -> Shown:
        """Do something in a place; an archived thread is opened again for it."""
        channel = channel_of(chat)
        place = self._client.get_partial_messageable(channel)
        try:
            return await work(place)
        except Archived:
            await self._calls.do(lambda: self._client.http.edit_channel(channel, archived=False))
            return await work(place)

    def _nonce(self, chat: str, message: Message) -> str:
        """Names a delivery: Discord makes one message of all that come with the same nonce within some minutes.

        What this process has posted before under the same name was meant to be posted again.
        """
        name = f"{chat} {message.key} {self._posted[message.key]}" if message.key else uuid4().hex
        return base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()[:18]).decode()  # 24 of 25 characters

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _post(self, place: discord.PartialMessageable, message: Message, nonce: str) -> str:
        async def send(files: list[discord.File], notes: tuple[str, ...]) -> discord.Message:
            shown = face(message, self.say(message.locale), notes=notes)
            return await place.send(
                shown.content or (None if files or shown.embeds else "…"),
                embeds=shown.embeds,
                files=files,
                view=view(shown, self.say(message.locale)),
                nonce=nonce,
                allowed_mentions=discord.AllowedMentions.none(),
            )

        sent = await self._upload(place.id, message, send)
        self._remember(str(sent.id), message)
        return str(sent.id)

    async def _edit(self, place: discord.PartialMessageable, number: int, message: Message) -> None:
        async def send(files: list[discord.File], notes: tuple[str, ...]) -> discord.Message:
            shown = face(message, self.say(message.locale), notes=notes)
            return await place.get_partial_message(number).edit(
                content=shown.content or (None if files or shown.embeds else "…"),
                embeds=shown.embeds,
                attachments=files,
                view=view(shown, self.say(message.locale)),
                allowed_mentions=discord.AllowedMentions.none(),
            )

        await self._upload(place.id, message, send)
        self._remember(str(number), message)

    def _remember(self, message_id: str, message: Message) -> None:
        keys = [key for row in message.rows for key in row if isinstance(key, Key)]
        self._ticked[message_id] = frozenset(key.token for key in keys if key.picked)
        self._ticked.move_to_end(message_id)
        while len(self._ticked) > _REMEMBERED:
            self._ticked.popitem(last=False)

    # ── uploads ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _upload(
        self,
        channel: int,
        message: Message,
        send: Callable[[list[discord.File], tuple[str, ...]], Awaitable[discord.Message]],
    ) -> discord.Message:
        """Send with what is attached, made to fit; smaller again should Discord take less than it said."""
        limit = self.sizes.of(channel, _guild(self._client, channel))
        while True:
            load = await self._uploads.load(message.attachments[:FILES], limit=limit - ENVELOPE, locale=message.locale)

            async def call(load: Load = load) -> discord.Message:
                opened = await asyncio.to_thread(lambda: [_file(one) for one in load.files])
                return await send(opened, load.notes)

            try:
                return await self._calls.do(call)
            except TooLarge:
                if not load.files:
                    raise
                limit = self.sizes.refused(channel, limit)


def own_phrases() -> Phrases:
    """What only this front end says."""
    return Phrases(Path(__file__).parent / "phrases")


def chat_of(channel: int) -> str:
    """The chat key of a place."""
    return f"{PREFIX}:{channel}"


def channel_of(chat: str) -> int:
    """The place of a chat key."""
    return int(chat.partition(":")[2])


def _guild(client: discord.Client, channel: int) -> discord.Guild | None:
    known = client.get_channel(channel)
    return getattr(known, "guild", None)


def _file(one: Attachment) -> discord.File:
    return discord.File(one.path, filename=one.name, description=one.title or None)
