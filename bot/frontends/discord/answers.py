"""What only the one who acted gets to see: acknowledgements, hints, the form to write in, where the talk goes on.

All of this lives on the token of an interaction. When that has died nothing is lost: the conversation itself never
depends on one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import aiohttp
import discord
import structlog

from bot.dialogue.cards import phrase
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.deeds import ANSWER, PHOTOS
from bot.frontends.discord.doors import Room
from bot.frontends.discord.render import PENCIL, TEXT, TITLE, UPLOADS, WRITE, Say, escape, shorten, unescape
from bot.inlet import Reply, Verdict

ANSWER_SECONDS = 20.0
HINT_CHARACTERS = 100
MOST_WORDS = 1500

log = structlog.get_logger()

Asked = discord.Interaction[Any]


class Answers:
    """Answers interactions; a dead one is logged and forgotten."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    async def acknowledge(self, interaction: Asked) -> None:
        """Say within a moment that a press arrived; the message stays as it is for now."""
        await self._try(interaction.response.defer(), "acknowledge")

    async def think(self, interaction: Asked) -> None:
        """Say within a moment that a command arrived; the answer is for the one who gave it."""
        await self._try(interaction.response.defer(ephemeral=True, thinking=True), "acknowledge")

    async def show_form(self, interaction: Asked, shown: discord.ui.Modal) -> None:
        """Open the form to write in."""
        await self._try(interaction.response.send_modal(shown), "open a form")

    async def whisper(self, interaction: Asked, text: str) -> None:
        """Tell something to the one who pressed."""
        await self._try(interaction.followup.send(shorten(escape(text), TEXT), ephemeral=True), "whisper")

    async def tell(self, interaction: Asked, reply: Reply) -> None:
        """Tell what came of a press, if that concerns only the one who pressed."""
        text = self._text(reply, str(interaction.locale))
        if text:
            await self.whisper(interaction, text)

    async def finish(self, interaction: Asked, text: str) -> None:
        """Put something in place of the "thinking…" of a command; nothing takes it away. The text is shown as it is."""
        if text:
            shown = interaction.edit_original_response(
                content=shorten(text, TEXT), allowed_mentions=discord.AllowedMentions.none()
            )
            await self._try(shown, "answer a command")
        else:
            await self._try(interaction.delete_original_response(), "answer a command")

    async def lead(self, interaction: Asked, reply: Reply, room: Room, *, closed: str) -> None:
        """Say what came of a command, and where the conversation goes on when that is elsewhere."""
        locale = str(interaction.locale)
        if reply.verdict is Verdict.CLOSED:
            await self.finish(interaction, escape(closed))
            return
        lines = [escape(text)] if (text := self._text(reply, locale)) else []
        if room.elsewhere:
            lines.append(self._phrases.text(phrase("go-on-here", place=room.elsewhere), locale))
        await self.finish(interaction, "\n".join(lines))

    def _text(self, reply: Reply, locale: str) -> str:
        if reply.verdict is Verdict.FOREIGN:
            return self._phrases.text(phrase("somebody-else"), locale)
        if reply.verdict is Verdict.FORGED:
            return self._phrases.text(phrase("not-ours"), locale)
        return "\n".join(reply.hints)

    async def _try(self, answer: Awaitable[object], what: str) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await answer
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.info("an interaction was not answered", what=what, reason=f"{type(error).__name__}: {error}")


def form(interaction: Asked, say: Say) -> discord.ui.Modal:
    """The form behind the Write button: words, and photos where a photo answers as well."""
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    topic = custom_id.removeprefix(WRITE)
    made = discord.ui.Modal(title=shorten(say("write-title"), TITLE), custom_id=custom_id)
    if topic != "logo":
        words = discord.ui.TextInput[discord.ui.Modal](
            custom_id=ANSWER,
            style=discord.TextStyle.paragraph,
            placeholder=shorten(_hint(interaction.message), HINT_CHARACTERS) or None,
            max_length=MOST_WORDS,
            required=topic not in UPLOADS,
        )
        made.add_item(discord.ui.Label(text=shorten(say("write-title"), TITLE), component=words))
    if topic in UPLOADS:
        upload = discord.ui.FileUpload[discord.ui.Modal](
            custom_id=PHOTOS, required=topic == "logo", min_values=0 if topic != "logo" else 1, max_values=10
        )
        made.add_item(discord.ui.Label(text=shorten(say("write-photos"), TITLE), component=upload))
    made.stop()  # so that discord.py does not keep it
    return made


def _hint(message: discord.Message | None) -> str:
    """What the message says may be typed."""
    lines = message.content.splitlines() if message is not None else []
    return next((unescape(line.removeprefix(PENCIL)) for line in lines if line.startswith(PENCIL)), "")
