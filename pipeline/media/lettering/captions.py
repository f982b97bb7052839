"""Timed words as caption pages: at most two short lines, broken where the sentence breathes, never inside a price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import inf

from pipeline.media.lettering.breaking import amounts, breaks
from pipeline.media.lettering.fitting import Room, fit_words, fits_words
from pipeline.media.lettering.setting import Setting
from pipeline.media.lettering.shaping import drawable
from pipeline.media.lettering.style import Style
from pipeline.media.lettering.wording import clean, glued, join
from pipeline.model import Word

SMALLEST = 42.0  # pixels where the format is 1080 wide: what can be read on a phone

_TARGET = 26  # characters on a page: a glance
_LEAST = 0.7  # seconds that a page is to stay
_PAUSE = 0.3  # seconds of silence after which a new page is natural
_LINGER = 0.5  # seconds that a page stays after its last word
_MOST_WORDS = 12
_LONGEST_AMOUNT = 20  # characters
_BREAK_COST = 0.35
_HASTE_COST = 2.0
_WAIT_COST = 2.0  # of each second that words are on screen before a pause ends


@dataclass(frozen=True, eq=False)
class Page:
    """What stands on screen at one time. Times are seconds, on the clock of its words."""

    words: tuple[Word, ...]  # the setting's word numbers count these
    setting: Setting
    start: float
    end: float


@dataclass(frozen=True)
class CaptionRoom:
    """What a caption may take."""

    width: float  # pixels
    max_lines: int = 2
    max_chars: int = 30  # in a line


def pages(
    words: Sequence[Word], style: Style, *, room: CaptionRoom, language: str, until: float = inf
) -> tuple[Page, ...]:
    """Divide the words of a line into pages, each laid out.

    Pages end at clauses and pauses where possible; amounts, prices and short words stay with what they belong to. A
    page stays at least 0.7 s where the words leave the time, and half a second after its last word.

    Args:
        words: timed, spelled as they are to be seen; words that cannot be drawn are left out.
        style: with the size wanted; never set smaller than 42 px.
        room: greatest size of a page.
        language: BCP 47 tag.
        until: when the last page has to be gone.
    """
    seen = _amounts_joined([word for word in words if drawable(clean(word.text), style.face, language).strip()])
    if not seen:
        return ()
    sized = replace(style, size=max(style.size, SMALLEST))
    ends = _page_ends(seen, sized, room, language)
    starts = [0, *ends[:-1]]
    return tuple(
        _page(seen[start:end], sized, room, language, seen[end].start if end < len(seen) else until)
        for start, end in zip(starts, ends, strict=True)
    )


def _amounts_joined(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with "19,99" and "€" made one: an amount is marked as a whole."""
    text, starts = "", []
    for word in words:
        spelled = clean(word.text)
        text += spelled if not text or glued(text, spelled) else f" {spelled}"
        starts.append(len(text) - len(spelled))
    inner = amounts(text)
    joined: list[Word] = []
    for word, start in zip(words, starts, strict=True):
        if start in inner and len(joined[-1].text) + len(word.text) < _LONGEST_AMOUNT:
            joined[-1] = Word(text=f"{joined[-1].text} {word.text}", start=joined[-1].start, end=word.end)
        else:
            joined.append(word)
    return tuple(joined)


def _page(words: tuple[Word, ...], style: Style, room: CaptionRoom, language: str, until: float) -> Page:
    setting = _set(tuple(word.text for word in words), style, room, language)
    start = words[0].start
    stays = max(words[-1].end + _LINGER, start + _LEAST)
    if until - stays < _PAUSE:  # no blink between two pages
        stays = until if until < inf else stays
    return Page(words=words, setting=setting, start=start, end=max(min(stays, until), start))


def _page_ends(words: tuple[Word, ...], style: Style, room: CaptionRoom, language: str) -> list[int]:
    """The cheapest division: numbers of the words after which a page ends, plus one."""
    costs = _break_costs(words, language)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        found = (inf, end - 1)
        for start in range(end - 1, max(-1, end - 1 - _MOST_WORDS), -1):
            page = words[start:end]
            if start < end - 1 and not _fits(tuple(word.text for word in page), style, room, language):
                break
            cost = best[start][0] + costs[end - 1] + _page_cost(page, words[end].start if end < len(words) else inf)
            if cost < found[0]:
                found = (cost, start)
        best.append(found)
    ends = [len(words)]
    while best[ends[-1]][1] > 0:
        ends.append(best[ends[-1]][1])
    return ends[::-1]


def _break_costs(words: tuple[Word, ...], language: str) -> list[float]:
    """What it costs to end a page after each word: nothing after a clause or before a pause, a lot in a price."""
    text, costs = join([clean(word.text) for word in words]), []
    places = {place.at: place.cost for place in breaks(text, language)}
    at = 0
    for index, word in enumerate(words):
        at = text.index(clean(word.text), at) + len(clean(word.text))
        if index + 1 == len(words) or words[index + 1].start - word.end >= _PAUSE:
            costs.append(0.0)
            continue
        after = at + 1 if text[at : at + 1] == " " else at
        costs.append(_BREAK_COST * places[after] if after in places else 100.0)
    return costs


def _page_cost(page: tuple[Word, ...], next_start: float) -> float:
    length = len(join([word.text for word in page]))
    uneven = ((length - _TARGET) / _TARGET) ** 2 if length > _TARGET else 0.6 * ((_TARGET - length) / _TARGET) ** 2
    seconds = min(next_start, page[-1].end + _LINGER) - page[0].start
    waiting = sum(max(0.0, after.start - word.end - _PAUSE) for word, after in pairwise(page))
    return 0.3 + uneven + _HASTE_COST * max(0.0, _LEAST - seconds) + _WAIT_COST * waiting


@lru_cache(maxsize=4096)
def _fits(words: tuple[str, ...], style: Style, room: CaptionRoom, language: str) -> bool:
    return fits_words(words, style, room=_room(style, room), language=language)


@lru_cache(maxsize=1024)
def _set(words: tuple[str, ...], style: Style, room: CaptionRoom, language: str) -> Setting:
    return fit_words(words, style, room=_room(style, room), language=language)


def _room(style: Style, room: CaptionRoom) -> Room:
    least = min(1.0, SMALLEST / style.size)
    return Room(
        width=room.width,
        max_lines=room.max_lines,
        more_lines=0,
        min_scale=max(least, 0.7),
        smallest=least,
        max_chars=room.max_chars,
    )
