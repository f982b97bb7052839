from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from pipeline.media.planes import PlaneCache
from tests.bench.job import PHOTOS, Workshop
from tests.bench.measure import Cost, DrawingShare, encode_alone, film, ready_frames, timed, typical
from tests.bench.reel import FORMATS, Order, read_order, reel, rerolled, write_order
from tests.bench.report import Findings, Row, report, write_report
from tests.fakes.engines import quick_studio
from tests.pipeline.media.render.films import pictures


def small_order(folder: Path) -> Order:
    write_order(folder, photo=(120, 160), seconds=1.0)
    return read_order(folder)


def found(**changed: object) -> Findings:
    costs = {f"{kind} {w}x{h}": Cost(10.0, 19.0) for w, h in FORMATS for kind in ("floor", "film")}
    costs |= {"full": Cost(10, 20), "reroll": Cost(3, 6), "cold": Cost(13, 22)}
    values = {
        "repeats": 1,
        "costs": costs,
        "drawing_share": 0.2,
        "raw_jitter": 0.004,
        "decoded_jitter": 0.04,
        "zoompan_jitter": 0.3,
        "size": 7 * 2**20,
        "frames_short": 0,
        "rival_encoder": "ffmpeg",
        "caption_error": (0.027, 256),
        "load": 0.1,
    }
    return Findings(**(values | changed))  # type: ignore[arg-type]  # names and types are those above


def test_the_reel_renders_in_every_shape_with_exactly_its_frames(tmp_path: Path) -> None:
    order = small_order(tmp_path)
    for width, height in ((54, 96), (96, 54)):
        rendered = film(reel(order, width, height, frames=30), order.voice, tmp_path, planes=PlaneCache())
        assert rendered.frames == len(pictures(tmp_path / "film.mp4")) == 30


def test_the_floor_encodes_the_very_frames_of_the_film(tmp_path: Path) -> None:
    order = small_order(tmp_path)
    scenes = reel(order, 96, 128, frames=20)
    frames = ready_frames(scenes)
    encode_alone(frames, tmp_path / "floor.mp4")
    film(scenes, None, tmp_path, planes=PlaneCache())
    floor, ours = pictures(tmp_path / "floor.mp4"), pictures(tmp_path / "film.mp4")
    assert len(floor) == len(ours) == 20
    assert np.abs(np.stack(floor).astype(int) - np.stack(ours)).mean() < 3


def test_a_reroll_changes_one_shot(tmp_path: Path) -> None:
    shots = reel(small_order(tmp_path), 96, 128, frames=30)
    changed = rerolled(shots, 2)
    assert [one is two for one, two in zip(shots, changed, strict=True)] == [True, True, False, True, True]


def test_drawing_and_encoding_are_told_apart(tmp_path: Path) -> None:
    share = DrawingShare()
    assert share.measure(reel(small_order(tmp_path), 96, 128, frames=20, plain=True), tmp_path) > 0
    assert share.drawing > 0
    assert share.encoding > 0


def test_the_cpu_of_threads_counts() -> None:
    def work() -> None:
        threads = [threading.Thread(target=lambda: sum(range(300_000))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert timed(work).cpu > 0
    assert typical([Cost(1, 9), Cost(2, 8), Cost(3, 1)]) == Cost(2, 8)


def test_a_missed_goal_is_said_plainly_and_by_how_much() -> None:
    assert Row("speed", 0.15, 0.2).line() == "| speed | ≤ 0.15 | 0.2 | **missed** by 33% |"
    assert Row("rival", 8, 9.0, "x", True).line() == "| rival | ≥ 8x | 9x | met |"
    assert "Missed: drawing CPU / encoding CPU, plain push-ins." in report(found())
    assert "Every goal was met" in report(found(drawing_share=0.1))


def test_the_whole_job_is_told_against_one_encode_and_against_three() -> None:
    costs = {**found().costs, "job": Cost(21, 40), "job floor": Cost(7, 13)}
    told = report(found(costs=costs))
    assert "of three encodes, one for each platform, wall | ≤ 2 | 1 | met |" in told
    assert "of the one encode that they share, wall | ≤ 2 | 3 | **missed** by 50% |" in told


def test_captions_are_told_against_the_voice_where_there_is_an_aligner() -> None:
    assert "median of 256 English words | ≤ 80 ms | 27 ms | met |" in report(found())
    assert "English words" not in report(found(caption_error=None))


def test_a_job_is_measured_and_leaves_nothing_behind(tmp_path: Path) -> None:
    job = Workshop(tmp_path, seconds=6, photos=PHOTOS[:1], studio=quick_studio()).measure(0)
    assert job.frames == 15  # all frames of the quick studio's film, decoded and encoded anew
    assert job.whole.wall > 0
    assert job.floor.wall > 0
    assert (tmp_path / "floor.mp4").exists()
    assert list(tmp_path.glob("job-*")) == []


@pytest.mark.slow  # short form: the one above; tests/e2e/test_film.py makes a film with the real studio
def test_a_job_is_measured_from_photos_to_a_checked_film(tmp_path: Path) -> None:
    job = Workshop(tmp_path, seconds=6, photos=PHOTOS[:1]).measure(0)
    assert 5 * 30 <= job.frames <= 9 * 30
    assert job.whole.wall > job.floor.wall > 0
    assert list(tmp_path.glob("job-*")) == []


def test_a_missing_rival_is_said() -> None:
    assert "not measured: MoviePy could not be installed" in report(found())


def test_the_report_leaves_what_others_wrote(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text("# Benchmarks\n\n## Chats\n\nfast\n")
    write_report(document, found())
    write_report(document, found(drawing_share=0.1))
    text = document.read_text()
    assert text.count("## The renderer") == 1
    assert text.startswith("# Benchmarks\n\n## Chats\n\nfast\n")
    assert "Every goal was met" in text
