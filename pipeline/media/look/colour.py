"""Colours as people see them: OKLCH for choosing, sRGB for painting, WCAG for reading."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np
from numpy.typing import NDArray

RGB = tuple[int, int, int]

READABLE = 4.5  # WCAG 2.2 AA for text
WHITE: RGB = (255, 255, 255)
BLACK: RGB = (12, 12, 14)

# Björn Ottosson's matrices: linear sRGB -> cone response, its cube root -> OKLab.
_TO_CONES = np.array(
    (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
)
_TO_LAB = np.array(
    (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_FROM_CONES = np.linalg.inv(_TO_CONES)


@dataclass(frozen=True)
class Shade:
    """A colour in OKLCH.

    Attributes:
        light: 0 is black, 1 is white.
        chroma: 0 is grey, about 0.3 the most that a screen can show.
        hue: degrees; 29 red, 70 orange, 110 yellow, 142 green, 195 cyan, 264 blue, 328 magenta.
    """

    light: float
    chroma: float
    hue: float

    def rgb(self) -> RGB:
        """The nearest colour of a screen: chroma gives way until the colour exists."""
        low, high = 0.0, self.chroma
        if _exists(self):
            return _to_rgb(self)
        for _ in range(18):
            middle = (low + high) / 2
            if _exists(Shade(self.light, middle, self.hue)):
                low = middle
            else:
                high = middle
        return _to_rgb(Shade(self.light, low, self.hue))


def shade(colour: RGB) -> Shade:
    """A screen colour in OKLCH."""
    lab = _TO_LAB @ np.cbrt(_TO_CONES @ _linear(np.array(colour, np.float64)))
    return Shade(float(lab[0]), hypot(lab[1], lab[2]), degrees(atan2(lab[2], lab[1])) % 360)


def parse(text: str) -> RGB:
    """A colour written as "#rrggbb".

    Raises:
        ValueError: it is written otherwise.
    """
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"not a colour like #rrggbb: {text!r}")
    number = int(text[1:], 16)
    return number >> 16, number >> 8 & 255, number & 255


def luminance(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance (0..1, WCAG) of colours, shape (..., 3) -> (...)."""
    return np.asarray(_linear(colours.astype(np.float64)) @ np.array((0.2126, 0.7152, 0.0722)))


def contrast(one: RGB, other: RGB) -> float:
    """WCAG contrast ratio of two colours, 1..21."""
    first, second = luminance(np.array((one, other), np.uint8))
    return float((max(first, second) + 0.05) / (min(first, second) + 0.05))


def contrast_over(colour: RGB, pixels: NDArray[np.uint8]) -> float:
    """The contrast that all but the worst fiftieth of the pixels behind a text reach: a cord across a word counts."""
    behind = luminance(pixels.reshape(-1, 3))
    own = float(luminance(np.array(colour, np.uint8)))
    ratios = (np.maximum(behind, own) + 0.05) / (np.minimum(behind, own) + 0.05)
    return float(np.quantile(ratios, 0.02))


def readable(colour: RGB, *, on: RGB, least: float = READABLE + 0.3) -> RGB:
    """The colour nearest to the wanted one that reads on a ground; its hue stays as long as that helps."""
    if contrast(colour, on) >= least:
        return colour
    wanted = shade(colour)
    steps = [
        Shade(light / 50, wanted.chroma, wanted.hue).rgb()
        for light in sorted(range(4, 50), key=lambda at: abs(at / 50 - wanted.light))
    ]
    fitting = (found for found in steps if contrast(found, on) >= least)
    # One of pure black and white has at least 4.58:1 on any ground.
    return next(fitting, max(WHITE, (0, 0, 0), key=lambda plain: contrast(plain, on)))


def apart(one: RGB, other: RGB) -> float:
    """How different two colours look: distance in OKLab, 0.02 is just visible, 1 is black to white."""
    a, b = shade(one), shade(other)
    return hypot(
        a.light - b.light,
        a.chroma * cos(radians(a.hue)) - b.chroma * cos(radians(b.hue)),
        a.chroma * sin(radians(a.hue)) - b.chroma * sin(radians(b.hue)),
    )


def between(one: RGB, other: RGB, share: float) -> RGB:
    """A mixture of two colours: 0 is the first, 1 the other."""
    first, second = (round(a + (b - a) * share) for a, b in zip(one[:2], other[:2], strict=True))
    return first, second, round(one[2] + (other[2] - one[2]) * share)


def _linear(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    share = colours / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _screen(wanted: Shade) -> NDArray[np.float64]:
    across, down = wanted.chroma * cos(radians(wanted.hue)), wanted.chroma * sin(radians(wanted.hue))
    cones = (_FROM_LAB @ np.array((wanted.light, across, down))) ** 3
    return np.asarray(_FROM_CONES @ cones)


def _exists(wanted: Shade) -> bool:
    linear = _screen(wanted)
    return bool(linear.min() >= -1e-4 and linear.max() <= 1 + 1e-4)


def _to_rgb(wanted: Shade) -> RGB:
    linear = np.clip(_screen(wanted), 0, 1)
    share = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (round(float(level) * 255) for level in share)
    return red, green, blue
