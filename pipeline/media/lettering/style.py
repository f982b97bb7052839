"""How a text is to look. Sizes are pixels of the format at full quality, other lengths are in em of that size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.media.lettering.fonts import Face

Colour = tuple[int, int, int]  # sRGB, 0 to 255
Align = Literal["start", "centre", "end"]  # start is the right side in Arabic and Hebrew


@dataclass(frozen=True)
class Outline:
    """A line around the letters, outside of them."""

    colour: Colour
    width: float = 0.06


@dataclass(frozen=True)
class Shadow:
    """A soft shadow under the letters."""

    colour: Colour = (0, 0, 0)
    opacity: float = 0.55
    x: float = 0.0
    y: float = 0.04
    blur: float = 0.12


@dataclass(frozen=True)
class Plate:
    """A flat ground behind the letters."""

    colour: Colour
    opacity: float = 1.0
    radius: float = 0.0
    pad_x: float = 0.3
    pad_y: float = 0.2


@dataclass(frozen=True)
class Style:
    """Everything about a text but its words.

    Attributes:
        face: typeface.
        size: pixels for one em.
        colour: of the letters.
        tracking: space added after each letter.
        leading: from baseline to baseline; opened further where lines would touch.
        caps: set in capitals.
        align: of lines inside the box they are fitted to.
        word_gap: space added between words.
        outline: line around the letters.
        shadow: under the letters.
        plate: behind the whole text.
        clearance: kept free between the words' boxes of two lines, for plates; None when it is enough that the ink of
            lines does not touch.
        alternate: second face in which single words may be drawn; room for it is kept.
    """

    face: Face
    size: float
    colour: Colour = (255, 255, 255)
    tracking: float = 0.0
    leading: float = 1.15
    caps: bool = False
    align: Align = "start"
    word_gap: float = 0.0
    outline: Outline | None = None
    shadow: Shadow | None = None
    plate: Plate | None = None
    clearance: float | None = None
    alternate: Face | None = None

    def scaled(self, scale: float) -> Style:
        """The same style, bigger or smaller."""
        return replace(self, size=self.size * scale)
