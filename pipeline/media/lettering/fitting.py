"""Finding the size and the lines with which a text fits its box: smaller first, then more lines, hyphens last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from pipeline.media.lettering.breaking import Break, anywhere, breaks, hyphenations
from pipeline.media.lettering.measuring import Copy, Measure
from pipeline.media.lettering.setting import Setting, lay
from pipeline.media.lettering.style import Style
from pipeline.media.lettering.wrapping import Width, wrap

_STEP = 0.94  # from one size to try to the next smaller one
_SQUEEZE = 0.75  # below the smallest size wanted, before a word is hyphenated
_LONGEST = 400  # characters that are tried at all

Breaks = Callable[[str, str], tuple[Break, ...]]


@dataclass(frozen=True)
class Room:
    """The space a text may take: pixels, and lines."""

    width: float
    height: float = inf
    max_lines: int = 3
    more_lines: int = 2  # further lines when even the smallest size does not help
    min_scale: float = 0.7
    smallest: float = 0.5  # scale below which words are left out rather than drawn smaller
    max_chars: int | None = None  # in a line


def fit(text: str, style: Style, *, room: Room, language: str) -> Setting:
    """Lay a text out in the space there is.

    Tried in this order: the wanted size down to `min_scale`; more lines, a little smaller still; hyphens in long
    words; down to `smallest`; a break anywhere; and in the end the text is cut with an ellipsis (`Setting.cut`).

    Args:
        text: what to set; what cannot be drawn is left out.
        style: with the size wanted.
        room: the box, and how much the text may adapt.
        language: BCP 47 tag.
    """
    return _fitted(Copy.of_text(text, style, language), style, room, language)


def fit_words(words: Sequence[str], style: Style, *, room: Room, language: str) -> Setting:
    """Lay words out in the space there is; the setting knows the box of each of them.

    Args:
        words: in reading order, without spaces around them.
        style: with the size wanted.
        room: the box, and how much the text may adapt.
        language: BCP 47 tag.
    """
    return _fitted(Copy.of_words(words, style, language), style, room, language)


def fits_words(words: Sequence[str], style: Style, *, room: Room, language: str) -> bool:
    """Whether words fit as they are wanted: full size, no more lines than asked for, no hyphen."""
    attempt = _Attempt(1.0, range(1, room.max_lines + 1), _good)
    copy = Copy.of_words(words, style, language)
    return len(copy.text) <= _LONGEST and _try(copy, style, attempt, room, language) is not None


def _fitted(copy: Copy, style: Style, room: Room, language: str) -> Setting:
    if len(copy.text) <= _LONGEST:
        for attempt in _attempts(room):
            setting = _try(copy, style, attempt, room, language)
            if setting is not None:
                return setting
    return _cut(copy, style, room, language)


@dataclass(frozen=True)
class _Attempt:
    scale: float
    lines: range
    breaks: Breaks


def _attempts(room: Room) -> Iterator[_Attempt]:
    few = range(1, room.max_lines + 1)
    many = range(1, room.max_lines + room.more_lines + 1)
    smallest = min(room.smallest, room.min_scale)
    for scale in _scales(1.0, room.min_scale):
        yield _Attempt(scale, few, _good)
    for scale in _scales(room.min_scale, max(smallest, _SQUEEZE * room.min_scale)):
        yield _Attempt(scale, many, _good)
    for scale in _scales(1.0, room.min_scale):
        yield _Attempt(scale, few, _hyphenated)
    yield _Attempt(room.min_scale, many, _hyphenated)
    for scale in _scales(room.min_scale, smallest):
        yield _Attempt(scale, many, _hyphenated)
    yield _Attempt(smallest, many, _anywhere)


def _scales(largest: float, smallest: float) -> Iterator[float]:
    scale = largest
    while scale > smallest:
        yield scale
        scale *= _STEP
    yield smallest


def _good(text: str, language: str) -> tuple[Break, ...]:
    return tuple(place for place in breaks(text, language) if place.good)


def _hyphenated(text: str, language: str) -> tuple[Break, ...]:
    return _merged(breaks(text, language), hyphenations(text, language))


def _anywhere(text: str, language: str) -> tuple[Break, ...]:
    return _merged(_hyphenated(text, language), anywhere(text))


def _merged(first: tuple[Break, ...], second: tuple[Break, ...]) -> tuple[Break, ...]:
    known = {place.at: place for place in (*second, *first)}
    return tuple(known[at] for at in sorted(known))


def _try(copy: Copy, style: Style, attempt: _Attempt, room: Room, language: str) -> Setting | None:
    sized = style.scaled(attempt.scale)
    width = _width(Measure(copy, sized, language), room)
    candidates = attempt.breaks(copy.text, language)
    for count in attempt.lines:
        ends = wrap(copy.text, candidates, limit=room.width / sized.size, lines=count, width=width)
        if ends is None:
            continue
        setting = lay(copy, ends, style=sized, language=language, width=room.width)
        if setting.ink.h <= room.height and setting.ink.w <= room.width * 1.001:
            return setting
    return None


def _width(measure: Measure, room: Room) -> Width:
    """Measures lines; one of too many characters is too wide for any box."""
    if room.max_chars is None:
        return measure.width
    most = room.max_chars

    def width(start: int, end: int, suffix: str) -> float:
        return inf if measure.characters(start, end, suffix) > most else measure.width(start, end, suffix)

    return width


def _cut(copy: Copy, style: Style, room: Room, language: str) -> Setting:
    """The longest beginning that fits at the smallest size; when not even a letter does, that as small as needed."""
    sized = style.scaled(room.min_scale)
    lines = room.max_lines + room.more_lines
    low, high = 1, min(len(copy.text) - 1, _LONGEST)
    found = None
    while low <= high:
        middle = (low + high) // 2
        setting = _filled(copy.upto(middle), sized, lines, room, language)
        if setting is None:
            high = middle - 1
        else:
            low, found = middle + 1, setting
    if found is None:
        one = copy.upto(1)
        narrow = room.width / (style.size * Measure(one, style, language).width(0, len(one.text), ""))
        sized = style.scaled(min(room.min_scale, 0.95 * narrow))
        found = lay(one, (Break(len(one.text), 0.0),), style=sized, language=language, width=room.width)
    return replace(found, cut=True)


def _filled(copy: Copy, style: Style, lines: int, room: Room, language: str) -> Setting | None:
    """The copy in lines filled one after the other, or None when it needs more of them or more height."""
    limit, width = room.width / style.size, _width(Measure(copy, style, language), room)
    ends: list[Break] = []
    start, last = 0, Break(0, 0.0)
    for place in (*_anywhere(copy.text, language), Break(len(copy.text), 0.0)):
        if width(start, place.at, place.suffix) > limit:
            if last.at == start or len(ends) + 1 == lines:
                return None
            ends.append(last)
            start = last.at
        last = place
    if width(start, last.at, last.suffix) > limit:
        return None
    setting = lay(copy, (*ends, last), style=style, language=language, width=room.width)
    return setting if setting.ink.h <= room.height and setting.ink.w <= room.width else None
