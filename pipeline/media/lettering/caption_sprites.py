"""Caption pages as pictures with times: the page at rest, and once more for every word while it is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from pipeline.media.lettering.captions import CaptionRoom, Page, pages
from pipeline.media.lettering.fonts import primary
from pipeline.media.lettering.setting import Rect
from pipeline.media.lettering.sprites import Paint, Sprite, draw
from pipeline.media.lettering.style import Colour, Plate, Style
from pipeline.media.scene import Layer, Picture, Track
from pipeline.model import Word

Marking = Literal["pill", "block", "underline", "italic", "colour", "none"]

PLATE = Plate((0, 0, 0), radius=0.3, pad_x=0.22, pad_y=0.1)

_BRIDGE = 0.25  # seconds between two words over which the first one stays marked
_FREE = 0.12  # em between a pill and its neighbours


@dataclass(frozen=True)
class Look:
    """How captions look.

    Attributes:
        style: of the words; for "italic" with the alternate face, for "block" its colour is that of words at rest.
        marking: how the spoken word is told from the others: on a plate of its own ("pill"), in inverted colours inside
            a plate behind all words ("block"), underlined, in the alternate face, or in another colour.
        accent: of the spoken word's letters, or of its underline.
        plate: under the spoken word ("pill") or under all words ("block").
        ground: a plate behind all words where the picture would not give contrast enough.
    """

    style: Style
    marking: Marking
    accent: Colour
    plate: Plate = PLATE
    ground: Plate | None = None

    def worn(self) -> Style:
        """The style with everything that the marking needs room for."""
        style = self.style if self.ground is None else replace(self.style, plate=self.ground)
        if self.marking == "block":
            return replace(style, plate=replace(self.plate, radius=min(self.plate.radius, 0.2)), clearance=0.1)
        if self.marking == "pill":
            space = primary(style.face).advance(" ")
            gap = max(style.word_gap, self.plate.pad_x + _FREE - space)
            return replace(style, word_gap=gap, clearance=self.plate.pad_y + _FREE)
        if self.marking == "italic" and style.alternate is None:
            return replace(style, alternate=replace(style.face, italic=True))
        return style


@dataclass(frozen=True, eq=False)
class TimedSprite:
    """A picture with its centre and its times, seconds on the clock of the words."""

    picture: Picture
    x: float
    y: float
    start: float
    end: float

    def layer(self) -> Layer:
        """The sprite as a layer of a scene."""
        return Layer(self.picture, Track.still(self.x), Track.still(self.y), start=self.start, end=self.end)


@dataclass(frozen=True, eq=False)
class ShownPage:
    """A page in its place: what is drawn when, and the box around all of it."""

    page: Page
    sprites: tuple[TimedSprite, ...]
    box: Rect  # pixels of the format
    text: str
    size: float  # of the letters


def show(
    words: Sequence[Word], look: Look, *, box: Rect, room: CaptionRoom, language: str, until: float
) -> tuple[ShownPage, ...]:
    """The captions of a line, in the place where captions go.

    Args:
        words: timed words of one line.
        look: how captions look.
        box: where they may be, pixels of the format: pages stand at its bottom, aligned as the style says.
        room: greatest size of a page; never wider than the box.
        language: BCP 47 tag.
        until: when the last page has to be gone.
    """
    margin = _margin(look)
    narrow = replace(room, width=min(room.width, box.w) - 2 * margin)
    found = pages(words, look.worn(), room=narrow, language=language, until=until)
    return tuple(_shown(page, look, box, margin) for page in found)


def _margin(look: Look) -> float:
    """Room for plates beside the letters, pixels."""
    plates = [look.ground] if look.ground is not None else []
    if look.marking in ("pill", "block"):
        plates.append(look.plate)
    return max((plate.pad_x for plate in plates), default=0.0) * look.style.size


def _shown(page: Page, look: Look, box: Rect, margin: float) -> ShownPage:
    frames = [(draw(page.setting, _paints(word, look)), start, end) for word, start, end in _moments(page)]
    ink = Rect.around([sprite.ink for sprite, _, _ in frames])
    left = box.x + margin + (box.w - 2 * margin - page.setting.width) * _share(look.style)
    top = box.y + box.h - (ink.y + ink.h)
    return ShownPage(
        page=page,
        sprites=tuple(_timed(sprite, left, top, start, end) for sprite, start, end in frames),
        box=ink.moved(left, top),
        text=" ".join(line.text for line in page.setting.lines),
        size=page.setting.style.size,
    )


def _share(style: Style) -> float:
    return {"start": 0.0, "centre": 0.5, "end": 1.0}[style.align]


def _timed(sprite: Sprite, left: float, top: float, start: float, end: float) -> TimedSprite:
    x, y = sprite.centre(round(left), round(top))  # on whole pixels: as sharp as drawn
    return TimedSprite(sprite.picture, x, y, start, end)


def _moments(page: Page) -> Iterator[tuple[int | None, float, float]]:
    """Which word is marked from when to when; None while there is none. They cover the page without gap or overlap."""
    at = page.start
    for index, word in enumerate(page.words):
        following = page.words[index + 1].start if index + 1 < len(page.words) else page.end
        start, stop = min(max(word.start, at), page.end), min(max(word.end, word.start), page.end)
        if following - stop < _BRIDGE:
            stop = min(max(following, start), page.end)
        if start > at:
            yield None, at, start
        if stop > start:
            yield index, start, stop
        at = max(at, stop)
    if at < page.end:
        yield None, at, page.end


def _paints(word: int | None, look: Look) -> dict[int, Paint]:
    return {} if word is None or look.marking == "none" else {word: _paint(look)}


def _paint(look: Look) -> Paint:
    match look.marking:
        case "pill":
            return Paint(colour=look.accent, plate=look.plate)
        case "block":
            return Paint(colour=look.plate.colour, plate=Plate(look.style.colour, pad_x=0.08, pad_y=0.02))
        case "underline":
            return Paint(underline=look.accent)
        case "italic":
            return Paint(colour=look.accent, alternate=True)
        case "colour":
            return Paint(colour=look.accent)
        case "none":
            return Paint()
        case _:
            assert_never(look.marking)
