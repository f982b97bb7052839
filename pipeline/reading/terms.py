"""Clauses that are true, but nothing to make a film of: "collection only", "Ingredients: …", "Key benefits"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.reading.languages import Language, every, worded


@dataclass(frozen=True)
class _Signs:
    """What makes a clause a term of sale, and what does not."""

    term: re.Pattern[str]
    kept: re.Pattern[str]  # free delivery sells
    note: re.Pattern[str]
    heading: re.Pattern[str]
    shipping: re.Pattern[str]  # such a title above what sending costs
    flaw: re.Pattern[str]
    flawless: re.Pattern[str]


@cache
def _signs() -> _Signs:
    whole, within = every(lambda words: words.terms), every(lambda words: words.terms_within)
    return _Signs(
        term=re.compile(rf"^{whole}[.!]*$|{within}", re.IGNORECASE),
        kept=re.compile(every(lambda words: words.terms_kept)),
        note=re.compile(rf"{every(lambda words: words.notes)}(?![^\W\d_])", re.IGNORECASE),
        flaw=re.compile(worded(lambda words: words.flaws), re.IGNORECASE),
        flawless=re.compile(worded(lambda words: words.flawless), re.IGNORECASE),
        heading=re.compile(rf"[\W_]*{every(_titles)}[\W_]*", re.IGNORECASE),
        shipping=re.compile(rf"[\W_]*{every(lambda words: words.price.shipping)}[\W_]*", re.IGNORECASE),
    )


def _titles(words: Language) -> tuple[str, ...]:
    return (*words.headings, *words.labels.price, *words.labels.other)


def is_term(text: str) -> bool:
    """Whether a clause is about the sale and not about the product."""
    return _signs().term.search(text) is not None and _signs().kept.search(text) is None


def is_note(text: str) -> bool:
    """Whether a clause helps buyers, but makes no film: how to use a thing, what is scratched on it."""
    signs = _signs()
    flawed = signs.flaw.search(text) is not None and signs.flawless.search(text) is None
    return flawed or signs.note.match(text) is not None


def is_heading(text: str) -> bool:
    """Whether a line is the title of a section, such as "Key benefits"."""
    return _signs().heading.fullmatch(text) is not None


def under_shipping(text: str, at: int) -> bool:
    """Whether the last title of a section before a place in a text is "Delivery"."""
    titles = [line for line in text[:at].split("\n")[:-1] if is_heading(line)]
    return bool(titles) and _signs().shipping.fullmatch(titles[-1]) is not None
