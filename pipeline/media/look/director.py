"""The director: every shot of a film laid out as a scene, in one format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from pipeline.media.look import picturing
from pipeline.media.look.backdrop import Backdrop
from pipeline.media.look.captions import Captioner, clear_of
from pipeline.media.look.choosing import pick, seeded
from pipeline.media.look.palette import Palette, palette_of, rim_colour
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
from pipeline.model import FPS, Intent, TextBox
from pipeline.ports import Cut

_RTL = ("ar", "he", "fa", "ur")


@dataclass(frozen=True, eq=False)
class Direction:
    """A film laid out.

    Attributes:
        scenes: one a shot.
        boxes: every text on screen, for the checks.
    """

    scenes: tuple[Scene, ...]
    boxes: tuple[TextBox, ...]


def direct(cut: Cut, sources: Sequence[Source]) -> Direction:
    """Lay out a film.

    Args:
        cut: all that the film shows and says.
        sources: the pictures of `cut.plates`, in their order.
    """
    film = _Film.of(cut, sources)
    scenes: list[Scene] = []
    boxes: list[TextBox] = []
    for index in range(len(cut.shots)):
        scene, found = film.shot(index)
        scenes.append(scene)
        boxes += found
    return Direction(tuple(scenes), tuple(boxes))


@dataclass(frozen=True, eq=False)
class _Film:
    cut: Cut
    sources: Sequence[Source]
    look: ToneLook
    palette: Palette
    safe: Area

    @classmethod
    def of(cls, cut: Cut, sources: Sequence[Source]) -> _Film:
        look = look_of(cut.tone)
        rims = tuple(rim_colour(source.cutout.pixels) for source in sources if source.cutout is not None)
        palette = palette_of(look.colours, cut.plates, brand=cut.brand, idea=cut.takes[0].seed % 7, rims=rims)
        return cls(cut, sources, look, palette, safe_area(cut.format, strict=cut.strict_zones))

    def shot(self, index: int) -> tuple[Scene, tuple[TextBox, ...]]:
        """One shot's scene and its texts."""
        cut, slot = self.cut, self.cut.timeline.slots[index]
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
        writer = Writer(stage, script, self.safe, backdrop, begins)
        written = _write(writer, texts)
        layers = _woven(template.layers, stage, written)
        boxes = [one.box for one in written.values() if one.box is not None]
        if template.caption:
            room = within(stage.area(template.caption), self.safe)
            room = clear_of(room, [one.area for one in written.values() if one.box is not None], self.safe)
            captioner = Captioner(stage, cut.language, room, backdrop, begins)
            spoken, found = captioner.layers(cut.speech.lines[index], speech_at=slot.speech_at - begins)
            layers += spoken
            boxes += found
        return scene.over(*layers), tuple(boxes)

    def _template(self, index: int) -> Template:
        """The take's template, or one that can do without what the photos do not offer."""
        known, take = templates(), self.cut.takes[index]
        shot = self.cut.shots[index]
        plate = self.cut.plates[shot.photo]
        found = known.get(take.template)
        if found is not None and (found.needs != "cutout" or plate.cutout is not None):
            return found
        return pick(shot, plate=plate, others=len(self.cut.plates) - 1, tone=self.cut.tone, index=index, take=0, idea=0)

    def _script(self, index: int) -> Script:
        cut, shot = self.cut, self.cut.shots[index]
        card = shot.intent is Intent.CARD
        spoken = _plain(" ".join(word.text for word in cut.speech.lines[index].words))
        headline = "" if card or _plain(shot.shown) == spoken else shot.shown
        priced = shot.intent is Intent.PRICE or card
        if priced and headline and _plain(headline) == _plain(cut.price):
            headline = ""
        return Script(
            language=cut.language,
            headline=headline,
            name=cut.name,
            price=cut.price if priced else "",
            action=cut.call_to_action if card else "",
            handle=cut.brand.handle if card else "",
            closing=cut.brand.closing_line if card else "",
        )

    def _stage(self, index: int, template: Template, script: Script) -> Stage:
        cut, slot, shot, take = self.cut, self.cut.timeline.slots[index], self.cut.shots[index], self.cut.takes[index]
        own = self.sources[shot.photo]
        others = [source for at, source in enumerate(self.sources) if at != shot.photo]
        if any(isinstance(layer, ProductLayer) for layer in template.layers):
            others = [source for source in others if source.cutout is not None]
        beats = tuple(beat - slot.start / FPS for beat in cut.timeline.beats if slot.start <= beat * FPS < slot.end)
        rtl = cut.language.split("-")[0] in _RTL
        # In upright formats words read from the left edge; only wide ones may change sides for variety.
        other_side = cut.format.size[0] > cut.format.size[1] and index % 2 == 1 and shot.intent is not Intent.CARD
        return Stage(
            form=cut.format,
            look=self.look,
            palette=self._shade(index),
            template=template,
            sources=(own, *others),
            seconds=(slot.end - slot.start) / FPS,
            beats=beats,
            seed=take.seed + index,
            detail=take.detail,
            mirrored=rtl != other_side,
            opening=index == 0,
            has=script.has,
        )

    def _shade(self, index: int) -> Palette:
        """Grounds change places from shot to shot in tones whose colours are strong."""
        if self.look.swaps and index % 2 == 1 and self.cut.shots[index].intent is not Intent.CARD:
            return self.palette.swapped()
        return self.palette

    def _entrance(self, index: int) -> Transition:
        if index == 0:
            return Transition()
        cut = self.cut
        lengths = [slot.end - slot.start for slot in cut.timeline.slots[index - 1 : index + 1]]
        joins = [join for join in self.look.joins for _ in range(join.weight)]
        start = seeded(cut.tone, cut.takes[0].seed)
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
            return list(picturing.product(layer, stage))
        case LightLayer():
            return list(picturing.light(layer, stage))
        case VeilLayer():
            return list(picturing.shade(layer, stage))
        case TextLayer():
            return []
        case _:
            assert_never(layer)


def _plain(text: str) -> str:
    return " ".join("".join(char for char in text.casefold() if char.isalnum() or char.isspace()).split())

