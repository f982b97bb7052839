"""The director: every shot of a film laid out as a scene, in one format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from pipeline.media.checks.plan import Sight
from pipeline.media.clips import Clip
from pipeline.media.lettering.wording import join, reads_right_to_left
from pipeline.media.look import picturing, products
from pipeline.media.look.backdrop import Backdrop
from pipeline.media.look.captions import Captioner, clear_of
from pipeline.media.look.choosing import Deal, idea_of, pick, seeded
from pipeline.media.look.colour import apart
from pipeline.media.look.palette import STANDS_OUT, Palette, body_colour, palette_of, rim_colour
from pipeline.media.look.stage import Area, Stage
from pipeline.media.look.template import (
    GroundLayer,
    Layered,
    LightLayer,
    PhotoLayer,
    ProductLayer,
    ShapeLayer,
    Template,
    TextLayer,
    VeilLayer,
    templates,
)
from pipeline.media.look.tone import Join, ToneLook, look_of
from pipeline.media.look.words import Script, Writer, Written, within
from pipeline.media.look.zoning import safe_area
from pipeline.media.scene import Layer, Scene, Transition
from pipeline.media.sources import Source
from pipeline.media.still import still
from pipeline.model import FPS, Box, Brand, Format, Intent, Plate, Shot, Slot, SpokenLine, Take, TextBox, Tone
from pipeline.ports import Cut

_FILMED = "full-bleed"  # the template that puts words on a filmed clip
_WHOLE = 7  # words of a line that a headline can be
_TAIL = 2  # words after a headline that join it, rather than stand alone in a caption
_GLANCE = 0.2  # of the frame, at which it is kept to compare the film with


@dataclass(frozen=True, eq=False)
class Direction:
    """A film laid out.

    Attributes:
        scenes: one a shot.
        boxes: every text on screen, for the checks.
        sights: where in each shot the product is to be seen, for the checks.
    """

    scenes: tuple[Scene, ...]
    boxes: tuple[TextBox, ...]
    sights: tuple[Sight, ...]


@dataclass(frozen=True)
class CallSheet:
    """What is to be laid out: a whole film, or some shots of one (`first` is the index of the first of them)."""

    form: Format
    tone: Tone
    language: str
    shots: tuple[Shot, ...]
    takes: tuple[Take, ...]
    plates: tuple[Plate, ...]
    lines: tuple[SpokenLine, ...]
    slots: tuple[Slot, ...]
    beats: tuple[float, ...]
    name: str
    price: str
    action: str
    brand: Brand
    strict: bool = False
    first: int = 0
    clips: tuple[Clip | None, ...] = ()  # of shots that were filmed, by index; none for a film without any

    @staticmethod
    def of(cut: Cut, clips: tuple[Clip | None, ...] = ()) -> CallSheet:
        """The film of a cut."""
        return CallSheet(
            form=cut.format,
            tone=cut.tone,
            language=cut.language,
            shots=cut.shots,
            takes=cut.takes,
            plates=cut.plates,
            lines=cut.speech.lines,
            slots=cut.timeline.slots,
            beats=cut.timeline.beats,
            name=cut.name,
            price=cut.price,
            action=cut.call_to_action,
            brand=cut.brand,
            strict=cut.strict_zones,
            clips=clips,
        )


def direct(sheet: CallSheet, sources: Sequence[Source]) -> Direction:
    """Lay out a film.

    Args:
        sheet: all that the film shows and says.
        sources: the pictures of the sheet's plates, in their order.
    """
    film = _Film.of(sheet, sources)
    scenes: list[Scene] = []
    boxes: list[TextBox] = []
    sights: list[Sight] = []
    for index in range(len(sheet.shots)):
        laid = film.shot(index)
        scenes.append(laid.scene)
        boxes += laid.boxes
        sights += laid.sights
    return Direction(tuple(scenes), tuple(boxes), tuple(sights))


@dataclass(frozen=True, eq=False)
class _Laid:
    """One shot laid out."""

    scene: Scene
    boxes: tuple[TextBox, ...]
    sights: tuple[Sight, ...]


@dataclass(frozen=True, eq=False)
class _Film:
    sheet: CallSheet
    sources: Sequence[Source]
    look: ToneLook
    palette: Palette
    swappable: bool  # whether every product stands out from the second colour too
    safe: Area

    @classmethod
    def of(cls, sheet: CallSheet, sources: Sequence[Source]) -> _Film:
        look = look_of(sheet.tone)
        cutouts = [source.cutout.pixels for source in sources if source.cutout is not None]
        rims = tuple(colour(pixels) for pixels in cutouts for colour in (rim_colour, body_colour))
        palette = palette_of(look.colours, sheet.plates, brand=sheet.brand, idea=idea_of(sheet.takes[0]), rims=rims)
        swappable = all(apart(rim, palette.second) > STANDS_OUT for rim in rims)
        return cls(sheet, sources, look, palette, swappable, safe_area(sheet.form, strict=sheet.strict))

    def shot(self, index: int) -> _Laid:
        """One shot's scene, its texts and its product."""
        sheet, slot = self.sheet, self.sheet.slots[index]
        begins = slot.start / FPS
        template = self._template(index)
        script = self._script(index)
        stage = self._stage(index, template, script)
        scene = Scene(
            width=stage.width,
            height=stage.height,
            frames=slot.end - slot.start,
            layers=(),
            colour=stage.palette.ground,
            entrance=self._entrance(index),
        )
        pictures, texts = _split(template.layers, stage)
        # Pictures first: what is behind the words decides on their colour.
        backdrop = Backdrop.of(scene.over(*pictures), stage.seconds)
        writer = Writer(stage, replace(script, headline="") if script.kinetic else script, self.safe, backdrop, begins)
        written = _write(writer, texts)
        layers = _woven(template.layers, stage, written)
        boxes = [one.box for one in written.values() if one.box is not None]
        if template.caption and not self._said(index, boxes):
            taken = [one.area for one in written.values() if one.box is not None]
            captioner = Captioner(
                stage, sheet.language, self._caption_room(stage, script, taken), self.safe, backdrop, begins
            )
            line = sheet.lines[index]
            unwritten = line.model_copy(update={"words": line.words[script.written :]})
            spoken, found = captioner.layers(unwritten, speech_at=slot.speech_at - begins)
            layers += spoken
            boxes += found
        scene = scene.over(*layers)
        return _Laid(scene, tuple(boxes), tuple(_sights(scene, stage, index=index, begins=begins)))

    def _said(self, index: int, boxes: Sequence[TextBox]) -> bool:
        """Whether a card or a price already has in writing all that is spoken over it."""
        if self.sheet.shots[index].intent not in (Intent.CARD, Intent.PRICE):
            return False
        spoken = _plain("".join(word.text for word in self.sheet.lines[index].words))
        return any(spoken in _plain(box.text) for box in boxes)

    def _caption_room(self, stage: Stage, script: Script, taken: Sequence[Area]) -> Area:
        if script.kinetic:
            return within(stage.area("headline"), self.safe)
        return clear_of(within(stage.area(stage.template.caption), self.safe), taken, self.safe)

    def _template(self, index: int) -> Template:
        """The take's template, or one that can do without what the photos do not offer."""
        known, take = templates(), self.sheet.takes[index]
        plate = self.sheet.plates[self.sheet.shots[index].photo]
        if self._clip(index) is not None:
            return known[_FILMED]
        found = known.get(take.template)
        if found is not None and (found.needs != "cutout" or plate.cutout is not None):
            return found
        deal = Deal(plates=self.sheet.plates, tone=self.sheet.tone, idea=idea_of(take))
        return pick(tuple(one.cue for one in self.sheet.shots[: index + 1]), deal=deal)

    def _clip(self, index: int) -> Clip | None:
        return self.sheet.clips[index] if self.sheet.clips else None

    def _script(self, index: int) -> Script:
        sheet, shot = self.sheet, self.sheet.shots[index]
        card = shot.intent is Intent.CARD
        words = [word.text for word in sheet.lines[index].words]
        headline = "" if card else shot.shown
        priced = shot.intent is Intent.PRICE or card
        if priced and _plain(headline) == _plain(sheet.price):
            headline = ""
        written = _opening(words, headline)
        if _belongs(words, headline, written):
            headline, written = join(words), len(words)
        return Script(
            language=sheet.language,
            headline=headline,
            kinetic=written > 0 and written == len(words),
            written=0 if written == len(words) else written,
            # The writer shortens a long name for the card; the shortened form is a part of the seller's own.
            name=shot.shown if card and shot.shown else sheet.name,
            price=sheet.price if priced else "",
            action=sheet.action if card else "",
            handle=sheet.brand.handle if card else "",
            closing=sheet.brand.closing_line if card else "",
        )

    def _stage(self, index: int, template: Template, script: Script) -> Stage:
        sheet, slot = self.sheet, self.sheet.slots[index]
        shot, take, place = sheet.shots[index], sheet.takes[index], sheet.first + index
        others = [source for at, source in enumerate(self.sources) if at != shot.photo]
        if any(isinstance(layer, ProductLayer) for layer in template.layers):
            others = [source for source in others if source.cutout is not None]
        rtl = reads_right_to_left(sheet.language)
        # In upright formats words read from the left edge; only wide ones may change sides for variety.
        other_side = sheet.form.size[0] > sheet.form.size[1] and place % 2 == 1 and shot.intent is not Intent.CARD
        return Stage(
            form=sheet.form,
            look=self.look,
            palette=self._shade(index),
            template=template,
            sources=(self.sources[shot.photo], *others),
            seconds=(slot.end - slot.start) / FPS,
            beats=tuple(beat - slot.start / FPS for beat in sheet.beats if slot.start <= beat * FPS < slot.end),
            seed=take.seed + place,
            detail=take.detail,
            mirrored=rtl != other_side,
            opening=place == 0,
            has=script.has,
            kinetic=script.kinetic,
            clip=self._clip(index),
        )

    def _shade(self, index: int) -> Palette:
        """Grounds change places from shot to shot in tones whose colours are strong."""
        odd = (self.sheet.first + index) % 2 == 1
        if self.look.swaps and self.swappable and odd and self.sheet.shots[index].intent is not Intent.CARD:
            return self.palette.swapped()
        return self.palette

    def _entrance(self, index: int) -> Transition:
        if index == 0:
            return Transition()
        sheet = self.sheet
        lengths = [slot.end - slot.start for slot in sheet.slots[index - 1 : index + 1]]
        joins = [join for join in self.look.joins for _ in range(join.weight)]
        start = seeded(sheet.tone, idea_of(sheet.takes[0]))
        chosen: Join = joins[(start + index * 3) % len(joins)]
        frames = min(chosen.frames, min(lengths) // 2) // 2 * 2
        angle = (0.0, 180.0, 90.0, 270.0)[(start + index) % 4]
        dip = (0, 0, 0) if max(self.palette.ground) < 90 else self.palette.ground
        return Transition(chosen.kind if frames else "cut", frames, angle, dip)


def _split(layers: Sequence[Layered], stage: Stage) -> tuple[list[Layer], list[TextLayer]]:
    pictures: list[Layer] = []
    texts: list[TextLayer] = []
    for layer in layers:
        if not stage.shown(layer):
            continue
        if isinstance(layer, TextLayer):
            texts.append(layer)
        else:
            pictures += _drawn(layer, stage)
    return pictures, texts


def _write(writer: Writer, texts: Sequence[TextLayer]) -> dict[TextLayer, Written]:
    """Set the texts of a shot; when they do not all fit, all of them smaller, so that their order of size stays."""
    written: dict[TextLayer, Written] = {}
    for shrink in (1.0, 0.86, 0.74, 0.62):
        written = _attempt(replace(writer, shrink=shrink), texts)
        complete = all(layer in written for layer in texts if writer.wants(layer))
        low = max((one.area.bottom for one in written.values() if one.box is not None), default=0.0)
        if complete and low <= writer.safe.bottom + 0.5:
            break
    drop = _drop(writer.stage, written)
    return _attempt(replace(writer, shrink=shrink, drop=drop), texts) if drop > 0 else written


def _drop(stage: Stage, written: dict[TextLayer, Written]) -> float:
    """How far a column of words beside a picture has to move down to be centred on it, pixels."""
    read = {layer: one.area for layer, one in written.items() if one.box is not None}
    columned = len(read) > 1 and sum(not layer.under for layer in read) == 1
    if stage.width <= stage.height or not columned:
        return 0.0
    return (stage.height - min(area.y for area in read.values()) - max(area.bottom for area in read.values())) / 2


def _attempt(writer: Writer, texts: Sequence[TextLayer]) -> dict[TextLayer, Written]:
    written: dict[TextLayer, Written] = {}
    for layer in texts:
        found = writer.write(layer, list(written.values()))
        if found is not None:
            written[layer] = found
    return written


def _woven(layers: Sequence[Layered], stage: Stage, written: dict[TextLayer, Written]) -> list[Layer]:
    """All layers in the template's order, words among them."""
    woven: list[Layer] = []
    for layer in layers:
        if isinstance(layer, TextLayer):
            found = written.get(layer)
            woven += found.layers if found is not None else ()
        elif stage.shown(layer):
            woven += _drawn(layer, stage)
    return woven


def _drawn(layer: Layered, stage: Stage) -> list[Layer]:
    match layer:
        case GroundLayer():
            return list(picturing.ground(layer, stage))
        case ShapeLayer():
            return list(picturing.shape(layer, stage))
        case PhotoLayer():
            return list(picturing.photo(layer, stage))
        case ProductLayer():
            return list(products.product(layer, stage))
        case LightLayer():
            return list(picturing.light(layer, stage))
        case VeilLayer():
            return list(picturing.shade(layer, stage))
        case TextLayer():
            return []
        case _:
            assert_never(layer)


def _sights(scene: Scene, stage: Stage, *, index: int, begins: float) -> Iterator[Sight]:
    """Where the product is in the middle of the shot: in its biggest picture."""
    at = stage.seconds / 2
    areas = [
        products.product_area(layer, stage) if isinstance(layer, ProductLayer) else stage.area(layer.slot)
        for layer in stage.template.layers
        if isinstance(layer, ProductLayer | PhotoLayer) and stage.shown(layer)
    ]
    if areas:
        area = max(areas, key=lambda one: one.w * one.h)
        box = Box(x=area.x / stage.width, y=area.y / stage.height, w=area.w / stage.width, h=area.h / stage.height)
        yield Sight(index, begins + at, box, planned=still(scene, at, scale=_GLANCE))


def _opening(words: Sequence[str], headline: str) -> int:
    """How many words at the beginning of a line are its headline; 0 when the line begins otherwise."""
    wanted = _plain(headline)
    counts = (count for count in range(1, len(words) + 1) if _plain("".join(words[:count])) == wanted)
    # A dash or a quotation mark may be a word of its own: it goes with what is before it.
    return max(counts, default=0) if wanted else 0


def _belongs(words: Sequence[str], headline: str, written: int) -> bool:
    """Whether the rest of a line goes into its headline: little after it, or little before a headline of words."""
    if written:
        return len(words) - written <= _TAIL
    wanted = _plain(headline)
    at_end = bool(wanted) and any(_plain("".join(words[at:])) == wanted for at in range(1, len(words)))
    return at_end and len(words) <= _WHOLE and not any(char.isdigit() for char in headline)


def _plain(text: str) -> str:
    """The letters and digits of a text: all that tells whether two say the same, in languages without blanks too."""
    return "".join(char for char in text.casefold() if char.isalnum())
