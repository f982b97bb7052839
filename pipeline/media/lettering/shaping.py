"""Text to glyphs: which font draws each cluster, in which direction, and where HarfBuzz puts the glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb
from bidi import algorithm as bidi

from pipeline.media.lettering.fonts import Face, Font, chain, primary, ratio
from pipeline.media.lettering.wording import clusters

_FEATURES = {"lnum": True, "kern": True, "liga": True}  # prices stand on one line: lining figures
_CURSIVE = frozenset({"Arab", "Syrc", "Nkoo", "Mong"})  # letters join: tracking would tear them apart


@dataclass(frozen=True)
class Glyph:
    """A glyph at its place: em from the run's left end and the baseline, y upwards."""

    id: int
    x: float
    y: float


@dataclass(frozen=True)
class Shape:
    """Glyphs of one run in visual order. Lengths are in em of the font that draws them."""

    glyphs: tuple[Glyph, ...]
    width: float
    left: float  # ink; all four are 0 where there is none
    top: float  # above the baseline
    right: float
    bottom: float


@dataclass(frozen=True)
class Piece:
    """A stretch of text that one font draws in one direction."""

    text: str
    font: Font
    scale: float  # em of this font for one em of the style
    level: int  # bidirectional level; odd runs from right to left


def drawable(text: str, face: Face, language: str) -> str:
    """The text without clusters that no font can draw; a cluster whose marks are missing keeps its letter."""
    return "".join(_kept(cluster, face, language) for cluster in clusters(text))


def levels(text: str, *, rtl: bool) -> tuple[int, ...]:
    """The bidirectional level of each character of one line (Unicode Annex 9)."""
    if not rtl and text.isascii():
        return (0,) * len(text)
    base = int(rtl)
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    bidi.get_embedding_levels(text, storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    found = {char["index"]: char["level"] for char in storage["chars"]}
    result: list[int] = []
    for index in range(len(text)):  # joiners are taken out on the way: they go with the character before
        result.append(found.get(index, result[-1] if result else base))
    return tuple(result)


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Indices of runs from left to right on screen, for runs in reading order (rule L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def pieces(text: str, at: Sequence[int], face: Face, language: str) -> Iterator[Piece]:
    """Split a text into stretches of one font and one direction, in reading order.

    Args:
        text: cleaned and drawable.
        at: the level of each of its characters.
        face: the face wanted.
        language: BCP 47 tag.
    """
    lead = primary(face)
    begin, position = 0, 0
    current: tuple[Font, int] | None = None
    for cluster, font in _fonts(text, face, language):
        here = (font, at[position])
        if current is not None and here != current:
            yield Piece(text[begin:position], current[0], ratio(current[0], lead), current[1])
            begin = position
        current = here
        position += len(cluster)
    if current is not None:
        yield Piece(text[begin:], current[0], ratio(current[0], lead), current[1])


@lru_cache(maxsize=4096)
def _fonts(text: str, face: Face, language: str) -> tuple[tuple[str, Font], ...]:
    """The font of each cluster: one for all letters of a word where there is one, punctuation in that of its word."""
    found: list[tuple[str, Font]] = []
    for space, word in re.findall(r"( *)([^ ]*)", text):
        found += [(char, primary(face)) for char in space]
        letters = "".join(char for char in word if unicodedata.category(char)[0] in "LM")
        lettering = _font(letters, face, language)
        before: Font | None = None
        for cluster in clusters(word):
            kind = unicodedata.category(cluster[0])[0]
            if kind == "L" and lettering is not None:
                before = lettering
            elif kind != "P" or before is None or not before.draws(cluster):
                before = _font(cluster, face, language) or primary(face)
            found.append((cluster, before))
    return tuple(found)


@lru_cache(maxsize=16_384)
def shape(text: str, font: Font, *, rtl: bool, language: str, tracking: float = 0.0) -> Shape:
    """Shape one piece.

    Args:
        text: what to shape.
        font: the font that has its glyphs.
        rtl: direction of the piece.
        language: BCP 47 tag, for the forms of letters that differ by language.
        tracking: extra space after each cluster in em; left out in joined scripts.
    """
    buffer = hb.Buffer()
    buffer.add_str(font.spelled(text))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    tracked = 0.0 if buffer.script in _CURSIVE else tracking
    features = _FEATURES if tracked == 0 else {**_FEATURES, "liga": False}
    hb.shape(font.shaper, buffer, features)
    return _laid(font, buffer, tracked)


def _laid(font: Font, buffer: hb.Buffer, tracking: float) -> Shape:
    pen, glyphs = 0.0, []
    left = right = top = bottom = 0.0
    infos = buffer.glyph_infos
    for index, (info, position) in enumerate(zip(infos, buffer.glyph_positions, strict=True)):
        x, y = pen + position.x_offset / font.units, position.y_offset / font.units
        glyphs.append(Glyph(info.codepoint, x, y))
        ink = font.shaper.get_glyph_extents(info.codepoint)
        if ink is not None and ink.width:
            x, y = x + ink.x_bearing / font.units, y + ink.y_bearing / font.units
            far, low = x + ink.width / font.units, y + ink.height / font.units  # the height is negative
            first = left == right
            left, right = (x, far) if first else (min(left, x), max(right, far))
            top, bottom = (y, low) if first else (max(top, y), min(bottom, low))
        pen += position.x_advance / font.units
        if index + 1 == len(infos) or infos[index + 1].cluster != info.cluster:
            pen += tracking
    return Shape(tuple(glyphs), pen, left, top, right, bottom)


def _kept(cluster: str, face: Face, language: str) -> str:
    if cluster.isspace() or cluster == "\u00ad" or _font(cluster, face, language) is not None:
        return cluster
    return cluster[0] if _font(cluster[0], face, language) is not None else ""


@lru_cache(maxsize=16_384)
def _font(text: str, face: Face, language: str) -> Font | None:
    return next((font for font in chain(face, language) if font.draws(text)), None)
