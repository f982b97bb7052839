"""Sound as it is delivered: AAC in an MP4, and what is heard of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

from pipeline.errors import JobCancelled
from pipeline.media.encode import FILE_OPTIONS, failing_as_ours
from pipeline.media.pcm import read_sound
from pipeline.model import FPS, SAMPLE_RATE

Samples = NDArray[np.float32]

AAC_FRAME = 1024  # samples in a packet of sound
_PRIMING = 1024  # samples that the encoder puts before the first one
_SOFT = 480  # samples over which the rest begins


def encode_audio(source: Path, path: Path, *, frames: int, rate: int, stop: threading.Event) -> None:
    """Encode sound to AAC in an MP4, so long as `frames` of video, silence added or the end cut off as needed.

    The encoder's priming takes the place of the first 21 ms instead of delaying the rest, so that the file needs no
    edit list and sound stays in step everywhere.

    Raises:
        JobCancelled: `stop` was set.
        FfmpegFailed: the sound cannot be read or encoded.
    """
    total = frames * SAMPLE_RATE // FPS
    with failing_as_ours("encode the sound"):
        sound = _begun(read_sound(source, rate=SAMPLE_RATE)[:, :total])
        sound = np.pad(sound, ((0, 0), (0, total - _PRIMING - sound.shape[1])))
        with av.open(str(path), "w", format="mp4", options=FILE_OPTIONS) as file:
            packets = _packets(_stream(file, rate), sound, stop)
            for number in range(ceil(total / AAC_FRAME)):
                packet = next(packets)
                packet.pts = packet.dts = number * AAC_FRAME
                packet.duration = min(AAC_FRAME, total - number * AAC_FRAME)
                file.mux(packet)


def heard(samples: Samples, *, rate: int) -> Samples:
    """What is heard of a sound that was encoded: its peaks may be higher than they were.

    Args:
        samples: (2, n) at 48 kHz.
        rate: bits a second.

    Returns:
        (2, m) at 48 kHz, a little longer.
    """
    with failing_as_ours("encode the sound"):
        kept = BytesIO()
        with av.open(kept, "w", format="adts") as file:
            for packet in _packets(_stream(file, rate), _begun(samples), threading.Event()):
                file.mux(packet)
        kept.seek(0)
        return read_sound(kept, rate=SAMPLE_RATE)


def _begun(samples: Samples) -> Samples:
    """A sound from behind the priming on: what begins with a jump is encoded with a splash around it."""
    rest = samples[:, _PRIMING:].copy()
    rest[:, :_SOFT] *= np.linspace(0, 1, _SOFT, dtype=np.float32)[: rest.shape[1]]
    return rest


def _stream(file: av.container.OutputContainer, rate: int) -> AudioStream:
    stream = file.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
    stream.codec_context.bit_rate = rate
    return stream


def _packets(stream: AudioStream, sound: Samples, stop: threading.Event) -> Iterator[Packet[Any]]:
    # Two frames of silence at the end, for as many packets as there are input frames and the priming.
    padded = np.pad(sound, ((0, 0), (0, 2 * AAC_FRAME + -sound.shape[1] % AAC_FRAME)))
    for start in range(0, padded.shape[1], AAC_FRAME):
        if stop.is_set():
            raise JobCancelled("stopped while encoding the sound")
        block = np.ascontiguousarray(padded[:, start : start + AAC_FRAME])
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)
