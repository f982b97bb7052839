"""Finding the chunks of a line in the phonemes of the whole line, where words melt into one another."""

from __future__ import annotations

from itertools import pairwise

_SKIP = 10
_SKIP_STRESS = 3
_MISMATCH = 11
_SPACE_MISMATCH = 30
_STRESS = "ˈˌː"


def boundaries(whole: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where each part is in the whole, as ranges that follow one another from 0 to the end.

    The whole was spelt in context and the parts one by one, so they differ: "in the" becomes one word, a final letter
    is sounded before a vowel. The cheapest edit from the parts to the whole tells which sign belongs to which part.

    Args:
        whole: phonemes of the line.
        parts: phonemes of each chunk, in order.
    """
    joined = " ".join(parts)
    match = _positions(joined, whole)
    cuts = [0]
    at = 0
    for part in parts[:-1]:
        at += len(part) + 1
        cuts.append(_snapped(whole, match[at], after=cuts[-1]))
    cuts.append(len(whole))
    return list(pairwise(cuts))


def _snapped(whole: str, at: int, *, after: int) -> int:
    """The start of a word when one starts right beside."""
    for place in (at, at + 1, at - 1):
        if after < place <= len(whole) and whole[place - 1] == " ":
            return place
    return max(at, after)


def _positions(source: str, target: str) -> list[int]:
    """For each position in the source, the one in the target that the cheapest edit puts beside it."""
    rows = [[_SKIP * column for column in range(len(target) + 1)]]
    for sign in source:
        before = rows[-1]
        line = [before[0] + _skip(sign)]
        for column, other in enumerate(target, start=1):
            line.append(
                min(
                    before[column - 1] + _change(sign, other),
                    before[column] + _skip(sign),
                    line[column - 1] + _skip(other),
                )
            )
        rows.append(line)
    return _traced(rows, source, target)


def _traced(rows: list[list[int]], source: str, target: str) -> list[int]:
    places = [0] * (len(source) + 1)
    row, column = len(source), len(target)
    places[row] = column
    while row > 0:
        here = rows[row][column]
        if column > 0 and here == rows[row - 1][column - 1] + _change(source[row - 1], target[column - 1]):
            row, column = row - 1, column - 1
        elif here == rows[row - 1][column] + _skip(source[row - 1]):
            row -= 1
        else:
            column -= 1
            continue
        places[row] = column
    return places


def _skip(sign: str) -> int:
    return _SKIP_STRESS if sign in _STRESS else _SKIP


def _change(sign: str, other: str) -> int:
    if sign == other:
        return 0
    return _SPACE_MISMATCH if " " in (sign, other) else _MISMATCH
