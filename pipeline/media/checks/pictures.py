"""Checks of what is seen: length, black or frozen stretches, the product, the sameness of a slideshow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.checks.plan import Plan, Sight
from pipeline.media.checks.screening import Grey, Screening
from pipeline.model import FPS, Box, Check, Slot

_JITTER = 0.002  # seconds by which a frame may be early or late
_DARK = 26  # grey value below which a pixel counts as black
_LIT = 0.01  # share of pixels that must be brighter
_STILL = 5.0  # mean difference, in grey values, of the pixels that changed most within a second
_MOVING = 0.01  # share of pixels looked at for that
_LEAST_SEEN = 0.6  # share of the product that must be inside the frame
_LEAST_AREA = 0.02  # of the frame
_LEAST_DETAIL = 3.0  # grey values of contrast that any product has
_LIKENESS = 0.75  # correlation with the frame as planned
_SLIDESHOW = 0.6  # score above which a film is a slideshow

Motion = tuple[float, float, float, float]  # across, down, nearer, turned: shares of the frame and radians a second


def frames(seen: Screening, plan: Plan) -> Check:
    """Every planned frame is there, each in its time."""
    wanted = plan.timeline.frames
    late = [at for at, time in enumerate(seen.times) if abs(time - at / FPS) > _JITTER]
    count = f"{len(seen.frames)} frames"
    return Check(
        name="frames",
        passed=len(seen.frames) == wanted and not late,
        measured=f"{count}, number {late[0]} at {seen.times[late[0]]:.3f} s" if late else count,
        wanted=f"{wanted} frames, one every 1/{FPS} s",
    )


def duration(seen: Screening, plan: Plan) -> Check:
    """The picture is as long as planned, give or take a frame."""
    measured, wanted = seen.container.seconds, plan.timeline.seconds
    close = abs(measured - wanted) <= 1 / FPS + 1e-6
    return Check(name="duration", passed=close, measured=f"{measured:.3f} s", wanted=f"{wanted:.3f} s ± 1 frame")


def black(seen: Screening) -> Check:
    """No second is black."""
    dark = [float(np.mean(frame > _DARK)) < _LIT for frame in seen.frames]
    longest = _longest_run(dark) / FPS
    return Check(name="black", passed=longest < 1, measured=f"{longest:.2f} s", wanted="under 1 s")


def frozen(seen: Screening, plan: Plan) -> Check:
    """Something moves in every second that is not still on purpose."""
    stuck = [
        _change(seen.frames[at], seen.frames[at + FPS]) < _STILL and not _excused(at / FPS, plan.still)
        for at in range(len(seen.frames) - FPS)
    ]
    where = [at / FPS for at, still in enumerate(stuck) if still]
    measured = f"still at {where[0]:.1f} s" if where else "moving throughout"
    return Check(name="frozen", passed=not where, measured=measured, wanted="no second without movement")


def product(seen: Screening, plan: Plan) -> Check:
    """The product is seen in every shot that is to show it, and in one at least."""
    missing = sorted({sight.shot for sight in plan.sights if not _is_seen(sight, seen)})
    shown = len({sight.shot for sight in plan.sights}) - len(missing)
    measured = (
        f"missing in shot {', '.join(str(shot + 1) for shot in missing)}" if missing else f"seen in {shown} shots"
    )
    return Check(
        name="product",
        passed=shown > 0 and not missing,
        measured=measured,
        wanted="visible in every shot that shows it",
    )


def slideshow(seen: Screening, plan: Plan) -> Check:
    """The film is more than photos sliding by."""
    score = slideshow_score(seen.frames, plan.timeline.slots)
    return Check(
        name="slideshow", passed=score <= _SLIDESHOW, measured=f"{score:.2f}", wanted=f"{_SLIDESHOW:g} or less"
    )


def slideshow_score(shown: Sequence[Grey], slots: Sequence[Slot]) -> float:
    """How much a film is like a slideshow: 0 every shot moves in its own way, 1 all stand or slide alike.

    Half of it is the share of neighbouring shots that move alike, a quarter the share of shots that hardly move, and a
    quarter the share of neighbours that are laid out alike.
    """
    inner = [slot for slot in slots if slot.end <= len(shown) and slot.end - slot.start > FPS // 3]
    if len(inner) < 2:
        return 0.0
    moves = [_motion(shown, slot) for slot in inner]
    middles = [shown[(slot.start + slot.end) // 2] for slot in inner]
    alike = np.mean([_alike(one, other) for one, other in pairwise(moves)])
    idle = np.mean([_speed(move) < 0.004 for move in moves])
    laid = np.mean([_correlation(one, other) > 0.9 for one, other in pairwise(middles)])
    return float(0.5 * alike + 0.25 * idle + 0.25 * laid)


def _motion(shown: Sequence[Grey], slot: Slot) -> Motion:
    """How the picture moves in the middle of a shot, by the features that most of it shares."""
    length = slot.end - slot.start
    first, last = slot.start + length // 4, slot.start + length - 1 - length // 4
    one, other, seconds = shown[first], shown[last], max(1, last - first) / FPS
    corners = cv2.goodFeaturesToTrack(one, 120, 0.01, 4)
    if corners is None or len(corners) < 6:
        return 0.0, 0.0, 0.0, 0.0
    flow = np.zeros_like(corners)
    found, status, _ = cv2.calcOpticalFlowPyrLK(one, other, corners, flow)
    kept = status.ravel() == 1
    if kept.sum() < 6:
        return 0.0, 0.0, 0.0, 0.0
    matrix, _ = cv2.estimateAffinePartial2D(corners[kept], found[kept], ransacReprojThreshold=1.0)
    if matrix is None:
        return 0.0, 0.0, 0.0, 0.0
    height, width = one.shape
    centre = matrix @ np.array([width / 2, height / 2, 1.0]) - np.array([width / 2, height / 2])
    zoom, turn = hypot(matrix[0, 0], matrix[1, 0]), float(np.arctan2(matrix[1, 0], matrix[0, 0]))
    return centre[0] / width / seconds, centre[1] / height / seconds, (zoom - 1) / seconds, turn / seconds


def _speed(move: Motion) -> float:
    return float(np.linalg.norm(move))


def _alike(one: Motion, other: Motion) -> bool:
    """Same direction at about the same speed; two that hardly move are alike."""
    a, b = _speed(one), _speed(other)
    if min(a, b) < 0.004:
        return max(a, b) < 0.004
    cosine = float(np.dot(one, other)) / (a * b)
    return cosine > 0.92 and 0.5 < a / b < 2


def _is_seen(sight: Sight, seen: Screening) -> bool:
    inner = _inside(sight.box)
    whole = sight.box.w * sight.box.h
    if whole <= 0 or inner.w * inner.h < _LEAST_SEEN * min(whole, 1.0) or inner.w * inner.h < _LEAST_AREA:
        return False
    index = round(sight.at * FPS)
    if not 0 <= index < len(seen.frames):
        return False
    shown = _crop(seen.frames[index], inner)
    if float(shown.std()) < _LEAST_DETAIL:
        return False
    if sight.planned is None:
        return True
    height, width = seen.frames[index].shape
    planned = cv2.resize(sight.planned, (width, height), interpolation=cv2.INTER_AREA)
    grey = np.asarray(planned[..., :3] @ np.array([0.2126, 0.7152, 0.0722]), np.float64)
    return _correlation(shown, _crop(grey, inner)) >= _LIKENESS


def _inside(box: Box) -> Box:
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(1.0, box.x + box.w), min(1.0, box.y + box.h)
    return Box(x=left, y=top, w=max(0.0, right - left), h=max(0.0, bottom - top))


def _crop(frame: NDArray[np.generic], box: Box) -> NDArray[np.float64]:
    height, width = frame.shape[:2]
    top, left = int(box.y * height), int(box.x * width)
    bottom = max(top + 1, round((box.y + box.h) * height))
    right = max(left + 1, round((box.x + box.w) * width))
    return np.asarray(frame[top:bottom, left:right], np.float64)


def _correlation(one: NDArray[np.generic], other: NDArray[np.generic]) -> float:
    a, b = (np.asarray(values, np.float64).ravel() for values in (one, other))
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / scale if scale > 0 else 1.0


def _change(one: Grey, other: Grey) -> float:
    """Mean difference of the pixels that differ most."""
    apart = cv2.absdiff(one, other).ravel()
    most = max(1, round(_MOVING * apart.size))
    return float(np.partition(apart, apart.size - most)[-most:].mean())


def _excused(at: float, still: Sequence[tuple[float, float]]) -> bool:
    return any(start <= at and at + 1 <= end + 1 / FPS for start, end in still)


def _longest_run(flags: Sequence[bool]) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest
