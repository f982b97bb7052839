"""What is ordered, and what a job tells the chat."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pipeline.model.brief import Wish
from pipeline.model.film import Film
from pipeline.model.post import Posted, Posting
from pipeline.model.value import Artifact, Value


class Stage(StrEnum):
    """A stage of production, in order, as progress shows it."""

    ENHANCE = "enhance"
    WRITE = "write"
    SPEAK = "speak"
    SHOOT = "shoot"
    SCORE = "score"
    CUT = "cut"
    PUBLISH = "publish"


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
    TAKES = "takes"  # a picture of other takes of one shot, to choose from
    PUBLISH = "publish"  # a finished film posted where the seller wants it


class Retake(Value):
    """Which shot of the wish's film should be taken otherwise, and which of its takes were offered before."""

    shot: int
    seen: tuple[int, ...] = ()


class Order(Value):
    """A job's whole input."""

    goal: Goal
    wish: Wish
    variants: int = 2  # how many previews
    retake: Retake | None = None  # for TAKES
    post: Posting | None = None  # what is to be posted

    @model_validator(mode="after")
    def _has_a_post(self) -> Self:
        if (self.goal is Goal.PUBLISH) != (self.post is not None):
            raise ValueError("there is something to post when, and only when, that is the goal")
        return self


class Queued(Value):
    """The job waits; `position` 1 is next."""

    kind: Literal["queued"] = "queued"
    position: int


class Progressed(Value):
    """The job went on."""

    kind: Literal["progressed"] = "progressed"
    progress: Progress
    seconds_left: float | None


class Filming(Value):
    """A cloud camera could film a shot; `cost` is in US dollars, None when its price is not known."""

    cost: Decimal | None = None


class Takes(Value):
    """Other takes of a shot, composed here. `picture` shows the present one as A, then these as B, C …"""

    shot: int
    takes: tuple[int, ...]  # their numbers; none when the shot cannot look otherwise
    picture: Artifact | None = None  # JPEG
    more: bool = False  # whether there are others that differ from all of them
    filming: Filming | None = None  # None where no cloud camera would film this shot


class Finished(Value):
    """The job is done: films (one for FILM, one a variant for PREVIEWS), a voice sample, takes, or a post."""

    kind: Literal["finished"] = "finished"
    films: tuple[Film, ...] = ()
    sample: Artifact | None = None
    takes: Takes | None = None
    posted: Posted | None = None
    post: Posting | None = None  # what that is of


class Failed(Value):
    """The job cannot be done. `phrase` names a sentence for the seller; `reference` is the id in the log.

    `retry_in` is how many seconds from its end on it may be done, where a limit stands in its way.
    """

    kind: Literal["failed"] = "failed"
    phrase: str
    reference: str
    retry_in: float | None = None


class Cancelled(Value):
    """The job was stopped on request."""

    kind: Literal["cancelled"] = "cancelled"


JobEvent = Annotated[Queued | Progressed | Finished | Failed | Cancelled, Field(discriminator="kind")]
