"""Prepared pictures drawn at a pose: filtered along both axes, or warped when turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media import kernels
from pipeline.media.canvas import Box, Canvas
from pipeline.media.easing import Pose
from pipeline.media.kernels import Plane
from pipeline.media.planes import Planes
from pipeline.media.scene import Picture

_SHARP_COVER = 0.5  # Catmull-Rom
_LINEAR = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
_SHARP_BLEND = 0.3  # softer: a sharper one would ring along the edges of a cut-out


@dataclass(frozen=True)
class Grid:
    """The middles of a plane's samples, in frame pixels."""

    left: float
    top: float
    step: int
    across: int
    down: int

    @staticmethod
    def of(box: Box, step: int) -> Grid:
        """The samples of Y (step 1) or of U and V (step 2) in a box.

        H.264 sites colour samples on the left column of their four pixels, half-way between the two rows.
        """
        return Grid(
            left=box.left + 0.5,
            top=box.top + step / 2,
            step=step,
            across=(box.right - box.left) // step,
            down=(box.bottom - box.top) // step,
        )


@dataclass(frozen=True, eq=False)
class Patch:
    """A picture drawn for a box of the frame, ready to be blended.

    Attributes:
        box: where it belongs.
        colour: Y, U, V premultiplied; or what a multiply layer takes away: one plane and its half, or three planes.
        alpha: at full size; None for multiply.
        alpha_half: at half size; None for multiply.
    """

    box: Box
    colour: tuple[Plane, ...]
    alpha: Plane | None
    alpha_half: Plane | None


Draw = Callable[[Sequence[Plane], Sequence[Plane], Grid], None]  # sources of one size, planes to fill, their samples


def reach(picture: Picture, pose: Pose, canvas_box: Box) -> Box | None:
    """The box of the frame that a picture at a pose can touch; None when it is outside."""
    matrix = np.array(pose.matrix(picture.width, picture.height))
    corners = matrix @ np.array(
        ((0, picture.width, 0, picture.width), (0, 0, picture.height, picture.height), (1, 1, 1, 1)), np.float64
    )
    margin = 2 * max(1.0, pose.scale) + 1  # filters reach two source pixels or two frame pixels beyond an edge
    (low_x, low_y), (high_x, high_y) = corners.min(axis=1) - margin, corners.max(axis=1) + margin
    box = Box(
        left=max(canvas_box.left, 2 * floor(low_x / 2)),
        top=max(canvas_box.top, 2 * floor(low_y / 2)),
        right=min(canvas_box.right, 2 * ceil(high_x / 2)),
        bottom=min(canvas_box.bottom, 2 * ceil(high_y / 2)),
    )
    return box if box.left < box.right and box.top < box.bottom else None


def covers(picture: Picture, pose: Pose, width: int, height: int) -> bool:
    """Whether a picture at a pose leaves no pixel of a frame free."""
    forward = np.vstack((np.array(pose.matrix(picture.width, picture.height)), (0.0, 0.0, 1.0)))
    corners = np.array(((0, width, 0, width), (0, 0, height, height), (1, 1, 1, 1)), np.float64)
    inside = np.linalg.solve(forward, corners)
    slack = 1e-6
    across = inside[0].min() >= -slack and inside[0].max() <= picture.width + slack
    return bool(across and inside[1].min() >= -slack and inside[1].max() <= picture.height + slack)


def draw_cover(planes: Planes, picture: Picture, pose: Pose, canvas: Canvas) -> None:
    """Fill a whole canvas with an opaque picture."""
    draw = _drawing(planes, picture, pose)
    draw(planes.colour[:1], (canvas.luma,), Grid.of(canvas.box, 1))
    draw(planes.colour[1:], (canvas.blue, canvas.red), Grid.of(canvas.box, 2))


def sample(planes: Planes, picture: Picture, pose: Pose, box: Box) -> Patch:
    """Draw a picture for a box of the frame."""
    draw = _drawing(planes, picture, pose)
    full, half = Grid.of(box, 1), Grid.of(box, 2)

    def drawn(sources: Sequence[Plane], grid: Grid) -> tuple[Plane, ...]:
        out = tuple(np.empty((grid.down, grid.across), np.uint8) for _ in sources)
        draw(sources, out, grid)
        return out

    luma, *rest = planes.colour
    if planes.alpha is not None:
        light, alpha = drawn((luma, planes.alpha[0]), full)
        blue, red, alpha_half = drawn((*rest, planes.alpha[1]), half)
        return Patch(box, (light, blue, red), alpha, alpha_half)
    if planes.opaque:
        return Patch(box, (*drawn((luma,), full), *drawn(rest, half)), _opaque(full), _opaque(half))
    if rest:
        return Patch(box, drawn(planes.colour, full), None, None)
    return Patch(box, (*drawn((luma,), full), *drawn((luma,), half)), None, None)


def _opaque(grid: Grid) -> Plane:
    return np.full((grid.down, grid.across), 255, np.uint8)


def _drawing(planes: Planes, picture: Picture, pose: Pose) -> Draw:
    if planes.standing:
        return _filtering(planes, picture, pose, sharp=_SHARP_COVER if planes.opaque else _SHARP_BLEND)
    return _warping(planes, picture, pose)


def _filtering(planes: Planes, picture: Picture, pose: Pose, *, sharp: float) -> Draw:
    """Along x first, where rows are columns and so contiguous; then turned over and along y."""
    edge_x = pose.x - pose.scale * picture.width / 2
    edge_y = pose.y - pose.scale * picture.height / 2

    def draw(sources: Sequence[Plane], outs: Sequence[Plane], grid: Grid) -> None:
        density, zero, length = planes.along_x(sources[0])
        step = grid.step / pose.scale * density
        origin = (grid.left - edge_x) / pose.scale * density + zero - 0.5
        first_x, weights_x = _taps(grid.across, origin=origin, step=step, length=length, sharp=sharp)
        density, zero, length = planes.along_y(sources[0])
        step = grid.step / pose.scale * density
        origin = (grid.top - edge_y) / pose.scale * density + zero - 0.5
        first_y, weights_y = _taps(grid.down, origin=origin, step=step, length=length, sharp=sharp)
        start = int(first_y[0])
        rows = int(first_y[-1]) + weights_y.shape[1] - start
        first_y -= np.int32(start)
        columns = np.empty((grid.across, rows), np.uint8)
        lines = np.empty((rows, grid.across), np.uint8)
        for source, out in zip(sources, outs, strict=True):
            kernels.filter_rows(source, start, columns, rows, first_x, weights_x)
            cv2.transpose(columns, dst=lines)
            kernels.filter_rows(lines, 0, out, grid.across, first_y, weights_y)

    return draw


def _taps(
    count: int, *, origin: float, step: float, length: int, sharp: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    stretch = max(1.0, step)
    taps = min(length, ceil(2 * stretch * (2 if sharp else 1)))
    first = np.empty(count, np.int32)
    weights = np.empty((count, taps), np.int32)
    kernels.fill_taps(first, weights, origin, step, length, stretch, sharp)
    return first, weights


def _warping(planes: Planes, picture: Picture, pose: Pose) -> Draw:
    forward = np.vstack((np.array(pose.matrix(picture.width, picture.height)), (0.0, 0.0, 1.0)))
    back = np.linalg.inv(forward)[:2]

    def draw(sources: Sequence[Plane], outs: Sequence[Plane], grid: Grid) -> None:
        inverse = back.copy()
        inverse[:, 2] += back[:, :2] @ (grid.left, grid.top)
        inverse[:, :2] *= grid.step
        for axis, (density, zero, _) in enumerate((planes.along_x(sources[0]), planes.along_y(sources[0]))):
            inverse[axis] *= density
            inverse[axis, 2] += zero - 0.5
        for source, out in zip(sources, outs, strict=True):
            drawn = cv2.warpAffine(source, inverse, (grid.across, grid.down), flags=_LINEAR, borderValue=0)
            out[: grid.down, : grid.across] = drawn

    return draw
