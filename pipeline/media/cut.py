"""The cutting room: one format of a film directed, rendered, checked and handed over with its cover and subtitles."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import JobCancelled
from pipeline.media.checks.gate import inspect
from pipeline.media.checks.plan import Plan, spoken_words
from pipeline.media.clips import Clip, read_clip
from pipeline.media.encode import EncodeSettings
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.look.director import CallSheet, Direction, direct
from pipeline.media.planes import PlaneCache
from pipeline.media.render import Rendered, Watch, render
from pipeline.media.segments import SegmentCache
from pipeline.media.sources import Sources
from pipeline.media.still import still
from pipeline.media.subtitles import cues, srt, vtt
from pipeline.model import FPS, Artifact, Check, Quality, Reel, Slot, Take
from pipeline.ports import Bench, Cut

_PREVIEW = 1 / 3
_SPARE = 0.5  # seconds that a transition shows beyond a shot
_COVER_BYTES = 200_000
# Checks by name; the others judge what was asked for, which comes out the same however often it is rendered.
_REPAIRABLE = frozenset(
    {"file size", "decodes", "file kind", "frames", "duration", "sound length", "black", "frozen", "product"}
)


@dataclass(frozen=True)
class _Files:
    """What a step leaves in its scratch folder."""

    video: Path
    cover: Path
    srt: Path
    vtt: Path

    @classmethod
    def under(cls, folder: Path) -> _Files:
        return cls(folder / "film.mp4", folder / "cover.jpg", folder / "film.srt", folder / "film.vtt")


class CuttingRoom:
    """Makes reels. Photos, prepared planes and finished segments are kept from one reel to the next."""

    name = "cut-2"

    def __init__(self, *, segments: Path | None = None, sources: Sources | None = None) -> None:
        self._sources = sources or Sources()
        self._planes = PlaneCache()
        self._segments = SegmentCache(segments) if segments is not None else None

    async def run(self, request: Cut, bench: Bench) -> Reel:
        """Cut one format of a film.

        Raises:
            BadPhoto: a plate's file is not a picture.
            FfmpegFailed: the film could not be encoded.
            StorageError: a file is gone.
        """
        paths = await self._sources.paths(request.plates, bench)
        paths |= {take.clip.sha256: await bench.open(take.clip) for take in request.takes if take.clip is not None}
        audio = await bench.open(request.soundtrack.audio)
        files = _Files.under(bench.scratch)
        loop = asyncio.get_running_loop()
        stop = threading.Event()

        def watch(done: int, total: int) -> None:
            loop.call_soon_threadsafe(bench.progress, done, total)

        job = _Job(request, files, bench.scratch, audio, stop, watch)
        work = asyncio.create_task(asyncio.to_thread(self._cut, job, paths))
        try:
            direction, rendered, checks = await asyncio.shield(work)
        except asyncio.CancelledError:
            # The thread writes into the scratch folder: it has to be gone before the folder is.
            stop.set()
            with suppress(JobCancelled):
                await work
            raise
        return await self._reel(request, bench, files, direction, rendered, checks)

    def _cut(self, job: _Job, paths: dict[str, Path]) -> tuple[Direction, Rendered, tuple[Check, ...]]:
        request = job.request
        clips = tuple(
            _clip(take, slot, paths) for take, slot in zip(request.takes, request.timeline.slots, strict=True)
        )
        direction = direct(CallSheet.of(request, clips), self._sources.load(request.plates, paths))
        rendered = self._render(job, direction, EncodeSettings(), cache=self._segments)
        plan = _plan(request, direction, rendered)
        checks = inspect(job.files.video, plan)
        failed = {check.name for check in checks if not check.passed}
        if failed & _REPAIRABLE:
            # Too large a file gets a lower rate; anything else may come from a segment that went bad: all anew.
            settings = EncodeSettings()
            if "file size" in failed:
                settings = settings.fitting(plan.max_bytes, request.timeline.seconds)
            anew = None if self._segments is None else self._segments.renewed()
            rendered = self._render(job, direction, settings, cache=anew)
            checks = inspect(job.files.video, plan)
        subtitles = cues(request.speech, request.timeline, language=request.language)
        job.files.srt.write_text(srt(subtitles), "utf-8")
        job.files.vtt.write_text(vtt(subtitles), "utf-8")
        job.files.cover.write_bytes(cover(direction))
        return direction, rendered, checks

    def _render(
        self, job: _Job, direction: Direction, settings: EncodeSettings, *, cache: SegmentCache | None
    ) -> Rendered:
        return render(
            direction.scenes,
            out=job.files.video,
            scratch=job.scratch,
            audio=job.audio,
            scale=_PREVIEW if job.request.quality is Quality.PREVIEW else 1.0,
            settings=settings,
            title=job.request.title,
            watch=job.watch,
            stop=job.stop,
            cache=cache,
            planes=self._planes,
        )

    async def _reel(
        self,
        request: Cut,
        bench: Bench,
        files: _Files,
        direction: Direction,
        rendered: Rendered,
        checks: tuple[Check, ...],
    ) -> Reel:
        kept: list[Artifact] = []
        for path, media_type in (
            (files.video, "video/mp4"),
            (files.cover, "image/jpeg"),
            (files.srt, "application/x-subrip"),
            (files.vtt, "text/vtt"),
        ):
            kept.append(await bench.keep(path, media_type))
        video, front, sub, web = kept
        return Reel(
            format=request.format,
            video=video,
            cover=front,
            srt=sub,
            vtt=web,
            width=rendered.width,
            height=rendered.height,
            frames=rendered.frames,
            size=rendered.size,
            boxes=direction.boxes,
            checks=checks,
        )


@dataclass(frozen=True)
class _Job:
    """One run."""

    request: Cut
    files: _Files
    scratch: Path
    audio: Path
    stop: threading.Event
    watch: Watch


def _clip(take: Take, slot: Slot, paths: dict[str, Path]) -> Clip | None:
    """What was filmed for a shot, with as much more as a transition shows."""
    if take.clip is None:
        return None
    seconds = (slot.end - slot.start) / FPS + _SPARE
    return read_clip(paths[take.clip.sha256], key=take.clip.sha256, seconds=seconds)


def _plan(request: Cut, direction: Direction, rendered: Rendered) -> Plan:
    """What the film was meant to be."""
    return Plan(
        form=request.format,
        width=rendered.width,
        height=rendered.height,
        timeline=request.timeline,
        words=spoken_words(request.speech, request.timeline),
        boxes=direction.boxes,
        sights=direction.sights,
        strict_zones=request.strict_zones,
    )


def cover(direction: Direction) -> bytes:
    """The frame that invites most, of the film's first shots: sharp, rich in contrast, its words all there."""
    candidates = [(scene, min(0.62 * scene.frames / FPS, 1.6)) for scene in direction.scenes[:3]]
    best, at = max(candidates, key=lambda one: _appeal(still(one[0], one[1], scale=0.2)))
    return encode_jpeg(still(best, at), most=_COVER_BYTES)


def _appeal(frame: NDArray[np.uint8]) -> float:
    """Contrast and colour of a frame, with a little for fine structure."""
    lab = cv2.cvtColor(frame, cv2.COLOR_RGB2LAB).astype(np.float32)
    spread = float(lab[..., 0].std()) + 0.7 * float(np.hypot(lab[..., 1] - 128, lab[..., 2] - 128).mean())
    return spread + 0.5 * float(np.abs(cv2.Laplacian(lab[..., 0], cv2.CV_32F)).mean())
