"""What sellers say before they name their product: "Hello, I am selling my"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.reading.languages import base, words_of
from pipeline.reading.phrasing import either


def opening(tag: str) -> re.Pattern[str]:
    """Greeting, offer and "my" at a text's beginning, in a language (BCP 47)."""
    return _opening(base(tag))


def inflecting(tag: str) -> re.Pattern[str]:
    """A beginning after which the product is not named in its plain form."""
    return _inflecting(base(tag))


def closing(tag: str) -> re.Pattern[str]:
    """What is said after the name, up to the end: "is for sale"."""
    return _closing(base(tag))


@cache
def _opening(tag: str) -> re.Pattern[str]:
    own = words_of(tag).selling
    if not own.offers:
        return re.compile("(?!)")
    greeting, offer = rf"{either(own.greetings)}\b[\s,!.]*", rf"{either(own.offers)}\b[\s:]*"
    owner = rf"{either(own.owners)}\s+"
    article = rf"{either(words_of(tag).grammar.articles)}\s+"
    praise = rf"(?:{owner}|{article})?{either(own.praise)}\s*[:：]\s*(?:{owner}|{article})?"
    return re.compile(rf"(?:{praise}|{greeting}(?:{offer}(?:{owner})?)?|{offer}(?:{owner})?|{owner})", re.IGNORECASE)


@cache
def _inflecting(tag: str) -> re.Pattern[str]:
    own = words_of(tag).selling
    return re.compile(rf"(?i)(?:{either(own.greetings)}\b[\s,!.]*)?{either(own.inflecting)}\b")


@cache
def _closing(tag: str) -> re.Pattern[str]:
    return re.compile(rf"{either(words_of(tag).selling.closers)}?[!！]*$")


def trait(tag: str) -> re.Pattern[str]:
    """A blank and a word that only describes, in languages whose titles are parted by blanks: " 革ケース付き"."""
    return _trait(base(tag))


@cache
def _trait(tag: str) -> re.Pattern[str]:
    return re.compile(rf"[ \u3000]\S*{either(words_of(tag).selling.traits)}(?=[ \u3000]|$)")
