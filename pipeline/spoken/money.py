"""Prices as they are written everywhere, and as a language says them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from pipeline.reading import amount_of, currency_of
from pipeline.spoken.lexicon import Lexicon, Money, count_name
from pipeline.spoken.numbers import NUMBER, before, parse, words

_SIGNS = (
    "€", "EUR", "US$", "USD", "C$", "CA$", "CAD", "A$", "AU$", "AUD", "R$", "BRL", "MX$", "MXN", "$", "£", "GBP",
    "CHF", "SFr.", "Fr.", "¥", "￥", "円", "JPY", "zł", "PLN", "Kč", "CZK", "SEK", "NOK", "DKK", "kr.", "kr", "₴",
    "грн", "UAH", "₺", "TL", "TRY", "₹", "Rs.", "INR", "₩", "KRW",
    "euro", "Euro", "EURO", "euros", "Euros", "dollars", "reais", "złotych", "złote", "kronor", "Franken", "pesos",
)  # fmt: skip
_CODES = "AUD|BRL|CAD|CHF|EUR|GBP|MXN|NZD|PLN|SEK|USD"  # those that sellers write behind a sign: "$249 MXN"

_NONE = r"(?:[.,][–—-]{1,2})"  # 119.– has no cents
SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
PRICE = re.compile(
    rf"(?<![\w.,])(?P<euros>\d+)€(?P<cents>\d\d)(?!\w)"
    rf"|(?<![\w.,])(?P<before>{SIGN})[ \u00a0\u202f]?(?P<first>{NUMBER})(?:{_NONE}|(?![\w%]|[.,]\d))"
    rf"(?:[ \u00a0\u202f]?(?:(?P<code>{_CODES})|pesos|dollars)(?!\w))?"
    rf"|(?<![\w.,])(?P<second>{NUMBER}){_NONE}?[ \u00a0\u202f]?(?P<after>{SIGN})(?!\w)"
    rf"|(?<![\w.,])(?P<bare>{NUMBER}){_NONE}(?!\w)"
)


def say_price(match: re.Match[str], lexicon: Lexicon, language: str) -> str:
    """What the voice says for a price that `PRICE` found."""
    if match["euros"]:
        return amount(Decimal(f"{match['euros']}.{match['cents']}"), "EUR", lexicon=lexicon, language=language)
    number = match["first"] or match["second"] or match["bare"]
    sign = match["code"] or match["before"] or match["after"]
    return say_amount(sign, number, lexicon, language) if sign else words(parse(number, lexicon), lexicon)


def say_amount(sign: str, number: str, lexicon: Lexicon, language: str) -> str:
    """What the voice says for a number with a currency sign; its value is the one that the price has."""
    code = currency_of(sign, language)
    value = amount_of(number, currency=code)
    return amount(value or parse(number, lexicon), code, lexicon=lexicon, language=language)


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
