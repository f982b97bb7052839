"""The renderer's inner loops, compiled by numba: they release the GIL and work on one 8-bit plane at a time.

Planes are passed whole, with the corner of the region to touch, so that rows stay contiguous and the loops become
vector instructions. Positions and lengths are in samples of the plane. Integer casts keep the arithmetic in 16 bits:
without them numba widens to 64 and the loops run at a quarter of the speed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Loop = TypeVar("Loop", bound=Callable[..., object])

ONE = 128  # a filter weight of 1: seven bits, so that weighted sums of bytes stay within sixteen


def _compiled(loop: Loop) -> Loop:
    """Compile on the first call, and keep the machine code for the next process where a folder can be written."""
    try:
        compiled = njit(nogil=True, cache=True)(loop)
    except RuntimeError:  # numba found no folder to cache in: compile anew in each process
        compiled = njit(nogil=True)(loop)
    return cast(Loop, compiled)


@_compiled
def _bell(away: float, sharp: float) -> float:
    """A filter's weight at a distance from its middle: a triangle for `sharp` 0, else a cubic (Catmull-Rom at 0.5)."""
    if sharp == 0:
        return max(0.0, 1 - away)
    if away < 1:
        return ((2 - sharp) * away - (3 - sharp)) * away * away + 1
    if away < 2:
        return ((5 - away) * away - 8) * away * sharp + 4 * sharp
    return 0.0


@_compiled
def _round_weights(exact: NDArray[np.float64], middle: float, out: NDArray[np.int32]) -> None:
    """Round weights that sum to 1 to whole shares of `ONE`, so that they sum to it and balance about `middle`."""
    total = 0
    drift = middle * ONE
    largest = 0
    for tap in range(exact.shape[0]):
        out[tap] = int(np.floor(exact[tap] * ONE + 0.5))
        total += out[tap]
        drift -= out[tap] * tap
        if exact[tap] > exact[largest]:
            largest = tap
    out[largest] += ONE - total
    drift -= (ONE - total) * largest
    # A share moved to the next tap moves the balance by 1/ONE sample. Unmoved, a slow push would tremble: a stretched
    # filter's own balance wanders by up to a tenth of a sample as it passes over the samples.
    low, high = max(largest - 1, 0), min(largest + 1, exact.shape[0] - 1)
    if high > low:
        moved = int(np.floor(drift / (high - low) + 0.5))
        out[low] -= moved
        out[high] += moved
        rest = int(np.floor(drift - moved * (high - low) + 0.5))
        out[low] -= rest
        out[low + 1] += rest


@_compiled
def fill_taps(
    first: NDArray[np.int32],
    weights: NDArray[np.int32],
    origin: float,
    step: float,
    length: int,
    stretch: float,
    sharp: float,
) -> None:
    """Fill in the taps of a resampling filter along one axis.

    Args:
        first: out, for each sample wanted, the first source sample that counts.
        weights: out, (samples, taps), each row sums to `ONE`.
        origin: source position of the first wanted sample; 0 is the middle of source sample 0.
        step: source samples from one wanted sample to the next.
        length: source samples there are, at least as many as taps; beyond the edges the last one goes on.
        stretch: width of the filter, in source samples: 1 interpolates, more also averages.
        sharp: 0 for a triangle, 0.5 for Catmull-Rom.
    """
    taps = weights.shape[1]
    exact = np.empty(taps, np.float64)
    radius = stretch * (2.0 if sharp > 0 else 1.0)
    for sample in range(first.shape[0]):
        centre = origin + step * sample
        lowest = int(np.floor(centre - radius)) + 1
        start = min(max(lowest, 0), length - taps)
        first[sample] = start
        exact[:] = 0.0
        for place in range(lowest, int(np.ceil(centre + radius))):
            held = min(max(place, 0), length - 1) - start
            exact[min(max(held, 0), taps - 1)] += _bell(abs(place - centre) / stretch, sharp)
        exact /= exact.sum()
        inside = lowest >= 0 and lowest + taps <= length
        middle = centre - start if inside else (exact * np.arange(taps)).sum()
        _round_weights(exact, middle, weights[sample])


@_compiled
def filter_rows(
    source: Plane, start: int, out: Plane, across: int, first: NDArray[np.int32], weights: NDArray[np.int32]
) -> None:
    """Write weighted sums of source rows, one for each entry of `first`, to the rows of `out` from the top.

    `across` samples of each row are read from column `start`, and written from column 0.
    """
    total = np.empty(across, np.uint16)
    for row in range(first.shape[0]):
        line = source[first[row], start : start + across]
        weight = np.uint16(weights[row, 0])
        # 32 whole steps are added, and taken off again below, so that negative lobes do not wrap round.
        for x in range(across):
            total[x] = np.uint16(np.uint16(32 * 128 + 64) + np.uint16(np.uint16(line[x]) * weight))
        for tap in range(1, weights.shape[1]):
            line = source[first[row] + tap, start : start + across]
            weight = np.uint16(weights[row, tap])
            if weight != 0:
                for x in range(across):
                    total[x] = np.uint16(total[x] + np.uint16(np.uint16(line[x]) * weight))
        drawn = out[row, :across]
        for x in range(across):
            level = total[x] >> 7
            level = level if level > 32 else 32
            level = level if level < 287 else 287
            drawn[x] = np.uint8(level - 32)


@_compiled
def blend_over(
    ground: Plane, top: int, left: int, colour: Plane, alpha: Plane, mask: Plane | None, opacity: float
) -> None:
    """Lay a premultiplied plane over the ground; `mask` has the ground's coordinates."""
    full = np.float32(opacity)
    for y in range(colour.shape[0]):
        below, above, cover = ground[top + y, left:], colour[y], alpha[y]
        if mask is None:
            for x in range(colour.shape[1]):
                under = np.float32(1) - np.float32(cover[x]) * (full * np.float32(1 / 255))
                below[x] = np.uint8(np.float32(below[x]) * under + np.float32(above[x]) * full + np.float32(0.5))
        else:
            shown = mask[top + y, left:]
            for x in range(colour.shape[1]):
                share = np.float32(shown[x]) * (full * np.float32(1 / 255))
                under = np.float32(1) - np.float32(cover[x]) * share * np.float32(1 / 255)
                below[x] = np.uint8(np.float32(below[x]) * under + np.float32(above[x]) * share + np.float32(0.5))


@_compiled
def blend_add(
    ground: Plane,
    top: int,
    left: int,
    colour: Plane,
    alpha: Plane,
    mask: Plane | None,
    opacity: float,
    zero: int,
) -> None:
    """Add a premultiplied plane to the ground. `zero` is the plane's value for no light: 16 of Y, 128 of U and V."""
    full = np.float32(opacity)
    nothing = np.float32(zero / 255)
    for y in range(colour.shape[0]):
        below, above, cover = ground[top + y, left:], colour[y], alpha[y]
        for x in range(colour.shape[1]):
            share = full
            if mask is not None:
                share = full * np.float32(mask[top + y, left + x]) * np.float32(1 / 255)
            light = np.float32(above[x]) - np.float32(cover[x]) * nothing
            level = np.float32(below[x]) + light * share + np.float32(0.5)
            below[x] = np.uint8(min(max(level, np.float32(0)), np.float32(254)))


@_compiled
def blend_grey(ground: Plane, top: int, left: int, taken: Plane, mask: Plane | None, opacity: float, zero: int) -> None:
    """Darken the ground by a neutral multiply layer. `taken` is the share of light it takes away, 255 for all."""
    full = np.float32(opacity / 255)
    black = np.float32(zero)
    for y in range(taken.shape[0]):
        below, away = ground[top + y, left:], taken[y]
        for x in range(taken.shape[1]):
            share = full
            if mask is not None:
                share = full * np.float32(mask[top + y, left + x]) * np.float32(1 / 255)
            kept = np.float32(1) - np.float32(away[x]) * share
            below[x] = np.uint8((np.float32(below[x]) - black) * kept + black + np.float32(0.5))


@_compiled
def blend_tint(
    luma: Plane,
    blue: Plane,
    red: Plane,
    top: int,
    left: int,
    taken: tuple[Plane, Plane, Plane],
    mask: Plane | None,
    opacity: float,
) -> None:
    """Multiply the ground by a coloured layer: each pixel to RGB, multiplied, and back (BT.709, limited range).

    Args:
        luma, blue, red: the ground's planes, the latter two at half size.
        top, left: of the region in luma samples, even.
        taken: the shares of red, green and blue light taken away, 255 for all; even height and width.
        mask: of the ground's size, or None.
        opacity: 0 to 1.
    """
    full = np.float32(opacity / 255)
    for y in range(0, taken[0].shape[0], 2):
        for x in range(0, taken[0].shape[1], 2):
            u_place, v_place = (top + y) // 2, (left + x) // 2
            u = np.float32(blue[u_place, v_place]) - np.float32(128)
            v = np.float32(red[u_place, v_place]) - np.float32(128)
            more_red = np.float32(1.792741) * v
            more_green = np.float32(-0.213249) * u - np.float32(0.532909) * v
            more_blue = np.float32(2.112402) * u
            new_u = np.float32(0)
            new_v = np.float32(0)
            for corner in range(4):
                row, column = y + corner // 2, x + corner % 2
                share = full
                if mask is not None:
                    share = full * np.float32(mask[top + row, left + column]) * np.float32(1 / 255)
                bright = np.float32(1.164384) * (np.float32(luma[top + row, left + column]) - np.float32(16))
                r = max(bright + more_red, np.float32(0)) * (np.float32(1) - np.float32(taken[0][row, column]) * share)
                g = max(bright + more_green, np.float32(0)) * (
                    np.float32(1) - np.float32(taken[1][row, column]) * share
                )
                b = max(bright + more_blue, np.float32(0)) * (np.float32(1) - np.float32(taken[2][row, column]) * share)
                level = np.float32(0.182586) * r + np.float32(0.614231) * g + np.float32(0.062007) * b
                luma[top + row, left + column] = np.uint8(level + np.float32(16.5))
                new_u += np.float32(-0.100644) * r - np.float32(0.338572) * g + np.float32(0.439216) * b
                new_v += np.float32(0.439216) * r - np.float32(0.398942) * g - np.float32(0.040274) * b
            blue[u_place, v_place] = np.uint8(new_u * np.float32(0.25) + np.float32(128.5))
            red[u_place, v_place] = np.uint8(new_v * np.float32(0.25) + np.float32(128.5))


@_compiled
def premultiply(pixels: NDArray[np.uint8], out: NDArray[np.uint8]) -> None:
    """Multiply the colours of straight RGBA (height, width, 4) by their alpha."""
    for y in range(pixels.shape[0]):
        for x in range(pixels.shape[1]):
            alpha = np.int32(pixels[y, x, 3])
            for channel in range(3):
                out[y, x, channel] = np.uint8((np.int32(pixels[y, x, channel]) * alpha + 127) // 255)
            out[y, x, 3] = np.uint8(alpha)


@_compiled
def mix_ramp(
    before: Plane,
    after: Plane,
    out: Plane,
    down: int,
    across: int,
    over_x: float,
    over_y: float,
    edge: float,
    soft: float,
) -> None:
    """Mix two planes by a straight soft edge: `after` where over_x * x + over_y * y is below `edge`."""
    for y in range(down):
        base = np.float32((edge - over_y * (y + 0.5)) / soft + 0.5)
        slope = np.float32(over_x / soft)
        one, two, drawn = before[y], after[y], out[y]
        for x in range(across):
            share = min(max(base - slope * (np.float32(x) + np.float32(0.5)), np.float32(0)), np.float32(1))
            level = np.float32(one[x])
            drawn[x] = np.uint8(level + (np.float32(two[x]) - level) * share + np.float32(0.5))


@_compiled
def mix_circle(before: Plane, after: Plane, out: Plane, down: int, across: int, radius: float, soft: float) -> None:
    """Mix two planes by a round soft edge about their middle: `after` inside."""
    for y in range(down):
        rise = np.float32((y + 0.5 - down / 2) ** 2)
        one, two, drawn = before[y], after[y], out[y]
        for x in range(across):
            run = np.float32(x) + np.float32(0.5) - np.float32(across / 2)
            away = np.sqrt(rise + run * run)
            inside = (np.float32(radius) - away) / np.float32(soft) + np.float32(0.5)
            share = min(max(inside, np.float32(0)), np.float32(1))
            level = np.float32(one[x])
            drawn[x] = np.uint8(level + (np.float32(two[x]) - level) * share + np.float32(0.5))
