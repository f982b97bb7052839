"""Answers to another question than the one that stands: "actually the price is 35 €", "30 seconds" at the voices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

from bot.dialogue import product, questions, words
from bot.dialogue.cards import Phrase, Tongue, phrase
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.summary import platform_names, tone_name, voice_name
from bot.dialogue.vocabulary import Part, comparable, pattern, phrases
from pipeline import tones
from pipeline.model import NO_VOICE, Platform, Price
from pipeline.reading import clean, price_in, spellings

_ABOUT_THE_FILM = frozenset({Step.LANGUAGE, Step.TONE, Step.VOICE, Step.PLATFORMS, Step.LENGTH, Step.REVIEW})
_MOST_WORDS = 10
_LEAST_ASKING = 3  # words
_LONGEST_CODE = 3  # letters: what is longer is a language's name
_SECONDS = r"\b\d{1,3}\s?<seconds>\b"
_BETWEEN = re.compile(r"(\s*\n\s*|[.!?…]+\s+|,\s+|\s+[–—-]\s+)")  # what may part a wish from the product
_BRANDED = frozenset({Platform.TIKTOK, Platform.INSTAGRAM_REELS, Platform.INSTAGRAM_FEED, Platform.YOUTUBE})
_PART = "|".join(f"(?P<{part}><parts.{part}>)" for part in get_args(Part))  # called as the steps
_ASKED = rf"(?:(?:<please> )?<asking>)?(?:\s?<articles>)?\s?(?:{_PART})(?: <wrong>)?"
_NO_PRICE = r"(?:<removing>|<without>) (?:<articles> )?<parts.price>(?: <please>)?"


def asked_for(text: str) -> Step | None:
    """The step of the order that a text names, to go there: "change the tone"."""
    said = words.plain(words.bare(text))
    named = pattern(_ASKED).fullmatch(said)
    if named is None or named.lastgroup is None or pattern(_NO_PRICE).fullmatch(said):
        return None
    return Step(named.lastgroup)


@dataclass(frozen=True)
class Noted:
    """The order with answers to other questions in it, and what was understood of each."""

    draft: Draft
    lines: tuple[Phrase, ...]


def sidestep(session: Session, text: str) -> Noted | None:
    """What a text answers of other questions than the one that stands; None when it is unmistakably nothing."""
    said = clean(text)
    if not said or len(said.split()) > _MOST_WORDS:
        return None
    return corrected(session, said) or _all_of(session, said)


def corrected(session: Session, text: str) -> Noted | None:
    """What a text as a whole says of the product or the language: "oh and the name is Mia", "price is 25"."""
    said = words.bare(clean(text))
    if not said or len(said.split()) > _MOST_WORDS:
        return None
    for step, understand in _WHOLE.items():
        found = None if step is session.step else understand(session, said)
        if found is not None:
            return Noted(found[0], (found[1],))
    return None


def answers(session: Session, text: str) -> bool:
    """Whether a text answers the question that stands, too."""
    own = _PARTS.get(session.step)
    return own is not None and own(session, clean(text)) is not None


def wished(session: Session, text: str) -> Noted | None:
    """What a text that should tell of the product asks of the film instead: "make it funny, for TikTok please"."""
    said = clean(text)
    if not (_wishes(said) or _names_brand(said)) or _product_words(said):
        return None
    return _all_of(session, said)


def asks_for_film(text: str) -> bool:
    """Whether a text asks for a film and tells nothing of the product: "can you make a video of this"."""
    said = clean(text)
    return len(said.split()) >= _LEAST_ASKING and _wishes(said) and not _product_words(said)


def parted(session: Session, text: str) -> tuple[Noted | None, str]:
    """The wishes for the film in a text that tells of the product, and the text without them."""
    whole = wished(session, text)
    if whole is None and session.step is Step.CHECK and not _product_words(text):
        whole = _all_of(session, clean(text))  # the product is told: "30 seconds" is about the film
    if whole is not None:
        return whole, ""
    draft, rest = session.draft, ""
    lines: tuple[Phrase, ...] = ()
    pieces = _BETWEEN.split(clean(text))
    for piece, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        found = wished(session.model_copy(update={"draft": draft}), piece)
        if found is not None:
            draft, lines = found.draft, (*lines, *found.lines)
        elif not asks_for_film(piece):
            rest += piece + mark
    rest = rest.rstrip(" ,\n–—-")
    return (Noted(draft, lines), rest) if lines else (None, rest if rest else text)


def _all_of(session: Session, text: str) -> Noted | None:
    """Everything about the film that a text says, but what its own question understands best."""
    lines: tuple[Phrase, ...] = ()
    for step, understand in _PARTS.items():
        found = None if step is session.step else understand(session, text)
        if found is not None:
            session, lines = session.model_copy(update={"draft": found[0]}), (*lines, found[1])
    return Noted(session.draft, lines) if lines else None


def _product_words(text: str) -> bool:
    """Whether a text has words that are about no film: "make it yours" is the name of a mug."""
    said = comparable(text)
    left = words.without_platforms(pattern(_SECONDS).sub("", said))
    words_left = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", left)
    voiced = pattern(r"\b<parts.voice>\b").search(said) is not None

    def about_film(word: str) -> bool:
        timbre = voiced and words.timbre_in(word) is not None
        return word in _filling() or timbre or tones.named(word) is not None

    return not all(map(about_film, words_left))


_Sidestep = tuple[Draft, Phrase] | None


def _with(session: Session, what: Phrase, **fields: object) -> tuple[Draft, Phrase]:
    return session.draft.model_copy(update=fields), what


def _name(session: Session, text: str) -> _Sidestep:
    match = pattern(r"(?i)<correcting>?[,.]?\s*<naming>\s+(.+)").fullmatch(text)
    name = match[1].strip(" .!\"“”„'") if match else ""
    return _with(session, phrase("review-name", text=name), name=name, captions=()) if name else None


def _price(session: Session, text: str) -> _Sidestep:
    if session.draft.price is not None and pattern(_NO_PRICE).fullmatch(words.plain(text)):
        return _with(session, phrase("review-no-price"), price=None, captions=())
    found = price_in(text, language=session.film_language)
    if found is None:
        price = product.price_alone(session, text)
        called = pattern(r"\b<costing>\b").search(comparable(text)) is not None  # "25" may be so much else
        return _costing(session, price) if price and called else None
    rest = text[: found.start] + text[found.end :]
    if pattern(r"\b(?:<costing>|<correcting>)\b").search(comparable(rest)) or not any(char.isalnum() for char in rest):
        return _costing(session, found.price)
    return None


def _costing(session: Session, price: Price) -> tuple[Draft, Phrase]:
    said = product.lacking(price) or phrase("review-price", text=price.shown)
    return _with(session, said, price=price, captions=())


def _length(session: Session, text: str) -> _Sidestep:
    seconds = words.seconds_in(text) if pattern(_SECONDS).search(comparable(text)) else None
    seconds = seconds or words.length_beside(text, session.draft.seconds)
    return None if seconds is None else _with(session, phrase("review-length", n=seconds), seconds=seconds)


def _voice(session: Session, text: str) -> _Sidestep:
    voice = NO_VOICE if words.wants_silence(text) else questions.voice_in(session.film_language, text)
    name = voice_name(voice, session.film_language) if voice else None
    return None if name is None else _with(session, phrase("review-voice", voice=name), voice=voice)


def _platforms(session: Session, text: str) -> _Sidestep:
    named = words.platforms_wanted(text, session.draft.platforms) if not words.names_all(text) else ()
    if not named:
        return None
    return _with(session, phrase("review-platforms", platforms=platform_names(named)), platforms=named)


def _tone(session: Session, text: str) -> _Sidestep:
    tone = tones.named(text)
    product = session.step not in _ABOUT_THE_FILM and not _wishes(text)  # "vintage" may be the product there
    return None if tone is None or product else _with(session, phrase("review-tone", tone=tone_name(tone)), tone=tone)


def _language(session: Session, text: str) -> _Sidestep:
    tag = words.language_in(text) if len(words.plain(text)) > _LONGEST_CODE else None
    draft = None if tag is None else questions.in_language(session, tag)
    return None if draft is None or tag is None else (draft, phrase("review-language", language=Tongue(tag=tag)))


_WHOLE = {  # answers that are a whole message, the unmistakable ones first
    Step.NAME: _name,
    Step.PRICE: _price,
    Step.LANGUAGE: _language,
}
_PARTS = {Step.LENGTH: _length, Step.VOICE: _voice, Step.PLATFORMS: _platforms, Step.TONE: _tone}


def _names_brand(text: str) -> bool:
    """Whether a text names a platform that can be nothing else, as shorts and squares can."""
    return not words.names_all(text) and not _BRANDED.isdisjoint(words.platforms_in(text))


def _wishes(text: str) -> bool:
    """Whether a text speaks as one does of a film."""
    return pattern(r"\b(?:<wishing>|<please>)\b").search(comparable(text)) is not None


@cache
def _filling() -> frozenset[str]:
    little = (
        *("filling", "starting", "ending", "please", "joining", "wishing", "without", "only", "captions"),
        *("removing", "adding", "shorter", "longer"),
        *("articles", "in_language", "parts.voice"),
    )
    spoken = (spelling for key in little for phrase in phrases(key) for spelling in spellings(phrase))
    return frozenset(comparable(word) for spelling in spoken for word in spelling.split())
