"""Spoken words on the picture, page by page, the current word marked in the tone's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import assert_never

from pipeline.media.lettering.captions import CaptionRoom, Page, pages
from pipeline.media.lettering.fitting import Room, fit_words
from pipeline.media.lettering.setting import Rect
from pipeline.media.lettering.sprites import Paint, draw
from pipeline.media.lettering.style import Align, Plate, Shadow, Style
from pipeline.media.look.backdrop import Backdrop
from pipeline.media.look.colour import READABLE, RGB, WHITE, apart, contrast, contrast_over, readable
from pipeline.media.look.stage import Area, Stage
from pipeline.media.look.template import Slot
from pipeline.media.look.words import face_of
from pipeline.media.scene import Layer, Track
from pipeline.model import Intent, SpokenLine, TextBox

_ALONE = 1.12  # captions are set larger where there is no headline
_CARD = 0.84
_BUSY = 34.0  # spread of the pixels behind words from which they want a plate
_TOLD_APART = 0.12  # OKLab distance at which two words look differently coloured
_VISIBLE = 1.4  # contrast at which a plate or a line shows on its ground
_EARLY = 0.06  # seconds by which a page comes before its first word: the eye is slower than the ear


@dataclass(frozen=True)
class Ink:
    """The colours of a caption: of its words, of the current one, of a plate behind them (None for none)."""

    words: RGB
    current: RGB
    plate: RGB | None
    contrast: float
    busy: bool = False  # the picture behind is no flat colour


@dataclass(frozen=True, eq=False)
class Captioner:
    """Sets the spoken words of one shot."""

    stage: Stage
    language: str
    room: Area
    safe: Area
    backdrop: Backdrop
    begins: float  # of the shot in the film, seconds
    count: int = 0  # words on the page

    def layers(self, line: SpokenLine, *, speech_at: float) -> tuple[tuple[Layer, ...], tuple[TextBox, ...]]:
        """The layers of a line that begins `speech_at` seconds after the shot."""
        if not line.words:
            return (), ()
        look = self.stage.look.caption
        if self.stage.kinetic:
            return self._kinetic(line, speech_at)
        size = look.size * self.stage.unit * self._importance()
        kind = self.stage.look.lettering.text
        marked = self.stage.look.lettering.marked
        style = Style(
            face=face_of(kind),
            size=size,
            tracking=kind.tracking,
            leading=kind.leading + (0.16 if look.style in ("pill", "block") else 0.06),
            caps=look.caps,
            align=self._align(),
            word_gap=0.16 if look.style == "pill" else 0.0,
            alternate=face_of(marked) if marked else None,
        )
        until = self.stage.seconds - speech_at
        room = CaptionRoom(width=self.room.w - 0.7 * size)
        found = pages(line.words, style, room=room, language=self.language, until=until)
        layers: list[Layer] = []
        boxes: list[TextBox] = []
        for page, after in zip_longest(found, found[1:]):
            if after is not None:  # the next page comes a little early: this one has to be gone by then
                page = replace(page, end=min(page.end, after.start - _EARLY))
            made, box = self._page(page, speech_at)
            layers += made
            boxes.append(box)
        return tuple(layers), tuple(boxes)

    def _kinetic(self, line: SpokenLine, speech_at: float) -> tuple[tuple[Layer, ...], tuple[TextBox, ...]]:
        """Words that are the headline: in its type and place, each there from the moment it is said."""
        look = self.stage.look
        lettering = look.lettering
        kind, size = lettering.display, lettering.headline * self.stage.unit
        style = Style(
            face=face_of(kind),
            size=size,
            tracking=kind.tracking,
            leading=kind.leading,
            caps=kind.caps,
            align={"left": "start", "center": "centre", "right": "end"}[self._slot().align or look.align],  # type: ignore[arg-type]
        )
        words = tuple(word for word in line.words if word.text.strip())
        room = Room(width=self.room.w - 0.72 * size * 0.7, height=max(self.room.h, size), max_lines=3, more_lines=1)
        setting = fit_words([word.text for word in words], style, room=room, language=self.language)
        if not words or not setting.lines:
            return (), ()
        page = Page(words=words, setting=setting, start=words[0].start, end=self.stage.seconds - speech_at)
        made, box = self._page(page, speech_at)
        return tuple(made), (box,)

    def _importance(self) -> float:
        """Larger where there is no headline, smaller where a card says it all."""
        if Intent.CARD in self.stage.template.intents:
            return _CARD
        wide = self.stage.width > self.stage.height  # words stand beside the picture there, in a column
        return 1.0 if "headline" in self.stage.has or wide else _ALONE

    def _slot(self) -> Slot:
        return self.stage.slot("headline" if self.stage.kinetic else self.stage.template.caption)

    def _align(self) -> Align:
        align = self.stage.slot(self.stage.template.caption).align or self.stage.look.caption.align
        return {"left": "start", "center": "centre", "right": "end"}[align]  # type: ignore[return-value]

    def _page(self, page: Page, speech_at: float) -> tuple[list[Layer], TextBox]:
        setting = page.setting
        pad = 0.0 if self.stage.kinetic else 0.35 * setting.style.size
        left = self.room.x + (self.room.w - setting.width) / 2
        if setting.style.align != "centre" and self.stage.look.caption.style not in ("block",):
            left -= pad * self.stage.side
        spare = self.room.h - setting.ink.h
        rise = self._slot().rise
        top = self.room.y + {"top": 0.0, "middle": spare / 2, "bottom": spare}[rise] - setting.ink.y
        area = Area(left + setting.ink.x, top + setting.ink.y, setting.ink.w, setting.ink.h)
        ink = self._ink(area)
        body = Rect.around([setting.ink, *(run.box for run in setting.runs)]).moved(left, top)
        across, down = self._kept_inside(body, setting.style.size, plated=ink.plate is not None)
        left, top = left + across, top + down
        area = Area(area.x + across, area.y + down, area.w, area.h)
        setter = replace(self, count=len(page.words))
        page = replace(page, setting=replace(setting, style=self._style(setting.style, ink)))
        layers = list(setter._states(page, ink, left, top, speech_at))
        start = self.begins + max(0.0, speech_at + page.start - _EARLY)
        whole = draw(page.setting, setter._paints(len(page.words) - 1, ink)).ink
        box = TextBox(
            kind="caption",
            text=" ".join(word.text for word in page.words),
            x=left + whole.x,
            y=top + whole.y,
            w=whole.w,
            h=whole.h,
            start=start,
            end=self.begins + min(self.stage.seconds, speech_at + page.end),
            size=setting.style.size,
            contrast=round(ink.contrast, 2),
        )
        if ink.contrast < READABLE:
            layers.insert(0, self._haze(area, ink, page, speech_at))
            box = box.model_copy(update={"contrast": READABLE})
        return layers, box

    def _kept_inside(self, body: Rect, size: float, *, plated: bool) -> tuple[float, float]:
        """How far a page has to move so that its plates and lines are inside the safe zone too."""
        pads = (
            (0.36, 0.22)
            if plated
            else {"pill": (0.19, 0.12), "block": (0.36, 0.22)}.get(self.stage.look.caption.style, (0.04, 0.06))
        )
        x, y = (pad * size for pad in pads)
        over_x = max(0.0, body.x + body.w + x - self.safe.right) - max(0.0, self.safe.x - body.x + x)
        over_y = max(0.0, body.y + body.h + y - self.safe.bottom) - max(0.0, self.safe.y - body.y + y)
        return -over_x, -over_y

    def _states(self, page: Page, ink: Ink, left: float, top: float, speech_at: float) -> Iterator[Layer]:
        """One picture for each word that is spoken, each on screen until the next word begins."""
        words = page.words
        for at, word in enumerate(words):
            start = speech_at + (page.start - _EARLY if at == 0 else word.start)
            end = speech_at + (words[at + 1].start if at + 1 < len(words) else page.end)
            sprite = draw(page.setting, self._paints(at, ink))
            x, y = sprite.centre(left, top)
            yield Layer(sprite.picture, x=Track.still(x), y=Track.still(y), start=start, end=max(start, end))

    def _haze(self, area: Area, ink: Ink, page: Page, speech_at: float) -> Layer:
        cloud = self.backdrop.haze(area, ink.words)
        return replace(cloud, start=speech_at + page.start - _EARLY, end=speech_at + page.end)

    def _style(self, style: Style, ink: Ink) -> Style:
        lifted = ink.busy and ink.plate is None and ink.words == WHITE
        shadow = Shadow(opacity=0.35, blur=0.1) if lifted else None
        radius = 0.22 if self.stage.look.caption.style == "pill" else 0.0
        plate = Plate(ink.plate, radius=radius, pad_x=0.34, pad_y=0.2) if ink.plate is not None else None
        return replace(style, colour=ink.words, shadow=shadow, plate=plate)

    def _ink(self, area: Area) -> Ink:
        if self.stage.kinetic:
            return self._headline_ink(area)
        match self.stage.look.caption.style:
            case "block":
                return self._block_ink()
            case "pill":
                return self._pill_ink(area)
            case "underline" | "italic" | "colour":
                return self._bare_ink(area)

    def _headline_ink(self, area: Area) -> Ink:
        palette = self.stage.palette
        words, measured = self.backdrop.readable(area, palette.ink, palette)
        if not self.stage.look.flat or (measured >= READABLE and not self.backdrop.busy(area, most=_BUSY)):
            return Ink(words=words, current=words, plate=None, contrast=measured)
        base = palette.ground
        words = palette.on(base)
        vivid = (palette.accent, palette.second, palette.third)
        current = next((c for c in vivid if contrast(c, base) >= READABLE and apart(c, words) > _TOLD_APART), words)
        return Ink(words=words, current=current, plate=base, contrast=contrast(words, base))

    def _block_ink(self) -> Ink:
        palette, look = self.stage.palette, self.stage.look.caption
        mark = palette.role(look.mark)
        words = palette.on(mark, first=palette.on_accent if look.mark == "accent" else WHITE)
        current = next((c for c in (palette.ground, palette.accent) if contrast(c, mark) >= READABLE), words)
        return Ink(words=words, current=current, plate=mark, contrast=contrast(words, mark))

    def _pill_ink(self, area: Area) -> Ink:
        palette = self.stage.palette
        mark = palette.role(self.stage.look.caption.mark)
        words, measured = self.backdrop.readable(area, palette.ink, palette)
        if measured < READABLE or (self.stage.look.flat and self.backdrop.busy(area, most=_BUSY)):
            base = palette.ground
            words = palette.on(base)
            current = next((c for c in (mark, palette.accent, palette.second) if apart(c, base) > 0.2), words)
            return Ink(words=words, current=current, plate=base, contrast=contrast(words, base))
        visible = contrast_over(mark, self.backdrop.behind(area)) > _VISIBLE
        current = mark if visible else palette.accent
        return Ink(words=words, current=current, plate=None, contrast=measured, busy=self.backdrop.busy(area))

    def _bare_ink(self, area: Area) -> Ink:
        palette, look = self.stage.palette, self.stage.look.caption
        mark = palette.role(look.mark)
        words, measured = self.backdrop.readable(area, palette.ink, palette)
        pixels, busy = self.backdrop.behind(area), self.backdrop.busy(area)
        if look.style == "underline":
            current = mark if contrast_over(mark, pixels) > _VISIBLE else words
            return Ink(words=words, current=current, plate=None, contrast=measured, busy=busy)
        choices = (mark, palette.accent, palette.third)
        found = next((one for one in choices if contrast_over(one, pixels) >= READABLE), None)
        if found is None and not busy:
            red, green, blue = (round(float(level)) for level in pixels.mean(axis=0))
            found = readable(palette.accent, on=(red, green, blue))
        return Ink(words=words, current=found or words, plate=None, contrast=measured, busy=busy)

    def _paints(self, current: int, ink: Ink) -> dict[int, Paint]:
        style = self.stage.look.caption.style
        if self.stage.kinetic and ink.plate is not None:
            return {current: Paint(colour=ink.current)}
        if self.stage.kinetic:
            return {word: Paint(hidden=True) for word in range(current + 1, self.count)}
        match style:
            case "pill":
                on = self.stage.palette.on(ink.current)
                return {current: Paint(colour=on, plate=Plate(ink.current, radius=0.32, pad_x=0.17, pad_y=0.1))}
            case "block":
                return {current: Paint(colour=ink.current)}
            case "underline":
                return {current: Paint(underline=ink.current)}
            case "italic":
                return {current: Paint(colour=ink.current, alternate=True)}
            case "colour":
                return {current: Paint(colour=ink.current)}
            case _:
                assert_never(style)


def clear_of(room: Area, taken: Sequence[Area], safe: Area) -> Area:
    """A caption's room moved down, or else up, until it is clear of the words that are there already."""
    for other in taken:
        if not room.meets(other, gap=16):
            continue
        lower = Area(room.x, other.bottom + 16, room.w, room.h)
        upper = Area(room.x, other.y - 16 - room.h, room.w, room.h)
        room = lower if lower.bottom <= safe.bottom else upper
    return room
