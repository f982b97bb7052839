"""CMYK without a profile, to sRGB: the printed colours of coated paper, mixed by the Neugebauer equations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# CIELAB of solid inks and their overprints on coated paper, as ISO 12647-2 gives them (D50). Keys are C, M, Y.
_SOLIDS = {
    (0, 0, 0): (95, 0, -2),
    (1, 0, 0): (55, -37, -50),
    (0, 1, 0): (48, 74, -3),
    (0, 0, 1): (89, -5, 93),
    (0, 1, 1): (47, 68, 48),
    (1, 0, 1): (50, -65, 27),
    (1, 1, 0): (24, 17, -46),
    (1, 1, 1): (23, 0, 0),
}
_BLACK = 0.022  # what black ink lets through of whatever it is printed on
_DOT_GAIN = 1.9  # Yule–Nielsen factor: light spreads in the paper, so halftones print darker than their area says
_ROWS = 128  # at a time, to bound memory

_D50 = np.array((0.9642, 1.0, 0.8249))
_XYZ_D50_TO_RGB = np.array(
    ((3.1338561, -1.6168667, -0.4906146), (-0.9787684, 1.9161415, 0.0334540), (0.0719453, -0.2289914, 1.4052427))
)

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]


def cmyk_to_rgb(cmyk: Pixels) -> Pixels:
    """Ink amounts (height, width, 4), 255 for full ink, to sRGB (height, width, 3)."""
    rgb = np.empty((*cmyk.shape[:2], 3), np.uint8)
    primaries = _primaries()
    cast = _cast(primaries)
    for top in range(0, cmyk.shape[0], _ROWS):
        inks = cmyk[top : top + _ROWS]
        shares = inks.astype(np.float32) / np.float32(255)
        mixed = np.asarray(_mix(shares[..., :3], primaries) / cast[inks[..., :3].min(axis=2)], np.float32)
        rgb[top : top + _ROWS] = _developed(mixed, shares[..., 3:])
    return rgb


def _cast(primaries: Reals) -> Reals:
    """How far equal inks are from neutral, (256, 3): brown on paper, but a file that names no press means grey."""
    equal = np.repeat(np.linspace(0, 1, 256, dtype=np.float32)[None, :, None], 3, axis=2)
    grey = _mix(equal, primaries)[0]
    return np.asarray(grey / grey.mean(axis=1, keepdims=True), np.float32)


def _primaries() -> Reals:
    """Linear RGB of the eight solids, paper being white, raised to 1/n; shape (2, 2, 2, 3) by C, M, Y."""
    solids = np.zeros((2, 2, 2, 3))
    for inks, lab in _SOLIDS.items():
        solids[inks] = _XYZ_D50_TO_RGB @ _xyz(*lab)
    linear = np.clip(solids / solids[0, 0, 0], 0, None)
    return np.asarray(linear ** (1 / _DOT_GAIN), np.float32)


def _xyz(lightness: float, a: float, b: float) -> NDArray[np.float64]:
    y = (lightness + 16) / 116
    f = np.array((y + a / 500, y, y - b / 200))
    return np.asarray(np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _D50)


def _mix(inks: Reals, primaries: Reals) -> Reals:
    """Interpolate the solids by the share of paper that C, M and Y cover."""
    mixed: Reals = primaries[None, None]
    for ink in range(3):  # collapses C, then M, then Y
        share = inks[..., ink].reshape(inks.shape[:2] + (1,) * (mixed.ndim - 3))
        mixed = mixed[:, :, 0] * (1 - share) + mixed[:, :, 1] * share
    return mixed


def _developed(mixed: Reals, black: Reals) -> Pixels:
    """Black printed over the mix, as sRGB."""
    through = (1 - black) + black * np.float32(_BLACK ** (1 / _DOT_GAIN))
    linear = np.clip(mixed * through, 0, 1) ** _DOT_GAIN
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(srgb * 255), np.uint8)
