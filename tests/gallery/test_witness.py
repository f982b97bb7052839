"""Ffmpeg and the studio's own meters say the same of a film, and differ where a film is not what its report says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.media.checks.files import decodes
from pipeline.media.checks.screening import screen
from pipeline.media.checks.sounds import loudness, peak
from pipeline.media.pcm import write_sound
from pipeline.media.planes import PlaneCache
from pipeline.media.scene import Layer, Picture, Scene, Track
from pipeline.model import SAMPLE_RATE, Artifact, Check, Format, Reel
from tests.bench.measure import film
from tests.gallery.table import Row, table
from tests.gallery.witness import cross_checks, hear, stills

FRAMES = 75
SIZE = (270, 480)
GREEN = (40, 160, 90)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A green film with a red square from frame 45 on, and noise at about −14 LUFS."""
    folder = tmp_path_factory.mktemp("witness")
    noise = np.random.default_rng(3).normal(0, 0.11, (2, FRAMES * SAMPLE_RATE // 30)).astype(np.float32)
    sound = write_sound(folder / "sound.wav", noise, SAMPLE_RATE)
    red = Picture("red", np.full((160, 160, 3), (210, 30, 30), np.uint8))
    square = Layer(red, Track.still(135), Track.still(240), start=1.5)
    film((Scene(*SIZE, FRAMES, (square,), GREEN),), sound, folder, planes=PlaneCache())
    return folder / "film.mp4"


@pytest.fixture
def reel(path: Path) -> Reel:
    """The film's report, by the studio's own checks."""
    seen = screen(path)
    file = Artifact(sha256="0", media_type="")
    return Reel(
        format=Format.TALL,
        video=file,
        cover=file,
        srt=file,
        vtt=file,
        width=SIZE[0],
        height=SIZE[1],
        frames=len(seen.frames),
        size=seen.size,
        boxes=(),
        checks=(decodes(seen), loudness(seen), peak(seen)),
    )


def failed(checks: tuple[Check, ...]) -> list[str]:
    return [check.name for check in checks if not check.passed]


def test_both_count_the_same_frames_and_hear_the_same_sound(path: Path, reel: Reel) -> None:
    heard = hear(path)
    assert heard.frames == FRAMES == reel.frames
    own = {check.name: float(check.measured.split()[0]) for check in reel.checks[1:]}
    assert abs(heard.lufs - own["loudness"]) <= 0.2
    assert abs(heard.true_peak - own["true peak"]) <= 0.2
    assert "ffmpeg: frames" not in failed(cross_checks(path, reel))


def test_a_report_that_is_not_true_is_found_out(path: Path, reel: Reel) -> None:
    loud = Check(name="loudness", passed=True, measured="-9.0 LUFS", wanted="")
    false = reel.model_copy(update={"frames": FRAMES + 1, "checks": (loud, reel.checks[2])})
    assert {"ffmpeg: frames", "ffmpeg: loudness"} <= set(failed(cross_checks(path, false)))


def test_a_sheet_has_the_decoded_frame_of_every_half_second(path: Path) -> None:
    shown = stills(path, SIZE, every=0.5, width=136)
    assert len(shown) == 5
    middles = [frame[120, 68].astype(int) for frame in shown]
    assert [abs(pixel - GREEN).max() < 12 for pixel in middles] == [True, True, True, False, False]
    assert abs(middles[4] - (210, 30, 30)).max() < 12


def test_the_table_tells_every_failed_check_in_words() -> None:
    good = Check(name="frames", passed=True, measured="450", wanted="450")
    bad = Check(name="loudness", passed=False, measured="-9 LUFS", wanted="-14")
    told = table([Row("a", ("arch",), (good, bad)), Row("b", ("arch",), (good,))])
    assert told.startswith("2 films, 3 checks, 1 failed.")
    assert "- a: arch  !! loudness: -9 LUFS, wanted -14" in told
    assert "| a | 450 | **-9 LUFS** |" in told
    assert "| b | 450 |  |" in told
