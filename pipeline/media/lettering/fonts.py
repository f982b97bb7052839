"""The fonts that come with FRAME, and which of them draws what: the chosen face first, then others for its gaps."""

from __future__ import annotations

import importlib.util
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import fontpkg
import freetype
import uharfbuzz as hb

from pipeline.errors import MediaError

Family = Literal[
    "Anton",
    "Archivo Black",
    "Caveat",
    "Cormorant",
    "Fraunces",
    "Heebo",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans SC",
    "Noto Sans TC",
    "Noto Sans Thai",
    "Noto Serif",
    "Playfair Display",
    "Poppins",
    "Space Grotesk",
    "Unbounded",
]

_CJK_PACKAGE = "justmytype_intl_cjk"
_CJK: dict[Family, str] = {
    "Noto Sans JP": "notosansjp/NotoSansJP[wght].ttf",
    "Noto Sans KR": "notosanskr/NotoSansKR[wght].ttf",
    "Noto Sans SC": "notosanssc/NotoSansSC[wght].ttf",
    "Noto Sans TC": "notosanstc/NotoSansTC[wght].ttf",
}
_SERIFS = frozenset({"Cormorant", "Fraunces", "Playfair Display", "Noto Serif"})
_SLANTED = frozenset({"Noto Sans", "Noto Serif", "Playfair Display"})  # stand-ins that have italics
_CONDENSED: dict[Family, float] = {"Anton": 70.0}  # width in percent that its stand-ins take
# Drawn at one weight whatever is asked; their stand-ins are to look alike.
_HEAVY: dict[Family, int] = {"Anton": 800, "Archivo Black": 900}
_AXES = {"opsz": 96.0, "SOFT": 0.0, "WONK": 0.0}  # of Fraunces: display cut, no swashes
_DEFAULT_CAPS = 0.714  # height of capitals over size where a font does not tell: that of Noto
_EAST_ASIAN: tuple[Family, ...] = ("Noto Sans JP", "Noto Sans KR", "Noto Sans SC", "Noto Sans TC")

# Spaces and hyphens that few fonts have, drawn with their plain kin; one character each, so positions stay.
_PLAIN = str.maketrans({"\u202f": "\u00a0", "\u2009": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u2010": "-"})


@dataclass(frozen=True)
class Face:
    """A typeface as a look asks for it; weight is 100 to 900, taken to the nearest there is."""

    family: Family
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, eq=False)
class Font:
    """One font file at one set of axis values, ready to shape and to draw. Lengths are in em."""

    name: str
    shaper: hb.Font = field(repr=False)
    outlines: freetype.Face = field(repr=False)
    units: int
    ascent: float
    descent: float  # positive, below the baseline
    caps: float  # height of capitals

    def draws(self, text: str) -> bool:
        """Whether there is a glyph for every visible character of a text."""
        return all(self._has(char) for char in text)

    def spelled(self, text: str) -> str:
        """The text in characters that this font has, position by position."""
        return "".join(char if self._own(char) else char.translate(_PLAIN) for char in text)

    def advance(self, char: str) -> float:
        """How far one character moves the pen."""
        glyph = self.shaper.get_nominal_glyph(ord(char))
        return float(self.shaper.get_glyph_h_advance(glyph or 0)) / self.units

    def _has(self, char: str) -> bool:
        return self._own(char) or self._own(char.translate(_PLAIN)) or _ignorable(char)

    def _own(self, char: str) -> bool:
        return self.shaper.get_nominal_glyph(ord(char)) is not None


# FreeType faces keep state between calls (size, slot): one thread draws at a time.
DRAWING = threading.Lock()


def chain(face: Face, language: str) -> Iterator[Font]:
    """The fonts to try for a face, best first; each is opened only when it is reached.

    Args:
        face: what the look asks for.
        language: BCP 47 tag; decides between the Chinese, Japanese and Korean shapes of a character.
    """
    yield primary(face)
    weight = _HEAVY.get(face.family, face.weight)
    width = _CONDENSED.get(face.family, 100.0)
    for family in _stand_ins(face, language):
        yield _open(family, weight, face.italic and family in _SLANTED, width)


def primary(face: Face) -> Font:
    """The font of a face itself.

    Raises:
        MediaError: its package is not installed.
    """
    return _open(face.family, face.weight, face.italic, 100.0)


def ratio(font: Font, lead: Font) -> float:
    """How much bigger a stand-in is drawn so that its capitals are as high as those of the leading font."""
    return min(1.25, max(0.8, lead.caps / font.caps)) if font is not lead else 1.0


def _stand_ins(face: Face, language: str) -> Iterator[Family]:
    if face.family == "Fraunces":
        yield "Playfair Display"  # has Cyrillic
    if face.family in _SERIFS:
        yield "Noto Serif"
    yield "Noto Sans"
    yield "Noto Sans Arabic"
    yield "Heebo"
    yield "Noto Sans Thai"
    first = _east_asian(language)
    yield first
    yield from (family for family in _EAST_ASIAN if family != first)


def _east_asian(language: str) -> Family:
    tag = language.lower().replace("_", "-")
    if tag.startswith("ko"):
        return "Noto Sans KR"
    if tag.startswith("zh"):
        traditional = any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo"))
        return "Noto Sans TC" if traditional else "Noto Sans SC"
    return "Noto Sans JP"


def _ignorable(char: str) -> bool:
    """Joiners, marks of direction and variation selectors are never seen themselves."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


@cache
def _open(family: Family, weight: int, italic: bool, width: float) -> Font:
    path = _path(family, weight, italic)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    shaper = hb.Font(face)
    outlines = freetype.Face(str(path))
    wanted = {**_AXES, "wght": float(weight), "wdth": width}
    chosen = {
        axis.tag: min(axis.max_value, max(axis.min_value, wanted.get(axis.tag, axis.default_value)))
        for axis in face.axis_infos
    }
    if chosen:
        shaper.set_variations(chosen)
        outlines.set_var_design_coords([chosen[axis.tag] for axis in face.axis_infos])
    units = int(face.upem)
    extents = shaper.get_font_extents("ltr")
    caps = shaper.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
    slant = " italic" if italic else ""
    return Font(
        name=f"{path.stem} {weight}{slant} {width:g}",
        shaper=shaper,
        outlines=outlines,
        units=units,
        ascent=extents.ascender / units,
        descent=-extents.descender / units,
        caps=caps / units if caps else _DEFAULT_CAPS,
    )


def _path(family: Family, weight: int, italic: bool) -> Path:
    if family in _CJK:
        spec = importlib.util.find_spec(_CJK_PACKAGE)
        if spec is None or spec.origin is None:
            raise MediaError(f"the package {_CJK_PACKAGE.replace('_', '-')} is not installed")
        return Path(spec.origin).parent / "fonts" / "ofl" / _CJK[family]
    try:
        known = fontpkg.family(family)
        slanted = italic and any(file.style == "italic" for file in known.files)
        return Path(fontpkg.path(family, weight, "italic" if slanted else "normal", nearest=True))
    except fontpkg.FontpkgError as error:
        raise MediaError(f"the font {family} is not installed") from error
