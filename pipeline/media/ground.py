"""What a product stands on: the colour around it, and whether it is an even studio ground."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_EVEN = 3.0  # CIELAB units that an even ground strays from a smooth field, at its 80th percentile
_ENOUGH = 0.12  # share of the frame that must be ground before anything is said about it
_SAMPLES = 10_000
_GRID = 64  # points across at which the field is worked out


@dataclass(frozen=True)
class Ground:
    """The surroundings of a product in one photo."""

    colour: tuple[int, int, int]  # mean sRGB
    plain: bool
    field: Reals  # linear RGB that the ground would have at each pixel if nothing stood on it; (h, w, 3)

    def distance(self, rgb: Pixels) -> Reals:
        """How far each pixel is from the ground, CIELAB units."""
        return _gap(lab(rgb), _linear_to_lab(self.field))

    def shadow_distance(self, rgb: Pixels) -> Reals:
        """The same, where a shadow on the ground counts as ground: compared at equal luminance."""
        light = linear(rgb)
        ratio = _luminance(light) / np.maximum(_luminance(self.field), np.float32(1e-3))
        return _gap(lab(rgb), _linear_to_lab(np.asarray(self.field * ratio[..., None], np.float32)))


def find_ground(rgb: Pixels, product: Reals) -> Ground:
    """Fit a smooth field of light to what is surely not product.

    Args:
        rgb: the photo, about 1000 px.
        product: how much each pixel belongs to the product, 0..1.
    """
    height, width = product.shape
    reach = max(3, round(0.03 * max(height, width)))
    near = cv2.dilate((product > 0.08).astype(np.uint8), np.ones((reach, reach), np.uint8)).astype(bool)
    light = linear(rgb)
    y, x = np.nonzero(~near)
    if y.size < _ENOUGH * product.size:
        mean = light[~near].mean(axis=0) if y.size else light.mean(axis=(0, 1))
        return Ground(_to_srgb(mean), False, np.broadcast_to(mean.astype(np.float32), light.shape))
    step = max(1, y.size // _SAMPLES)
    y, x = y[::step], x[::step]
    samples = light[y, x]
    terms = _terms(x / width, y / height)
    weights = np.ones(len(samples))
    for _ in range(3):  # reweighted, so that shadows and things lying about do not bend the field
        root = np.sqrt(weights)[:, None]
        solution = np.linalg.lstsq(terms * root, samples * root, rcond=None)[0]
        gap = np.abs(samples - terms @ solution).max(axis=1)
        weights = 1 / (1 + (gap / 0.03) ** 2)
    grid_y, grid_x = np.mgrid[0 : height : _GRID * 1j, 0 : width : _GRID * 1j]
    coarse = (_terms(grid_x.ravel() / width, grid_y.ravel() / height) @ solution).reshape(_GRID, _GRID, 3)
    coarse = np.clip(coarse, 0.0, 1.0).astype(np.float32)
    field = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    strays = _gap(_linear_to_lab(samples[None]), _linear_to_lab(field[y, x][None]))
    plain = bool(np.percentile(strays, 80) < _EVEN * 2 and np.percentile(strays, 60) < _EVEN)
    return Ground(_to_srgb(samples.mean(axis=0)), plain, field)


def _terms(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1)


# ── colour spaces ────────────────────────────────────────────────────────────────────────────────────────────────────


def lab(rgb: Pixels) -> Reals:
    """CIELAB (D65), L 0..100."""
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB), np.float32)


def linear(rgb: Pixels) -> Reals:
    """Light, 0..1, without sRGB's curve."""
    return _CURVE[rgb]


def curved(light: NDArray[np.floating]) -> Reals:
    """The way back: light with sRGB's curve, 0..1; what is outside 0..1 is clipped."""
    clipped = np.clip(light, 0, 1)
    curve = np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return np.asarray(curve, np.float32)


def hexed(colour: tuple[int, int, int]) -> str:
    """As "#rrggbb"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


_STEPS = np.arange(256) / 255
_CURVE = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _luminance(light: Reals) -> Reals:
    return np.asarray(light @ np.array((0.2126, 0.7152, 0.0722), np.float32), np.float32)


def _linear_to_lab(light: Reals) -> Reals:
    return np.asarray(cv2.cvtColor(curved(light), cv2.COLOR_RGB2LAB), np.float32)


def _gap(one: Reals, other: Reals) -> Reals:
    return np.asarray(np.linalg.norm(one - other, axis=-1), np.float32)


def _to_srgb(mean: NDArray[np.floating]) -> tuple[int, int, int]:
    red, green, blue = np.rint(curved(mean) * 255).astype(int).tolist()
    return red, green, blue
