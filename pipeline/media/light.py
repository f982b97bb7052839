"""Where the light in a photo comes from, and how sharp the product is."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.ground import Ground, lab

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_USUAL = 115.0  # degrees: from above, a little from the left, as most product photos are lit
_USUAL_WEIGHT = 0.5


def light_direction(rgb: Pixels, product: Reals, ground: Ground) -> float:
    """Direction the light comes from, degrees, 0 = from the right, 90 = from above; between 30 and 150.

    The shadow on the ground lies away from the light, and the product is brighter on its side; where both are faint the
    usual direction remains.
    """
    x, y = _USUAL_WEIGHT * cos(radians(_USUAL)), _USUAL_WEIGHT * sin(radians(_USUAL))
    for vector in (_from_shadow(rgb, product, ground), _from_shading(rgb, product)):
        x, y = x + vector[0], y + vector[1]
    angle = degrees(atan2(y, x))
    if angle < -90:
        angle += 360
    return round(min(150.0, max(30.0, angle)), 1)


def _from_shadow(rgb: Pixels, product: Reals, ground: Ground) -> tuple[float, float]:
    if not ground.plain:
        return 0.0, 0.0
    drop = np.clip(ground.distance(rgb) - 4, 0, 20) * (product < 0.05) * (ground.shadow_distance(rgb) < 7)
    body, shadow = _centroid(product), _centroid(drop)
    if body is None or shadow is None:
        return 0.0, 0.0
    dx, dy = body[0] - shadow[0], shadow[1] - body[1]
    far = hypot(dx, dy) or 1.0
    weight = min(1.5, 6 * float((drop > 2).mean()) / max(float(product.mean()), 0.02))
    return weight * dx / far, weight * abs(dy) / far  # a shadow in front of the product still means light from above


def _from_shading(rgb: Pixels, product: Reals) -> tuple[float, float]:
    y, x = np.nonzero(product > 0.9)
    if y.size < 200:
        return 0.0, 0.0
    light = cv2.GaussianBlur(lab(rgb)[..., 0], (0, 0), 6)[y, x]
    terms = np.stack([np.ones(y.size), (x - x.mean()) / np.ptp(x).clip(1), (y - y.mean()) / np.ptp(y).clip(1)], axis=-1)
    slope = np.linalg.lstsq(terms, light, rcond=None)[0]
    return float(np.clip(slope[1] / 40, -1, 1)), float(np.clip(-slope[2] / 60, -0.6, 0.6))


def _centroid(weights: NDArray[np.floating]) -> tuple[float, float] | None:
    total = float(weights.sum())
    if total < 1e-3 * weights.size:
        return None
    height, width = weights.shape
    return float((weights.sum(axis=0) @ np.arange(width)) / total), float(
        (weights.sum(axis=1) @ np.arange(height)) / total
    )


def sharpness(rgb: Pixels, product: Reals) -> float:
    """Variance of the Laplacian of the product's lightness (0..255), for choosing among photos of about 1000 px."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    laplacian = cv2.Laplacian(grey, cv2.CV_32F)
    inside = cv2.erode((product > 0.5).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    return round(float((laplacian[inside] if inside.any() else laplacian).var()), 2)
