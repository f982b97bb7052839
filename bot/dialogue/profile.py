"""What is remembered of a seller from one film to the next."""

from __future__ import annotations

from pipeline.model import AUTO_VOICE, Brand, Platform, Saying, Tone, Value


class Style(Value):
    """The choices of a film that fit the next product as well."""

    language: str
    tone: Tone
    voice: str = AUTO_VOICE
    platforms: tuple[Platform, ...] = (Platform.TIKTOK,)
    seconds: int = 15


class Profile(Value):
    """A seller, as the conversation knows them."""

    ui_language: str = ""  # chosen in the settings; "" follows the chat's own
    style: Style | None = None  # of the last film
    brand: Brand = Brand()
    sayings: tuple[Saying, ...] = ()  # how their words are said
