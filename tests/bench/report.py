"""The renderer's part of docs/benchmarks.md."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

from tests.bench.job import VERTICAL
from tests.bench.measure import SETTINGS, Cost
from tests.bench.reel import FORMATS, FRAMES

_BEGIN, _END = "<!-- renderer: begin -->", "<!-- renderer: end -->"
_PACKAGES = ("av", "numba", "numpy", "opencv-python-headless", "imageio-ffmpeg")


@dataclass(frozen=True)
class Findings:
    """What a bench found."""

    repeats: int
    costs: Mapping[str, Cost]
    drawing_share: float
    raw_jitter: float
    decoded_jitter: float
    zoompan_jitter: float
    size: int
    frames_short: int
    rival_encoder: str
    caption_error: tuple[float, int] | None  # seconds, and over how many words; None when there was no aligner
    load: float  # of the machine before the bench began, in busy cores

    @property
    def tall(self) -> str:
        """The name of the vertical format."""
        return f"{FORMATS[0][0]}x{FORMATS[0][1]}"


@dataclass(frozen=True)
class Row:
    """One goal, and what came out. `limit` is a most, or a least where `least` is set."""

    goal: str
    limit: float
    found: float | None
    unit: str = ""
    least: bool = False

    def line(self) -> str:
        """The row as Markdown."""
        wanted = f"{'≥' if self.least else '≤'} {self.limit:g}{self.unit}"
        if self.found is None:
            return f"| {self.goal} | {wanted} | not measured: MoviePy could not be installed | |"
        return f"| {self.goal} | {wanted} | {self.found:.3g}{self.unit} | {self._verdict(self.found)} |"

    def _verdict(self, found: float) -> str:
        met = found >= self.limit if self.least else found <= self.limit
        if met:
            return "met"
        return f"**missed** by {abs(found - self.limit) / self.limit:.0%}" if self.limit else "**missed**"


def rows(found: Findings) -> tuple[Row, ...]:
    """All goals with what was found."""
    costs = found.costs
    floor, warm = costs[f"floor {found.tall}"], costs[f"film {found.tall}"]
    floors = sum(costs[f"floor {w}x{h}"].wall for w, h in FORMATS)
    films = sum(costs[f"film {w}x{h}"].wall for w, h in FORMATS)
    full, reroll = costs["full"], costs["reroll"]
    rival = costs.get("moviepy")
    return (
        Row("warm film, sound and joining included / floor, wall", 1.15, warm.wall / floor.wall),
        Row(
            "cold first film (new process, photos read from disk) / floor, wall", 1.40, costs["cold"].wall / floor.wall
        ),
        Row("four formats of one film / sum of their floors, wall", 1.15, films / floors),
        Row("drawing CPU / encoding CPU, plain push-ins", 0.15, found.drawing_share),
        Row("re-roll of one of five shots / full film, CPU", 0.35, reroll.cpu / full.cpu),
        Row("re-roll of one of five shots / full film, wall", 0.40, reroll.wall / full.wall),
        Row("MoviePy 2 on the same reel / ours, wall", 8, None if rival is None else rival.wall / warm.wall, "x", True),
        Row("MoviePy 2 on the same reel / ours, CPU", 8, None if rival is None else rival.cpu / warm.cpu, "x", True),
        *_job(costs),
        Row("tremble of a slow push, raw frames", 0.01, found.raw_jitter, " px rms"),
        Row("tremble of a slow push, decoded", 0.05, found.decoded_jitter, " px rms"),
        *_captions(found),
        Row("file of 15 s at 1080x1920", 9.5, found.size / 2**20, " MiB"),
        Row("frames too many or too few of 450", 0, abs(found.frames_short)),
    )


def _job(costs: Mapping[str, Cost]) -> Iterable[Row]:
    """The whole job against its floor: three platforms get one file, so both ways to count are told."""
    if "job" not in costs:
        return
    ratio = costs["job"].wall / costs["job floor"].wall
    what = "whole job for three vertical platforms, warm / floor"
    yield Row(f"{what} of three encodes, one for each platform, wall", 2.0, ratio / len(VERTICAL))
    yield Row(f"{what} of the one encode that they share, wall", 2.0, ratio)


def _captions(found: Findings) -> Iterable[Row]:
    """Captions against the voice, where the aligner could be installed."""
    if found.caption_error is not None:
        seconds, words = found.caption_error
        yield Row(f"captions to voice, forced alignment, median of {words} English words", 80, 1000 * seconds, " ms")


def write_report(document: Path, found: Findings) -> None:
    """Write the renderer's part of the document; what others wrote around it stays."""
    put_section(document, report(found), begin=_BEGIN, end=_END)


def put_section(document: Path, section: str, *, begin: str, end: str) -> None:
    """Put a section between its marks, making document and marks where they are missing."""
    text = document.read_text() if document.exists() else f"# Benchmarks\n\n{begin}\n{end}\n"
    if begin not in text:
        text = f"{text.rstrip()}\n\n{begin}\n{end}\n"
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    document.parent.mkdir(exist_ok=True)
    document.write_text(f"{before}{begin}\n{section}{end}{after}")


def publish(section: str, document: Path, *, begin: str, end: str, show: bool) -> None:
    """Write a section to its place, or only show it."""
    if show:
        sys.stdout.write(section)
        return
    put_section(document, section, begin=begin, end=end)
    sys.stdout.write(f"written to {document}\n")


def report(found: Findings) -> str:
    """The findings as Markdown."""
    table = rows(found)
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    missed = [row for row in table if row.found is not None and "missed" in row.line()]
    lines: list[str] = [
        "## The renderer",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}. Medians of {found.repeats} interleaved repeats.",
        f"Reel: five photos of 3000x4000, {FRAMES} frames, pushes and pans, four transitions of 12 frames, captions",
        "word by word over a shade, an end card with a turning cut-out, stereo sound. Floor: x264 given the same",
        "frames, ready in memory, with the same build and settings on both cores.",
        "",
        f"{machine()}, {found.load:.1f} of them asked for by other work at the start.",
        f"Python {platform.python_version()}, {packages}.",
        f"x264: preset {SETTINGS.preset}, crf {SETTINGS.crf:g}, subme {SETTINGS.subme}, two threads or workers.",
        f"MoviePy and zoompan encode with the same settings by {found.rival_encoder}.",
        "",
        "| goal | wanted | measured | |",
        "|---|---|---|---|",
        *(row.line() for row in table),
        "",
        _plainly(missed),
        "",
        "| seconds, median | wall | CPU |",
        "|---|---|---|",
        *_seconds(found),
        "",
        f"ffmpeg's zoompan on the same slow push trembles by {found.zoompan_jitter:.2f} px rms decoded"
        f" (ours {found.decoded_jitter:.3f}); its reel has neither captions nor an end card.",
        "A warm film is one in a running process whose photos are read but not yet prepared. The whole job begins with",
        "three photos that were taken in and ends with a checked film, cover and subtitles for three platforms, with",
        "cut-outs, words, voice, music and mix by the studio's own engines, in a process that has made another film.",
        "",
    ]
    return "\n".join(lines)


def _plainly(missed: Iterable[Row]) -> str:
    names = "; ".join(row.goal for row in missed)
    return f"Missed: {names}." if names else "Every goal was met in this run."


def _seconds(found: Findings) -> Iterable[str]:
    names = [f"{kind} {w}x{h}" for w, h in FORMATS for kind in ("floor", "film")]
    names += ["cold", "full", "reroll", "job", "job floor", "zoompan", "moviepy"]
    for name in names:
        if name in found.costs:
            cost = found.costs[name]
            yield f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} |"


def machine() -> str:
    """The processor, as its maker calls it."""
    models = [line.split(":", 1)[1].strip() for line in _cpuinfo() if line.startswith("model name")]
    return f"{cpu_count()} cores of {models[0] if models else platform.processor() or platform.machine()}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []
