"""What sellers call out before they name their product: "NEW!", "Free shipping over $50!", "【送料無料】"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.reading.asking import Priced, Role
from pipeline.reading.clauses import sentences
from pipeline.reading.cleaning import BREAK
from pipeline.reading.languages import every
from pipeline.reading.terms import is_heading

_BRACKET = re.compile(r"[【［][^】］\n]{1,24}[】］]")
_SPECIFIED = re.compile(r"[\s\W]*[^:：\n]{2,30}[:：]\s*\S")
_LEADING_WORDS = 1  # before "shipping over $50" that still belong to it: "Free", "Now"


@cache
def _call() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\W_]*{every(lambda words: words.calls)})+[\s\W_]*", re.IGNORECASE)


def without_preamble(text: str, priced: Sequence[Priced], language: str) -> str:
    """A cleaned text of the same length in which what cannot name the product is made of `BREAK`."""
    blank = [match.span() for match in _BRACKET.finditer(text)]
    blank += _specifications(text)
    for start, end in sentences(text):
        if _call().fullmatch(text, start, end):
            blank.append((start, end))
        blank += [(start, one.found.end) for one in priced if _only_called(text, start, one, end)]
        blank += [(start, one.found.end) for one in priced if one.role is Role.OTHER and _leads(text, start, one, end)]
    for start, end in blank:
        text = text[:start] + BREAK * (end - start) + text[end:]
    return text


def _specifications(text: str) -> Iterator[tuple[int, int]]:
    """The titles of sections, and the lines such as "Weight: 14 kg" that follow them."""
    if "\n" not in text:
        return
    listing = False
    for line in re.finditer(rf"[^\n{BREAK}]+", text):
        heading = is_heading(line[0])
        listing = heading or (listing and _SPECIFIED.match(line[0]) is not None)
        if listing:
            yield line.span()


def _only_called(text: str, start: int, one: Priced, end: int) -> bool:
    """Whether before an amount nothing is said but calls: "SALE - £12.99"."""
    return start < one.start < one.found.end <= end and _call().fullmatch(text, start, one.start) is not None


def _leads(text: str, start: int, one: Priced, end: int) -> bool:
    """Whether a sentence begins with an amount that is not the price: "Save $20!"."""
    inside = start <= one.start and one.found.end <= end
    return inside and len(text[start : one.start].split()) <= _LEADING_WORDS
