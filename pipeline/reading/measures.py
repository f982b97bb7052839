"""What a script asks of a seller's words: numbers with what they measure ("90 cm"), choices, adjectives."""

from __future__ import annotations

import re
from functools import cache

from pipeline.reading.languages import base, glued, spaced, words_of
from pipeline.reading.phrasing import either

NUMBER = r"\d[\d.,]*(?:\s?[x×–-]\s?\d[\d.,]*)*"
MEASURE = (
    r"%|°C?|[mcdk]?m|[mcd]?l|L|[mk]?g|gr|oz|lbs?|in|ft|″|\"|k?Wh?|m?Ah|V|[kMG]?Hz|MP|[MGT]B|h|cali|Zoll|мм|см|мл|л|кг|г"
)


def amount_in(text: str) -> str:
    """The first number with its unit in a text ("90 cm"), verbatim; "" where there is none."""
    amount = _amount().search(text)
    return amount[0] if amount else ""


def offers_choice(text: str) -> bool:
    """Whether a text speaks of several colours to choose from."""
    return _choice().search(text) is not None


def describes(word: str, language: str) -> bool:
    """Whether a word of a name is an adjective, as far as its ending tells."""
    return _describing(base(language)).fullmatch(word) is not None


@cache
def _describing(tag: str) -> re.Pattern[str]:
    return re.compile(either(words_of(tag).film.describing), re.IGNORECASE)


@cache
def _amount() -> re.Pattern[str]:
    word, stem = spaced(lambda words: words.film.counted), glued(lambda words: words.film.counted)
    return re.compile(
        rf"(?<![A-Za-zÀ-ž\d.,/-]){NUMBER}\s?(?:(?:{MEASURE})(?![\w²³/-])"
        rf"(?:\s?[x×]\s?\d[\d.,]*\s?(?:{MEASURE})(?![\w²³/-]))*|{word}\b|(?:{stem}|ml|cm|kg|g)(?![^\W\d]*[a-z]))"
        rf"|%{NUMBER}",
        re.IGNORECASE,
    )


@cache
def _choice() -> re.Pattern[str]:
    return re.compile(
        rf"\b{spaced(lambda words: words.film.choice)}\b|{glued(lambda words: words.film.choice)}", re.IGNORECASE
    )
