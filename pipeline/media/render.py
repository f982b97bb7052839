"""A film from its scenes: segments drawn and encoded side by side, then joined with the sound."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from pipeline.errors import JobCancelled
from pipeline.media.aac import AAC_FRAME, encode_audio
from pipeline.media.encode import EncodeSettings, encode_segment, join
from pipeline.media.planes import PlaneCache
from pipeline.media.scene import Scene
from pipeline.media.segments import Painter, Segment, SegmentCache, plan, segment_key
from pipeline.media.still import frame_size
from pipeline.model import FPS, SAMPLE_RATE

Watch = Callable[[int, int], None]  # frames done, of how many

_USUAL = EncodeSettings()
_WORKERS = 2  # shots encoded at a time when nobody says otherwise
_GLANCE = 0.05  # seconds between two looks at progress and at `stop`


@dataclass(frozen=True)
class Rendered:
    """What became of a film."""

    frames: int
    width: int
    height: int
    size: int  # bytes
    segments_made: int
    segments_reused: int


def render(
    scenes: Sequence[Scene],
    *,
    out: Path,
    scratch: Path,
    audio: Path | None = None,
    scale: float = 1.0,
    settings: EncodeSettings = _USUAL,
    title: str = "",
    watch: Watch | None = None,
    stop: threading.Event | None = None,
    cache: SegmentCache | None = None,
    planes: PlaneCache | None = None,
    workers: int = _WORKERS,
) -> Rendered:
    """Render a film. Blocks; meant for a thread of its own.

    Args:
        scenes: the shots in order, all of one size; each begins with its own `entrance`.
        out: the MP4 to write.
        scratch: an existing folder for what is made on the way.
        audio: a WAV as long as the film; None for a silent film.
        scale: size of the film as a share of the scenes' own.
        settings: of the encoders.
        title: the file's title.
        watch: told from this thread how many frames are done, now and then and at the end.
        stop: set it from elsewhere to end the work within about 0.2 s.
        cache: where segments are remembered, so that a changed film costs only what changed.
        planes: prepared pictures to share with other renders; own ones when None.
        workers: segments drawn and encoded at a time.

    Raises:
        JobCancelled: `stop` was set.
        FfmpegFailed: an encoder or a file failed.
        MediaError: the scenes do not make a film.
    """
    stop = stop or threading.Event()
    work = _Work(scratch, scale=scale, settings=settings, stop=stop, cache=cache, planes=planes or PlaneCache())
    segments = plan(scenes)
    total = sum(scene.frames for scene in scenes)
    paths = [scratch / f"segment-{number:03}.mp4" for number in range(len(segments))]
    sound = None if audio is None else scratch / "sound.mp4"
    with ThreadPoolExecutor(workers, thread_name_prefix="render") as pool:
        # The longest first: whatever comes last should be short, or one core ends up waiting for the other.
        order = sorted(zip(segments, paths, strict=True), key=_length, reverse=True)
        jobs = [pool.submit(work.segment, segment, path) for segment, path in order]
        if audio is not None and sound is not None:
            jobs.insert(0, pool.submit(work.sound, audio, sound, total))
        work.attend(jobs, total=total, watch=watch)
    join(paths, audio=sound, out=out, title=title, frames=total)
    width, height = frame_size(scenes[0].width, scenes[0].height, scale)
    return Rendered(
        frames=total,
        width=width,
        height=height,
        size=out.stat().st_size,
        segments_made=len(segments) - work.reused,
        segments_reused=work.reused,
    )


class _Work:
    """What the threads of one render share."""

    def __init__(
        self,
        scratch: Path,
        *,
        scale: float,
        settings: EncodeSettings,
        stop: threading.Event,
        cache: SegmentCache | None,
        planes: PlaneCache,
    ) -> None:
        self.reused = 0
        self._scratch = scratch
        self._scale = scale
        self._settings = settings
        self._asked = stop
        self._halt = threading.Event()
        self._cache = cache
        self._planes = planes
        self._lock = threading.Lock()
        self._done = 0

    def segment(self, segment: Segment, path: Path) -> None:
        """Render one segment, or take it from the cache."""
        frames = len(segment.frames)
        key = segment_key(segment, scale=self._scale, settings=self._settings)
        if self._cache is not None and self._cache.take(key, path, packets=frames):
            with self._lock:
                self.reused += 1
                self._done += frames
            return
        path.unlink(missing_ok=True)  # it may be a link to a cached file, which must not be written over
        painter = Painter(segment, scale=self._scale, cache=self._planes)
        encode_segment(
            path,
            size=painter.size,
            frames=frames,
            draw=painter.draw,
            settings=self._settings,
            stop=self._halt,
            watch=self._count,
        )
        if self._cache is not None:
            self._cache.keep(key, path)

    def sound(self, source: Path, path: Path, frames: int) -> None:
        """Encode the sound, or take it from the cache."""
        heard = hashlib.sha256(source.read_bytes()).hexdigest()
        key = hashlib.sha256(f"{heard} {frames} {self._settings.audio_rate}".encode()).hexdigest()
        packets = ceil(frames * SAMPLE_RATE / FPS / AAC_FRAME)
        if self._cache is not None and self._cache.take(key, path, packets=packets):
            return
        path.unlink(missing_ok=True)
        encode_audio(source, path, frames=frames, rate=self._settings.audio_rate, stop=self._halt)
        if self._cache is not None:
            self._cache.keep(key, path)

    def attend(self, jobs: Sequence[Future[None]], *, total: int, watch: Watch | None) -> None:
        """Wait for the threads, telling how far they are; end them all when one fails or when asked to."""
        told = -1
        try:
            pending = set(jobs)
            while pending:
                finished, pending = wait(pending, timeout=_GLANCE, return_when=FIRST_EXCEPTION)
                for job in finished:
                    job.result()
                if self._asked.is_set():
                    raise JobCancelled("stopped while rendering")
                if watch is not None and self._done != told:
                    told = self._done
                    watch(told, total)
        finally:
            self._halt.set()
            for job in jobs:
                job.cancel()
        if watch is not None and told != total:
            watch(total, total)

    def _count(self) -> None:
        with self._lock:
            self._done += 1


def _length(job: tuple[Segment, Path]) -> int:
    return len(job[0].frames)
