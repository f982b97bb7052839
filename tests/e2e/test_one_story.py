"""One story, told in the terminal, in Telegram and in Discord: every line of it is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jobs.config import JobSettings
from tests.bot.conftest import shot
from tests.e2e.chats.discord import discord_chat
from tests.e2e.chats.reading import Chat, Read, Wanted, transcript
from tests.e2e.chats.telegram import telegram_chat
from tests.e2e.chats.terminal import WIDE, terminal_chat
from tests.jobs.conftest import Installation, installed

PLATFORMS, DONE, TAKES = "Where will you post it", "Happy with it", "A is how it is now"


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Installation]:
    (tmp_path / "rig").mkdir()
    settings = JobSettings(workers=1, fast_workers=1, grace=5.0)
    async with installed(tmp_path / "frame", tmp_path / "rig", settings) as one:
        yield one


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.frontends.console.screen.WIDTH", WIDE)


async def tell(chat: Chat) -> list[Read]:
    """The story: an album, answers by typing and by pressing, ideas, a film; other music, back again, one shot anew."""
    await chat.command("new")
    await chat.album([shot(11), shot(12)])
    await chat.press(Wanted("2 photos", "That's all, go on"))
    await chat.type("Nordtisch mug, matte black, 39,90 €, dishwasher-safe")
    await chat.press(Wanted("Name: Nordtisch mug", "That's right"))
    await chat.press(Wanted("Which language", "German"))
    await chat.type("cosy")
    await chat.press(Wanted("natural voice", "Skip"))
    await chat.press(Wanted(PLATFORMS, "TikTok 9:16"))
    await chat.press(Wanted(PLATFORMS, "Square feed 1:1", ticked="TikTok 9:16"))
    await chat.press(Wanted(PLATFORMS, "Done", ticked="Square feed 1:1"))
    await chat.type("6 seconds")
    await chat.press(Wanted("Here's the plan", "🎬 Make my video"))
    await chat.press(Wanted("Which one shall I make", "B"))
    await chat.press(Wanted(DONE, "🎵 Other music"))
    await chat.press(Wanted(DONE, "↩ Undo", times=2))
    await chat.press(Wanted(DONE, "🔄 A shot", times=3))
    await chat.press(Wanted("Which shot", "Shot 2"))
    await chat.press(Wanted(TAKES, "◀ Back"))
    await chat.press(Wanted("Which shot", "Shot 2"))
    await chat.see(Wanted(TAKES, "🔄 Other takes"))
    await chat.type("C")
    await chat.press(Wanted(DONE, "↩ Undo", times=4))
    await chat.see(Wanted(DONE, "🔄 A shot", times=5))
    await chat.command("films")
    await chat.see(Wanted("Your videos:"))
    return transcript(chat)


async def test_the_terminal_telegram_and_discord_tell_the_same_story(frame: Installation, tmp_path: Path) -> None:
    async with frame.worker():
        async with terminal_chat(frame, tmp_path / "seller") as chat:
            terminal = await tell(chat)
        async with telegram_chat(frame) as chat:
            telegram = await tell(chat)
        async with discord_chat(frame) as chat:
            discord = await tell(chat)
    assert telegram == terminal
    assert discord == terminal
    videos = [read for read in terminal if read.files == ("video",)]
    assert len(videos) == 2 + 5 * 2, "two ideas; five films, each in two formats"
    (offered,) = [read for read in terminal if read.files == ("picture",) and TAKES in read.lines[0]]
    assert offered.choices == ("B", "C", "D", "◀ Back", "🔄 Other takes")
    assert len([read for read in terminal if "document" in read.files]) == 1
