from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.errors import FfmpegFailed, JobCancelled, MediaError
from pipeline.media.canvas import Canvas
from pipeline.media.encode import EncodeSettings, encode_segment, join
from pipeline.media.render import Rendered, render
from pipeline.media.scene import Scene, Transition
from pipeline.media.segments import SegmentCache
from tests.pipeline.media.render.films import RATE, boxes, clicks, pictures, sound
from tests.pipeline.media.render.pictures import entering, push

FINE = EncodeSettings(crf=8)
FILM = (
    push(1, frames=20),
    entering(push(2, frames=25), Transition("dissolve", 6)),
    entering(push(3, frames=70), Transition("cut")),
    entering(push(4, frames=17), Transition("whip", 7)),
)
TOTAL = 132


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    folder = tmp_path_factory.mktemp("film")
    audio = clicks(folder / "sound.wav", TOTAL / 30)
    out = folder / "film.mp4"
    return out, render(FILM, out=out, scratch=folder, audio=audio, settings=FINE, title="Nordtisch, matt & schön")


def test_a_film_has_exactly_the_frames_of_its_scenes(film: tuple[Path, Rendered]) -> None:
    path, rendered = film
    assert rendered.frames == len(pictures(path)) == TOTAL
    assert (rendered.width, rendered.height, rendered.size) == (96, 128, path.stat().st_size)


def test_pictures_and_sound_begin_at_zero_and_end_together(film: tuple[Path, Rendered]) -> None:
    with av.open(str(film[0])) as file:
        for stream in (file.streams.video[0], file.streams.audio[0]):
            assert stream.start_time == 0
            assert stream.duration is not None
            assert stream.time_base is not None
            assert stream.duration * stream.time_base == pytest.approx(TOTAL / 30, abs=1e-9)


def test_frames_are_shown_evenly_from_zero(film: tuple[Path, Rendered]) -> None:
    with av.open(str(film[0])) as file:
        times = [frame.time for frame in file.decode(video=0)]
    assert times == pytest.approx([n / 30 for n in range(TOTAL)], abs=1e-6)


def test_clicks_are_heard_when_they_were_made(film: tuple[Path, Rendered]) -> None:
    heard = np.abs(sound(film[0]))
    for click in range(1, 43):
        around = heard[click * 4800 - 1200 : click * 4800 + 1200]
        assert abs(int(around.argmax()) - 1200) <= 2, f"click {click}"
    assert len(heard) / RATE == pytest.approx(TOTAL / 30, abs=1024 / RATE)


def test_the_file_says_what_it_holds(film: tuple[Path, Rendered]) -> None:
    with av.open(str(film[0])) as file:
        context = file.streams.video[0].codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
        assert file.streams.video[0].average_rate == 30
        sounding = file.streams.audio[0].codec_context
        assert (sounding.name, sounding.sample_rate, sounding.layout.name) == ("aac", 48_000, "stereo")
        assert set(file.metadata) <= {"major_brand", "minor_version", "compatible_brands", "title", "encoder"}
        assert file.metadata["title"] == "Nordtisch, matt & schön"


def test_the_file_starts_at_once_and_needs_no_edit_list(film: tuple[Path, Rendered]) -> None:
    found = list(boxes(film[0].read_bytes()))
    names = [path for path, _ in found]
    assert names.index((b"moov",)) < names.index((b"mdat",))
    assert not any(path[-1] in (b"edts", b"elst") for path in names)
    assert any(path[-1] == b"stts" for path in names)
    headers = [body for path, body in found if path[-1] in (b"mvhd", b"tkhd", b"mdhd")]
    assert all(int.from_bytes(body[4:12]) == 0 for body in headers), "no times of making"


def test_shots_begin_where_their_slots_begin(film: tuple[Path, Rendered], tmp_path: Path) -> None:
    alone = tmp_path / "alone.mp4"
    render(FILM[2:3], out=alone, scratch=tmp_path, settings=FINE)
    # The third shot enters by a cut at frame 45, and leaves by a whip that begins three frames before its end.
    together, single = pictures(film[0])[45 : 45 + 67], pictures(alone)[:67]
    apart = [np.abs(a.astype(int) - b).mean() for a, b in zip(together, single, strict=True)]
    assert max(apart) < 1.0


def test_every_segment_begins_with_a_picture_of_its_own(film: tuple[Path, Rendered]) -> None:
    with av.open(str(film[0])) as file:
        keys = [round(frame.time * 30) for frame in file.decode(video=0) if frame.key_frame]
    # Body, dissolve, body, the long body's two halves, whip, body.
    assert set(keys) >= {0, 17, 23, 45, 112, 119}
    assert film[1].segments_made == 7


def test_colours_survive_to_the_decoded_picture(tmp_path: Path) -> None:
    for number, colour in enumerate(((230, 60, 40), (24, 120, 200), (250, 240, 225), (18, 18, 20), (90, 160, 70))):
        out = tmp_path / f"{number}.mp4"
        render((Scene(64, 64, 3, (), colour),), out=out, scratch=tmp_path)
        with av.open(str(out)) as file:
            frame = next(file.decode(video=0))
            rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()
        assert np.abs(rgb.reshape(-1, 3).astype(int) - colour).max() <= 3


def test_a_changed_shot_costs_its_body_and_its_two_transitions(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path / "cache")
    audio = clicks(tmp_path / "sound.wav", 80 / 30)
    shots = [entering(push(seed, frames=20), Transition("dissolve", 6)) for seed in (1, 2, 3, 4)]

    def rendered(name: str) -> Rendered:
        return render(shots, out=tmp_path / name, scratch=tmp_path, audio=audio, cache=cache)

    first = rendered("first.mp4")
    again = rendered("again.mp4")
    shots[2] = replace(shots[2], layers=push(9, frames=20).layers)
    changed = rendered("changed.mp4")
    assert (first.segments_made, first.segments_reused) == (7, 0)
    assert (again.segments_made, again.segments_reused) == (0, 7)
    assert (changed.segments_made, changed.segments_reused) == (3, 4)
    assert (tmp_path / "first.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()
    assert len(pictures(tmp_path / "changed.mp4")) == 80


def test_equal_films_are_equal_bytes(tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        render(FILM[:2], out=tmp_path / name, scratch=tmp_path)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_progress_ends_with_all_frames_and_never_goes_back(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    render(FILM[:2], out=tmp_path / "o.mp4", scratch=tmp_path, watch=lambda done, total: told.append((done, total)))
    assert told[-1] == (45, 45)
    assert told == sorted(told)


def test_stop_ends_the_work_long_before_the_film_is_done(tmp_path: Path) -> None:
    long = [push(seed, frames=3000, width=360, height=640) for seed in (1, 2)]
    stop = threading.Event()
    seen: list[int] = []

    def watch(done: int, total: int) -> None:
        seen.append(done)
        if done:
            stop.set()

    with pytest.raises(JobCancelled):
        render(long, out=tmp_path / "o.mp4", scratch=tmp_path, watch=watch, stop=stop)
    assert seen[-1] < 3000
    assert not (tmp_path / "o.mp4").exists()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("render")]


def test_a_failing_painter_ends_the_film_with_its_own_error(tmp_path: Path) -> None:
    broken = replace(push(1), layers=(replace(push(1).layers[0], picture=None),))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        render((push(2, frames=300), broken), out=tmp_path / "o.mp4", scratch=tmp_path)


def test_a_film_that_cannot_be_written_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(FfmpegFailed) as failure:
        render(FILM[:1], out=tmp_path / "missing" / "o.mp4", scratch=tmp_path)
    assert "No such file" in failure.value.tail


def test_unreadable_sound_is_our_error(tmp_path: Path) -> None:
    noise = tmp_path / "sound.wav"
    noise.write_bytes(b"this is no sound" * 50)
    with pytest.raises(FfmpegFailed):
        render(FILM[:1], out=tmp_path / "o.mp4", scratch=tmp_path, audio=noise)


def test_scenes_of_different_sizes_are_no_film(tmp_path: Path) -> None:
    with pytest.raises(MediaError):
        render((push(1), push(2, width=64)), out=tmp_path / "o.mp4", scratch=tmp_path)
    with pytest.raises(MediaError):
        render((), out=tmp_path / "o.mp4", scratch=tmp_path)


def test_segments_with_different_settings_are_not_joined(tmp_path: Path) -> None:
    paths = []
    for name, size in (("a.mp4", (64, 64)), ("b.mp4", (96, 64))):
        paths.append(tmp_path / name)
        encode_segment(
            paths[-1],
            size=size,
            frames=2,
            draw=lambda number, canvas: canvas.fill((number, 0, 0)),
            settings=FINE,
            stop=threading.Event(),
            watch=lambda: None,
        )
    with pytest.raises(MediaError):
        join(paths, audio=None, out=tmp_path / "o.mp4", title="", frames=4)
    with pytest.raises(MediaError):
        join(paths[:1], audio=None, out=tmp_path / "o.mp4", title="", frames=3)


def test_short_sound_is_filled_up_and_long_sound_cut(tmp_path: Path) -> None:
    for seconds in (0.3, 3.0):
        audio = clicks(tmp_path / "sound.wav", seconds)
        out = tmp_path / f"{seconds}.mp4"
        render(FILM[:1], out=out, scratch=tmp_path, audio=audio)
        with av.open(str(out)) as file:
            stream = file.streams.audio[0]
            assert stream.duration == 20 * 1600


def test_settings_for_a_limit_keep_the_file_below_it(tmp_path: Path) -> None:
    noise = np.random.default_rng(1)

    def draw(number: int, canvas: Canvas) -> None:
        canvas.luma[:] = noise.integers(16, 235, canvas.luma.shape).astype(np.uint8)

    limit = 300_000
    path = tmp_path / "noise.mp4"
    encode_segment(
        path,
        size=(240, 320),
        frames=60,
        draw=draw,
        settings=EncodeSettings().fitting(limit, 2.0),
        stop=threading.Event(),
        watch=lambda: None,
    )
    assert path.stat().st_size < limit


def test_a_damaged_segment_in_the_cache_is_made_again(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path / "cache")
    render(FILM[:1], out=tmp_path / "a.mp4", scratch=tmp_path, cache=cache)
    (held,) = (tmp_path / "cache").glob("*.mp4")
    held.unlink()
    held.write_bytes(b"half a file")
    made = render(FILM[:1], out=tmp_path / "b.mp4", scratch=tmp_path, cache=cache)
    assert made.segments_made == 1
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_the_cache_drops_what_was_not_used_for_longest(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    for age, name in enumerate(("old", "older", "oldest")):
        source = tmp_path / name
        source.write_bytes(bytes(1000))
        SegmentCache(folder, limit=10_000).keep(name, source)
        stamp = time.time() - 100 * (age + 1)
        os.utime(folder / f"{name}.mp4", (stamp, stamp))
    extra = tmp_path / "new"
    extra.write_bytes(bytes(1000))
    SegmentCache(folder, limit=2_500).keep("new", extra)
    assert sorted(path.stem for path in folder.iterdir()) == ["new", "old"]
