"""What the conversation wants done: in the chat, in the studio, in the store."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.dialogue.cards import Card, Phrase
from bot.dialogue.profile import Profile
from pipeline.model import Order, Value

# ── in the chat ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Say(Value):
    """Tell something in a message of its own."""

    kind: Literal["say"] = "say"
    card: Card


class Ask(Value):
    """Ask something that is answered by a button or, where `card.typing` is set, by typing."""

    kind: Literal["ask"] = "ask"
    card: Card


class Show(Value):
    """Show how something goes or what came of it."""

    kind: Literal["show"] = "show"
    card: Card


class Retire(Value):
    """Take the buttons off the message in a slot."""

    kind: Literal["retire"] = "retire"
    slot: str


class Hint(Value):
    """A short word to the one who pressed, beside the chat where the chat can do that."""

    kind: Literal["hint"] = "hint"
    phrase: Phrase


# ── in the studio ────────────────────────────────────────────────────────────────────────────────────────────────────


class Haste(StrEnum):
    """Which lane a job takes."""

    NORMAL = "normal"
    FAST = "fast"  # voice previews, takes to choose from and changes of a film that is there
    POST = "post"  # a film is posted: nobody has to wait behind a network


class Produce(Value):
    """Have something made; answered by Accepted or Declined. The same `run` is one job, however often asked for."""

    kind: Literal["produce"] = "produce"
    run: int
    order: Order
    haste: Haste


class Cancel(Value):
    """Stop a job."""

    kind: Literal["cancel"] = "cancel"
    job: str


class Appraise(Value):
    """Ask what an order takes; answered by Appraised. `film`: whose change it is, 0 for a new order."""

    kind: Literal["appraise"] = "appraise"
    order: Order
    film: int = 0


# ── in the store ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Keep(Value):
    """Remember the seller's profile."""

    kind: Literal["keep"] = "keep"
    profile: Profile


class Recall(Value):
    """List the seller's films; answered by Recalled."""

    kind: Literal["recall"] = "recall"


class Recover(Value):
    """Fetch one of the seller's films; answered by Recovered."""

    kind: Literal["recover"] = "recover"
    job: str


class Forget(Value):
    """Delete all that is known of the seller; answered by Forgotten."""

    kind: Literal["forget"] = "forget"


Effect = Annotated[
    Say | Ask | Show | Retire | Hint | Produce | Cancel | Appraise | Keep | Recall | Recover | Forget,
    Field(discriminator="kind"),
]
