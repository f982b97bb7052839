"""Which of the amounts in a seller's text is what the product costs: not the old price, the postage or the saving."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from pipeline.model import Value
from pipeline.reading.cleaning import BREAK
from pipeline.reading.languages import every, glued, known, spaced
from pipeline.reading.money import Found, by_measure, prices_in
from pipeline.reading.terms import under_shipping


class Role(StrEnum):
    """What an amount is for."""

    ASKING = "asking"
    FORMER = "former"  # what it cost, or costs elsewhere
    OTHER = "other"  # shipping, a saving, a deposit, an amount from which something is free


class Priced(Value):
    """An amount in a text and what it is for; `start` is where the words that tell so begin."""

    found: Found
    role: Role
    start: int


_NEAR = 60  # letters before an amount in which the words that tell its role stand
_LEAD = r"[\s:：.(+~-]{0,3}"  # between such words and the amount
_LIMITING = re.compile(r"^[^\W\d]+(?:\s[^\W\d]+)*\s")  # the words of a price that begins with a limit


@dataclass(frozen=True)
class _Signs:
    """What tells an amount's role: words before it, words after it, and words between two amounts."""

    former: re.Pattern[str]
    former_after: re.Pattern[str]
    other: re.Pattern[str]
    other_after: re.Pattern[str]
    now: re.Pattern[str]


@cache
def _signs() -> _Signs:
    """The signs of all languages: a text's own is not always the film's."""
    shipping, now = every(lambda words: words.price.shipping), every(lambda words: words.price.now)
    costless = "".join(rf"(?<!{word} )" for one in known().values() for word in one.price.free_shipping)
    return _Signs(
        former=_pattern(
            rf"(?:\b{spaced(lambda words: words.price.former)}|{glued(lambda words: words.price.former)}){_LEAD}$"
        ),
        former_after=_pattern(rf"^\s?{every(lambda words: words.price.former_after)}"),
        other=_pattern(
            rf"(?:{costless}(?:\b|(?<=[+&])){shipping}{_LEAD}"
            rf"|\b{shipping}\b[^.!?\n,{BREAK}]{{0,30}}\b{every(lambda words: words.price.threshold)}\s?"
            rf"|\b{every(lambda words: words.price.saving)}[\s:：]{{0,2}})$"
        ),
        other_after=_pattern(
            rf"^[ \t\u00a0(]{{0,2}}(?:(?:{shipping}|{every(lambda words: words.price.shipping_after)})\b"
            rf"(?!\s?[:：]|[^)\n]{{0,6}}\d|\s?{every(lambda words: words.price.included)})"
            rf"|{spaced(lambda words: words.price.saving_after)}\b"
            rf"|(?!{every(lambda words: words.price.lowered_after)}){glued(lambda words: words.price.saving_after)})"
        ),
        now=_pattern(
            rf"[\s{BREAK}(~]*(?:(?:(?:,\s*)?{now}(?:\s+{now}){{0,2}})?[\s:：!]*"
            rf"|[-=–—]{{1,2}}>|[{BREAK}→➔➡»>⇒]+|[-–—])[\s{BREAK}]*"
        ),
    )


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


def priced(text: str, language: str) -> tuple[Priced, ...]:
    """Every amount of a cleaned text in order, with what it is for; at most one has the asking price's role."""
    known = prices_in(text, language=language)
    roles = [_role(text, found) for found in known]
    for at, (found, after) in enumerate(pairwise(known)):
        between = text[found.end : after.start]
        lowered = after.price.amount < found.price.amount and after.price.currency == found.price.currency
        alike = by_measure(found) or not by_measure(after)
        if lowered and alike and roles[at] is roles[at + 1] is Role.ASKING and _signs().now.fullmatch(between):
            roles[at] = Role.FORMER
    asked = [at for at, role in enumerate(roles) if role is Role.ASKING]
    whole = [at for at in asked if not by_measure(known[at])]  # of "219 zł (18,25 zł/kg)" the first
    asking = next(iter((*whole, *asked)), None)
    return tuple(
        Priced(
            found=found,
            role=Role.OTHER if role is Role.ASKING and at != asking else role,
            start=_said_from(text, found, role),
        )
        for at, (found, role) in enumerate(zip(known, roles, strict=True))
    )


def price_in(text: str, *, language: str = "en") -> Found | None:
    """The asking price in a text: the first amount that is neither an earlier price nor the cost of shipping or so."""
    return next((one.found for one in priced(text, language) if one.role is Role.ASKING), None)


def _role(text: str, found: Found) -> Role:
    limit = _LIMITING.match(found.price.shown)
    before = text[: found.start + (limit.end() if limit else 0)]
    after = text[found.end : found.end + 40]
    signs = _signs()
    if signs.former.search(text[max(0, found.start - _NEAR) : found.start]) or signs.former_after.match(after):
        return Role.FORMER
    sent = "\n" in text and under_shipping(text, found.start)
    if sent or signs.other.search(before[-_NEAR:]) or signs.other_after.match(after):
        return Role.OTHER
    return Role.ASKING


def _said_from(text: str, found: Found, role: Role) -> int:
    """Where the words begin that make an amount what it is: "was £35" begins at "was"."""
    told = {Role.FORMER: _signs().former, Role.OTHER: _signs().other}.get(role)
    near = max(0, found.start - _NEAR)
    match = told.search(text[near : found.start]) if told else None
    return near + match.start() if match else found.start
