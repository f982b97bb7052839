"""`python -m tests.bench [repeats]`: measure everything side by side and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from os import getloadavg
from pathlib import Path

import cv2
import structlog

from pipeline.media.canvas import Canvas
from pipeline.media.composite import Compositor
from pipeline.media.planes import PlaneCache
from pipeline.media.segments import SegmentCache
from tests.bench import rivals
from tests.bench.aligned import caption_error
from tests.bench.job import Workshop
from tests.bench.measure import (
    Cost,
    DrawingShare,
    cold_film,
    encode_alone,
    film,
    ready_frames,
    timed,
    typical,
)
from tests.bench.reel import FORMATS, FRAMES, Order, read_order, reel, rerolled, write_order
from tests.bench.report import Findings, write_report
from tests.pipeline.media.render.films import pictures
from tests.pipeline.media.render.jitter import slow_push, tremble

DOCUMENT = Path("docs/benchmarks.md")


def main() -> None:
    """Run the whole bench, or one cold film in this process."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    commands = parser.add_subparsers(dest="command")
    cold = commands.add_parser("cold")
    cold.add_argument("folder", type=Path)
    cold.add_argument("out", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    if asked.command == "cold":
        _cold(asked.folder, asked.out)
        return
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for findings in bench(folder, repeats=asked.repeats):  # what is measured is not lost when a later repeat fails
            write_report(DOCUMENT, findings)
    sys.stdout.write(f"written to {DOCUMENT}\n")


def _cold(folder: Path, out: Path) -> None:
    film(reel(read_order(folder), *FORMATS[0]), folder / "voice.wav", out, planes=PlaneCache())


def bench(folder: Path, *, repeats: int) -> Iterator[Findings]:
    """Measure all rows, the repeats of all rows interleaved, so that a busy minute hurts all alike.

    Yields:
        What is found so far, after each repeat.
    """
    # Our threads are the workers; OpenCV's own would fight them for the cores.
    cv2.setNumThreads(1)
    load = getloadavg()[0]
    write_order(folder)
    order = read_order(folder)
    rivals.write_caption(order, folder)
    python = rivals.moviepy_python()
    work = folder / "work"
    work.mkdir()
    film(reel(order, *FORMATS[0]), order.voice, work, planes=PlaneCache())  # compiles what is not compiled yet
    size = (work / "film.mp4").stat().st_size
    frames = len(pictures(work / "film.mp4"))
    costs: dict[str, list[Cost]] = defaultdict(list)
    shares = []
    workshop = Workshop(folder)
    workshop.warm()
    raw, decoded = _tremble(work)
    zoompan_jitter, captions = rivals.zoompan_tremble(work), _captions(folder)
    for number in range(repeats):
        sys.stdout.write(f"repeat {number + 1} of {repeats}\n")
        sys.stdout.flush()
        _formats(order, work, costs)
        _reroll(order, work, costs)
        costs["cold"].append(timed(lambda: cold_film(folder, work)))
        shares.append(DrawingShare().measure(reel(order, *FORMATS[0], plain=True)[:2], work))
        job = workshop.measure(number)
        costs["job"].append(job.whole)
        costs["job floor"].append(job.floor)
        costs["zoompan"].append(timed(lambda: rivals.zoompan_film(folder, work / "zoompan.mp4")))
        if python is not None:
            costs["moviepy"].append(timed(lambda: rivals.moviepy_film(python, folder, work / "moviepy.mp4")))
        yield Findings(
            repeats=number + 1,
            costs={name: typical(several) for name, several in costs.items()},
            drawing_share=sorted(shares)[len(shares) // 2],
            raw_jitter=raw,
            decoded_jitter=decoded,
            zoompan_jitter=zoompan_jitter,
            size=size,
            frames_short=FRAMES - frames,
            rival_encoder=rivals.x264_of_moviepy(),
            caption_error=captions,
            load=load,
        )


def _captions(folder: Path) -> tuple[float, int] | None:
    (folder / "voices").mkdir()
    return caption_error(folder / "voices")


def _formats(order: Order, work: Path, costs: dict[str, list[Cost]]) -> None:
    planes = PlaneCache()
    for width, height in FORMATS:
        scenes = reel(order, width, height)
        frames = ready_frames(scenes)
        name = f"{width}x{height}"
        costs[f"floor {name}"].append(timed(partial(encode_alone, frames, work / "floor.mp4")))
        del frames
        costs[f"film {name}"].append(timed(partial(film, scenes, order.voice, work, planes=planes)))


def _reroll(order: Order, work: Path, costs: dict[str, list[Cost]]) -> None:
    with tempfile.TemporaryDirectory(dir=work) as name:
        cache, planes = SegmentCache(Path(name)), PlaneCache()
        scenes = reel(order, *FORMATS[0])
        costs["full"].append(timed(lambda: film(scenes, order.voice, work, planes=planes, cache=cache)))
        changed = rerolled(scenes, 2)
        costs["reroll"].append(timed(lambda: film(changed, order.voice, work, planes=planes, cache=cache)))


def _tremble(work: Path) -> tuple[float, float]:
    scene = slow_push()
    compositor = Compositor(scene, range(scene.frames), scale=1.0, cache=PlaneCache())
    canvas, frames = Canvas.blank(scene.width, scene.height), []
    for number in range(scene.frames):
        compositor.draw(number, canvas)
        frames.append(canvas.luma.copy())
    film((scene,), None, work, planes=PlaneCache())
    decoded = [picture[: scene.height] for picture in pictures(work / "film.mp4")]
    return tremble(scene, frames), tremble(scene, decoded)


if __name__ == "__main__":
    main()
