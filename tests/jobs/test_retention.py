"""Rounds that remove what nobody needs, beside workers that make films of what they share."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.film import Filming
from jobs.queue import Queue
from jobs.retention import Retention
from pipeline.errors import JobGone
from pipeline.model import Failed, Finished, Goal
from pipeline.steps import artifacts
from storage.config import Terms
from storage.store import Store
from tests.fakes import postgres
from tests.fakes.ages import pass_days
from tests.fakes.engines import quick_studio
from tests.fakes.orders import order
from tests.jobs.conftest import Installation, installed

MB = 1_000_000


@dataclass
class Disk:
    """A disk of so many bytes, with nothing on it but an installation's files."""

    size: int

    def __call__(self, home: Path) -> int:
        folders = ("blobs", "blob-cache", "cache")
        files = (path for folder in folders for path in (home / folder).rglob("*") if path.is_file())
        return self.size - sum(path.stat().st_size for path in files)


async def shown(frame: Installation, what: Goal = Goal.FILM, *, seller: str = "a", shade: int = 0) -> str:
    """A job that was done and shown."""
    job = await frame.submit(what=await order(frame.store.blobs, goal=what, shade=shade), seller=seller)
    assert isinstance(await frame.end(job), Finished)
    await frame.store.deliveries.settle(job)
    return job


async def films_whole(store: Store, job: str) -> bool:
    past = await store.films.get(job)
    return past is not None and all([await store.blobs.has(one) for one in artifacts(past.film)])


async def test_a_round_tells_the_log_in_one_line_what_it_removed(frame: Installation) -> None:
    async with frame.worker():
        for shade in range(2):
            await shown(frame, shade=shade)
        await shown(frame, Goal.VOICE)
    await frame.store.sessions.save("chat:a", "{}", seller="a")
    retention = Retention(frame.store, min_free_mb=0)
    with capture_logs() as log:
        await retention.round()
    assert log == []
    await pass_days(frame.store, 200)
    with capture_logs() as log:
        await Retention(frame.store, min_free_mb=0).round()
    (line,) = log
    assert (line["event"], line["because"]) == ("removed what nobody needs", "age")
    assert (line["films"], line["jobs"], line["conversations"]) == (2, 1, 1)
    assert line["files"] > 10


async def test_a_walk_that_is_over_rests(frame: Installation) -> None:
    retention = Retention(frame.store, min_free_mb=0)
    await retention.round()
    async with frame.worker():
        job = await shown(frame)
    await pass_days(frame.store, 200)
    await retention.round()
    assert await films_whole(frame.store, job)


async def stored(store: Store, path: str, size: int, *, used: float) -> Path:
    """A file in a folder of the installation that was last used so many seconds ago."""
    file = store.settings.home / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(bytes(size))
    now = file.stat().st_mtime
    os.utime(file, (now - used, now - used))
    return file


async def test_for_space_what_can_be_made_again_goes_first_and_no_more_than_needed(frame: Installation) -> None:
    store = frame.store
    async with frame.worker():
        job, previews = await shown(frame), await shown(frame, Goal.PREVIEWS, shade=1)
    await pass_days(store, 3)
    newer = await stored(store, "cache/segments/newer.mp4", MB, used=10)
    older = await stored(store, "cache/segments/older.mp4", MB, used=100)
    read = await stored(store, "blob-cache/aa/read", MB, used=10)
    unread = await stored(store, "blob-cache/aa/unread", MB, used=10_000)
    disk = Disk(0)
    disk.size = 2 * MB - disk(store.settings.home) - 1  # for one job and as much again, one byte is missing
    await Retention(store, min_free_mb=1, free=disk).make_room()
    assert [path.exists() for path in (older, newer, unread, read)] == [False, True, True, True]
    disk.size -= 2 * MB
    await Retention(store, min_free_mb=1, free=disk).make_room()
    assert [path.exists() for path in (older, newer, unread, read)] == [False, False, False, True]
    assert await films_whole(store, job)
    assert await exists(store, previews)


async def test_for_space_previews_go_before_films_and_the_newest_film_of_each_seller_never(
    frame: Installation,
) -> None:
    store = frame.store
    async with frame.worker():
        old, new = await shown(frame, shade=1), await shown(frame, shade=2)
        previews, others = await shown(frame, Goal.PREVIEWS, shade=3), await shown(frame, seller="b", shade=4)
    await pass_days(store, 3)
    disk = Disk(0)
    disk.size = 2 * MB - disk(store.settings.home) - 1
    await Retention(store, min_free_mb=1, free=disk).make_room()
    assert [await exists(store, job) for job in (previews, old, new, others)] == [False, True, True, True]
    with capture_logs() as log:
        await Retention(store, min_free_mb=1, free=Disk(0)).make_room()
    assert [line["event"] for line in log] == ["removed what nobody needs", "space stays short"]
    assert (log[0]["because"], log[0]["films"], log[0]["jobs"]) == ("space", 1, 0)
    assert [await exists(store, job) for job in (old, new, others)] == [False, True, True]
    assert await films_whole(store, new)
    assert await films_whole(store, others)


async def exists(store: Store, job: str) -> bool:
    try:
        await store.jobs.look(job)
    except JobGone:
        return False
    return True


async def test_for_space_films_stay_where_they_are_kept_for_ever_or_lie_elsewhere(frame: Installation) -> None:
    async with frame.worker():
        jobs = [await shown(frame, shade=shade) for shade in range(2)]
    await pass_days(frame.store, 3)
    for changed in ({"keep_days": 0}, {"blobs_url": SecretStr("s3://bucket")}):
        settings = frame.store.settings.model_copy(update=changed)
        await Retention(replace(frame.store, settings=settings), min_free_mb=1, free=Disk(0)).make_room()
        assert [await exists(frame.store, job) for job in jobs] == [True, True]


def filming(frame: Installation, retention: Retention) -> Filming:
    return Filming(
        owner="worker",
        store=frame.store,
        studio=quick_studio(),
        queue=Queue(frame.redis),
        announcer=Announcer(frame.redis),
        settings=frame.settings,
        retention=retention,
    )


async def test_room_is_made_before_a_job_is_refused(frame: Installation) -> None:
    async with frame.worker():
        previews = await shown(frame, Goal.PREVIEWS, shade=1)
    await pass_days(frame.store, 3)
    job = await frame.submit(what=await order(frame.store.blobs, shade=2))
    disk = Disk(0)
    disk.size = MB - disk(frame.store.settings.home) - 1  # a byte less than a job needs
    retention = Retention(frame.store, min_free_mb=1, free=disk)
    await filming(frame, retention).film({"job_id": f"{job}:1"}, job)
    assert isinstance(await frame.client.state(job), Finished)
    assert not await exists(frame.store, previews)
    disk.size = 0
    job = await frame.submit()
    await filming(frame, retention).film({"job_id": f"{job}:1"}, job)
    assert await frame.client.state(job) == Failed(phrase="failed-disk-full", reference=job[-8:])


async def test_films_are_made_while_what_they_share_is_removed(tmp_path: Path) -> None:
    await share_and_remove(tmp_path, database=None)


async def test_films_are_made_while_what_they_share_is_removed_with_postgresql(tmp_path: Path) -> None:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgres.server() as address:
        await share_and_remove(tmp_path, database=SecretStr(address.format(name="postgres")))


async def share_and_remove(folder: Path, *, database: SecretStr | None) -> None:
    """Two workers make the same film for many sellers; each is removed as soon as it was seen."""
    (folder / "rig").mkdir()
    settings = JobSettings(workers=3, fast_workers=0)
    async with installed(folder / "home", folder / "rig", settings, database=database) as frame:

        async def make_and_remove(number: int) -> None:
            job = await frame.submit(what=await order(frame.store.blobs), seller=f"s{number}")
            assert isinstance(await frame.end(job), Finished)
            assert await films_whole(frame.store, job)
            removed = await frame.store.retention.remove(job, Terms(films=-1, drafts=-1))
            assert removed is not None
            await frame.store.remove(removed.files)

        async with frame.worker(), frame.worker(), asyncio.TaskGroup() as group:
            for number in range(12):
                group.create_task(make_and_remove(number))
        assert list((frame.store.settings.home / "blobs").glob("*/*")) == []
