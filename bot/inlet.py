"""Who did something in a chat, whom a front end tells, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.dialogue.events import Event


@dataclass(frozen=True)
class Sender:
    """Who did something, and where.

    `update` is the chat's own id of it: the same one is handled once. `inbox` is where it waits until it is handled.
    `place` grows from one of their messages to the next, where the chat numbers them.
    """

    chat: str  # "telegram:123"
    seller: str  # "telegram:u99"
    locale: str = ""  # the language of the seller's app (BCP 47), if the chat tells
    update: str = ""
    inbox: str = ""
    place: int = 0


class Verdict(StrEnum):
    """What came of an event."""

    DONE = "done"
    FORGED = "forged"  # the token was never minted: nothing was done
    FOREIGN = "foreign"  # the conversation is somebody else's: nothing was done
    UNSHOWN = "unshown"  # it was handled, but the chat did not take the answer; that is shown with the next event
    CLOSED = "closed"  # the same, and the chat takes nothing until the seller comes back
    REFUSED = "refused"  # this installation does not serve them: nothing was done
    BROKEN = "broken"  # it could not be handled; the seller was told, with a reference


@dataclass(frozen=True)
class Reply:
    """What to tell the one who acted, beside the chat: short hints, in their language."""

    verdict: Verdict = Verdict.DONE
    hints: tuple[str, ...] = ()
    taken_out: bool = False  # the update has left its inbox, together with what came of it


class Desk(Protocol):
    """Whom a front end tells what sellers do: the concierge, or the gate before it."""

    async def admit(self, sender: Sender, event: Event | None = None) -> Reply | None:
        """Asked before something is fetched or opened for somebody, and harmless to ask twice.

        Args:
            sender: who.
            event: what they did, where that may let them in.

        Returns:
            None for somebody who is served; else what to tell them, which may be nothing.
        """
        ...

    async def press(self, sender: Sender, token: str) -> Reply:
        """A button was pressed."""
        ...

    async def photo(self, sender: Sender, data: bytes | Path, *, caption: str = "") -> Reply:
        """A file came that should be a photo."""
        ...

    async def handle(self, sender: Sender, event: Event) -> Reply:
        """Anything else."""
        ...
