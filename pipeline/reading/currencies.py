"""Currencies: their signs, what a sign stands for where, and how a price is set by the custom of a locale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.languages import base, known, words_of
from pipeline.reading.phrasing import either

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
_CODES = (
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "GEL", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KRW", "KWD", "KZT", "MAD", "MXN", "MYR", "NGN",
    "NOK", "NZD", "OMR", "PEN", "PHP", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY",
    "TWD", "UAH", "USD", "VND", "ZAR",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{4,}")
CODE = "|".join(_CODES)  # as a regular expression
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

NO_CURRENCY = "XXX"  # ISO 4217's code for none: the seller has named no currency, and none is made up

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
    NO_CURRENCY: "{}",
    "EUR": "{} €", "GBP": "{} £", "USD": "{} $", "CHF": "CHF {}", "PLN": "{} zł", "SEK": "{} kr", "NOK": "{} kr",
    "DKK": "{} kr", "ISK": "{} kr", "JPY": "¥{}", "CNY": "CN¥{}", "KRW": "₩{}", "BRL": "R$ {}", "UAH": "{} ₴",
    "TRY": "₺{}", "CZK": "{} Kč", "HUF": "{} Ft", "RON": "{} lei", "INR": "₹{}", "ILS": "₪{}", "THB": "฿{}",
    "VND": "{} ₫", "PHP": "₱{}", "IDR": "Rp {}", "CAD": "CA${}", "AUD": "A${}", "NZD": "NZ${}", "HKD": "HK${}",
    "SGD": "S${}", "TWD": "NT${}", "MXN": "MX${}", "RUB": "{} ₽",
}  # fmt: skip


def signs_in(own: str) -> Iterator[str]:
    """The signs and codes by which prices are known in a language (without region), as regular expressions."""
    written = [*_SIGNS, *(sign for sign, (_, where) in _ONLY_IN.items() if where == own), *_CODES, *_LOWER_CODES]
    yield from (_sign(sign) for sign in sorted(written, key=len, reverse=True))


def words_for(tag: str) -> str:
    """The words for currencies in a language (BCP 47) as a regular expression: "euros", "pounds"."""
    everyday = (name for names in words_of(tag).currencies.values() for name in names)
    signs = (sign for sign in _SIGNS if _WORD.fullmatch(sign))
    return rf"{either((*signs, *everyday))}(?![^\W\d_])"


def everyday_in(tag: str) -> str:
    """The everyday words for currencies that stand after an amount in free text in a language (BCP 47)."""
    named = words_of(tag).currencies.items()
    names = [name for code, names in named if code != "GBP" or base(tag) == "en" for name in names]  # "3 livres": books
    return rf"(?<![^\W\d_])(?i:{either(names)})(?![^\W\d_])"


def may_weigh(sign: str) -> bool:
    """Whether a word for a currency is one for a weight as well: "pounds"."""
    return sign[0].isalpha() and sign.lower().startswith("pound")


def is_sign(text: str) -> bool:
    """Whether a text begins with a sign of a currency."""
    return text.upper().startswith(tuple(map(str.upper, _SIGNS)))


def currency_of(sign: str, language: str) -> str:
    """The currency (ISO 4217) that a sign or a code stands for in a language (BCP 47): "$" in es-MX is MXN."""
    if sign.upper() in _CODES:
        return sign.upper()
    if sign in _ONLY_IN:
        return _ONLY_IN[sign][0]
    sign = {"kr.": "kr", "Kr": "kr", "＄": "$"}.get(sign, sign)
    local = _LOCAL_SIGNS.get((sign, _tag(language))) or _LOCAL_SIGNS.get((sign, base(language)))
    code = local or _SIGNS.get(sign)
    code = code or next((code for name, code in _SIGNS.items() if name.lower() == sign.lower()), None)
    if code is None:
        named = currency_named(sign)
        code = _LOCAL_SIGNS.get(("$", _tag(language)), "MXN") if named in (None, "MXN") else named  # many pesos
    return code


def currency_named(text: str) -> str | None:
    """The currency (ISO 4217) that an everyday word such as "pounds" means beside a price; None without one.

    In free text such a word may be a weight or something else.
    """
    named = ((code, either(names)) for one in known().values() for code, names in one.currencies.items())
    return next((code for code, names in named if re.search(rf"(?i)\b{names}\b", text)), None)


def likely_currency(language: str) -> str | None:
    """The currency to propose to a seller who writes this language (BCP 47); None where it could be several."""
    return _LIKELY.get(_tag(language)) or _LIKELY.get(base(language))


def setting(currency: str, language: str) -> str:
    """How sign and amount are set in a language (BCP 47): "{}" is the amount."""
    tag, own = _tag(language), base(language)
    fallback = "{} " + currency if own != "en" else currency + " {}"
    return _SET_LOCALLY.get((currency, tag)) or _SET_LOCALLY.get((currency, own)) or _SET.get(currency) or fallback


def _tag(language: str) -> str:
    """A language tag in its usual spelling, language and region only: "fr-ch" is "fr-CH"."""
    parts = language.replace("_", "-").split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    return f"{parts[0].lower()}-{region}" if region else parts[0].lower()


def _sign(sign: str) -> str:
    """A sign as a pattern: one that begins or ends with a letter must not touch another letter there, 漢字 aside."""
    wide = sign[0] >= "\u2e80"
    start = r"(?<![^\W\d_])" if sign[0].isalpha() and not wide else ""
    end = r"(?![^\W\d_])" if (sign[-1].isalpha() or sign[-1] == ".") and not wide else ""
    return f"{start}{re.escape(sign)}{end}"
