"""Frames of a scene, drawn fast: what does not move is drawn once, what moves only where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log
from typing import Literal, assert_never

import cv2
import numpy as np

from pipeline.media import kernels
from pipeline.media.canvas import Box, Canvas
from pipeline.media.easing import Pose, pose, steady
from pipeline.media.kernels import Plane
from pipeline.media.planes import PlaneCache, Planes, Use
from pipeline.media.sampling import Patch, covers, draw_cover, reach, sample
from pipeline.media.scene import Layer, Picture, Scene
from pipeline.media.still import frame_size
from pipeline.model import FPS

_STEP = 1.5  # how much smaller than its greatest scale a picture may be drawn from the same planes


@dataclass(frozen=True, eq=False)
class _Mask:
    full: Plane
    half: Plane


@dataclass(frozen=True, eq=False)
class _Actor:
    """A layer in one run of frames."""

    layer: Layer
    poses: tuple[Pose | None, ...]
    covering: bool  # opaque, and over the whole frame whenever it shows
    most: float  # the greatest scale in its whole shot
    mask: _Mask | None

    @property
    def use(self) -> Use:
        """How its picture is to be prepared."""
        if self.layer.blend == "multiply":
            return "multiply"
        return "cover" if self.covering else "blend"

    @property
    def resting(self) -> bool:
        """Whether it stays where it is (it may fade)."""
        places = {(p.x, p.y, p.scale, p.turn) for p in self.poses if p is not None}
        return len(places) == 1

    @property
    def lasting(self) -> bool:
        """Whether it looks the same in every frame."""
        return self.poses[0] is not None and all(p == self.poses[0] for p in self.poses)

    def hides(self, index: int) -> bool:
        """Whether nothing below it can be seen in a frame."""
        placed = self.poses[index]
        return self.covering and placed is not None and placed.opacity >= 1 and self.mask is None


class Compositor:
    """Draws a run of consecutive frames of one scene.

    Args:
        scene: the shot.
        frames: numbers of the frames within the shot; before 0 and from `scene.frames` on the motion goes on.
        scale: size of the rendition as a share of the scene's own.
        cache: where prepared pictures are kept.
    """

    def __init__(self, scene: Scene, frames: range, *, scale: float, cache: PlaneCache) -> None:
        self.width, self.height = frame_size(scene.width, scene.height, scale)
        self._scene = scene
        self._frames = frames
        self._cache = cache
        self._whole = Box(0, 0, self.width, self.height)
        self._actors = tuple(self._cast(scene.layers, scale))
        self._stamps: dict[int, Patch | None] = {}
        self._floor = next((i for i, actor in enumerate(self._actors) if not actor.lasting), len(self._actors))
        self._plate: Canvas | None = None
        self._dirty: Box | None = self._whole  # where the canvas differs from the plate
        self._drawn: tuple[Pose | None, ...] | None = None

    def draw(self, frame: int, canvas: Canvas) -> None:
        """Draw a frame. The canvas must be the one drawn on before, untouched since: only what changes is painted."""
        index = frame - self._frames.start
        poses = tuple(actor.poses[index] for actor in self._actors)
        if poses == self._drawn:
            return
        self._drawn = poses
        start = self._lowest(index)
        dirty: Box | None = self._whole
        if start is None:
            start, dirty = self._restore(canvas), None
        for number in range(start, len(self._actors)):
            touched = self._place(number, index, canvas)
            if touched is not None:
                dirty = touched if dirty is None else dirty.around(touched)
        self._dirty = dirty

    def _lowest(self, index: int) -> int | None:
        """The highest layer above the plate that hides all below, so that drawing may begin with it."""
        above = range(len(self._actors) - 1, self._floor - 1, -1)
        return next((number for number in above if self._actors[number].hides(index)), None)

    def _restore(self, canvas: Canvas) -> int:
        """Bring back the plate where the last frame was painted over; returns the number of the first layer above."""
        if self._plate is None:
            self._plate = self._flatten()
        if self._dirty is not None:
            canvas.copy_from(self._plate, self._dirty)
        return self._floor

    def _flatten(self) -> Canvas:
        plate = Canvas.blank(self.width, self.height)
        plate.fill(self._scene.colour)
        below = range(self._floor)
        start = next((i for i in reversed(below) if self._actors[i].hides(0)), 0)
        for number in range(start, self._floor):
            self._place(number, 0, plate)
        return plate

    def _place(self, number: int, index: int, canvas: Canvas) -> Box | None:
        """Draw one layer; returns the box that it touched."""
        actor = self._actors[number]
        placed = actor.poses[index]
        if placed is None:
            return None
        if actor.hides(index) and not (actor.resting and number >= self._floor):
            planes = self._planes(actor, placed)
            draw_cover(planes, actor.layer.picture, placed, canvas)
            return self._whole
        patch = self._patch(number, placed)
        if patch is None:
            return None
        _blend(canvas, patch, actor, placed.opacity)
        return patch.box

    def _patch(self, number: int, placed: Pose) -> Patch | None:
        actor = self._actors[number]
        if actor.resting and number in self._stamps:
            return self._stamps[number]
        box = reach(actor.layer.picture, placed, self._whole)
        patch = None
        if box is not None:
            patch = sample(self._planes(actor, placed), actor.layer.picture, placed, box)
        if actor.resting:
            self._stamps[number] = patch
        return patch

    def _planes(self, actor: _Actor, placed: Pose) -> Planes:
        """The planes to draw from: of the size that the greatest scale wants, so that sharpness stays the same in a
        slow move, but smaller ones while the picture is much smaller, as it is when it pops up.
        """
        steps = floor(log(actor.most / placed.scale, _STEP) + 1e-9)
        standing = steady(actor.layer.turn) and actor.layer.turn.keys[0].value == 0
        zoom = actor.most / _STEP ** max(0, steps)
        return self._cache.prepare(actor.layer.picture, zoom=zoom, use=actor.use, standing=standing)

    def _cast(self, layers: Sequence[Layer], scale: float) -> list[_Actor]:
        masks: dict[str, _Mask] = {}
        actors = []
        for layer in layers:
            poses = tuple(pose(layer, frame / FPS, zoom=scale) for frame in self._frames)
            if all(placed is None for placed in poses):
                continue
            sizes = [key.value * scale for key in layer.scale.keys if key.value > 0]
            if layer.mask is not None and layer.mask.key not in masks:
                masks[layer.mask.key] = _scaled(layer.mask, self.width, self.height)
            actors.append(
                _Actor(
                    layer=layer,
                    poses=poses,
                    covering=self._covering(layer, poses),
                    most=max(sizes),
                    mask=None if layer.mask is None else masks[layer.mask.key],
                )
            )
        return actors

    def _covering(self, layer: Layer, poses: Sequence[Pose | None]) -> bool:
        if not layer.picture.opaque or layer.blend != "over":
            return False
        return all(covers(layer.picture, placed, self.width, self.height) for placed in poses if placed is not None)


def _blend(canvas: Canvas, patch: Patch, actor: _Actor, opacity: float) -> None:
    top, left = patch.box.top, patch.box.left
    full = None if actor.mask is None else actor.mask.full
    half = None if actor.mask is None else actor.mask.half
    match actor.layer.blend:
        case "multiply" if len(patch.colour) == 3:
            red, green, blue = patch.colour
            kernels.blend_tint(*canvas.planes, top, left, (red, green, blue), full, opacity)
        case "multiply":
            taken, taken_half = patch.colour
            kernels.blend_grey(canvas.luma, top, left, taken, full, opacity, 16)
            for plane in (canvas.blue, canvas.red):
                kernels.blend_grey(plane, top // 2, left // 2, taken_half, half, opacity, 128)
        case "over" | "add" as kind:
            _blend_light(canvas, patch, kind, (full, half), opacity)
        case _:
            assert_never(actor.layer.blend)


def _blend_light(
    canvas: Canvas, patch: Patch, kind: Literal["over", "add"], masks: tuple[Plane | None, Plane | None], opacity: float
) -> None:
    if patch.alpha is None or patch.alpha_half is None:
        raise ValueError("a patch of light needs its alpha")
    for number, (ground, colour) in enumerate(zip(canvas.planes, patch.colour, strict=True)):
        step = 2 if number else 1
        alpha, mask = (patch.alpha_half, masks[1]) if number else (patch.alpha, masks[0])
        top, left = patch.box.top // step, patch.box.left // step
        if kind == "over":
            kernels.blend_over(ground, top, left, colour, alpha, mask, opacity)
        else:
            kernels.blend_add(ground, top, left, colour, alpha, mask, opacity, 128 if number else 16)


def _scaled(mask: Picture, width: int, height: int) -> _Mask:
    alpha = np.full((height, width), 255, np.uint8) if mask.opaque else np.ascontiguousarray(mask.pixels[..., 3])
    full = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA)
    half = cv2.resize(full, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return _Mask(np.ascontiguousarray(full, np.uint8), np.ascontiguousarray(half, np.uint8))
