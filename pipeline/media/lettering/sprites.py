"""Drawing a setting: a bitmap with everything that belongs to the text, and where it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.lettering.raster import Coverage, coverage
from pipeline.media.lettering.setting import Mark, Rect, Setting
from pipeline.media.lettering.style import Colour, Outline, Plate, Shadow
from pipeline.media.scene import Picture

_RIM = 2  # transparent pixels around everything: what is drawn at fractions of a pixel needs an edge to fade into


@dataclass(frozen=True)
class Paint:
    """How single words differ from the rest: None keeps the style's own."""

    colour: Colour | None = None
    alternate: bool = False  # in the style's alternate face
    plate: Plate | None = None  # behind the word
    underline: Colour | None = None
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class Sprite:
    """A drawn text. Offsets and boxes are pixels from the top-left corner of the box the text was fitted to."""

    picture: Picture
    x: float
    y: float
    ink: Rect  # of letters, outlines, plates and lines; shadows are not counted

    def centre(self, left: float, top: float) -> tuple[float, float]:
        """Where the picture's centre is when the box has its corner at (left, top)."""
        return left + self.x + self.picture.width / 2, top + self.y + self.picture.height / 2


def draw(setting: Setting, paints: Mapping[int, Paint] | None = None) -> Sprite:
    """Draw a setting.

    Args:
        setting: the text laid out.
        paints: words that look different, by their number.
    """
    chosen = dict(paints or {})
    plates = _plates(setting, chosen)
    lines = _underlines(setting, chosen)
    solid = [*(box for box, _ in plates), *(box for box, _ in lines), *([setting.ink] if setting.ink.w else [])]
    ink = Rect.around(solid)
    canvas = _Canvas.over(ink.grown(*_reach(setting)))
    for box, plate in plates:
        canvas.plate(box, plate)
    letters = _letters(setting, chosen)
    size = setting.style.size
    every = [mark for marks, _ in letters for mark in marks]
    if setting.style.shadow is not None:
        canvas.shadow(every, setting.style.shadow, size)
    if setting.style.outline is not None:
        canvas.outline(every, setting.style.outline, size)
    for box, colour in lines:
        canvas.plate(box, Plate(colour, pad_x=0, pad_y=0))
    for marks, colour in letters:
        canvas.letters(marks, colour)
    return Sprite(canvas.picture(), canvas.x, canvas.y, ink)


def _letters(setting: Setting, paints: Mapping[int, Paint]) -> list[tuple[list[Mark], Colour]]:
    """Glyphs by colour."""
    groups: dict[Colour, list[Mark]] = {}
    for run in setting.runs:
        paint = paints.get(run.word, Paint())
        if not paint.hidden:
            colour = paint.colour or setting.style.colour
            groups.setdefault(colour, []).extend(run.alternate if paint.alternate else run.marks)
    return [(marks, colour) for colour, marks in groups.items()]


def _plates(setting: Setting, paints: Mapping[int, Paint]) -> list[tuple[Rect, Plate]]:
    size, found = setting.style.size, []
    ground = setting.style.plate
    boxes = [run.box for run in setting.runs]
    if ground is not None and boxes:
        found.append((Rect.around(boxes).grown(ground.pad_x * size, ground.pad_y * size), ground))
    for word, paint in paints.items():
        if paint.plate is not None:
            wide, high = paint.plate.pad_x * size, paint.plate.pad_y * size
            found += [(box.grown(wide, high), paint.plate) for box in setting.boxes(word)]
    return found


def _underlines(setting: Setting, paints: Mapping[int, Paint]) -> list[tuple[Rect, Colour]]:
    size, found = setting.style.size, []
    for line in setting.lines:
        for run in line.runs:
            colour = paints.get(run.word, Paint()).underline
            if colour is not None:
                found.append((Rect(run.box.x, line.baseline + 0.14 * size, run.box.w, max(2.0, 0.07 * size)), colour))
    return found


def _reach(setting: Setting) -> tuple[float, float]:
    shadow, size = setting.style.shadow, setting.style.size
    if shadow is None:
        return _RIM, _RIM
    return (
        _RIM + (abs(shadow.x) + 2 * shadow.blur) * size,
        _RIM + (abs(shadow.y) + 2 * shadow.blur) * size,
    )


@dataclass(eq=False)
class _Canvas:
    """A premultiplied bitmap under construction; (x, y) is its corner in the setting's box, on whole pixels."""

    x: int
    y: int
    pixels: NDArray[np.float32] = field(repr=False)

    @staticmethod
    def over(rect: Rect) -> _Canvas:
        x, y = floor(rect.x), floor(rect.y)
        width, height = ceil(rect.x + rect.w) - x, ceil(rect.y + rect.h) - y
        return _Canvas(x, y, np.zeros((max(height, 1), max(width, 1), 4), np.float32))

    def letters(self, marks: list[Mark], colour: Colour) -> None:
        self._blend(self._covered(marks), colour)

    def outline(self, marks: list[Mark], outline: Outline, size: float) -> None:
        self._blend(self._covered(marks, border=outline.width * size), outline.colour)

    def shadow(self, marks: list[Mark], shadow: Shadow, size: float) -> None:
        height, width = self.pixels.shape[:2]
        dx, dy = shadow.x * size - self.x, shadow.y * size - self.y
        covered = coverage(marks, width, height, dx=dx, dy=dy, border=0.03 * size)
        soft = np.asarray(cv2.GaussianBlur(covered, (0, 0), max(0.3, shadow.blur * size)), np.float32)
        self._blend(soft * np.float32(shadow.opacity), shadow.colour)

    def plate(self, box: Rect, plate: Plate) -> None:
        """A rectangle with round corners; its edges fall between pixels as they are."""
        rows = np.arange(self.pixels.shape[0], dtype=np.float32)[:, None] + self.y + 0.5
        columns = np.arange(self.pixels.shape[1], dtype=np.float32)[None, :] + self.x + 0.5
        half_w, half_h = box.w / 2, box.h / 2
        radius = min(plate.radius * box.h, half_w, half_h)
        across = np.abs(columns - (box.x + half_w)) - (half_w - radius)
        down = np.abs(rows - (box.y + half_h)) - (half_h - radius)
        outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) + np.minimum(np.maximum(across, down), 0)
        covered = np.clip(radius + 0.5 - outside, 0, 1).astype(np.float32)
        self._blend(covered * np.float32(plate.opacity), plate.colour)

    def picture(self) -> Picture:
        alpha = self.pixels[..., 3:]
        colour = np.divide(self.pixels[..., :3], alpha, out=np.zeros_like(self.pixels[..., :3]), where=alpha > 0)
        straight = np.clip(np.rint(np.concatenate((colour, alpha * 255), axis=2)), 0, 255).astype(np.uint8)
        digest = hashlib.sha256(straight.tobytes()).hexdigest()[:24]
        return Picture(f"text-{straight.shape[1]}x{straight.shape[0]}-{digest}", straight)

    def _covered(self, marks: list[Mark], border: float = 0.0) -> Coverage:
        height, width = self.pixels.shape[:2]
        return coverage(marks, width, height, dx=-self.x, dy=-self.y, border=border)

    def _blend(self, covered: Coverage, colour: Colour) -> None:
        paint = np.array((*colour, 1), np.float32)
        part = covered[..., None]
        self.pixels *= 1 - part
        self.pixels += part * paint
