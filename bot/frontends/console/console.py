"""The terminal chat: choices by number or by typing, photos by path; leaving it loses nothing."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from uuid import uuid4

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bot.dialogue.events import Command, Commanded, TextSent
from bot.frontends.console.screen import BOT, Screen
from bot.inlet import Desk, Reply, Sender, Verdict
from bot.outlet import Attachment, Key, Limits, Message

PASSING = frozenset({"progress", "board"})  # topics whose buttons do not take the numbers of a question
_PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif")


class ConsoleOutlet:
    """An `Outlet` over a terminal. What cannot be shown there, such as a video, is put into a folder."""

    prefix = "terminal"

    def __init__(self, screen: Screen, *, folder: Path) -> None:
        self._screen = screen
        self._folder = folder
        self.numbers: tuple[Key, ...] = ()  # buttons of the newest question
        self._owner = ""  # message that the numbers belong to
        self._shown: dict[str, str] = {}  # text of each message
        self.status = ""  # a line on what is being made
        self.fraction = 0.0
        self._counting = False
        self._count: tuple[str, Message] | None = None  # a count of photos that was not drawn yet

    def limits(self, chat: str) -> Limits:
        """What is drawn again is drawn below, so it should not be drawn too often."""
        return Limits(edit_seconds=0.7)

    async def post(self, chat: str, message: Message) -> str:
        """Show a message."""
        message_id = uuid4().hex
        await self._draw(message_id, message)
        return message_id

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        """Show a message again, below: paper cannot be changed."""
        await self._draw(message_id, message)
        return message_id

    async def retire(self, chat: str, message_id: str) -> None:
        """The numbers of this message press nothing any more."""
        if message_id == self._owner:
            self.numbers = ()

    async def _draw(self, message_id: str, message: Message) -> None:
        if message.topic == "progress":
            self.status = " · ".join(message.text.splitlines())
            self.fraction = message.fraction or 0.0
            return
        self.status = "" if message.topic in ("done", "ended", "posted") else self.status
        keys = tuple(key for row in message.rows for key in row if isinstance(key, Key))
        if message.topic not in PASSING and (keys or message_id == self._owner):
            self.numbers, self._owner = keys, message_id
        if message.topic == "photos" and self._counting:
            self._count = (message_id, message)
            return
        if message.topic == "board":
            return  # a small picture of a storyboard says nothing as a path
        if not keys and not message.attachments and self._shown.get(message_id) == message.text:
            return  # it only lost its buttons
        self._shown[message_id] = message.text
        files = [await asyncio.to_thread(self._save, attachment) for attachment in message.attachments]
        self._screen.message(message, numbers=keys if self._owner == message_id else (), files=files)

    def _save(self, attachment: Attachment) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        stem, suffix = Path(attachment.name).stem, Path(attachment.name).suffix
        for place in count(1):
            target = self._folder / (f"{stem}{suffix}" if place == 1 else f"{stem}-{place}{suffix}")
            if not target.exists():
                shutil.copyfile(attachment.path, target)
                return _short(target)
            if target.stat().st_size == attachment.size and target.read_bytes() == attachment.path.read_bytes():
                return _short(target)
        raise AssertionError("count() never ends")


class ConsoleFrontEnd(ConsoleOutlet):
    """A seller at a terminal."""

    def __init__(self, screen: Screen, *, folder: Path, locale: str, name: str = "me") -> None:
        super().__init__(screen, folder=folder)
        self._sender = Sender(chat=f"terminal:{name}", seller=f"terminal:{name}", locale=locale)
        self._prompt: PromptSession[str] = PromptSession(history=InMemoryHistory())

    async def run(self, desk: Desk) -> None:
        """Talk until the seller leaves with Ctrl-C, Ctrl-D or /quit."""
        await self._report(await desk.handle(self._sender, Commanded(command=Command.START)))
        with patch_stdout(raw=True):
            while True:
                try:
                    line = await self._prompt.prompt_async(
                        FormattedText([(BOT, "› ")]), bottom_toolbar=self._toolbar, refresh_interval=0.5
                    )
                except (KeyboardInterrupt, EOFError):
                    return
                if line.strip() in ("/quit", "/exit"):
                    return
                if line.strip():
                    await self._report(await self.take(desk, line.strip()))

    async def take(self, desk: Desk, line: str) -> Reply:
        """Hand over what was typed: a command, the number of a button, paths of photos, or words."""
        command = re.fullmatch(r"/(\w+)(?:\s+(.*))?", line)
        if command and command[1] in set(Command):
            return await desk.handle(self._sender, Commanded(command=Command(command[1]), argument=command[2] or ""))
        key = pressed(line, self.numbers)
        if key is not None:
            return await desk.press(self._sender, key.token)
        photos = await asyncio.to_thread(photos_in, line)
        if photos:
            return await self._send(desk, photos)
        return await desk.handle(self._sender, TextSent(text=line))

    async def _send(self, desk: Desk, photos: Sequence[Path]) -> Reply:
        """Send several photos; how many there are is drawn once, when all are in."""
        self._counting = True
        try:
            replies = [await desk.photo(self._sender, photo) for photo in photos]
        finally:
            self._counting = False
        if self._count is not None:
            count, self._count = self._count, None
            await self._draw(*count)
        return replies[-1]

    def _toolbar(self) -> FormattedText:
        if not self.status:
            return FormattedText(
                [("", " numbers press buttons · paths send photos · /help · Ctrl-C leaves, all is kept ")]
            )
        done = round(20 * self.fraction)
        return FormattedText(
            [(BOT, " " + "━" * done), ("", "━" * (20 - done) + f" {round(100 * self.fraction)} % "), ("", self.status)]
        )

    async def _report(self, reply: Reply) -> None:
        for hint in reply.hints:
            self._screen.hint(hint)
        if reply.verdict is Verdict.FOREIGN:
            self._screen.hint("This conversation belongs to somebody else.")


def _short(path: Path) -> str:
    """A path as one would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def pressed(line: str, keys: Sequence[Key]) -> Key | None:
    """The button that a line presses: by the number in its own label ("15 s"), by its place, or by its label."""
    text = line.strip().casefold()
    labelled = [key for key in keys if text == key.label.strip().casefold()]
    if text.isascii() and text.isdecimal():
        labelled = labelled or [key for key in keys if re.search(rf"(?<!\d){text}(?!\d)", key.label)]
        if len(labelled) != 1:
            return keys[int(text) - 1] if 1 <= int(text) <= len(keys) else None
    return labelled[0] if len(labelled) == 1 else None


def photos_in(line: str) -> tuple[Path, ...]:
    """The files that a line names: paths, patterns, or a folder of photos; nothing unless all of them exist."""
    try:
        words = shlex.split(line)
    except ValueError:
        return ()
    found: list[Path] = []
    for word in words:
        path = Path(word.removeprefix("file://")).expanduser()
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.suffix.lower() in _PHOTOS)
        elif path.is_file():
            found.append(path)
        else:
            matches = sorted(path.parent.glob(path.name)) if re.search(r"[*?\[]", path.name) else []
            if not matches:
                return ()
            found += matches
    return tuple(found)
