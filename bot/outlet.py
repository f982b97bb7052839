"""A message ready to be shown, and what a chat must be able to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from bot.dialogue.cards import Weight


@dataclass(frozen=True)
class Key:
    """A button. `token` comes back when it is pressed; `code` says in the clear what it does, for scripts and tests."""

    label: str
    token: str
    code: str
    weight: Weight = Weight.PLAIN
    picked: bool | None = None  # ticked or not, when it is one of several; None for a plain button


@dataclass(frozen=True)
class CopyKey:
    """A button that copies a text; where a chat has none, the text is shown."""

    label: str
    text: str


@dataclass(frozen=True)
class LinkKey:
    """A button that opens an address; where a chat has none, it stands in the text."""

    label: str
    address: str


@dataclass(frozen=True)
class Attachment:
    """A file to show or hand over. Sizes in pixels, length in seconds; 0 where they do not apply."""

    kind: Literal["picture", "sound", "video", "document"]
    path: Path
    media_type: str
    name: str  # to save it under, with extension
    sha256: str  # names its content: a chat that remembers uploads need not repeat them
    title: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    size: int = 0
    cover: Path | None = None  # JPEG, of a video


@dataclass(frozen=True)
class Message:
    """A card in the seller's language.

    `attachments`: none, one picture, one sound, one video, or any number of documents.
    """

    topic: str
    text: str
    rows: tuple[tuple[Key | CopyKey | LinkKey, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    typing: str = ""  # a typed answer is welcome: what to type
    fraction: float | None = None  # of a job: chats may draw a bar
    job: str = ""  # that it reports on
    below: bool = False  # belongs below what the seller sent last, where the chat can move a message
    key: str = ""  # names this message for good: a chat that can refuse duplicates may use it (Discord's nonce)
    locale: str = "en"


@dataclass(frozen=True)
class Limits:
    """What a chat allows."""

    edit_seconds: float = 0.0  # shortest time between edits that may be left out


class Outlet(Protocol):
    """A chat as seen by the concierge and the courier: where messages go."""

    @property
    def prefix(self) -> str:
        """The first part of its chat keys: "telegram" of "telegram:123"."""
        ...

    def limits(self, chat: str) -> Limits:
        """What this chat allows."""
        ...

    async def post(self, chat: str, message: Message) -> str:
        """Show a new message.

        Returns:
            Its id, to edit it by.

        Raises:
            ChatError: it could not be shown. ChatClosed: nor can anything else until the seller comes back.
        """
        ...

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        """Show a message in place of another; post it when that one is gone or cannot become it.

        Returns:
            The id of the message that now shows it.

        Raises:
            ChatError: it could not be shown.
        """
        ...

    async def retire(self, chat: str, message_id: str) -> None:
        """Take the buttons off a message; fine when it is gone.

        Raises:
            ChatError: the chat does not answer.
        """
        ...


@runtime_checkable
class Inviting(Protocol):
    """An outlet whose chat knows addresses by which an invitation is handed in."""

    def invitation(self, code: str) -> str:
        """The address that hands in a code for whoever opens it."""
        ...
