"""What was said in a chat, line by line: for the screen, for reports, for comparing chats."""

from __future__ import annotations

from typing import Literal

from pipeline.model import Value


class Entry(Value):
    """One thing that was said or shown. `edited`: in place of an earlier message of the same number."""

    who: Literal["frame", "seller"]
    topic: str
    text: str
    buttons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    number: int = 0  # of the message
    edited: bool = False
    seconds: float = 0.0  # since the beginning


class Transcript:
    """Collects entries. Progress that was overtaken is kept only in its last form."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries so far."""
        return tuple(self._entries)

    def add(self, entry: Entry) -> None:
        """Write an entry down."""
        if entry.edited and entry.topic in ("progress", "board") and self._entries:
            for at in range(len(self._entries) - 1, -1, -1):
                if self._entries[at].number == entry.number and self._entries[at].topic == entry.topic:
                    self._entries[at] = entry.model_copy(update={"edited": self._entries[at].edited})
                    return
        self._entries.append(entry)
