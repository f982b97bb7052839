"""Reading finished films back: pictures, sound and the boxes of the MP4."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000


def clicks(path: Path, seconds: float, *, every: float = 0.1) -> Path:
    """Write a WAV that is silent but for a full-scale click at every tenth of a second."""
    sound = np.zeros((round(seconds * RATE), 2), np.int16)
    sound[:: round(every * RATE)] = 32_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.tobytes())
    return path


def pictures(path: Path) -> list[NDArray[np.uint8]]:
    """All frames of a film as (3/2 height, width) planes."""
    with av.open(str(path)) as file:
        return [np.asarray(frame.to_ndarray(), np.uint8) for frame in file.decode(video=0)]


def sound(path: Path) -> NDArray[np.float32]:
    """The left channel."""
    with av.open(str(path)) as file:
        return np.concatenate([np.asarray(frame.to_ndarray()[0], np.float32) for frame in file.decode(audio=0)])


def boxes(data: bytes, inside: tuple[bytes, ...] = ()) -> Iterator[tuple[tuple[bytes, ...], bytes]]:
    """Each box of an MP4, with the names of those around it, in the order of the file."""
    place = 0
    while place + 8 <= len(data):
        size, name = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        header = 8
        if size == 1:
            size, header = int.from_bytes(data[place + 8 : place + 16]), 16
        body = data[place + header : place + (size or len(data))]
        yield (*inside, name), body
        if name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta"):
            yield from boxes(body, (*inside, name))
        place += size or len(data)
