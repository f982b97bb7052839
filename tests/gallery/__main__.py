"""Paint the gallery: `python -m tests.gallery`; a frame every half second of orders x tones x formats."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.checks import texts
from pipeline.media.checks.plan import Plan, spoken_words
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.look.director import CallSheet, Direction, direct
from pipeline.media.sheet import contact_sheet
from pipeline.media.still import still
from pipeline.model import FPS, Check, Format, Tone
from pipeline.ports import Cut
from tests.gallery.orders import ShownOrder, orders_in
from tests.gallery.studio import GalleryStudio

_EVERY = 0.5  # seconds between two frames
_ROOT = Path(__file__).resolve().parents[2]
_WIDTHS = {Format.TALL: 216, Format.FEED: 216, Format.SQUARE: 216, Format.WIDE: 320}


@dataclass(frozen=True)
class Row:
    """A line of the table of checks."""

    film: str
    checks: tuple[Check, ...]


def main(arguments: Sequence[str]) -> int:
    """Paint what is asked for; returns 1 when a check failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--orders", type=Path, default=_ROOT / "samples", help="folder with orders")
    parser.add_argument("--out", type=Path, default=_ROOT / "gallery")
    parser.add_argument("--only", nargs="*", default=[], help="ids of orders")
    parser.add_argument("--tones", nargs="*", type=Tone, default=[], help="instead of the order's own and two others")
    parser.add_argument("--formats", nargs="*", type=Format, default=list(Format))
    parser.add_argument("--idea", type=int, default=0)
    parser.add_argument("--take", type=int, default=0)
    told = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    told.out.mkdir(parents=True, exist_ok=True)
    orders = [order for order in orders_in(told.orders) if not told.only or order.id in told.only]
    rows = asyncio.run(_paint(orders, told))
    (told.out / "checks.md").write_text(_table(rows), "utf-8")
    failed = [row.film for row in rows if not all(check.passed for check in row.checks)]
    sys.stdout.write(f"{len(rows)} films in {told.out}; checks failed in {len(failed)}\n")
    return 1 if failed else 0


async def _paint(orders: Sequence[ShownOrder], told: argparse.Namespace) -> list[Row]:
    studio = GalleryStudio(told.out / ".cache")
    rows = []
    for order in orders:
        for tone in told.tones or _three(order.tone):
            for form in told.formats:
                cut = await studio.cut(order, tone, form, idea=told.idea, take=told.take)
                direction = direct(CallSheet.of(cut), studio.sources(cut))
                name = f"{order.id}-{tone.value}-{form.name.lower()}" + (f"-{told.idea}" if told.idea else "")
                (told.out / f"{name}.jpg").write_bytes(encode_jpeg(_sheet(cut, direction), quality=86))
                rows.append(Row(name, _checks(cut, direction)))
                words = ", ".join(take.template for take in cut.takes)
                sys.stdout.write(f"{name}: {words}{_faults(rows[-1])}\n")
    return rows


def _three(own: Tone) -> tuple[Tone, ...]:
    """An order's own tone and the two after it."""
    tones = list(Tone)
    at = tones.index(own)
    return own, tones[(at + 1) % len(tones)], tones[(at + 3) % len(tones)]


def _sheet(cut: Cut, direction: Direction) -> NDArray[np.uint8]:
    width = _WIDTHS[cut.format]
    scale = 2 * width / cut.format.size[0]
    frames = []
    at = 0.0
    for scene, slot in zip(direction.scenes, cut.timeline.slots, strict=True):
        while at * FPS < slot.end:
            frames.append(still(scene, at - slot.start / FPS, scale=scale))
            at += _EVERY
    return contact_sheet(frames, 12 if cut.format is not Format.WIDE else 8, width=width)


def _checks(cut: Cut, direction: Direction) -> tuple[Check, ...]:
    """What can be checked without rendering."""
    width, height = cut.format.size
    plan = Plan(
        form=cut.format,
        width=width,
        height=height,
        timeline=cut.timeline,
        words=spoken_words(cut.speech, cut.timeline),
        boxes=direction.boxes,
    )
    return texts.captions(plan), texts.zones(plan), texts.contrast(plan), texts.size(plan)


def _faults(row: Row) -> str:
    faults = [f"{check.name}: {check.measured}" for check in row.checks if not check.passed]
    return f"  !! {'; '.join(faults)}" if faults else ""


def _table(rows: Sequence[Row]) -> str:
    names = [check.name for check in rows[0].checks] if rows else []
    lines = ["| film | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for row in rows:
        cells = (check.measured if check.passed else f"**{check.measured}**" for check in row.checks)
        lines.append(f"| {row.film} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
