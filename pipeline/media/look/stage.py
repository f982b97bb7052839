"""One shot in one format while it is laid out: its frame, look, colours, photos and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.media.clips import Clip
from pipeline.media.look.motion import Clock, Manner, Rest, Tracks, tracks
from pipeline.media.look.palette import Palette
from pipeline.media.look.shadows import stands
from pipeline.media.look.template import Moving, Rect, Slot, Template, TextLayer
from pipeline.media.look.tone import ToneLook
from pipeline.media.scene import Layer, Picture
from pipeline.media.sources import Source
from pipeline.model import Format

_UNITS = {Format.TALL: 1.0, Format.FEED: 1.0, Format.SQUARE: 0.9, Format.WIDE: 1.15}
_EARLY = 0.14  # seconds by which entrances have begun when their shot starts
_AHEAD = 0.16  # and those of pictures so much more


@dataclass(frozen=True)
class Area:
    """A place in the frame, pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    def meets(self, other: Area, *, gap: float = 0.0) -> bool:
        """Whether two places come closer than a gap."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


@dataclass(frozen=True, eq=False)
class Stage:
    """What every layer of a shot needs to know.

    Attributes:
        form: the format.
        look: the tone's look.
        palette: colours of this shot.
        template: the kind of shot.
        sources: the shot's own photo first, then the others.
        seconds: how long the shot is on screen.
        beats: of the music, seconds from the shot's start.
        seed: makes this take differ from others.
        detail: which of the plate's details a close-up shows.
        mirrored: whether left and right change places.
        opening: whether the film begins with this shot.
        has: what there is to write: "headline", "price" …
        kinetic: whether the spoken words are the headline.
        clip: a filmed clip that is shown instead of the photo.
    """

    form: Format
    look: ToneLook
    palette: Palette
    template: Template
    sources: Sequence[Source]
    seconds: float
    beats: tuple[float, ...]
    seed: int
    detail: int
    mirrored: bool
    opening: bool
    has: frozenset[str]
    kinetic: bool = False
    clip: Clip | None = None

    @property
    def width(self) -> int:
        """Of the frame, pixels."""
        return self.form.size[0]

    @property
    def height(self) -> int:
        """Of the frame, pixels."""
        return self.form.size[1]

    @property
    def unit(self) -> float:
        """Pixels for one of the tone's type sizes: a wide frame is seen from further away, a square has less room."""
        return _UNITS[self.form]

    @property
    def side(self) -> int:
        """-1 where directions are turned round."""
        return -1 if self.mirrored else 1

    def slot(self, name: str) -> Slot:
        """A place by name; "product" and "window" take the room of a headline that is not there."""
        alone = f"{name}_alone"
        if "headline" not in self.has and self._knows(alone):
            return self.template.slot(alone)
        return self.template.slot(name)

    def area(self, name: str) -> Area:
        """A place in pixels."""
        return self.placed(self.slot(name).rect(self.form))

    def placed(self, rect: Rect) -> Area:
        """Shares of the frame in pixels, mirrored where the shot is."""
        x, y, w, h = rect
        left = 1 - x - w if self.mirrored else x
        return Area(left * self.width, y * self.height, w * self.width, h * self.height)

    def source(self, which: int) -> Source:
        """The shot's own photo, or one of the others, going round."""
        return self.sources[which % len(self.sources)]

    def shown(self, layer: Moving) -> bool:
        """Whether a layer's condition holds."""
        match layer.when:
            case "always":
                return True
            case "headline" | "price":
                return layer.when in self.has
            case "no_headline":
                return "headline" not in self.has
            case "stands":
                cutout = self.sources[0].cutout
                return cutout is not None and stands(cutout)
            case "low_res":
                return "low_resolution" in self.sources[0].plate.notes

    def begins(self, layer: Moving, *, order: int = 0) -> float:
        """When a layer comes, seconds from the shot's start."""
        start = (layer.after + order) * self.look.motion.stagger - _EARLY
        # Pictures are nearly there when the shot begins: an empty ground says nothing.
        return start if isinstance(layer, TextLayer) else start - _AHEAD

    def moving(self, layer: Moving, rest: Rest, *, order: int = 0) -> Tracks:
        """A layer's tracks."""
        manner = Manner(
            motion=self.look.motion,
            enter=layer.enter,
            move=layer.move,
            amount=layer.amount,
            width=self.width,
            height=self.height,
            side=self.side * (1 if self.seed % 2 == 0 else -1),
        )
        return tracks(rest, manner, Clock(self.seconds, self.beats, self.begins(layer, order=order)))

    def layer(self, picture: Picture, moved: Tracks, *, mask: Picture | None = None) -> Layer:
        """A picture on its tracks."""
        return Layer(
            picture=picture,
            x=moved.x,
            y=moved.y,
            scale=moved.scale,
            turn=moved.turn,
            opacity=moved.opacity,
            mask=mask,
        )

    def _knows(self, name: str) -> bool:
        try:
            self.template.slot(name)
        except KeyError:
            return False
        return True
