"""Painted grounds: exactly as large as the frame, smooth edges, a breath of grain against banding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin, tau

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.kept import kept
from pipeline.media.look.colour import RGB
from pipeline.media.scene import Picture

Field = NDArray[np.float32]
_LEAN = 8.0  # degrees of a dividing line in a wide frame


@dataclass(frozen=True)
class Ground:
    """What to paint.

    Attributes:
        paint: as in `GroundLayer`.
        first: the main colour.
        other: the second colour of paints that have two.
        at: where it divides or glows, as a share of the height.
        angle: degrees.
    """

    paint: str
    first: RGB
    other: RGB
    at: float = 0.62
    angle: float = 0.0


def ground_picture(ground: Ground, width: int, height: int) -> Picture:
    """A ground as an opaque picture with a little bleed on every side, so that it may move."""
    return _painted(ground, width, height)


@kept
def _painted(ground: Ground, width: int, height: int) -> Picture:
    key = f"ground:{ground}:{width}x{height}"
    if ground.paint == "flat":
        return Picture(key, np.full((height, width, 3), ground.first, np.uint8))
    first, other = (np.array(colour, np.float32) for colour in (ground.first, ground.other))
    share = _share(ground, width, height)[..., None]
    pixels = first + (other - first) * share
    if ground.paint in ("gradient", "glow", "horizon"):
        pixels += _grain(width, height)
    return Picture(key, np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def _share(ground: Ground, width: int, height: int) -> Field:
    """How much of the other colour each pixel has, 0..1."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x + 0.5, y + 0.5
    middle = (width / 2, height * ground.at)
    match ground.paint:
        case "gradient":
            return _smooth(y / height)
        case "glow":
            reach = np.hypot((x - middle[0]) / (0.72 * max(width, 0.7 * height)), (y - middle[1]) / (0.55 * height))
            return np.asarray(1 - np.exp(-((reach * 1.5) ** 2)), np.float32)
        case "horizon":
            return _horizon(y, middle[1], height)
        case "diagonal" | "halves" if width > height:
            # Words stand beside the picture there: the line passes between them, not through them.
            lean = radians(max(-_LEAN, min(_LEAN, ground.angle)))
            distance = (x - width / 2) * cos(lean) - (y - height / 2) * sin(lean)
            return np.asarray(np.clip(distance + 0.5, 0, 1), np.float32)
        case "diagonal" | "halves":
            turn = radians(ground.angle)
            distance = (y - middle[1]) * cos(turn) - (x - middle[0]) * sin(turn)
            return np.asarray(np.clip(distance + 0.5, 0, 1), np.float32)
        case "rays":
            return _rays(x - middle[0], y - middle[1], ground.angle)
        case "dots":
            return _dots(x, y, pitch=width / 18)
        case "stripes":
            turn, pitch = radians(ground.angle), width / 9
            along = (x * cos(turn) + y * sin(turn)) % pitch
            return np.asarray(np.clip(np.minimum(along, pitch - along) - pitch / 4 + 0.5, 0, 1), np.float32)
        case _:
            raise ValueError(f"no such ground: {ground.paint}")


def _smooth(along: Field) -> Field:
    return np.asarray(along * along * (3 - 2 * along), np.float32)


def _horizon(y: Field, line: float, height: int) -> Field:
    """A wall, and a table whose back edge is a shade darker than its front."""
    table = np.clip(y - line + 0.5, 0, 1)
    depth = np.clip((y - line) / (height - line), 0, 1)
    wall = 0.22 * np.clip(y / line, 0, 1) ** 2 * -1
    return np.asarray(table * (1.0 - 0.45 * _smooth(depth)) + (1 - table) * wall, np.float32)


def _rays(x: Field, y: Field, angle: float) -> Field:
    count = 14
    turn = (np.arctan2(y, x) + radians(angle)) * count / tau
    edge = np.abs((turn % 1) - 0.5) - 0.25
    pixels = edge * tau / count * np.hypot(x, y)
    return np.asarray(np.clip(pixels + 0.5, 0, 1), np.float32)


def _dots(x: Field, y: Field, *, pitch: float) -> Field:
    """Rows of dots, every other row shifted."""
    row = np.floor(y / (pitch * 0.866))
    across = (x + (row % 2) * pitch / 2) % pitch - pitch / 2
    down = y % (pitch * 0.866) - pitch * 0.433
    return np.asarray(np.clip(pitch * 0.16 - np.hypot(across, down) + 0.5, 0, 1), np.float32)


@lru_cache(maxsize=8)
def _grain(width: int, height: int) -> Field:
    noise = np.random.default_rng(11).standard_normal((height, width, 1), np.float32)
    return np.asarray(noise * np.float32(0.8), np.float32)


def blurred(photo: Picture, width: int, height: int, *, shade: float, tint: RGB) -> Picture:
    """A photo spread out of focus over the frame, moved towards a colour by `shade` (0..1)."""
    small = _cover(photo.pixels[..., :3], 54, max(2, round(54 * height / width)))
    soft = cv2.GaussianBlur(small, (0, 0), 5)
    wide = cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.float32)
    pixels = wide + (np.array(tint, np.float32) - wide) * shade + _grain(width, height)
    key = f"blurred:{photo.key}:{width}x{height}:{shade}:{tint}"
    return Picture(key, np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def _cover(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    rows, columns = pixels.shape[:2]
    scale = max(width / columns, height / rows)
    part_w, part_h = min(columns, round(width / scale)), min(rows, round(height / scale))
    left, top = (columns - part_w) // 2, (rows - part_h) // 2
    part = pixels[top : top + part_h, left : left + part_w]
    return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def veil(width: int, height: int, *, edge: str, colour: RGB, opacity: float, reach: float) -> Picture:
    """A gradient from an edge of the frame to nothing, as RGBA."""
    return _veil(width, height, edge, colour, round(opacity, 3), round(reach, 3))


@kept
def _veil(width: int, height: int, edge: str, colour: RGB, opacity: float, reach: float) -> Picture:
    step = 2
    y, x = np.mgrid[0 : height // step, 0 : width // step].astype(np.float32)
    rows, columns = y.shape
    away = {"top": y / rows, "bottom": 1 - y / rows, "left": x / columns, "right": 1 - x / columns}[edge]
    fall = np.clip(1 - away / reach, 0, 1)
    # Cosine, twice: no visible line where the gradient ends.
    alpha = (0.5 - 0.5 * np.cos(pi * fall)) ** 0.8 * opacity
    pixels = np.empty((rows, columns, 4), np.uint8)
    pixels[..., :3] = colour
    pixels[..., 3] = np.clip(alpha * 255, 0, 255)
    return Picture(f"veil:{width}x{height}:{edge}:{colour}:{opacity}:{reach}", pixels)
