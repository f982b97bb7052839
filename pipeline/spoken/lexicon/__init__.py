"""How one language says numbers, money, units and signs: one TOML file a language, checked when it is read."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from babel import Locale
from pydantic import Field

from pipeline.model import Value

Names = tuple[str, ...]  # one and other; Slavic languages one, few, many and other

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "pl", "nl")


class Money(Value):
    """A currency's names and those of its hundredth."""

    major: Names
    minor: Names = ()
    feminine: bool = False


class PriceForms(Value):
    """How major and minor units of an amount are joined."""

    both: str  # 39.90
    small: str  # 39.05


class Signs(Value):
    """Words for signs that stand between other words."""

    point: str  # 1.5
    digits: Literal["each", "number"]  # "one point five zero" or "uno coma cincuenta"
    minus: str
    to: str  # 30–40
    by: str  # 30 x 40
    times: str  # 2x
    per: str  # g/m²
    percent: str
    conjunction: str  # &
    plus: str
    at: str  # an address or a handle
    hashtag: str
    dot: str  # in an address
    slash: str  # in an address
    clock: str  # 14:30


class Decades(Value):
    """How tens of years are written and said: "70s" is "seventies", "70er" is "siebziger"."""

    pattern: str  # regular expression with the number in group 1
    last: str  # of the number's words: a regular expression, and what it becomes
    becomes: str


class Governed(Value):
    """Words after which numbers take another case: "od" 39 złotych is "od trzydziestu dziewięciu"."""

    after: tuple[str, ...]
    numbers: dict[str, str]  # a number's words, and what they become; units and currencies follow their own forms
    first: dict[str, str] = Field(default_factory=dict)  # those that change only where no other stands before them


class Lexicon(Value):
    """All that one language's normalisation needs to know."""

    numbers: str  # name in num2words
    decimal: str
    group: str
    signs: Signs
    price: PriceForms
    units: dict[str, Names]
    feminine_units: tuple[str, ...] = ()
    currencies: dict[str, Money]
    abbreviations: dict[str, str] = Field(default_factory=dict)
    pronunciations: dict[str, str] = Field(default_factory=dict)
    ordinals: str = ""  # regular expression with the number in group 1
    ordinal_end: str = ""  # German dates are mostly in the dative
    feminine_ordinals: str = ""  # the same, for those that end differently
    before_nouns: tuple[tuple[str, str], ...] = ()  # "uno$" -> "un", in front of a masculine noun
    before_feminine: tuple[tuple[str, str], ...] = ()
    feminine_nouns: str = ""  # regular expression for the whole of a noun before which numbers are feminine
    years: bool = False  # whether 1987 is read in hundreds
    decades: Decades | None = None
    governed: Governed | None = None


def lexicon_of(language: str) -> Lexicon | None:
    """The lexicon for a BCP 47 tag, with its region's numbers; None when there is none for the language."""
    tag = language.replace("_", "-").lower()
    base = tag.partition("-")[0]
    if base not in LANGUAGES:
        return None
    lexicon = _read(base)
    if tag in ("fr-ch", "fr-be"):
        region = {"decimal": "."} if tag == "fr-ch" else {}
        return lexicon.model_copy(update={"numbers": tag[:3].replace("-", "_") + tag[3:].upper(), **region})
    if tag == "de-ch":
        return lexicon.model_copy(update={"decimal": ".", "group": "’"})
    return lexicon


def count_name(names: Names, count: float, language: str) -> str:
    """The form of a name that goes with a count.

    Args:
        names: one and other, or one, few, many and other.
        count: the number in front of the name.
        language: BCP 47.
    """
    if len(names) == 1:
        return names[0]
    plural = Locale.parse(language.partition("-")[0]).plural_form(count)
    order = ("one", "few", "many", "other") if len(names) == 4 else ("one", "other")
    return names[order.index(plural)] if plural in order else names[-1]


@lru_cache(maxsize=len(LANGUAGES))
def _read(base: str) -> Lexicon:
    text = (files(__package__) / f"{base}.toml").read_text(encoding="utf-8")
    return Lexicon.model_validate(tomllib.loads(text))
