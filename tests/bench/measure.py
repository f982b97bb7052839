"""Stop-watches, and the things that are timed: our renderer and the bare encoder under it."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.media.canvas import Canvas
from pipeline.media.encode import EncodeSettings, encode_segment
from pipeline.media.planes import PlaneCache
from pipeline.media.render import Rendered, render
from pipeline.media.scene import Scene
from pipeline.media.segments import Painter, SegmentCache, plan
from pipeline.model import FPS

SETTINGS = EncodeSettings()
THREADS = 2


@dataclass(frozen=True)
class Cost:
    """What something took, in seconds; that of child processes included."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Cost:
    """Do something and say what it took."""
    start, used = time.perf_counter(), _used()
    work()
    return Cost(time.perf_counter() - start, _used() - used)


def typical(costs: Sequence[Cost]) -> Cost:
    """The median, of wall and CPU apart."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def _used() -> float:
    ours, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


def film(
    scenes: Sequence[Scene], voice: Path | None, folder: Path, *, planes: PlaneCache, cache: SegmentCache | None = None
) -> Rendered:
    """Render a reel as the product does, sound and joining included."""
    return render(
        scenes,
        out=folder / "film.mp4",
        scratch=folder,
        audio=voice,
        settings=SETTINGS,
        title="reel",
        cache=cache,
        planes=planes,
        workers=THREADS,
    )


def cold_film(folder: Path, out: Path) -> None:
    """Render the reel in a process of its own, from the import of numpy to the finished file."""
    command = [sys.executable, "-m", "tests.bench", "cold", str(folder), str(out)]
    subprocess.run(command, check=True, timeout=600)


def ready_frames(scenes: Sequence[Scene]) -> NDArray[np.uint8]:
    """All frames of a reel as yuv420p, (frames, 3/2 height, width), for the encoder alone."""
    segments, planes = plan(scenes), PlaneCache()
    width, height = scenes[0].width, scenes[0].height
    frames = np.empty((sum(len(segment.frames) for segment in segments), height * 3 // 2, width), np.uint8)
    number = 0
    for segment in segments:
        painter, canvas = Painter(segment, scale=1.0, cache=planes), Canvas.blank(width, height)
        for index in range(len(segment.frames)):
            painter.draw(index, canvas)
            frames[number] = np.concatenate([plane.reshape(-1) for plane in canvas.planes]).reshape(-1, width)
            number += 1
    return frames


def encode_alone(frames: NDArray[np.uint8], path: Path) -> None:
    """The floor: x264, same build and settings, given ready frames and both cores, and nothing else to do."""
    height, width = frames.shape[1] * 2 // 3, frames.shape[2]
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=FPS, options=SETTINGS.options())
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.thread_count = THREADS
        stream.codec_context.time_base = Fraction(1, FPS)
        for number, planes in enumerate(frames):
            picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, FPS)
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


@dataclass
class DrawingShare:
    """CPU time of drawing and of encoding, in one thread."""

    drawing: float = 0.0
    encoding: float = 0.0

    def measure(self, scenes: Sequence[Scene], folder: Path) -> float:
        """Drawing as a share of encoding, over all segments of a reel."""
        planes = PlaneCache()
        for segment in plan(scenes):
            painter = Painter(segment, scale=1.0, cache=planes)

            def draw(number: int, canvas: Canvas, painter: Painter = painter) -> None:
                start = time.thread_time()
                painter.draw(number, canvas)
                self.drawing += time.thread_time() - start

            start, before = time.thread_time(), self.drawing
            encode_segment(
                folder / "share.mp4",
                size=painter.size,
                frames=len(segment.frames),
                draw=draw,
                settings=SETTINGS,
                stop=threading.Event(),
                watch=lambda: None,
            )
            self.encoding += time.thread_time() - start - (self.drawing - before)
        return self.drawing / self.encoding
