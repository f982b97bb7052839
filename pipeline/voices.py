"""The voices that FRAME has of its own: who they are, what they speak, how fast. Plain data; loads no engine."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pipeline.model import AUTO_VOICE, NO_VOICE, Tone, Value
from pipeline.reading import base

ROBOT = "robot"


class Voice(Value):
    """A voice that a seller can choose."""

    id: str
    name: str  # shown as it is in every language; "" for the robot, whose name is a phrase
    language: str  # BCP 47; an accent of its own has a region
    character: Literal["warm", "bright", "calm", "deep", "lively", "clear", "robotic"]  # a phrase key
    timbre: Literal["female", "male", "neutral"]

    @property
    def robotic(self) -> bool:
        """Whether it sounds like a machine: only ever used when the seller chose it."""
        return self.id == ROBOT


_NATURAL = (
    Voice(id="af_heart", name="Heart", language="en-US", character="warm", timbre="female"),
    Voice(id="am_michael", name="Michael", language="en-US", character="calm", timbre="male"),
    Voice(id="af_bella", name="Bella", language="en-US", character="lively", timbre="female"),
    Voice(id="am_fenrir", name="Fenrir", language="en-US", character="deep", timbre="male"),
    Voice(id="bf_emma", name="Emma", language="en-GB", character="clear", timbre="female"),
    Voice(id="bm_george", name="George", language="en-GB", character="deep", timbre="male"),
    Voice(id="ef_dora", name="Dora", language="es", character="bright", timbre="female"),
    Voice(id="em_alex", name="Alex", language="es", character="clear", timbre="male"),
    Voice(id="ff_siwis", name="Siwis", language="fr", character="clear", timbre="female"),
    Voice(id="if_sara", name="Sara", language="it", character="bright", timbre="female"),
    Voice(id="im_nicola", name="Nicola", language="it", character="calm", timbre="male"),
    Voice(id="pf_dora", name="Dora", language="pt-BR", character="bright", timbre="female"),
    Voice(id="pm_alex", name="Alex", language="pt-BR", character="calm", timbre="male"),
)

# Languages whose spelling tells the sound, so that the robotic reader is understood. Its name for each.
ROBOT_LANGUAGES = {
    "bg": "bg",
    "ca": "ca",
    "cs": "cs",
    "da": "da",
    "de": "de",
    "el": "el",
    "en": "en-us",
    "es": "es",
    "et": "et",
    "fi": "fi",
    "fr": "fr",
    "hr": "hr",
    "hu": "hu",
    "id": "id",
    "it": "it",
    "lt": "lt",
    "lv": "lv",
    "nb": "nb",
    "nl": "nl",
    "no": "nb",
    "pl": "pl",
    "pt": "pt-br",
    "ro": "ro",
    "ru": "ru",
    "sk": "sk",
    "sl": "sl",
    "sr": "sr",
    "sv": "sv",
    "tr": "tr",
    "uk": "uk",
    "vi": "vi",
}

# Which voice speaks when the seller leaves the choice to us: by language and tone, else the first of the language.
_CASTING = {
    ("en", Tone.PLAYFUL): "af_bella",
    ("en", Tone.LUXURY): "bf_emma",
    ("en", Tone.BOLD): "am_fenrir",
    ("en", Tone.CALM): "am_michael",
    ("en", Tone.WARM): "af_heart",
    ("en", Tone.STREET): "am_fenrir",
    ("es", Tone.BOLD): "em_alex",
    ("es", Tone.STREET): "em_alex",
    ("it", Tone.CALM): "im_nicola",
    ("it", Tone.STREET): "im_nicola",
    ("pt", Tone.CALM): "pm_alex",
    ("pt", Tone.STREET): "pm_alex",
}

_BRITISH = ("en-gb", "en-ie", "en-au", "en-nz", "en-za", "en-in")


@lru_cache(maxsize=256)
def offered(language: str) -> tuple[Voice, ...]:
    """The voices for a language, natural ones first; a robotic one only where there is no other; none at all for some.

    Args:
        language: BCP 47; a region brings its accent to the front.
    """
    natural = [voice for voice in _NATURAL if base(voice.language) == base(language)]
    if natural:
        accent = "en-GB" if language.lower() in _BRITISH else natural[0].language
        return tuple(sorted(natural, key=lambda voice: voice.language != accent))
    if base(language) in ROBOT_LANGUAGES:
        return (_robot(language),)
    return ()


def cast(choice: str, language: str, tone: Tone) -> Voice | None:
    """The voice that speaks, or None for captions only.

    A voice that does not speak the language gives way to one that does: text is never read in another language's voice.

    Args:
        choice: a voice id, `AUTO_VOICE`, `NO_VOICE` or `ROBOT`.
        language: BCP 47.
        tone: decides when the choice is left to us.
    """
    if choice == NO_VOICE:
        return None
    if choice == ROBOT:
        return _robot(language) if base(language) in ROBOT_LANGUAGES else None
    natural = [voice for voice in offered(language) if not voice.robotic]
    if not natural:
        return None
    by_id = {voice.id: voice for voice in natural}
    if choice != AUTO_VOICE and choice in by_id:
        return by_id[choice]
    if language.lower() in _BRITISH:
        return natural[0]
    return by_id.get(_CASTING.get((base(language), tone), ""), natural[0])


def has_natural(language: str) -> bool:
    """Whether there is a good voice for a language."""
    return any(not voice.robotic for voice in offered(language))


# Written words a second, pauses at commas and full stops included, prices and measures counted as written. Measured
# with every voice of the language on four lines of a product film (median; the voices differ by up to 10 %).
_RATES = {"en": 2.4, "es": 2.05, "fr": 2.7, "it": 2.1, "pt": 2.4}
_READING_RATE = 2.3  # words a second of captions that are read: slower than speech, so that nobody has to hurry


def rate(language: str, *, spoken: bool = True) -> float:
    """How many written words a second a film's lines may have, for planning.

    Args:
        language: BCP 47.
        spoken: False for captions that are only read.
    """
    return _RATES.get(base(language), _READING_RATE) if spoken else _READING_RATE


def _robot(language: str) -> Voice:
    return Voice(id=ROBOT, name="", language=language, character="robotic", timbre="neutral")
