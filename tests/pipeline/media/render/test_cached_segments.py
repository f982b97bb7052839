"""Segments that are kept stay as they were, whoever renders into the same folder or keeps the same one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.media.encode import EncodeSettings
from pipeline.media.render import render
from pipeline.media.segments import SegmentCache
from tests.pipeline.media.render.films import clicks
from tests.pipeline.media.render.pictures import push

FILM = (push(1, frames=20),)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_rendering_otherwise_in_the_same_folder_does_not_write_over_what_is_kept(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path / "cache")
    audio = clicks(tmp_path / "sound.wav", 20 / 30)
    render(FILM, out=tmp_path / "a.mp4", scratch=tmp_path, audio=audio, cache=cache)
    before = held(tmp_path / "cache")
    coarse = EncodeSettings(crf=40, audio_rate=64_000)
    render(FILM, out=tmp_path / "b.mp4", scratch=tmp_path, audio=audio, settings=coarse)
    assert held(tmp_path / "cache") == before


def test_a_film_that_came_out_wrong_renews_its_segments(tmp_path: Path) -> None:
    cache = SegmentCache(tmp_path / "cache")
    render(FILM, out=tmp_path / "a.mp4", scratch=tmp_path, cache=cache)
    right = held(tmp_path / "cache")
    (name,) = right
    render((push(2, frames=20),), out=tmp_path / "other.mp4", scratch=tmp_path)
    (tmp_path / "segment-000.mp4").replace(tmp_path / "cache" / name)  # whole, and of another film
    made = render(FILM, out=tmp_path / "b.mp4", scratch=tmp_path, cache=cache.renewed())
    assert (made.segments_made, made.segments_reused) == (1, 0)
    assert held(tmp_path / "cache") == right
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_several_may_keep_the_same_segment_at_once(tmp_path: Path) -> None:
    source = tmp_path / "segment.mp4"
    source.write_bytes(bytes(1000))
    cache = SegmentCache(tmp_path / "cache")
    with ThreadPoolExecutor(8) as pool:
        for kept in [pool.submit(cache.keep, "key", source) for _ in range(100)]:
            kept.result()
    assert held(tmp_path / "cache") == {"key.mp4": bytes(1000)}
