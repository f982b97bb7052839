"""Which photo each shot shows: photos follow the order of the seller's words, all are used, none twice in a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.engines.story.lines import Line
from pipeline.model import Intent
from pipeline.ports import PlateView


def cast(lines: Sequence[Line], plates: Sequence[PlateView], *, turn: int) -> tuple[int, ...]:
    """The index of the photo for each line."""
    photos = len(plates)
    openers = [at for at, plate in enumerate(plates) if plate.whole] or list(range(photos))
    chosen: list[int | None] = [_given(line, photos, opener=openers[(turn + 1) % len(openers)]) for line in lines]
    for at, photo in enumerate(chosen):
        if photo is None:
            chosen[at] = _least_used(chosen, at, photos)
    settled = [photo or 0 for photo in chosen]
    _use_all(settled, lines, photos)
    return tuple(settled)


def _given(line: Line, photos: int, *, opener: int) -> int | None:
    """The photo that a line calls for; None when any will do."""
    match line.intent:
        case Intent.HERO | Intent.CARD:
            return 0
        case Intent.HOOK if line.at is None:
            return opener
        case _:
            return None if line.at is None else min(photos - 1, int(line.at * photos))


def _least_used(chosen: Sequence[int | None], at: int, photos: int) -> int:
    near = {chosen[place] for place in (at - 1, at + 1) if 0 <= place < len(chosen)}
    times = Counter(photo for photo in chosen if photo is not None)
    return min(range(photos), key=lambda photo: (photo in near, times[photo], photo))


def _use_all(chosen: list[int], lines: Sequence[Line], photos: int) -> None:
    """Give photos that no shot shows to shots whose photo is shown elsewhere too."""
    for missing in sorted(set(range(photos)) - set(chosen)):
        times = Counter(chosen)
        free = [
            at
            for at, line in enumerate(lines)
            if line.intent not in (Intent.HOOK, Intent.HERO, Intent.CARD) and times[chosen[at]] > 1
        ]
        free = free or [at for at, line in enumerate(lines) if line.intent is Intent.HOOK and times[chosen[at]] > 1]
        if free:
            chosen[max(free, key=lambda at: (times[chosen[at]], lines[at].at is None))] = missing
