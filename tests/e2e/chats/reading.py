"""What a seller reads in a chat, in words that fit every chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

PATIENCE = 60.0
TICK = "✓ "
POST = "To post with it"  # begins the words to post with a film
_TIMED = ("Two previews will take",)  # begin lines that depend on how busy the machine is
_TIME = re.compile(r" · ~\d+ \w+$")  # on buttons, measured
_PASSING = (  # begin messages that may be left out when a newer one has come, or that some chats say beside the chat
    "The storyboard",
    "On it.",
)
_KINDS = {".mp4": "video", ".jpg": "picture", ".mp3": "sound", ".wav": "sound", ".srt": "document"}


@dataclass(frozen=True)
class Read:
    """What a message says: its lines, what can be pressed, kinds of files."""

    lines: tuple[str, ...]
    choices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def offers(self, label: str) -> bool:
        """Whether this can be pressed, ticked or not."""
        return any(choice.removeprefix(TICK) == label for choice in self.choices)

    def begins(self, words: Iterable[str]) -> bool:
        """Whether it begins with one of these."""
        return any(self.lines[0].startswith(one) for one in words) if self.lines else False


@dataclass(frozen=True)
class Wanted:
    """What the seller waits for: a message that says something, when so many have come, and a button on it."""

    on: str
    label: str = ""
    ticked: str = ""
    times: int = 1

    def found(self, reading: Sequence[Read]) -> int | None:
        """The place of the newest such message; None as long as there is none."""
        saying = [at for at, read in enumerate(reading) if any(self.on in line for line in read.lines)]
        fitting = [at for at in saying if self._pressable(reading[at])]
        return fitting[-1] if fitting and len(saying) >= self.times else None

    def _pressable(self, read: Read) -> bool:
        ticked = not self.ticked or TICK + self.ticked in read.choices
        return ticked and (not self.label or read.offers(self.label))


class Chat(Protocol):
    """A seller in some chat. `before`: what was read each time before something was pressed."""

    before: list[Read]

    def reading(self) -> list[Read]:
        """All messages of the bot as they look now."""
        ...

    async def command(self, name: str) -> None:
        """Give a command."""
        ...

    async def album(self, photos: Sequence[bytes]) -> None:
        """Send photos at once."""
        ...

    async def type(self, text: str) -> None:
        """Write something."""
        ...

    async def see(self, wanted: Wanted) -> None:
        """Wait for a message."""
        ...

    async def press(self, wanted: Wanted) -> None:
        """Wait for something to press, and press it."""
        ...


def transcript(chat: Chat) -> list[Read]:
    """What was read, without what differs by nature: order of buttons, passing cards, estimates, names of copies."""
    kept = [read for read in (*chat.before, *chat.reading()) if not read.begins(_PASSING)]
    return [_plain(read) for read in kept]


def _plain(read: Read) -> Read:
    lines = tuple(line.strip() for line in read.lines if line.strip() and not line.strip().startswith(_TIMED))
    files = tuple("document" if read.begins((POST,)) else file for file in read.files)
    choices = tuple(sorted(_TIME.sub("", choice) for choice in read.choices))
    return replace(read, lines=lines, choices=choices, files=files)


def kind(name: str) -> str:
    """The kind of a file, by its name."""
    return _KINDS[name[name.rindex(".") :]]
