"""Choosing the ends of lines: as even as the words allow, and rather at a comma than after an article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from pipeline.media.lettering.breaking import Break

Width = Callable[[int, int, str], float]  # of a line from one character to another, with a suffix

_COST = 0.04  # of one unit of break cost, in squared shares of the line's width


def wrap(text: str, candidates: Sequence[Break], *, limit: float, lines: int, width: Width) -> tuple[Break, ...] | None:
    """The ends of `lines` lines, the last one being the end of the text; None when they cannot be that narrow.

    Args:
        text: what is set.
        candidates: where lines may end, in order.
        limit: the greatest width of a line.
        lines: how many lines, exactly.
        width: measures a line.
    """
    ends = [*candidates, Break(len(text), 0.0)]
    if lines > len(ends):
        return None
    places = [0, *(end.at for end in ends)]
    target = sum(width(start, end, "") for start, end in pairwise(places)) / lines
    if target * lines > limit * len(ends):  # something that cannot be broken is too wide
        return None
    known: dict[tuple[int, int], tuple[float, tuple[Break, ...]]] = {}

    def best(first: int, left: int) -> tuple[float, tuple[Break, ...]]:
        """The cheapest way to set all that follows the end number first - 1 in `left` lines."""
        if (first, left) not in known:
            known[first, left] = search(first, left)
        return known[first, left]

    def search(first: int, left: int) -> tuple[float, tuple[Break, ...]]:
        start = ends[first - 1].at if first else 0
        found: tuple[float, tuple[Break, ...]] = (inf, ())
        choice = range(len(ends) - 1, len(ends)) if left == 1 else range(first, len(ends) - left + 1)
        for index in choice:
            end = ends[index]
            measured = width(start, end.at, end.suffix)
            if measured > limit:
                break
            cost = ((measured - target) / limit) ** 2 + _COST * end.cost
            rest = best(index + 1, left - 1) if left > 1 else (0.0, ())
            if cost + rest[0] < found[0]:
                found = (cost + rest[0], (end, *rest[1]))
        return found

    cost, chosen = best(0, lines)
    return chosen if cost < inf else None
