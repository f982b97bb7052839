"""Pictures made from others, kept for the next shot, format or film as long as there is memory for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import ParamSpec

from cachetools import LRUCache, cached

from pipeline.media.scene import Picture

_LIMIT = 384 * 2**20  # bytes, for all functions together
_Asked = ParamSpec("_Asked")


def _weight(picture: Picture) -> int:
    return picture.pixels.nbytes


_KEPT: LRUCache[tuple[object, ...], Picture] = LRUCache(_LIMIT, getsizeof=_weight)
_LOCK = Lock()


def kept(make: Callable[_Asked, Picture]) -> Callable[_Asked, Picture]:
    """A function whose pictures are kept, the least used dropped first. It takes positional, hashable arguments."""

    def key(*asked: object) -> tuple[object, ...]:
        # By its name, not itself: a key must not hold the photo that a picture was made from.
        return (make.__module__, make.__qualname__, *(one.key if isinstance(one, Picture) else one for one in asked))

    return cached(_KEPT, key=key, lock=_LOCK)(make)
