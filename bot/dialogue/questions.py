"""The questions of an order: how each is asked, what a pressed option means, what a typed answer means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue import product, words
from bot.dialogue.answers import Answer, Asked, Unclear, Understood
from bot.dialogue.cards import Button, Card, Tongue, Verb, Weight, phrase
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.summary import language_label, platform_label, tone_name, voice_name
from bot.dialogue.talk import button, in_rows
from pipeline import tones, voices
from pipeline.model import AUTO_VOICE, NO_VOICE, Platform, Tone
from pipeline.reading import clean

OFFERED_LANGUAGES = ("en", "de", "es", "fr", "it", "pt-BR", "pl", "nl")


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


# ── how the film is to be ────────────────────────────────────────────────────────────────────────────────────────────


def _ask_language(session: Session) -> Asked:
    now = session.film_language
    offered = dict.fromkeys((now, session.locale, *OFFERED_LANGUAGES))
    options = [button(language_label(tag), Verb.CHOOSE, tag, picked=tag == now) for tag in offered]
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
        tone = session.draft.tone  # what stands is a better guess than any
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
    named = words.platforms_wanted(text, session.draft.platforms)
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
    Step.PRODUCT: _Question(product.ask_product, product.hear_product),
    Step.CHECK: _Question(product.ask_check, product.hear_check),
    Step.NAME: _Question(product.ask_name, product.hear_name),
    Step.PRICE: _Question(product.ask_price, product.hear_price, product.choose_price),
    Step.POINTS: _Question(product.ask_points, product.hear_points),
    Step.LANGUAGE: _Question(_ask_language, _hear_language, in_language),
    Step.TONE: _Question(_ask_tone, _hear_tone, _choose_tone),
    Step.VOICE: _Question(_ask_voice, _hear_voice, _choose_voice),
    Step.PLATFORMS: _Question(_ask_platforms, _hear_platforms, _toggle_platform),
    Step.LENGTH: _Question(_ask_length, _hear_length, _choose_length),
}
