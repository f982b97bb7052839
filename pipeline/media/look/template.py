"""A shot as a designer writes it down: layers from bottom to top, and a place for each in every format."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pipeline.media.look.tone import BadLook, Role, Share, read
from pipeline.model import Format, Intent, Tone, Value

Rect = tuple[float, float, float, float]  # left, top, width, height in shares of the frame; may reach beyond it
Align = Literal["left", "center", "right"]
Rise = Literal["top", "middle", "bottom"]

Enter = Literal["none", "fade", "rise", "drop", "left", "right", "pop", "grow"]
Move = Literal["none", "push", "pull", "left", "right", "up", "down", "float", "sway", "turn", "punch", "jump"]


class Slot(Value):
    """Where something stands, format by format."""

    tall: Rect
    feed: Rect
    square: Rect
    wide: Rect
    align: Align | None = None  # None: as the tone likes
    rise: Rise = "top"

    def rect(self, form: Format) -> Rect:
        """The place in one format."""
        match form:
            case Format.TALL:
                return self.tall
            case Format.FEED:
                return self.feed
            case Format.SQUARE:
                return self.square
            case Format.WIDE:
                return self.wide


class Moving(Value):
    """What every layer has: a place, how it comes, how it goes on moving."""

    slot: str = "frame"
    enter: Enter = "none"
    move: Move = "none"
    amount: float = 1.0  # times the tone's own measure of that motion
    after: float = 0.0  # in steps of the tone's stagger
    when: Literal["always", "headline", "no_headline", "price", "low_res", "stands"] = "always"


class GroundLayer(Moving):
    """A painted ground, the size of the frame."""

    kind: Literal["ground"]
    paint: Literal["flat", "gradient", "glow", "horizon", "diagonal", "halves", "rays", "dots", "stripes", "photo_blur"]
    colours: Annotated[tuple[Role, ...], Field(min_length=1, max_length=2)] = ("ground",)
    at: Share = 0.62  # the horizon, the dividing line or the middle of the glow, as a share of the height
    angle: float = 0.0  # degrees


class ShapeLayer(Moving):
    """A flat shape filling its slot."""

    kind: Literal["shape"]
    shape: Literal["disc", "ring", "bar", "arch", "frame", "round", "slab", "burst", "line", "cross", "confetti"]
    colour: Role = "second"
    opacity: Share = 1.0
    stroke: float = 3.0  # pixels of a ring's, frame's or line's stroke
    turn: float = 0.0


class PhotoLayer(Moving):
    """A photo, whole or a part, in its slot; the picture moves inside its window."""

    kind: Literal["photo"]
    which: int = 0  # 0 is the shot's own photo, 1 the next …
    crop: Literal["whole", "product", "detail"] = "whole"
    detail: int = 0  # counted from the take's own
    window: Literal["none", "arch", "disc", "round", "slant", "below"] = "none"  # "below": under a slanted line
    border: float = 0.0  # pixels of a white edge around the window
    turn: float = 0.0  # degrees; a turned photo is a print, moved as a whole
    snug: bool = True  # the window may be narrowed so that a tall product is whole in it
    treat: Literal["none", "mono", "duo", "melt"] = "none"


class ProductLayer(Moving):
    """The cut-out product with its shadows."""

    kind: Literal["product"]
    which: int = 0
    stand: Literal["middle", "stand"] = "middle"
    shadow: Literal["drop", "contact", "mirror", "none"] = "drop"
    turn: float = 0.0
    grow: float = 1.0  # beyond the slot, as a factor


class LightLayer(Moving):
    """A band of light sweeping over the frame."""

    kind: Literal["light"]
    opacity: Share = 0.4
    colour: Role = "white"


class VeilLayer(Moving):
    """A gradient that makes words readable on a photo."""

    kind: Literal["veil"]
    edge: Literal["top", "bottom", "left"]
    colour: Role = "black"
    opacity: Share = 0.6
    reach: Share = 0.45


class TextLayer(Moving):
    """Words on the picture."""

    kind: Literal["text"]
    words: Literal["headline", "name", "price", "action", "handle", "closing", "echo"]
    size: Literal["headline", "name", "price", "small", "kicker"] = "headline"
    face: Literal["display", "text", "hand"] = "display"
    colour: Role = "ink"
    on: Literal["picture", "sticker", "pill", "slab", "outline"] = "picture"
    plate: Role = "accent"
    lines: Annotated[int, Field(ge=1, le=5)] = 3
    caps: bool = False
    tracking: float = 0.0  # em, on top of the face's own
    turn: float = 0.0
    grow: float = 1.0  # times the tone's size
    opacity: Share = 1.0
    under: str = ""  # hang below what another text layer (by its words) has taken up
    gap: float = 0.02  # then so far below it, as a share of an upright frame's height


Layered = Annotated[
    GroundLayer | ShapeLayer | PhotoLayer | ProductLayer | LightLayer | VeilLayer | TextLayer,
    Field(discriminator="kind"),
]


class Template(Value):
    """A kind of shot.

    Attributes:
        layers: from bottom to top.
        slots: the places that its layers name, beside or instead of its arrangement's.
        arrangement: places shared with other templates (`arrangements.toml`).
        intents: what it can be used for.
        suits: the tones that use it, with a weight.
        needs: what the photo must offer; "scene" is one that tells something around its product or has no cut-out,
            "melting" one on an even light ground without a cut-out.
        photos: how many photos it shows.
        caption: slot of the spoken words; "" leaves them out.
    """

    name: str = ""
    arrangement: str = ""
    intents: Annotated[tuple[Intent, ...], Field(min_length=1)]
    suits: dict[Tone, Annotated[int, Field(ge=1, le=5)]]
    needs: Literal["cutout", "detail", "photo", "scene", "melting"] = "photo"
    photos: Annotated[int, Field(ge=1, le=4)] = 1
    sharp: bool = False  # fills the frame with the photo: too much for one of few pixels
    caption: str = "caption"
    slots: dict[str, Slot] = Field(default_factory=dict)
    layers: Annotated[tuple[Layered, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_only_slots_that_exist(self) -> Self:
        known = {"frame", *self.slots, *arrangement(self.arrangement)}
        wanted = {layer.slot for layer in self.layers} | {self.caption or "frame"}
        if missing := wanted - known:
            raise ValueError(f"no such slot: {', '.join(sorted(missing))}")
        if self.needs != "cutout" and any(isinstance(layer, ProductLayer) for layer in self.layers):
            raise ValueError('a product layer needs `needs = "cutout"`')
        return self

    def slot(self, name: str) -> Slot:
        """A place by its name."""
        if name == "frame":
            return FRAME
        return self.slots.get(name) or arrangement(self.arrangement)[name]


FRAME = Slot(tall=(0, 0, 1, 1), feed=(0, 0, 1, 1), square=(0, 0, 1, 1), wide=(0, 0, 1, 1))


class _Arrangements(Value):
    arrangements: dict[str, dict[str, Slot]]


@cache
def arrangement(name: str) -> dict[str, Slot]:
    """The places of an arrangement; none for "".

    Raises:
        BadLook: there is no such arrangement.
    """
    if not name:
        return {}
    text = (files("pipeline.media.look") / "arrangements.toml").read_text("utf-8")
    known = read(_Arrangements, text, name="arrangements.toml").arrangements
    if name not in known:
        raise BadLook(f"no such arrangement: {name}")
    return known[name]


@cache
def templates() -> dict[str, Template]:
    """All templates by name, from `templates/`, in the order of their names."""
    folder = files("pipeline.media.look") / "templates"
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return dict(_read_all((name, (folder / name).read_text("utf-8")) for name in found))


def _read_all(texts: Iterable[tuple[str, str]]) -> Iterable[tuple[str, Template]]:
    for name, text in texts:
        stem = name.removesuffix(".toml")
        yield stem, read(Template, text, name=name).model_copy(update={"name": stem})
