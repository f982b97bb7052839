"""Flat shapes with smooth edges, painted from their distance functions."""

from __future__ import annotations

from math import cos, pi, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

from pipeline.media.kept import kept
from pipeline.media.look.colour import RGB
from pipeline.media.scene import Picture

Field = NDArray[np.float32]
SWEEP_STEP = 4  # a sweep is soft enough to be painted small and drawn larger
_RIM = 2  # transparent pixels around every shape, so that a turned edge stays smooth


def shape_picture(
    name: str, width: int, height: int, *, colour: RGB, stroke: float = 3.0, radius: float | None = None
) -> Picture:
    """A shape filling a box.

    Args:
        name: "disc", "ring", "bar", "arch", "frame", "round", "slab", "burst", "line", "cross", "confetti" or "slant".
        width: pixels across.
        height: pixels down.
        colour: of the whole shape.
        stroke: thickness of rings, frames and lines, pixels.
        radius: of round corners, pixels; None for the shape's usual one.
    """
    corner = -1.0 if radius is None else radius
    return _picture(name, max(2, width), max(2, height), colour, round(stroke, 2), round(corner, 2))


def window_alpha(name: str, width: int, height: int, *, radius: float | None = None) -> NDArray[np.uint8]:
    """The coverage of a shape that fills a box, (height, width), 0..255."""
    corner = -1.0 if radius is None else radius
    inside = -_distance(name, width, height, 3.0, corner)
    return _coverage(inside)


@kept
def _picture(name: str, width: int, height: int, colour: RGB, stroke: float, radius: float) -> Picture:
    pixels = np.zeros((height + 2 * _RIM, width + 2 * _RIM, 4), np.uint8)
    pixels[..., :3] = colour
    inner = pixels[_RIM:-_RIM, _RIM:-_RIM]
    if name == "confetti":
        inner[..., 3] = _confetti(width, height)
    else:
        inner[..., 3] = _coverage(-_distance(name, width, height, stroke, radius))
    return Picture(f"shape:{name}:{width}x{height}:{colour}:{stroke}:{radius}", pixels)


def _coverage(inside: Field) -> NDArray[np.uint8]:
    return np.asarray(np.clip(inside + 0.5, 0, 1) * 255 + 0.5, np.uint8)


def _grid(width: int, height: int) -> tuple[Field, Field]:
    """Pixel centres counted from the middle of the box."""
    across = np.arange(width, dtype=np.float32) + 0.5 - width / 2
    down = np.arange(height, dtype=np.float32) + 0.5 - height / 2
    return np.meshgrid(across, down)


def _distance(name: str, width: int, height: int, stroke: float, radius: float) -> Field:
    """Pixels to the shape's edge: negative inside."""
    x, y = _grid(width, height)
    half_w, half_h = width / 2, height / 2
    match name:
        case "disc":
            return _ellipse(x, y, half_w, half_h)
        case "ring":
            return np.abs(_ellipse(x, y, half_w - stroke / 2, half_h - stroke / 2)) - np.float32(stroke / 2)
        case "arch":
            return _arch(x, y, half_w, half_h)
        case "round" | "slab" | "bar" | "line":
            usual = {"round": 0.09 * min(width, height), "slab": 0.0, "bar": 0.0, "line": 0.0}[name]
            return _rounded(x, y, half_w, half_h, usual if radius < 0 else radius)
        case "pill":
            return _rounded(x, y, half_w, half_h, min(half_w, half_h))
        case "frame":
            inset = stroke / 2
            edge = _rounded(x, y, half_w - inset, half_h - inset, max(radius, 0.0))
            return np.abs(edge) - np.float32(inset)
        case "burst":
            return _burst(x, y, half_w, half_h)
        case "cross":
            bars = _rounded(x, y, half_w, stroke / 2, 0), _rounded(x, y, stroke / 2, half_h, 0)
            return np.minimum(*bars)
        case "slant":
            lean = 0.18 * half_w
            return np.maximum(np.abs(x + lean * y / half_h) - np.float32(half_w - lean), np.abs(y) - np.float32(half_h))
        case _:
            raise ValueError(f"no such shape: {name}")


def _ellipse(x: Field, y: Field, a: float, b: float) -> Field:
    # Exact for circles, and close to the edge good enough for ellipses.
    reach = np.sqrt((x / a) ** 2 + (y / b) ** 2)
    return np.asarray((reach - 1) * np.float32(min(a, b)), np.float32)


def _rounded(x: Field, y: Field, half_w: float, half_h: float, radius: float) -> Field:
    over_x, over_y = np.abs(x) - (half_w - radius), np.abs(y) - (half_h - radius)
    outside = np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0))
    return np.asarray(outside + np.minimum(np.maximum(over_x, over_y), 0) - radius, np.float32)


def _arch(x: Field, y: Field, half_w: float, half_h: float) -> Field:
    """A door: a half disc on a rectangle."""
    radius = min(half_w, 2 * half_h)
    top = y < -half_h + radius
    disc = np.hypot(x, y + half_h - radius) - radius
    box = np.maximum(np.abs(x) - half_w, np.abs(y) - half_h)
    return np.where(top, disc, box).astype(np.float32)


def _burst(x: Field, y: Field, half_w: float, half_h: float) -> Field:
    """A seal with a soft wavy rim."""
    turn = np.arctan2(y / half_h, x / half_w)
    reach = np.hypot(x / half_w, y / half_h)
    rim = 0.945 + 0.05 * np.cos(14 * turn)
    return np.asarray((reach - rim) * min(half_w, half_h), np.float32)


def _confetti(width: int, height: int) -> NDArray[np.uint8]:
    """Short strokes strewn evenly, no two of them close."""
    chance = np.random.default_rng(7)
    alpha = np.zeros((height, width), np.float32)
    step = max(60, width // 7)
    for top in range(0, height, step):
        for left in range(0, width, step):
            x, y = left + step * chance.uniform(0.2, 0.8), top + step * chance.uniform(0.2, 0.8)
            angle, long = chance.uniform(0, pi), step * 0.16
            _stroke(alpha, (x, y), angle, long)
    return np.asarray(alpha * 255, np.uint8)


def _stroke(alpha: Field, middle: tuple[float, float], angle: float, long: float) -> None:
    reach = int(long * 1.3)
    x0, y0 = int(middle[0]), int(middle[1])
    rows = slice(max(0, y0 - reach), min(alpha.shape[0], y0 + reach))
    columns = slice(max(0, x0 - reach), min(alpha.shape[1], x0 + reach))
    y, x = np.mgrid[rows, columns].astype(np.float32)
    along = (x - middle[0]) * cos(angle) + (y - middle[1]) * sin(angle)
    beside = -(x - middle[0]) * sin(angle) + (y - middle[1]) * cos(angle)
    distance = np.hypot(np.maximum(np.abs(along) - long * 0.7, 0), beside) - long * 0.26
    alpha[rows, columns] = np.maximum(alpha[rows, columns], np.clip(0.5 - distance, 0, 1))


def sweep(width: int, height: int, *, colour: RGB, angle: float = 24.0) -> Picture:
    """A soft diagonal band of light as high as the frame, to be added; drawn `SWEEP_STEP` times its size."""
    return _sweep(width, height, colour, angle)


@kept
def _sweep(width: int, height: int, colour: RGB, angle: float) -> Picture:
    # Wide enough for the leaning band to fade out on both sides, from the top to the bottom.
    reach = height * tan(radians(angle)) + 0.8 * width
    x, y = _grid(round(reach / SWEEP_STEP), round(height * 1.04 / SWEEP_STEP))
    across = (x * cos(radians(angle)) + y * sin(radians(angle))) * SWEEP_STEP
    band = np.exp(-((across / (0.12 * width)) ** 2)) * 0.75 + np.exp(-((across / (0.035 * width)) ** 2)) * 0.25
    pixels = np.empty((*x.shape, 4), np.uint8)
    pixels[..., :3] = colour
    pixels[..., 3] = np.clip(band * 255, 0, 255)
    return Picture(f"sweep:{width}x{height}:{colour}:{angle}", pixels)
