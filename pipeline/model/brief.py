"""What a seller asks for: the brief, and the wish that later choices make of it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pipeline.model.value import Artifact, Value


class Format(StrEnum):
    """An aspect ratio that FRAME composes natively."""

    TALL = "9:16"
    FEED = "4:5"
    SQUARE = "1:1"
    WIDE = "16:9"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels at full quality."""
        return _SIZES[self]


_SIZES = {
    Format.TALL: (1080, 1920),
    Format.FEED: (1080, 1350),
    Format.SQUARE: (1080, 1080),
    Format.WIDE: (1920, 1080),
}


class Network(StrEnum):
    """Who runs the places where films are posted."""

    YOUTUBE = "youtube"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"


class Platform(StrEnum):
    """A place where a film is posted."""

    TIKTOK = "tiktok"
    INSTAGRAM_REELS = "instagram_reels"
    YOUTUBE_SHORTS = "youtube_shorts"
    STORIES = "stories"
    INSTAGRAM_FEED = "instagram_feed"
    SQUARE_FEED = "square_feed"
    YOUTUBE = "youtube"

    @property
    def aspect(self) -> Format:
        """The aspect ratio that this platform shows."""
        return _PLATFORM_FORMATS.get(self, Format.TALL)

    @property
    def network(self) -> Network | None:
        """Who would post a film there; None for places that FRAME cannot post to."""
        return _NETWORKS.get(self)


_PLATFORM_FORMATS = {
    Platform.INSTAGRAM_FEED: Format.FEED,
    Platform.SQUARE_FEED: Format.SQUARE,
    Platform.YOUTUBE: Format.WIDE,
}
_NETWORKS = {
    Platform.TIKTOK: Network.TIKTOK,
    Platform.INSTAGRAM_REELS: Network.INSTAGRAM,
    Platform.YOUTUBE_SHORTS: Network.YOUTUBE,
    Platform.YOUTUBE: Network.YOUTUBE,
}


class Tone(StrEnum):
    """The manner of a film: pace, type, ground, transitions, words and music follow from it."""

    PLAYFUL = "playful"
    LUXURY = "luxury"
    BOLD = "bold"
    CALM = "calm"
    WARM = "warm"
    STREET = "street"


class Price(Value):
    """A price as the seller writes it (`shown`, verbatim, with its currency sign) and as a number."""

    shown: str
    amount: Decimal
    currency: str  # ISO 4217


class Brand(Value):
    """A seller's own look: colours are "#rrggbb"."""

    handle: str = ""
    closing_line: str = ""
    colours: tuple[str, ...] = ()
    logo: Artifact | None = None


class Saying(Value):
    """How a seller wants a word said: "Nordtisch" is shown, "Nortisch" is spoken."""

    written: str
    said: str


NO_VOICE = "none"
AUTO_VOICE = "auto"


class Brief(Value):
    """All that the seller has told: the whole input of a film."""

    photos: tuple[Artifact, ...]
    name: str = ""
    description: str = ""  # the seller's own words, verbatim
    price: Price | None = None
    language: str = "en"  # BCP 47
    tone: Tone = Tone.CALM
    voice: str = AUTO_VOICE  # AUTO_VOICE, NO_VOICE or a voice id from `pipeline.voices`
    platforms: tuple[Platform, ...] = (Platform.TIKTOK,)
    seconds: int = 15
    brand: Brand = Brand()
    sayings: tuple[Saying, ...] = ()


class WordEdit(Value):
    """The seller's own wording for one shot; None keeps what the storyboard says."""

    shot: int
    spoken: str | None = None
    shown: str | None = None


class Wish(Value):
    """A brief and every choice made since: the full description of one film.

    Changing a film is changing its wish; the step ledger sees to it that only what differs is computed.
    """

    brief: Brief
    idea: int = 0  # which variant (0 is A, 1 is B …)
    takes: tuple[int, ...] = ()  # take number of each shot; missing ones are 0
    composed: tuple[int, ...] = ()  # shots whose take was chosen from pictures: composed here, never filmed in a cloud
    music: int = 0  # 0 is the first choice, 1 the next …
    edits: tuple[WordEdit, ...] = ()
    avoid: tuple[str, ...] = ()  # phrase-bank entries of the seller's last films, fixed when the brief was confirmed

    def take(self, shot: int) -> int:
        """The take number of one shot."""
        return self.takes[shot] if shot < len(self.takes) else 0

    def with_take(self, shot: int, take: int) -> Wish:
        """The same wish with a certain take of one shot, as it is composed here."""
        takes = [self.take(i) for i in range(max(shot + 1, len(self.takes)))]
        takes[shot] = take
        composed = tuple(sorted({*self.composed, shot}))
        return self.model_copy(update={"takes": tuple(takes), "composed": composed})

    def retake(self, shot: int) -> Wish:
        """The same wish with the next take of one shot, by whichever camera there is."""
        composed = tuple(one for one in self.composed if one != shot)
        return self.with_take(shot, self.take(shot) + 1).model_copy(update={"composed": composed})
