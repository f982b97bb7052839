"""A good film passes every check; a film with one thing wrong fails that check and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.media.checks.gate import inspect
from pipeline.media.checks.pictures import slideshow_score
from pipeline.media.checks.plan import Plan, Sight, spoken_words
from pipeline.media.checks.screening import screen
from pipeline.model import FPS, SAMPLE_RATE, Box, Slot, Speech, SpokenLine, Timeline, Word
from tests.pipeline.media.checks.films import (
    FRAMES,
    Pixels,
    Recipe,
    caption,
    moving,
    music,
    plan,
    planned,
    shoot,
    view,
)

SEEN = Sight(shot=0, at=0.5, box=Box(x=0.2, y=0.2, w=0.6, h=0.6))


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shoot(tmp_path_factory.mktemp("films") / "good.mp4", Recipe())


def failed(video: Path, wanted: Plan) -> set[str]:
    return {check.name for check in inspect(video, wanted) if not check.passed}


def test_a_good_film_passes_every_check(good: Path) -> None:
    checks = inspect(good, plan())
    assert {check.name: check.measured for check in checks if not check.passed} == {}
    assert len(checks) == len({check.name for check in checks}) == 18


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_damaged_film_does_not_decode(good: Path, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    middle = data.index(b"mdat") + 4 + 3000
    data[middle : middle + 4000] = bytes(4000)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    assert failed(broken, plan()) == {"decodes"}


@pytest.mark.parametrize("content", [b"", b"this is no film", b"\0" * 5000])
def test_what_is_no_film_does_not_decode(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.mp4"
    path.write_bytes(content)
    assert failed(path, plan()) == {"decodes"}


def test_a_missing_film_does_not_decode(tmp_path: Path) -> None:
    assert failed(tmp_path / "nowhere.mp4", plan()) == {"decodes"}


@pytest.mark.parametrize(
    "recipe",
    [Recipe(faststart=False), Recipe(bt709=False), Recipe(profile="baseline")],
    ids=["index", "bt709", "profile"],
)
def test_a_film_of_another_kind_is_noticed(recipe: Recipe, tmp_path: Path) -> None:
    assert failed(shoot(tmp_path / "film.mp4", recipe), plan()) == {"file kind"}


def test_a_film_of_another_size_is_noticed(good: Path) -> None:
    assert failed(good, planned(width=1080, height=1920)) == {"file kind"}


def test_a_file_that_is_too_big_for_the_channel_is_noticed(good: Path) -> None:
    assert failed(good, planned(max_bytes=20_000)) == {"file size"}


# ── the picture ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_frame_is_noticed(tmp_path: Path) -> None:
    short = shoot(tmp_path / "film.mp4", Recipe(frames=FRAMES - 1))
    assert failed(short, plan()) == {"frames"}


def test_frames_that_come_late_are_noticed(tmp_path: Path) -> None:
    stuttering = shoot(tmp_path / "film.mp4", Recipe(late=50))
    assert failed(stuttering, plan()) == {"frames", "file kind"}  # nor is it 30 frames a second any more


def test_a_short_picture_is_noticed(tmp_path: Path) -> None:
    short = shoot(tmp_path / "film.mp4", Recipe(frames=FRAMES - 4))
    assert failed(short, plan()) == {"frames", "duration"}


def test_a_black_second_is_noticed(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return np.zeros_like(moving(at)) if 58 <= at < 89 else moving(at)

    assert "black" in failed(shoot(tmp_path / "film.mp4", Recipe(picture=picture)), planned(sights=(SEEN,)))


def test_a_dip_to_black_is_fine(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return np.zeros_like(moving(at)) if 24 <= at < 36 else moving(at)

    assert failed(shoot(tmp_path / "film.mp4", Recipe(picture=picture)), plan()) == set()


def test_a_frozen_second_is_noticed(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return moving(at if at < 40 else max(40, at - 35))

    wrong = failed(shoot(tmp_path / "film.mp4", Recipe(picture=picture)), planned(sights=(SEEN,)))
    assert "frozen" in wrong
    assert wrong <= {"frozen", "slideshow"}


def test_a_stretch_that_is_still_on_purpose_is_fine(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return moving(at if at < 40 else max(40, at - 35))

    wanted = planned(sights=(SEEN,), still=((1.3, 2.5),))
    assert "frozen" not in failed(shoot(tmp_path / "film.mp4", Recipe(picture=picture)), wanted)


def test_a_very_slow_push_counts_as_movement(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return view(0, 0, zoom=1 + 0.0006 * at)

    assert "frozen" not in failed(shoot(tmp_path / "film.mp4", Recipe(picture=picture)), planned(sights=(SEEN,)))


def test_a_product_that_was_pushed_out_of_the_picture_is_noticed(good: Path) -> None:
    outside = Sight(shot=1, at=1.5, box=Box(x=0.7, y=0.2, w=0.6, h=0.6))
    assert failed(good, planned(sights=(*plan().sights, outside))) == {"product"}


def test_a_product_that_was_painted_over_is_noticed(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        shown = moving(at).copy()
        if 30 <= at < 60:
            shown[40:220, 20:130] = 200
        return shown

    video = shoot(tmp_path / "film.mp4", Recipe(picture=picture))
    assert failed(video, plan()) == {"product"}


def test_another_product_than_planned_is_noticed(good: Path) -> None:
    other = replace(plan().sights[0], planned=view(200, 150))
    assert failed(good, planned(sights=(other,))) == {"product"}


def test_a_film_that_never_shows_the_product_is_noticed(good: Path) -> None:
    assert failed(good, planned(sights=())) == {"product"}


def test_photos_that_all_slide_alike_are_more_of_a_slideshow(good: Path, tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        shot, step = divmod(at, 30)
        return view(-80 + 70 * shot + 1.2 * step, -60 + 40 * shot)

    sliding = screen(shoot(tmp_path / "film.mp4", Recipe(picture=picture))).frames
    slots = plan().timeline.slots
    assert slideshow_score(sliding, slots) >= 0.5
    assert slideshow_score(screen(good).frames, slots) < 0.25


def test_photos_that_stand_still_are_a_slideshow(tmp_path: Path) -> None:
    def picture(at: int) -> Pixels:
        return view(-80 + 70 * (at // 30), 0)

    video = shoot(tmp_path / "film.mp4", Recipe(picture=picture))
    assert failed(video, planned(sights=(SEEN,), still=((0, 3),))) == {"slideshow"}


# ── the sound ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_film_without_sound_is_noticed(tmp_path: Path) -> None:
    wrong = failed(shoot(tmp_path / "film.mp4", Recipe(sound=None)), plan())
    assert wrong == {"file kind", "sound length", "silence", "loudness"}


def test_a_sound_that_ends_early_is_noticed(tmp_path: Path) -> None:
    assert failed(shoot(tmp_path / "film.mp4", Recipe(sound=music(2.7))), plan()) == {"sound length"}


def test_a_silent_second_is_noticed(tmp_path: Path) -> None:
    sound = music(FRAMES / FPS)
    sound[SAMPLE_RATE : round(2.2 * SAMPLE_RATE)] = 0
    wrong = failed(shoot(tmp_path / "film.mp4", Recipe(sound=sound)), plan())
    assert "silence" in wrong
    assert wrong <= {"silence", "loudness"}  # with so much of it gone, the rest is louder


@pytest.mark.parametrize("lufs", [-14.8, -13.2])
def test_a_film_that_is_too_quiet_or_too_loud_is_noticed(lufs: float, tmp_path: Path) -> None:
    assert failed(shoot(tmp_path / "film.mp4", Recipe(sound=music(FRAMES / FPS, lufs=lufs))), plan()) == {"loudness"}


def test_a_high_peak_is_noticed(tmp_path: Path) -> None:
    sound = music(FRAMES / FPS)
    click = 0.95 * np.hanning(480).astype(np.float32)
    sound[70_000:70_480] = click[:, None]
    assert failed(shoot(tmp_path / "film.mp4", Recipe(sound=sound)), plan()) == {"true peak"}


def test_a_clipped_wave_is_noticed(tmp_path: Path) -> None:
    sound = np.clip(music(FRAMES / FPS, lufs=2), -1.1, 1.1)
    assert "clipping" in failed(shoot(tmp_path / "film.mp4", Recipe(sound=sound)), plan())


# ── the words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_spoken_word_that_is_not_on_screen_is_noticed(good: Path) -> None:
    assert failed(good, planned(boxes=(caption("Leise."),))) == {"captions"}


def test_a_caption_that_comes_too_late_is_noticed(good: Path) -> None:
    late = caption("Leise. Nur 19,99 €", start=1.0)
    assert failed(good, planned(boxes=(late,))) == {"captions"}


def test_case_and_punctuation_do_not_count(good: Path) -> None:
    assert failed(good, planned(boxes=(caption("LEISE … NUR „19,99 €“!"),))) == set()


@pytest.mark.parametrize("change", [{"x": 20.0}, {"y": 100.0}, {"x": 400.0}, {"y": 1400.0}])
def test_a_text_under_the_buttons_is_noticed(good: Path, change: dict[str, float]) -> None:
    assert failed(good, planned(boxes=(caption("Leise. Nur 19,99 €", **change),))) == {"safe zones"}


def test_paid_placements_are_held_to_their_own_zone(good: Path) -> None:
    assert failed(good, planned(strict_zones=True)) == {"safe zones"}


def test_a_text_that_cannot_be_read_is_noticed(good: Path) -> None:
    assert failed(good, planned(boxes=(caption("Leise. Nur 19,99 €", contrast=4.2),))) == {"contrast"}


def test_small_captions_are_noticed(good: Path) -> None:
    assert failed(good, planned(boxes=(caption("Leise. Nur 19,99 €", size=38.0),))) == {"type size"}


def test_words_are_put_on_the_clock_of_the_film() -> None:
    line = SpokenLine(words=(Word(text="Warm.", start=0.5, end=0.9),), seconds=1)
    timeline = Timeline(slots=(Slot(start=0, end=60, speech_at=0.2),), frames=60, beats=())
    assert spoken_words(Speech(lines=(line,), voice="none"), timeline) == (Word(text="Warm.", start=0.7, end=1.1),)
