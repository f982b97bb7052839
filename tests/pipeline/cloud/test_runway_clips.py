"""What the cloud camera takes for a clip, and where it fetches one from."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web

from pipeline.ports import Shoot
from tests.fakes.memory import FolderBlobs
from tests.fakes.runway import Runway, encoded
from tests.fakes.vendors import KEY, failing
from tests.pipeline.cloud.ordering import a_shot, camera, produced
from tests.pipeline.cloud.samples import hued


@pytest.fixture
async def shoot(blobs: FolderBlobs) -> Shoot:
    return await a_shot(blobs)


@pytest.mark.parametrize(
    "body",
    [b"", b"not a film", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile /etc/passwd\n"],
    ids=["empty", "text", "playlist", "concat"],
)
async def test_what_is_no_clip_is_not_shown(body: bytes, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway(clip=lambda _: web.Response(body=body, content_type="video/mp4")) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (take.clip, record.notes) == (None, ("runway-gen4_turbo-1: unavailable",))
    assert len(vendor.orders) == 1


async def test_a_clip_of_another_product_is_not_shown(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway(change=lambda pixels: hued(pixels, degrees=40)) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (record.engine, record.notes) == ("look-3", ("runway-gen4_turbo-1: product_changed",))
    assert take.clip is None
    assert len(vendor.orders) == 1


async def test_a_clip_that_is_none_of_ours_is_not_shown(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (640, 360, 3), np.uint8)
    film = encoded([noise] * 30)
    with Runway(clip=lambda _: web.Response(body=film, content_type="video/mp4")) as vendor:
        _, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert record.notes == ("runway-gen4_turbo-1: product_changed",)


@contextmanager
def canary() -> Iterator[tuple[int, list[object]]]:
    """A port that nobody may come to, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                came.append(who)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], came
        over.set()
        thread.join(5)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/clip.mp4",
        "https://127.0.0.1:{port}/clip.mp4",
        "https://localhost:{port}/clip.mp4",
        "http://localhost:{port}/clip.mp4",
        "http://[::ffff:127.0.0.1]:{port}/clip.mp4",
        "http://user:word@127.0.0.1:{port}/clip.mp4",
        "https://127.0.0.1/clip.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/clip.mp4",
        "https://[::1]/clip.mp4",
        "https://0.0.0.0/clip.mp4",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{port}/clip.mp4",
        "data:video/mp4;base64,AAAA",
        "gopher://127.0.0.1:{port}/",
        "http://[bad",
        "",
    ],
)
async def test_a_clip_that_is_elsewhere_is_not_fetched(
    url: str, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with canary() as (port, came), Runway(output=lambda _: url.format(port=port)) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert came == []
    assert (take.clip, record.notes) == (None, ("runway-gen4_turbo-1: unavailable",))


async def test_a_clip_that_moved_is_not_followed(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with canary() as (port, came):
        moved = failing(302, {}, {"location": f"http://127.0.0.1:{port}/clip.mp4"})
        with Runway(clip=moved) as vendor:
            take, _ = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert came == []
    assert take.clip is None


async def test_the_key_is_not_sent_to_where_the_clip_is(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway() as vendor:
        await produced(shoot, camera(vendor), blobs, tmp_path)
    fetches = [call for call in vendor.calls if call.path.startswith("/clips/")]
    assert fetches
    assert all(KEY not in json.dumps(dict(call.headers)) for call in fetches)


async def test_a_clip_without_end_is_not_swallowed(
    shoot: Shoot, blobs: FolderBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines.shots.runway._MOST_CLIP", 100_000)
    with Runway(clip=lambda _: web.Response(body=bytes(200_000), content_type="video/mp4")) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (take.clip, record.notes) == (None, ("runway-gen4_turbo-1: unavailable",))
