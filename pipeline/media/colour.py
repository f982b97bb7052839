"""Gentle correction of a photo's light, and the colours of a product, which it never visibly shifts."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.ground import Ground, curved, hexed, lab, linear

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_LIT, _UNLIT = 170.0, 120.0  # of 255: a photo whose lights are darker wants light, one below the second all of it
_WELL_LIT = 205  # where the lights of such a photo belong
_MOST_LIGHT = 8.0
_TRUST_IN_WHITE = 0.4  # how much of a colour cast on a ground that should be white is taken out
_WHITE = 10.0  # CIELAB chroma up to which an even light ground is taken for white paper
_SHIFT = 3.0  # CIELAB units that the product's colours may move, at the 90th percentile, lightness apart
_LIFT = 6.0  # the same, lightness included
_SAMPLES = 6000
_CLUSTERS = 7
_ACCENTS = 5


def exposed(rgb: Pixels) -> Pixels:
    """A photo that was taken with too little light, as if with enough; any other photo as it is.

    Nothing in such a photo is bright, not even a white ground or a highlight. Light is multiplied, so that colours keep
    their hue and saturation; by three stops at most, since noise grows with it.
    """
    high = float(np.percentile(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), 99))
    if high >= _LIT:
        return rgb
    wanted, there = (float(linear(np.array([[level]], np.uint8))[0, 0]) for level in (_WELL_LIT, round(max(high, 1.0))))
    certainty = min(1.0, (_LIT - high) / (_LIT - _UNLIT))
    light = linear(np.arange(256, dtype=np.uint8)) * min(_MOST_LIGHT, (wanted / there) ** certainty)
    return np.asarray(cv2.LUT(rgb, np.rint(255 * curved(light)).astype(np.uint8)), np.uint8)


def corrected(rgb: Pixels, product: Reals, ground: Ground) -> Pixels:
    """The photo with balanced white, full tonal range and a little more sharpness.

    Args:
        rgb: the photo.
        product: how much each pixel belongs to the product, any size.
        ground: of the photo.
    """
    table = _tones(rgb) @ _white(ground)
    share = _bearable(rgb, product, table)
    steps = np.arange(256, dtype=np.float32)
    blended = [np.clip(np.rint(steps + share * (curve - steps)), 0, 255).astype(np.uint8) for curve in table.T]
    toned = cv2.merge([cv2.LUT(rgb[..., channel], blended[channel]) for channel in range(3)])
    return _sharpened(np.asarray(toned, np.uint8))


def _tones(rgb: Pixels) -> NDArray[np.float64]:
    """A tone curve as a diagonal (256, 3) table: black and white points stretched a little, dark photos lifted."""
    light = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    low, middle, high = (float(v) for v in np.percentile(light, (0.5, 50, 99.5)))
    black, white = min(low, 12.0), max(high, 232.0 if middle > 60 else 200.0)
    gamma = float(np.clip(0.75 + middle / 280, 0.82, 1.0))
    curve = 255 * np.clip((np.arange(256) - black) / max(1.0, white - black), 0, 1) ** gamma
    return np.repeat(curve[:, None], 3, axis=1)


def _white(ground: Ground) -> NDArray[np.float64]:
    """Gains of the channels as a diagonal matrix: part of the way to a neutral ground, if that is what it should be."""
    patch = np.array([[ground.colour]], np.uint8)
    lightness, a, b = (float(v) for v in lab(patch)[0, 0])
    if not ground.plain or lightness < 65 or np.hypot(a, b) > _WHITE:
        return np.eye(3)
    cast = linear(patch)[0, 0].astype(np.float64)
    gains = (cast.mean() / cast) ** (_TRUST_IN_WHITE / 2.2)
    return np.diag(gains / gains.max())  # down to the weakest channel, so that whites do not clip


def _bearable(rgb: Pixels, product: Reals, table: NDArray[np.float64]) -> np.float32:
    """How much of a correction the product's colours stand, 0..1."""
    weight = cv2.resize(product, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR).ravel()
    spots = np.flatnonzero(weight > 0.8)
    if not spots.size:
        spots = np.arange(weight.size)
    before = rgb.reshape(-1, 3)[spots[:: max(1, spots.size // _SAMPLES)]][None]
    after = np.stack([table[before[..., c], c] for c in range(3)], axis=-1)
    moved = np.abs(lab(np.clip(np.rint(after), 0, 255).astype(np.uint8)) - lab(before))[0]
    hue = float(np.percentile(np.hypot(moved[:, 1], moved[:, 2]), 90))
    whole = float(np.percentile(np.linalg.norm(moved, axis=1), 90))
    return np.float32(min(1.0, _SHIFT / max(hue, 1e-3), _LIFT / max(whole, 1e-3)))


def _sharpened(rgb: Pixels) -> Pixels:
    """Slight sharpening of lightness only, where there is more than noise to sharpen."""
    ycc = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)
    light = ycc[..., 0].astype(np.float32)
    radius = max(rgb.shape[:2]) / 1400
    fine = light - cv2.GaussianBlur(light, (0, 0), max(0.8, radius))
    strength = np.float32(0.35) * np.clip((np.abs(fine) - 1.5) / 3, 0, 1)
    ycc[..., 0] = np.clip(np.rint(light + np.clip(fine * strength, -10, 10)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(ycc, cv2.COLOR_YCrCb2RGB), np.uint8)


def palette(rgb: Pixels, product: Reals) -> tuple[str, ...]:
    """The product's own colours, up to five, those that stand out most first; never empty, always the same.

    Args:
        rgb: the photo.
        product: how much each pixel belongs to the product, same size.
    """
    inside = cv2.erode((product > 0.9).astype(np.uint8), np.ones((5, 5), np.uint8)).ravel() > 0
    spots = np.flatnonzero(inside)
    if spots.size < 50:
        spots = np.arange(product.size)
    chosen = spots[:: max(1, spots.size // _SAMPLES)]
    points = lab(rgb).reshape(-1, 3)[chosen]
    centres, labels = _clusters(points)
    shares = np.bincount(labels, minlength=len(centres)) / len(points)
    kept: list[tuple[float, int]] = []
    for k in np.argsort(-shares, kind="stable"):
        apart = all(np.linalg.norm(centres[k] - centres[other]) > 13 for _, other in kept)
        chroma = float(np.hypot(centres[k, 1], centres[k, 2]))
        if shares[k] > (0.004 if chroma > 30 else 0.012) and (apart or not kept):
            kept.append((chroma * float(shares[k]) ** 0.35 + 4 * float(shares[k]), int(k)))
    order = [k for _, k in sorted(kept, key=lambda pair: (-pair[0], pair[1]))][:_ACCENTS]
    pixels = rgb.reshape(-1, 3)[chosen]
    return tuple(hexed(_middle(pixels[labels == k])) for k in order)


def _clusters(points: Reals) -> tuple[Reals, NDArray[np.intp]]:
    """k-means in CIELAB, chroma counting more than lightness, started from points far apart: always the same."""
    scaled = points * np.array((0.6, 1.0, 1.0), np.float32)
    starts = [int(np.argmax(np.hypot(scaled[:, 1], scaled[:, 2])))]
    gaps = np.linalg.norm(scaled - scaled[starts[0]], axis=1)
    for _ in range(_CLUSTERS - 1):
        starts.append(int(np.argmax(gaps)))
        gaps = np.minimum(gaps, np.linalg.norm(scaled - scaled[starts[-1]], axis=1))
    centres = scaled[starts]
    for _ in range(12):
        labels = np.argmin(np.linalg.norm(scaled[:, None] - centres[None], axis=2), axis=1)
        centres = np.stack(
            [scaled[labels == k].mean(axis=0) if (labels == k).any() else centres[k] for k in range(_CLUSTERS)]
        )
    return np.asarray(centres / np.array((0.6, 1.0, 1.0), np.float32)), labels


def _middle(pixels: Pixels) -> tuple[int, int, int]:
    red, green, blue = np.median(pixels, axis=0).astype(int).tolist()
    return red, green, blue
