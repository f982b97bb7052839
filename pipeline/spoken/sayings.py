"""A seller's own pronunciations: words that are shown one way and said another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.model import Saying
from pipeline.spoken.rules import Rule
from pipeline.spoken.unspaced import is_unspaced


def occurring(sayings: Iterable[Saying], lines: Sequence[str]) -> tuple[Saying, ...]:
    """The pronunciations whose word is in one of the lines."""
    return tuple(one for one in sayings if any(_pattern([one.written]).search(line) for line in lines))


def rules_of(sayings: Sequence[Saying], say: Callable[[str], str]) -> tuple[Rule, ...]:
    """The rule that these pronunciations are; it wins over all others.

    Args:
        sayings: a later one of the same word counts.
        say: puts what is to be said into words, should the seller have written numbers or signs there.
    """
    if not sayings:
        return ()
    said = {_key(one.written): one.said for one in sayings}
    words = sorted((one.written for one in sayings), key=len, reverse=True)
    return (Rule(_pattern(words), lambda match: say(said[_key(match[0])])),)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole and in any case, but not within an address."""
    choices = "|".join(_whole(word) for word in words)
    return re.compile(choices, re.IGNORECASE)


def _whole(word: str) -> str:
    letters = r"\s+".join(re.escape(part) for part in word.split())
    if is_unspaced(word):
        return letters  # there is no space by which to know a whole word
    return rf"(?<![\w@#/])(?<!\w[.-]){letters}(?![\w@/]|[.-]\w)"


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()
