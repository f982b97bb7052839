from __future__ import annotations

import threading
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from pipeline.errors import FfmpegFailed, JobCancelled, MediaError
from pipeline.media.encode import EncodeSettings
from pipeline.media.refit import refit
from pipeline.media.render import render
from pipeline.media.scene import Layer, Picture, Scene, Track
from tests.pipeline.media.render.films import boxes, clicks, pictures, sound


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    out = folder / "film.mp4"
    audio = clicks(folder / "sound.wav", 2.0)
    grain = np.random.default_rng(1).integers(60, 190, (400, 300)).astype(np.uint8)
    grey = np.asarray(cv2.resize(np.dstack((grain, grain, grain)), (600, 800)), np.uint8)
    photo = Layer(Picture("grain", grey), Track.move(260, 280, seconds=2), Track.still(360), Track.still(1.0))
    scene = Scene(540, 720, 60, (photo,))
    render((scene,), out=out, scratch=folder, audio=audio, settings=EncodeSettings(crf=12), title="Mug")
    return out


def test_a_film_made_smaller_keeps_frames_sound_and_title(film: Path, tmp_path: Path) -> None:
    limit = film.stat().st_size // 2
    out = tmp_path / "small.mp4"
    assert refit(film, out, limit=limit) == out.stat().st_size <= limit
    before, after = pictures(film), pictures(out)
    assert len(before) == len(after) == 60
    assert np.abs(np.stack(before).astype(int) - np.stack(after)).mean() < 8
    assert (sound(film) == sound(out)).all()
    with av.open(str(out)) as file:
        assert file.metadata["title"] == "Mug"
        assert file.streams.video[0].start_time == file.streams.audio[0].start_time == 0
        assert file.streams.video[0].codec_context.colorspace == 1
    assert not any(names[-1] == b"elst" for names, _ in boxes(out.read_bytes()))


def test_when_bits_are_few_pictures_become_smaller(film: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.mp4"
    refit(film, out, limit=120_000)
    with av.open(str(out)) as file:
        video = file.streams.video[0]
        assert 360 <= video.width < 540
        assert video.width / video.height == pytest.approx(0.75, abs=0.01)


def test_what_cannot_fit_is_said(film: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not fit"):
        refit(film, tmp_path / "o.mp4", limit=9_000)


def test_making_smaller_can_be_stopped(film: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(JobCancelled):
        refit(film, tmp_path / "o.mp4", limit=100_000, stop=stop)


def test_what_is_no_film_is_our_error(tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(b"nothing of the kind")
    with pytest.raises(FfmpegFailed):
        refit(source, tmp_path / "o.mp4", limit=1000)
