"""Checks of what is heard: length, silence, clipping, loudness."""

from __future__ import annotations

import numpy as np

from pipeline.media.checks.plan import Plan
from pipeline.media.checks.screening import Screening
from pipeline.media.loudness import integrated, momentary, true_peak
from pipeline.model import FPS, SAMPLE_RATE, Check

_LOUDNESS, _TOLERANCE = -14.0, 0.5  # LUFS, LU
_PEAK = -1.5  # dBTP
_SILENT = -60.0  # LUFS
_BLOCK, _HOP = 0.4, 0.1  # seconds, of momentary loudness
_CLIPPED = 0.999
_RUN = 4  # samples in a row at full scale


def sound_length(seen: Screening, plan: Plan) -> Check:
    """The sound is as long as the picture, give or take a frame."""
    measured, wanted = seen.container.sound_seconds, plan.timeline.seconds
    close = abs(measured - wanted) <= 1 / FPS + 1e-6
    return Check(name="sound length", passed=close, measured=f"{measured:.3f} s", wanted=f"{wanted:.3f} s ± 1 frame")


def silence(seen: Screening) -> Check:
    """No second is silent."""
    if len(seen.sound) < _BLOCK * SAMPLE_RATE:
        return Check(name="silence", passed=False, measured="no sound", wanted="under 1 s")
    longest = run = 0
    for level in momentary(seen.sound, SAMPLE_RATE):
        run = run + 1 if level < _SILENT else 0
        longest = max(longest, run)
    seconds = _BLOCK + (longest - 1) * _HOP if longest else 0.0
    return Check(name="silence", passed=seconds < 1, measured=f"{seconds:.1f} s", wanted="under 1 s")


def clipping(seen: Screening) -> Check:
    """The wave is nowhere cut off."""
    full = np.abs(seen.sound) >= _CLIPPED
    runs = full[: len(full) - _RUN + 1].copy()
    for shift in range(1, _RUN):
        runs &= full[shift : len(full) - _RUN + 1 + shift]
    count = int(runs.sum())
    return Check(name="clipping", passed=count == 0, measured=f"{count} places", wanted="none")


def loudness(seen: Screening) -> Check:
    """As loud as the platforms play."""
    measured = integrated(seen.sound, SAMPLE_RATE)
    return Check(
        name="loudness",
        passed=abs(measured - _LOUDNESS) <= _TOLERANCE,
        measured=f"{measured:.1f} LUFS",
        wanted=f"{_LOUDNESS:g} ± {_TOLERANCE:g} LUFS",
    )


def peak(seen: Screening) -> Check:
    """No peak that a player's converter would distort."""
    measured = true_peak(seen.sound, SAMPLE_RATE)
    return Check(
        name="true peak", passed=measured <= _PEAK, measured=f"{measured:.1f} dBTP", wanted=f"{_PEAK:g} dBTP or less"
    )
