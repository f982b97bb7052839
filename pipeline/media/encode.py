"""H.264: one segment of a film at a time, and segments joined to a file, sound added, without encoding again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from heapq import merge
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream
from llvmlite.binding import get_host_cpu_features

from pipeline.errors import FfmpegFailed, JobCancelled, MediaError
from pipeline.media.canvas import Canvas
from pipeline.model import FPS

_BT709 = 1  # of primaries, transfer and matrix alike
_LIMITED = 1
AUDIO_RATE = 160_000  # bits a second


@dataclass(frozen=True)
class EncodeSettings:
    """How a film is encoded.

    Attributes:
        crf: constant quality of x264; lower is better and larger.
        preset: x264's speed.
        subme: x264's sub-pixel refinement: below 4 slow moves tremble.
        maxrate: bits a second of video that it may not exceed for long; None for as many as the quality takes.
        audio_rate: bits a second of sound.
    """

    crf: float = 20.0
    preset: str = "veryfast"
    subme: int = 4
    maxrate: int | None = None
    audio_rate: int = AUDIO_RATE

    def fitting(self, limit: int, seconds: float) -> EncodeSettings:
        """Settings under which a film of some seconds stays below a number of bytes."""
        rate = int(0.9 * limit * 8 / seconds) - self.audio_rate
        return replace(self, maxrate=max(100_000, rate))

    def options(self) -> dict[str, str]:
        """What libx264 is told. Segments made with equal options can be joined: `stitchable` keeps headers equal."""
        options = {
            "preset": self.preset,
            "crf": f"{self.crf:g}",
            "profile": "high",
            "x264-params": f"stitchable=1:keyint=300:subme={self.subme}{_instructions()}",
        }
        if self.maxrate is not None:
            options |= {"maxrate": str(self.maxrate), "bufsize": str(self.maxrate)}
        return options


@cache
def _instructions() -> str:
    """Keep x264 from its AVX-512 code, which encodes the same pictures to other bytes now and then, and no faster.

    Asked for only where the processor has what is named instead: x264 takes our word for it.
    """
    has = get_host_cpu_features()
    return ":asm=avx2" if has.get("avx512f") and has.get("avx2") else ""


@contextmanager
def failing_as_ours(what: str) -> Iterator[None]:
    """Turn a failure of the FFmpeg libraries into `FfmpegFailed`."""
    try:
        yield
    except av.FFmpegError as error:
        raise FfmpegFailed(f"could not {what}", tail=str(error)) from error


def encode_segment(
    path: Path,
    *,
    size: tuple[int, int],
    frames: int,
    draw: Callable[[int, Canvas], None],
    settings: EncodeSettings,
    stop: threading.Event,
    watch: Callable[[], None],
) -> None:
    """Draw and encode frames to an MP4 of video alone, in this thread.

    Args:
        path: the file to write.
        size: width and height in pixels.
        frames: how many.
        draw: draws frame number n on the canvas; what it drew before is still on it.
        settings: of the encoder.
        stop: ends the work early when set.
        watch: called after each frame.

    Raises:
        JobCancelled: `stop` was set.
        FfmpegFailed: the encoder failed.
    """
    with failing_as_ours("encode a segment"), av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=FPS, options=settings.options())
        # One thread each: several segments are encoded at a time, which wastes less than threads within a picture.
        set_up(stream, size, threads=1)
        picture = av.VideoFrame(*size, "yuv420p")
        picture.time_base = Fraction(1, FPS)
        canvas = _canvas(picture)
        for number in range(frames):
            if stop.is_set():
                raise JobCancelled("stopped while encoding")
            draw(number, canvas)
            picture.pts = number
            file.mux(stream.encode(picture))
            watch()
        file.mux(stream.encode(None))


def set_up(stream: VideoStream, size: tuple[int, int], *, threads: int) -> None:
    """Give a new H.264 stream its size, its clock and its colours."""
    context = stream.codec_context
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.time_base = context.time_base = Fraction(1, FPS)
    context.thread_count = threads
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED


def _canvas(picture: av.VideoFrame) -> Canvas:
    """A canvas on the memory of a frame: x264 takes its own copy, so the frame can be drawn on again."""
    luma, blue, red = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.buffer_size // plane.line_size, plane.line_size)
        for plane in picture.planes
    )
    return Canvas(luma, blue, red, picture.width, picture.height)


# No edit list: platforms disagree on them. Signed composition offsets let video begin at 0 without one.
FILE_OPTIONS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}


def join(segments: Sequence[Path], *, audio: Path | None, out: Path, title: str, frames: int) -> None:
    """Join segments, and the sound, to one film without encoding again.

    Args:
        segments: in the order of the film, from `encode_segment` with equal settings.
        audio: from `encode_audio`; None for a silent film.
        out: the MP4 to write.
        title: the file's only metadata.
        frames: how many the segments must have together.

    Raises:
        MediaError: the segments do not fit together or have not the right number of frames.
        FfmpegFailed: a file cannot be read or written.
    """
    with failing_as_ours("join the segments"), av.open(str(out), "w", format="mp4", options=FILE_OPTIONS) as film:
        film.metadata["title"] = title
        with av.open(str(segments[0])) as first:
            video = film.add_stream_from_template(first.streams.video[0])
        shown = _video_packets(segments, video)
        if len(shown) != frames:
            raise MediaError(f"{len(shown)} frames are there to join instead of {frames}")
        if audio is None:
            film.mux(shown)
            return
        with av.open(str(audio)) as sound:
            track = film.add_stream_from_template(sound.streams.audio[0])
            heard = [packet for packet in sound.demux(audio=0) if packet.size]
            for packet in heard:
                packet.stream = track
            film.mux(list(merge(shown, heard, key=_moment)))


def count_packets(path: Path) -> int:
    """How many packets of its first stream a file holds: pictures, or blocks of sound.

    Raises:
        FfmpegFailed: it is not whole.
    """
    with failing_as_ours("read a segment"), av.open(str(path)) as file:
        return sum(1 for packet in file.demux(file.streams[0]) if packet.size)


def _video_packets(segments: Sequence[Path], stream: VideoStream) -> list[Packet[Any]]:
    """All pictures of all segments in coding order, numbered for the whole film."""
    packets: list[Packet[Any]] = []
    late = 0
    for path in segments:
        with av.open(str(path)) as file:
            if file.streams.video[0].codec_context.extradata != stream.codec_context.extradata:
                raise MediaError("segments were encoded with different settings")
            part = [packet for packet in file.demux(video=0) if packet.size]
        offset = len(packets)
        order = {when: rank for rank, when in enumerate(sorted(packet.pts or 0 for packet in part))}
        for coded, packet in enumerate(part):
            rank = order[packet.pts or 0]
            late = max(late, coded - rank)
            packet.stream, packet.time_base = stream, Fraction(1, FPS)
            packet.pts, packet.duration = offset + rank, 1
        packets += part
    for coded, packet in enumerate(packets):
        packet.dts = coded - late  # as much earlier as the reordering of B pictures asks for
    return packets


def _moment(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * (packet.time_base or 0))
