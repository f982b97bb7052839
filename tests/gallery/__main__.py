"""`python -m tests.gallery`: real films of orders x tones x formats, every check on each, a sheet of each to look at.

With `--stills` nothing is rendered: scenes are painted small, words come at reading speed, and what can be told from
that is checked.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import structlog
from numpy.typing import NDArray

from pipeline.media.checks.plan import spoken_words
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.sheet import contact_sheet
from pipeline.model import Film, Format, Progress, Reel, Tone
from tests.gallery.films import FilmStudio
from tests.gallery.orders import ShownOrder, orders_in
from tests.gallery.painted import EVERY, PaintedStudio
from tests.gallery.reading import Reader, read_back, readings
from tests.gallery.table import Row, table
from tests.gallery.witness import cross_checks, stills

_ROOT = Path(__file__).resolve().parents[2]
_WIDTHS = {Format.TALL: 216, Format.FEED: 216, Format.SQUARE: 216, Format.WIDE: 320}


def main(arguments: Sequence[str]) -> int:
    """Make what is asked for; returns 1 when a check failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--orders", type=Path, default=_ROOT / "samples", help="folder with orders")
    parser.add_argument("--out", type=Path, default=_ROOT / "gallery")
    parser.add_argument("--only", nargs="*", default=[], help="ids of orders")
    parser.add_argument("--tones", nargs="*", type=Tone, default=[], help="instead of the order's own and two others")
    parser.add_argument("--formats", nargs="*", type=Format, default=list(Format))
    parser.add_argument("--idea", type=int, default=0)
    parser.add_argument("--stills", action="store_true", help="paint instead of rendering")
    told = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    told.out.mkdir(parents=True, exist_ok=True)
    orders = [order for order in orders_in(told.orders) if not told.only or order.id in told.only]
    asked = [(order, tone) for order in orders for tone in told.tones or _three(order.tone)]
    gallery = Gallery(told.out, tuple(told.formats), idea=told.idea)
    asyncio.run(gallery.paint(asked) if told.stills else gallery.render(asked))
    failed = [row.film for row in gallery.rows if row.faults]
    sys.stdout.write(f"{len(gallery.rows)} films in {told.out}; checks failed in {len(failed)}\n")
    return 1 if failed else 0


@dataclass
class Gallery:
    """The folder with sheets, films and the table; the table is written anew after every film."""

    out: Path
    formats: tuple[Format, ...]
    idea: int
    rows: list[Row] = field(default_factory=list)
    _loaded: Reader | None = None

    async def render(self, asked: Sequence[tuple[ShownOrder, Tone]]) -> None:
        """Make the real films."""
        studio = FilmStudio(self.out / ".cache")
        for number, (order, tone) in enumerate(asked, start=1):
            meter = _Meter(f"{number}/{len(asked)} {order.id} {tone.value}")
            film = await studio.film(order, tone, self.formats, idea=self.idea, watch=meter.watch)
            meter.done()
            for reel in film.reels:
                await asyncio.to_thread(self._show, studio, order, film, reel)

    async def paint(self, asked: Sequence[tuple[ShownOrder, Tone]]) -> None:
        """Paint scenes."""
        studio = PaintedStudio(self.out / ".cache" / "painted")
        for order, tone in asked:
            for form in self.formats:
                name = self._name(order, tone, form)
                painted = await studio.paint(order, tone, form, idea=self.idea, scale=2 * _WIDTHS[form] / form.size[0])
                self._hang(Row(name, painted.templates, painted.checks), painted.frames, form)

    def _show(self, studio: FilmStudio, order: ShownOrder, film: Film, reel: Reel) -> None:
        """Put a finished film into the gallery: the file, its sheet, its row."""
        name = self._name(order, film.wish.brief.tone, reel.format)
        file = self.out / f"{name}.mp4"
        file.unlink(missing_ok=True)
        file.hardlink_to(studio.blobs.folder / reel.video.sha256)
        frames = stills(file, (reel.width, reel.height), every=EVERY, width=2 * _WIDTHS[reel.format])
        words = spoken_words(film.speech, film.timeline)
        read = read_back(readings(file, reel.boxes, words, self._reader()))
        row = Row(name, tuple(take.template for take in film.takes), (*reel.checks, *cross_checks(file, reel), read))
        self._hang(row, frames, reel.format)

    def _hang(self, row: Row, frames: Sequence[NDArray[np.uint8]], form: Format) -> None:
        sheet = contact_sheet(frames, 8 if form is Format.WIDE else 12, width=_WIDTHS[form])
        (self.out / f"{row.film}.jpg").write_bytes(encode_jpeg(sheet, quality=86))
        self.rows.append(row)
        (self.out / "checks.md").write_text(table(self.rows), "utf-8")
        sys.stdout.write(row.line() + "\n")
        sys.stdout.flush()

    def _reader(self) -> Reader:
        if self._loaded is None:
            self._loaded = Reader()
        return self._loaded

    def _name(self, order: ShownOrder, tone: Tone, form: Format) -> str:
        return f"{order.id}-{tone.value}-{form.name.lower()}" + (f"-{self.idea}" if self.idea else "")


class _Meter:
    """One line that says how far a film is, drawn over where there is a terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = time.monotonic()
        self._live = sys.stdout.isatty()

    def watch(self, progress: Progress) -> None:
        if self._live:
            sys.stdout.write(f"\r\033[K{self._what}: {progress.stage.value}, {progress.fraction:.0%}")
            sys.stdout.flush()

    def done(self) -> None:
        start = "\r\033[K" if self._live else ""
        sys.stdout.write(f"{start}{self._what}: {time.monotonic() - self._began:.0f} s\n")
        sys.stdout.flush()


def _three(own: Tone) -> tuple[Tone, ...]:
    """An order's own tone and two others."""
    tones = list(Tone)
    at = tones.index(own)
    return own, tones[(at + 1) % len(tones)], tones[(at + 3) % len(tones)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
