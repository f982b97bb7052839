"""What a video model is asked for: which picture to begin with, how to move, in which shape and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.fidelity import Sample
from pipeline.media.look import crops
from pipeline.media.scene import Picture
from pipeline.media.sources import Source
from pipeline.model import Format, Intent
from pipeline.ports import Shoot

FILMED = frozenset({Intent.HOOK, Intent.HERO, Intent.DETAIL, Intent.POINT})  # the others are designed, not filmed

_SIDE = 1280  # pixels of the longer side of what is sent: that of the clips
_SPARE = 0.5  # seconds that a shot may become longer than planned, and that transitions show of it
_FASTER = 1.25  # clips of 24 frames a second are shown at 30

# Camera words alone. Nothing that a seller wrote is in them: a model obeys whatever it reads.
_MOVES: dict[Intent, tuple[str, ...]] = {
    Intent.HOOK: (
        "The camera pushes in slowly and steadily towards the product.",
        "The camera arcs a few degrees around the product.",
        "The camera rises slightly and settles on the product.",
    ),
    Intent.HERO: (
        "The camera arcs slowly around the product, a few degrees to the right.",
        "The camera pulls back slowly until the whole product is in view.",
        "The camera arcs slowly around the product, a few degrees to the left.",
    ),
    Intent.DETAIL: (
        "A macro shot: the camera glides slowly along the surface.",
        "A macro shot: the camera pushes in very slowly, focus stays on the surface.",
    ),
    Intent.POINT: (
        "The camera slides slowly sideways, the product stays in the middle.",
        "The camera pushes in slowly while soft light moves across the scene.",
        "The camera descends slowly in front of the product.",
    ),
}
_PROMISE = (
    "One continuous shot, natural light, photographic. The product does not change: its shape, proportions, colours, "
    "material, label and lettering stay exactly as they are in the first frame. Only the camera moves. Nobody enters, "
    "nothing is added, nothing is written, nothing transforms."
)


@dataclass(frozen=True)
class Family:
    """What a line of models takes.

    Attributes:
        ratios: width and height of clips.
        seconds: lengths of clips, ascending.
        seeded: whether it takes a seed.
        sounds: whether it makes sound unless told not to.
    """

    ratios: tuple[tuple[int, int], ...]
    seconds: tuple[int, ...]
    seeded: bool = True
    sounds: bool = False


_GEN = Family(
    ratios=((720, 1280), (832, 1104), (960, 960), (1104, 832), (1280, 720), (1584, 672)), seconds=tuple(range(2, 11))
)
_VEO = Family(ratios=((720, 1280), (1280, 720)), seconds=(4, 6, 8), seeded=False, sounds=True)


def family(model: str) -> Family:
    """The line that a model of Runway's belongs to; an unknown one is taken to be like Runway's own."""
    return _VEO if model.startswith("veo") else _GEN


def nearest(form: Format | None, ratios: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """The shape closest to a format; upright when there is none."""
    width, height = (form or Format.TALL).size
    return min(ratios, key=lambda one: abs(np.log(one[0] / one[1] * height / width)))


def seconds(planned: float, allowed: tuple[int, ...]) -> int:
    """The shortest clip that is long enough for a shot, or the longest there is."""
    wanted = ceil((planned + _SPARE) * _FASTER)
    return next((one for one in allowed if one >= wanted), allowed[-1])


def words(request: Shoot) -> str:
    """The prompt."""
    moves = _MOVES[request.shot.intent]
    return f"{moves[(request.index + request.take) % len(moves)]} {_PROMISE}"


def opening(request: Shoot, source: Source, ratio: tuple[int, int]) -> Sample:
    """The part of the shot's photo that its clip begins with."""
    aspect = ratio[0] / ratio[1]
    if request.shot.intent is Intent.DETAIL and request.plate.details:
        detail = request.index + request.take
        region = crops.close(source, aspect=aspect, detail=detail, across=ratio[0])
    else:
        region = crops.whole(source, aspect=aspect)
    picture = crops.extract(source.photo, region, most=_SIDE)
    return Sample(picture.pixels, _product(source, region, picture), request.plate.label)


def _product(source: Source, region: crops.Region, picture: Picture) -> NDArray[np.uint8]:
    """Where the product is in a region of its photo: the cut-out's shape, or its box where there is none."""
    box = crops.product_box(source)
    zoom = picture.width / region.w, picture.height / region.h
    size = max(1, round(box.w * zoom[0])), max(1, round(box.h * zoom[1]))
    shape = np.full((1, 1), 255, np.uint8) if source.cutout is None else source.cutout.pixels[..., 3]
    shape = np.asarray(cv2.resize(np.ascontiguousarray(shape), size, interpolation=cv2.INTER_AREA), np.uint8)
    there = np.array(((1, 0, (box.x - region.x) * zoom[0]), (0, 1, (box.y - region.y) * zoom[1])), np.float64)
    laid = cv2.warpAffine(shape, there, (picture.width, picture.height), flags=cv2.INTER_NEAREST)
    return np.asarray(laid, np.uint8)
