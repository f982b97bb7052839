"""Pictures made ready to draw: planes of Y, U, V and alpha, no larger than needed, prepared once and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from math import floor, log2
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media import kernels
from pipeline.media.kernels import Plane
from pipeline.media.scene import Picture

Bitmap = NDArray[Any]  # what OpenCV says it returns

# BT.709, limited range, from 8-bit R'G'B'. The last column is the offset, which counts for opaque samples only.
RGB_TO_YUV = np.array(
    (
        (0.182586, 0.614231, 0.062007, 16.0),
        (-0.100644, -0.338572, 0.439216, 128.0),
        (0.439216, -0.398942, -0.040274, 128.0),
    ),
    np.float64,
)

Use = Literal[
    "cover",  # opaque, and its edges stay outside the frame: no alpha, colour at half size
    "blend",  # has alpha or visible edges: premultiplied
    "multiply",  # the shares of red, green and blue light that it takes away; one plane when they are equal
]


@dataclass(frozen=True, eq=False)
class Planes:
    """A prepared picture. Positions in it count in pixels of the original picture.

    Attributes:
        colour: Y, U, V, or the one or three planes of "multiply".
        alpha: of the size of Y and of the size of U and V; None for "cover" and "multiply".
        left, top, right, bottom: the part of the picture that the planes hold; outside nothing is to be seen.
        rim: samples added around that part: transparent, so that its edges fade between pixels; the same as
            their neighbours for "cover".
        standing: whether planes are stored with columns as rows, as filtering along x wants them.
        opaque: whether there is nothing to see through.
    """

    colour: tuple[Plane, ...]
    alpha: tuple[Plane, Plane] | None
    left: float
    top: float
    right: float
    bottom: float
    rim: int
    standing: bool
    opaque: bool

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(plane.nbytes for plane in (*self.colour, *(self.alpha or ())))

    def along_x(self, plane: Plane) -> tuple[float, float, int]:
        """Where picture columns are in a plane: (samples per pixel, sample of column edge 0, samples there are)."""
        return _axis(plane.shape[0 if self.standing else 1], self.left, self.right, self.rim)

    def along_y(self, plane: Plane) -> tuple[float, float, int]:
        """Where picture rows are in a plane: (samples per pixel, sample of row edge 0, samples there are)."""
        return _axis(plane.shape[1 if self.standing else 0], self.top, self.bottom, self.rim)


class PlaneCache:
    """Prepared pictures, each made once even when several threads ask, the least used dropped beyond a size."""

    def __init__(self, limit: int = 512 * 2**20) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, int, Use, bool], Future[Planes]] = OrderedDict()

    def prepare(self, picture: Picture, *, zoom: float, use: Use, standing: bool) -> Planes:
        """A picture's planes for drawing at up to `zoom` frame pixels for each picture pixel."""
        level = reduction(zoom)
        key = (picture.key, level, use, standing)
        with self._lock:
            future = self._held.get(key)
            mine = future is None
            if future is None:
                future = self._held[key] = Future()
            self._held.move_to_end(key)
        if mine:
            self._make(future, key, picture)
        return future.result()

    def _make(self, future: Future[Planes], key: tuple[str, int, Use, bool], picture: Picture) -> None:
        _, level, use, standing = key
        try:
            future.set_result(prepare(picture, level=level, use=use, standing=standing))
        except BaseException as error:  # whatever it is, those who wait for these planes must hear of it
            with self._lock:
                self._held.pop(key, None)
            future.set_exception(error)
            raise
        with self._lock:
            ready = [(k, f.result().size) for k, f in self._held.items() if f.done()]
            excess = sum(size for _, size in ready) - self._limit
            for old, size in ready:
                if excess <= 0 or old == key:
                    break
                del self._held[old]
                excess -= size


def reduction(zoom: float) -> int:
    """How often a picture may be made smaller by the cube root of 2 and still be 1.2 to 1.5 times what `zoom` needs."""
    return max(0, floor(3 * log2(1 / (1.2 * zoom))))


def prepare(picture: Picture, *, level: int, use: Use, standing: bool) -> Planes:
    """Reduce a picture by area, and turn it into planes.

    Args:
        picture: what to prepare.
        level: how often to reduce it by the cube root of 2.
        use: how it will be drawn.
        standing: whether to store columns as rows.
    """
    share = 2 ** (-level / 3)
    if use == "cover":
        whole = cv2.transform(_shrink(picture.pixels, share, even=True), RGB_TO_YUV)
        box = (0, 0, picture.width, picture.height)
        sheet = _Sheet(box, rim=0 if standing else 1, standing=standing, opaque=True)
        return sheet.planes(_halved(whole), None)
    pixels, box = _premultiplied(picture)
    sheet = _Sheet(box, rim=1, standing=standing, opaque=False)
    if use == "multiply":
        return sheet.planes(_taken(_shrink(pixels, share, even=False)), None)
    small = _shrink(pixels, share, even=not standing)
    matrix = RGB_TO_YUV.copy()
    matrix[:, 3] /= 255  # premultiplied: the offset goes with alpha
    colour, alpha = cv2.transform(small, matrix), np.ascontiguousarray(small[..., 3])
    if standing:
        # Full-size colour stays sharp wherever the picture lands: letters are drawn from these.
        return sheet.planes(cv2.split(colour), (alpha, alpha))
    return sheet.planes(_halved(colour), (alpha, _half(alpha)))


@dataclass(frozen=True)
class _Sheet:
    """How a picture's planes are stored."""

    box: tuple[int, int, int, int]
    rim: int
    standing: bool
    opaque: bool

    def planes(self, colour: Sequence[Bitmap], alpha: tuple[Bitmap, Bitmap] | None) -> Planes:
        left, top, right, bottom = self.box
        return Planes(
            colour=tuple(self.stored(plane) for plane in colour),
            alpha=None if alpha is None else (self.stored(alpha[0]), self.stored(alpha[1])),
            left=left,
            top=top,
            right=right,
            bottom=bottom,
            rim=self.rim,
            standing=self.standing,
            opaque=self.opaque,
        )

    def stored(self, plane: Bitmap) -> Plane:
        if self.rim:
            border = cv2.BORDER_REPLICATE if self.opaque else cv2.BORDER_CONSTANT
            plane = cv2.copyMakeBorder(plane, self.rim, self.rim, self.rim, self.rim, border, value=0)
        return np.ascontiguousarray(plane.T if self.standing else plane, np.uint8)


def _halved(planes: Bitmap) -> tuple[Bitmap, Bitmap, Bitmap]:
    luma, blue, red = cv2.split(planes)
    return luma, _half(blue), _half(red)


def _half(plane: Bitmap) -> Bitmap:
    return cv2.resize(plane, (plane.shape[1] // 2, plane.shape[0] // 2), interpolation=cv2.INTER_AREA)


def _premultiplied(picture: Picture) -> tuple[NDArray[np.uint8], tuple[int, int, int, int]]:
    """Premultiplied RGBA of the part of a picture that is not transparent, and where that part is."""
    if picture.opaque:
        whole = np.dstack((picture.pixels, np.full(picture.pixels.shape[:2], 255, np.uint8)))
        return whole, (0, 0, picture.width, picture.height)
    left, top, width, height = cv2.boundingRect(np.ascontiguousarray(picture.pixels[..., 3]))
    width, height = max(1, width), max(1, height)
    part = picture.pixels[top : top + height, left : left + width]
    out = np.empty_like(part, order="C")
    kernels.premultiply(np.ascontiguousarray(part), out)
    return out, (left, top, left + width, top + height)


def _taken(pixels: NDArray[np.uint8]) -> Sequence[Bitmap]:
    """What a multiply layer takes away of each colour: alpha less premultiplied colour."""
    taken = tuple(cv2.subtract(pixels[..., 3], pixels[..., channel]) for channel in range(3))
    neutral = all(int(cv2.absdiff(taken[0], other).max()) <= 1 for other in taken[1:])
    return taken[:1] if neutral else taken


def _shrink(pixels: NDArray[np.uint8], share: float, *, even: bool) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    step = 2 if even else 1
    size = (step * max(1, round(width * share / step)), step * max(1, round(height * share / step)))
    if size == (width, height):
        return np.ascontiguousarray(pixels)
    way = cv2.INTER_AREA if size[0] <= width and size[1] <= height else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8)


def _axis(samples: int, start: float, end: float, rim: int) -> tuple[float, float, int]:
    density = (samples - 2 * rim) / (end - start)
    return density, rim - start * density, samples
