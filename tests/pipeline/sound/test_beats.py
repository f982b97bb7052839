"""Beats found in sounds whose beats are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.media.beats import track

RATE = 48_000


def drums(bpm: float, *, seconds: float = 20.0, start: float = 0.3, seed: int = 1) -> NDArray[np.float32]:
    """A kick on every beat, the loudest on each fourth, soft noise on the half beats and under all of it."""
    chance = np.random.default_rng(seed)
    sound = chance.normal(0, 0.002, int(seconds * RATE))
    times = np.arange(int(0.15 * RATE)) / RATE
    kick = np.sin(2 * np.pi * 70 * times) * np.exp(-times * 30)
    hat = chance.normal(0, 1, len(times)) * np.exp(-times * 80)
    beat = 60 / bpm
    for at in range(int((seconds - start) / beat)):
        moment = start + at * beat
        for when, hit in ((moment, kick * (1.0 if at % 4 == 0 else 0.55)), (moment + beat / 2, hat * 0.1)):
            first = int(when * RATE)
            room = sound[first : first + len(hit)]
            room += hit[: len(room)]
    return np.stack([sound, sound]).astype(np.float32)


@pytest.mark.parametrize(("bpm", "told"), [(68, 68), (84.99, 84), (110, 110), (133.2, 132), (150, 150)])
def test_beats_are_found_to_a_hundredth_of_a_second(bpm: float, told: float) -> None:
    grid = track(drums(bpm), RATE, told_bpm=told)
    assert grid.bpm == pytest.approx(bpm, rel=0.002)
    inside = [beat for beat in grid.beats if 0.5 < beat < 19]
    errors = [abs((beat - 0.3 + 30 / bpm) % (60 / bpm) - 30 / bpm) for beat in inside]
    assert len(inside) >= 18 * bpm / 60
    assert max(errors) <= 0.015


def test_bars_open_where_the_bass_is_strongest() -> None:
    grid = track(drums(100), RATE, told_bpm=100)
    for bar in grid.bars:
        if 0.2 < bar < 19:
            assert abs((bar - 0.3 + 1.2) % 2.4 - 1.2) <= 0.02


def test_an_uneven_piece_keeps_its_own_beats() -> None:
    first, second = drums(100, seconds=10, start=0.3), drums(103, seconds=10, start=0.3)
    grid = track(np.concatenate([first, second], axis=1), RATE, told_bpm=101)
    late = [beat for beat in grid.beats if 12 < beat < 19]
    errors = [abs((beat - 10.3 + 30 / 103) % (60 / 103) - 30 / 103) for beat in late]
    assert float(np.median(errors)) <= 0.03
