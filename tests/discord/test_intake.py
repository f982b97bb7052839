"""What people write and send in Discord reaches the conversation once."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

import pytest

from bot.dialogue.events import Command, Commanded, OtherSent, PhotoRefused, TextSent
from bot.frontends.discord.client import DiscordFrontEnd
from bot.inlet import Reply
from pipeline.errors import StorageError
from storage.inbox import Update
from storage.store import Store
from tests.discord.cards import DM_CHAT, question
from tests.discord.conftest import serving
from tests.fakes.discord_people import CHANNEL, Person, lines
from tests.fakes.discord_values import PRIVATE_THREAD, Place, everyone_role
from tests.fakes.discord_values import blank_message as blank
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook


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
    await wire.gateway.push("THREAD_CREATE", wire.channel(601))
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


async def test_writing_in_a_thread_where_the_bot_may_not_work_is_answered_with_what_is_missing(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    wire.places[601] = Place(601, PRIVATE_THREAD, guild=True)
    await wire.gateway.push("THREAD_CREATE", wire.channel(601))
    role = everyone_role(wire.granted) | {"permissions": str(wire.granted & ~(1 << 15))}
    await wire.gateway.push("GUILD_ROLE_UPDATE", {"guild_id": "500", "role": role})
    await sam.write(601, "ok")
    shown = await wire.until(lambda: wire.shown(601))
    assert "Attach Files" in shown[0]["content"]
    assert desk.heard == []


async def test_a_hint_about_words_is_said_where_they_were_written(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    desk.reply = Reply(hints=("Pick at least *one* platform.",))
    await sam.write(sam.dm, "done")
    shown = await wire.until(lambda: wire.shown(sam.dm))
    assert lines(shown[0]) == ["Pick at least *one* platform."]


async def test_what_cannot_even_be_written_down_is_answered_with_a_reference(
    wire: DiscordWire,
    front: DiscordFrontEnd,
    store: Store,
    desk: Notebook,
    sam: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def full(source: str, number: str, payload: str) -> bool:
        raise StorageError("database or disk is full")

    await front.post(DM_CHAT, question())
    monkeypatch.setattr(store.inbox, "put", full)
    told = await sam.heard(await sam.press(wire.shown(sam.dm)[0], "Calm"))
    assert re.search(r"\b[0-9a-f]{8}\b", told)
    assert re.search(r"\b[0-9a-f]{8}\b", await sam.heard(await sam.slash(sam.dm, "films")))
    await sam.write(sam.dm, "a mug")
    shown = await wire.until(lambda: wire.shown(sam.dm)[1:])
    assert re.search(r"\b[0-9a-f]{8}\b", shown[0]["content"])
    assert desk.heard == []


async def test_only_what_is_one_event_leaves_the_inbox_with_what_came_of_it(
    front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "a mug")
    await sam.write(sam.dm, "one photo", files={"a.jpg": b"one"})
    await sam.write(sam.dm, "an album", files={"a.jpg": b"one", "b.jpg": b"two"})
    await desk.until(4)
    assert [sender.inbox for sender, _ in desk.heard] == ["discord:4242", "discord:4242", "", ""]


# ── once ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
            await sam.write(sam.dm, "and then")
            assert await again.until(2) == [TextSent(text="do not lose me"), TextSent(text="and then")]
        forever.set()


async def test_what_was_left_is_asked_for_before_anything_new_can_come(
    wire: DiscordWire, store: Store, desk: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what comes at the very start would be handled as new and as left over."""
    asked_when_connected: list[bool] = []
    pending = store.inbox.pending

    async def slowly(source: str) -> tuple[Update, ...]:
        with suppress(TimeoutError):
            await wire.until(lambda: wire.gateway.identified, 0.3)
        asked_when_connected.append(bool(wire.gateway.identified))
        return await pending(source)

    monkeypatch.setattr(store.inbox, "pending", slowly)
    async with serving(wire, store, desk):
        assert asked_when_connected == [False]


async def test_words_and_photos_in_an_archived_thread_reach_their_conversation_after_a_restart(
    wire: DiscordWire, store: Store, desk: Notebook, sam: Person
) -> None:
    """Discord does not tell a bot that starts of archived threads; writing in one opens it."""
    async with serving(wire, store, desk):
        await sam.slash(CHANNEL, "new")
        await desk.until(1)
    thread = max(wire.places)
    wire.places[thread].archived = True
    stranger = Place(wire.next_id(), PRIVATE_THREAD, guild=True)
    wire.places[stranger.id] = stranger
    again = Notebook()
    async with serving(wire, store, again):
        await sam.write(stranger.id, "in a thread of somebody else's")
        for text in ("one", "two", "three"):
            await sam.write(thread, text)
        await sam.write(thread, "a photo", files={"a.jpg": b"photo"})
        expected = [TextSent(text="one"), TextSent(text="two"), TextSent(text="three"), (b"photo", "a photo")]
        assert await again.until(4) == expected
    assert {(sender.chat, sender.seller) for sender, _ in again.heard} == {(f"discord:{thread}", "discord:u70")}


async def test_what_was_said_while_the_gateway_was_away_arrives_after_a_resume(
    wire: DiscordWire, front: DiscordFrontEnd, desk: Notebook, sam: Person
) -> None:
    await sam.write(sam.dm, "before")
    await desk.until(1)
    await wire.gateway.drop()
    await sam.write(sam.dm, "meanwhile")
    assert await desk.until(2) == [TextSent(text="before"), TextSent(text="meanwhile")]
    assert wire.gateway.resumed[0]["session_id"] == "session"
    assert len(wire.gateway.identified) == 1
