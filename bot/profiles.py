"""A seller's profile between the store, which keeps a whole brief, and the dialogue, which needs its style."""

from __future__ import annotations

from bot.dialogue.profile import Profile, Style
from pipeline.model import Brief
from storage import sellers


def from_stored(stored: sellers.Profile) -> Profile:
    """A stored profile as the dialogue knows it."""
    style = None
    if stored.style is not None:
        style = Style(
            language=stored.style.language,
            tone=stored.style.tone,
            voice=stored.style.voice,
            platforms=stored.style.platforms,
            seconds=stored.style.seconds,
        )
    return Profile(ui_language=stored.language, style=style, brand=stored.brand, sayings=stored.sayings)


def to_stored(profile: Profile) -> sellers.Profile:
    """A profile to store: the style as a brief without a product."""
    style = None
    if profile.style is not None:
        style = Brief(
            photos=(),
            language=profile.style.language,
            tone=profile.style.tone,
            voice=profile.style.voice,
            platforms=profile.style.platforms,
            seconds=profile.style.seconds,
        )
    return sellers.Profile(language=profile.ui_language, style=style, brand=profile.brand, sayings=profile.sayings)
