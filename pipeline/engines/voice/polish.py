"""Lines made ready for the mix: silence trimmed, clicks and rumble taken away, all equally loud."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FRAME = 0.01  # seconds
_SILENCE_DB = -42.0  # below the loudest frame
_HEAD = 0.03  # kept before the voice, seconds
_TAIL = 0.08  # kept after it
_FADE = 0.008
_LEVEL = 10 ** (-21 / 20)  # RMS of the voiced frames
_PEAK = 10 ** (-1.5 / 20)
_RUMBLE = 75.0  # Hz, below which there is no voice


def trimmed(samples: NDArray[np.float32], rate: int) -> tuple[NDArray[np.float32], float]:
    """A line without the silence around it, faded in and out, and the seconds taken from its beginning."""
    frame = int(rate * _FRAME)
    loudness = _frames(samples, frame)
    loud = np.flatnonzero(loudness > loudness.max(initial=0.0) * 10 ** (_SILENCE_DB / 20))
    if not len(loud):
        return samples, 0.0
    first = max(0, int(loud[0]) * frame - int(_HEAD * rate))
    last = min(len(samples), (int(loud[-1]) + 1) * frame + int(_TAIL * rate))
    kept = samples[first:last].copy()
    fade = min(int(_FADE * rate), len(kept) // 2)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    return kept, first / rate


def levelled(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """A line without rumble, as loud as every other line while the voice sounds; peaks stay below −1.5 dBFS."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    clean = np.fft.irfft(spectrum * (hertz**4 / (hertz**4 + _RUMBLE**4)), len(samples)).astype(np.float32)
    loudness = _frames(clean, int(rate * _FRAME))
    voiced = loudness[loudness > loudness.max(initial=0.0) * 0.1]
    if not len(voiced):
        return clean
    gain = _LEVEL / float(np.sqrt(np.mean(voiced**2)))
    return clean * np.float32(min(gain, _PEAK / float(np.abs(clean).max())))


def write_wav(path: Path, samples: NDArray[np.float32], rate: int) -> Path:
    """Write mono 16-bit PCM."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
    return path


def _frames(samples: NDArray[np.float32], frame: int) -> NDArray[np.float32]:
    whole = len(samples) // frame * frame
    return np.asarray(np.sqrt((samples[:whole].reshape(-1, frame) ** 2).mean(axis=1)), dtype=np.float32)
