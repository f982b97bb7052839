"""What Discord itself would object to: permissions, double answers, commands that were never listed (simcord)."""

from __future__ import annotations

from pathlib import Path

import discord
import simcord
from pydantic import SecretStr

from bot.dialogue.events import Command, Commanded, TextSent
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from bot.frontends.discord.config import DiscordSettings
from bot.inlet import Reply
from bot.outlet import Key, Message
from storage.config import StorageSettings
from storage.store import open_store
from tests.fakes.notebook import Notebook


async def test_commands_threads_presses_and_forms_go_by_discords_rules(tmp_path: Path, desk: Notebook) -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)
    client = discord.Client(intents=intents, allowed_mentions=discord.AllowedMentions.none())
    settings = DiscordSettings(token=SecretStr("simulated"))
    async with open_store(StorageSettings(frame_home=tmp_path)) as store:
        front = DiscordFrontEnd(settings, slots=store.slots, inbox=store.inbox, phrases=Phrases(), client=client)
        front.attach(desk)
        async with simcord.run(client) as env:
            guild = env.create_guild()
            channel = guild.create_text_channel("shop")
            sam = guild.add_member(env.create_user("sam"))
            result = await sam.slash(channel, "new")
            await desk.until(1)
            assert desk.heard[0][1] == Commanded(command=Command.NEW)
            await env.settle()
            assert result.ephemeral

            desk.reply = Reply(hints=("Noted.",))
            dm = sam.user.dm_channel
            chat = f"discord:{dm.id}"
            rows = ((Key("Calm", "token-c", "c=calm"),),)
            await front.post(chat, Message(topic="product", text="What?", rows=rows, typing="a mug", key="k"))
            await sam.user.click(dm.last_message, label="Calm")
            assert (await desk.until(2))[1] == "token-c"
            shown = await sam.user.click(dm.last_message, label="Write")
            await sam.user.submit_modal(shown, {"answer": "a mug"})
            assert (await desk.until(3))[2] == TextSent(text="a mug")
        front.close()
