"""The queue server fails in every way; every job still ends, because the database is the truth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from jobs.broker import EmbeddedServer, queue_server
from jobs.client import Lane
from jobs.config import JobSettings
from jobs.queue import Queue, queue_name
from jobs.redis import hasty
from pipeline.model import Finished, Queued
from storage.jobs import Ring
from storage.tables import jobs
from tests.fakes.logs import logged
from tests.fakes.orders import order
from tests.fakes.waiting import until
from tests.fakes.wire import Fault, Wire
from tests.jobs.conftest import Installation, Open


async def all_end(frame: Installation, ids: list[str]) -> bool:
    return all([isinstance(await frame.end(job), Finished) for job in ids])


async def starts(frame: Installation) -> list[str]:
    """Sellers of the jobs in the order in which they were begun."""
    async with frame.store.database.read() as connection:
        return list((await connection.scalars(select(jobs.c.seller).order_by(jobs.c.started_at))).all())


async def test_a_wiped_queue_loses_no_job(frame: Installation) -> None:
    ids = [await frame.submit() for _ in range(12)]
    await frame.redis.flushall()
    async with frame.worker():
        await until(lambda: bool(frame.rig.ended()))
        await frame.redis.flushall()
        assert await all_end(frame, ids)


async def test_arq_losing_half_of_what_it_knows_loses_no_job(frame: Installation) -> None:
    ids = [await frame.submit() for _ in range(4)]
    first, second, *_ = ids
    await frame.redis.delete(f"arq:job:{first}:1")
    await frame.redis.zrem(queue_name(Lane.NORMAL), f"{second}:1")
    async with frame.worker():
        assert await all_end(frame, ids)
    keys = await frame.redis.keys("arq:*")
    assert keys == []


async def test_a_job_that_a_dead_worker_had_taken_from_arq_but_not_claimed_is_begun(frame: Installation) -> None:
    job = await frame.submit()
    await frame.redis.psetex(f"arq:in-progress:{job}:1", 3_600_000, b"1")
    async with frame.worker():
        assert isinstance(await frame.end(job), Finished)


async def test_a_job_whose_client_died_before_ringing_is_begun(frame: Installation) -> None:
    placed = await frame.store.jobs.place(
        await order(frame.store.blobs), chat="chat:a", seller="a", lane=Lane.NORMAL, dedupe="1"
    )
    async with frame.worker():
        assert isinstance(await frame.end(placed.job), Finished)
    assert await frame.store.outbox.owed() == ()


async def test_stale_entries_at_the_head_of_the_queue_keep_nobody_waiting(frame: Installation) -> None:
    queue = Queue(frame.redis)
    for at in range(150):
        await queue.ring(Ring(job=f"stale{at}", fence=1, lane=Lane.NORMAL, score=1))
        if at % 2:
            await frame.redis.delete(f"arq:job:stale{at}:1")
        if at % 3:
            await frame.redis.psetex(f"arq:in-progress:stale{at}:1", 3_600_000, b"1")
    job = await frame.submit()
    async with frame.worker():
        assert isinstance(await frame.end(job, seconds=20), Finished)
        await until(lambda: _is_empty(frame))


async def _is_empty(frame: Installation) -> bool:
    return not await frame.queued()


async def test_one_seller_who_floods_keeps_nobody_waiting(frame: Installation) -> None:
    flood = [await frame.submit(seller="a") for _ in range(8)]
    one = await frame.submit(seller="b")
    async with frame.worker():
        assert await all_end(frame, [*flood, one])
    assert (await starts(frame)).index("b") <= 1


@pytest.fixture
async def far_server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    """A Redis somewhere else."""
    async with queue_server(JobSettings(), home=tmp_path / "far"):
        yield EmbeddedServer(tmp_path / "far" / "queue")


@pytest.fixture
async def wire(far_server: EmbeddedServer) -> AsyncIterator[Wire]:
    """The way to it."""
    path = str(far_server.socket)
    async with Wire(lambda: asyncio.open_unix_connection(path), loss=0.05) as wire:
        yield wire


def address(server: EmbeddedServer, wire: Wire) -> SecretStr:
    password = server.url.get_secret_value().split("@")[0].removeprefix("unix://:")
    return SecretStr(f"redis://:{password}@127.0.0.1:{wire.port}/0")


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.SILENT])
async def test_an_order_is_taken_while_redis_is_away_and_runs_when_it_is_back(
    open_installation: Open, far_server: EmbeddedServer, wire: Wire, fault: Fault
) -> None:
    async with open_installation(redis_url=address(far_server, wire)) as frame:
        wire.fault = fault
        wire.cut()
        async with asyncio.timeout(5):
            job = await frame.submit()
            assert await frame.client.state(job) == Queued(position=1)
        async with frame.worker():
            wire.fault = Fault.NONE
            wire.cut()
            assert isinstance(await frame.end(job), Finished)


async def test_a_redis_that_comes_and_goes_stops_no_worker(
    open_installation: Open, far_server: EmbeddedServer, wire: Wire
) -> None:
    async with open_installation(redis_url=address(far_server, wire)) as frame, frame.worker():
        for _ in range(4):
            before = len(frame.rig.began())
            job = await frame.submit()
            await until(lambda before=before: len(frame.rig.began()) > before)  # type: ignore[misc]
            wire.fault = Fault.REFUSE
            wire.cut()
            assert isinstance(await frame.end(job), Finished)
            wire.fault = Fault.NONE


async def test_an_end_is_seen_although_its_announcement_was_lost(
    open_installation: Open, far_server: EmbeddedServer, wire: Wire
) -> None:
    async with open_installation(redis_url=address(far_server, wire)) as frame:
        wire.fault = Fault.LOSSY
        async with frame.worker():
            assert await all_end(frame, [await frame.submit() for _ in range(2)])


async def test_an_arq_worker_that_gives_up_is_started_again(frame: Installation) -> None:
    job = await frame.submit()
    with logged() as log:
        async with frame.worker():
            assert isinstance(await frame.end(job), Finished)
            # what arq reads is of the wrong type: its worker raises, as after an outage that was too long
            await frame.redis.set(queue_name(Lane.NORMAL), "nonsense")
            await until(lambda: "queue server away" in log.getvalue())
            await frame.redis.delete(queue_name(Lane.NORMAL))
            assert isinstance(await frame.end(await frame.submit()), Finished)


async def test_the_address_of_the_server_has_its_password_hidden(frame: Installation) -> None:
    secret = frame.server.get_secret_value()
    assert "@" in secret
    assert secret not in repr(frame.server)
    with pytest.raises(Exception, match="username-password"):
        await hasty(SecretStr(secret.replace(secret.split("@")[0], "unix://:wrong"))).ping()
