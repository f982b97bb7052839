"""Jobs from the workers' side: one attempt at a time, one end, and nothing written by those who lost the job."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import update

from pipeline.errors import JobGone
from pipeline.model import (
    Cancelled,
    Failed,
    Finished,
    Progress,
    Progressed,
    Queued,
    Stage,
    StepRecord,
)
from storage.jobs import Lane
from storage.leases import Claim, Hold
from storage.store import Store
from storage.tables import jobs
from tests.fakes.orders import order

DONE = Finished()
PROGRESS = Progressed(progress=Progress(stage=Stage.SHOOT, done=1, total=5, fraction=0.2), seconds_left=9.0)


@pytest.fixture
async def job(store: Store) -> str:
    placed = await store.jobs.place(
        await order(store.blobs), chat="chat", seller="seller", lane=Lane.NORMAL, dedupe="1"
    )
    return placed.job


async def claim(store: Store, job: str, *, fence: int = 1, owner: str = "worker") -> Claim:
    taken = await store.leases.claim(job, fence=fence, owner=owner)
    assert taken is not None
    return taken


async def lapse(store: Store, job: str) -> None:
    """Let the time of a lease be over, as after the death of its worker."""
    async with store.database.write() as connection:
        await connection.execute(update(jobs).where(jobs.c.id == job).values(lease_until=1.0))


async def crash(store: Store, job: str, *, fence: int, steps: int = 0) -> Claim:
    """A worker claims the job, finishes some steps and dies."""
    lost = await claim(store, job, fence=fence, owner=f"worker {fence}")
    ledger = store.ledger(job=job, seller="seller")
    for at in range(steps):
        await ledger.settle(f"{fence}-{at}", stage="shoot", engine="e", answer="{}", seconds=0.1)
    await lapse(store, job)
    return lost


async def test_of_many_workers_one_gets_the_job(store: Store, job: str) -> None:
    claims = await asyncio.gather(*(store.leases.claim(job, fence=1, owner=f"w{at}") for at in range(8)))
    assert len([taken for taken in claims if taken is not None]) == 1
    assert await store.outbox.owed() == ()


async def test_an_old_doorbell_opens_nothing(store: Store, job: str) -> None:
    assert await store.leases.claim(job, fence=0, owner="worker") is None
    assert await store.leases.claim(job, fence=2, owner="worker") is None
    assert await store.leases.claim("nothing", fence=1, owner="worker") is None


async def test_a_claim_brings_the_order(store: Store, job: str) -> None:
    taken = await claim(store, job)
    assert (taken.chat, taken.seller, taken.order) == ("chat", "seller", await order(store.blobs))


async def test_a_lease_in_time_is_left_alone(store: Store, job: str) -> None:
    held = await claim(store, job)
    assert await store.leases.expire() == ()
    assert await store.leases.renew(held) is Hold.HELD
    assert await store.leases.look(held) is Hold.HELD


async def test_renewing_makes_a_lease_last(store: Store, job: str) -> None:
    held = await claim(store, job)
    await lapse(store, job)
    assert await store.leases.renew(held) is Hold.HELD
    assert await store.leases.expire() == ()


async def test_a_dead_workers_job_waits_again_under_a_new_number(store: Store, job: str) -> None:
    await crash(store, job, fence=1)
    (ended,) = await store.leases.expire()
    assert (ended.job, ended.event) == (job, None)
    assert [(ring.job, ring.fence) for ring in await store.outbox.owed()] == [(job, 2)]
    assert (await store.jobs.look(job)).event == Queued(position=1)
    assert await store.leases.claim(job, fence=1, owner="late") is None
    await claim(store, job, fence=2)


async def test_a_frozen_worker_that_wakes_changes_nothing(store: Store, job: str) -> None:
    frozen = await crash(store, job, fence=1)
    await store.leases.expire()
    await claim(store, job, fence=2, owner="another")
    assert await store.leases.look(frozen) is Hold.LOST
    assert await store.leases.renew(frozen) is Hold.LOST
    assert await store.leases.give_back(frozen) is None
    with pytest.raises(JobGone):
        await store.leases.note(frozen, seq=99, event=PROGRESS)
    with pytest.raises(JobGone):
        await store.leases.end(frozen, seq=99, event=DONE, records=())
    assert (await store.jobs.look(job)).seq == 0


async def test_two_sweeps_at_once_put_a_job_back_once(store: Store, job: str) -> None:
    await crash(store, job, fence=1)
    rounds = await asyncio.gather(*(store.leases.expire() for _ in range(4)))
    assert sum(len(ended) for ended in rounds) == 1
    assert len(await store.outbox.owed()) == 1


async def test_the_latest_event_is_kept(store: Store, job: str) -> None:
    held = await claim(store, job)
    await store.leases.note(held, seq=7, event=PROGRESS)
    look = await store.jobs.look(job)
    assert (look.seq, look.event) == (7, PROGRESS)


async def test_a_job_ends_once_with_its_history(store: Store, job: str) -> None:
    held = await claim(store, job)
    records = (
        StepRecord(stage="enhance", key="k1", engine="e1", computed=True, seconds=1.5, notes=("e0: unavailable",)),
        StepRecord(stage="cut", key="k2", engine="e2", computed=False, seconds=0.0),
    )
    await store.leases.end(held, seq=8, event=DONE, records=records)
    look = await store.jobs.look(job)
    assert (look.seq, look.event) == (8, DONE)
    assert await store.history.steps(job) == records
    with pytest.raises(JobGone):
        await store.leases.end(held, seq=9, event=Cancelled(), records=())
    assert not await store.jobs.cancel(job)
    assert (await store.jobs.look(job)).event == DONE


async def test_a_worker_that_stops_gives_its_job_back_without_a_crash(store: Store, job: str) -> None:
    for fence in range(1, 6):
        ring = await store.leases.give_back(await claim(store, job, fence=fence))
        assert ring is not None
        assert ring.fence == fence + 1
    assert await store.outbox.owed() == (ring,)
    await claim(store, job, fence=6)


async def test_a_running_job_is_cancelled_through_its_worker(store: Store, job: str) -> None:
    held = await claim(store, job)
    assert await store.jobs.cancel(job)
    assert await store.leases.look(held) is Hold.CANCELLED
    assert await store.leases.renew(held) is Hold.CANCELLED
    await store.leases.end(held, seq=5, event=Cancelled(), records=())
    assert (await store.jobs.look(job)).event == Cancelled()


async def test_a_cancelled_job_whose_worker_died_is_cancelled(store: Store, job: str) -> None:
    await claim(store, job)
    await store.jobs.cancel(job)
    await lapse(store, job)
    (ended,) = await store.leases.expire()
    assert ended.event == Cancelled()
    assert (await store.jobs.look(job)).event == Cancelled()
    assert await store.outbox.owed() == ()


async def test_a_job_that_kills_three_workers_on_one_step_is_given_up(store: Store, job: str) -> None:
    for fence in (1, 2):
        await crash(store, job, fence=fence)
        (ended,) = await store.leases.expire()
        assert ended.event is None
    await crash(store, job, fence=3)
    (ended,) = await store.leases.expire()
    assert ended.event == Failed(phrase="failed-crashed", reference=job[-8:])
    assert (await store.jobs.look(job)).event == ended.event
    assert [ring for ring in await store.outbox.owed() if ring.fence > 3] == []


async def test_a_job_that_gets_on_is_never_given_up(store: Store, job: str) -> None:
    for fence in range(1, 9):
        await crash(store, job, fence=fence, steps=1)
        (ended,) = await store.leases.expire()
        assert ended.event is None


async def test_like_jobs_tell_how_long_a_job_takes(store: Store, job: str) -> None:
    wanted = await order(store.blobs)
    assert await store.history.seconds(wanted) is None
    await store.leases.end(await claim(store, job), seq=8, event=DONE, records=())
    async with store.database.write() as connection:
        await connection.execute(update(jobs).where(jobs.c.id == job).values(started_at=100.0, finished_at=142.0))
    assert await store.history.seconds(wanted) == pytest.approx(42.0)
    assert await store.history.seconds(wanted.model_copy(update={"wish": wanted.wish.retake(0)})) is None
