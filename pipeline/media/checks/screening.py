"""Watching a file once: every frame small and grey, the whole sound, and what the container says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pipeline.media.pcm import read_sound
from pipeline.model import SAMPLE_RATE

SMALL = 135  # pixels, about, along the shorter side of the frames that are kept

Grey = NDArray[np.uint8]

_BOX_HEADER = 8
_SILENCE = np.zeros((0, 2), np.float32)
_DECODING_THREADS = 2


@dataclass(frozen=True)
class Container:
    """What the file says about itself."""

    width: int = 0
    height: int = 0
    codec: str = ""
    profile: str = ""
    pixel_format: str = ""
    colour: tuple[int, int, int] = (2, 2, 2)  # primaries, transfer, matrix; 1 is BT.709, 2 unspecified
    rate: float = 0.0
    seconds: float = 0.0
    sound_codec: str = ""
    sound_rate: int = 0
    channels: int = 0
    sound_seconds: float = 0.0
    streams_early: bool = False  # whether the index comes before the data, so that playing starts at once


@dataclass(frozen=True, eq=False)
class Screening:
    """A file as it was seen and heard.

    Attributes:
        container: what it says about itself.
        frames: every frame, grey and small.
        times: of the frames, seconds.
        sound: (n, channels) at 48 kHz, full scale is ±1.
        trouble: what went wrong while decoding; empty when nothing did.
        size: bytes.
    """

    container: Container = field(default_factory=Container)
    frames: tuple[Grey, ...] = ()
    times: tuple[float, ...] = ()
    sound: NDArray[np.float32] = field(default_factory=lambda: _SILENCE)
    trouble: str = ""
    size: int = 0


def screen(path: Path) -> Screening:
    """Watch a file from beginning to end. Never raises for a bad one: that is what it finds out. Blocks."""
    size = path.stat().st_size if path.is_file() else 0
    try:
        with av.open(str(path), options={"err_detect": "explode"}) as file:
            if not file.streams.video:
                return Screening(trouble="no picture in the file", size=size)
            frames, times = _pictures(file)
            container = _container(file.streams.video[0], _first_sound(file), path)
        sound = read_sound(path, rate=SAMPLE_RATE).T if container.sound_codec else _SILENCE
    except (av.FFmpegError, OSError, ValueError) as error:
        return Screening(trouble=f"{type(error).__name__}: {error}", size=size)
    return Screening(container=container, frames=frames, times=times, sound=sound, size=size)


def _pictures(file: InputContainer) -> tuple[tuple[Grey, ...], tuple[float, ...]]:
    stream = file.streams.video[0]
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = _DECODING_THREADS
    frames: list[Grey] = []
    times: list[float] = []
    for frame in file.decode(stream):
        if frame.is_corrupt:
            raise ValueError(f"frame {len(frames)} is damaged")
        frames.append(_small(frame))
        times.append(float(frame.time or 0.0))
    return tuple(frames), tuple(times)


def _small(frame: av.VideoFrame) -> Grey:
    """The brightness of a frame, 0 black to 255 white."""
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
    factor = max(1, round(min(plane.width, plane.height) / SMALL))  # whole: area averaging is ten times as fast then
    width, height = plane.width // factor, plane.height // factor
    whole = luma[: height * factor, : width * factor]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip((small.astype(np.float32) - 16) * (255 / 219), 0, 255), np.uint8)


def _first_sound(file: InputContainer) -> AudioStream | None:
    return file.streams.audio[0] if file.streams.audio else None


def _container(video: VideoStream, sound: AudioStream | None, path: Path) -> Container:
    context = video.codec_context
    return Container(
        width=context.width,
        height=context.height,
        codec=context.name,
        profile=str(video.profile or ""),
        pixel_format=context.pix_fmt or "",
        colour=(int(context.color_primaries), int(context.color_trc), int(context.colorspace)),
        rate=float(video.average_rate or 0),
        seconds=_length(video),
        sound_codec=sound.codec_context.name if sound else "",
        sound_rate=sound.codec_context.sample_rate if sound else 0,
        channels=sound.codec_context.channels if sound else 0,
        sound_seconds=_length(sound) if sound else 0.0,
        streams_early=_index_first(path),
    )


def _length(stream: VideoStream | AudioStream) -> float:
    if stream.duration is None or stream.time_base is None:
        return 0.0
    return float(stream.duration * stream.time_base)


def _index_first(path: Path) -> bool:
    """Whether the `moov` box of an MP4 stands before its `mdat` box."""
    with path.open("rb") as file:
        while len(header := file.read(_BOX_HEADER)) == _BOX_HEADER:
            length, kind = int.from_bytes(header[:4]), header[4:]
            if kind in (b"moov", b"mdat"):
                return kind == b"moov"
            if length < _BOX_HEADER:
                return False
            file.seek(length - _BOX_HEADER, 1)
    return False
