"""Whether a cut-out is good enough to be shown: a wrong one is worse than the whole photo."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.cutout import Window, bounds
from pipeline.media.ground import Ground, lab

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """What was measured of a mask, all at about 1000 px."""

    area: float  # share of the frame
    softness: float  # width in px of the band in which the network could not decide
    touching: float  # share of the frame's outline that the mask touches
    pieces: int  # parts of more than 2 % of it
    crumbs: float  # share of it in parts smaller than that
    blending: float  # share of its outline where inside and outside look alike
    left_out: float  # length of distinct edges outside on an even ground, over the mask's own outline

    def doubts(self) -> tuple[str, ...]:
        """The reasons not to show the cut-out; none when it can be trusted."""
        limits = (
            ("area", not 0.02 <= self.area <= 0.90),
            ("softness", self.softness > 9.0),
            ("touching", self.touching > 0.03),
            ("pieces", not 1 <= self.pieces <= 4),
            ("crumbs", self.crumbs > 0.06),
            ("blending", self.blending > 0.20),
            ("left_out", self.left_out > 0.50),
        )
        return tuple(name for name, exceeded in limits if exceeded)


def examine(rgb: Pixels, rough: Reals, *, alpha: Reals, ground: Ground) -> Evidence:
    """Measure a mask against its photo.

    Args:
        rgb: the photo, about 1000 px.
        rough: what the network said, same size.
        alpha: the final alpha, same size.
        ground: of the same photo.
    """
    mask = (alpha > 0.5).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    length = float(sum(len(line) for line in outlines)) or 1.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    sizes = stats[1:, cv2.CC_STAT_AREA] / max(1, int(mask.sum()))
    undecided = float(np.count_nonzero((rough > 0.12) & (rough < 0.88)))
    rim = np.concatenate((mask[0], mask[-1], mask[1:-1, 0], mask[1:-1, -1]))
    return Evidence(
        area=float(mask.mean()),
        softness=undecided / length,
        touching=float(rim.mean()),
        pieces=int(np.count_nonzero(sizes > 0.02)),
        crumbs=float(sizes[sizes <= 0.02].sum()),
        blending=_blending(lab(rgb), mask),
        left_out=_left_out(rgb, mask, ground=ground) / length,
    )


def _blending(colours: Reals, mask: NDArray[np.uint8]) -> float:
    """Share of the outline where the colour a few pixels inside is that a few pixels outside."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    inside = cv2.erode(mask, kernel)
    outside = 1 - cv2.dilate(mask, kernel)
    near_in, near_out = _spread(colours, inside > 0), _spread(colours, outside > 0)
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).astype(bool)
    edge[:3], edge[-3:], edge[:, :3], edge[:, -3:] = False, False, False, False
    if not edge.any():
        return 1.0
    return float((np.linalg.norm(near_in[edge] - near_out[edge], axis=-1) < 7).mean())


def _spread(colours: Reals, part: NDArray[np.bool_]) -> Reals:
    """The mean colour of a part of the picture, carried 10 px beyond it."""
    share = cv2.blur(part.astype(np.float32), (21, 21))[..., None]
    return np.asarray(cv2.blur(colours * part[..., None], (21, 21)) / (share + np.float32(1e-4)), np.float32)


def whole_extent(rgb: Pixels, alpha: Reals, *, ground: Ground) -> Window:
    """The window of a mask and of all distinct edges around it that it left out."""
    mask = (alpha > 0.5).astype(np.uint8)
    seen = (_lines(rgb, mask, ground=ground) > 0) | (mask > 0)
    return bounds(seen) or Window(0, 0, mask.shape[1], mask.shape[0])


def _left_out(rgb: Pixels, mask: NDArray[np.uint8], *, ground: Ground) -> float:
    """Length of the distinct edges off the mask, px."""
    return float(_lines(rgb, mask, ground=ground).sum()) / 3  # a line is about three pixels wide


def _lines(rgb: Pixels, mask: NDArray[np.uint8], *, ground: Ground) -> NDArray[np.uint8]:
    """Thin lines off the mask, 0 or 1. Soft shadows have none; glass, and a half that was missed, do."""
    light = lab(rgb)[..., 0]
    line = np.abs(cv2.GaussianBlur(light, (0, 0), 1.2) - cv2.GaussianBlur(light, (0, 0), 4.0))
    away = cv2.dilate(mask, np.ones((25, 25), np.uint8)) == 0
    if not ground.plain or not away.any():
        return np.zeros_like(mask)
    noise = float(np.median(line[away]))
    strong = ((line > max(0.9, 7 * noise)) & away).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    long = [k for k in range(1, count) if max(stats[k, cv2.CC_STAT_WIDTH], stats[k, cv2.CC_STAT_HEIGHT]) > 40]
    return np.isin(labels, long).astype(np.uint8)
