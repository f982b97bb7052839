"""What lies behind words: the picture as it will be, measured, and darkened or lightened where nothing would read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.look.colour import BLACK, READABLE, RGB, WHITE, contrast_over, luminance
from pipeline.media.look.palette import Palette
from pipeline.media.look.stage import Area
from pipeline.media.scene import Layer, Picture, Scene, Track
from pipeline.media.still import still

_SCALE = 0.25  # of the frame, at which it is measured
_AIR = 12  # pixels around a text that count as behind it


@dataclass(frozen=True, eq=False)
class Backdrop:
    """Frames of a shot without its words, small; from its beginning, middle and end."""

    frames: tuple[NDArray[np.uint8], ...]

    @staticmethod
    def of(scene: Scene, seconds: float) -> Backdrop:
        """Look at a scene at several moments."""
        return Backdrop(tuple(still(scene, at, scale=_SCALE) for at in (0.25, seconds / 2, seconds - 0.1)))

    def behind(self, area: Area) -> NDArray[np.uint8]:
        """The pixels behind a place, (n, 3)."""
        parts = []
        for frame in self.frames:
            height, width = frame.shape[:2]
            left, right = (int(side * _SCALE) for side in (area.x - _AIR, area.right + _AIR))
            top, bottom = (int(side * _SCALE) for side in (area.y - _AIR, area.bottom + _AIR))
            part = frame[max(0, top) : min(height, bottom + 1), max(0, left) : min(width, right + 1)]
            parts.append(part.reshape(-1, 3))
        return np.concatenate(parts)

    def busy(self, area: Area, *, most: float = 9.0) -> bool:
        """Whether the picture behind a place is more than one flat colour."""
        pixels = self.behind(area)
        return bool(len(pixels)) and float(pixels.std(axis=0).mean()) > most

    def readable(self, area: Area, wanted: RGB, palette: Palette) -> tuple[RGB, float]:
        """The wanted colour or the first of the palette's that reads there; else the best, and the contrast it has."""
        pixels = self.behind(area)
        if not len(pixels):
            return wanted, 1.0
        choices = (wanted, palette.ink, palette.ground, WHITE, BLACK)
        measured = [(colour, contrast_over(colour, pixels)) for colour in choices]
        good = [found for found in measured if found[1] >= READABLE]
        if good:
            return good[0]
        # A haze will help; white on dark needs less of it on a picture that is dark already.
        mean = float(luminance(pixels).mean())
        best = WHITE if mean < 0.45 else BLACK
        return best, contrast_over(best, pixels)

    def haze(self, area: Area, colour: RGB) -> Layer:
        """A soft cloud behind a text, just as dense as it has to be."""
        dark = float(luminance(np.array(colour, np.uint8))) > 0.4
        tint = BLACK if dark else WHITE
        pixels = self.behind(area).astype(np.float32)
        goal = np.array(tint, np.float32)
        density = 0.9
        for share in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            mixed = np.asarray(np.rint(pixels + (goal - pixels) * share), np.uint8)
            if contrast_over(colour, mixed) >= READABLE + 0.2:
                density = share
                break
        picture, ratio = _cloud(area, tint, density)
        x, y = area.middle
        return Layer(picture, x=Track.still(x), y=Track.still(y), scale=Track.still(ratio))


def _cloud(area: Area, tint: RGB, density: float) -> tuple[Picture, float]:
    """A rounded box with a wide soft edge; flat where the words are."""
    ratio, spread = 4.0, 70.0
    width, height = (max(4, round((side + 2 * _AIR) / ratio)) for side in (area.w, area.h))
    pad = round(2.2 * spread / ratio)
    alpha = np.zeros((height + 2 * pad, width + 2 * pad), np.float32)
    grown = round(spread / ratio)
    alpha[pad - grown : pad + height + grown, pad - grown : pad + width + grown] = density
    soft = cv2.GaussianBlur(alpha, (0, 0), spread / ratio * 0.5)
    pixels = np.empty((*soft.shape, 4), np.uint8)
    pixels[..., :3] = tint
    pixels[..., 3] = np.clip(soft * 255, 0, 255)
    return Picture(f"haze:{soft.shape}:{tint}:{density:.2f}:{width}x{height}", pixels), ratio
