"""One story from photos to finished films, told in Discord and in the terminal with the same words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from jobs.config import JobSettings
from tests.bot.conftest import shot
from tests.discord.chatting import PASSING, Chat, Read, discord_chat, terminal_chat
from tests.fakes.discord_people import Person
from tests.fakes.discord_wire import DiscordWire
from tests.jobs.conftest import Installation, installed


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Installation]:
    (tmp_path / "rig").mkdir()
    async with installed(
        tmp_path / "frame", tmp_path / "rig", JobSettings(workers=1, fast_workers=1, grace=5.0)
    ) as one:
        yield one


async def tell(chat: Chat) -> None:
    """The story: answers by typing, by buttons and by menus; a film, another music, back again."""
    await chat.command("new")
    await chat.photos([shot(11), shot(12)])
    await chat.press("That's all, go on", on="2 photos")
    await chat.type("Nordtisch mug, matte black, 39,90 €, dishwasher-safe")
    await chat.press("That's right", on="Name: Nordtisch mug")
    await chat.press("German", on="Which language")
    await chat.type("cosy")
    await chat.press("Skip", on="natural voice")
    await chat.press("Square feed 1:1", on="Where will you post it")
    await chat.press("Done", on="Where will you post it", ticked="Square feed 1:1")
    await chat.type("6")
    await chat.press("🎬 Make my video", on="Here's the plan")
    await chat.press("B", on="Which one shall I make")
    await chat.press("🎵 Other music", on="Happy with it")
    await chat.press("↩ Undo", on="Happy with it", times=2)
    await chat.press("🔄 A shot", on="Happy with it", times=3)
    await chat.rest()
    await chat.command("films")


def kept(reading: list[Read]) -> list[Read]:
    """What does not depend on the time: no storyboards, which may be left out, and no estimates."""
    timeless = [
        replace(read, lines=tuple(line for line in read.lines if not line.startswith("Two previews will take")))
        for read in reading
    ]
    return [read for read in timeless if not read.lines or not read.lines[0].startswith(PASSING)]


async def test_discord_and_the_terminal_tell_the_same_story(
    frame: Installation, wire: DiscordWire, sam: Person
) -> None:
    async with frame.worker():
        async with terminal_chat(frame) as paper:
            await tell(paper)
        async with discord_chat(frame, wire, sam) as chat:
            await tell(chat)
            seen, steps = kept(chat.reading()), chat.steps
    assert kept(steps) == kept(paper.steps)
    assert seen == kept(paper.reading())
    films = [one for one in seen if any(name.endswith(".mp4") for name in one.files)]
    assert len(films) == 2 + 3 * 2, "two ideas; three films, each in two formats"
