"""Other takes of a shot to choose from: which of them differ from what was shown already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.media.look.choosing import appearance
from pipeline.model import Take

OFFERED = 3  # takes shown beside the present one
_TRIED = 24  # numbers looked at for them: by then templates and details have all come round


@dataclass(frozen=True)
class Found:
    """Numbers of takes that differ; `more` tells whether there is yet another that does."""

    numbers: tuple[int, ...]
    more: bool


def differing(foresee: Callable[[int], Take], *, after: int, shown: Sequence[Take], beside: Sequence[Take]) -> Found:
    """The next takes of a shot that look otherwise than all that were shown, and than the shots beside it.

    Args:
        foresee: tells how a take will be, by its number.
        after: the number after which to begin.
        shown: takes that the seller has seen, the present one among them.
        beside: the takes of the neighbouring shots.
    """
    seen = {appearance(one) for one in shown}
    barred = {one.template for one in beside}
    found: list[int] = []
    for number in range(after + 1, after + 1 + _TRIED):
        one = foresee(number)
        if appearance(one) in seen or one.template in barred:
            continue
        if len(found) == OFFERED:
            return Found(tuple(found), more=True)
        seen.add(appearance(one))
        found.append(number)
    return Found(tuple(found), more=False)
