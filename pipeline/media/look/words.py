"""Words on the picture: set, coloured to be read on the pixels behind them, revealed line by line or word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import Literal

from pipeline.media.lettering.fitting import Room, fit
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.setting import Rect, Setting
from pipeline.media.lettering.sprites import draw
from pipeline.media.lettering.style import Align, Style
from pipeline.media.lettering.wording import reads_right_to_left
from pipeline.media.look.backdrop import Backdrop
from pipeline.media.look.colour import READABLE, RGB, WHITE, apart, contrast
from pipeline.media.look.motion import Rest
from pipeline.media.look.palette import rim_colour
from pipeline.media.look.shapes import shape_picture
from pipeline.media.look.stage import Area, Stage
from pipeline.media.look.template import TextLayer
from pipeline.media.look.tone import Type
from pipeline.media.scene import Layer, Picture
from pipeline.model import Intent, TextBox

_ALIGN: dict[str, Align] = {"left": "start", "center": "centre", "right": "end"}
_PAD: dict[str, tuple[float, float]] = {  # around the words, in em
    "sticker": (0.42, 0.62),
    "pill": (0.62, 0.36),
    "slab": (0.34, 0.28),
    "outline": (0.9, 0.62),
}
_STOPS = ".,:;!?…\"'“”„‘’«»()"
_UPRIGHT = 1920  # pixels of the frame that gaps are shares of
_SAME = 0.08  # OKLab distance below which a plate is lost on its ground
_SOLID = 400  # weight of type that reads on a plate
_BUSY = 34.0  # spread of the pixels behind words from which they want a plate
_KINDS: dict[str, Literal["headline", "name", "price", "action", "handle"]] = {
    "headline": "headline",
    "name": "name",
    "price": "price",
    "action": "action",
    "handle": "handle",
    "closing": "action",
}


@dataclass(frozen=True)
class Script:
    """All that a shot may write."""

    language: str
    headline: str = ""
    name: str = ""
    price: str = ""
    action: str = ""
    handle: str = ""
    closing: str = ""
    kinetic: bool = False  # the headline is what is spoken: its words appear as they are said
    written: int = 0  # words of the spoken line that the headline has in writing: captions begin after them

    def text(self, words: str) -> str:
        """The text of a layer; "echo" is the longest word there is, for decoration."""
        if words == "echo":
            source = self.headline or self.name
            return max(source.split(), key=len, default="").strip(_STOPS)
        found: str = getattr(self, words)
        return found

    @property
    def has(self) -> frozenset[str]:
        """What there is."""
        kinds = ("headline", "name", "price", "action", "handle", "closing")
        return frozenset(kind for kind in kinds if self.text(kind))


@dataclass(frozen=True, eq=False)
class Written:
    """A text set on the picture: its layers, the room it takes, and its box for the checks (none for decoration)."""

    words: str
    layers: tuple[Layer, ...]
    area: Area
    box: TextBox | None


@dataclass(frozen=True, eq=False)
class Writer:
    """Sets the texts of one shot, one after the other: some hang below those before them."""

    stage: Stage
    script: Script
    safe: Area
    backdrop: Backdrop
    begins: float  # of the shot in the film, seconds
    shrink: float = 1.0  # of all sizes, where the words of a shot do not fit otherwise
    drop: float = 0.0  # by which all words stand lower than their slots, pixels

    @property
    def rtl(self) -> bool:
        """Whether lines begin at the right."""
        return reads_right_to_left(self.script.language)

    def wants(self, layer: TextLayer) -> bool:
        """Whether there is something to write."""
        return bool(self.script.text(layer.words))

    def write(self, layer: TextLayer, before: Sequence[Written]) -> Written | None:
        """Set a text; None when there is nothing to write or no room."""
        text = self.script.text(layer.words)
        if layer.words == "headline" and self.script.written:
            layer = layer.model_copy(update={"after": 0.0})  # its words are being said: it must not come after them
        if layer.lines == 1:
            text = text.replace(" ", "\u00a0")
        if not text:
            return None
        area = self._room(layer, before)
        face = self._type(layer)
        size = getattr(self.stage.look.lettering, layer.size) * layer.grow * self.stage.unit * self.shrink
        pad_x, pad_y = (side * size for side in _PAD.get(layer.on, (0.0, 0.0)))
        if area.w - 2 * pad_x < size or area.h < 0.5 * size:
            return None
        style = _style(
            face, size, align=_ALIGN[self.stage.slot(layer.slot).align or self.stage.look.align], layer=layer
        )
        room = Room(
            width=area.w - 2 * pad_x, height=max(size, area.h - 2 * pad_y), max_lines=layer.lines, min_scale=0.6
        )
        if layer.lines == 1:
            # A price, an action, a handle: one line, whatever it takes.
            room = replace(room, more_lines=0, min_scale=0.35)
        setting = fit(text, style, room=room, language=self.script.language)
        if not setting.lines:
            return None
        scale = setting.style.size / size
        written = self._placed(layer, setting, area, pad=(pad_x * scale, pad_y * scale))
        if self._wants_plate(layer, written):
            return self.write(layer.model_copy(update={"on": "slab", "plate": "ground"}), before)
        return written

    def _wants_plate(self, layer: TextLayer, written: Written) -> bool:
        """Whether bare words would not read well where the tone likes flat plates better than soft clouds."""
        if layer.on != "picture" or layer.words == "echo" or not self.stage.look.flat:
            return False
        _, measured = self._colour(layer, written.area)
        return measured < READABLE or self.backdrop.busy(written.area, most=_BUSY)

    def _placed(self, layer: TextLayer, setting: Setting, area: Area, *, pad: tuple[float, float]) -> Written:
        pad_x, pad_y = pad
        ink = setting.ink
        rise = "top" if layer.under else self.stage.slot(layer.slot).rise
        spare = area.h - ink.h - 2 * pad_y
        top = area.y + pad_y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[rise] - ink.y
        left = area.x + (area.w - setting.width) / 2
        if pad_x and setting.style.align != "centre":  # a plate's edge, not its words, stands on the slot's edge
            left = area.right - pad_x - setting.width if self.rtl else area.x + pad_x
        taken = Area(left + ink.x - pad_x, top + ink.y - pad_y, ink.w + 2 * pad_x, ink.h + 2 * pad_y)
        colour, measured = self._colour(layer, taken)
        setting = replace(setting, style=replace(setting.style, colour=colour))
        layers = [*self._haze(layer, taken, measured, colour), *self._plate(layer, taken)]
        layers += self._letters(layer, setting, left, top, taken)
        box = self._box(layer, setting, taken, max(measured, READABLE) if self._hazy(layer, measured) else measured)
        return Written(layer.words, tuple(layers), taken, box)

    def _room(self, layer: TextLayer, before: Sequence[Written]) -> Area:
        area = self.stage.area(layer.slot)
        if layer.words != "echo":
            area = within(area, self.safe)
        above = [one for one in before if one.words in layer.under.split()] if layer.under else []
        if above:
            top = max(one.area.bottom for one in above) + layer.gap * _UPRIGHT * self.stage.unit
            return Area(area.x, top, area.w, max(0.0, self.safe.bottom - top))
        return area if layer.words == "echo" else replace(area, y=area.y + self.drop)

    def _type(self, layer: TextLayer) -> Type:
        lettering = self.stage.look.lettering
        match layer.face:
            case "display" if layer.words == "price" and layer.on != "picture" and lettering.display.weight < _SOLID:
                return lettering.text  # hairlines are lost on a plate
            case "display":
                return lettering.display
            case "text":
                return lettering.text
            case "hand":
                return lettering.hand or lettering.text

    def _colour(self, layer: TextLayer, taken: Area) -> tuple[RGB, float]:
        """The colour of a text and the contrast it has."""
        palette = self.stage.palette
        if layer.on in ("sticker", "pill", "slab"):
            plate = self._plate_colour(layer)
            colour = palette.on(plate, first=palette.on_accent if plate == palette.accent else None)
            return colour, contrast(colour, plate)
        wanted = palette.role(layer.colour)
        if layer.words == "echo":
            return wanted, 0.0
        return self.backdrop.readable(taken, wanted, palette)

    def _hazy(self, layer: TextLayer, measured: float) -> bool:
        return layer.words != "echo" and layer.on in ("picture", "outline") and measured < READABLE

    def _haze(self, layer: TextLayer, taken: Area, measured: float, colour: RGB) -> Iterator[Layer]:
        """Where no colour reads well enough: a soft cloud of the opposite behind the words."""
        if self._hazy(layer, measured):
            yield self.backdrop.haze(taken, colour)

    def _plate_colour(self, layer: TextLayer) -> RGB:
        """The plate's own colour; a sticker takes the first that stands out from all that it may lie on."""
        palette = self.stage.palette
        wanted = palette.role(layer.plate)
        if (
            layer.on == "slab"
            and apart(wanted, palette.second) < _SAME
            and self.stage.template.intents == (Intent.CARD,)
        ):
            return palette.ground  # a card's lower half is the second colour
        if layer.on != "sticker":
            return wanted
        cutout = self.stage.sources[0].cutout
        behind = [palette.ground, palette.second, *([rim_colour(cutout.pixels)] if cutout is not None else [])]
        choices = (wanted, palette.third, WHITE, palette.ink)
        return max(choices, key=lambda one: min(0.3, *(apart(one, other) for other in behind)))

    def _plate(self, layer: TextLayer, taken: Area) -> Iterator[Layer]:
        if layer.on == "picture":
            return
        stage = self.stage
        colour = self._plate_colour(layer)
        width, height = round(taken.w), round(taken.h)
        match layer.on:
            case "sticker":
                name, width, height = "burst", max(width, height), max(width, height)
            case "pill":
                name = "pill"
            case "slab":
                name = "slab"
            case _:
                name, colour = "frame", stage.palette.role(layer.colour)
        picture = shape_picture(name, width, height, colour=colour, stroke=2.0 * stage.unit)
        moved = stage.moving(layer, Rest(*taken.middle, 1.0, turn=layer.turn * stage.side))
        yield stage.layer(picture, moved)

    def _letters(self, layer: TextLayer, setting: Setting, left: float, top: float, taken: Area) -> Iterator[Layer]:
        reveal = "block" if layer.on != "picture" or layer.turn or layer.enter != "none" else self._reveal(layer)
        for order, part in enumerate(_parts(setting, reveal)):
            sprite = draw(part)
            x, y = sprite.centre(left, top)
            x, y = _about(taken.middle, (x, y), layer.turn * self.stage.side)
            rest = Rest(x, y, 1.0, turn=layer.turn * self.stage.side, opacity=layer.opacity)
            yield self._revealed(layer, rest, sprite.picture, reveal=reveal, order=order)

    def _revealed(self, layer: TextLayer, rest: Rest, picture: Picture, *, reveal: str, order: int) -> Layer:
        stage = self.stage
        if reveal == "type":
            layered = stage.layer(picture, stage.moving(layer, rest))
            return replace(layered, start=max(-9.0, stage.begins(layer, order=order) if order else -9.0))
        if layer.words == "echo" or reveal == "block":
            return stage.layer(picture, stage.moving(layer, rest))
        enter = "fade" if reveal == "fade" else "rise"
        moving = layer.model_copy(update={"enter": enter})
        return stage.layer(picture, stage.moving(moving, rest, order=order))

    def _reveal(self, layer: TextLayer) -> str:
        return "block" if layer.words == "echo" else self.stage.look.lettering.reveal

    def _box(self, layer: TextLayer, setting: Setting, taken: Area, measured: float) -> TextBox | None:
        if layer.words == "echo":
            return None
        start = self.begins + max(0.0, self.stage.begins(layer))
        return TextBox(
            kind=_KINDS[layer.words],
            text=self.script.text(layer.words),
            x=taken.x,
            y=taken.y,
            w=taken.w,
            h=taken.h,
            start=start,
            end=self.begins + self.stage.seconds,
            size=setting.style.size,
            contrast=round(measured, 2),
        )


def within(area: Area, safe: Area) -> Area:
    """The part of a place that lies in the safe zone; moved up when it would lie wholly below."""
    x, right = max(area.x, safe.x), min(area.right, safe.right)
    height = min(area.h, safe.h)
    y = min(max(area.y, safe.y), safe.bottom - height)
    return Area(x, y, max(1.0, right - x), height)


def face_of(kind: Type) -> Face:
    """A tone's type as a typeface."""
    return Face(kind.family, kind.weight, kind.italic)  # type: ignore[arg-type]  # families are checked on loading


def _style(kind: Type, size: float, *, align: Align, layer: TextLayer) -> Style:
    return Style(
        face=face_of(kind),
        size=size,
        tracking=kind.tracking + layer.tracking,
        leading=kind.leading,
        caps=kind.caps or layer.caps,
        align=align,
    )


def _parts(setting: Setting, reveal: str) -> Iterator[Setting]:
    """A setting in the pieces that come one after another."""
    if reveal == "block" or (reveal == "fade" and len(setting.lines) == 1):
        yield setting
        return
    for line in setting.lines:
        if reveal in ("words", "type"):
            runs: list[tuple[int, list[int]]] = []
            for at, run in enumerate(line.runs):
                if runs and runs[-1][0] == run.word:
                    runs[-1][1].append(at)
                else:
                    runs.append((run.word, [at]))
            ordered = sorted(runs, key=lambda one: one[0])
            for _, places in ordered:
                chosen = tuple(line.runs[at] for at in places)
                yield replace(setting, lines=(replace(line, runs=chosen),), ink=Rect.around([r.ink for r in chosen]))
        else:
            yield replace(setting, lines=(line,), ink=Rect.around([run.ink for run in line.runs]))


def _about(middle: tuple[float, float], point: tuple[float, float], turn: float) -> tuple[float, float]:
    """A point turned round another, clockwise."""
    if not turn:
        return point
    dx, dy, a = point[0] - middle[0], point[1] - middle[1], radians(turn)
    return middle[0] + dx * cos(a) - dy * sin(a), middle[1] + dx * sin(a) + dy * cos(a)
