"""How long words take: planned from how fast a language is read aloud, so that a film has room for what it says."""

from __future__ import annotations

from pipeline.lexicon import base
from pipeline.model import Tone

# Characters a second, spaces included, as the voices of each language read; for the others, as viewers read captions.
_RATES = {
    "en": 14.5, "es": 15.0, "fr": 14.5, "it": 14.5, "pt": 14.5, "de": 14.0, "pl": 13.0, "nl": 14.0, "sv": 13.5, "tr": 12.5,
    "uk": 12.5, "ar": 11.0, "ja": 6.5, "ko": 6.0, "zh": 5.0,
}  # fmt: skip
_RATE = 12.0
_DIGIT, _SIGN = 4, 7  # what a digit and a currency sign weigh when they are read out
BREATH = 0.35  # seconds between two lines
MOST_WORDS = 40 / 15  # words a second that a viewer still follows

_SHOTS = {  # shots of a film of up to 8, 20 and more seconds
    Tone.PLAYFUL: (4, 7, 11),
    Tone.LUXURY: (3, 5, 8),
    Tone.BOLD: (4, 8, 11),
    Tone.CALM: (3, 6, 9),
    Tone.WARM: (3, 6, 9),
    Tone.STREET: (4, 8, 11),
}
_FEWEST = (3, 5, 8)
_SHORTEST = {Tone.LUXURY: 1.8, Tone.CALM: 1.6, Tone.WARM: 1.6}
_SHORTEST_SHOT = 1.2
_LONGEST_SHOT = 3.5
_CARD = 2.2


def spoken_seconds(text: str, language: str) -> float:
    """How long a line takes to say, in seconds; 0 for no line."""
    if not text:
        return 0.0
    weight = sum(_DIGIT if c.isdigit() else _SIGN if c in "€£$¥₩₴₺%" else 1 for c in text)
    return 0.15 + weight / _RATES.get(base(language), _RATE)


def shots_for(tone: Tone, seconds: int) -> tuple[int, int]:
    """The fewest shots that a film of this length may have, and how many its tone wants."""
    size = 0 if seconds <= 8 else 1 if seconds <= 20 else 2
    return _FEWEST[size], _SHOTS[tone][size]


def lengths(lines: tuple[str, ...], *, language: str, tone: Tone, seconds: int) -> tuple[float, ...]:
    """Planned seconds of each shot, in sum the film's: room for each line and a breath, the rest shared out evenly."""
    least = _SHORTEST.get(tone, _SHORTEST_SHOT)
    needs = [max(least, spoken_seconds(line, language) + BREATH) for line in lines]
    needs[-1] = max(needs[-1], _CARD)
    spare = seconds - sum(needs)
    if spare > 0:
        room = [max(0.05, _LONGEST_SHOT - need) for need in needs]
        needs = [need + spare * space / sum(room) for need, space in zip(needs, room, strict=True)]
    rounded = [round(need, 2) for need in needs]
    return (*rounded[:-1], round(rounded[-1] + (seconds - sum(rounded) if spare > 0 else 0), 2))
