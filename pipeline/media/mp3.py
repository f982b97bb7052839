"""A voice sample as MP3, which every chat can play."""

from __future__ import annotations

import io
from pathlib import Path

import av


def encode_mp3(source: Path, *, bit_rate: int = 96_000) -> bytes:
    """An audio file as mono MP3.

    Args:
        source: any audio file that FFmpeg reads.
        bit_rate: bits per second.
    """
    target = io.BytesIO()
    with av.open(source) as sound, av.open(target, "w", format="mp3") as film:
        stream = film.add_stream("libmp3lame", rate=44_100)
        stream.bit_rate = bit_rate
        stream.codec_context.layout = "mono"
        resampler = av.AudioResampler(format="s16p", layout="mono", rate=44_100, frame_size=1152)
        for frame in sound.decode(audio=0):
            for part in resampler.resample(frame):
                film.mux(stream.encode(part))
        for part in resampler.resample(None):
            film.mux(stream.encode(part))
        film.mux(stream.encode(None))
    return target.getvalue()
