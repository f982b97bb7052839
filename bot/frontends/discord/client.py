"""The Discord front end: one discord.py client, over as many gateway connections as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import uuid4

import discord
import structlog
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.dialogue.cards import phrase
from bot.dialogue.events import Command, Commanded, Preset
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError, SettingsMissing
from bot.frontends.discord import deeds
from bot.frontends.discord.answers import Answers, form
from bot.frontends.discord.calls import Calls
from bot.frontends.discord.commands import plant, translator
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.discord.deeds import Deed, File
from bot.frontends.discord.doors import Doors, Refused
from bot.frontends.discord.intake import Intake
from bot.frontends.discord.limits import Sizes
from bot.frontends.discord.outlet import DiscordOutlet, chat_of, own_phrases
from bot.frontends.discord.render import WRITE, escape
from bot.frontends.links import Link
from bot.inlet import Desk, Reply, Sender, Verdict
from storage.inbox import Inbox
from storage.slots import Slots

GRACE = 20.0  # seconds for what is being handled when the bot stops
LONGEST_WAIT = 60.0  # seconds that one call waits for a rate limit

log = structlog.get_logger()

Asked = discord.Interaction[Any]
Done = TypeVar("Done")


class DiscordFrontEnd(DiscordOutlet):
    """A Discord application as a front end."""

    def __init__(
        self,
        settings: DiscordSettings,
        *,
        slots: Slots,
        inbox: Inbox,
        phrases: Phrases,
        link: Link | None = None,
        client: discord.Client | None = None,
    ) -> None:
        """Compose it.

        Args:
            settings: the account.
            slots: where threads are remembered.
            inbox: where deeds are written down.
            phrases: the conversation's.
            link: the address of a file at full quality, where files have one.
            client: to use instead of one of its own.

        Raises:
            SettingsMissing: there is no token.
        """
        if settings.token is None:
            raise SettingsMissing("DISCORD_TOKEN is not set: the page Bot of Discord's developer portal gives you one")
        self._settings = settings
        self._inbox = inbox
        self._all_phrases = phrases
        own, calls, sizes = own_phrases(), Calls(), Sizes()
        super().__init__(client or _client(settings), phrases=own, calls=calls, sizes=sizes, link=link)
        self._doors = Doors(slots=slots, phrases=own, calls=calls, sizes=sizes)
        self._answers = Answers(own)
        self._intake: Intake | None = None
        self._desk: Desk | None = None
        self._at_work: set[asyncio.Task[Any]] = set()
        self._answering: set[asyncio.Future[None]] = set()  # acknowledgements on their way
        for listener in (self.on_ready, self.on_message, self.on_interaction):
            setattr(self._client, listener.__name__, listener)
        self._client.setup_hook = self._set_up  # type: ignore[method-assign]  # the hook is made to be replaced

    def attach(self, desk: Desk) -> None:
        """Say who handles what sellers do; `run` does it by itself."""
        self._desk = desk

    async def run(self, desk: Desk) -> None:
        """Serve sellers until cancelled.

        Raises:
            SettingsMissing: Discord does not accept the token.
        """
        self.attach(desk)
        token = self._settings.token.get_secret_value() if self._settings.token else ""
        if self._settings.base_url:
            Route.BASE = self._settings.base_url
        try:
            await self._client.start(token)
        except discord.LoginFailure as error:
            raise SettingsMissing("Discord does not accept DISCORD_TOKEN.") from error
        except discord.PrivilegedIntentsRequired as error:
            raise SettingsMissing(
                "Discord did not grant the message content intent. Switch it on in the developer portal (page Bot), "
                "or set DISCORD_MESSAGE_CONTENT=false: photos then come by /video and words by the Write button."
            ) from error
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Stop listening and let what is being handled finish; what does not is handled again at the next start."""
        try:
            if self._at_work:
                await asyncio.wait(self._at_work, timeout=GRACE)
        finally:
            await self._client.close()
            self.close()

    async def _set_up(self) -> None:
        """Logged in and not connected yet."""
        account = str(self._client.application_id or "")
        if self._desk is None:
            raise RuntimeError("logged in without a desk")
        self._intake = Intake(
            self._desk, self, self._inbox, phrases=self._all_phrases, hosts=self._settings.hosts, account=account
        )
        if self._settings.base_url:
            _, gateway, _ = await self._client.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        tree = app_commands.CommandTree(self._client)
        plant(tree, self, phrases=self._all_phrases, own=self._phrases)
        tree.error(self._apologise)
        await tree.set_translator(translator(self._all_phrases, self._phrases))
        try:
            await tree.sync()
        except (discord.HTTPException, app_commands.AppCommandError) as error:
            log.warning("commands could not be set", reason=str(error))  # those of before still work
        for left in await self._intake.left():
            self._watch(self._intake.again(left))

    # ── what Discord tells ───────────────────────────────────────────────────────────────────────────────────────────

    async def on_ready(self) -> None:
        """Connected."""
        log.info("discord is listening", bot=str(self._client.user), guilds=len(self._client.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        ordinary = message.type in (discord.MessageType.default, discord.MessageType.reply)
        if message.author.bot or not ordinary:
            return
        deed = deeds.of_message(message)
        if deed is None or not await self._may_work(message.channel):
            return
        reply = await self._begin(deed)
        if reply.hints:
            await self._tell(message.channel, "\n".join(reply.hints))

    async def _may_work(self, channel: object) -> bool:
        """Whether this is the place of a conversation, and nothing is missing there; what is missing is said there."""
        if isinstance(channel, discord.DMChannel):
            return True
        thread = await self._doors.ours(self._client, channel)
        if thread is None:
            return False
        try:
            self._doors.check_thread(thread)
        except Refused as refusal:
            await self._tell(thread, refusal.text)
            return False
        return True

    async def _tell(self, place: discord.abc.Messageable, text: str) -> None:
        """Say something to whoever writes in a place: only commands and presses can be answered in private."""
        try:
            await self._calls.do(lambda: place.send(escape(text), allowed_mentions=discord.AllowedMentions.none()))
        except ChatError as error:
            log.info("a hint could not be said", error=repr(error))

    async def on_interaction(self, interaction: Asked) -> None:
        """A button, a menu or a form; commands come through the tree."""
        data: Any = interaction.data or {}
        if interaction.type is discord.InteractionType.modal_submit:
            await self._press(interaction, deeds.of_form(interaction))
        elif interaction.type is not discord.InteractionType.component:
            return
        elif str(data.get("custom_id", "")).startswith(WRITE):
            await self._answers.show_form(interaction, form(interaction, self.say(str(interaction.locale))))
        else:
            await self._press(interaction, deeds.of_press(interaction))

    async def _press(self, interaction: Asked, deed: Deed | None) -> None:
        """Acknowledge at once, in its turn handle, then tell the one who pressed what concerns only them."""
        try:
            self._doors.check(interaction)
        except Refused as refusal:
            await self._answers.acknowledge(interaction)
            await self._answers.whisper(interaction, refusal.text)
            return
        self.sizes.note(interaction.channel_id or 0, interaction.filesize_limit)
        answered = asyncio.ensure_future(self._answers.acknowledge(interaction))
        self._answering.add(answered)
        answered.add_done_callback(self._answering.discard)
        work = self._begin(deed) if deed is not None else None  # what is typed next comes after it
        await answered
        reply = await work if work is not None else Reply(Verdict.FORGED)
        await self._answers.tell(interaction, reply)

    # ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def order(self, interaction: Asked, files: tuple[File, ...], *, text: str, preset: Preset | None) -> None:
        """A new video was asked for, by /video or from the menu of a message."""
        await self._answers.think(interaction)
        if await self._turned_away(interaction):
            return
        if interaction.type is discord.InteractionType.application_command and not files and _is_menu(interaction):
            await self._answers.finish(interaction, self.say(str(interaction.locale))("no-photos-there"))
            return

        def deed(chat: str, *, fresh: bool) -> Deed:
            begin = None if fresh and files else Commanded(command=Command.NEW)
            return _deed(interaction, chat).model_copy(
                update={"command": begin, "files": files, "text": text, "preset": preset}
            )

        await self._lead(interaction, deed, anew=True, about=text.partition("\n")[0][:60])

    async def command(self, interaction: Asked, given: Commanded) -> None:
        """A command of the conversation was given."""
        await self._answers.think(interaction)
        if await self._turned_away(interaction, given):
            return
        if given.command is Command.HELP:
            locale = str(interaction.locale)
            lines = [self._all_phrases.text(phrase(key), locale) for key in ("help", "help-commands")]
            await self._answers.finish(interaction, escape("\n".join(lines)))
            return

        def deed(chat: str, *, fresh: bool) -> Deed:
            return _deed(interaction, chat).model_copy(update={"command": given})

        await self._lead(interaction, deed, anew=given.command in (Command.START, Command.NEW))

    async def _turned_away(self, interaction: Asked, given: Commanded | None = None) -> bool:
        """Whether somebody is not served, which they are told in private; asked before a thread is opened for them."""
        if self._desk is None:
            raise RuntimeError("a command before the start")
        deed = _deed(interaction, chat_of(interaction.channel_id or 0))
        refusal = await self._desk.admit(Sender(chat=deed.chat, seller=deed.seller, locale=deed.locale), given)
        if refusal is None:
            return False
        await self._answers.finish(interaction, escape("\n".join(refusal.hints)))
        return True

    async def _lead(self, interaction: Asked, deed: Any, *, anew: bool, about: str = "") -> None:
        """Go where the conversation takes place, do it there, and say where that is."""
        try:
            room = await self._doors.enter(interaction, anew=anew, about=about)
        except Refused as refusal:
            await self._answers.finish(interaction, escape(refusal.text))
            return
        except ChatError as error:
            await self._apologise(interaction, error)
            return
        reply = await self._begin(deed(room.chat, fresh=room.fresh))
        await self._answers.lead(interaction, reply, room, closed=self._doors.closed(str(interaction.locale)))

    async def _apologise(self, interaction: Asked, error: Exception) -> None:
        """A command could not be carried out: say so, with a reference that is in the log."""
        reference = uuid4().hex[:8]
        log.error("a command could not be carried out", reference=reference, exc_info=error)
        if interaction.type is discord.InteractionType.application_command:  # suggestions just do not come
            text = self._all_phrases.text(phrase("went-wrong", reference=reference), str(interaction.locale))
            await self._answers.finish(interaction, escape(text))

    # ── work ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, deed: Deed) -> asyncio.Task[Reply]:
        if self._intake is None:
            raise RuntimeError("a deed before the start")
        return self._watch(self._intake.take(deed, after=frozenset(self._answering)))

    def _watch(self, work: Coroutine[Any, Any, Done]) -> asyncio.Task[Done]:
        task = asyncio.create_task(work, name="discord deed")
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return task


def _client(settings: DiscordSettings) -> discord.AutoShardedClient:
    """A client that asks for no more than it needs and keeps no members, presences or messages."""
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    intents.message_content = settings.message_content
    return discord.AutoShardedClient(
        intents=intents,
        shard_count=settings.shards or None,
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
        max_ratelimit_timeout=LONGEST_WAIT,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        enable_debug_events=False,
    )


def _deed(interaction: Asked, chat: str) -> Deed:
    return Deed(
        id=str(interaction.id), chat=chat, seller=deeds.seller_of(interaction.user), locale=str(interaction.locale)
    )


def _is_menu(interaction: Asked) -> bool:
    data: Any = interaction.data or {}
    return bool(data.get("type") == discord.AppCommandType.message.value)
