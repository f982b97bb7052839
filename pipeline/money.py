"""Prices as sellers write them: found in free text, read as numbers, put together by the custom of a locale.

The amount is never rewritten: "39,90" stays "39,90" on screen. Only a currency sign is set beside it, and only where
the seller gave the currency in another field.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from pipeline.lexicon import base
from pipeline.model import Price, Value

_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_LARGEST = Decimal(10) ** 10

# Signs and what they stand for. Those that several countries share are settled by `_LOCAL_SIGNS`.
_SIGNS = {
    "€": "EUR", "euros": "EUR", "euro": "EUR", "Euro": "EUR", "EURO": "EUR", "Eur": "EUR", "евро": "EUR",
    "євро": "EUR", "ユーロ": "EUR", "유로": "EUR", "يورو": "EUR", "£": "GBP", "US$": "USD", "US $": "USD", "$": "USD",
    "dollars": "USD", "＄": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "MX$": "MXN", "R$": "BRL", "reais": "BRL", "SFr.": "CHF", "sFr.": "CHF", "Fr.": "CHF",
    "Franken": "CHF", "zł": "PLN", "złotych": "PLN", "złote": "PLN", "zl": "PLN", "kr": "SEK", "kr.": "SEK",
    "kronor": "SEK", "¥": "JPY", "￥": "JPY", "円": "JPY", "元": "CNY", "₩": "KRW", "원": "KRW",
    "만원": "KRW", "만 원": "KRW", "万円": "JPY", "₴": "UAH",
    "грн": "UAH",
    "грн.": "UAH", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "₺": "TRY", "TL": "TRY", "Kč": "CZK", "lei": "RON",
    "лв": "BGN", "лв.": "BGN", "₹": "INR", "₪": "ILS", "฿": "THB", "₫": "VND", "₱": "PHP", "Rp": "IDR", "₸": "KZT",
    "₾": "GEL", "₦": "NGN", "ر.س": "SAR", "ريال": "SAR", "د.إ": "AED", "درهم": "AED", "ج.م": "EGP", "جنيه": "EGP",
    "د.ك": "KWD",
}  # fmt: skip
_LOCAL_SIGNS = {
    ("$", "en-CA"): "CAD", ("$", "fr-CA"): "CAD", ("$", "en-AU"): "AUD", ("$", "en-NZ"): "NZD", ("$", "en-SG"): "SGD",
    ("$", "es-MX"): "MXN", ("$", "es-AR"): "ARS", ("$", "es-CL"): "CLP", ("$", "es-CO"): "COP", ("$", "zh-HK"): "HKD",
    ("kr", "nb"): "NOK", ("kr", "nn"): "NOK", ("kr", "no"): "NOK", ("kr", "da"): "DKK", ("kr", "is"): "ISK",
    ("¥", "zh"): "CNY", ("￥", "zh"): "CNY",
}  # fmt: skip
_ONLY_IN = {  # "12 Ft" is a price in Hungarian and a length elsewhere
    "Ft": ("HUF", "hu"), "₤": ("GBP", "en"), "quid": ("GBP", "en"), "bucks": ("USD", "en"), ":-": ("SEK", "sv"),
}  # fmt: skip
_EVERYDAY = {
    "pounds?|pfund|libras?|livres?": "GBP", "yens?": "JPY", "rupees?|rupien|rupias?|roupies?": "INR", "liras?": "TRY",
    "francs?|francos?": "CHF",
}  # fmt: skip
_MYRIADS = ("만", "万")  # "25만원" is 250,000
_CODES = (
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "GEL", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KRW", "KWD", "KZT", "MAD", "MXN", "MYR", "NGN",
    "NOK", "NZD", "OMR", "PEN", "PHP", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY",
    "TWD", "UAH", "USD", "VND", "ZAR",
)  # fmt: skip
_LOWER_CODES = (  # those that are no words: "try" and "all" are
    "aud", "brl", "cad", "chf", "czk", "dkk", "eur", "gbp", "huf", "jpy", "krw", "mxn", "nok", "nzd", "pln",
    "sek", "uah", "usd", "zar",
)  # fmt: skip

_LIKELY = {
    "de": "EUR", "es": "EUR", "fr": "EUR", "it": "EUR", "nl": "EUR", "fi": "EUR", "el": "EUR", "pt-PT": "EUR",
    "pt": "BRL", "en-GB": "GBP", "en-US": "USD", "en-CA": "CAD", "en-AU": "AUD", "en-NZ": "NZD", "en-IE": "EUR",
    "en-IN": "INR", "de-CH": "CHF", "fr-CH": "CHF", "it-CH": "CHF", "fr-CA": "CAD", "es-MX": "MXN", "pl": "PLN",
    "tr": "TRY", "sv": "SEK", "nb": "NOK", "da": "DKK", "uk": "UAH", "ja": "JPY", "ko": "KRW", "cs": "CZK",
    "hu": "HUF", "ro": "RON", "he": "ILS", "zh": "CNY", "zh-TW": "TWD", "hi": "INR", "th": "THB", "vi": "VND",
    "id": "IDR", "ar-SA": "SAR", "ar-AE": "AED", "ar-EG": "EGP",
}  # fmt: skip

# How a sign and an amount are set together: "{}" is the amount. Looked up by currency and language, then by currency.
_SET_LOCALLY = {
    ("EUR", "en"): "€{}", ("EUR", "ga"): "€{}", ("EUR", "nl"): "€ {}", ("EUR", "ja"): "€{}", ("EUR", "ko"): "€{}",
    ("EUR", "zh"): "€{}", ("EUR", "tr"): "€{}", ("GBP", "en"): "£{}", ("GBP", "ja"): "£{}", ("GBP", "ko"): "£{}",
    ("GBP", "zh"): "£{}", ("GBP", "tr"): "£{}", ("GBP", "nl"): "£ {}", ("USD", "en"): "${}", ("USD", "ja"): "${}",
    ("USD", "ko"): "${}", ("USD", "zh"): "${}", ("USD", "tr"): "${}", ("USD", "pt"): "US$ {}", ("USD", "nl"): "$ {}",
    ("USD", "es-MX"): "US${}", ("USD", "en-CA"): "US${}", ("USD", "en-AU"): "US${}", ("USD", "fr-CA"): "{} $ US",
    ("CHF", "fr"): "{} CHF", ("CHF", "fr-CH"): "CHF {}", ("JPY", "ja"): "{}円", ("KRW", "ko"): "{}원",
    ("CNY", "zh"): "¥{}", ("TRY", "tr"): "{} TL", ("UAH", "uk"): "{} грн", ("MXN", "es-MX"): "${}",
    ("CAD", "en-CA"): "${}", ("CAD", "fr-CA"): "{} $", ("AUD", "en-AU"): "${}", ("NZD", "en-NZ"): "${}",
    ("SAR", "ar"): "{} ر.س", ("AED", "ar"): "{} د.إ", ("EGP", "ar"): "{} ج.م", ("PLN", "en"): "{} zł",
    ("RUB", "ru"): "{} ₽",
}  # fmt: skip
_SET = {
    "EUR": "{} €", "GBP": "{} £", "USD": "{} $", "CHF": "CHF {}", "PLN": "{} zł", "SEK": "{} kr", "NOK": "{} kr",
    "DKK": "{} kr", "ISK": "{} kr", "JPY": "¥{}", "CNY": "CN¥{}", "KRW": "₩{}", "BRL": "R$ {}", "UAH": "{} ₴",
    "TRY": "₺{}", "CZK": "{} Kč", "HUF": "{} Ft", "RON": "{} lei", "INR": "₹{}", "ILS": "₪{}", "THB": "฿{}",
    "VND": "{} ₫", "PHP": "₱{}", "IDR": "Rp {}", "CAD": "CA${}", "AUD": "A${}", "NZD": "NZ${}", "HKD": "HK${}",
    "SGD": "S${}", "TWD": "NT${}", "MXN": "MX${}", "RUB": "{} ₽",
}  # fmt: skip

_DIGIT = re.compile(r"\d")
_SPACE = "[ \u00a0\u2009\u202f]"
_ALONE = r"(?<![^\W\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])(?<![.,])"  # no letter before it, but 漢字 may be
_DIGITS = rf"\d+(?:[.,'’٫٬]\d+|{_SPACE}\d{{3}}(?!\d))*(?:[.,](?:–|—|--?)(?!\d))?"
# "from 39 €" must not become "39 €": what limits a price belongs to it
_LIMITS = (
    "ab", "from", "starting at", "desde", "à partir de", "dès", "a partire da", "da", "a partir de", "od", "vanaf",
    "från", "від", "от", "fra",
)  # fmt: skip
_PER = rf"(?:{_SPACE}?/{_SPACE}?(?:\d+{_SPACE}?)?[^\W\d_]{{1,10}}|[〜～]|から|부터)?"  # "4,50 €/100 g"
# between the two ends of "£12–£18", "19 € to 49 €", and before the only sign of "12-18 €", "from 12 to 18 €"
_TO = "to|bis|a|à|et|y|e|and|und|até|do|i|tot|en|till|och|do|до|і|から"
_RANGE = re.compile(rf"{_SPACE}?[-–—~〜～]{_SPACE}?|{_SPACE}(?:{_TO}){_SPACE}", re.IGNORECASE)
_FIRST_WORD = r"(?<!\w)(?:from|between|von|zwischen|de|entre|da|tra|od|van|tussen|från|mellan|від)"
_FIRST_END = re.compile(
    rf"(?:{_FIRST_WORD}{_SPACE})?(?<![\w.,])(?P<dashed>{_DIGITS})[-–—]$"
    rf"|{_FIRST_WORD}{_SPACE}(?P<worded>{_DIGITS}){_SPACE}(?:{_TO}){_SPACE}$",
    re.IGNORECASE,
)
_RANGE_WORD = re.compile(rf"{_FIRST_WORD}{_SPACE}$", re.IGNORECASE)
_PIECES = (  # "2 for £10" must not become "£10"
    rf"(?<![\w.,])(?:\d{{1,2}}|two|three|zwei|drei|dos|tres|deux|trois){_SPACE}(?:for|für|por|pour|per|za|voor|för|за){_SPACE}"
)
_MANY, _FOR_MANY = re.compile(_PIECES + "$", re.IGNORECASE), re.compile(_PIECES, re.IGNORECASE)


class Found(Value):
    """A price and where it stands in a text: `start` inclusive, `end` exclusive."""

    price: Price
    start: int
    end: int


def prices_in(text: str, *, language: str = "en") -> tuple[Found, ...]:
    """Every amount with a currency in a text, in order; `language` (BCP 47) settles signs such as "$" and "kr".

    A range ("£12–£18") is one, and its amount the lower; so is a price for several ("2 for £10").
    """
    if not _DIGIT.search(text):
        return ()
    found: list[Found] = []
    for match in _pattern(base(language)).finditer(text):
        currency = currency_of(match["before"] or match["after"] or "€", language)
        written = match["amount"] or match["number"] or match["split"].replace("€", ".")
        amount = amount_of(written, currency=currency)
        if amount is None:
            continue
        if (match["after"] or "")[:1] in _MYRIADS:
            amount *= 10_000
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        price = Price(shown=match[0].strip(), amount=amount, currency=currency)
        one = Found(price=price, start=start, end=start + len(price.shown))
        if found and (whole := _ranging(text, found[-1], one)):
            found[-1] = whole
        else:
            found.append(_with_what_limits(text, one, after=found[-1].end if found else 0))
    return tuple(found)


def _ranging(text: str, low: Found, high: Found) -> Found | None:
    """Two amounts as the range that they are the ends of; None when they are not."""
    open_end = low.price.shown[-1] in "〜～ら터" and not text[low.end : high.start].strip()
    if not (open_end or _RANGE.fullmatch(text, low.end, high.start)):
        return None
    if low.price.currency != high.price.currency or low.price.amount >= high.price.amount:
        return None
    word = _RANGE_WORD.search(text, max(0, low.start - 12), low.start)
    return _found(text, word.start() if word else low.start, high.end, low.price)


def _with_what_limits(text: str, one: Found, *, after: int) -> Found:
    """A price with the lower end of its range, or with the number of pieces that it is for, if such stand before it."""
    begin = max(after, one.start - 30)
    low = _FIRST_END.search(text, begin, one.start)
    if low:
        amount = amount_of(low["dashed"] or low["worded"], currency=one.price.currency)
        if amount is not None and amount < one.price.amount:
            return _found(text, low.start(), one.end, one.price.model_copy(update={"amount": amount}))
    many = _MANY.search(text, begin, one.start)
    return _found(text, many.start(), one.end, one.price) if many else one


def _found(text: str, start: int, end: int, price: Price) -> Found:
    return Found(price=price.model_copy(update={"shown": text[start:end]}), start=start, end=end)


def price_from(amount: str, *, currency: str, language: str) -> Price | None:
    """The price that two fields give, such as ("39,90", "EUR"); None where there is no amount in them.

    An amount that already carries a sign is taken as it is; otherwise the sign is set beside it as the language does.
    """
    amount = amount.strip()
    whole = prices_in(amount, language=language)
    if len(whole) == 1 and whole[0].price.shown == amount:
        return whole[0].price
    currency = currency.strip().upper()
    number = amount_of(amount, currency=currency)
    if number is None or not re.fullmatch("[A-Z]{3}", currency):
        return None
    return Price(shown=_setting(currency, language).format(amount), amount=number, currency=currency)


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


def currency_named(text: str) -> str | None:
    """The currency (ISO 4217) that an everyday word such as "pounds" means beside a price; None without one.

    In free text such a word may be a weight or something else.
    """
    return next((code for word, code in _EVERYDAY.items() if re.search(rf"(?i)\b(?:{word})\b", text)), None)


def likely_currency(language: str) -> str | None:
    """The currency to propose to a seller who writes this language (BCP 47); None where it could be several."""
    return _LIKELY.get(_tag(language)) or _LIKELY.get(base(language))


def sets_limit(price: Price) -> bool:
    """Whether the price is written with a limit or a unit ("from $20", "4,50 €/kg"): no "for" may stand before it."""
    limited = price.shown[:1].isalpha() and not price.shown.upper().startswith(
        (price.currency, *map(str.upper, _SIGNS))
    )
    return limited or price.shown[-1] in "〜～ら터" or "/" in price.shown or _FOR_MANY.match(price.shown) is not None


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


def _tag(language: str) -> str:
    """A language tag in its usual spelling, language and region only: "fr-ch" is "fr-CH"."""
    parts = language.replace("_", "-").split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    return f"{parts[0].lower()}-{region}" if region else parts[0].lower()


def currency_of(sign: str, language: str) -> str:
    """The currency (ISO 4217) that a sign or a code stands for in a language (BCP 47): "$" in es-MX is MXN."""
    if sign.upper() in _CODES:
        return sign.upper()
    if sign in _ONLY_IN:
        return _ONLY_IN[sign][0]
    sign = {"kr.": "kr", "Kr": "kr", "＄": "$"}.get(sign, sign)
    local = _LOCAL_SIGNS.get((sign, _tag(language))) or _LOCAL_SIGNS.get((sign, base(language)))
    known = local or _SIGNS.get(sign)
    return known or next(code for name, code in _SIGNS.items() if name.lower() == sign.lower())


def _setting(currency: str, language: str) -> str:
    tag, own = _tag(language), base(language)
    fallback = "{} " + currency if own != "en" else currency + " {}"
    return _SET_LOCALLY.get((currency, tag)) or _SET_LOCALLY.get((currency, own)) or _SET.get(currency) or fallback


@cache
def _pattern(base: str) -> re.Pattern[str]:
    """Amount and sign in either order, with what limits the price; word-like signs only as whole words."""
    signs = [*_SIGNS, *(sign for sign, (_, where) in _ONLY_IN.items() if where == base)]
    signs += [*_CODES, *_LOWER_CODES]
    either = "|".join(_sign(sign) for sign in sorted(signs, key=len, reverse=True))
    limits = "|".join(re.escape(limit) for limit in sorted(_LIMITS, key=len, reverse=True))
    limit = rf"(?:(?<!\w)(?:{limits}){_SPACE})?"
    return re.compile(
        rf"(?i:{limit})(?:"
        rf"{_ALONE}(?P<split>\d+€\d\d)(?!\d)"
        rf"|(?P<before>{either}){_SPACE}?(?P<amount>{_DIGITS})"
        rf"|{_ALONE}(?P<number>{_DIGITS}){_SPACE}?(?P<after>{either})"
        rf"){_PER}"
    )


def _sign(sign: str) -> str:
    """A sign as a pattern: one that begins or ends with a letter must not touch another letter there, 漢字 aside."""
    wide = sign[0] >= "\u2e80"
    start = r"(?<![^\W\d_])" if sign[0].isalpha() and not wide else ""
    end = r"(?![^\W\d_])" if (sign[-1].isalpha() or sign[-1] == ".") and not wide else ""
    return f"{start}{re.escape(sign)}{end}"
