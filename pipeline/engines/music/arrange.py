"""A piece of music made as long as a film: begun on a bar, looped at bars where it sounds alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.media.beats import Grid

_ATTACK = 0.008  # seconds kept in front of the first beat, so that its attack is whole
_FADE_IN = 0.006
_SPLICE = 0.025  # seconds of crossfade where the music jumps
_LEVEL = 10 ** (-18 / 20)  # RMS that every piece is brought to
_ENDING = 0.6  # bars quieter than this share of the median belong to the ending
_LEAST_LOOP = 4  # bars


@dataclass(frozen=True, eq=False)
class Bed:
    """Music under a film: (2, n) samples, and its beats and bars from its own start, in seconds."""

    samples: NDArray[np.float32]
    beats: tuple[float, ...]
    bars: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class _Bars:
    """The bars of a piece with what they sound like."""

    starts: NDArray[np.float64]  # of each bar, and of what follows the last one
    levels: NDArray[np.float64]
    colours: NDArray[np.float64]  # (bars, bands), each of length 1

    @property
    def last(self) -> int:
        """The first bar of the ending: what comes before is in full swing."""
        full = np.flatnonzero(self.levels > _ENDING * float(np.median(self.levels)))
        return int(full[-1]) + 1


def arrange(samples: NDArray[np.float32], rate: int, grid: Grid, *, seconds: float, section: int) -> Bed:
    """Cut and loop a piece so that it lasts so long.

    Args:
        samples: (2, n).
        rate: samples a second.
        grid: its beats.
        seconds: wanted length.
        section: 0 begins at the best bar, 1 at the next best …
    """
    bars = _listen(samples, rate, grid)
    first = _opening(bars, seconds=seconds, section=section)
    jumps = _jumps(bars, first=first, seconds=seconds)
    pieces, beats, opens = [], [], []
    length = 0.0
    for start, end in jumps:
        begin, finish = float(bars.starts[start]), float(bars.starts[end])
        pieces.append(_piece(samples, rate, begin, finish))
        beats += [length + beat - begin for beat in grid.beats if begin - 0.01 <= beat < finish - 0.01]
        opens += [length + bar - begin for bar in bars.starts[start:end]]
        length += finish - begin
    sound = _spliced(pieces, rate)[:, : int(seconds * rate)]
    sound[:, : int(_FADE_IN * rate)] *= np.linspace(0, 1, int(_FADE_IN * rate), dtype=np.float32)
    sound = sound * np.float32(_LEVEL / float(np.sqrt(np.mean(sound**2))))
    last = sound.shape[1] / rate
    return Bed(
        samples=sound,
        beats=tuple(round(max(0.0, beat) + _ATTACK, 4) for beat in beats if beat + _ATTACK < last),
        bars=tuple(round(max(0.0, bar) + _ATTACK, 4) for bar in opens if bar + _ATTACK < last),
    )


def _listen(samples: NDArray[np.float32], rate: int, grid: Grid) -> _Bars:
    length = samples.shape[1] / rate
    starts = [bar for bar in grid.bars if bar >= _ATTACK]
    bar = 240.0 / grid.bpm
    if starts[-1] + bar < length:
        starts.append(starts[-1] + bar)
    levels, colours = [], []
    edges = np.geomspace(50, 12_000, 25)
    for begin, end in pairwise(starts):
        sound = samples[:, int(begin * rate) : int(end * rate)].mean(axis=0)
        power = np.abs(np.fft.rfft(sound)) ** 2
        hertz = np.fft.rfftfreq(len(sound), 1 / rate)
        colour = np.log1p(np.histogram(hertz, bins=edges, weights=power)[0])
        levels.append(float(np.sqrt(np.mean(sound**2))))
        colours.append(colour / np.linalg.norm(colour))
    return _Bars(np.array(starts), np.array(levels), np.array(colours))


def _opening(bars: _Bars, *, seconds: float, section: int) -> int:
    """A bar to begin with: at full level at once, and with enough music behind it."""
    scores = []
    for first in range(bars.last):
        behind = min(float(bars.starts[bars.last] - bars.starts[first]), seconds) / seconds
        ahead = bars.levels[first : min(first + 8, bars.last)]
        weak = max(0.0, 1.0 - bars.levels[first] / float(ahead.mean()))
        scores.append(behind + 0.5 * float(ahead.mean() / bars.levels.max()) - weak - 0.01 * first)
    ranked = sorted(range(len(scores)), key=lambda first: -scores[first])
    return ranked[section % min(3, len(ranked))]


def _jumps(bars: _Bars, *, first: int, seconds: float) -> list[tuple[int, int]]:
    """Ranges of bars to play one after the other, until they last long enough."""
    last = bars.last
    back = _return(bars, last)
    ranges = [(first, last)]
    length = float(bars.starts[last] - bars.starts[first])
    while length < seconds + _SPLICE:
        ranges.append((back, last))
        length += float(bars.starts[last] - bars.starts[back])
    return ranges


def _return(bars: _Bars, last: int) -> int:
    """The bar to go back to: four, eight … bars earlier by preference, and sounding like what would come next."""
    after = bars.colours[min(last, len(bars.colours) - 1)] if bars.levels[last:].any() else bars.colours[last - 1]
    choices = range(max(0, last - 16), max(1, last - _LEAST_LOOP + 1))

    def likeness(bar: int) -> float:
        even = 0.02 if (last - bar) % 4 == 0 else 0.0
        return float(bars.colours[bar] @ after) + even + 0.001 * (last - bar)

    return max(choices, key=likeness)


def _piece(samples: NDArray[np.float32], rate: int, begin: float, finish: float) -> NDArray[np.float32]:
    """From just before a bar to just before another, with what the splice needs behind it."""
    first = max(0, round((begin - _ATTACK) * rate))
    last = min(samples.shape[1], round((finish - _ATTACK + _SPLICE) * rate))
    piece = samples[:, first:last]
    missing = round((finish - begin + _SPLICE) * rate) - piece.shape[1]
    return np.pad(piece, ((0, 0), (0, max(0, missing))))


def _spliced(pieces: list[NDArray[np.float32]], rate: int) -> NDArray[np.float32]:
    """Pieces joined with crossfades of equal power."""
    fade = round(_SPLICE * rate)
    rise = np.sin(np.linspace(0, np.pi / 2, fade, dtype=np.float32))
    sound = pieces[0]
    for piece in pieces[1:]:
        joint = sound[:, -fade:] * rise[::-1] + piece[:, :fade] * rise
        sound = np.concatenate([sound[:, :-fade], joint, piece[:, fade:]], axis=1)
    return sound.copy()
