"""Sound files in and out: any file to samples, samples to WAV."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray


def read_sound(source: Path | BinaryIO, *, rate: int, stereo: bool = True) -> NDArray[np.float32]:
    """Decode a sound file.

    Args:
        source: any sound that FFmpeg reads.
        rate: samples a second to convert to.
        stereo: two channels, else one.

    Returns:
        (channels, n), full scale is ±1.
    """
    resampler = av.AudioResampler(format="fltp", layout="stereo" if stereo else "mono", rate=rate)
    parts = []
    with av.open(str(source) if isinstance(source, Path) else source, "r") as file:
        for frame in file.decode(audio=0):
            parts += [part.to_ndarray() for part in resampler.resample(frame)]
    parts += [part.to_ndarray() for part in resampler.resample(None)]
    return np.concatenate(parts, axis=1).astype(np.float32, copy=False)


def write_sound(path: Path, samples: NDArray[np.float32], rate: int) -> Path:
    """Write 16-bit PCM WAV, as `quantised`.

    Args:
        path: where to.
        samples: (channels, n), full scale is ±1.
        rate: samples a second.
    """
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[0])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(quantised(samples).T.tobytes())
    return path


def quantised(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Samples of full scale ±1 as 16-bit ones, dithered so that quiet fades do not crackle."""
    noise = np.random.default_rng(0)  # always the same, so that equal sounds are equal files
    dither = noise.random(samples.shape, dtype=np.float32) - noise.random(samples.shape, dtype=np.float32)
    return np.clip(np.round(samples * 32767 + np.where(samples == 0, 0, dither)), -32768, 32767).astype("<i2")
