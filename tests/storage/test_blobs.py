"""Files by content: whole or absent, in a folder and in S3."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings, strategies
from obstore.store import MemoryStore

from pipeline.errors import StorageError
from pipeline.model import Artifact
from pipeline.ports import Blobs
from storage.blobs import LocalBlobs, RemoteBlobs, open_blobs
from storage.config import StorageSettings
from tests.fakes.s3 import bucket, service

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of an S3 service on this machine."""
    with service() as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blobs:
    if request.param == "folder":
        return open_blobs(StorageSettings(frame_home=tmp_path))
    return open_blobs(bucket(request.getfixturevalue("s3"), tmp_path, monkeypatch))


def absent() -> Artifact:
    return Artifact(sha256=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), media_type="text/plain")


async def test_what_is_put_is_opened_again(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(os.urandom(3_000_000))
    artifact = await blobs.put(source, "video/mp4")
    assert artifact == Artifact(sha256=hashlib.sha256(source.read_bytes()).hexdigest(), media_type="video/mp4")
    assert (await blobs.open(artifact)).read_bytes() == source.read_bytes()
    assert await blobs.has(artifact)


async def test_equal_content_is_one_file(blobs: Blobs, tmp_path: Path) -> None:
    first = await blobs.put_bytes(b"same", "text/plain")
    (tmp_path / "same").write_bytes(b"same")
    assert await blobs.put(tmp_path / "same", "text/plain") == first
    assert await blobs.put_bytes(b"", "text/plain") != first


async def test_the_source_may_change_afterwards(blobs: Blobs, tmp_path: Path) -> None:
    source = tmp_path / "draft"
    source.write_bytes(b"before")
    artifact = await blobs.put(source, "text/plain")
    source.write_bytes(b"after!")
    assert (await blobs.open(artifact)).read_bytes() == b"before"


async def test_what_is_not_there_is_a_storage_error(blobs: Blobs) -> None:
    assert not await blobs.has(absent())
    with pytest.raises(StorageError):
        await blobs.open(absent())


async def test_a_dropped_file_is_gone_and_dropping_it_again_is_fine(blobs: Blobs) -> None:
    artifact = await blobs.put_bytes(b"short-lived", "text/plain")
    await blobs.open(artifact)
    await blobs.drop(artifact)
    assert not await blobs.has(artifact)
    with pytest.raises(StorageError):
        await blobs.open(artifact)
    await blobs.drop(artifact)
    assert (await blobs.open(await blobs.put_bytes(b"short-lived", "text/plain"))).read_bytes() == b"short-lived"


async def test_many_may_put_the_same_file_at_once(blobs: Blobs) -> None:
    data = os.urandom(200_000)
    artifacts = await asyncio.gather(*(blobs.put_bytes(data, "image/jpeg") for _ in range(12)))
    assert len(set(artifacts)) == 1
    assert (await blobs.open(artifacts[0])).read_bytes() == data


async def test_a_link_downloads_the_file_under_its_name_and_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, s3: str
) -> None:
    blobs = open_blobs(bucket(s3, tmp_path, monkeypatch))
    artifact = await blobs.put_bytes(film := os.urandom(300_000), "video/mp4")
    for name, saved_as in (("mug-vertical.mp4", "mug-vertical.mp4"), ('a" ;\r\nX: y.mp4', "a-X-y.mp4")):
        link = await blobs.link(artifact, name=name, lasts=timedelta(days=7))
        async with httpx.AsyncClient() as client:
            answer = await client.get(link)
        assert answer.content == film
        assert answer.headers["content-type"] == "video/mp4"
        assert answer.headers["content-disposition"] == f'attachment; filename="{saved_as}"'
        assert httpx.URL(link).params["X-Amz-Expires"] == "604800"
    assert (await blobs.open(artifact)).read_bytes() == film
    with pytest.raises(StorageError, match="gone"):
        await blobs.link(absent(), name="mug.mp4", lasts=timedelta(days=7))


async def test_files_in_a_folder_have_no_link(tmp_path: Path) -> None:
    blobs = open_blobs(StorageSettings(frame_home=tmp_path))
    artifact = await blobs.put_bytes(b"film", "video/mp4")
    assert await blobs.link(artifact, name="film.mp4", lasts=timedelta(days=7)) == ""


async def test_a_damaged_file_is_noticed_and_can_be_put_again(tmp_path: Path) -> None:
    artifact = await LocalBlobs(tmp_path).put_bytes(b"precious", "text/plain")
    blobs = LocalBlobs(tmp_path)
    (await blobs.open(artifact)).write_bytes(b"precioux")
    with pytest.raises(StorageError):
        await blobs.open(artifact)
    assert not await blobs.has(artifact)
    await blobs.put_bytes(b"precious", "text/plain")
    assert (await blobs.open(artifact)).read_bytes() == b"precious"


async def test_a_half_written_file_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    artifact = await blobs.put_bytes(b"a whole film", "video/mp4")
    (await blobs.open(artifact)).write_bytes(b"a wh")
    await blobs.put_bytes(b"a whole film", "video/mp4")
    assert (await blobs.open(artifact)).read_bytes() == b"a whole film"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=strategies.lists(strategies.binary(max_size=400), max_size=6))
async def test_any_bytes_come_back_as_they_were(tmp_path: Path, contents: list[bytes]) -> None:
    blobs = LocalBlobs(tmp_path / "any")
    artifacts = [await blobs.put_bytes(content, "application/octet-stream") for content in contents]
    for artifact, content in zip(artifacts, contents, strict=True):
        assert (await blobs.open(artifact)).read_bytes() == content


async def test_local_copies_of_remote_files_stay_within_their_limit(tmp_path: Path) -> None:
    blobs = RemoteBlobs(MemoryStore(), cache=tmp_path, cache_bytes=250_000)
    old = [await blobs.put_bytes(os.urandom(100_000), "image/jpeg") for _ in range(3)]
    for artifact in old[:2]:
        os.utime(await blobs.open(artifact), (1.0, 1.0))
    newest = await blobs.put_bytes(os.urandom(100_000), "image/jpeg")
    kept = {path.name for path in tmp_path.glob("??/*")}
    assert kept == {old[2].sha256, newest.sha256}
    assert (await blobs.open(old[0])).stat().st_size == 100_000


async def test_drafts_of_killed_writers_are_removed_and_fresh_ones_are_not(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    kept = await blobs.open(await blobs.put_bytes(b"kept", "text/plain"))
    old, fresh = kept.with_name("draft#1"), kept.with_name("draft#2")
    for path in (old, fresh):
        path.touch()
    for path in (old, kept):
        os.utime(path, (1.0, 1.0))
    blobs.remove_drafts()
    assert [path.exists() for path in (old, fresh, kept)] == [False, True, True]


async def test_a_damaged_copy_of_a_remote_file_is_fetched_again(tmp_path: Path) -> None:
    blobs = RemoteBlobs(MemoryStore(), cache=tmp_path, cache_bytes=250_000)
    artifact = await blobs.put_bytes(b"precious", "text/plain")
    (await blobs.open(artifact)).write_bytes(b"precioux")
    assert (await blobs.open(artifact)).read_bytes() == b"precious"


async def test_a_reader_that_was_killed_leaves_nothing_for_long(tmp_path: Path) -> None:
    blobs = RemoteBlobs(MemoryStore(), cache=tmp_path, cache_bytes=250_000)
    kept = await blobs.open(await blobs.put_bytes(b"kept", "text/plain"))
    old, draft, fresh = tmp_path / "arriving-1", kept.with_name("draft#1"), tmp_path / "arriving-2"
    for path in (old, draft, fresh):
        path.touch()
    for path in (old, draft, kept):
        os.utime(path, (1.0, 1.0))
    blobs.remove_drafts()
    assert [path.exists() for path in (old, draft, fresh, kept)] == [False, False, True, True]


async def test_files_that_others_remove_meanwhile_are_no_trouble(tmp_path: Path) -> None:
    blobs = RemoteBlobs(MemoryStore(), cache=tmp_path, cache_bytes=250_000)
    kept = await blobs.open(await blobs.put_bytes(b"kept", "text/plain"))
    for name in ("gone", "gone#1"):  # listed and not there, as what vanishes between the two
        kept.with_name(name).symlink_to(tmp_path / "nowhere")
    blobs.remove_drafts()
    await blobs.put_bytes(b"another", "text/plain")  # looks through all copies
    assert kept.exists()


PUTTER = """
import asyncio, os, sys
from pathlib import Path
from storage.blobs import LocalBlobs

async def main(folder):
    blobs = LocalBlobs(Path(folder))
    print("ready", flush=True)
    for at in range(100_000):
        await blobs.put_bytes(os.urandom(300_000), "video/mp4")

asyncio.run(main(sys.argv[1]))
"""


async def test_no_kill_leaves_a_corrupt_file(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(5):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PUTTER, str(tmp_path), cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        await asyncio.sleep(chance.uniform(0.0, 0.12))  # at any point of a write
        process.send_signal(signal.SIGKILL)
        await process.wait()
    named = [path for path in tmp_path.glob("??/*") if "#" not in path.name]  # with "#": never got its name
    assert named
    for path in named:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
