"""Amounts that are written in words: "sixty euros"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from num2words import num2words

from pipeline.reading.currencies import currency_of, words_for
from pipeline.reading.languages import base

_MOST = 999
_MOST_WORDS = 6
_NEAR = 60  # letters before the currency in which the number is


@dataclass(frozen=True)
class Worded:
    """An amount in words and where it stands, currency included."""

    amount: Decimal
    currency: str
    start: int
    end: int


def amounts_in_words(text: str, language: str) -> Iterator[Worded]:
    """Numbers from two to 999 in words before a currency's name, in the words of a language (BCP 47)."""
    for unit in _unit(base(language)).finditer(text):
        begin = max(0, unit.start() - _NEAR)
        words = list(re.finditer(r"[^\W\d_]+", text[begin : unit.start()]))[-_MOST_WORDS:]
        for first in words:
            number = _numbers(base(language)).get(_plain(text[begin + first.start() : unit.start()]))
            if number is not None:
                currency = currency_of(unit[0].strip(), language)
                yield Worded(Decimal(number), currency, begin + first.start(), unit.end())
                break


@cache
def _unit(tag: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\W\d_])[ \u00a0-]{words_for(tag)}", re.IGNORECASE)


@cache
def _numbers(tag: str) -> dict[str, int]:
    """The numbers by their words; none in a language whose number words are not known."""
    try:
        return {_plain(str(num2words(number, lang=tag))): number for number in range(2, _MOST + 1)}
    except NotImplementedError:
        return {}


def _plain(words: str) -> str:
    return re.sub(r"[\s,-]+|\band\b", "", words.lower())
