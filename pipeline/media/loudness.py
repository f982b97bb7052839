"""How loud a sound is, as broadcasters measure it: ITU-R BS.1770-4 with the gates of EBU R 128, and the true peak."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log10, pi, tan

import numpy as np
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]

_BLOCK = 0.4  # seconds; blocks overlap by three quarters
_HOP = 0.1
_ABSOLUTE_GATE = -70.0  # LUFS
_RELATIVE_GATE = -10.0  # LU below the mean of what passes the absolute gate
_OVERSAMPLING = 4
_TAIL = 1.0  # seconds of silence behind the sound, so that the filters' ringing does not wrap round


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; both are -inf for silence."""

    lufs: float
    true_peak_dbtp: float


def measure(samples: Samples, rate: int) -> Loudness:
    """The integrated loudness and the true peak of a sound.

    Args:
        samples: (n, channels), full scale is ±1; one or two channels, equally weighted.
        rate: samples a second.
    """
    return Loudness(lufs=integrated(samples, rate), true_peak_dbtp=true_peak(samples, rate))


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness of the whole sound in LUFS; -inf when nothing passes the gate or it is shorter than 0.4 s."""
    powers = _block_powers(samples, rate)
    loud = powers[_lufs(powers) > _ABSOLUTE_GATE]
    if not loud.size:
        return -inf
    gate = float(_lufs(loud.mean())) + _RELATIVE_GATE
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def true_peak(samples: Samples, rate: int) -> float:
    """The highest level between and at the samples in dBTP, by fourfold oversampling."""
    if not samples.size:
        return -inf
    wide = soxr.resample(samples, rate, rate * _OVERSAMPLING, quality="HQ")
    highest = max(float(np.abs(samples).max()), float(np.abs(wide).max(initial=0.0)))
    return 20 * log10(highest) if highest > 0 else -inf


def momentary(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Loudness in LUFS of each 0.4 s block, one every 0.1 s; -inf for silence."""
    return _lufs(_block_powers(samples, rate))


def _lufs(power: NDArray[np.float64] | np.floating) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power), np.float64)


def _block_powers(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Mean square of the weighted sound, summed over channels, for each block."""
    squares = np.square(_weighted(samples, rate)).sum(axis=1)
    sums = np.concatenate(([0.0], np.cumsum(squares)))
    length, hop = round(_BLOCK * rate), round(_HOP * rate)
    starts = np.arange(0, len(samples) - length + 1, hop)
    # A running sum can lose the last bits after a loud passage; power is never negative.
    return np.asarray(np.maximum(sums[starts + length] - sums[starts], 0.0) / length, np.float64)


def _weighted(samples: Samples, rate: int) -> NDArray[np.float64]:
    """The sound through the K filter, applied as a product of spectra: exact, and no loop over samples."""
    size = 1 << (len(samples) + round(_TAIL * rate) - 1).bit_length()
    response = _k_response(size, rate)
    spectrum = np.fft.rfft(samples.astype(np.float64), size, axis=0)
    return np.asarray(np.fft.irfft(spectrum * response[:, None], size, axis=0)[: len(samples)], np.float64)


def _k_response(size: int, rate: int) -> NDArray[np.complex128]:
    """Frequency response of the two K-weighting stages at the bins of a real FFT.

    The recommendation tabulates coefficients for 48 kHz; these are the analogue prototypes behind them, so that every
    sample rate is served.
    """
    z = np.exp(-2j * pi * np.arange(size // 2 + 1) / size)
    powers = np.stack((np.ones_like(z), z, z * z))
    response = np.ones_like(z)
    for zeros, poles in (_shelf(rate), _high_pass(rate)):
        response *= (np.array(zeros) @ powers) / (np.array(poles) @ powers)
    return np.asarray(response, np.complex128)


_Section = tuple[tuple[float, float, float], tuple[float, float, float]]


def _shelf(rate: int) -> _Section:
    """The head's effect: +4 dB above 1.7 kHz."""
    k = tan(pi * 1681.974450955533 / rate)
    q = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    scale = 1 + k / q + k * k
    zeros = (high + middle * k / q + k * k, 2 * (k * k - high), high - middle * k / q + k * k)
    return _scaled(zeros, scale), (1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale)


def _high_pass(rate: int) -> _Section:
    """What the ear does not hear: nothing below 38 Hz."""
    k = tan(pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale)


def _scaled(values: tuple[float, float, float], scale: float) -> tuple[float, float, float]:
    return values[0] / scale, values[1] / scale, values[2] / scale
