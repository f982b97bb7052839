"""What a finished film has to be: the measure that the quality gate holds a file against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Format, Speech, TextBox, Timeline, Word

CHANNEL_LIMIT = 10 * 1024 * 1024  # bytes that every chat takes


@dataclass(frozen=True, eq=False)
class Sight:
    """Where the product is to be seen in a shot.

    Attributes:
        shot: which one.
        at: seconds from the film's start.
        box: the product, in fractions of the frame; parts outside of 0..1 are out of the picture.
        planned: the frame as it was laid out, RGB of any size; None when only presence can be checked.
    """

    shot: int
    at: float
    box: Box
    planned: NDArray[np.uint8] | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """What a film was meant to be.

    Attributes:
        form: its aspect ratio.
        width: pixels of the file.
        height: pixels of the file.
        timeline: its clock.
        words: every spoken word, seconds from the film's start.
        boxes: every text on screen, pixels of the format at full quality.
        sights: where the product is to be seen; at least one for each shot that shows it.
        strict_zones: whether the zones of paid placements hold.
        max_bytes: greatest size of the file.
        still: stretches of the film (seconds) that stand still on purpose.
    """

    form: Format
    width: int
    height: int
    timeline: Timeline
    words: tuple[Word, ...] = ()
    boxes: tuple[TextBox, ...] = ()
    sights: tuple[Sight, ...] = ()
    strict_zones: bool = False
    max_bytes: int = CHANNEL_LIMIT
    still: tuple[tuple[float, float], ...] = ()


def spoken_words(speech: Speech, timeline: Timeline) -> tuple[Word, ...]:
    """The words of a film on the film's own clock."""
    return tuple(
        Word(text=word.text, start=slot.speech_at + word.start, end=slot.speech_at + word.end)
        for line, slot in zip(speech.lines, timeline.slots, strict=True)
        for word in line.words
    )
