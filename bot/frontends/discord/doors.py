"""Where a conversation takes place: in direct messages, or in a thread of its own, so that channels stay clean."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Any

import discord
import structlog

from bot.dialogue.cards import Listed, phrase
from bot.dialogue.phrases import Phrases
from bot.errors import ChatClosed, ChatError
from bot.frontends.discord.calls import Calls
from bot.frontends.discord.limits import IN_CHANNELS, IN_THREADS, Sizes, missing
from bot.frontends.discord.outlet import chat_of
from storage.slots import Slots

DOORS = "discord:doors"  # slots under this key remember a seller's newest thread in a channel
THREADS = "discord:threads"  # and under this one every thread that we opened
REST_MINUTES = 4320  # until Discord archives a thread; it opens again by itself
NAME = 100

log = structlog.get_logger()


@dataclass(frozen=True)
class Room:
    """Where the conversation is. `fresh`: nothing was said there yet. `elsewhere`: how to name it from where one is."""

    chat: str
    fresh: bool = False
    elsewhere: str = ""


class Refused(Exception):
    """There can be no conversation; the text is for the seller."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Doors:
    """Finds or opens the place for a conversation, and says by name what is not allowed before anything begins."""

    def __init__(self, *, slots: Slots, phrases: Phrases, calls: Calls, sizes: Sizes) -> None:
        self._slots = slots
        self._phrases = phrases
        self._calls = calls
        self._sizes = sizes
        self._asking = asyncio.Lock()  # first come, first answered: words stay in their order

    async def ours(self, client: discord.Client, channel: object) -> discord.Thread | None:
        """A thread that we opened; None for any other place.

        After a restart Discord tells of the threads that are not archived; an older one is known by our own notes.
        """
        if isinstance(channel, discord.Thread):
            return channel if client.user is not None and channel.owner_id == client.user.id else None
        if not isinstance(channel, discord.PartialMessageable):
            return None
        async with self._asking:
            if await self._slots.find(THREADS, str(channel.id)) is None:
                return None
            found = await self._fetched(client, channel.id)
        return found if isinstance(found, discord.Thread) else None

    async def enter(self, interaction: discord.Interaction[Any], *, anew: bool, about: str = "") -> Room:
        """The place for what a command begins.

        Args:
            interaction: the command.
            anew: whether it begins something of its own; else it is about what there is already.
            about: what the new thread is called after; the seller's name when empty.

        Raises:
            Refused: something is not allowed.
            ChatError: Discord does not answer.
        """
        channel = interaction.channel
        if channel is None:
            raise ChatError("a command without a channel")
        if isinstance(channel, discord.DMChannel) or interaction.context.dm_channel:
            self._sizes.note(channel.id, interaction.filesize_limit)
            return Room(chat_of(channel.id))
        if interaction.guild is None or not interaction.is_guild_integration():
            return await self._direct(interaction)
        if isinstance(channel, discord.Thread):
            self.check(interaction)
            self._sizes.note(channel.id, interaction.filesize_limit)
            return Room(chat_of(channel.id))
        return await self._thread(interaction, channel, anew=anew, about=about)

    def check(self, interaction: discord.Interaction[Any]) -> None:
        """Whether the bot may do here what a conversation takes.

        Raises:
            Refused: it may not.
        """
        if interaction.guild is not None and interaction.is_guild_integration():
            in_thread = isinstance(interaction.channel, discord.Thread)
            lacking = missing(interaction.app_permissions, IN_THREADS if in_thread else IN_CHANNELS)
            self._refuse(lacking, str(interaction.locale))

    def check_thread(self, thread: discord.Thread) -> None:
        """The same for somebody who writes in a thread.

        Raises:
            Refused: the bot may not do here what a conversation takes.
        """
        me = thread.guild.me
        if me is not None and thread.parent is not None:
            lacking = missing(thread.permissions_for(me), IN_THREADS)
            self._refuse(lacking, str(thread.guild.preferred_locale))

    def _refuse(self, lacking: tuple[str, ...], locale: str) -> None:
        if lacking:
            named = phrase("missing-permissions", names=Listed(items=lacking))
            raise Refused(self._phrases.text(named, self._phrases.nearest(locale)))

    # ── direct messages ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _direct(self, interaction: discord.Interaction[Any]) -> Room:
        """A person who installed the bot for themselves is served in direct messages, wherever they call it."""
        try:
            channel = await self._calls.do(lambda: interaction.user.create_dm())
        except ChatClosed as error:
            raise Refused(self.closed(str(interaction.locale))) from error
        return Room(chat_of(channel.id), elsewhere=f"https://discord.com/channels/@me/{channel.id}")

    def closed(self, locale: str) -> str:
        """What to tell somebody who cannot be written to."""
        return self._phrases.text(phrase("direct-messages-closed"), locale)

    # ── threads ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _thread(self, interaction: discord.Interaction[Any], channel: Any, *, anew: bool, about: str) -> Room:
        slot = hashlib.sha256(f"{channel.id}/{interaction.user.id}".encode()).hexdigest()[:32]
        known = None if anew else await self._slots.find(DOORS, slot)
        if known is not None and await self._fetched(interaction.client, int(known)) is not None:
            return Room(chat_of(int(known)), elsewhere=f"<#{known}>")
        kind = self._kind(interaction, channel)
        locale = str(interaction.locale)
        name = about.strip() or self._phrases.text(phrase("thread-of", name=interaction.user.display_name), locale)
        private = kind is discord.ChannelType.private_thread
        thread = await self._calls.do(
            lambda: channel.create_thread(
                name=" ".join(name.split())[:NAME],
                type=kind,
                auto_archive_duration=REST_MINUTES,
                **({"invitable": False} if private else {}),
            )
        )
        await self._calls.do(lambda: thread.add_user(interaction.user))
        await self._slots.note(DOORS, slot, str(thread.id))
        await self._slots.note(THREADS, str(thread.id), str(channel.id))
        self._sizes.note(thread.id, interaction.filesize_limit)
        log.info("a thread was opened", thread=thread.id, private=private)
        return Room(chat_of(thread.id), fresh=True, elsewhere=f"<#{thread.id}>")

    async def _fetched(self, client: discord.Client, channel: int) -> object | None:
        try:
            return await self._calls.do(lambda: client.fetch_channel(channel))
        except ChatError as error:
            log.info("a place is not there", channel=channel, error=repr(error))
            return None

    def _kind(self, interaction: discord.Interaction[Any], channel: Any) -> discord.ChannelType:
        """A private thread where that is allowed, else a public one."""
        granted = interaction.app_permissions
        lacking = list(missing(granted, IN_THREADS))
        if not isinstance(channel, discord.TextChannel):
            lacking.append("Text Channel")
        news = isinstance(channel, discord.TextChannel) and channel.is_news()
        private = granted.administrator or granted.create_private_threads
        public = granted.administrator or granted.create_public_threads
        if not (public or (private and not news)):
            lacking.append("Create Public Threads" if news else "Create Private Threads")
        self._refuse(tuple(lacking), str(interaction.locale))
        if news:
            return discord.ChannelType.news_thread
        return discord.ChannelType.private_thread if private else discord.ChannelType.public_thread
