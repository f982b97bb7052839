"""Prices as sellers write them: found in free text, read as numbers, put together by the custom of a locale.

The amount is never rewritten: "39,90" stays "39,90" on screen. Only a currency sign is set beside it, and only where
the seller gave the currency in another field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from pipeline.model import Price, Value
from pipeline.reading.currencies import (
    CODE,
    NO_CURRENCY,
    currency_of,
    everyday_in,
    is_sign,
    likely_currency,
    may_weigh,
    setting,
    signs_in,
)
from pipeline.reading.languages import base, every, worded, words_of
from pipeline.reading.numerals import amounts_in_words
from pipeline.reading.phrasing import either

_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_LARGEST = Decimal(10) ** 10
_MYRIADS = ("만", "万")  # "25만원" is 250,000
_DIGIT = re.compile(r"\d")
_SPACE = "[ \u00a0\u2009\u202f]"
_ALONE = r"(?<![^\W\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])(?<![.,])"  # no letter before it, but 漢字 may be
_DIGITS = rf"\d+(?:[.,'’٫٬]\d+|{_SPACE}\d{{3}}(?!\d))*(?:[.,](?:–|—|--?)(?!\d))?"
_UNIT = (
    rf"{_SPACE}?/{_SPACE}?(?:\d+{_SPACE}?)?[^\W\d_]{{1,10}}(?!{_SPACE}?\d)"  # "4,50 €/100 g"; "18,000원 / 펌 65,000원"
)
_DASHED, _DASHING = r"\d[\d.]*,(?:–|—|--?)(?![\w–—-])", ("de", "nl")  # "160,-" is a price there, be no sign beside it
_SWISS, _SWISS_TOO = r"\d[\d'’]*\.(?:–|—|--?)(?![\w–—-])", ("fr", "it")  # "119.–"
_MEASURED = re.compile(rf"/{_SPACE}?(?:\d+{_SPACE}?)?(?:kg|g|gr|l|ml|cl|m|m²|кг|г|л|мл|kilo|lb|oz)$", re.IGNORECASE)
_ENDING = re.compile(r"\s*(?:\n|$)|\s+(?=[^\W\d_])(?![a-zа-яіїєґåäö])")
_NEAR = 30  # letters around "60 pounds" that tell a weight


@dataclass(frozen=True)
class _Signs:
    """What makes two amounts a range, and one amount the price of several pieces."""

    ranging: re.Pattern[str]  # between the two ends of "£12–£18", "19 € to 49 €"
    first_end: re.Pattern[str]  # before the only sign of "12-18 €", "from 12 to 18 €"
    range_word: re.Pattern[str]
    many: re.Pattern[str]  # "2 for £10" must not become "£10"
    many_before: re.Pattern[str]  # the same up to the amount
    rate: re.Pattern[str]  # "l'etto" at the end of a price
    weighing: re.Pattern[str]


@cache
def _signs() -> _Signs:
    to, between = every(lambda words: words.price.to), every(lambda words: words.price.between)
    first = rf"(?<!\w){between}{_SPACE}"
    two, many = every(lambda words: words.price.numbers), every(lambda words: words.price.many)
    pieces = rf"(?<![\w.,])(?:\d{{1,2}}|{two}){_SPACE}{many}{_SPACE}"
    return _Signs(
        ranging=re.compile(rf"{_SPACE}?[-–—~〜～]{_SPACE}?|{_SPACE}{to}{_SPACE}", re.IGNORECASE),
        first_end=re.compile(
            rf"(?:{first})?(?<![\w.,])(?P<dashed>{_DIGITS})[-–—]$|{first}(?P<worded>{_DIGITS}){_SPACE}{to}{_SPACE}$",
            re.IGNORECASE,
        ),
        range_word=re.compile(rf"{first}$", re.IGNORECASE),
        many=re.compile(pieces, re.IGNORECASE),
        many_before=re.compile(pieces + "$", re.IGNORECASE),
        rate=re.compile(rf"{_SPACE}{every(lambda words: words.price.per)}$", re.IGNORECASE),
        weighing=re.compile(worded(lambda words: words.price.weighing), re.IGNORECASE),
    )


class Found(Value):
    """A price and where it stands in a text: `start` inclusive, `end` exclusive."""

    price: Price
    start: int
    end: int
    unit: str = ""  # what it is the price of, as written: "/kg", "l'etto"


@lru_cache(maxsize=64)  # as of `cleaned`
def prices_in(text: str, *, language: str = "en") -> tuple[Found, ...]:
    """Every amount with a currency in a text, in order; `language` (BCP 47) settles signs such as "$" and "kr".

    A range ("£12–£18") is one, and its amount the lower; so is a price for several ("2 for £10").
    """
    found: list[Found] = []
    for one in sorted((*_in_digits(text, language), *_in_words(text, language)), key=lambda one: one.start):
        if found and (whole := _ranging(text, found[-1], one)):
            found[-1] = whole
        else:
            found.append(_with_what_limits(text, one, after=found[-1].end if found else 0))
    sure = [one for one in found if not may_weigh(one.price.shown.split()[-1])]
    return tuple(sure or (one for one in found if not _weighs(text, one, language)))


def _in_digits(text: str, language: str) -> Iterator[Found]:
    for match in _pattern(base(language)).finditer(text) if _DIGIT.search(text) else ():
        sign = match["code"] or match["before"] or match["after"] or ("€" if match["split"] else None)
        currency = currency_of(sign, language) if sign else likely_currency(language) or NO_CURRENCY
        currency = "CHF" if match["swiss"] else currency
        written = (
            match["amount"] or match["number"] or match["bare"] or match["swiss"] or match["split"].replace("€", ".")
        )
        amount = amount_of(written, currency=currency)
        if amount is None:
            continue
        if (match["after"] or "")[:1] in _MYRIADS:
            amount *= 10_000
        shown = match[0].strip()
        if re.search(r"[^\W\d]\.$", shown) and _ENDING.match(text, match.end()):  # "2 500 kr." ends a sentence
            shown = shown.removesuffix(".") if is_sign(shown[:-1].split()[-1]) else shown
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        price = Price(shown=shown, amount=amount, currency=currency)
        yield Found(price=price, start=start, end=start + len(shown), unit=match["unit"] or "")


def _in_words(text: str, language: str) -> Iterator[Found]:
    for one in amounts_in_words(text, language):
        price = Price(shown=text[one.start : one.end], amount=one.amount, currency=one.currency)
        yield Found(price=price, start=one.start, end=one.end)


def _weighs(text: str, one: Found, language: str) -> bool:
    """Whether an amount of pounds is a weight."""
    if not may_weigh(one.price.shown.split()[-1]):
        return False
    around = text[max(0, one.start - _NEAR) : one.start] + " " + text[one.end : one.end + _NEAR]
    return likely_currency(language) not in (None, "GBP") or _signs().weighing.search(around) is not None


def _ranging(text: str, low: Found, high: Found) -> Found | None:
    """Two amounts as the range that they are the ends of; None when they are not."""
    open_end = low.price.shown[-1] in "〜～ら터" and not text[low.end : high.start].strip()
    if not (open_end or _signs().ranging.fullmatch(text, low.end, high.start)):
        return None
    if low.price.currency != high.price.currency or low.price.amount >= high.price.amount:
        return None
    word = _signs().range_word.search(text, max(0, low.start - 12), low.start)
    return _found(text, word.start() if word else low.start, high.end, low.price)


def _with_what_limits(text: str, one: Found, *, after: int) -> Found:
    """A price with the lower end of its range, or with the number of pieces that it is for, if such stand before it."""
    begin = max(after, one.start - 30)
    low = _signs().first_end.search(text, begin, one.start)
    if low:
        amount = amount_of(low["dashed"] or low["worded"], currency=one.price.currency)
        if amount is not None and amount < one.price.amount:
            return _found(text, low.start(), one.end, one.price.model_copy(update={"amount": amount}))
    many = _signs().many_before.search(text, begin, one.start)
    return _found(text, many.start(), one.end, one.price) if many else one


def _found(text: str, start: int, end: int, price: Price) -> Found:
    return Found(price=price.model_copy(update={"shown": text[start:end]}), start=start, end=end)


def by_measure(found: Found) -> bool:
    """Whether a price is that of a measure, as shops print beside the price: "18,25 zł/kg"."""
    return _MEASURED.search(found.unit) is not None


def price_from(amount: str, *, currency: str, language: str) -> Price | None:
    """The price that two fields give, such as ("39,90", "EUR"); None where there is no amount in them.

    An amount that already carries a sign is taken as it is; otherwise the sign is set beside it as the language does.
    """
    amount = amount.strip()
    whole = prices_in(amount, language=language)
    if len(whole) == 1 and whole[0].price.shown == amount and not re.fullmatch(_SWISS, amount):
        return whole[0].price
    currency = currency.strip().upper()
    number = amount_of(amount, currency=currency)
    if number is None or not re.fullmatch("[A-Z]{3}", currency):
        return None
    return Price(shown=setting(currency, language).format(amount), amount=number, currency=currency)


def amount_of(text: str, *, currency: str = "") -> Decimal | None:
    """The number that an amount such as "1.299,90", "18,000" or "119.–" stands for; None unless it is above zero."""
    text = text.strip()
    if not re.fullmatch(_DIGITS, text):
        return None
    digits = re.sub(r"[.,](?:–|—|--?)$", "", text)
    digits = re.sub(rf"{_SPACE}|['’٬]", "", digits).replace("٫", "\u0000")
    whole, fraction = _parts(digits, three_decimals=currency in _THREE_DECIMALS)
    if len(fraction) > 3:
        return None
    number = Decimal(f"{_ascii(whole) or '0'}.{_ascii(fraction) or '0'}")
    number = number.quantize(Decimal(1).scaleb(-len(fraction)))
    return number if 0 < number < _LARGEST else None


def numbers_in(text: str) -> tuple[str, ...]:
    """The amounts in a text that carry no currency sign, as written."""
    return tuple(found[0] for found in re.finditer(rf"(?<![\w.,]){_DIGITS}(?!\w)", text))


def sets_limit(price: Price) -> bool:
    """Whether the price is written with a limit or a unit ("from $20", "4,50 €/kg"): no "for" may stand before it."""
    signed = price.shown.upper().startswith(price.currency) or is_sign(price.shown)
    limited = price.shown[:1].isalpha() and not signed
    return limited or price.shown[-1] in "〜～ら터" or "/" in price.shown or _sold_by(price.shown)


def _sold_by(shown: str) -> bool:
    """Whether a price is for several pieces or for a measure."""
    return _signs().many.match(shown) is not None or _signs().rate.search(shown) is not None


def _parts(digits: str, *, three_decimals: bool) -> tuple[str, str]:
    """An amount's digits before and after its decimal mark; the last mark is one unless it groups thousands."""
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        return digits, ""
    whole, _, fraction = digits.rpartition(marks[-1])
    groups = re.split(r"[.,\u0000]", digits)
    repeated = marks.count(marks[-1]) > 1
    ambiguous = len(set(marks)) == 1 and len(fraction) == 3 and marks[-1] != "\u0000"
    thousands = ambiguous and not three_decimals and len(groups[0]) <= 3 and groups[0] != "0"
    if repeated or thousands:
        return "".join(groups), ""
    return "".join(re.split(r"[.,\u0000]", whole)), fraction


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)


@cache
def _pattern(base: str) -> re.Pattern[str]:
    """Amount and sign in either order, with what limits the price; word-like signs only as whole words."""
    sign = "|".join(signs_in(base))
    limits = every(lambda words: words.price.limits)
    limit = rf"(?:(?<!\w){limits}{_SPACE})?"
    rate = rf"{_SPACE}(?i:{either(words_of(base).price.per)})(?!\w)"
    return re.compile(
        rf"(?i:{limit})(?:"
        rf"{_ALONE}(?P<split>\d+€\d\d)(?!\d)"
        rf"|(?P<before>{sign}){_SPACE}?(?P<amount>{_DIGITS})(?:{_SPACE}?(?P<code>{CODE}|{everyday_in(base)})(?![^\W\d_]))?"
        rf"|{_ALONE}(?P<number>{_DIGITS}){_SPACE}?(?P<after>{sign}|{everyday_in(base)})"
        rf"|{_ALONE}(?P<bare>{_DASHED if base in _DASHING else '(?!)'})"
        rf"|{_ALONE}(?P<swiss>{_SWISS if base in _SWISS_TOO else '(?!)'})"
        rf")(?:(?P<unit>{_UNIT}|{rate})|[〜～]|から|부터)?"
    )
