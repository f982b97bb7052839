"""An order and a film in a few lines: what the seller told, what was chosen, how long it takes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from bot.dialogue.cards import Button, Listed, Phrase, Tongue, Verb, Weight, phrase
from bot.dialogue.profile import Style
from bot.dialogue.session import Draft, Session, Step
from bot.dialogue.talk import button, in_rows
from pipeline import voices
from pipeline.model import AUTO_VOICE, NO_VOICE, Brand, Brief, Platform, Tone, Wish
from pipeline.reading import facts_of

USUAL_PLATFORMS = (Platform.TIKTOK,)  # of a seller who names none
_FIXED = (
    *(Step.PHOTOS, Step.NAME, Step.PRICE, Step.POINTS),
    *(Step.LANGUAGE, Step.TONE, Step.VOICE, Step.PLATFORMS, Step.LENGTH),
)  # in the order of the lines
_POINTS = 6  # selling points shown in full


@cache
def tone_name(tone: Tone) -> Phrase:
    """The name of a tone."""
    return phrase(f"tone-{tone}")


@lru_cache(maxsize=512)
def voice_name(voice: str, language: str) -> Phrase:
    """The name of a voice as it is in a language, or of having none."""
    if voice == AUTO_VOICE and not voices.has_natural(language):
        voice = NO_VOICE
    if voice in (AUTO_VOICE, NO_VOICE, voices.ROBOT):
        return phrase(f"voice-{voice}")
    known = next((one for one in voices.offered(language) if one.id == voice), None)
    if known is None:
        return phrase("voice-auto")
    return phrase("voice-named", name=known.name, character=phrase(f"voice-{known.character}"))


@lru_cache(maxsize=256)
def language_label(tag: str) -> Phrase:
    """The name of a language (BCP 47), for a button."""
    return phrase("language-name", language=Tongue(tag=tag, alone=True))


@cache
def platform_label(platform: Platform) -> Phrase:
    """A platform and its shape, for a button."""
    return phrase("platform-button", platform=phrase(f"platform-{platform}"), aspect=platform.aspect.value)


def platform_names(platforms: Iterable[Platform]) -> Listed:
    """The names of platforms."""
    return Listed(items=tuple(phrase(f"platform-{platform}") for platform in platforms))


def brief_of(session: Session) -> Brief:
    """The order as the studio gets it."""
    draft = session.draft
    return Brief(
        photos=tuple(sent.photo for sent in draft.photos),
        name=draft.name,
        description=draft.description,
        price=draft.price,
        language=session.film_language,
        tone=draft.tone,
        voice=draft.voice,
        platforms=draft.platforms or USUAL_PLATFORMS,
        seconds=draft.seconds,
        brand=session.profile.brand,
        sayings=session.profile.sayings,
    )


def wish_of(session: Session) -> Wish:
    """The order as the first wish for its film."""
    return Wish(brief=brief_of(session), avoid=session.draft.avoid)


def style_of(brief: Brief) -> Style:
    """What of a brief fits the next product as well."""
    return Style(
        language=brief.language, tone=brief.tone, voice=brief.voice, platforms=brief.platforms, seconds=brief.seconds
    )


def product_lines(draft: Draft, language: str) -> tuple[Phrase, ...]:
    """What was understood of the product, the film being in this language."""
    brief = Brief(photos=(), name=draft.name, description=draft.description, price=draft.price, language=language)
    points = [fact.text for fact in facts_of(brief, ()) if fact.kind == "point"]
    shown = " · ".join(points[:_POINTS]) + (" …" if len(points) > _POINTS else "")
    return (
        phrase("review-name", text=draft.name) if draft.name else phrase("review-no-name"),
        phrase("review-price", text=draft.price.shown) if draft.price else phrase("review-no-price"),
        phrase("review-points", text=shown, n=len(points)) if points else phrase("review-no-points"),
    )


def review_rows() -> tuple[tuple[Button, ...], ...]:
    """The buttons of the review card."""
    fixes = [button(f"fix-{step}", Verb.FIX, step) for step in _FIXED]
    return ((button("make", Verb.MAKE, weight=Weight.MAIN),), *in_rows(fixes, 3), (button("back", Verb.BACK),))


def order_lines(session: Session) -> tuple[Phrase, ...]:
    """The whole order, for the review card."""
    draft, brand = session.draft, session.profile.brand
    lines = [
        phrase("review-photos", n=len(draft.photos)),
        *product_lines(draft, session.film_language),
        phrase("review-language", language=Tongue(tag=session.film_language)),
        phrase("review-tone", tone=tone_name(draft.tone)),
        phrase("review-voice", voice=_voice_planned(draft.voice, session.film_language)),
        phrase("review-platforms", platforms=platform_names(draft.platforms or USUAL_PLATFORMS)),
        phrase("review-length", n=draft.seconds),
    ]
    if brand != Brand():
        lines.append(phrase("review-brand", handle=brand.handle or "✓"))
    return tuple(lines)


def _voice_planned(voice: str, language: str) -> Phrase:
    """A voice as the plan says it: what is left to the bot is its choice."""
    name = voice_name(voice, language)
    return phrase("voice-mine") if name == phrase("voice-auto") else name


def about(seconds: float) -> Phrase:
    """A length of time as people say it."""
    n, minutes = rounded(seconds)
    return phrase("about-minutes" if minutes else "about-seconds", n=n)


def rounded(seconds: float) -> tuple[int, bool]:
    """A length of time as people round it, and whether that is in minutes."""
    if seconds < 50:
        return max(5, round(seconds / 5) * 5), False
    return max(1, round(seconds / 60)), True


def takes(seconds: float | None, cost: Decimal | None) -> tuple[Phrase, ...]:
    """How long an order will take and what it costs, as far as that is known."""
    lines = [] if seconds is None else [phrase("review-time", time=about(seconds))]
    if cost is not None:
        lines.append(phrase("review-cost", amount=f"{cost:.2f}") if cost else phrase("review-free"))
    return tuple(lines)
