"""Gain over time: compressing a voice, ducking music under it, limiting peaks, fading out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Floats = NDArray[np.float64]

_STEP = 0.005  # seconds between two values of a slow gain
_PEAK_STEP = 0.001  # of the limiter's
_OVERSAMPLING = 4


@dataclass(frozen=True)
class Compressor:
    """Makes loud syllables less loud: levels in dBFS, times in seconds."""

    threshold: float = -24.0
    ratio: float = 2.5
    attack: float = 0.010
    release: float = 0.120


@dataclass(frozen=True)
class Ducker:
    """Takes music down while a voice sounds: `depth` in dB, times in seconds."""

    depth: float = 11.0
    ahead: float = 0.060  # the music gives way just before the voice begins
    hold: float = 0.220  # and stays down over the gaps between words
    attack: float = 0.045
    release: float = 0.300


def compressed(samples: Samples, rate: int, settings: Compressor) -> Samples:
    """A mono sound with its loud parts taken down."""
    level = 20 * np.log10(_rms(samples, round(_STEP * rate)) + 1e-9)
    over = np.maximum(0.0, level - settings.threshold)
    wanted = -over * (1 - 1 / settings.ratio)
    gain = _smooth(wanted, down=settings.attack, up=settings.release, step=_STEP)
    return samples * _stretched(gain, len(samples), round(_STEP * rate))


def ducking(voice: Samples, rate: int, settings: Ducker) -> Samples:
    """The gain that music gets under a mono voice, one value a sample."""
    level = _rms(voice, round(_STEP * rate))
    loud = level > 10 ** (-45 / 20)
    ahead, hold = round(settings.ahead / _STEP), round(settings.hold / _STEP)
    padded = np.pad(loud, (hold, ahead))
    speaking = np.lib.stride_tricks.sliding_window_view(padded, hold + ahead + 1).any(axis=1)
    wanted = np.where(speaking, -settings.depth, 0.0)
    gain = _smooth(wanted, down=settings.attack, up=settings.release, step=_STEP)
    return _stretched(gain, len(voice), round(_STEP * rate))


def limited(
    samples: Samples, rate: int, *, ceiling: float, key: Samples | None = None, release: float = 0.080
) -> Samples:
    """A sound whose peaks, between the samples too, stay below a ceiling; the gain goes down before the peak comes.

    Args:
        samples: (channels, n).
        rate: samples a second.
        ceiling: dBTP.
        key: the sound whose peaks count, in step with `samples`; by default that itself.
        release: seconds for the gain to come back.
    """
    step = round(_PEAK_STEP * rate)
    listened = samples if key is None else key
    wide = np.abs(soxr.resample(listened.T, rate, rate * _OVERSAMPLING, quality="HQ")).max(axis=1)
    blocks = -(-samples.shape[1] // step)
    own = np.abs(listened).max(axis=0)
    peaks = np.maximum(_block_peaks(wide, blocks, step * _OVERSAMPLING), _block_peaks(own, blocks, step))
    wanted = np.minimum(0.0, ceiling - 20 * np.log10(np.maximum(peaks, 1e-9)))
    around = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, 3, mode="edge"), 7).min(axis=1)
    gain = _smooth(around, down=0.0, up=release, step=_PEAK_STEP)
    soft = np.convolve(np.pad(gain, 2, mode="edge"), np.array([1, 2, 2, 2, 1]) / 8, "valid")
    return samples * _stretched(np.minimum(soft, 0.0), samples.shape[1], step)


def faded(samples: Samples, rate: int, *, start: float, end: float) -> Samples:
    """A sound that dies away between two moments (seconds), and is silent afterwards."""
    times = np.arange(samples.shape[-1]) / rate
    share = np.clip((times - start) / max(end - start, 1e-6), 0.0, 1.0)
    curve = np.where(share < 1, np.maximum(np.cos(share * np.pi / 2), 0.0) ** 1.5, 0.0)
    return samples * curve.astype(np.float32)


def _rms(samples: Samples, step: int) -> Floats:
    whole = -(-len(samples) // step) * step
    blocks = np.pad(samples, (0, whole - len(samples))).reshape(-1, step).astype(np.float64)
    return np.asarray(np.sqrt((blocks**2).mean(axis=1)))


def _block_peaks(levels: Samples, blocks: int, step: int) -> Floats:
    padded = np.zeros(blocks * step)
    count = min(len(levels), len(padded))
    padded[:count] = levels[:count]
    return np.asarray(padded.reshape(blocks, step).max(axis=1))


def _smooth(wanted: Floats, *, down: float, up: float, step: float) -> Floats:
    """Follow a gain in dB: down and up with time constants of their own (seconds)."""
    fall = 1.0 if down <= 0 else 1 - np.exp(-step / down)
    rise = 1.0 if up <= 0 else 1 - np.exp(-step / up)
    out = np.empty_like(wanted)
    now = 0.0
    for at, target in enumerate(wanted):
        now += (target - now) * (fall if target < now else rise)
        out[at] = now
    return out


def _stretched(decibels: Floats, length: int, step: int) -> Samples:
    """A slow gain in dB as a factor for every sample."""
    centres = (np.arange(len(decibels)) + 0.5) * step
    return np.asarray(10 ** (np.interp(np.arange(length), centres, decibels) / 20), dtype=np.float32)
