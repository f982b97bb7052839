"""How long words take, so that a film has room for what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Tone
from pipeline.reading import base
from pipeline.voices import has_natural

# Letters a second within a line, as the built-in voices read product texts; measured, silence at the ends left out.
_RATES = {"en": 19.5, "es": 17.5, "fr": 18.5, "it": 17.0, "pt": 17.5}
_RATE = 17.0
_SETTLING = 0.3  # seconds that a line takes beside its letters
_INNER_STOP = 0.14  # a full stop inside a line
_DIGIT, _SIGN = 4.5, 6  # letters that a digit and a currency sign are when they are read out

# Captions without a voice: seconds to take in a word, and for each letter of it.
_READ_WORD, _READ_LETTER, _READ_WIDE, _READ_STOP = 0.13, 0.037, 0.115, 0.12

MOST_WORDS = 40 / 15  # words a second that a viewer still follows
_CARD_HOLD = 0.5  # the card stays after its line
_LONGEST_SHOT = 3.5
_SLACK = 1.03
_FEWEST = (3, 5, 8)  # shots of a film of up to 8, 20 and more seconds


@dataclass(frozen=True)
class Pace:
    """A tone's rhythm: how many shots a film of up to 8, 20 and more seconds has, and seconds around its lines."""

    shots: tuple[int, int, int]
    shortest: float
    breath: float  # beside a line
    pause: float  # more of it for price and card
    card: float


_PACES = {
    Tone.PLAYFUL: Pace((4, 7, 11), shortest=1.2, breath=0.26, pause=0.22, card=2.2),
    Tone.LUXURY: Pace((3, 5, 8), shortest=1.8, breath=0.50, pause=0.40, card=2.8),
    Tone.BOLD: Pace((4, 8, 11), shortest=1.2, breath=0.22, pause=0.20, card=2.0),
    Tone.CALM: Pace((3, 6, 9), shortest=1.6, breath=0.44, pause=0.35, card=2.6),
    Tone.WARM: Pace((3, 6, 9), shortest=1.5, breath=0.40, pause=0.32, card=2.5),
    Tone.STREET: Pace((4, 8, 11), shortest=1.2, breath=0.22, pause=0.20, card=2.0),
}


@dataclass(frozen=True)
class Clock:
    """Plans the seconds of one film."""

    tone: Tone
    language: str
    seconds: int
    spoken: bool

    @property
    def shots(self) -> tuple[int, int]:
        """The fewest shots that a film of this length may have, and how many its tone wants."""
        size = 0 if self.seconds <= 8 else 1 if self.seconds <= 20 else 2
        return _FEWEST[size], _PACES[self.tone].shots[size]

    @property
    def short(self) -> bool:
        """Whether there is time for a handful of words only."""
        return self.seconds <= 8

    @property
    def words(self) -> int:
        """The most words that the film may have."""
        return int(self.seconds * MOST_WORDS)

    def line(self, text: str) -> float:
        """Seconds that a line takes to say, or to read where there is no voice; 0 for no line."""
        if not text:
            return 0.0
        if not (self.spoken and has_natural(self.language)):
            return _reading(text)
        letters = sum(_DIGIT if c.isdigit() else _SIGN if c in "€£$¥₩₴₺%" else 1 for c in text)
        stops = len(re.findall(r"[.!?:…](?=\s)", text))
        return _SETTLING + _INNER_STOP * stops + letters / _RATES.get(base(self.language), _RATE)

    def need(self, text: str, *, price: bool = False, card: bool = False) -> float:
        """The least seconds of a shot with this line."""
        pace = _PACES[Tone.BOLD if self.short else self.tone]  # a few seconds have one rhythm only
        pause = pace.pause if price or card else 0.0
        hold = _CARD_HOLD if card and not self.short else 0.0
        said = self.line(text) + pace.breath + pause + hold if text else 0.0
        return max(said, pace.card if card else pace.shortest)

    def holds(self, needed: float) -> bool:
        """Whether the film has room for so many seconds; breaths between lines give way a little."""
        return needed <= self.seconds * _SLACK

    def share(self, needs: tuple[float, ...]) -> tuple[float, ...]:
        """The film's seconds shared out: what each shot needs, and of what is left more to those that have little."""
        spare = self.seconds - sum(needs)
        lengths = list(needs)
        if spare > 0:
            room = [max(0.05, _LONGEST_SHOT - need) for need in needs]
            lengths = [need + spare * space / sum(room) for need, space in zip(needs, room, strict=True)]
        elif self.holds(sum(needs)):
            lengths = [need * self.seconds / sum(needs) for need in needs]
        rounded = [round(length, 2) for length in lengths]
        rest = round(self.seconds - sum(rounded), 2) if self.holds(sum(needs)) else 0.0
        return (*rounded[:-1], round(rounded[-1] + rest, 2))


def _reading(text: str) -> float:
    letters = [char for char in text if char.isalnum()]
    wide = sum(ord(char) >= 0x2E80 for char in letters)
    stops = len(re.findall(r"[,.;:!?…。、！？](?=\s|\S)", text))
    return (
        _READ_WORD * len(text.split()) + _READ_LETTER * (len(letters) - wide) + _READ_WIDE * wide + _READ_STOP * stops
    )
