"""The product by itself: from the seller's own transparency, or cut out where that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.cutout import Segmenter, Window, bounds, find_product
from pipeline.media.ground import Ground, find_ground
from pipeline.media.matte import clean_colours, fine_alpha, settle
from pipeline.media.trust import Evidence, examine, whole_extent

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

GLANCE = 1000  # px on the longer side at which photos are judged
_SEEN = 0.02  # alpha from which on a pixel belongs to the cut-out
_SOLID = 0.75  # own alpha from which on something is the product rather than its painted shadow
_FOG = 0.6  # a picture with less than this share of solid alpha is meant to be see-through


@dataclass(frozen=True, eq=False)
class Product:
    """Where the product is. `weight` and `glance` are at about 1000 px; `alpha` is at the photo's own size."""

    glance: Pixels
    weight: Reals
    ground: Ground
    window: Window  # in pixels of the glance
    alpha: Reals | None  # None where the mask is not to be trusted
    evidence: Evidence | None = None  # None for the seller's own transparency


def glance_at(rgb: Pixels) -> Pixels:
    """A photo reduced to the size at which it is judged."""
    share = min(1.0, GLANCE / max(rgb.shape[:2]))
    if share == 1:
        return rgb
    return np.asarray(cv2.resize(rgb, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)


def isolate(rgb: Pixels, segmenter: Segmenter) -> Product:
    """Find the product in a photo and cut it out."""
    glance = glance_at(rgb)
    height, width = glance.shape[:2]
    rough = find_product(glance, segmenter)
    ground = find_ground(glance, rough)
    settled = settle(glance, rough, ground)
    alpha = fine_alpha(rgb, settled)
    weight = np.asarray(cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    evidence = examine(glance, settled, alpha=weight, ground=ground)
    doubts = evidence.doubts()
    window = bounds(weight > 0.5)
    if not doubts and window is not None:
        return Product(glance, weight, ground, window, alpha, evidence)
    if window is None or {"area", "crumbs", "pieces"}.intersection(doubts):
        window = Window(0, 0, width, height)
    elif "left_out" in doubts:
        window = whole_extent(glance, weight, ground=ground)
    return Product(glance, weight, ground, window.grown(0.03, width=width, height=height), None, evidence)


def isolate_by_alpha(rgb: Pixels, own: Reals) -> Product:
    """Take the product from the seller's own transparency, without the shadow that many shops paint under it."""
    alpha = without_shadow(own)
    glance = glance_at(rgb)
    height, width = glance.shape[:2]
    weight = np.asarray(cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    ground = replace(find_ground(glance, weight), plain=True)
    window = bounds(weight > 0.5)
    if window is None:
        return Product(glance, weight, ground, Window(0, 0, width, height), None)
    return Product(glance, weight, ground, window, alpha)


def without_shadow(own: Reals) -> Reals:
    """An alpha channel without what is see-through and away from the solid parts; all of it where little is solid."""
    solid = own > _SOLID
    if own.sum() == 0 or own[solid].sum() < _FOG * own.sum():
        return own
    reach = max(2, round(max(own.shape) / 400))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    near = cv2.GaussianBlur(cv2.dilate(solid.astype(np.float32), kernel), (0, 0), reach / 2)
    return np.asarray(np.minimum(own, near), np.float32)


def cropped(rgb: Pixels, alpha: Reals) -> tuple[Pixels, Window]:
    """RGBA of what can be seen of a cut-out, free of its old ground, and where that is in the photo."""
    height, width = alpha.shape
    window = bounds(alpha > _SEEN) or Window(0, 0, width, height)
    wide = window.grown(0.04, width=width, height=height)  # the ground's colour is taken from a little further out
    clean = clean_colours(wide.of(rgb), wide.of(alpha))
    left, top = window.left - wide.left, window.top - wide.top
    colours = clean[top : top + window.height, left : left + window.width]
    seen = window.of(alpha)
    cover = np.rint(np.where(seen > _SEEN, seen, 0) * 255).astype(np.uint8)
    return np.dstack((colours, cover)), window
