"""What sellers agree with buyers, such as "collection only": true, but nothing to make a film of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.reading.languages import every


@dataclass(frozen=True)
class _Signs:
    """What makes a clause a term of sale, and what does not."""

    term: re.Pattern[str]
    kept: re.Pattern[str]  # free delivery sells


@cache
def _signs() -> _Signs:
    whole, within = every(lambda words: words.terms), every(lambda words: words.terms_within)
    return _Signs(
        term=re.compile(rf"^{whole}[.!]*$|{within}", re.IGNORECASE),
        kept=re.compile(every(lambda words: words.terms_kept)),
    )


def is_term(text: str) -> bool:
    """Whether a clause is about the sale and not about the product."""
    return _signs().term.search(text) is not None and _signs().kept.search(text) is None
