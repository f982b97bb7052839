"""The middle of a script: selling points cut to the breath of shots, and pictures between them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from pipeline.engines.story.choosing import Chooser
from pipeline.engines.story.lines import Frame, Line, sentence
from pipeline.engines.story.material import Beat, Material, key_phrase, listed
from pipeline.model import Intent
from pipeline.reading import amount_in
from pipeline.wording.bank import Bank

_BREATH = 45  # letters that are well said in one shot
_LONGEST_LINE = 4.6  # seconds
_CONSIDERED = 6  # points among which those that fit are chosen
_ECHO = 0.6  # a key phrase that is more of its line than this says it twice


def breaths(point: Sequence[Beat]) -> int:
    """How many shots a point takes when each says what one breath holds."""
    return max(1, min(len(point), round(_letters(point) / _BREATH)))


@dataclass(frozen=True)
class Told:
    """Beats that one shot says together, and how far into the seller's text they are."""

    beats: tuple[Beat, ...]
    at: float

    @property
    def text(self) -> str:
        """The beats as one slice of the seller's text."""
        return " ".join(beat.text for beat in self.beats)


def tell(
    points: Sequence[tuple[Beat, ...]], fixed: Sequence[Line], *, room: int, material: Material, frame: Frame
) -> list[Line]:
    """As many points as there is time and room for, in the seller's order; what is stressed is left out last.

    No shot says more than one breath holds, unless nothing could be said otherwise.
    """
    for longest in (_LONGEST_LINE, math.inf) if points and room > 0 else ():
        fits = partial(_fits, fixed=fixed, frame=frame, longest=longest)
        for chosen in _choices(points, most=room):
            for shots in range(min(room, sum(map(len, chosen))), len(chosen) - 1, -1):
                lines = [_point(told, material, frame) for told in _told(chosen, shots, whole=points)]
                if fits(lines):
                    return lines
        if begun := _beginning(points[0], fits, room=room, material=material, frame=frame):
            return begun
    return []


def _fits(lines: Sequence[Line], *, fixed: Sequence[Line], frame: Frame, longest: float) -> bool:
    """Whether there is time for lines beside the fixed ones, and none of them takes more seconds than the longest."""
    return frame.holds([*fixed, *lines]) and all(frame.clock.line(line.spoken) <= longest for line in lines)


def _choices(points: Sequence[tuple[Beat, ...]], *, most: int) -> Iterator[Sequence[tuple[Beat, ...]]]:
    """Selections of points, the best first: many before few, stressed before others, early before late."""
    for count in range(min(len(points), most), 0, -1):
        early = points[: max(count, _CONSIDERED)]
        yield from sorted(combinations(early, count), key=lambda chosen: -sum(map(_stressed, chosen)))


def _stressed(point: Sequence[Beat]) -> bool:
    return point[-1].text.endswith(("!", "！"))


def _told(points: Sequence[tuple[Beat, ...]], shots: int, *, whole: Sequence[tuple[Beat, ...]]) -> list[Told]:
    """The points shared out over so many shots: each has one, and those with more to say are cut where they breathe."""
    parts = [[list(point)] for point in points]
    while sum(map(len, parts)) < shots:
        longest = max((part for point in parts for part in point if len(part) > 1), key=_letters, default=None)
        if longest is None:
            break
        point = next(point for point in parts if longest in point)
        at, middle = point.index(longest), _middle(longest)
        point[at : at + 1] = [longest[:middle], longest[middle:]]
    letters = [_letters(point) for point in whole]
    starts = {point[0].fact: sum(letters[:at]) for at, point in enumerate(whole)}
    told: list[Told] = []
    for point in parts:
        passed = starts[point[0][0].fact]
        for part in point:
            told.append(Told(tuple(part), passed / max(1, sum(letters))))
            passed += _letters(part)
    return told


def _letters(beats: Sequence[Beat]) -> int:
    return sum(len(beat.text) for beat in beats)


def _middle(beats: Sequence[Beat]) -> int:
    """Where to cut beats so that both halves are about as long."""
    return min(range(1, len(beats)), key=lambda at: abs(_letters(beats[:at]) - _letters(beats[at:])))


def _beginning(
    point: tuple[Beat, ...],
    fits: Callable[[Sequence[Line]], bool],
    *,
    room: int,
    material: Material,
    frame: Frame,
) -> list[Line]:
    """As much of a point's beginning as fits, when not even one whole point does."""
    for size in range(len(point) - 1, 0, -1):
        if point[size - 1].text[-1:] in ":：":  # "Flavours…" says nothing
            continue
        for shots in range(min(room, size), 0, -1):
            lines = [_point(told, material, frame) for told in _told([point[:size]], shots, whole=[point])]
            lines[-1] = replace(lines[-1], spoken=lines[-1].spoken.rstrip(",;:–— ") + "…")
            if fits(lines):
                return lines
    return []


def _point(told: Told, material: Material, frame: Frame) -> Line:
    first, last = told.beats[0], told.beats[-1]
    spoken = sentence(told.text, frame.language) if last.last else told.text
    phrases = (key_phrase(told.text, material.language), amount_in(told.text))
    shown = next((phrase for phrase in phrases if len(phrase) <= _ECHO * len(told.text)), "")
    return Line(
        intent=_intent(told, frame),
        spoken=spoken,
        shown=shown,
        facts=(first.fact,),
        at=told.at,
    )


def _intent(told: Told, frame: Frame) -> Intent:
    """A list with an item for each photo is a comparison; what goes on with a point is its detail."""
    if frame.photos > 1 and listed(told.text, frame.language) in (frame.photos, frame.photos - 1 or None):
        return Intent.COMPARE
    return Intent.POINT if told.beats[0].first else Intent.DETAIL


def bridged(
    body: list[Line], fixed: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser
) -> list[Line]:
    """The last point led in by a bridge such as "Also:", where there is time and more than one point."""
    heads = [at for at, line in enumerate(body) if line.intent is Intent.POINT]
    if phrases is None or len(heads) < 2 or frame.clock.short:
        return body
    opened = fixed[0].spoken.casefold()
    turns = [e for e in phrases.phrases(frame.tone, "turn") if e.text.rstrip(":：,、 ").casefold() not in opened]
    entry = chooser.pick(turns)
    line = body[heads[-1]]
    if entry is None or re.search("[:：¡!?]", line.spoken):
        return body
    led = replace(line, spoken=_join(entry.text, line.spoken), bank=(entry.id,))
    bridged = [*body[: heads[-1]], led, *body[heads[-1] + 1 :]]
    return bridged if frame.holds([*fixed, *bridged]) else body


def _join(bridge: str, line: str) -> str:
    return bridge + line if bridge[-1] in "：、" else f"{bridge} {line}"


def fillers(room: int, lines: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser) -> list[Line]:
    """Shots that let the product be seen: a comparison where there are several photos, and close-ups."""
    compared = any(line.intent is Intent.COMPARE for line in lines)
    varied = frame.varied
    pictures: list[Line] = []
    for at in range(max(0, room)):
        compare = frame.photos > 1 and at == 0 and not compared
        silent = Line(Intent.COMPARE if compare else Intent.DETAIL)
        kind = ("compare" if varied else "several") if compare else "detail"
        entry = chooser.pick(phrases.phrases(frame.tone, kind)) if phrases and not frame.clock.short else None
        said = replace(silent, spoken=entry.text, bank=(entry.id,)) if entry else silent
        rest = [Line(Intent.DETAIL)] * (room - at - 1)
        fits = said not in pictures and frame.holds([*lines, *pictures, said, *rest])
        pictures.append(said if fits else silent)
    return pictures


def order(opening: Line, heroes: list[Line], body: list[Line], between: list[Line], *, turn: int) -> tuple[Line, ...]:
    """Three ways to tell: name first; points first and then the name; look first, then name and points."""
    match turn % 3:
        case 0:
            return (opening, *heroes, *_woven(body, between))
        case 1:
            return (opening, *_woven(body, between), *heroes)
        case _:
            return (opening, *between[:1], *heroes, *_woven(body, between[1:]))


def _woven(body: list[Line], between: list[Line]) -> list[Line]:
    """Fillers spread evenly between points, never inside one."""
    points: list[list[Line]] = []
    for line in body:
        if points and line.intent is Intent.DETAIL:
            points[-1].append(line)
        else:
            points.append([line])
    woven: list[Line] = []
    left = list(between)
    for at, point in enumerate(points):
        woven += point
        due = len(between) * (at + 1) // max(1, len(points)) - (len(between) - len(left))
        woven += left[:due]
        left = left[due:]
    return woven + left
