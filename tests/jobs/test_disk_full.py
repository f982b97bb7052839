"""A full disk: said in a sentence, the database whole, and the film goes on when there is room again."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from jobs.config import JobSettings
from pipeline.errors import StorageError
from pipeline.model import Failed, Finished, JobEvent
from tests.fakes.orders import order
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation, installed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 48 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take every byte that is left."""
    path = folder / "filler"
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass
    return path


async def last(frame: Installation, job: str) -> JobEvent:
    """The end of a job, or whatever it has come to when nothing more can be written down."""
    with suppress(TimeoutError):
        return await frame.end(job, seconds=6)
    return await frame.client.state(job)


async def test_a_film_goes_on_when_there_is_room_again(small_disk: Path, tmp_path: Path) -> None:
    rig = tmp_path / "rig"
    rig.mkdir()
    settings = JobSettings(workers=1, fast_workers=0, min_free_mb=1)
    async with installed(small_disk / "home", rig, settings) as frame, frame.worker():
        wanted = await order(frame.store.blobs)
        gate = frame.rig.hold("cut")
        job = await frame.submit(what=wanted)
        await until(lambda: any(step.startswith("cut") for step in frame.rig.began()))
        filler = fill(small_disk)
        gate.unlink()
        end = await last(frame, job)
        assert not isinstance(end, Finished)
        filler.unlink()
        async with frame.store.database.read() as connection:
            assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
        end = await frame.end(job)
        if isinstance(end, Failed):  # it could be written down at once, or only now that there is room
            assert end == Failed(phrase="failed-disk-full", reference=job[-8:])
            end = await frame.end(await frame.submit(what=wanted))
        assert isinstance(end, Finished)
        early = [step for step in frame.rig.began() if not step.startswith("cut")]
        assert len(early) == len(set(early))


async def test_no_order_is_taken_that_cannot_be_kept(small_disk: Path, tmp_path: Path) -> None:
    rig = tmp_path / "rig"
    rig.mkdir()
    async with installed(small_disk / "home", rig, JobSettings()) as frame:
        wanted = await order(frame.store.blobs)
        filler = fill(small_disk)
        taken: list[str] = []

        async def take_all() -> None:
            while True:
                taken.append(await frame.submit(what=wanted, dedupe=str(len(taken))))

        with pytest.raises(StorageError):
            await asyncio.wait_for(take_all(), 60)
        filler.unlink()
        assert [job.job for job in await frame.client.unfinished()] == taken
        await frame.submit(what=wanted)
