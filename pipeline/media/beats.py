"""Where the beats of a piece of music are: onsets, tempo close to the one that is told, beats, first beats of bars."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_WINDOW = 1024
_HOP = 240  # samples: 5 ms at 48 kHz
_BANDS = np.geomspace(40.0, 16_000.0, 37)
_LOW = 180.0  # Hz; drums and bass mark the beat, cymbals go between
_HIGH = 6000.0
_SLACK = 0.05  # how far the true tempo may be from the told one
_TIGHT = 300.0  # how much an uneven beat costs in onset strength
_BAR = 4
_STEADY = 0.030  # seconds; beats that stay so close to a straight line are put on it


@dataclass(frozen=True)
class Grid:
    """The beats of a piece, in seconds; `bars` are those that open a bar. `spread` is how far beats are off a line."""

    bpm: float
    beats: tuple[float, ...]
    bars: tuple[float, ...]
    spread: float


@dataclass(frozen=True, eq=False)
class Onsets:
    """How much starts to sound, `rate` times a second: everywhere weighted by what marks the beat, and in the bass."""

    strength: Floats
    low: Floats
    rate: float
    offset: float  # seconds of the first value


def onsets(samples: NDArray[np.float32], rate: int) -> Onsets:
    """Measure the rise of energy in each band.

    Args:
        samples: (channels, n).
        rate: samples a second.
    """
    mono = samples.mean(axis=0)
    frames = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[::_HOP]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1))
    hertz = np.fft.rfftfreq(_WINDOW, 1 / rate)
    bands = list(pairwise(_BANDS))
    picked = [(hertz >= low) & (hertz < max(high, low + rate / _WINDOW)) for low, high in bands]
    loud = np.log1p(10 * np.stack([spectrum[:, band].sum(axis=1) for band in picked], axis=1))
    rise = np.maximum(0.0, loud[4:] - loud[:-4])  # over 20 ms
    centres = np.array([low for low, _ in bands])
    weights = np.where(centres < _LOW, 2.0, np.where(centres > _HIGH, 0.4, 1.0))
    return Onsets(
        strength=_even(rise @ weights, rate / _HOP),
        low=_even(rise[:, centres < _LOW].sum(axis=1), rate / _HOP),
        rate=rate / _HOP,
        offset=(_WINDOW / 2 + 2 * _HOP) / rate,
    )


def _even(rise: Floats, rate: float) -> Floats:
    """What stands out of its surroundings, in units of its own spread."""
    width = int(0.6 * rate)
    out = np.maximum(rise - np.convolve(rise, np.ones(width) / width, "same"), 0.0)
    return np.asarray(out / (out.std() + 1e-12), dtype=np.float64)


def track(samples: NDArray[np.float32], rate: int, *, told_bpm: float) -> Grid:
    """Find the beats of a piece whose tempo is about known.

    Args:
        samples: (channels, n).
        rate: samples a second.
        told_bpm: the tempo that the piece is said to have.
    """
    heard = onsets(samples, rate)
    period = 60.0 / _tempo(heard, told_bpm)
    places = _follow(heard.strength, period * heard.rate)
    beats = places / heard.rate + heard.offset
    index = np.arange(len(beats))
    slope, start = np.polyfit(index, beats, 1)
    spread = float(np.sqrt(np.mean((beats - (start + slope * index)) ** 2)))
    if spread <= _STEADY:
        beats = start + slope * index
    first = _downbeat(heard, beats)
    times = [round(float(beat), 4) for beat in beats if beat >= 0]
    skipped = int(np.sum(beats < 0))
    bars = [beat for at, beat in enumerate(times) if (at + skipped - first) % _BAR == 0]
    return Grid(bpm=round(60.0 / float(slope), 2), beats=tuple(times), bars=tuple(bars), spread=round(spread, 4))


def _tempo(heard: Onsets, told: float) -> float:
    """The tempo close to the told one at which onsets repeat best, by beats and half beats."""
    seconds = np.arange(len(heard.strength)) / heard.rate
    choices = told * np.arange(1 - _SLACK, 1 + _SLACK, 0.0005)

    def repeats(bpm: float) -> float:
        turns = np.exp(-2j * np.pi * bpm / 60 * seconds)
        return float(abs(turns @ heard.strength) + 0.7 * abs(turns**2 @ heard.strength))

    return float(max(choices, key=repeats))


def _follow(strength: Floats, period: float) -> Floats:
    """The chain of frames, about one period apart, that collects most onset strength (dynamic programming)."""
    steps = np.arange(round(period * 0.85), round(period * 1.15) + 1)
    cost = -_TIGHT * np.log(steps / period) ** 2
    total = strength.copy()
    back = np.full(len(strength), -1)
    for at in range(steps[-1], len(strength)):
        reached = total[at - steps] + cost
        best = int(np.argmax(reached))
        total[at] += reached[best]
        back[at] = at - steps[best]
    at = int(len(total) - period + np.argmax(total[int(len(total) - period) :]))
    chain = []
    while at >= 0:
        chain.append(at)
        at = int(back[at])
    chain.reverse()
    while chain[0] - period >= -period / 4:
        chain.insert(0, round(chain[0] - period))
    return np.asarray(chain, dtype=np.float64)


def _downbeat(heard: Onsets, beats: Floats) -> int:
    """Which of four beats opens the bar: the one on which most begins, in the bass above all."""
    reach = int(0.04 * heard.rate)
    marked = 2 * heard.low + heard.strength
    places = np.clip(np.round((beats - heard.offset) * heard.rate).astype(int), 0, len(marked) - 1)
    strength = [marked[max(0, place - reach) : place + reach + 1].max() for place in places]
    return max(range(_BAR), key=lambda first: float(np.mean(strength[first::_BAR])))
