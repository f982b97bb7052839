"""Who may talk to the bot: one pure decision on what is known of somebody and what they did."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal

from bot.dialogue.events import Command, Commanded, Event, TextSent
from pipeline.model import Value

INVITATION_DAYS = 14
_SELLER = re.compile(r"([a-z]+):u?(\d{1,20})")
_ORDER = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


class Policy(Value):
    """Who may use an installation. Whoever sits at the terminal of its machine operates it, too."""

    invite_only: bool = False
    operators: frozenset[str] = frozenset()  # sellers, as `seller_named` writes them
    publishers: frozenset[str] = frozenset()  # likewise

    def operates(self, seller: str) -> bool:
        """Whether a seller is an operator."""
        return seller in self.operators or seller.startswith("terminal:")

    def publishes(self, seller: str) -> bool:
        """Whether a seller may post films to the accounts of the installation."""
        return seller in self.publishers or self.operates(seller)


class Known(Value):
    """What is known of somebody who does something."""

    operator: bool = False
    invited: bool = False
    banned: bool = False


# ── what is decided ──────────────────────────────────────────────────────────────────────────────────────────────────


class Notice(StrEnum):
    """Why somebody is turned away; the value is the phrase that says it."""

    BY_INVITATION = "by-invitation"
    BANNED = "you-are-banned"
    CODE_UNKNOWN = "code-unknown"
    CODE_USED = "code-used"
    CODE_EXPIRED = "code-expired"


class Enter(Value):
    """They go on to the conversation."""

    kind: Literal["enter"] = "enter"


class Redeem(Value):
    """They hand in a code, which decides."""

    kind: Literal["redeem"] = "redeem"
    code: str


class TurnAway(Value):
    """They are told why, unless they know; nothing else is done."""

    kind: Literal["turn_away"] = "turn_away"
    notice: Notice


class Task(StrEnum):
    """What an operator can have done; the value is what is typed after the slash. No menu lists these."""

    INVITE = "invite"
    BAN = "ban"
    UNBAN = "unban"
    STATS = "stats"


class Operate(Value):
    """An operator wants something done; `seller` is the one it is about, "" where none can be made out."""

    kind: Literal["operate"] = "operate"
    task: Task
    seller: str = ""


Decision = Enter | Redeem | TurnAway | Operate


def decide(policy: Policy, known: Known, event: Event | None) -> Decision:
    """Whether somebody may go on.

    Args:
        policy: of the installation.
        known: what is known of them.
        event: what they did; None for a press, and for a file before it is fetched.
    """
    if known.operator:
        task = _task_in(event.text) if isinstance(event, TextSent) else None
        return task or Enter()
    if known.banned:
        return TurnAway(notice=Notice.BANNED)
    if known.invited or not policy.invite_only:
        return Enter()
    if isinstance(event, Commanded) and event.command is Command.START and event.argument:
        return Redeem(code=event.argument.strip())
    return TurnAway(notice=Notice.BY_INVITATION)


def times(notice: Notice) -> int:
    """How often somebody is told this before nothing is answered any more.

    Mistyping a code is human, so that is said a few times; guessing a code is hopeless, so it need not be forbidden.
    """
    return 1 if notice in (Notice.BY_INVITATION, Notice.BANNED) else 5


def seller_named(text: str) -> str | None:
    """The seller that an operator means by "telegram:12345"; None when that is no seller."""
    found = _SELLER.fullmatch(text.strip().casefold())
    return f"{found[1]}:u{found[2]}" if found else None


def _task_in(text: str) -> Operate | None:
    found = _ORDER.fullmatch(text.strip())
    if found is None or found[1] not in set(Task):
        return None
    return Operate(task=Task(found[1]), seller=seller_named(found[2] or "") or "")
