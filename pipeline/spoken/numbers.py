"""Numbers as written in a language, and as it says them."""

from __future__ import annotations

import re
from decimal import Decimal

from num2words import num2words

from pipeline.spoken.lexicon import Lexicon

SPACES = " \u00a0\u202f\u2009"  # what may group digits: plain, no-break, narrow and thin space
NUMBER = r"(?:\d{1,3}(?:[.,’'\u00a0\u202f\u2009]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,]\d+)?(?!\d)"

_LONGEST = 9  # digits; longer ones are codes and telephone numbers
_SAYABLE = 10**12


def parse(text: str, lexicon: Lexicon) -> Decimal:
    """The value of a number as written.

    A separator followed by exactly three digits groups them when the language groups with it, or when it is a space or
    an apostrophe; the last of two different separators is the decimal sign.
    """
    plain = re.sub(rf"[’'{SPACES}]", "", text)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    head, _, tail = plain.rpartition(last)
    if len(set(marks)) == 2:
        return Decimal(re.sub(r"[.,]", "", head) + "." + tail)
    groups = len(marks) > 1 or (len(tail) == 3 and last == lexicon.group and not head.startswith("0"))
    if groups:
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(f"{head}.{tail}")


def words(value: Decimal, lexicon: Lexicon) -> str:
    """How the language says a number; places after the decimal sign one by one or as a number, as it is usual."""
    whole = int(value)
    text = _whole(whole, lexicon)
    places = format(value, "f").partition(".")[2].rstrip("0")
    if not places:
        return text
    if lexicon.signs.digits == "each" or places.startswith("0") or len(places) > 2:
        said = " ".join(_whole(int(digit), lexicon) for digit in places)
    else:
        said = _whole(int(places), lexicon)
    return f"{text} {lexicon.signs.point} {said}"


def year(value: int, lexicon: Lexicon) -> str:
    """How the language says the number of a year."""
    if lexicon.years:
        return _clean(str(num2words(value, lang=lexicon.numbers, to="year")))
    return _whole(value, lexicon)


def ordinal(value: int, lexicon: Lexicon) -> str:
    """How the language says a place in a row."""
    return _clean(str(num2words(value, lang=lexicon.numbers, to="ordinal")))


def digits(text: str, lexicon: Lexicon) -> str:
    """Digit by digit, for codes and telephone numbers."""
    return " ".join(_whole(int(digit), lexicon) for digit in text if digit.isdecimal())


def is_code(text: str) -> bool:
    """Whether digits are rather a code than a count: very many, or with a zero in front."""
    return text.isdecimal() and (len(text) > _LONGEST or (len(text) > 1 and text.startswith("0")))


def before(noun_is_feminine: bool, said: str, lexicon: Lexicon) -> str:
    """A number's words as they are in front of a noun: "uno" euro becomes "un", "dois" libras "duas"."""
    for pattern, form in lexicon.before_feminine if noun_is_feminine else lexicon.before_nouns:
        changed = re.sub(pattern, form, said)
        if changed != said:
            return changed
    return said


def _whole(value: int, lexicon: Lexicon) -> str:
    if value >= _SAYABLE:
        return digits(str(value), lexicon)
    return _clean(str(num2words(value, lang=lexicon.numbers)))


def _clean(text: str) -> str:
    """Without the commas that some languages' words come with: the voice would pause at them."""
    return " ".join(text.replace(",", " ").split())
