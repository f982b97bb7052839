"""A frame while it is drawn: three planes, BT.709 limited range, the colour planes at half size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.media.kernels import Plane
from pipeline.media.planes import RGB_TO_YUV


@dataclass(frozen=True)
class Box:
    """A region in whole pixels; all four are even, so that it is one of the colour planes too."""

    left: int
    top: int
    right: int
    bottom: int

    def around(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, eq=False)
class Canvas:
    """Planes to draw on. Rows may be longer than the frame is wide: encoders want them aligned."""

    luma: Plane
    blue: Plane
    red: Plane
    width: int
    height: int

    @staticmethod
    def blank(width: int, height: int) -> Canvas:
        """A canvas of its own memory, black."""
        canvas = Canvas(
            luma=np.empty((height, width), np.uint8),
            blue=np.empty((height // 2, width // 2), np.uint8),
            red=np.empty((height // 2, width // 2), np.uint8),
            width=width,
            height=height,
        )
        canvas.fill((0, 0, 0))
        return canvas

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """Y, U, V."""
        return self.luma, self.blue, self.red

    @property
    def box(self) -> Box:
        """The whole frame."""
        return Box(0, 0, self.width, self.height)

    def fill(self, colour: tuple[int, int, int]) -> None:
        """Paint everything in one RGB colour."""
        for plane, level in zip(self.planes, yuv(colour), strict=True):
            plane[:] = level

    def copy_from(self, other: Canvas, box: Box) -> None:
        """Take a region over from a canvas of the same size."""
        for ours, theirs, step in zip(self.planes, other.planes, (1, 2, 2), strict=True):
            rows = slice(box.top // step, box.bottom // step)
            columns = slice(box.left // step, box.right // step)
            ours[rows, columns] = theirs[rows, columns]

    def rgb(self) -> NDArray[np.uint8]:
        """The frame as RGB, (height, width, 3), each colour sample standing for its four pixels."""
        luma = self.luma[: self.height, : self.width].astype(np.float32) - 16
        halves = (plane[: self.height // 2, : self.width // 2] for plane in (self.blue, self.red))
        blue, red = (half.repeat(2, axis=0).repeat(2, axis=1).astype(np.float32) - 128 for half in halves)
        back = np.linalg.inv(RGB_TO_YUV[:, :3]).astype(np.float32)
        rgb: NDArray[np.float32] = np.dstack((luma, blue, red)) @ back.T
        return np.clip(np.rint(rgb), 0, 255).astype(np.uint8)


def yuv(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """An RGB colour in BT.709 limited range."""
    luma, blue, red = (round(float(level)) for level in RGB_TO_YUV @ np.array((*colour, 1.0)))
    return luma, blue, red
