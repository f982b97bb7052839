"""The lines of a script, and what they have to fit into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.engines.story.pace import Clock
from pipeline.model import Intent, Shot, Tone
from pipeline.reading import base

_STOPS = {"ja": "。", "zh": "。"}


@dataclass(frozen=True)
class Line:
    """One shot before it has a picture."""

    intent: Intent
    spoken: str = ""
    shown: str = ""
    facts: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    at: float | None = None  # how far into the seller's text this is said (0..1): photos follow the text's order


@dataclass(frozen=True)
class Script:
    """The lines of a film in order, the hook's kind, and the closing words."""

    lines: tuple[Line, ...]
    idea: str
    call_to_action: str


@dataclass(frozen=True)
class Frame:
    """What a script has to fit into."""

    clock: Clock
    photos: int
    pictures: int  # different pictures that the photos allow: whole, details, cut-outs
    closing_line: str
    varied: bool  # the seller speaks of several colours or pieces: the photos may show a choice

    @property
    def tone(self) -> Tone:
        """The film's tone."""
        return self.clock.tone

    @property
    def language(self) -> str:
        """The film's language."""
        return self.clock.language

    def need(self, lines: Sequence[Line]) -> float:
        """Seconds that these lines need."""
        return sum(need(line, self.clock) for line in lines)

    def holds(self, lines: Sequence[Line]) -> bool:
        """Whether there is time for these lines, and not more words than a viewer follows."""
        return self.clock.holds(self.need(lines)) and _words(lines) <= self.clock.words


def need(line: Line, clock: Clock) -> float:
    """The least seconds of one line's shot."""
    return clock.need(line.spoken, price=line.intent is Intent.PRICE, card=line.intent is Intent.CARD)


def filmed(lines: Sequence[Line], photos: Sequence[int], clock: Clock) -> tuple[Shot, ...]:
    """The lines as shots of these photos, the film's seconds shared out among them."""
    lengths = clock.share(tuple(need(line, clock) for line in lines))
    return tuple(
        Shot(
            intent=line.intent,
            photo=photo,
            spoken=line.spoken,
            shown=line.shown,
            facts=line.facts,
            bank=line.bank,
            seconds=seconds,
        )
        for line, photo, seconds in zip(lines, photos, lengths, strict=True)
    )


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.spoken.split()) for line in lines)


def sentence(text: str, language: str) -> str:
    """Words with the full stop that their language uses, if they have no ending of their own."""
    return text if text[-1:] in ".!?…。！？؟:–—" else text + _STOPS.get(base(language), ".")
