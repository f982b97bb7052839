"""Answers to another question than the one that stands: "actually the price is 35 €", "30 seconds" at the voices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue import questions, words
from bot.dialogue.cards import Phrase, Tongue, phrase
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.summary import platform_names, tone_name, voice_name
from pipeline import tones
from pipeline.model import NO_VOICE
from pipeline.reading import clean, price_in

_ABOUT_THE_FILM = frozenset({Step.LANGUAGE, Step.TONE, Step.VOICE, Step.PLATFORMS, Step.LENGTH, Step.REVIEW})
_MOST_WORDS = 10
_LONGEST_CODE = 3  # letters: what is longer is a language's name
_WISHED = re.compile(
    r"(?i)\b(?:make (?:it|the video)|more|tone|mood|style|please|mach(?: es)?|mehr|stil|stimmung|bitte|hazlo|más"
    r"|tono|estilo"
    r"|por favor|rends|plus|ton|s['’]il (?:te|vous) plaît)\b"
)
_STEPS = {
    Step.PHOTOS: "photos?|pictures?|fotos?|bilder|bild|imágenes|images?",
    Step.NAME: "name|title|titel|nombre|título|nom|titre",
    Step.PRICE: "price|preis|precio|prix",
    Step.POINTS: "(?:selling )?points?|description|text|vorzüge?|beschreibung|ventajas|puntos|descripción|atouts?"
    "|arguments",
    Step.LANGUAGE: "language|sprache|idioma|lengua|langue",
    Step.TONE: "tone|mood|style|ton|stil|stimmung|tono|estilo|ambiance",
    Step.VOICE: "voice|speaker|stimme|sprecher(?:in)?|voz|voix",
    Step.PLATFORMS: "platforms?|formats?|plattform(?:en)?|plataformas?|formatos?|plateformes?",
    Step.LENGTH: "length|duration|länge|dauer|duración|durée|longueur",
}
_ASK_FOR = (
    r"(?:(?:please |bitte )?(?:change|edit|fix|correct|back to|go to|other|another|new|different|wrong|ändere?"
    r"|korrigiere?"
    r"|zurück zu[mr]?|andere[rsn]?|neue[rsn]?|falsche[rsn]?|cambia(?:r)?|corrige|otr[oa]s?|changer?|changez"
    r"|modifier|corriger"
    r"|autres?|nouve(?:au|lle)))?(?:\s?(?:the|my|den|die|das|der|dem|el|la|los|las|le|les|l'))?\s?"
)
_NAMED = re.compile(
    r"(?i)(?:no|nein|non)?[,.]?\s*(?:the )?(?:name|title) (?:is|should be)\s+(.+)|(?:it'?s|it is) called\s+(.+)"
    r"|(?:der|die|das)?\s*(?:name|titel) (?:ist|lautet)\s+(.+)|(?:er|sie|es|das) heißt\s+(.+)"
    r"|(?:el )?(?:nombre|título) es\s+(.+)|se llama\s+(.+)|(?:le )?(?:nom|titre) est\s+(.+)|(?:ça|il"
    r"|elle) s['’]appelle\s+(.+)"
)
_PRICED = re.compile(
    r"(?i)\b(?:price|costs?|preis|kostet|precio|cuesta|prix|coûte|actually|eigentlich|en realidad|en fait|nein|no"
    r"|non)\b"
)
_FILLING_WORDS = """
    make it the video film a an and for to be look feel more less please with of on in my very really but voice seconds
    bitte mach es das ein eine für und auf mehr sehr aber mit stimme sekunden
    haz hazlo que sea más un una para y en por favor el vídeo muy voz segundos
    rends rendez fais faites la une le les plus très pour et sur s'il te vous plaît voix secondes
    """
_FILLING = frozenset(_FILLING_WORDS.split())
_SECONDS = re.compile(r"(?i)\b\d{1,3}\s?(?:s|secs?|seconds?|sek|sekunden?|segundos?|secondes?)\b")


def asked_for(text: str) -> Step | None:
    """The step of the order that a text names, to go there: "change the tone"."""
    said = words.plain(text)
    return next((step for step, names in _STEPS.items() if re.fullmatch(_ASK_FOR + rf"(?:{names})", said)), None)


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
    for step, understand in _WHOLE.items():
        found = None if step is session.step else understand(session, said)
        if found is not None:
            return Noted(found[0], (found[1],))
    return _all_of(session, said)


def answers(session: Session, text: str) -> bool:
    """Whether a text answers the question that stands, too."""
    own = _PARTS.get(session.step)
    return own is not None and own(session, clean(text)) is not None


def wished(session: Session, text: str) -> Noted | None:
    """What a text that should tell of the product asks of the film instead: "make it funny, for TikTok please"."""
    said = clean(text)
    if not _WISHED.search(said) or _product_words(said):
        return None
    return _all_of(session, said)


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
    words_left = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", _SECONDS.sub("", text.casefold()))
    return any(
        word not in _FILLING and tones.named(word) is None and not words.platforms_in(word) for word in words_left
    )


_Sidestep = tuple[Draft, Phrase] | None


def _with(session: Session, what: Phrase, **fields: object) -> tuple[Draft, Phrase]:
    return session.draft.model_copy(update=fields), what


def _name(session: Session, text: str) -> _Sidestep:
    match = _NAMED.fullmatch(text)
    name = next((group for group in match.groups() if group), "").strip(" .!\"“”„'") if match else ""
    return _with(session, phrase("review-name", text=name), name=name) if name else None


def _price(session: Session, text: str) -> _Sidestep:
    found = price_in(text, language=session.film_language)
    if found is None:
        return None
    rest = text[: found.start] + text[found.end :]
    if _PRICED.search(rest) or not any(char.isalnum() for char in rest):
        return _with(session, phrase("review-price", text=found.price.shown), price=found.price)
    return None


def _length(session: Session, text: str) -> _Sidestep:
    seconds = words.seconds_in(text) if _SECONDS.search(text) else None
    return None if seconds is None else _with(session, phrase("review-length", n=seconds), seconds=seconds)


def _voice(session: Session, text: str) -> _Sidestep:
    voice = NO_VOICE if words.wants_silence(text) else questions.voice_in(session.film_language, text)
    name = voice_name(voice, session.film_language) if voice else None
    return None if name is None else _with(session, phrase("review-voice", voice=name), voice=voice)


def _platforms(session: Session, text: str) -> _Sidestep:
    named = words.platforms_in(text) if not words.names_all(text) else ()
    if not named:
        return None
    return _with(session, phrase("review-platforms", platforms=platform_names(named)), platforms=named)


def _tone(session: Session, text: str) -> _Sidestep:
    tone = tones.named(text)
    product = session.step not in _ABOUT_THE_FILM and not _WISHED.search(text)  # "vintage" may be the product there
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
