"""What happens between two shots: two frames become one.

Each transition is `before` where it starts and `after` where it ends, so that no frame jumps at either side.
"""

from __future__ import annotations

from math import cos, hypot, pi, radians, sin
from typing import assert_never

import cv2
import numpy as np

from pipeline.media import kernels
from pipeline.media.canvas import Canvas, yuv
from pipeline.media.easing import ease
from pipeline.media.kernels import Plane
from pipeline.media.scene import Transition

_SHUTTER = 0.7  # share of a frame's time that a whip is exposed for
_SOFT = 0.08  # width of a wipe's edge, of the frame's extent in its direction
_PUNCH = 1.6  # how much bigger the old shot gets in a zoom
_ARRIVE = 0.8  # how much bigger the new one begins
_BANDS = 14  # stripes of a glitch
_TEAR = 0.09  # how far a glitch tears them, of the frame's width


def along(index: int, frames: int) -> float:
    """The share of a transition that is done in its frame `index`: between 0 and 1, reaching neither."""
    return (index + 1) / (frames + 1)


def mix(transition: Transition, share: float, *, before: Canvas, after: Canvas, out: Canvas) -> None:
    """Compose one frame of a transition.

    Args:
        transition: its kind and direction.
        share: how far it is, 0 (`before`) to 1 (`after`).
        before: the shot that ends.
        after: the shot that begins.
        out: the canvas to draw on, of the same size; neither of the two.
    """
    match transition.kind:
        case "cut":
            out.copy_from(before if share < 0.5 else after, out.box)
        case "dissolve":
            _dissolve(before, after, out, ease("sine", share))
        case "dip":
            _dip(transition, share, before, after, out)
        case "wipe":
            _wipe(transition, share, before, after, out)
        case "circle":
            _circle(share, before, after, out)
        case "whip":
            _whip(transition, share, before, after, out)
        case "zoom":
            _zoom(share, before, after, out)
        case "split":
            _split(transition, share, before, after, out)
        case "glitch":
            _glitch(share, before if share < 0.5 else after, out)
        case _:
            assert_never(transition.kind)


def _dissolve(before: Canvas, after: Canvas, out: Canvas, share: float) -> None:
    for one, two, drawn in zip(before.planes, after.planes, _views(out), strict=True):
        cv2.addWeighted(_cropped(one, drawn), 1 - share, _cropped(two, drawn), share, 0, dst=drawn)


def _dip(transition: Transition, share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    shown, light = (before, 1 - 2 * share) if share < 0.5 else (after, 2 * share - 1)
    light = ease("sine", light)
    for plane, drawn, level in zip(shown.planes, _views(out), yuv(transition.colour), strict=True):
        cv2.addWeighted(_cropped(plane, drawn), light, _cropped(plane, drawn), 0, level * (1 - light), dst=drawn)


def _wipe(transition: Transition, share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    """A soft edge crosses the frame; the new shot is behind it."""
    over, down = cos(radians(transition.angle)), sin(radians(transition.angle))
    extent = abs(over) * out.width + abs(down) * out.height
    start = min(0.0, over * out.width) + min(0.0, down * out.height)
    soft = _SOFT * extent
    edge = start - soft / 2 + ease("sine", share) * (extent + soft)
    for one, two, drawn, step in zip(before.planes, after.planes, out.planes, (1, 2, 2), strict=True):
        kernels.mix_ramp(one, two, drawn, out.height // step, out.width // step, over * step, down * step, edge, soft)


def _circle(share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    """The new shot opens as a circle from the middle."""
    soft = max(2.0, out.width / 360)
    radius = -soft / 2 + ease("sine", share) * (hypot(out.width, out.height) / 2 + soft)
    for one, two, drawn, step in zip(before.planes, after.planes, out.planes, (1, 2, 2), strict=True):
        kernels.mix_circle(one, two, drawn, out.height // step, out.width // step, radius / step, soft / step)


def _whip(transition: Transition, share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    """Both shots fly past, smeared by their speed. The direction is the nearest of right, down, left and up."""
    quarter = round(transition.angle / 90) % 4
    upright, backwards = quarter % 2 == 1, quarter >= 2
    extent = out.height if upright else out.width
    moved = 2 * round(ease("cubic", share) * extent / 2)
    speed = abs(ease("cubic", min(1.0, share + 0.02)) - ease("cubic", max(0.0, share - 0.02))) / 0.04
    smear = round(_SHUTTER * speed * extent / (transition.frames + 1))
    for one, two, drawn, step in zip(before.planes, after.planes, _views(out), (1, 2, 2), strict=True):
        old, new = _cropped(one, drawn), _cropped(two, drawn)
        first, second = (old, new) if backwards else (new, old)
        strip = np.concatenate((first, second), axis=0 if upright else 1)
        length = max(1, smear // step) | 1
        smeared = cv2.blur(strip, (1, length) if upright else (length, 1), borderType=cv2.BORDER_REFLECT_101)
        start = (moved if backwards else extent - moved) // step
        drawn[:] = smeared[start : start + drawn.shape[0]] if upright else smeared[:, start : start + drawn.shape[1]]


def _zoom(share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    """The old shot rushes towards the eye, the new one settles."""
    faded = min(1.0, max(0.0, (share - 0.35) / 0.3))
    leaving = 1 + _PUNCH * share**2
    arriving = 1 + _ARRIVE * (1 - share) ** 2
    for one, two, drawn in zip(before.planes, after.planes, _views(out), strict=True):
        if faded <= 0:
            drawn[:] = _enlarged(_cropped(one, drawn), leaving)
        elif faded >= 1:
            drawn[:] = _enlarged(_cropped(two, drawn), arriving)
        else:
            old, new = _enlarged(_cropped(one, drawn), leaving), _enlarged(_cropped(two, drawn), arriving)
            cv2.addWeighted(old, 1 - faded, new, faded, 0, dst=drawn)


def _enlarged(plane: Plane, scale: float) -> Plane:
    if scale == 1:
        return plane
    height, width = plane.shape
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    back = np.array(((1 / scale, 0, middle_x * (1 - 1 / scale)), (0, 1 / scale, middle_y * (1 - 1 / scale))))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plane, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _split(transition: Transition, share: float, before: Canvas, after: Canvas, out: Canvas) -> None:
    """The old shot parts in the middle, to both sides (angle 0) or up and down (angle 90)."""
    upright = round(transition.angle / 90) % 2 == 1
    extent = out.height if upright else out.width
    moved = 2 * round(ease("cubic", share) * extent / 4)
    for one, two, drawn, step in zip(before.planes, after.planes, _views(out), (1, 2, 2), strict=True):
        old, target = _cropped(one, drawn), drawn
        drawn[:] = _cropped(two, drawn)
        if upright:
            old, target = old.T, target.T
        half, shift = target.shape[1] // 2, moved // step
        if shift < half:
            target[:, : half - shift] = old[:, shift:half]
            target[:, half + shift :] = old[:, half : target.shape[1] - shift]


def _glitch(share: float, shown: Canvas, out: Canvas) -> None:
    """Stripes torn sideways and colours apart, most in the middle."""
    force = sin(pi * share)
    chance = np.random.default_rng(round(share * 1000))
    tears = chance.uniform(-1, 1, _BANDS) * (chance.uniform(0, 1, _BANDS) < 0.6)
    for number, (plane, drawn) in enumerate(zip(shown.planes, _views(out), strict=True)):
        source = _cropped(plane, drawn)
        apart = (0.0, 0.015, -0.015)[number]
        edges = np.linspace(0, drawn.shape[0], _BANDS + 1).astype(int)
        for top, bottom, tear in zip(edges[:-1], edges[1:], tears, strict=True):
            shift = round(force * (tear * _TEAR + apart) * drawn.shape[1])
            drawn[top:bottom] = np.roll(source[top:bottom], shift, axis=1)


def _views(canvas: Canvas) -> tuple[Plane, Plane, Plane]:
    """The canvas's planes without the padding of their rows."""
    rows, columns = canvas.height, canvas.width
    half = (slice(0, rows // 2), slice(0, columns // 2))
    return canvas.luma[:rows, :columns], canvas.blue[half], canvas.red[half]


def _cropped(plane: Plane, like: Plane) -> Plane:
    return plane[: like.shape[0], : like.shape[1]]
