"""A film without a voice: its words take the time that people need to read them."""

from __future__ import annotations

from itertools import accumulate

from pipeline.model import NO_VOICE, Speech, SpokenLine, Word
from pipeline.ports import Bench, Speak
from pipeline.spoken import Chunk, speakable
from pipeline.voices import has_natural

_PER_WORD = 0.16  # seconds to take a word in, and more for each of its letters
_PER_LETTER = 0.045
_PER_DIGIT = 0.10  # a price is taken in figure by figure
_PER_WIDE_LETTER = 0.14  # of scripts in which a letter is a syllable or a word
_AFTER_CLAUSE = 0.15
_HURRY = 0.75  # reading time may shrink to this share so that the lines fit the film
_ROOM = 0.74  # share of the film that the lines may fill: the rest is breath between them
_LEAST = 0.9  # seconds of the shortest line


class Captions:
    """Gives every line word times at reading speed, and no sound. Never refuses."""

    name = "captions-1"

    async def run(self, request: Speak, bench: Bench) -> Speech:
        """Time every line of a film; the note tells the seller why there is no voice."""
        lines = [speakable(line, request.language, request.sayings) for line in request.lines]
        usual = sum(_seconds(chunk) for chunks in lines for chunk in chunks)
        pace = min(1.0, max(_HURRY, request.seconds * _ROOM / usual)) if usual else 1.0
        bench.progress(len(lines), len(lines))
        return Speech(lines=tuple(timed_to_read(chunks, pace) for chunks in lines), voice=NO_VOICE, note=_note(request))


def timed_to_read(chunks: tuple[Chunk, ...], pace: float = 1.0) -> SpokenLine:
    """A line without sound: each word for as long as it takes to read it, times `pace`."""
    usual = sum(_seconds(chunk) for chunk in chunks)
    pace = max(pace, _LEAST / usual) if usual else pace
    ends = list(accumulate(_seconds(chunk) * pace for chunk in chunks))
    words = tuple(
        Word(text=chunk.written, start=round(start, 3), end=round(end, 3))
        for chunk, start, end in zip(chunks, [0.0, *ends], ends, strict=False)
    )
    return SpokenLine(words=words, seconds=words[-1].end if words else 0.0)


def _seconds(chunk: Chunk) -> float:
    letters = [c for c in chunk.written if c.isalnum()]
    wide = sum(ord(c) >= 0x2E80 for c in letters)
    digits = sum(c.isdecimal() for c in letters)
    pause = _AFTER_CLAUSE if chunk.written[-1:] in ",.;:!?…。、！？" else 0.0
    plain = len(letters) - wide - digits
    return _PER_WORD + _PER_LETTER * plain + _PER_DIGIT * digits + _PER_WIDE_LETTER * wide + pause


def _note(request: Speak) -> str:
    if request.voice == NO_VOICE:
        return ""
    return "voice_unavailable" if has_natural(request.language) else "no_voice_for_language"
