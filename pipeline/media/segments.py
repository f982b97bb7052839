"""A film cut into segments that are rendered on their own: the bodies of its shots and the transitions between."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from pathlib import Path
from uuid import uuid4

import av

from pipeline.errors import MediaError
from pipeline.media.canvas import Canvas
from pipeline.media.composite import Compositor
from pipeline.media.encode import EncodeSettings, count_packets
from pipeline.media.planes import PlaneCache
from pipeline.media.scene import Layer, Scene, Transition
from pipeline.media.still import frame_size
from pipeline.media.transitions import along, mix
from pipeline.model import FPS

VERSION = 1  # raise it when the same scene comes out differently: what is cached then no longer counts
_LONGEST = 60  # frames of a body that one thread renders; longer ones are split, so that a re-roll uses all cores


@dataclass(frozen=True, eq=False)
class Body:
    """Frames of one shot alone."""

    scene: Scene
    frames: range  # numbered within the shot


@dataclass(frozen=True, eq=False)
class Joint:
    """The frames of a transition: of one shot beyond its end, of the next before its start."""

    before: Scene
    after: Scene
    first_before: int  # number, within its shot, of the frame of `before` that the transition begins with
    first_after: int  # the same for `after`; negative
    transition: Transition

    @property
    def frames(self) -> range:
        """The frames, numbered within the transition."""
        return range(self.transition.frames)


Segment = Body | Joint


def plan(scenes: Sequence[Scene]) -> tuple[Segment, ...]:
    """Cut a film into segments, in order; together they have exactly as many frames as the scenes.

    A transition is shortened where a shot is too short for it: it takes at most half of either.

    Raises:
        MediaError: there are no scenes, or their sizes differ.
    """
    if not scenes or any((s.width, s.height) != (scenes[0].width, scenes[0].height) for s in scenes):
        raise MediaError("a film needs scenes, all of one size")
    entrances = [Transition(), *(_fitted(one, two) for one, two in pairwise(scenes))]
    segments: list[Segment] = []
    for number, scene in enumerate(scenes):
        entrance = entrances[number]
        start = entrance.frames - entrance.frames // 2
        leaving = entrances[number + 1].frames // 2 if number + 1 < len(scenes) else 0
        if entrance.frames:
            before = scenes[number - 1]
            first = before.frames - entrance.frames // 2
            segments.append(Joint(before, scene, first, -(entrance.frames // 2), entrance))
        segments += _bodies(scene, start, scene.frames - leaving)
    return tuple(segments)


def _fitted(before: Scene, after: Scene) -> Transition:
    entrance = after.entrance
    if entrance.kind == "cut":
        return replace(entrance, frames=0)
    return replace(entrance, frames=max(0, min(entrance.frames, before.frames // 2 * 2, after.frames // 2 * 2)))


def _bodies(scene: Scene, start: int, stop: int) -> list[Segment]:
    parts = ceil((stop - start) / _LONGEST)
    edges = [start + (stop - start) * part // parts for part in range(parts + 1)] if parts else []
    return [Body(scene, range(one, two)) for one, two in pairwise(edges)]


class Painter:
    """Draws the frames of a segment, one after the other."""

    def __init__(self, segment: Segment, *, scale: float, cache: PlaneCache) -> None:
        self._segment = segment
        scene = segment.scene if isinstance(segment, Body) else segment.before
        self.size = frame_size(scene.width, scene.height, scale)
        if isinstance(segment, Body):
            self._one = Compositor(segment.scene, segment.frames, scale=scale, cache=cache)
            return
        count = segment.transition.frames
        leaving = range(segment.first_before, segment.first_before + count)
        arriving = range(segment.first_after, segment.first_after + count)
        self._one = Compositor(segment.before, leaving, scale=scale, cache=cache)
        self._two = Compositor(segment.after, arriving, scale=scale, cache=cache)
        self._before = Canvas.blank(*self.size)
        self._after = Canvas.blank(*self.size)

    def draw(self, number: int, canvas: Canvas) -> None:
        """Draw frame `number` of the segment; the canvas still holds what was drawn before."""
        segment = self._segment
        if isinstance(segment, Body):
            self._one.draw(segment.frames[number], canvas)
            return
        self._one.draw(segment.first_before + number, self._before)
        self._two.draw(segment.first_after + number, self._after)
        share = along(number, segment.transition.frames)
        mix(segment.transition, share, before=self._before, after=self._after, out=canvas)


def segment_key(segment: Segment, *, scale: float, settings: EncodeSettings) -> str:
    """A name for what a segment looks like: equal names, equal pictures."""
    # The encoder's build counts: only segments with equal headers can be joined.
    parts = [f"renderer {VERSION} at {scale!r}, av {av.__version__}, {settings.options()}"]
    if isinstance(segment, Body):
        parts += [repr(segment.frames), *_described(segment.scene, segment.frames)]
    else:
        count = segment.transition.frames
        for scene, first in ((segment.before, segment.first_before), (segment.after, segment.first_after)):
            parts += [repr(first), *_described(scene, range(first, first + count))]
        parts.append(repr(segment.transition))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _described(scene: Scene, frames: range) -> list[str]:
    shown = [layer for layer in scene.layers if layer.start < frames.stop / FPS and layer.end > frames.start / FPS]
    return [f"{scene.width}x{scene.height} {scene.colour}", *(_layer(layer) for layer in shown)]


def _layer(layer: Layer) -> str:
    mask = "" if layer.mask is None else layer.mask.key
    motion = (layer.x, layer.y, layer.scale, layer.turn, layer.opacity)
    return repr((layer.picture.key, motion, layer.blend, layer.start, layer.end, mask))


class SegmentCache:
    """Rendered segments in a folder, found by content, the least used removed beyond a size.

    Several processes may share the folder: files appear by renaming, and whoever finds one gets a link of its own.
    """

    def __init__(self, folder: Path, limit: int = 2 * 2**30, *, renewing: bool = False) -> None:
        self._folder = folder
        self._limit = limit
        self._renewing = renewing

    def renewed(self) -> SegmentCache:
        """The same cache for a film that came out wrong: it gives nothing, and what is kept replaces the old."""
        return SegmentCache(self._folder, self._limit, renewing=True)

    def take(self, key: str, path: Path, *, packets: int) -> bool:
        """Put a cached segment at `path`; False when there is none, or it is damaged."""
        if self._renewing:
            return False
        held = self._folder / f"{key}.mp4"
        try:
            _link(held, path)
            os.utime(held)
        except FileNotFoundError:
            return False
        try:
            whole = count_packets(path) == packets
        except MediaError:
            whole = False
        if not whole:
            held.unlink(missing_ok=True)
            path.unlink()
        return whole

    def keep(self, key: str, path: Path) -> None:
        """Remember a segment that was rendered to `path`; `path` itself stays where it is."""
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{key}.{uuid4().hex}.part"  # equal segments may be kept at the same moment
        try:
            _link(path, part)
            part.replace(self._folder / f"{key}.mp4")
        finally:
            part.unlink(missing_ok=True)  # renaming one link of a file over another leaves both
        self._trim()

    def _trim(self) -> None:
        aged = []
        for held in self._folder.glob("*.mp4"):
            try:
                aged.append((held.stat().st_mtime, held.stat().st_size, held))
            except FileNotFoundError:  # another process trimmed it meanwhile
                continue
        excess = sum(size for _, size, _ in aged) - self._limit
        for _, size, held in sorted(aged):
            if excess <= 0:
                break
            held.unlink(missing_ok=True)
            excess -= size


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
