"""From a rough mask to a clean cut-out: edges that follow the picture, and colours without the old ground in them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.ground import Ground

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_GUIDE_SIDE = 1000  # px at which the guided filter is solved
_SMOOTH = 2e-4  # regularisation of the guided filter, for colours 0..1
_OUT, _IN = 0.2, 0.6  # the network's word that counts as no and yes
_PINHOLE = 0.001  # of the frame
_FLOOR, _CEILING = 0.06, 0.94  # alpha below and above this is none and full


def settle(rgb: Pixels, rough: Reals, ground: Ground) -> Reals:
    """A rough mask corrected by what an even ground shows for sure; unchanged on any other ground.

    Openings (inside a handle, between two soles) look like the ground and are none of the product; what differs from
    the ground in hue, not only in light as a shadow does, and hangs together with the product, belongs to it.
    """
    if not ground.plain:
        return rough
    reach = max(3, round(0.006 * max(rough.shape)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    alike = 1 - np.clip((ground.distance(rgb) - 3) / 4, 0, 1)
    plain = np.asarray(cv2.erode(cv2.GaussianBlur(alike, (0, 0), 1.0), np.ones((3, 3), np.uint8)), np.float32)
    certain = np.clip((rough - 0.60) / 0.25, 0, 1)
    mask = rough * (1 - plain * (1 - certain))
    hued = (ground.shadow_distance(rgb) > 14).astype(np.uint8)
    hued = np.asarray(cv2.morphologyEx(hued, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    near = np.asarray(cv2.dilate((rough > 0.5).astype(np.uint8), kernel, iterations=4), np.uint8)
    return np.asarray(np.maximum(mask, _attached(hued & near, to=mask > 0.5)), np.float32)


def _attached(parts: NDArray[np.uint8], *, to: NDArray[np.bool_]) -> Reals:
    """Those parts that touch something, 0 or 1."""
    count, labels = cv2.connectedComponents(parts | to.astype(np.uint8), connectivity=4)
    joined = np.zeros(count, bool)
    joined[np.unique(labels[to])] = True
    joined[0] = False
    return np.asarray((joined[labels] & (parts > 0)).astype(np.float32))


def fine_alpha(rgb: Pixels, rough: Reals) -> Reals:
    """Alpha 0..1 at the picture's own size from a rough mask of any size, snapped to the picture's edges.

    A guided filter (He, Sun and Tang) in colour, solved at about 1000 px and applied at full size, twice: once wide, to
    find the edge, and once narrow, to follow it. It may move the outline by a few pixels, never open the inside.
    """
    height, width = rgb.shape[:2]
    share = min(1.0, _GUIDE_SIDE / max(height, width))
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
    mask = np.clip((cv2.resize(rough, size, interpolation=cv2.INTER_LINEAR) - _OUT) / (_IN - _OUT), 0, 1)
    least, most = _limits(mask)
    slopes, offset = _guided(small, mask, radius=6)
    mask = np.clip(_stretched(np.sum(slopes * small, axis=2) + offset), least, most)
    slopes, offset = _guided(small, mask, radius=3)
    if share < 1:
        slopes, offset, least, most = (
            np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
            for plane in (slopes, offset, least, most)
        )
        small = rgb.astype(np.float32) / np.float32(255)
    return np.clip(_stretched(np.sum(slopes * small, axis=2) + offset), least, most)


def _limits(mask: Reals) -> tuple[Reals, Reals]:
    """The least and the most that alpha may be: full well inside, none well outside."""
    wide = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    inside = cv2.erode(_filled(mask > 0.6).astype(np.float32), wide)
    outside = cv2.erode((mask < 0.15).astype(np.float32), wide)
    least, out = (np.asarray(cv2.GaussianBlur(part, (0, 0), 0.8), np.float32) for part in (inside, outside))
    return least, 1 - out


def _filled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A mask without its pinholes; a handle's opening is far larger than those."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] < _PINHOLE * mask.size
    small[0] = False  # the mask itself
    return np.asarray(mask | small[labels], np.bool_)


def _guided(guide: Reals, mask: Reals, *, radius: int) -> tuple[Reals, Reals]:
    """Local linear model mask ≈ slopes · guide + offset: (h, w, 3) and (h, w)."""

    def mean(values: Reals) -> Reals:
        return np.asarray(cv2.blur(values, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT), np.float32)

    centre, level = mean(guide), mean(mask)
    shared = np.stack([mean(guide[..., c] * mask) - centre[..., c] * level for c in range(3)], axis=-1)
    spread = [
        [mean(guide[..., i] * guide[..., j]) - centre[..., i] * centre[..., j] for j in range(i + 1)] for i in range(3)
    ]
    slopes = _solved(spread, shared)
    offset = level - np.sum(slopes * centre, axis=2)
    return mean(slopes), mean(offset)


def _solved(spread: list[list[Reals]], shared: Reals) -> Reals:
    """The 3x3 systems (spread + smooth) x = shared by Cramer's rule; `spread` holds the lower triangle."""
    (xx,), (xy, yy), (xz, yz, zz) = spread
    xx, yy, zz = xx + np.float32(_SMOOTH), yy + np.float32(_SMOOTH), zz + np.float32(_SMOOTH)
    first, second, third = yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy
    scale = 1 / (xx * first + xy * second + xz * third)
    a, b, c = (shared[..., k] for k in range(3))
    middle, low, last = xx * zz - xz * xz, xy * xz - xx * yz, xx * yy - xy * xy
    rows = (first * a + second * b + third * c, second * a + middle * b + low * c, third * a + low * b + last * c)
    return np.stack([row * scale for row in rows], axis=-1)


def _stretched(alpha: Reals) -> Reals:
    return np.asarray(np.clip((alpha - _FLOOR) / (_CEILING - _FLOOR), 0, 1), np.float32)


def _average(colours: Reals, weights: Reals, radius: int) -> Reals:
    """The weighted mean colour around each pixel."""
    size = (2 * radius + 1, 2 * radius + 1)
    near = cv2.blur(colours * weights[..., None], size) / (cv2.blur(weights, size)[..., None] + np.float32(1e-7))
    return np.asarray(near, np.float32)


def clean_colours(rgb: Pixels, alpha: Reals) -> Pixels:
    """The product's own colours, also where its edge is mixed with the ground (needs no knowledge of the ground).

    Foreground and background are each estimated from their surroundings and the mixing equation solved for what is left
    (after Forte's fast multi-level estimation), from far to near.
    """
    picture = rgb.astype(np.float32)
    cover = alpha[..., None]
    front, back = picture, picture
    reach = max(rgb.shape[:2]) / 600
    for radius in (round(20 * reach) + 1, round(3 * reach) + 1):
        # What is nearly pure counts far more than what is mixed, but where nothing is pure the mixed must do.
        front_near = _average(front, alpha**6 + np.float32(1e-3) * alpha, radius)
        back = _average(back, (1 - alpha) ** 6 + np.float32(1e-3) * (1 - alpha), radius)
        rest = picture - cover * front_near
        rest -= (1 - cover) * back
        front = np.clip(front_near + cover * rest, 0, 255)
    solid = np.clip((cover - 0.9) * 10, 0, 1)  # the inside stays exactly as it is
    return np.asarray(np.rint(front + (picture - front) * solid), np.uint8)
