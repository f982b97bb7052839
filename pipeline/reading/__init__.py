"""From a seller's words to facts: what a message says, in which language, at which price."""

from pipeline.reading.asking import price_in
from pipeline.reading.cleaning import clean
from pipeline.reading.currencies import NO_CURRENCY, currency_named, currency_of, likely_currency
from pipeline.reading.facts import Understanding, facts_of, understand, understand_more
from pipeline.reading.languages import Language, base, words_of
from pipeline.reading.measures import MEASURE, NUMBER, amount_in, describes, offers_choice
from pipeline.reading.money import Found, amount_of, numbers_in, price_from, prices_in, sets_limit
from pipeline.reading.phrasing import Phrases, either, spellings
from pipeline.reading.recognising import language_of
from pipeline.reading.terms import is_note
from pipeline.reading.wordfiles import Words, checked

__all__ = [
    "MEASURE",
    "NO_CURRENCY",
    "NUMBER",
    "Found",
    "Language",
    "Phrases",
    "Understanding",
    "Words",
    "amount_in",
    "amount_of",
    "base",
    "checked",
    "clean",
    "currency_named",
    "currency_of",
    "describes",
    "either",
    "facts_of",
    "is_note",
    "language_of",
    "likely_currency",
    "numbers_in",
    "offers_choice",
    "price_from",
    "price_in",
    "prices_in",
    "sets_limit",
    "spellings",
    "understand",
    "understand_more",
    "words_of",
]
