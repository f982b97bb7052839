"""The film's clock: how long each shot lasts, where its line begins, and which cuts fall on the beat."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from pipeline.model import FPS, Intent, Score, Shot, Slot, Speech, SpokenLine, Storyboard, Timeline, Tone


@dataclass(frozen=True)
class Pace:
    """The rhythm of a tone, in seconds."""

    shortest: float  # shot
    longest: float  # shot that has no long line to say
    lead: float  # from the cut to the voice
    breath: float  # from the voice to the next cut
    pause: float  # more silence before the price and before the call to action
    card: float  # least time for the end card


PACES = {
    Tone.PLAYFUL: Pace(shortest=1.2, longest=3.0, lead=0.10, breath=0.16, pause=0.22, card=2.2),
    Tone.LUXURY: Pace(shortest=1.6, longest=3.5, lead=0.22, breath=0.32, pause=0.40, card=2.8),
    Tone.BOLD: Pace(shortest=1.2, longest=2.8, lead=0.08, breath=0.14, pause=0.20, card=2.0),
    Tone.CALM: Pace(shortest=1.5, longest=3.5, lead=0.18, breath=0.28, pause=0.35, card=2.6),
    Tone.WARM: Pace(shortest=1.4, longest=3.4, lead=0.16, breath=0.24, pause=0.32, card=2.5),
    Tone.STREET: Pace(shortest=1.2, longest=2.8, lead=0.08, breath=0.14, pause=0.20, card=2.0),
}

_OPENING = 0.08  # the voice starts at once, but not in the first frame
_CARD_HOLD = 0.9  # the card stays after its line, and the music comes up once more …
_LEAST_HOLD = 0.5  # … for this long where room is short
_STRETCH = 0.6  # seconds that the film may be longer or shorter than asked, to end on a beat
_LONGER = 1.03  # times the length asked for, that a film may have for the sake of its pauses
_REACH = 0.9  # how far a cut may move to meet a beat
_LEAST_LEAD = 0.06  # what lead and breath may shrink to, so that a cut meets a beat
_LEAST_BREATH = 0.10
_OFF_BEAT = 1.0  # cost of a cut beside the beat, in squared seconds
_OFF_BAR = 0.015  # cost of a cut on a beat that opens no bar
_END_OFF_BAR = 0.04
_TOO_LONG = 0.5  # weight of each second that a shot is longer than the tone wants


def plan(storyboard: Storyboard, speech: Speech, score: Score, *, seconds: int, tone: Tone) -> Timeline:
    """Give every shot its frames.

    No line is ever cut: when the lines need more than the wanted length, the film is longer. Otherwise it lasts the
    wanted length, a little more or less where that lets it end with the music. Cuts go to the closest beats that leave
    each line its room; which beats is decided for all cuts together.

    Args:
        storyboard: the shots; the last one is the end card.
        speech: one line for each shot, without words where the shot is silent.
        score: the music; its beats count from the film's start.
        seconds: wanted length.
        tone: sets the pace.
    """
    pace = PACES[tone]
    parts = [
        _Part.of(shot, line, first=at == 0, pace=pace)
        for at, (shot, line) in enumerate(zip(storyboard.shots, speech.lines, strict=True))
    ]
    needs = [part.need for part in parts]
    asked = seconds * FPS
    comfort = sum(part.comfort for part in parts)
    # Pauses are as long as the tone likes, until the film would be much longer than asked: then they give way.
    total = max(asked, min(comfort, max(round(asked * _LONGER), sum(needs))))
    wanted = _share(parts, total=total, longest=_frames(pace.longest))
    grid = _Grid.of(score)
    ends = _ends(grid, needs=needs, wanted=sum(wanted), asked=asked)
    cuts = _Cutter(needs, wanted, grid, longest=_frames(pace.longest)).cuts(ends)
    slots = tuple(
        Slot(start=start, end=end, speech_at=round(start / FPS + part.lead_in(end - start), 4))
        for part, start, end in zip(parts, [0, *cuts[:-1]], cuts, strict=True)
    )
    return Timeline(slots=slots, frames=cuts[-1], beats=tuple(beat for beat in score.beats if beat < cuts[-1] / FPS))


def _frames(seconds: float) -> int:
    """Frames that hold so many seconds, rounded up."""
    return -int(-seconds * FPS // 1)


@dataclass(frozen=True)
class _Part:
    """What one shot asks of the clock."""

    need: int  # the fewest frames
    comfort: int  # frames that leave the tone's pauses around the line
    silent: bool
    lead: float  # seconds from the cut to the line
    line: float  # seconds of the line

    @classmethod
    def of(cls, shot: Shot, line: SpokenLine, *, first: bool, pace: Pace) -> _Part:
        card = shot.intent is Intent.CARD
        least = _frames(pace.card if card else pace.shortest)
        if not line.words:
            return cls(need=least, comfort=least, silent=not card, lead=0.0, line=0.0)
        pause = pace.pause if card or shot.intent is Intent.PRICE else 0.0
        lead = _OPENING if first else pace.lead + pause
        after = _CARD_HOLD if card else pace.breath
        return cls(
            need=max(least, _frames(_LEAST_LEAD + line.seconds + (_LEAST_HOLD if card else _LEAST_BREATH))),
            comfort=max(least, _frames(lead + line.seconds + after)),
            silent=False,
            lead=lead,
            line=line.seconds,
        )

    def lead_in(self, frames: int) -> float:
        """Seconds before the line in a shot of so many frames: less than comfortable only where room is short."""
        return max(min(self.lead, frames / FPS - self.line - _LEAST_BREATH), 0.0)


def _share(parts: list[_Part], *, total: int, longest: int) -> list[int]:
    """Spread what is left over the shots: silent ones first, then the card, then all of them evenly.

    What is missing is taken from all of them, as a share of what each can do without.
    """
    lengths = [part.comfort for part in parts]
    missing, spare = sum(lengths) - total, sum(part.comfort - part.need for part in parts)
    if missing > 0:
        taken = [missing * (part.comfort - part.need) // spare for part in parts] if spare else [0] * len(parts)
        return [length - less for length, less in zip(lengths, taken, strict=True)]
    silent = [at for at, part in enumerate(parts) if part.silent]
    left = total - sum(lengths)
    for group in (silent, [len(parts) - 1], list(range(len(parts)))):
        left = _fill(lengths, group, left, limit=longest)
    each, rest = divmod(left, len(lengths))
    return [length + each + (at < rest) for at, length in enumerate(lengths)]


def _fill(lengths: list[int], group: list[int], left: int, *, limit: int) -> int:
    """Raise the shortest of a group step by step, none above the limit; what is left over afterwards."""
    open_ = [at for at in group if lengths[at] < limit]
    while left > 0 and open_:
        shortest = min(open_, key=lambda at: (lengths[at], at))
        lengths[shortest] += 1
        left -= 1
        if lengths[shortest] >= limit:
            open_.remove(shortest)
    return left


@dataclass(frozen=True)
class _Grid:
    """The music's beats as frames."""

    beats: list[int]
    bars: frozenset[int]

    @classmethod
    def of(cls, score: Score) -> _Grid:
        beats = sorted({round(beat * FPS) for beat in (*score.beats, *score.bars) if beat > 0})
        return cls(beats, frozenset(round(bar * FPS) for bar in score.bars))

    def between(self, first: int, last: int) -> list[int]:
        """Beats from one frame to another, both included."""
        return self.beats[bisect_left(self.beats, first) : bisect_right(self.beats, last)]

    def cost(self, frame: int, *, off_bar: float) -> float:
        """What it costs to cut at a frame."""
        if frame in self.bars:
            return 0.0
        at = bisect_left(self.beats, frame)
        on_beat = at < len(self.beats) and self.beats[at] == frame
        return off_bar if on_beat else _OFF_BEAT + off_bar


def _ends(grid: _Grid, *, needs: list[int], wanted: int, asked: int) -> list[int]:
    """Where the film may end: as planned, or on a beat close by."""
    shortest = max(sum(needs), asked - _frames(_STRETCH))
    return sorted({wanted, *grid.between(shortest, wanted + _frames(_STRETCH))})


@dataclass(frozen=True)
class _Cutter:
    """Chooses all cuts at once, by dynamic programming over the beats around each."""

    needs: list[int]
    wanted: list[int]
    grid: _Grid
    longest: int

    def cuts(self, ends: list[int]) -> list[int]:
        """The last frame (exclusive) of every shot, at the least cost."""
        ideals = list(accumulate(self.wanted))
        layers = [self._candidates(at, ideals[at]) for at in range(len(ideals) - 1)] + [ends]
        best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        for at, frames in enumerate(layers):
            best = self._step(best, at, frames, ideal=ideals[at])
        return min(best.values(), key=lambda found: found[0])[1]

    def _candidates(self, at: int, ideal: int) -> list[int]:
        reach = _frames(_REACH)
        earliest = sum(self.needs[: at + 1])
        return sorted({ideal, *self.grid.between(max(earliest, ideal - reach), ideal + reach)})

    def _step(
        self, before: dict[int, tuple[float, list[int]]], at: int, frames: list[int], *, ideal: int
    ) -> dict[int, tuple[float, list[int]]]:
        last = at == len(self.needs) - 1
        after: dict[int, tuple[float, list[int]]] = {}
        for frame in frames:
            own = self.grid.cost(frame, off_bar=_END_OFF_BAR if last else _OFF_BAR)
            own += ((frame - ideal) / FPS) ** 2 if last else 0.0
            options = [
                (cost + own + self._stretch(at, frame - start), path)
                for start, (cost, path) in before.items()
                if frame - start >= self.needs[at]
            ]
            if options:
                cost, path = min(options, key=lambda option: option[0])
                after[frame] = (cost, [*path, frame])
        return after

    def _stretch(self, at: int, length: int) -> float:
        """What it costs to give a shot another length than the one it wants."""
        over = max(0, length - max(self.longest, self.wanted[at]))
        return ((length - self.wanted[at]) / FPS) ** 2 + _TOO_LONG * over / FPS
