"""One exact frame of a scene, composed in RGB: plain rather than fast, and the measure of the fast renderer."""

from __future__ import annotations

from math import ceil, floor, log2
from typing import assert_never
from weakref import WeakKeyDictionary

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.easing import Pose, pose
from pipeline.media.scene import Blend, Layer, Picture, Scene

Pixels = NDArray[np.uint8]
Light = NDArray[np.float32]

# Pictures made smaller once, as premultiplied RGBA. They live exactly as long as the picture itself.
_reduced: WeakKeyDictionary[Picture, dict[int, Pixels]] = WeakKeyDictionary()


def frame_size(width: int, height: int, scale: float) -> tuple[int, int]:
    """Width and height in pixels of a rendition: even, since the chroma planes have half of them."""
    return 2 * max(1, round(width * scale / 2)), 2 * max(1, round(height * scale / 2))


def still(scene: Scene, at: float, *, scale: float = 1.0) -> Pixels:
    """The frame of a scene at `at` seconds from its start.

    Args:
        scene: the shot.
        at: seconds; before 0 and after the end the motion goes on.
        scale: size of the result as a share of the scene's own.

    Returns:
        RGB, (height, width, 3).
    """
    width, height = frame_size(scene.width, scene.height, scale)
    frame = np.empty((height, width, 3), np.float32)
    frame[:] = scene.colour
    for layer in scene.layers:
        placed = pose(layer, at, zoom=scale)
        if placed is not None:
            _draw(frame, layer, placed)
    return np.clip(np.rint(frame), 0, 255).astype(np.uint8)


def _draw(frame: Light, layer: Layer, placed: Pose) -> None:
    source = _source(layer.picture, placed.scale)
    height, width = source.shape[:2]
    matrix = np.array(placed.matrix(layer.picture.width, layer.picture.height), np.float64)
    matrix[:, :2] *= layer.picture.width / width, layer.picture.height / height
    box = _bounds(matrix, (width, height), frame.shape[1], frame.shape[0])
    if box is None:
        return
    left, top, right, bottom = box
    patch = _warp(source, matrix, box) * np.float32(placed.opacity)
    if layer.mask is not None:
        patch = patch * _mask(layer.mask, frame.shape[1], frame.shape[0])[top:bottom, left:right, None]
    region = frame[top:bottom, left:right]
    region[:] = _blend(region, patch, layer.blend)


def _blend(ground: Light, patch: Light, blend: Blend) -> Light:
    """`patch` is premultiplied RGBA: colour 0..255, alpha 0..1."""
    colour, alpha = patch[..., :3], patch[..., 3:]
    match blend:
        case "over":
            mixed = ground * (1 - alpha) + colour
        case "add":
            mixed = np.minimum(ground + colour, np.float32(255))
        case "multiply":
            mixed = ground * (1 - alpha + colour * np.float32(1 / 255))
        case _:
            assert_never(blend)
    return np.asarray(mixed, np.float32)


def _warp(source: Pixels, matrix: NDArray[np.float64], box: tuple[int, int, int, int]) -> Light:
    """The part of a source that falls into a box of the frame: premultiplied RGBA, alpha 0..1."""
    left, top, right, bottom = box
    # OpenCV counts from pixel centres, Pose from edges; a transparent rim lets the picture's edges fade between pixels.
    rim = cv2.copyMakeBorder(source, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)).astype(np.float32)
    shift = matrix.copy()
    shift[:, 2] += matrix[:, :2] @ np.array((-0.5, -0.5)) - np.array((left + 0.5, top + 0.5))
    patch = np.asarray(cv2.warpAffine(rim, shift, (right - left, bottom - top), flags=cv2.INTER_LINEAR), np.float32)
    patch[..., 3] *= np.float32(1 / 255)
    return patch


def _bounds(
    matrix: NDArray[np.float64], size: tuple[int, int], width: int, height: int
) -> tuple[int, int, int, int] | None:
    across, down = size
    corners = matrix @ np.array(((0, across, 0, across), (0, 0, down, down), (1, 1, 1, 1)), np.float64)
    reach = 0.5 * float(np.abs(matrix[:, :2]).sum(axis=1).max()) + 0.5  # how far linear sampling smears an edge
    left, top = (max(0, floor(float(low) - reach)) for low in corners.min(axis=1))
    right = min(width, ceil(float(corners[0].max()) + reach))
    bottom = min(height, ceil(float(corners[1].max()) + reach))
    return (left, top, right, bottom) if left < right and top < bottom else None


def _source(picture: Picture, scale: float) -> Pixels:
    """A picture as premultiplied RGBA, area-reduced to 1.2 to 1.5 times what `scale` needs."""
    level = max(0, floor(3 * log2(1 / (1.2 * scale))))
    levels = _reduced.setdefault(picture, {})
    if level not in levels:
        levels[level] = _reduce(picture, 2 ** (-level / 3))
    return levels[level]


def _reduce(picture: Picture, share: float) -> Pixels:
    pixels = picture.pixels
    if picture.opaque:
        whole = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8)  # of full alpha
    else:
        whole = pixels.copy()
        alpha = pixels[..., 3:].astype(np.uint16)
        whole[..., :3] = (pixels[..., :3] * alpha + 127) // 255
    if share < 1:
        size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
        whole = np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)
    return whole


def _mask(mask: Picture, width: int, height: int) -> Light:
    """A mask's alpha 0..1 at the frame's size; a picture without alpha hides nothing."""
    if mask.opaque:
        return np.ones((height, width), np.float32)
    alpha = mask.pixels[..., 3]
    if alpha.shape != (height, width):
        alpha = np.asarray(cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return alpha.astype(np.float32) * np.float32(1 / 255)
