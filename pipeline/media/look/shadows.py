"""Shadows of cut-outs: where they stand, and where they float. Light comes from where the photo is lit."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.kept import kept
from pipeline.media.look.colour import RGB
from pipeline.media.scene import Picture

_LARGEST = 2400  # pixels across of a cut-out that is turned: more than any frame shows
_SMALL = 420  # pixels across at which shadows are made: they are soft


@dataclass(frozen=True, eq=False)
class Shadow:
    """A shadow as a picture, and how it lies to the cut-out.

    Attributes:
        picture: RGBA in the shadow's colour.
        ratio: pixels of the cut-out for each pixel of the shadow.
        x: middle of the shadow from the middle of the cut-out, in pixels of the cut-out.
        y: the same, downwards.
    """

    picture: Picture
    ratio: float
    x: float
    y: float


def drop_shadow(cutout: Picture, *, light: float, darkness: float, colour: RGB = (0, 0, 0)) -> Shadow:
    """The soft shadow that a floating cut-out throws on the wall behind it."""
    alpha, ratio = _small_alpha(cutout)
    reach = max(alpha.shape)
    soft = _padded_blur(alpha, pad=round(reach * 0.16), sigma=reach * 0.035)
    picture = _tinted(soft, f"drop:{cutout.key}:{colour}:{darkness:.3f}", colour=colour, darkness=darkness)
    far = 0.045 * max(cutout.width, cutout.height)
    return Shadow(picture, ratio, x=-cos(radians(light)) * far, y=max(0.35, sin(radians(light))) * far)


def contact_shadow(cutout: Picture, *, light: float, darkness: float, colour: RGB = (0, 0, 0)) -> Shadow:
    """The shadow on the table under a standing cut-out: dark where it touches, wide and soft away from the light."""
    alpha, ratio = _small_alpha(cutout)
    height, width = alpha.shape
    pad = round(max(width, height) * 0.2)
    canvas = np.zeros((height + 2 * pad, width + 2 * pad), np.float32)
    filled = alpha > 0.5
    used = filled.any(axis=0)
    if not used.any():
        return Shadow(_tinted(canvas, f"none:{cutout.key}", colour=colour, darkness=0), ratio, 0, 0)
    foot = np.where(used, height - 1 - filled[::-1].argmax(axis=0), 0).astype(np.float32)
    lowest = float(foot[used].max())
    touch = np.where(used, np.exp(-(((lowest - foot) / (0.05 * height + 2)) ** 2)), 0)
    rows = np.arange(canvas.shape[0], dtype=np.float32)[:, None]
    line = np.zeros(canvas.shape[1], np.float32)
    level = np.full(canvas.shape[1], lowest + pad, np.float32)
    line[pad : pad + width] = touch
    level[pad : pad + width] = foot + pad
    tight = line * np.exp(-(((rows - level) / (0.012 * max(width, height) + 1.5)) ** 2))
    tight = cv2.GaussianBlur(tight.astype(np.float32), (0, 0), width * 0.012 + 0.6)
    wide = _pool(line, lowest + pad, canvas.shape, shift=-cos(radians(light)) * 0.06 * width)
    mixed = np.clip(0.85 * tight + 0.6 * wide, 0, 1)
    picture = _tinted(mixed, f"contact:{cutout.key}:{colour}:{darkness:.3f}", colour=colour, darkness=darkness * 1.5)
    return Shadow(picture, ratio, 0.0, 0.0)


def stands(cutout: Picture) -> bool:
    """Whether a cut-out rests on enough of its width to stand: a mug does, a watch laid out at a slant does not."""
    alpha, _ = _small_alpha(cutout)
    filled = alpha > 0.5
    used = filled.any(axis=0)
    if not used.any():
        return False
    height = alpha.shape[0]
    foot = np.where(used, height - 1 - filled[::-1].argmax(axis=0), 0)
    touching = used & (foot > foot[used].max() - 0.07 * height)
    return bool(touching.sum() > 0.2 * used.sum())


def _pool(line: NDArray[np.float32], level: float, size: tuple[int, int], *, shift: float) -> NDArray[np.float32]:
    """A flat ellipse of shade under the part that touches the table."""
    places = np.flatnonzero(line > 0.15)
    left, right = float(places.min()), float(places.max())
    middle, half = (left + right) / 2 + shift, max(8.0, (right - left) / 2 * 1.18)
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
    reach = ((x - middle) / half) ** 2 + ((y - level) / (0.13 * half + 3)) ** 2
    pool = np.exp(-(reach**1.2) * 1.3)
    return np.asarray(cv2.GaussianBlur(pool.astype(np.float32), (0, 0), half * 0.06 + 1), np.float32)


def reflection(cutout: Picture, *, strength: float = 0.34) -> Picture:
    """What dark glass under a cut-out shows of it: upside down, gone after a third of its height."""
    return _reflection(cutout, strength)


@kept
def _reflection(cutout: Picture, strength: float) -> Picture:
    rows = max(2, cutout.height * 2 // 5)
    pixels = cutout.pixels[::-1][:rows].copy()
    fall = np.clip(1 - np.arange(rows, dtype=np.float32) / rows, 0, 1) ** 1.8 * strength
    soft = cv2.GaussianBlur(pixels, (0, 0), max(1.0, cutout.width / 420))
    soft[..., 3] = np.rint(pixels[..., 3] * fall[:, None])
    return Picture(f"mirror:{cutout.key}:{strength}", np.ascontiguousarray(soft))


def tilted(cutout: Picture, turn: float) -> Picture:
    """A cut-out turned clockwise by some degrees, on a canvas as large as that needs."""
    return _tilted(cutout, round(turn, 2))


@kept
def _tilted(cutout: Picture, turn: float) -> Picture:
    share = min(1.0, _LARGEST / max(cutout.width, cutout.height))
    width, height = cutout.width * share, cutout.height * share
    a = radians(turn)
    wide = ceil(abs(width * cos(a)) + abs(height * sin(a))) + 4
    high = ceil(abs(height * cos(a)) + abs(width * sin(a))) + 4
    pixels = cutout.pixels.astype(np.float32)
    pixels[..., :3] *= pixels[..., 3:] / 255
    if share < 1:
        size = (round(width), round(height))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    c, s = cos(a), sin(a)
    half_w, half_h = pixels.shape[1] / 2, pixels.shape[0] / 2
    matrix = np.array(((c, -s, wide / 2 - c * half_w + s * half_h), (s, c, high / 2 - s * half_w - c * half_h)))
    turned = cv2.warpAffine(pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT)
    alpha = np.clip(turned[..., 3:], 0, 255)
    colour = np.where(alpha > 0.5, turned[..., :3] * 255 / np.maximum(alpha, 0.5), 0)
    whole = np.clip(np.rint(np.concatenate((colour, alpha), axis=2)), 0, 255).astype(np.uint8)
    return Picture(f"tilted:{cutout.key}:{turn}", np.ascontiguousarray(whole))


def _small_alpha(cutout: Picture) -> tuple[NDArray[np.float32], float]:
    ratio = max(1.0, max(cutout.width, cutout.height) / _SMALL)
    size = (max(2, round(cutout.width / ratio)), max(2, round(cutout.height / ratio)))
    alpha = cv2.resize(np.ascontiguousarray(cutout.pixels[..., 3]), size, interpolation=cv2.INTER_AREA)
    return np.asarray(alpha, np.float32) / np.float32(255), cutout.width / size[0]


def _padded_blur(alpha: NDArray[np.float32], *, pad: int, sigma: float) -> NDArray[np.float32]:
    wide = cv2.copyMakeBorder(alpha, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.GaussianBlur(wide, (0, 0), sigma), np.float32)


def _tinted(alpha: NDArray[np.float32], key: str, *, colour: RGB, darkness: float) -> Picture:
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    pixels[..., :3] = colour
    pixels[..., 3] = np.clip(alpha * darkness * 255, 0, 255)
    return Picture(key, pixels)
