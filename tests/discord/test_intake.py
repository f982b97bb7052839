"""What people do in Discord reaches the conversation once, and every press is answered."""

from __future__ import annotations

from bot.dialogue.events import Command, Commanded, OtherSent, PhotoRefused, Preset, TextSent
from bot.frontends.discord.client import DiscordFrontEnd
from tests.discord.conftest import Notebook
from tests.fakes.discord_people import CHANNEL, Person
from tests.fakes.discord_wire import DiscordWire


async def test_words_in_a_direct_message_arrive_with_who_and_where(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "a mug")
    await sam.write(sam.dm, "/films")
    assert await desk.until(2) == [TextSent(text="a mug"), Commanded(command=Command.FILMS)]
    assert {(sender.chat, sender.seller) for sender, _ in desk.heard} == {("discord:70000", "discord:u70")}
