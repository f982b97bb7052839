"""Commands in Discord: what is listed, where a conversation takes place, what is told to whom."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.events import Command, Preset
from bot.frontends.discord.client import DiscordFrontEnd
from bot.inlet import Reply, Verdict
from pipeline.errors import StorageError
from storage.store import Store
from tests.discord.cards import DM_CHAT, question
from tests.fakes.discord_people import CHANNEL, Person
from tests.fakes.discord_values import PRIVATE_THREAD, Place, Refused
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook


async def test_every_command_is_listed_in_every_language(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    listed = {one["name"]: one for one in wire.commands}
    assert set(listed) == {*(command.value for command in Command), "video", "Make a video of this"}
    for one in listed.values():
        assert one["contexts"] == [0, 1, 2]
        assert one["integration_types"] == [0, 1]
        if one["type"] == 1:
            assert set(one["description_localizations"]) == {"en-US", "en-GB", "de", "es-ES", "es-419", "fr"}
    photos = [option for option in listed["video"]["options"] if option["type"] == 11]
    assert len(photos) == 10
    assert listed["video"]["description_localizations"]["de"] == "Aus Produktfotos ein Video machen"


async def test_video_in_a_channel_opens_a_private_thread_and_says_where(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    given = await sam.slash(CHANNEL, "video", photos=(b"one", b"two"), text="Mug\n39 €", tone="calm", platforms="reels")
    preset = Preset(tone="calm", platforms="reels")
    assert await desk.until(3) == [(b"one", "Mug\n39 €"), (b"two", ""), preset]
    thread = max(wire.places)
    told = await sam.heard(given)
    assert told == f"Let's go on here: <#{thread}>"
    assert given.answer == {"type": 5, "data": {"flags": 64}}
    opened = next(call.body for call in wire.calls if call.path.endswith("/threads"))
    assert (opened["type"], opened["name"], opened["invitable"]) == (PRIVATE_THREAD, "Mug", False)
    assert wire.count("PUT", f"/thread-members/{sam.id}") == 1
    assert {sender.chat for sender, _ in desk.heard} == {f"discord:{thread}"}
    assert wire.shown(CHANNEL) == []


async def test_later_commands_lead_to_the_same_thread_and_new_ones_to_another(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    for name in ("new", "films", "new"):
        await sam.heard(await sam.slash(CHANNEL, name))
    chats = [sender.chat for sender, _ in desk.heard]
    assert chats[0] == chats[1] != chats[2]


async def test_a_public_thread_is_opened_where_private_ones_are_not_allowed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.granted &= ~(1 << 36)
    await sam.slash(CHANNEL, "new")
    await desk.until(1)
    assert next(call.body["type"] for call in wire.calls if call.path.endswith("/threads")) == 11


async def test_missing_permissions_are_named_before_anything_begins(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.granted &= ~((1 << 15) | (1 << 38))  # attach files, write in threads
    told = await sam.heard(await sam.slash(CHANNEL, "video", photos=(b"one",)))
    assert "Attach Files" in told
    assert "Send Messages in Threads" in told
    assert desk.heard == []
    assert wire.count("POST", "/threads") == 0


async def test_missing_permissions_are_named_when_a_button_is_pressed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.places[601] = Place(601, PRIVATE_THREAD, guild=True)
    await front.post("discord:601", question())
    wire.granted &= ~(1 << 15)
    assert "Attach Files" in await sam.heard(await sam.press(wire.shown(601)[0], "Calm"))
    assert desk.heard == []


async def test_who_installed_the_bot_for_themselves_is_served_in_direct_messages(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    sam.guild_install = False
    told = await sam.heard(await sam.slash(CHANNEL, "video", photos=(b"one",)))
    assert told.endswith(f"https://discord.com/channels/@me/{sam.dm}")
    assert {sender.chat for sender, _ in desk.heard} == {DM_CHAT}


async def test_closed_direct_messages_are_explained(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    sam.guild_install = False
    desk.reply = Reply(Verdict.CLOSED)
    assert "allow direct messages" in await sam.heard(await sam.slash(CHANNEL, "new"))


async def test_a_video_is_made_from_the_menu_of_a_message(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    with_photo = await sam.write(CHANNEL, "mug", files={"a.jpg": b"one"})
    without = await sam.write(CHANNEL, "no photo")
    assert "no photo" in await sam.heard(await sam.menu(CHANNEL, without))
    await sam.menu(CHANNEL, with_photo)
    assert await desk.until(1) == [(b"one", "mug")]


async def test_help_is_for_the_one_who_asked(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    sam.locale = "de"
    told = await sam.heard(await sam.slash(CHANNEL, "help"))
    assert "/films" in told
    assert "Video" in told
    assert desk.heard == []


async def test_options_are_suggested_in_the_sellers_language(
    wire: DiscordWire, front: DiscordFrontEnd, sam: Person
) -> None:
    sam.locale = "de"
    assert "Ruhig" in await sam.suggest("video", "tone", "")
    assert await sam.suggest("video", "platforms", "tiktok, ree") == ["TikTok", "TikTok, Reels"]
    assert any(name.startswith("Heart") for name in await Person(wire, 71).suggest("video", "voice", "hea"))


async def test_a_thread_that_cannot_be_opened_is_told_with_a_reference(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    full = Refused(400, 160006, "Maximum number of active threads reached")
    wire.trouble = lambda call: full if call.path.endswith("/threads") else None
    assert re.search(r"\b[0-9a-f]{8}\b", await sam.heard(await sam.slash(CHANNEL, "new")))
    assert desk.heard == []


async def test_a_command_that_breaks_is_told_with_a_reference(
    wire: DiscordWire,
    front: DiscordFrontEnd,
    store: Store,
    desk: Notebook,
    sam: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def away(chat: str, slot: str) -> str | None:
        raise StorageError("the database does not answer")

    monkeypatch.setattr(store.slots, "find", away)
    assert re.search(r"\b[0-9a-f]{8}\b", await sam.heard(await sam.slash(CHANNEL, "films")))
    assert desk.heard == []
