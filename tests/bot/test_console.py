"""The terminal chat: what is typed, what is drawn."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot.frontends.console.console import ConsoleFrontEnd, photos_in, pressed
from bot.frontends.console.screen import Screen
from bot.frontends.console.transcript import Entry, Transcript
from bot.inlet import Verdict
from bot.outlet import Attachment, Key, LinkKey, Message
from tests.bot.conftest import Bot, shot


def keys(*labels: str) -> tuple[Key, ...]:
    return tuple(Key(label=label, token=label, code=label) for label in labels)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("15", "15 s"),
        ("6", "6 s"),
        ("4", "◀ Back"),
        ("5", "Skip"),
        ("skip", "Skip"),
        ("7", None),
        ("0", None),
        ("39,90", None),
        ("hello", None),
    ],
)
def test_a_number_presses_the_button_that_says_it_or_stands_there(line: str, label: str | None) -> None:
    key = pressed(line, keys("6 s", "15 s", "30 s", "◀ Back", "Skip"))
    assert (key.label if key else None) == label


def test_photos_are_given_by_path_pattern_or_folder(tmp_path: Path) -> None:
    for name in ("a.jpg", "b c.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert photos_in(str(tmp_path / "a.jpg")) == (tmp_path / "a.jpg",)
    assert photos_in(f'"{tmp_path}/b c.png" {tmp_path}/a.jpg') == (tmp_path / "b c.png", tmp_path / "a.jpg")
    assert photos_in(f"{tmp_path}/b\\ c.png") == (tmp_path / "b c.png",)
    assert photos_in(f"{tmp_path}/*.jpg") == (tmp_path / "a.jpg",)
    assert photos_in(str(tmp_path)) == (tmp_path / "a.jpg", tmp_path / "b c.png")
    assert photos_in("a mug, matte black") == ()
    assert photos_in(f"{tmp_path}/missing.jpg") == ()
    assert photos_in("it's") == ()


def drawn(*, width: int = 100) -> tuple[Screen, io.StringIO]:
    paper = io.StringIO()
    return Screen(Console(file=paper, width=width, highlight=False)), paper


def test_markup_in_a_sellers_words_is_drawn_as_it_is() -> None:
    screen, paper = drawn()
    screen.said("[bold]50% off[/bold] :smile: \\[x]")
    assert "[bold]50% off[/bold] :smile: \\[x]" in paper.getvalue()


def test_a_narrow_terminal_gets_lines_instead_of_bubbles() -> None:
    screen, paper = drawn(width=40)
    screen.message(Message(topic="t", text="Hello"), numbers=())
    assert paper.getvalue() == "FRAME: \nHello\n"


async def test_finished_files_are_put_where_the_seller_finds_them(tmp_path: Path) -> None:
    screen, paper = drawn()
    chat = ConsoleFrontEnd(screen, folder=tmp_path / "films", locale="en")
    source = tmp_path / "blob"
    for content in (b"one", b"one", b"two"):
        source.write_bytes(content)
        file = Attachment("video", source, "video/mp4", "mug-tall.mp4", "hash", size=3)
        await chat.post("terminal:me", Message(topic="film", text="TikTok", attachments=(file,)))
    assert {path.name: path.read_bytes() for path in (tmp_path / "films").iterdir()} == {
        "mug-tall.mp4": b"one",
        "mug-tall-2.mp4": b"two",
    }
    assert "mug-tall-2.mp4" in re.sub(r"[\s│]", "", paper.getvalue())


async def test_progress_does_not_take_the_numbers_of_a_question(tmp_path: Path) -> None:
    chat = ConsoleFrontEnd(drawn()[0], folder=tmp_path, locale="en")
    await chat.post("terminal:me", Message(topic="tone", text="?", rows=(keys("Calm"),)))
    await chat.post("terminal:me", Message(topic="progress", text="Making", rows=(keys("Cancel"),), fraction=0.5))
    assert [key.label for key in chat.numbers] == ["Calm"]
    assert chat.status == "Making"


async def test_typing_reaches_the_conversation(bot: Bot, tmp_path: Path) -> None:
    chat = ConsoleFrontEnd(drawn()[0], folder=tmp_path, locale="en")
    chat._sender = type(chat._sender)(chat="test:1", seller="test:me")
    photo = tmp_path / "mug.jpg"
    photo.write_bytes(shot(1))
    assert (await chat.take(bot.concierge, "/start")).verdict is Verdict.DONE
    await chat.take(bot.concierge, str(photo))
    await chat.take(bot.concierge, "Nordtisch mug, 39,90 €")
    await chat.take(bot.concierge, "/nonsense")
    assert bot.screen.topics() == ["welcome", "photos", "check", "say"]
    assert bot.screen.message("say").text == "I don't know that command. /help shows what I can do."


def test_a_transcript_keeps_the_last_of_passing_news_and_all_else() -> None:
    transcript = Transcript()
    transcript.add(Entry(who="frame", topic="progress", text="1", number=3))
    transcript.add(Entry(who="seller", topic="", text="hi"))
    transcript.add(Entry(who="frame", topic="progress", text="2", number=3, edited=True))
    transcript.add(Entry(who="frame", topic="done", text="3", number=3, edited=True))
    assert [entry.text for entry in transcript.entries] == ["2", "hi", "3"]


def test_a_link_is_written_out() -> None:
    paper = io.StringIO()
    message = Message(topic="posted", text="It's there.", rows=((LinkKey("Open on YouTube", "https://youtu.be/1"),),))
    Screen(Console(file=paper, width=100)).message(message, numbers=())
    assert "Open on YouTube: https://youtu.be/1" in paper.getvalue()
