"""The photos of a film as pictures, loaded once for all its shots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from cachetools import LRUCache
from PIL import Image, UnidentifiedImageError

from pipeline.errors import BadPhoto
from pipeline.media.scene import Picture
from pipeline.model import Artifact, Plate
from pipeline.ports import Bench

_LONGEST = 4400  # pixels of a side: a larger photo is of no use to a frame of 1920
_KEPT = 512 * 2**20  # bytes of opened photos: ten of the largest


@dataclass(frozen=True, eq=False)
class Source:
    """A plate with its pictures."""

    plate: Plate
    photo: Picture  # RGB
    cutout: Picture | None  # RGBA, cropped to the product


class Sources:
    """Opens plates; the last ones stay in memory, since formats and re-rolls of a film come one after another."""

    def __init__(self) -> None:
        self._held: LRUCache[str, Picture] = LRUCache(_KEPT, getsizeof=lambda picture: picture.pixels.nbytes)
        self._lock = Lock()

    async def paths(self, plates: tuple[Plate, ...], bench: Bench) -> dict[str, Path]:
        """Where the files of some plates are."""
        wanted = [plate.photo for plate in plates] + [plate.cutout for plate in plates if plate.cutout]
        return {artifact.sha256: await bench.open(artifact) for artifact in dict.fromkeys(wanted)}

    def load(self, plates: tuple[Plate, ...], paths: dict[str, Path]) -> tuple[Source, ...]:
        """The pictures of some plates, in their order.

        Raises:
            BadPhoto: a stored file is not a picture.
        """
        return tuple(
            Source(
                plate=plate,
                photo=self._picture(plate.photo, paths, alpha=False),
                cutout=self._picture(plate.cutout, paths, alpha=True) if plate.cutout else None,
            )
            for plate in plates
        )

    def _picture(self, artifact: Artifact, paths: dict[str, Path], *, alpha: bool) -> Picture:
        key = f"{artifact.sha256}:{'rgba' if alpha else 'rgb'}"
        with self._lock:
            found = self._held.get(key)
        if found is not None:
            return found
        picture = read_picture(paths[artifact.sha256], key=key, alpha=alpha)
        with self._lock:
            self._held[key] = picture
        return picture


def read_picture(path: Path, *, key: str, alpha: bool) -> Picture:
    """A file's pixels, RGBA where `alpha` is wanted, else RGB.

    Raises:
        BadPhoto: it is not a picture.
    """
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGBA" if alpha else "RGB"), np.uint8)
    except (UnidentifiedImageError, OSError) as error:
        raise BadPhoto("damaged", str(error)) from error
    share = _LONGEST / max(pixels.shape[:2])
    if share < 1:
        size = (max(1, round(pixels.shape[1] * share)), max(1, round(pixels.shape[0] * share)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return Picture(key, np.ascontiguousarray(pixels))
