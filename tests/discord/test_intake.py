"""What people do in Discord reaches the conversation once, and every press is answered."""

from __future__ import annotations

import asyncio

from bot.dialogue.events import Command, Commanded, OtherSent, PhotoRefused, Preset, TextSent
from bot.frontends.discord.client import DiscordFrontEnd
from bot.inlet import Reply, Verdict
from bot.outlet import Key, Message
from storage.store import Store
from tests.discord.conftest import Notebook, serving
from tests.fakes.discord_people import CHANNEL, Person
from tests.fakes.discord_values import Refused, everyone_role
from tests.fakes.discord_values import blank_message as blank
from tests.fakes.discord_wire import PRIVATE_THREAD, DiscordWire, Place

DM_CHAT = "discord:70000"


def question() -> Message:
    return Message(topic="tone", text="Which tone?", rows=((Key("Calm", "token-c", "c=calm"),),), key="q")


def platforms() -> Message:
    keys = tuple(
        Key(name, f"token-{name}", f"t={name}", picked=name == "TikTok") for name in ("TikTok", "Reels", "Feed")
    )
    return Message(topic="platforms", text="Where?", rows=(keys, (Key("Done", "token-done", "n"),)), key="p")


# ── words and photos ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_words_in_a_direct_message_arrive_with_who_and_where(
    front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "a mug")
    await sam.write(sam.dm, "/films")
    await sam.write(sam.dm, "<@4242> /nothing")
    expected = [TextSent(text="a mug"), Commanded(command=Command.FILMS), TextSent(text="/nothing")]
    assert await desk.until(3) == expected
    assert {(sender.chat, sender.seller) for sender, _ in desk.heard} == {(DM_CHAT, "discord:u70")}


async def test_an_album_arrives_photo_by_photo_with_its_caption_once(
    front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "mug, 39 €", files={"a.jpg": b"one", "b.heic": b"two"})
    await sam.write(sam.dm, "done")
    assert await desk.until(3) == [(b"one", "mug, 39 €"), (b"two", ""), TextSent(text="done")]
    assert len({sender.update for sender, _ in desk.heard}) == 3


async def test_in_a_server_only_the_threads_that_we_opened_are_listened_to(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.places[601] = Place(601, PRIVATE_THREAD, guild=True)
    await wire.push("THREAD_CREATE", wire.channel(601))
    await sam.write(CHANNEL, "chatter in the channel")
    await sam.write(601, "for the bot")
    assert await desk.until(1) == [TextSent(text="for the bot")]
    assert desk.heard[0][0].chat == "discord:601"


async def test_a_file_over_the_limit_is_explained_without_fetching_it(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    huge = wire.upload("huge.tif", b"x") | {"size": 21_000_000}
    message = blank(sam.dm, wire.next_id(), author=70) | {"content": "mug", "attachments": [huge]}
    await sam.deliver(message)
    assert await desk.until(1) == [PhotoRefused(reason="too_large", caption="mug")]


async def test_files_from_anywhere_but_discord_are_never_asked_for(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    fetched: list[str] = []

    async def canary(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fetched.append((await reader.readline()).decode())
        writer.close()

    server = await asyncio.start_server(canary, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    cdn = wire.url.removeprefix("http://")
    addresses = (
        f"http://127.0.0.1:{port}/photo.jpg",
        f"http://{cdn}@127.0.0.1:{port}/photo.jpg",
        "http://169.254.169.254/latest/meta-data",
        "https://cdn.discordapp.com.evil.example/a.jpg",
        "file:///etc/passwd",
    )
    await sam.slash(sam.dm, "video", urls=addresses)
    heard = await desk.until(1 + len(addresses))
    server.close()
    assert heard[1:] == [PhotoRefused(reason="damaged")] * len(addresses)
    assert fetched == []


async def test_what_is_neither_words_nor_photo_arrives_as_such(
    front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, files={"clip.mp4": b"film"})
    await sam.write(sam.dm, sticker_items=[{"id": "5", "name": "wave", "format_type": 1}])
    assert await desk.until(2) == [OtherSent(), OtherSent()]


async def test_other_bots_are_not_answered(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    robot = blank(sam.dm, wire.next_id(), author=71) | {"content": "buy"}
    robot["author"]["bot"] = True
    await sam.deliver(robot)
    await sam.write(sam.dm, "hello")
    assert await desk.until(1) == [TextSent(text="hello")]


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_message_told_twice_is_handled_once(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    message = await sam.write(sam.dm, "once")
    await sam.deliver(message)
    await sam.write(sam.dm, "after")
    assert await desk.until(2) == [TextSent(text="once"), TextSent(text="after")]


async def test_what_was_not_finished_when_the_bot_died_is_handled_at_the_next_start(
    wire: DiscordWire, store: Store, desk: Notebook, sam: Person
) -> None:
    forever, reached = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        reached.set()
        await forever.wait()

    desk.before = hang
    async with serving(wire, store, desk):
        await sam.write(sam.dm, "do not lose me")
        await asyncio.wait_for(reached.wait(), 20)
        again = Notebook()
        async with serving(wire, store, again):
            assert await again.until(1) == [TextSent(text="do not lose me")]
        forever.set()


async def test_what_was_said_while_the_gateway_was_away_arrives_after_a_resume(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "before")
    await desk.until(1)
    await wire.drop()
    await sam.write(sam.dm, "meanwhile")
    assert await desk.until(2) == [TextSent(text="before"), TextSent(text="meanwhile")]
    assert wire.resumed[0]["session_id"] == "session"
    assert len(wire.identified) == 1


# ── buttons, menus, forms ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_press_is_acknowledged_while_its_work_goes_on(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    release = asyncio.Event()
    desk.before = release.wait
    await front.post(DM_CHAT, question())
    pressed = await sam.press(wire.shown(sam.dm)[0], "Calm")
    await wire.until(lambda: pressed.answer)
    assert pressed.answer == {"type": 6}
    assert desk.heard == []
    release.set()
    assert await desk.until(1) == ["token-c"]


async def test_hints_are_told_only_to_the_one_who_pressed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    desk.reply = Reply(hints=("That button is *from earlier*.",))
    await front.post(DM_CHAT, question())
    pressed = await sam.press(wire.shown(sam.dm)[0], "Calm")
    assert await sam.heard(pressed) == "That button is \\*from earlier\\*."
    assert pressed.whispers[0]["flags"] == 64
    assert len(wire.shown(sam.dm)) == 1


async def test_other_peoples_presses_get_a_private_line_in_their_language(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    desk.reply = Reply(Verdict.FOREIGN)
    await front.post(DM_CHAT, question())
    stranger = Person(wire, 70, locale="de")
    assert "jemand anderem" in await stranger.heard(await stranger.press(wire.shown(sam.dm)[0], "Calm"))


async def test_a_button_that_is_not_ours_does_nothing_and_says_so(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, question())
    strange = await sam.press_id(wire.shown(sam.dm)[0], "persistent_view:button")
    assert "don't know that button" in await sam.heard(strange)
    assert desk.heard == []


async def test_buttons_work_after_a_restart(wire: DiscordWire, store: Store, desk: Notebook, sam: Person) -> None:
    async with serving(wire, store, desk) as first:
        await first.post(DM_CHAT, platforms())
    async with serving(wire, store, desk):
        shown = wire.shown(sam.dm)[0]
        await sam.press(shown, "Done")
        await desk.until(1)
        await sam.choose(shown, "TikTok", "Reels")
        assert await desk.until(2) == ["token-done", "token-Reels"]


async def test_a_menu_of_several_changes_only_what_was_changed(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, platforms())
    await sam.choose(wire.shown(sam.dm)[0], "Reels", "Feed")
    assert await desk.until(3) == ["token-TikTok", "token-Reels", "token-Feed"]


async def test_an_expired_interaction_still_counts(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.trouble = lambda call: Refused(404, 10062, "Unknown interaction") if "callback" in call.path else None
    await front.post(DM_CHAT, question())
    await sam.press(wire.shown(sam.dm)[0], "Calm")
    assert await desk.until(1) == ["token-c"]


async def test_words_and_photos_come_by_the_form_as_well(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await front.post(DM_CHAT, Message(topic="product", text="What is it?", typing="mug, 39 €", key="w"))
    await sam.fill_in(wire.shown(sam.dm)[0], text="a mug", files=(b"photo",))
    assert await desk.until(1) == [(b"photo", "a mug")]
    form = next(one.answer for one in wire.interactions.values() if one.answer and one.answer["type"] == 9)
    assert form["data"]["components"][0]["component"]["placeholder"] == "mug, 39 €"


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


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


async def test_nothing_is_lost_when_the_work_outlasts_the_interaction(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    """A quarter of an hour after a command its token is dead: what is shown goes by the bot's own."""
    release = asyncio.Event()
    desk.before = release.wait
    given = await sam.slash(sam.dm, "new")
    await wire.until(lambda: given.answer)
    given.dead = True
    release.set()
    assert await desk.until(1) == [Commanded(command=Command.NEW)]
    await wire.until(lambda: any(call.path.endswith("@original") for call in wire.calls))
    await front.post(DM_CHAT, question())
    assert len(wire.shown(sam.dm)) == 1
    await sam.write(sam.dm, "still there?")
    assert (await desk.until(2))[1] == TextSent(text="still there?")


async def test_writing_in_a_thread_where_the_bot_may_not_work_is_answered_with_what_is_missing(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.places[601] = Place(601, PRIVATE_THREAD, guild=True)
    await wire.push("THREAD_CREATE", wire.channel(601))
    role = everyone_role(wire.granted) | {"permissions": str(wire.granted & ~(1 << 15))}
    await wire.push("GUILD_ROLE_UPDATE", {"guild_id": "500", "role": role})
    await sam.write(601, "ok")
    shown = await wire.until(lambda: wire.shown(601))
    assert "Attach Files" in shown[0]["content"]
    assert desk.heard == []
