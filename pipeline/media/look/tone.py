"""A tone as a designer writes it down: type, colours, pace of motion, transitions, captions."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from pipeline.media.scene import Ease, TransitionKind
from pipeline.model import Tone, Value

Role = Literal["ground", "second", "third", "ink", "accent", "on_accent", "soft", "backing", "white", "black"]
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Mixed(Value):
    """A colour made from a hue found in the photos (or a fixed one, in degrees) at a lightness and chroma of its own.

    Attributes:
        hue: "accent" is the product's or the brand's, "opposite" its complement, "photo" that of the photos' ground.
        light: OKLCH lightness.
        chroma: OKLCH chroma; for "photo" the most that is taken over.
        turn: degrees added to the hue.
    """

    hue: Literal["accent", "opposite", "photo"] | float
    light: Share
    chroma: Annotated[float, Field(ge=0, le=0.4)]
    turn: float = 0.0


Paint = Hex | Mixed


class Scheme(Value):
    """Colours that go together. `ink` is for words on `ground`, `on_accent` for words on `accent`."""

    ground: Paint
    second: Paint
    third: Paint
    ink: Paint
    accent: Paint
    on_accent: Paint = "#ffffff"
    soft: Paint | None = None  # quieter words on `ground`; None derives it from the ink


class Colours(Value):
    """How a tone finds its palette."""

    schemes: Annotated[tuple[Scheme, ...], Field(min_length=1)]
    hue: float  # of the accent when the product has no colour of its own
    hues: tuple[float, ...] = ()  # complements are moved to the nearest of these
    whole: tuple[float, float] | None = None  # the accent's hue is kept within this arc


class Type(Value):
    """A voice of type."""

    family: str
    weight: int = 400
    italic: bool = False
    tracking: float = 0.0  # em
    leading: float = 1.1
    caps: bool = False


class Lettering(Value):
    """The tone's type: at most two families in a frame, sizes in pixels at 1080 across."""

    display: Type
    text: Type
    marked: Type | None = None  # the spoken word, where it has a face of its own
    hand: Type | None = None  # handwriting for asides
    headline: float
    name: float
    price: float
    small: float
    kicker: float
    reveal: Literal["lines", "words", "fade", "type"] = "lines"


class Caption(Value):
    """How spoken words are shown."""

    style: Literal["pill", "block", "underline", "italic", "colour"]
    size: float
    align: Literal["left", "center"] = "center"
    caps: bool = False
    mark: Role = "accent"


class Motion(Value):
    """How things move."""

    enter: Ease
    enter_seconds: float
    stagger: float  # seconds between one entrance and the next
    push: float  # how much a picture grows in a shot, as a share
    travel: float  # how far pictures wander, as a share of the frame's width
    turn: float = 0.0  # degrees that a cut-out turns in a shot
    ease: Ease = "sine"
    punch: float = 0.0  # growth on a beat, as a share
    jumps: int = 0  # steps instead of a glide


class Join(Value):
    """A transition and how often the tone uses it."""

    kind: TransitionKind
    frames: Annotated[int, Field(ge=0, le=30)] = 0
    weight: Annotated[int, Field(ge=1)] = 1


class ToneLook(Value):
    """Everything that makes films of one tone look alike, and unlike those of another."""

    lettering: Lettering
    colours: Colours
    caption: Caption
    motion: Motion
    joins: Annotated[tuple[Join, ...], Field(min_length=1)]
    shadow: Annotated[float, Field(ge=0, le=1)] = 0.4  # darkness of shadows
    align: Literal["left", "center"] = "left"  # of headlines and of windows narrower than their place
    flat: bool = False  # words on a busy picture get a flat plate, not a soft cloud
    swaps: bool = False  # ground and second colour change places from shot to shot


class BadLook(ValueError):
    """A tone or template file is not right; the message says which one and what."""


_Read = TypeVar("_Read", bound=Value)


def read(kind: type[_Read], text: str, *, name: str) -> _Read:
    """A look file's content.

    Raises:
        BadLook: with every fault of the file, each with its place.
    """
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadLook(f"{name}: {error}") from error
    except ValidationError as error:
        faults = "; ".join(_fault(fault["loc"], fault["msg"], fault["input"]) for fault in error.errors())
        raise BadLook(f"{name}: {faults}") from error


def _fault(place: tuple[int | str, ...], told: str, given: object) -> str:
    """One fault in words; what was written is shown as long as it is short."""
    written = f" (is {given!r})" if isinstance(given, str | int | float) else ""
    return f"{'.'.join(map(str, place))}: {told}{written}"


@cache
def look_of(tone: Tone) -> ToneLook:
    """The look of a tone, from its file in `tones/`."""
    name = f"{tone.value}.toml"
    text = (files("pipeline.media.look") / "tones" / name).read_text("utf-8")
    return read(ToneLook, text, name=name)
