"""The notation in which people who know a language write down what sellers say in it, and what it matches.

word        itself, in small or capital letters; a straight ' is any apostrophe
(s)         may be there or not; (s|es) likewise, one of them
[a|b]       one of these
*  **       a word of any kind; several
#           a digit
…           anything to the end of the clause; after a blank nothing or further words
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

_MARKS = {
    "(": "(?:", ")": ")?", "[": "(?:", "]": ")", "|": "|", "#": r"\d", "*": r"\w+", "**": r"[\w ]+", "'": "['’]",
    "…": ".*", " …": r"(?!\w).*",
}  # fmt: skip
_BRACKETS = re.compile(r"[()\[\]]")
_LEFT_OUT = re.compile(r"\([^()\[\]]*\)")
_CHOSEN = re.compile(r"\[[^()\[\]]*\]")
_EMPTY = re.compile(r"\[\||\|\||\|\]|\[\]|\(\)")  # a choice of nothing
_INNERMOST = re.compile(r"([(\[])([^()\[\]]*)[)\]]")
_MARK = re.compile(r" …|\*\*|[()\[\]|#*'…]")


def pattern(phrase: str) -> str:
    """A phrase as a regular expression without groups of its own.

    Raises:
        ValueError: a bracket is not closed, or a sign stands where it means nothing.
    """
    _check(phrase)
    return _written(phrase)


@cache
def _written(phrase: str) -> str:
    parts, at = [], 0
    for mark in _MARK.finditer(phrase):
        parts += [_literal(phrase[at : mark.start()]), _MARKS[mark[0]]]
        at = mark.end()
    return "".join((*parts, _literal(phrase[at:])))


def _check(phrase: str) -> None:
    if phrase != phrase.strip() or not phrase:
        raise ValueError(f"{phrase!r} is empty or has blanks at its ends")
    if not _BRACKETS.search(phrase):
        needed = phrase
    elif _closed(phrase):
        needed = _needed(phrase)
    else:
        raise ValueError(f"a bracket of {phrase!r} is not closed")
    if "|" in needed:
        raise ValueError(f"in {phrase!r} | stands outside brackets")
    if not needed.strip("…* ") or _EMPTY.search(phrase):
        raise ValueError(f"{phrase!r} would be found everywhere")


def either(phrases: Iterable[str]) -> str:
    """One of several phrases, the longer ones first; what is never found for none."""
    patterns = dict.fromkeys(_written(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return f"(?:{'|'.join(patterns)})" if patterns else "(?!)"


def spellings(phrase: str) -> Iterator[str]:
    """All texts that a phrase matches, if it has no * # … in it, which stay as they are; some may come twice."""
    inner = _INNERMOST.search(phrase)
    if inner is None:
        yield phrase
        return
    for one in (*inner[2].split("|"), *([""] if inner[1] == "(" else [])):
        yield from spellings(phrase[: inner.start()] + one + phrase[inner.end() :])


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ")


def _closed(phrase: str) -> bool:
    """Whether every bracket is closed by its like."""
    opened: list[str] = []
    for sign in re.findall(r"[()\[\]]", phrase):
        if sign in "([":
            opened.append(sign)
        elif not opened or opened.pop() + sign not in ("()", "[]"):
            return False
    return not opened


def _needed(phrase: str) -> str:
    """A phrase without what may be left out."""
    while (shorter := _LEFT_OUT.sub("", phrase)) != phrase:
        phrase = shorter
    while (shorter := _CHOSEN.sub("x", phrase)) != phrase:  # with what is inside a choice may go more
        phrase = _LEFT_OUT.sub("", shorter)
    return phrase


def _checked(phrases: tuple[str, ...]) -> tuple[str, ...]:
    for phrase in phrases:
        _check(phrase)
    twice = {phrase for phrase in phrases if phrases.count(phrase) > 1}
    if twice:
        raise ValueError(f"{', '.join(sorted(twice))}: there twice")
    return phrases


Phrases: TypeAlias = Annotated[tuple[str, ...], AfterValidator(_checked)]
