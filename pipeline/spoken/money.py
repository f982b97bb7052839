"""Prices as they are written everywhere, and as a language says them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from pipeline.spoken.lexicon import Lexicon, Money, count_name
from pipeline.spoken.numbers import NUMBER, before, parse, words

SIGNS = {
    "€": "EUR",
    "EUR": "EUR",
    "US$": "USD",
    "USD": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "AUD": "AUD",
    "R$": "BRL",
    "BRL": "BRL",
    "MX$": "MXN",
    "MXN": "MXN",
    "$": "USD",
    "£": "GBP",
    "GBP": "GBP",
    "CHF": "CHF",
    "SFr.": "CHF",
    "Fr.": "CHF",
    "¥": "JPY",
    "￥": "JPY",
    "円": "JPY",
    "JPY": "JPY",
    "zł": "PLN",
    "PLN": "PLN",
    "Kč": "CZK",
    "CZK": "CZK",
    "SEK": "SEK",
    "NOK": "NOK",
    "DKK": "DKK",
    "kr.": "SEK",
    "kr": "SEK",
    "₴": "UAH",
    "грн": "UAH",
    "UAH": "UAH",
    "₺": "TRY",
    "TL": "TRY",
    "TRY": "TRY",
    "₹": "INR",
    "Rs.": "INR",
    "INR": "INR",
    "₩": "KRW",
    "KRW": "KRW",
}

_KRONER = {"no": "NOK", "nb": "NOK", "da": "DKK"}
_NONE = r"(?:[.,][–—-]{1,2})"  # 119.– has no cents
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
PRICE = re.compile(
    rf"(?<![\w.,])(?P<before>{_SIGN})[ \u00a0\u202f]?(?P<first>{NUMBER})(?:{_NONE}|(?![\w%]))"
    rf"|(?<![\w.,])(?P<second>{NUMBER}){_NONE}?[ \u00a0\u202f]?(?P<after>{_SIGN})(?!\w)"
    rf"|(?<![\w.,])(?P<bare>{NUMBER}){_NONE}(?!\w)"
)


def say_price(match: re.Match[str], lexicon: Lexicon, language: str) -> str:
    """What the voice says for a price that `PRICE` found."""
    number = match["first"] or match["second"] or match["bare"]
    sign = match["before"] or match["after"]
    value = parse(number, lexicon)
    if sign is None:
        return words(value, lexicon)
    code = SIGNS[sign]
    if sign.startswith("kr"):
        code = _KRONER.get(language.partition("-")[0], code)
    return amount(value, code, lexicon=lexicon, language=language)


def amount(value: Decimal, code: str, *, lexicon: Lexicon, language: str) -> str:
    """An amount of money in words: "thirty-nine euros ninety", "treinta y nueve euros con noventa".

    Args:
        value: the amount in major units.
        code: ISO 4217.
        lexicon: the language's forms.
        language: BCP 47, for plurals and for currencies that the lexicon does not name.
    """
    money = lexicon.currencies.get(code) or _named_by_babel(code, language)
    whole = int(value)
    hundredths = int((value - whole) * 100)
    if value != Decimal(whole) + Decimal(hundredths) / 100 or (hundredths and not money.minor):
        return f"{words(value, lexicon)} {money.major[-1]}"
    unit = count_name(money.major, whole, language)
    major = before(money.feminine, words(Decimal(whole), lexicon), lexicon)
    if not hundredths:
        return f"{major} {unit}"
    cents = count_name(money.minor, hundredths, language)
    minor = words(Decimal(hundredths), lexicon)
    if not whole:
        return f"{before(False, minor, lexicon)} {cents}"
    form = lexicon.price.small if hundredths < 10 else lexicon.price.both
    if "{cents}" in form:
        minor = before(False, minor, lexicon)
    return form.format(major=major, unit=unit, minor=minor, cents=cents)


@lru_cache(maxsize=64)
def _named_by_babel(code: str, language: str) -> Money:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language.partition("-")[0])
    return Money(major=(get_currency_name(code, 1, locale), get_currency_name(code, 10, locale)))
