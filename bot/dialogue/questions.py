"""The questions of an order: how each is asked, what a pressed option means, what a typed answer means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue import words
from bot.dialogue.cards import Button, Card, Phrase, Tongue, Verb, Weight, phrase
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.summary import platform_label, product_lines, tone_name, voice_name
from bot.dialogue.talk import button, in_rows
from pipeline import tones, voices
from pipeline.model import AUTO_VOICE, NO_VOICE, Platform, Price, Tone
from pipeline.reading import (
    clean,
    currency_named,
    language_of,
    likely_currency,
    numbers_in,
    price_from,
    price_in,
    understand,
    understand_more,
)

MAX_TEXT = 1500  # characters of a product text
MAX_NAME = 120
OFFERED_LANGUAGES = ("en", "de", "es", "fr", "it", "pt-BR", "pl", "nl")


@dataclass(frozen=True)
class Asked:
    """A question: what it says, its options, what may be typed instead."""

    lines: tuple[Phrase, ...]
    rows: tuple[tuple[Button, ...], ...]
    typing: Phrase


@dataclass(frozen=True)
class Understood:
    """The order with the answer in it; `remark` is worth telling the seller. `stays`: the question is not over."""

    draft: Draft
    remark: Phrase | None = None
    stays: bool = False


@dataclass(frozen=True)
class Unclear:
    """The answer was not understood."""

    why: Phrase


Answer = Understood | Unclear


def question(session: Session) -> Card:
    """The card that asks the question at which the session stands (any but PHOTOS and REVIEW)."""
    asked = _QUESTIONS[session.step].ask(session)
    return Card(
        slot=f"ask-{session.asked}",
        topic=session.step.value,
        lines=asked.lines,
        rows=(*asked.rows, _ways(session)),
        turn=session.turn,
        typing=asked.typing,
    )


def chosen(session: Session, value: str) -> Understood | None:
    """What choosing an option means; None when there is no such option."""
    choose = _QUESTIONS[session.step].choose
    draft = choose(session, value)
    return None if draft is None else Understood(draft, stays=session.step is Step.PLATFORMS)


def typed(session: Session, text: str) -> Answer:
    """What a typed answer to the question means."""
    return _QUESTIONS[session.step].hear(session, text)


def asks(step: Step) -> bool:
    """Whether a step is one of the questions here."""
    return step in _QUESTIONS


def _ways(session: Session) -> tuple[Button, ...]:
    back = button("back", Verb.BACK)
    if session.correcting or session.step in (Step.NAME, Step.PRICE, Step.POINTS):
        return (back,)
    if session.step is Step.CHECK:
        return (back, button("to-review", Verb.REVIEW))
    return (back, button("skip", Verb.SKIP), button("to-review", Verb.REVIEW))


# ── what it is ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _ask_product(session: Session) -> Asked:
    return Asked((phrase("ask-product"), phrase("ask-product-more")), (), phrase("ask-product-typing"))


def hear_product(session: Session, text: str) -> Answer:
    """Name, price and selling points from a seller's own words; what was said before is added to, not lost."""
    draft = session.draft
    text = clean(text)
    if not text:
        return Unclear(phrase("no-words-in-that"))
    text, remark = _shortened(text, MAX_TEXT)
    language = draft.language or language_of(text) or session.locale
    afresh = session.step is Step.PRODUCT or not draft.name
    found = understand(text, language) if afresh else understand_more(text, language)
    price, description = found.price, found.description
    if alone := price_alone(session, text):
        price, description, found = alone, "", found.model_copy(update={"name": ""})
    elif not (found.name or price or description):
        return Unclear(phrase("no-words-in-that"))
    if draft.description and description and description not in draft.description:
        description = _with_more(draft.description, description)
    draft = draft.model_copy(
        update={
            "name": found.name[:MAX_NAME] or draft.name,
            "price": price or draft.price,
            "description": description or draft.description,
            "language": draft.language or (language if language != session.locale else ""),
            "captions": (),
        }
    )
    return Understood(draft, remark)


def _ask_check(session: Session) -> Asked:
    rows = (
        (button("that-is-right", Verb.NEXT, weight=Weight.MAIN),),
        (
            button("fix-name", Verb.FIX, Step.NAME),
            button("fix-price", Verb.FIX, Step.PRICE),
            button("fix-points", Verb.FIX, Step.POINTS),
        ),
    )
    return Asked(
        (phrase("ask-check"), *product_lines(session.draft, session.film_language)), rows, phrase("ask-check-typing")
    )


def _hear_check(session: Session, text: str) -> Answer:
    if words.agrees(text):
        return Understood(session.draft)
    draft = session.draft
    if words.declines(text):
        return Understood(draft.model_copy(update={"wrong": True}), phrase("check-wrong"), stays=True)
    price = _price(text, session)
    if price is not None and len(text.strip()) <= len(price.shown) + 4:
        return Understood(draft.model_copy(update={"price": price}), stays=True)
    said = words.bare(clean(text))
    more = words.added(clean(text))
    anew = not more and (draft.wrong or understand(said, session.film_language).price is not None)
    if draft.name and not anew and not (_names_again(draft.name, said) and not more):
        added = draft.model_copy(update={"description": _with_more(draft.description, more or said)})
        seen = product_lines(added, session.film_language) != product_lines(draft, session.film_language)
        return Understood(added, phrase("points-added") if seen and not more else None, stays=True)
    afresh = draft.model_copy(update={"name": "", "description": "" if anew else draft.description, "wrong": False})
    answer = hear_product(session.model_copy(update={"draft": afresh}), said)
    return Understood(answer.draft, answer.remark, stays=True) if isinstance(answer, Understood) else answer


def _with_more(description: str, more: str) -> str:
    return words.shortened(f"{description}\n{more}".strip(), MAX_TEXT)


def _names_again(name: str, text: str) -> bool:
    """Whether a text has a word of the name: it says the name anew, not only more of the product."""
    known, said = (set(re.findall(r"\w{3,}", one.casefold())) for one in (name, text))
    return not known.isdisjoint(said)


def _ask_name(session: Session) -> Asked:
    now = (phrase("now", text=session.draft.name),) if session.draft.name else ()
    return Asked((phrase("ask-name"), *now), (), phrase("ask-name-typing"))


def _hear_name(session: Session, text: str) -> Answer:
    if words.declines(text):
        return Understood(session.draft.model_copy(update={"name": ""}))
    name = " ".join(clean(text).split())
    if not name:
        return Unclear(phrase("no-words-in-that"))
    name, remark = _shortened(name, MAX_NAME)
    return Understood(session.draft.model_copy(update={"name": name}), remark)


def _ask_price(session: Session) -> Asked:
    price = session.draft.price
    now = (phrase("now", text=price.shown),) if price else ()
    rows = ((button("no-price", Verb.CHOOSE, "none"),),)
    return Asked((phrase("ask-price"), *now), rows, phrase("ask-price-typing"))


def _choose_price(session: Session, value: str) -> Draft | None:
    return session.draft.model_copy(update={"price": None}) if value == "none" else None


def _hear_price(session: Session, text: str) -> Answer:
    price = _price(text, session)
    if price is None and not words.declines(text):
        return Unclear(phrase("price-unclear"))
    return Understood(session.draft.model_copy(update={"price": price}))


def price_alone(session: Session, text: str) -> Price | None:
    """The price that a text without a currency gives, when it says no more than that: "39,90", "price is 25"."""
    said = words.bare(clean(text))
    return _price(said, session) if words.names_price(said) and len(numbers_in(said)) == 1 else None


def _price(text: str, session: Session) -> Price | None:
    language = session.film_language
    said = clean(text)
    found = price_in(said, language=language)
    if found is not None:
        return found.price
    known = session.draft.price.currency if session.draft.price else None
    currency = currency_named(said) or known or likely_currency(language) or "EUR"
    numbers = numbers_in(said) if words.names_price(said) else ()
    return price_from(numbers[0] if len(numbers) == 1 else said, currency=currency, language=language)


def _ask_points(session: Session) -> Asked:
    now = (phrase("now", text=session.draft.description),) if session.draft.description else ()
    return Asked((phrase("ask-points"), *now), (), phrase("ask-points-typing"))


def _hear_points(session: Session, text: str) -> Answer:
    if words.declines(text):
        return Understood(session.draft.model_copy(update={"description": ""}))
    description = clean(text)
    if not description:
        return Unclear(phrase("no-words-in-that"))
    description, remark = _shortened(description, MAX_TEXT)
    return Understood(session.draft.model_copy(update={"description": description}), remark)


def _shortened(text: str, most: int) -> tuple[str, Phrase | None]:
    """A text that may be kept, and what to tell the seller if it is not the whole."""
    kept = words.shortened(text, most)
    return kept, phrase("text-shortened", n=len(kept)) if kept != text else None


# ── how the film is to be ────────────────────────────────────────────────────────────────────────────────────────────


def _ask_language(session: Session) -> Asked:
    now = session.film_language
    offered = dict.fromkeys((now, session.locale, *OFFERED_LANGUAGES))
    options = [
        button(phrase("language-name", language=Tongue(tag=tag, alone=True)), Verb.CHOOSE, tag, picked=tag == now)
        for tag in offered
    ]
    lines = (phrase("ask-language"), phrase("ask-language-more"))
    return Asked(lines, in_rows(options, 3), phrase("ask-language-typing"))


def in_language(session: Session, value: str) -> Draft | None:
    """The order in another language, with a voice that speaks it; None when there is no such language."""
    tag = words.language_in(value)
    if tag is None:
        return None
    draft = session.draft
    spoken = {voice.id for voice in voices.offered(tag)} | {AUTO_VOICE, NO_VOICE}
    voice = draft.voice if draft.voice in spoken else AUTO_VOICE
    return draft.model_copy(update={"language": tag, "voice": voice})


def _hear_language(session: Session, text: str) -> Answer:
    draft = None if words.declines(text) else in_language(session, text)  # "no" is not asking for Norwegian
    return Understood(draft) if draft else Unclear(phrase("language-unclear"))


def _ask_tone(session: Session) -> Asked:
    options = [button(tone_name(tone), Verb.CHOOSE, tone, picked=tone is session.draft.tone) for tone in Tone]
    lines = (phrase("ask-tone"), *(phrase(f"tone-{tone}-more") for tone in Tone))
    return Asked(lines, in_rows(options, 3), phrase("ask-tone-typing"))


def _choose_tone(session: Session, value: str) -> Draft | None:
    return session.draft.model_copy(update={"tone": Tone(value)}) if value in set(Tone) else None


def _hear_tone(session: Session, text: str) -> Answer:
    tone, known = tones.nearest(text)
    remark = None
    if not known:
        remark = phrase("tone-unknown", word=clean(text)[:40], tone=tone_name(tone))
    elif words.plain(text) != tone.value:
        remark = phrase("tone-nearest", word=clean(text)[:40], tone=tone_name(tone))
    return Understood(session.draft.model_copy(update={"tone": tone}), remark)


def _ask_voice(session: Session) -> Asked:
    language, now = session.film_language, session.draft.voice
    natural = voices.has_natural(language)
    quiet = button("voice-none", Verb.CHOOSE, NO_VOICE, picked=now == NO_VOICE or (now == AUTO_VOICE and not natural))
    first = (button("voice-auto", Verb.CHOOSE, AUTO_VOICE, picked=now == AUTO_VOICE), quiet) if natural else (quiet,)
    rows = [first]
    for voice in voices.offered(language):
        pick = button(voice_name(voice.id, language), Verb.CHOOSE, voice.id, picked=now == voice.id)
        hear = (button("hear", Verb.HEAR, voice.id),) if session.draft.described else ()
        rows.append((pick, *hear))
    lines = [phrase("ask-voice") if natural else phrase("no-voice-for", language=Tongue(tag=language))]
    if session.draft.described and len(rows) > 1:
        lines.append(phrase("ask-voice-hear"))
    return Asked(tuple(lines), tuple(rows), phrase("ask-voice-typing"))


def _choose_voice(session: Session, value: str) -> Draft | None:
    known = {AUTO_VOICE, NO_VOICE, *(voice.id for voice in voices.offered(session.film_language))}
    return session.draft.model_copy(update={"voice": value}) if value in known else None


def _hear_voice(session: Session, text: str) -> Answer:
    if words.declines(text) or words.wants_silence(text):
        return Understood(session.draft.model_copy(update={"voice": NO_VOICE}))
    if words.agrees(text):
        return Understood(session.draft)
    voice = voice_in(session.film_language, text)
    if voice is not None:
        return Understood(session.draft.model_copy(update={"voice": voice}))
    if words.plain(text) == AUTO_VOICE:
        return Understood(session.draft.model_copy(update={"voice": AUTO_VOICE}))
    return Unclear(phrase("voice-unclear"))


def voice_in(language: str, text: str) -> str | None:
    """The voice (its id) that a text asks for by name, or by "a woman" and "a man"; None for none."""
    word = words.plain(text)
    offered = voices.offered(language)
    named = next((one.id for one in offered if word in (one.name.casefold(), one.id.casefold())), None)
    timbre = words.timbre_in(text)
    return named or next((one.id for one in offered if one.timbre == timbre), None)


def _ask_platforms(session: Session) -> Asked:
    picked = session.draft.platforms
    options = [button(platform_label(one), Verb.TOGGLE, one, picked=one in picked) for one in Platform]
    rows = (*in_rows(options, 2), (button("platforms-done", Verb.NEXT, weight=Weight.MAIN),))
    lines = [phrase("ask-platforms"), phrase("ask-platforms-more")]
    if not picked:
        lines.append(phrase("ask-platforms-skipped"))
    return Asked(tuple(lines), rows, phrase("ask-platforms-typing"))


def _toggle_platform(session: Session, value: str) -> Draft | None:
    if value not in set(Platform):
        return None
    picked = set(session.draft.platforms) ^ {Platform(value)}
    return session.draft.model_copy(update={"platforms": tuple(one for one in Platform if one in picked)})


def _hear_platforms(session: Session, text: str) -> Answer:
    named = words.platforms_in(text)
    if named:
        return Understood(session.draft.model_copy(update={"platforms": named}))
    if words.agrees(text):
        return Understood(session.draft) if session.draft.platforms else Unclear(phrase("platform-first"))
    return Unclear(phrase("platforms-unclear"))


def _ask_length(session: Session) -> Asked:
    options = [button(phrase("seconds", n=n), Verb.CHOOSE, n, picked=n == session.draft.seconds) for n in words.LENGTHS]
    return Asked((phrase("ask-length"),), (tuple(options),), phrase("ask-length-typing"))


def _choose_length(session: Session, value: str) -> Draft | None:
    offered = {str(n) for n in words.LENGTHS}
    return session.draft.model_copy(update={"seconds": int(value)}) if value in offered else None


def _hear_length(session: Session, text: str) -> Answer:
    seconds = words.seconds_in(text)
    if seconds is None:
        return Unclear(phrase("length-unclear"))
    other = any(sign.isdigit() for sign in text) and str(seconds) not in text  # "fifteen" is what it says
    remark = phrase("length-nearest", n=seconds) if other else None
    return Understood(session.draft.model_copy(update={"seconds": seconds}), remark)


def _no_options(session: Session, value: str) -> Draft | None:
    return None


@dataclass(frozen=True)
class _Question:
    ask: Callable[[Session], Asked]
    hear: Callable[[Session, str], Answer]
    choose: Callable[[Session, str], Draft | None] = _no_options


_QUESTIONS: Mapping[Step, _Question] = {
    Step.PRODUCT: _Question(_ask_product, hear_product),
    Step.CHECK: _Question(_ask_check, _hear_check),
    Step.NAME: _Question(_ask_name, _hear_name),
    Step.PRICE: _Question(_ask_price, _hear_price, _choose_price),
    Step.POINTS: _Question(_ask_points, _hear_points),
    Step.LANGUAGE: _Question(_ask_language, _hear_language, in_language),
    Step.TONE: _Question(_ask_tone, _hear_tone, _choose_tone),
    Step.VOICE: _Question(_ask_voice, _hear_voice, _choose_voice),
    Step.PLATFORMS: _Question(_ask_platforms, _hear_platforms, _toggle_platform),
    Step.LENGTH: _Question(_ask_length, _hear_length, _choose_length),
}
