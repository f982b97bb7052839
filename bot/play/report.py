"""What a play made, for people (a table) and for machines (`report.json`)."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.frontends.console.transcript import Entry
from pipeline.model import (
    FPS,
    Brief,
    Check,
    Film,
    Format,
    Platform,
    Reel,
    StepRecord,
    Storyboard,
    TextBox,
    Value,
    Wish,
    Word,
)
from pipeline.ports import Blobs
from pipeline.wording.trace import Claim, trace


class DeliveredFile(Value):
    """The files of one platform; names are relative to the report."""

    platform: Platform
    aspect: Format
    video: str
    cover: str
    srt: str
    vtt: str
    width: int
    height: int
    seconds: float
    bytes: int


class ShotReport(Value):
    """One shot as it was made; `start` and `end` in seconds of the film."""

    number: int
    intent: str
    photo: int
    template: str
    take: int
    spoken: str
    shown: str
    start: float
    end: float
    words: tuple[Word, ...]  # with times from the film's start


class FormatReport(Value):
    """What is in one format: every text on screen, every check."""

    aspect: Format
    boxes: tuple[TextBox, ...]
    checks: tuple[Check, ...]


class Loudness(Value):
    """Of the whole film: LUFS integrated, dBTP."""

    integrated: float
    true_peak: float


class Engines(Value):
    """What made a stage, and why engines before it were passed over."""

    stage: str
    engine: str
    notes: tuple[str, ...]


class Steps(Value):
    """The steps of a job."""

    computed: int
    reused: int
    seconds: float
    steps: tuple[StepRecord, ...]


class Report(Value):
    """All there is to know of a play."""

    brief: Brief
    wish: Wish
    storyboard: Storyboard
    claims: tuple[Claim, ...]  # the source of every word said or shown
    shots: tuple[ShotReport, ...]
    voice: str
    voice_note: str
    music: str
    music_licence: str
    music_provenance: str
    accents: int  # soft sounds on cuts, synthesised
    loudness: Loudness
    formats: tuple[FormatReport, ...]
    files: tuple[DeliveredFile, ...]
    engines: tuple[Engines, ...]
    previews: Steps
    film: Steps
    seconds: float  # from the first word of the conversation to the last file
    transcript: tuple[Entry, ...]


async def deliver(film: Film, *, blobs: Blobs, folder: Path) -> tuple[DeliveredFile, ...]:
    """Put the files of every platform into a folder: video, cover and subtitles, named by the platform."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    return tuple([await _deliver(film.reel(one), one, blobs=blobs, folder=folder) for one in film.wish.brief.platforms])


async def _deliver(reel: Reel, platform: Platform, *, blobs: Blobs, folder: Path) -> DeliveredFile:
    names = {
        f"{platform}.mp4": reel.video,
        f"{platform}.jpg": reel.cover,
        f"{platform}.srt": reel.srt,
        f"{platform}.vtt": reel.vtt,
    }
    for name, artifact in names.items():
        await asyncio.to_thread(shutil.copyfile, await blobs.open(artifact), folder / name)
    video, cover, srt, vtt = names
    return DeliveredFile(
        platform=platform,
        aspect=reel.format,
        video=video,
        cover=cover,
        srt=srt,
        vtt=vtt,
        width=reel.width,
        height=reel.height,
        seconds=round(reel.seconds, 3),
        bytes=reel.size,
    )


def report_of(
    film: Film,
    *,
    files: tuple[DeliveredFile, ...],
    previews: tuple[StepRecord, ...],
    steps: tuple[StepRecord, ...],
    transcript: tuple[Entry, ...],
) -> Report:
    """The report of a film."""
    return Report(
        brief=film.wish.brief,
        wish=film.wish,
        storyboard=film.storyboard,
        claims=trace(film.storyboard),
        shots=_shots(film),
        voice=film.speech.voice,
        voice_note=film.speech.note,
        music=film.score.title,
        music_licence=film.score.licence,
        music_provenance=film.score.provenance,
        accents=film.soundtrack.accents,
        loudness=Loudness(integrated=film.soundtrack.lufs, true_peak=film.soundtrack.true_peak),
        formats=tuple(FormatReport(aspect=reel.format, boxes=reel.boxes, checks=reel.checks) for reel in film.reels),
        files=files,
        engines=engines_of(previews + steps),
        previews=_steps(previews),
        film=_steps(steps),
        seconds=transcript[-1].seconds if transcript else 0.0,
        transcript=transcript,
    )


def engines_of(steps: tuple[StepRecord, ...]) -> tuple[Engines, ...]:
    """What made each stage, in the order of the stages' beginnings."""
    seen = dict.fromkeys((step.stage, step.engine, step.notes) for step in steps)
    return tuple(Engines(stage=stage, engine=engine, notes=notes) for stage, engine, notes in seen)


def show_table(report: Report, folder: Path, console: Console) -> None:
    """Print what was made, and what made it."""
    table = Table(title=f"{report.storyboard.post.title or 'Your film'} → {folder}", title_justify="left")
    for heading in ("file", "platform", "size", "duration", "loudness", "checks"):
        table.add_column(heading, overflow="fold")
    checks = {form.aspect: form.checks for form in report.formats}
    for file in report.files:
        own = checks[file.aspect]
        table.add_row(
            file.video,
            f"{file.platform} {file.aspect}",
            f"{file.width}×{file.height}, {file.bytes / 1e6:.1f} MB",
            f"{file.seconds:.2f} s",
            f"{report.loudness.integrated:.1f} LUFS, {report.loudness.true_peak:.1f} dBTP",
            f"{sum(check.passed for check in own)}/{len(own)} passed",
        )
    console.print(table)
    stages = Table(title="What made each stage", title_justify="left")
    for heading in ("stage", "engine", "why not another"):
        stages.add_column(heading)
    for one in report.engines:
        stages.add_row(one.stage, one.engine, "; ".join(one.notes) or "–")
    console.print(stages)
    console.print(
        f"{report.previews.computed + report.film.computed} steps computed, "
        f"{report.previews.reused + report.film.reused} reused, {report.seconds:.0f} s in all. "
        f"Everything about it: {folder / 'report.json'}",
        highlight=False,
    )


def _steps(steps: tuple[StepRecord, ...]) -> Steps:
    computed = sum(step.computed for step in steps)
    return Steps(
        computed=computed,
        reused=len(steps) - computed,
        seconds=round(sum(step.seconds for step in steps), 2),
        steps=steps,
    )


def _shots(film: Film) -> tuple[ShotReport, ...]:
    reports = []
    lines = zip(film.storyboard.shots, film.takes, film.timeline.slots, film.speech.lines, strict=True)
    for number, (shot, take, slot, line) in enumerate(lines, start=1):
        words = tuple(
            Word(text=word.text, start=round(slot.speech_at + word.start, 3), end=round(slot.speech_at + word.end, 3))
            for word in line.words
        )
        reports.append(
            ShotReport(
                number=number,
                intent=shot.intent.value,
                photo=shot.photo + 1,
                template=take.template,
                take=film.wish.take(number - 1),
                spoken=shot.spoken,
                shown=shot.shown,
                start=round(slot.start / FPS, 3),
                end=round(slot.end / FPS, 3),
                words=words,
            )
        )
    return tuple(reports)
