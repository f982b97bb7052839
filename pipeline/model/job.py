"""What is ordered, and what a job tells the chat."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from pipeline.model.brief import Wish
from pipeline.model.film import Film
from pipeline.model.value import Artifact, Value


class Stage(StrEnum):
    """A stage of production, in order, as progress shows it."""

    ENHANCE = "enhance"
    WRITE = "write"
    SPEAK = "speak"
    SHOOT = "shoot"
    SCORE = "score"
    CUT = "cut"


class Progress(Value):
    """How far a production is. `done` of `total` parts of this stage; `fraction` of the whole job (0..1)."""

    stage: Stage
    done: int
    total: int
    fraction: float
    picture: Artifact | None = None  # a contact sheet or a thumbnail, as soon as there is one
    variant: int | None = None


class Goal(StrEnum):
    """What a job is to make."""

    PREVIEWS = "previews"  # quick previews of the variants to choose from
    FILM = "film"  # the finished film in every format asked for
    VOICE = "voice"  # a few seconds of a voice reading the seller's own first line


class Order(Value):
    """A job's whole input."""

    goal: Goal
    wish: Wish
    variants: int = 2  # how many previews


class Queued(Value):
    """The job waits; `position` 1 is next."""

    kind: Literal["queued"] = "queued"
    position: int


class Progressed(Value):
    """The job went on."""

    kind: Literal["progressed"] = "progressed"
    progress: Progress
    seconds_left: float | None


class Finished(Value):
    """The job is done: films (one for FILM, one a variant for PREVIEWS) or a voice sample."""

    kind: Literal["finished"] = "finished"
    films: tuple[Film, ...] = ()
    sample: Artifact | None = None


class Failed(Value):
    """The job cannot be done. `phrase` names a sentence for the seller; `reference` is the id in the log."""

    kind: Literal["failed"] = "failed"
    phrase: str
    reference: str


class Cancelled(Value):
    """The job was stopped on request."""

    kind: Literal["cancelled"] = "cancelled"


JobEvent = Annotated[Queued | Progressed | Finished | Failed | Cancelled, Field(discriminator="kind")]
