"""Where to look closer: crops of a product that are sharp, rich, different from each other and large enough."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.cutout import Window
from pipeline.media.ground import lab
from pipeline.model import Box

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_SHAPES = ((3, 4), (1, 1), (4, 5))  # width : height
_SIZES = (0.34, 0.46, 0.60, 0.78)  # of the product's longer side
_LEAST = 400  # px of the full photo across a crop
_COVERED = 0.55  # of a crop that must be product; thin things cover no crop so well, and need only come near their best
_OVERLAP = 0.22  # intersection over union that two crops may have
_MOST = 4


@dataclass(frozen=True)
class Crop:
    """A candidate and how much there is to see in it."""

    window: Window
    worth: float


def details(rgb: Pixels, product: Reals, *, within: Window, scale: float) -> tuple[Box, ...]:
    """The crops worth a close-up, best first; none where the photo has too few pixels.

    Args:
        rgb: the photo at about 1000 px.
        product: how much each pixel belongs to the product, same size.
        within: the product's window.
        scale: pixels of the full photo for each pixel of this one.
    """
    height, width = product.shape
    interest = _summed(_interest(rgb, product))
    covered = _summed(product)
    windows = _candidates(within, width=width, height=height, least=_LEAST / scale)
    enough = min(_COVERED, 0.6 * max((_mean(covered, window) for window in windows), default=0.0))
    # What a close-up has in its middle is what it shows: there the product has to be, not a gap between two of them.
    most = max((_mean(covered, _middle(window)) for window in windows), default=0.0)
    crops = [
        Crop(window, _mean(interest, window) * (_mean(covered, _middle(window)) / most) ** 2)
        for window in windows
        if most > 0 and _mean(covered, window) >= enough
    ]
    chosen: list[Crop] = []
    for crop in sorted(crops, key=lambda c: (-c.worth, c.window.top, c.window.left)):
        if len(chosen) == _MOST or (chosen and crop.worth < 0.35 * chosen[0].worth):
            break
        if all(_overlap(crop.window, other.window) <= _OVERLAP for other in chosen):
            chosen.append(crop)
    return tuple(fractions(crop.window, width=width, height=height) for crop in chosen)


def fractions(window: Window, *, width: int, height: int) -> Box:
    """A window as fractions of its picture."""
    return Box(
        x=round(window.left / width, 5),
        y=round(window.top / height, 5),
        w=round(window.width / width, 5),
        h=round(window.height / height, 5),
    )


def _interest(rgb: Pixels, product: Reals) -> Reals:
    """Fine detail and change of colour, on the product; its outline counts little, since every part of it has one."""
    colours = lab(rgb)
    edges = np.zeros(product.shape, np.float32)
    for channel, weight in ((0, 1.0), (1, 0.8), (2, 0.8)):
        plane = cv2.GaussianBlur(colours[..., channel], (0, 0), 1.0)
        edges += weight * np.hypot(cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1))
    inside = cv2.erode((product > 0.5).astype(np.uint8), np.ones((9, 9), np.uint8)).astype(np.float32)
    rare = (
        np.linalg.norm(colours - np.median(colours[product > 0.5], axis=0), axis=2) if (product > 0.5).any() else edges
    )
    return np.asarray((np.sqrt(np.minimum(edges, 60)) + 0.05 * np.minimum(rare, 60)) * (0.15 * product + 0.85 * inside))


def _candidates(within: Window, *, width: int, height: int, least: float) -> list[Window]:
    long = max(within.width, within.height)
    found = []
    for share in _SIZES:
        for across, down in _SHAPES:
            w = round(share * long * (across / down) ** 0.5)
            h = round(share * long * (down / across) ** 0.5)
            if w < least or w > width or h > height:
                continue
            step = max(4, round(w / 8))
            tops = range(max(0, within.top - h // 8), min(height - h, within.bottom - h + h // 8) + 1, step)
            lefts = range(max(0, within.left - w // 8), min(width - w, within.right - w + w // 8) + 1, step)
            found += [Window(left, top, left + w, top + h) for top in tops for left in lefts]
    return found


def _summed(values: Reals) -> NDArray[np.float64]:
    return np.asarray(cv2.integral(values, sdepth=cv2.CV_64F), np.float64)


def _mean(sums: NDArray[np.float64], window: Window) -> float:
    total = sums[window.bottom, window.right] - sums[window.top, window.right]
    total += sums[window.top, window.left] - sums[window.bottom, window.left]
    return float(total) / (window.width * window.height)


def _middle(window: Window) -> Window:
    """The inner half of a window."""
    across, down = window.width // 4, window.height // 4
    return Window(window.left + across, window.top + down, window.right - across, window.bottom - down)


def _overlap(one: Window, other: Window) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(0, across) * max(0, down)
    return shared / (one.width * one.height + other.width * other.height - shared)
