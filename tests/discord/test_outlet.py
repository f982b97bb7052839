"""Messages in Discord: shown once, edited in place, within its limits, whatever the network does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.cards import Weight
from bot.errors import ChatClosed, ChatError
from bot.frontends.discord.client import DiscordFrontEnd
from bot.outlet import CopyKey, Key, Message
from tests.discord.films import attachment
from tests.fakes.discord_people import Person, buttons, labels, lines
from tests.fakes.discord_values import PRIVATE_THREAD, AnswerLost, Call, Place, Refused
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook

CHAT, DM = "discord:70000", 70000
THREAD = 601


def message(text: str, **more: Any) -> Message:
    return Message(topic=more.pop("topic", "test"), text=text, **{"key": text, **more})


def once(method: str, trouble: Exception) -> Callable[[Call], Exception | None]:
    """Spoils the first call of this method in a channel."""
    left = [trouble]
    return lambda call: left.pop() if left and call.method == method and "/channels/" in call.path else None


@pytest.fixture
def thread(wire: DiscordWire) -> Place:
    wire.places[THREAD] = Place(THREAD, PRIVATE_THREAD, guild=True)
    return wire.places[THREAD]


@pytest.fixture(autouse=True)
def seller(sam: Person) -> Person:
    return sam


# ── what is shown ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_message_is_posted_with_its_buttons(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    row = (Key("Go", "t1", "mk", weight=Weight.MAIN), Key("Stop", "t2", "st", weight=Weight.DANGER))
    await front.post(CHAT, message("Ready?", rows=(row,)))
    [shown] = wire.shown(DM)
    assert lines(shown) == ["Ready?"]
    assert [(one["label"], one["style"], one["custom_id"]) for one in buttons(shown)] == [
        ("Go", 1, "k:t1"),
        ("Stop", 4, "k:t2"),
    ]


async def test_text_that_looks_like_markup_appears_as_it_is_and_nobody_is_pinged(
    wire: DiscordWire, front: DiscordFrontEnd
) -> None:
    hostile = "# <b>50% off</b> *_[it's](a:b)` ||x|| <@1> https://a_b.c/d_e_f\n- list\n1. one\n> quote @everyone"
    await front.post(CHAT, message(hostile))
    shown = wire.shown(DM)[0]
    assert "\n".join(lines(shown)) == hostile
    assert "https://" not in shown["content"]
    assert shown["content"].startswith("\\# ")
    assert wire.calls[-1].body["allowed_mentions"] == {"parse": []}


async def test_platforms_become_a_menu_of_several_and_voices_two_menus(
    wire: DiscordWire, front: DiscordFrontEnd
) -> None:
    platforms = tuple(Key(name, f"t-{name}", f"t={name}", picked=name == "Reels") for name in ("TikTok", "Reels"))
    await front.post(CHAT, message("Where?", rows=(platforms, (Key("Done", "d", "n"),))))
    voices = tuple((Key(f"Voice {n}", f"c{n}", f"c={n}", picked=n == 2), Key("▶", f"h{n}", f"h={n}")) for n in range(7))
    await front.post(CHAT, message("Who?", rows=(*voices, (Key("Back", "b", "b"),)), typing="a name"))
    several, speakers = wire.shown(DM)
    menu = several["components"][0]["components"][0]
    assert (menu["min_values"], menu["max_values"]) == (0, 2)
    assert [option["default"] for option in menu["options"]] == [False, True]
    choose, hear = (row["components"][0] for row in speakers["components"][:2])
    assert choose["placeholder"] == "✓ Voice 2"
    assert [option["label"] for option in hear["options"]][:2] == ["▶ Voice 0", "▶ Voice 1"]
    assert [one["label"] for one in buttons(speakers)] == ["Back", "Write"]


@pytest.mark.parametrize("count", [1, 7, 12, 23, 60])
async def test_any_number_of_buttons_fits(wire: DiscordWire, front: DiscordFrontEnd, count: int) -> None:
    rows = tuple((Key(f"Key {n}", f"t{n}", f"x={n}"),) for n in range(count))
    await front.post(CHAT, message("Which?", rows=rows, typing="one"))
    assert labels(wire.shown(DM)[0])[: min(count, 24)] == [f"Key {n}" for n in range(min(count, 24))]


async def test_a_long_text_is_shown_whole_in_a_frame(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    text = "Caption with *stars*. " * 110
    await front.post(CHAT, message(text))
    assert lines(wire.shown(DM)[0]) == [text.rstrip()] or lines(wire.shown(DM)[0]) == [text]


async def test_texts_to_copy_come_in_blocks_with_a_copy_button(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    await front.post(CHAT, message("Post:", rows=((CopyKey("Copy title", "Mug *new* ```x```"),),)))
    [embed] = wire.shown(DM)[0]["embeds"]
    assert embed["title"] == "Copy title"
    assert embed["description"].replace("\u200b", "") == "```\nMug *new* ```x```\n```"


async def test_progress_is_one_message_with_a_bar(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    number = await front.post(CHAT, message("Making\nShot 1", topic="progress", fraction=0.0))
    await front.edit(CHAT, number, message("Making\nShot 2", topic="progress", fraction=0.5))
    [shown] = wire.shown(DM)
    assert lines(shown) == ["Making", "Shot 2", "▰▰▰▰▰▰▱▱▱▱▱▱ 50%"]
    assert front.limits(CHAT).edit_seconds == 1.5


async def test_files_of_every_kind_are_attached(wire: DiscordWire, front: DiscordFrontEnd, tmp_path: Path) -> None:
    files = []
    for name, kind in (("words.srt", "document"), ("cover.jpg", "document")):
        (tmp_path / name).write_bytes(name.encode())
        files.append(attachment(tmp_path / name, kind))
    number = await front.post(CHAT, message("To post with it", attachments=tuple(files)))
    assert [one["filename"] for one in wire.shown(DM)[0]["attachments"]] == ["words.srt", "cover.jpg"]
    await front.edit(CHAT, number, message("Only words"))
    assert wire.shown(DM)[0]["attachments"] == []


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_post_whose_answer_is_lost_is_seen_once(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    wire.trouble = once("POST", AnswerLost())
    await front.post(CHAT, message("Here it is"))
    assert wire.count("POST", "/messages") == 2
    assert [lines(one) for one in wire.shown(DM)] == [["Here it is"]]


async def test_the_same_delivery_after_a_restart_is_seen_once(
    wire: DiscordWire, front: DiscordFrontEnd, store: Any, desk: Notebook
) -> None:
    from tests.discord.conftest import serving

    await front.post(CHAT, message("Your film", key="chat/job/film"))
    async with serving(wire, store, desk) as after:
        await after.post(CHAT, message("Your film", key="chat/job/film"))
    assert len(wire.shown(DM)) == 1


async def test_what_is_meant_to_come_twice_comes_twice(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    for _ in range(2):
        await front.post(CHAT, message("No photo yet.", key="chat//photos-1-0"))
    assert len(wire.shown(DM)) == 2


async def test_a_deleted_placeholder_is_posted_anew_once(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    number = await front.post(CHAT, message("Rendering"))
    del wire.messages[int(number)]
    after = await front.edit(CHAT, number, message("Done", key="Rendering"))
    assert after != number
    assert [lines(one) for one in wire.shown(DM)] == [["Done"]]
    await front.retire(CHAT, number)


async def test_retiring_takes_the_buttons_and_nothing_else(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    number = await front.post(CHAT, message("Which?", rows=((Key("A", "a", "c=a"),),)))
    await front.retire(CHAT, number)
    assert wire.shown(DM)[0]["components"] == []
    assert lines(wire.shown(DM)[0]) == ["Which?"]


# ── trouble ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_rate_limit_is_waited_for(wire: DiscordWire, front: DiscordFrontEnd) -> None:
    wire.trouble = once("POST", Refused(429, 0, "slow", retry_after=0.05, **{"global": False}))
    await front.post(CHAT, message("Here it is"))
    assert len(wire.shown(DM)) == 1


async def test_an_archived_thread_is_opened_again(wire: DiscordWire, front: DiscordFrontEnd, thread: Place) -> None:
    number = await front.post(f"discord:{THREAD}", message("Rendering"))
    thread.archived = True
    assert await front.edit(f"discord:{THREAD}", number, message("Done")) == number
    assert not thread.archived
    assert [lines(one) for one in wire.shown(THREAD)] == [["Done"]]


@pytest.mark.parametrize("code", [50001, 50007, 50013, 50278])
async def test_a_closed_place_is_told_apart_from_trouble(
    wire: DiscordWire, front: DiscordFrontEnd, thread: Place, code: int
) -> None:
    thread.closed = Refused(403, code, "Cannot send messages to this user")
    with pytest.raises(ChatClosed):
        await front.post(f"discord:{THREAD}", message("Hello"))
    thread.closed = Refused(400, 50035, "Invalid Form Body")
    with pytest.raises(ChatError, match="50035"):
        await front.post(f"discord:{THREAD}", message("Hello"))


async def test_a_deleted_thread_counts_as_closed(wire: DiscordWire, front: DiscordFrontEnd, thread: Place) -> None:
    del wire.places[THREAD]
    with pytest.raises(ChatClosed):
        await front.post(f"discord:{THREAD}", message("Hello"))
