"""A finished film made smaller, for a chat that takes only so many bytes."""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path

import av

from pipeline.errors import JobCancelled, MediaError
from pipeline.media.encode import FILE_OPTIONS, EncodeSettings, failing_as_ours, set_up
from pipeline.media.still import frame_size
from pipeline.model import FPS

_TRIES = 4
_SPARSE = 0.045  # bits for each pixel of each frame below which fewer pixels look better than worse ones
_LEAST = 360  # pixels across or down that a film keeps


def refit(source: Path, out: Path, *, limit: int, stop: threading.Event | None = None) -> int:
    """Encode a film again so that it is no larger than `limit` bytes. Blocks; meant for a thread of its own.

    The sound is taken over as it is; pictures are made smaller where too few bits are left for each.

    Returns:
        The size of `out` in bytes.

    Raises:
        MediaError: it cannot be made that small.
        JobCancelled: `stop` was set.
        FfmpegFailed: the film cannot be read, or written.
    """
    stop = stop or threading.Event()
    with failing_as_ours("read the film"), av.open(str(source)) as film:
        video = film.streams.video[0]
        seconds, width, height = video.frames / FPS, video.width, video.height
        rate = sum(stream.bit_rate or 0 for stream in film.streams.audio)
    wanted = limit
    for _ in range(_TRIES):
        settings = EncodeSettings(audio_rate=rate).fitting(wanted, seconds)
        scale = _scale(width, height, settings.maxrate or 0)
        _encode_again(source, out, size=frame_size(width, height, scale), settings=settings, stop=stop)
        size = out.stat().st_size
        if size <= limit:
            return size
        wanted = round(0.95 * wanted * limit / size)
    raise MediaError(f"a film of {seconds:.0f} s does not fit into {limit} bytes")


def _scale(width: int, height: int, rate: int) -> float:
    enough = rate / (_SPARSE * FPS * width * height)
    return min(1.0, max(float(enough**0.5), _LEAST / min(width, height)))


def _encode_again(
    source: Path, out: Path, *, size: tuple[int, int], settings: EncodeSettings, stop: threading.Event
) -> None:
    with (
        failing_as_ours("make the film smaller"),
        av.open(str(source)) as film,
        av.open(str(out), "w", format="mp4", options=FILE_OPTIONS) as smaller,
    ):
        smaller.metadata["title"] = film.metadata.get("title", "")
        stream = smaller.add_stream("libx264", rate=FPS, options=settings.options())
        set_up(stream, size, threads=2)
        tracks = {track.index: smaller.add_stream_from_template(track) for track in film.streams.audio}
        for packet in film.demux(film.streams.video[0], *film.streams.audio):
            if stop.is_set():
                raise JobCancelled("stopped while making a film smaller")
            if packet.stream.index in tracks:
                if packet.size:
                    packet.stream = tracks[packet.stream.index]
                    smaller.mux(packet)
                continue
            for frame in packet.decode():
                if not isinstance(frame, av.VideoFrame):
                    continue
                picture = frame.reformat(*size, format="yuv420p", interpolation="AREA")
                picture.pts, picture.time_base = round((frame.time or 0.0) * FPS), Fraction(1, FPS)
                picture.pict_type = av.video.frame.PictureType.NONE  # let the encoder choose again
                smaller.mux(stream.encode(picture))
        smaller.mux(stream.encode(None))
