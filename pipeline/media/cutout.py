"""Finds the product in a photo: a saliency network looks at all of it, then from close by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]
Scalar = TypeVar("Scalar", bound=np.generic)

NET_SIDE = 320
_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
_SPREAD = np.array((0.229, 0.224, 0.225), np.float32)
_MARGIN = 0.14  # around the product on the second look, as a share of its size
_CLOSE_ENOUGH = 0.80  # when the product fills this much of the frame, one look is enough


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    def of(self, pixels: NDArray[Scalar]) -> NDArray[Scalar]:
        """That part of a picture."""
        return pixels[self.top : self.bottom, self.left : self.right]

    def grown(self, margin: float, *, width: int, height: int) -> Window:
        """Larger on every side by a share of its own longer side, within a picture."""
        reach = round(margin * max(self.width, self.height))
        return Window(
            max(0, self.left - reach),
            max(0, self.top - reach),
            min(width, self.right + reach),
            min(height, self.bottom + reach),
        )


class Segmenter:
    """U²-Net (small) in onnxruntime; loaded at the first use."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._session: ort.InferenceSession | None = None

    def look(self, rgb: Pixels) -> Reals:
        """How much each pixel belongs to what stands out, 0..1, (320, 320)."""
        if self._session is None:
            options = ort.SessionOptions()
            options.intra_op_num_threads, options.inter_op_num_threads = 2, 1
            # A thread that waits for the other gives its core away: on a busy machine a look takes a quarter less CPU.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            self._session = ort.InferenceSession(str(self._model), options, providers=["CPUExecutionProvider"])
        small = cv2.resize(rgb, (NET_SIDE, NET_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
        norm = (small / max(1.0, float(small.max())) - _MEAN) / _SPREAD
        batch = np.ascontiguousarray(norm.transpose(2, 0, 1)[None], np.float32)
        name = self._session.get_inputs()[0].name
        (answer,) = self._session.run([self._session.get_outputs()[0].name], {name: batch})
        return np.asarray(answer[0, 0], np.float32)


def bounds(mask: NDArray[np.bool_]) -> Window | None:
    """The smallest window that holds all of a mask; None where it is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return Window(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def find_product(rgb: Pixels, segmenter: Segmenter) -> Reals:
    """How much each pixel belongs to the product, 0..1, at the size of the picture given (about 1000 px is enough).

    Each look is taken twice, once in the mirror: where the network wavers, it rarely does so on the same side, and a
    part that it overlooks one way (a lamp's foot, under its shade) it often sees the other.
    """
    height, width = rgb.shape[:2]
    one, other = (_resized(look, width, height) for look in _both_ways(rgb, segmenter))
    found = bounds(np.maximum(one, other) > 0.3)
    first = _mean(one, other)
    if found is None:
        return first
    close = found.grown(_MARGIN, width=width, height=height)
    if close.width > _CLOSE_ENOUGH * width and close.height > _CLOSE_ENOUGH * height:
        return first
    looks = _both_ways(np.ascontiguousarray(close.of(rgb), np.uint8), segmenter)
    second = _resized(_mean(*looks), close.width, close.height)
    if second.mean() < 0.5 * close.of(first).mean():  # from close by it lost the thing: trust the first look
        return first
    whole = np.zeros((height, width), np.float32)
    whole[close.top : close.bottom, close.left : close.right] = second
    return whole


def _both_ways(rgb: Pixels, segmenter: Segmenter) -> tuple[Reals, Reals]:
    return segmenter.look(rgb), segmenter.look(np.ascontiguousarray(rgb[:, ::-1], np.uint8))[:, ::-1]


def _mean(one: Reals, other: Reals) -> Reals:
    return np.asarray((one + other) / 2, np.float32)


def _resized(mask: Reals, width: int, height: int) -> Reals:
    large = cv2.resize(np.ascontiguousarray(mask), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(large, 0, 1), np.float32)
