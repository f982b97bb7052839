"""Subtitle files: SubRip and WebVTT, with the words exactly as they are written on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.media.lettering.captions import CaptionRoom, Page, pages
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.style import Style
from pipeline.media.lettering.wording import join, printable
from pipeline.model import FPS, Speech, Timeline

_STYLE = Style(Face("Noto Sans"), 42)  # subtitles are set by the player; this only measures
_ROOM = CaptionRoom(width=1080, max_lines=2, max_chars=37)  # characters a line, as broadcasters do


@dataclass(frozen=True)
class Cue:
    """One subtitle: times in seconds from the film's start, and one or two lines."""

    start: float
    end: float
    lines: tuple[str, ...]


def cues(speech: Speech, timeline: Timeline, *, language: str) -> tuple[Cue, ...]:
    """The subtitles of a film, in order, none overlapping the next.

    Args:
        speech: one line for each shot.
        timeline: when each line is spoken.
        language: BCP 47 tag.
    """
    found = [
        Cue(slot.speech_at + page.start, slot.speech_at + page.end, _lines(page))
        for line, slot in zip(speech.lines, timeline.slots, strict=True)
        for page in pages(line.words, _STYLE, room=_ROOM, language=language, until=slot.end / FPS - slot.speech_at)
    ]
    return tuple(_apart(found))


def srt(subtitles: Sequence[Cue]) -> str:
    """The subtitles as a SubRip file."""
    blocks = (
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n" + "\n".join(map(_plain, cue.lines)) + "\n"
        for number, cue in enumerate(subtitles, start=1)
    )
    return "\n".join(blocks)


def vtt(subtitles: Sequence[Cue]) -> str:
    """The subtitles as a WebVTT file."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n" + "\n".join(map(_escaped, cue.lines)) + "\n"
        for cue in subtitles
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _lines(page: Page) -> tuple[str, ...]:
    """The page's words as they were given, line by line; a word that is divided on screen stands where it begins."""
    lines: list[list[str]] = []
    done: set[int] = set()
    for line in page.setting.lines:
        here = sorted({run.word for run in line.runs} - done)
        done.update(here)
        if here:
            lines.append([printable(page.words[word].text) for word in here])
    return tuple(join(words) for words in lines)


def _apart(found: Sequence[Cue]) -> list[Cue]:
    """Cues of at least a frame, each over before the next begins."""
    kept = [cue for cue in found if cue.end - cue.start >= 1 / FPS and cue.lines]
    cut = [Cue(cue.start, min(cue.end, after.start), cue.lines) for cue, after in pairwise(kept)]
    return [*cut, *kept[-1:]]


def _clock(seconds: float, point: str) -> str:
    whole = round(max(0.0, seconds) * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def _plain(line: str) -> str:
    """SubRip has no way to escape: what a player would take for a time or for markup gets a look-alike."""
    return line.replace("-->", "→").replace("<", "‹").replace(">", "›")


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
