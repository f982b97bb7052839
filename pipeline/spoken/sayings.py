"""A seller's own pronunciations: words that are shown one way and said another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pipeline.model import Saying
from pipeline.spoken.rule import Rule
from pipeline.spoken.unspaced import is_unspaced


def occurring(sayings: Iterable[Saying], lines: Sequence[str]) -> tuple[Saying, ...]:
    """The pronunciations whose word is in one of the lines."""
    return tuple(one for one in sayings if any(_pattern(one.written).search(line) for line in lines))


def rules_of(sayings: Sequence[Saying], say: Callable[[str], str]) -> tuple[Rule, ...]:
    """The rules that these pronunciations are, longer words first.

    Args:
        sayings: a later one of the same word counts.
        say: puts what is to be said into words, should the seller have written numbers or signs there.
    """
    shortest_first = sorted(sayings, key=lambda one: len(one.written))
    return tuple(_rule(one, say) for one in reversed(shortest_first))


def _rule(saying: Saying, say: Callable[[str], str]) -> Rule:
    return Rule(_pattern(saying.written), lambda _: say(saying.said))


def _pattern(word: str) -> re.Pattern[str]:
    """A word, whole and in any case, but not within an address."""
    return re.compile(_whole(word), re.IGNORECASE)


def _whole(word: str) -> str:
    letters = r"\s+".join(re.escape(part) for part in word.split())
    if is_unspaced(word):
        return letters  # there is no space by which to know a whole word
    return rf"(?<![\w@#/])(?<!\w\.){letters}(?![\w@/]|\.\w)"
