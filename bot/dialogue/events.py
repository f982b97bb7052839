"""What happens in a chat, and what is told to it from elsewhere."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.dialogue.cards import Action
from pipeline.model import Artifact, Film, JobEvent, Value


class Command(StrEnum):
    """The commands of every chat; the value is what is typed after the slash."""

    START = "start"
    NEW = "new"
    FILMS = "films"
    SETTINGS = "settings"
    CANCEL = "cancel"
    HELP = "help"
    DELETE_ME = "delete_me"


# ── what a seller does ───────────────────────────────────────────────────────────────────────────────────────────────


class Commanded(Value):
    """A command was given; `argument` is what followed it (an invite code after /start)."""

    kind: Literal["commanded"] = "commanded"
    command: Command
    argument: str = ""


class PhotoSent(Value):
    """A photo was taken in; `notes` are those of `pipeline.intake` ("blurred", "dark", "blank" …).

    `place` grows in the order in which photos were sent, whichever was taken in first; 0 when that is not known.
    """

    kind: Literal["photo_sent"] = "photo_sent"
    photo: Artifact
    notes: tuple[str, ...] = ()
    look: str = ""  # of `pipeline.intake`, to know the same picture again
    caption: str = ""
    place: int = 0


class PhotoRefused(Value):
    """A file cannot be used; `reason` is a `BadPhoto.reason`."""

    kind: Literal["photo_refused"] = "photo_refused"
    reason: str
    caption: str = ""


class TextSent(Value):
    """The seller typed something; `overheard`: among others and to nobody in particular, maybe not to the bot."""

    kind: Literal["text_sent"] = "text_sent"
    text: str
    overheard: bool = False


class Edited(Value):
    """The seller changed what they had written before: that was read when it came."""

    kind: Literal["edited"] = "edited"


class Preset(Value):
    """Choices that came along with the photos, in the seller's words; "" where nothing was said."""

    kind: Literal["preset"] = "preset"
    tone: str = ""
    voice: str = ""
    platforms: str = ""


class OtherSent(Value):
    """Something came that is neither photo nor text: a video, a voice message, a sticker, a place.

    `caption` is what was written under it; `overheard` as with texts; `spoken` if it is a voice message.
    """

    kind: Literal["other_sent"] = "other_sent"
    caption: str = ""
    overheard: bool = False
    spoken: bool = False


class Pressed(Value):
    """A button was pressed; its token was genuine."""

    kind: Literal["pressed"] = "pressed"
    turn: int
    action: Action


# ── what the studio and the store answer ─────────────────────────────────────────────────────────────────────────────


class Appraised(Value):
    """How long an order will take (seconds; None without history) and what it costs (None where that is not known).

    `avoid` names the phrase-bank entries that the seller's last films used; `film` is the one whose change it is.
    """

    kind: Literal["appraised"] = "appraised"
    seconds: float | None
    cost: Decimal | None
    avoid: tuple[str, ...] = ()
    film: int = 0


class Accepted(Value):
    """A run was written down as a job."""

    kind: Literal["accepted"] = "accepted"
    run: int
    job: str
    position: int


class Declined(Value):
    """A run was not accepted; `phrase` tells why."""

    kind: Literal["declined"] = "declined"
    run: int
    phrase: str
    resets_in: float | None = None  # seconds until a limit is lifted


class Told(Value):
    """A job went on or ended."""

    kind: Literal["told"] = "told"
    job: str
    event: JobEvent


class PastTitle(Value):
    """A film in the history, as the list shows it; `day` is an ISO date."""

    job: str
    title: str
    day: str


class Recalled(Value):
    """The seller's films, newest first."""

    kind: Literal["recalled"] = "recalled"
    films: tuple[PastTitle, ...]


class Recovered(Value):
    """A film of the history, to be shown again; None when it is gone."""

    kind: Literal["recovered"] = "recovered"
    job: str
    film: Film | None


class Forgotten(Value):
    """All that was known of the seller is deleted."""

    kind: Literal["forgotten"] = "forgotten"


Event = Annotated[
    Commanded
    | PhotoSent
    | PhotoRefused
    | TextSent
    | Edited
    | Preset
    | OtherSent
    | Pressed
    | Appraised
    | Accepted
    | Declined
    | Told
    | Recalled
    | Recovered
    | Forgotten,
    Field(discriminator="kind"),
]
