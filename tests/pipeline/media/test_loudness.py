"""Loudness agrees with FFmpeg's own meter and with the reference tones of EBU Tech 3341."""

from __future__ import annotations

import re
import subprocess
from math import inf, pi
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.media.loudness import integrated, measure, momentary, true_peak

RATE = 48_000
Sound = NDArray[np.float32]


def tone(hertz: float, *, seconds: float, level: float, rate: int = RATE, phase: float = 0.0) -> Sound:
    """A stereo sine; level is its peak in dBFS."""
    wave = 10 ** (level / 20) * np.sin(2 * pi * hertz * np.arange(round(seconds * rate)) / rate + phase)
    return np.stack((wave, wave), axis=1).astype(np.float32)


def music(seconds: float, *, rate: int = RATE) -> Sound:
    """Noise that swells and pauses, different left and right, with peaks between its samples."""
    chance = np.random.default_rng(7)
    at = np.arange(round(seconds * rate)) / rate
    swell = np.clip(np.sin(2 * pi * at / 3.1), 0, 1)[:, None] * np.array([0.5, 0.3])
    return np.asarray(np.clip(chance.normal(0, 0.25, (len(at), 2)) * swell, -0.9, 0.9), np.float32)


def ffmpeg_meter(samples: Sound, rate: int, folder: Path) -> tuple[float, float]:
    raw = folder / "sound.f32"
    raw.write_bytes(samples.tobytes())
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-f", "f32le", "-ar", str(rate), "-ac", "2"]
    command += ["-i", str(raw), "-af", "ebur128=peak=true", "-f", "null", "-"]
    heard = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stderr
    summary = heard[heard.rindex("Summary:") :]
    loud = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert loud is not None
    assert peak is not None
    return float(loud[1]), float(peak[1])


@pytest.mark.parametrize("level", [-23.0, -33.0, -14.0])
def test_a_stereo_tone_of_one_kilohertz_is_as_loud_as_its_peak_level(level: float) -> None:
    assert integrated(tone(1000, seconds=20, level=level), RATE) == pytest.approx(level, abs=0.1)


def test_quiet_passages_are_gated_out() -> None:
    parts = [tone(1000, seconds=10, level=-36), tone(1000, seconds=60, level=-23), tone(1000, seconds=10, level=-36)]
    assert integrated(np.concatenate(parts), RATE) == pytest.approx(-23.0, abs=0.1)


def test_passages_below_seventy_are_not_heard_at_all() -> None:
    parts = [tone(1000, seconds=10, level=-72), tone(1000, seconds=10, level=-36), tone(1000, seconds=60, level=-23)]
    assert integrated(np.concatenate([*parts, parts[1], parts[0]]), RATE) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("rate", [48_000, 44_100, 24_000])
def test_it_agrees_with_the_meter_of_ffmpeg(rate: int, tmp_path: Path) -> None:
    sound = music(12, rate=rate)
    wanted_lufs, wanted_peak = ffmpeg_meter(sound, rate, tmp_path)
    heard = measure(sound, rate)
    assert heard.lufs == pytest.approx(wanted_lufs, abs=0.1)
    assert heard.true_peak_dbtp == pytest.approx(wanted_peak, abs=0.3)


def test_the_true_peak_sees_between_the_samples() -> None:
    between = tone(12_000, seconds=1, level=-6.0, phase=pi / 4)  # samples reach only -9 dBFS
    assert 20 * np.log10(np.abs(between).max()) == pytest.approx(-9.0, abs=0.1)
    faded = between * np.hanning(len(between))[:, None].astype(np.float32)
    assert true_peak(faded, RATE) == pytest.approx(-6.0, abs=0.1)


def test_silence_has_no_level() -> None:
    silence = np.zeros((RATE, 2), np.float32)
    assert measure(silence, RATE).lufs == -inf
    assert measure(silence, RATE).true_peak_dbtp == -inf
    assert np.all(momentary(silence, RATE) == -inf)


def test_a_sound_shorter_than_one_block_has_no_loudness() -> None:
    assert integrated(tone(1000, seconds=0.3, level=-6), RATE) == -inf
    assert measure(np.zeros((0, 2), np.float32), RATE).true_peak_dbtp == -inf


def test_momentary_loudness_follows_the_sound() -> None:
    sound = np.concatenate([tone(1000, seconds=2, level=-20), np.zeros((RATE * 2, 2), np.float32)])
    blocks = momentary(sound, RATE)
    assert blocks[5] == pytest.approx(-20, abs=0.1)
    assert blocks[-1] < -100
