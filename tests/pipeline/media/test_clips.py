"""Filmed clips: a frame for a frame, at rest where there is not enough of them, and nothing but clips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import FfmpegFailed
from pipeline.media.clips import Clip, Frame, read_clip
from pipeline.media.easing import value
from pipeline.media.encode import EncodeSettings
from pipeline.media.look.director import Direction, direct
from pipeline.media.scene import Layer
from pipeline.media.segments import plan, segment_key
from pipeline.model import FPS, Format
from tests.fakes.runway import encoded
from tests.pipeline.media.look.staging import sheet, source

STEP = 2  # how much lighter each frame of `grey` is


def grey(path: Path, count: int, *, rate: int = 24, size: tuple[int, int] = (96, 160)) -> Path:
    """A clip whose frames can be told by how light they are."""
    frames = [np.full((size[1], size[0], 3), 20 + STEP * at, np.uint8) for at in range(count)]
    path.write_bytes(encoded(frames, rate=rate))
    return path


def shown(clip: Clip) -> list[float]:
    """Which of the clip's frames is seen in each frame of the film."""
    return [(float(picture.pixels.mean()) - 20) / STEP for picture in clip.frames]


def test_each_frame_is_shown_for_one_frame_of_the_film(tmp_path: Path) -> None:
    clip = read_clip(grey(tmp_path / "clip.mp4", 60), key="a", seconds=1.5)
    assert len(clip.frames) == 45
    assert clip.rests is None
    assert shown(clip) == pytest.approx(range(45), abs=0.8)


@pytest.mark.parametrize(("rate", "step"), [(60, 2.0), (15, 0.5)])
def test_clips_of_another_speed_go_as_fast_as_they_were_made(rate: int, step: float, tmp_path: Path) -> None:
    clip = read_clip(grey(tmp_path / "clip.mp4", 90, rate=rate), key="a", seconds=1.0)
    assert shown(clip) == pytest.approx([step * at for at in range(30)], abs=0.8)


def test_a_clip_that_is_too_short_comes_to_rest_evenly(tmp_path: Path) -> None:
    clip = read_clip(grey(tmp_path / "clip.mp4", 40), key="a", seconds=2.0)
    places = shown(clip)
    assert len(places) == 60
    assert clip.rests is not None
    assert 0 < clip.rests < 40 / FPS
    speeds = np.diff(np.convolve(places, np.ones(5) / 5, "valid"))
    assert places[-1] == pytest.approx(39, abs=0.8)
    assert speeds.min() > -0.25  # never back: no loop
    assert speeds.max() < 1.25  # never a jump
    assert speeds[-1] < 0.25
    assert np.abs(np.diff(speeds)).max() < 0.3


def test_a_single_frame_is_held(tmp_path: Path) -> None:
    clip = read_clip(grey(tmp_path / "clip.mp4", 1), key="a", seconds=1.0)
    assert len(clip.frames) == 30
    assert {picture.key for picture in clip.frames} == {"a:0"}


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile '/etc/passwd'\n"],
)
def test_only_films_are_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    with pytest.raises(FfmpegFailed):
        read_clip(path, key="a", seconds=1.0)


def test_a_damaged_film_is_no_clip(tmp_path: Path) -> None:
    path = grey(tmp_path / "clip.mp4", 30)
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(FfmpegFailed):
        read_clip(path, key="a", seconds=1.0)


def test_large_frames_are_made_smaller_and_tiny_ones_refused(tmp_path: Path) -> None:
    clip = read_clip(grey(tmp_path / "large.mp4", 2, size=(1440, 2560)), key="a", seconds=0.1)
    assert (clip.frames[0].width, clip.frames[0].height) == (720, 1280)
    with pytest.raises(FfmpegFailed):
        read_clip(grey(tmp_path / "tiny.mp4", 2, size=(32, 32)), key="a", seconds=0.1)


def test_a_clip_that_would_fill_the_memory_with_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed):
        read_clip(grey(tmp_path / "fast.mp4", 60, rate=1000), key="a", seconds=1.0)


def test_frames_are_kept_packed_and_look_the_same() -> None:
    y, x = np.mgrid[0:160, 0:96]
    pixels = np.stack(((x * 2) % 256, y, 255 - y), axis=-1).astype(np.uint8)
    frame = Frame("a", pixels)
    assert (frame.width, frame.height, frame.opaque) == (96, 160, True)
    assert np.abs(frame.pixels.astype(int) - pixels).mean() < 2


# ── In a film ────────────────────────────────────────────────────────────────────────────────────────────────────────


def a_film(clip: Clip | None, form: Format = Format.TALL) -> Direction:
    """A film whose second shot was filmed."""
    whole = sheet((source(number=0, plain=False), source(number=1, plain=False)), form=form, seconds=1.0)
    clips = tuple(clip if at == 1 else None for at in range(len(whole.shots)))
    return direct(replace(whole, clips=clips), (source(number=0, plain=False), source(number=1, plain=False)))


def frames_of(clip: Clip, direction: Direction) -> list[Layer]:
    keys = {picture.key for picture in clip.frames}
    return [layer for layer in direction.scenes[1].layers if layer.picture.key in keys]


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    return read_clip(grey(tmp_path / "clip.mp4", 50, size=(720, 1280)), key="first", seconds=1.5)


@pytest.mark.parametrize("form", [*Format])
def test_in_every_frame_of_its_shot_one_frame_of_the_clip_is_seen(form: Format, clip: Clip) -> None:
    direction = a_film(clip, form)
    layers = frames_of(clip, direction)
    for number in range(-8, direction.scenes[1].frames + 8):
        at = number / FPS
        seen = [layer for layer in layers if layer.start <= at < layer.end]
        assert len(seen) == 1
        if 0 <= number < len(clip.frames):
            assert seen[0].picture.key == clip.frames[number].key


def test_a_clip_covers_the_frames_that_it_suits_and_is_shown_whole_in_others(clip: Clip) -> None:
    for form, covered in ((Format.TALL, True), (Format.FEED, True), (Format.WIDE, False)):
        layer = frames_of(clip, a_film(clip, form))[0]
        width, height = form.size
        scale = value(layer.scale, 0.5)
        assert (scale * 720 >= width - 1 and scale * 1280 >= height - 1) is covered
        assert covered or (scale * 720 <= width + 1 and scale * 1280 <= height + 1)


def test_a_clip_at_rest_is_pushed_into(tmp_path: Path) -> None:
    short = read_clip(grey(tmp_path / "short.mp4", 12, size=(720, 1280)), key="short", seconds=1.5)
    layer = frames_of(short, a_film(short))[-1]
    assert value(layer.scale, 1.0) > value(layer.scale, 0.6) > value(layer.scale, 0.0)


def test_captions_keep_their_places_over_a_clip(clip: Clip) -> None:
    own, filmed = a_film(None), a_film(clip)
    for direction in (own, filmed):
        assert any(box.kind == "caption" or box.kind == "headline" for box in direction.boxes)
    for box in filmed.boxes:
        assert box.x >= 60
        assert box.x + box.w <= 1080 - 60
        assert box.contrast >= 4.5 - 0.01


def test_another_clip_is_another_segment_and_the_same_one_is_not(clip: Clip, tmp_path: Path) -> None:
    other = read_clip(grey(tmp_path / "other.mp4", 50, size=(720, 1280)), key="second", seconds=1.5)

    def keys(direction: Direction) -> list[str]:
        return [segment_key(one, scale=1.0, settings=EncodeSettings()) for one in plan(direction.scenes)]

    first, again, second = keys(a_film(clip)), keys(a_film(clip)), keys(a_film(other))
    assert first == again
    changed = [one != two for one, two in zip(first, second, strict=True)]
    assert any(changed)
    assert not all(changed)  # what was filmed here stays as it is
