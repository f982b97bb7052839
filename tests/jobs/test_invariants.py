"""Whatever happens in whatever order, every job that was taken ends once, and nobody who lost it writes.

Hypothesis plays chats, workers and misfortune against the real database and the real queue server. Workers are played
step by step, as arq and `jobs.film` would have them act, so that a kill or a freeze can come between any two of their
acts.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from arq.connections import ArqRedis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, update

from jobs.broker import queue_server
from jobs.client import Client, Lane, open_client
from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.queue import Queue, fence_of
from jobs.redis import patient
from jobs.relay import relay_once
from jobs.sweep import Sweep
from pipeline.errors import JobGone
from pipeline.model import Cancelled, Failed, Finished, Order
from storage.config import StorageSettings
from storage.leases import Claim, Hold
from storage.store import Store, open_store
from storage.tables import jobs as job_rows
from storage.tables import metadata
from tests.fakes.orders import order

T = TypeVar("T")

ENDED = Finished | Failed | Cancelled

MISFORTUNES = (
    "a worker is told to stop",
    "the queue is wiped",
    "a worker dies before its claim",
    "a bot dies before it rings",
)


@dataclass
class Played:
    """A worker that holds a job, as far as it knows."""

    claim: Claim
    steps: int = 0
    dead: bool = False


@dataclass
class World:
    """The database and the queue server that all examples are played against, one after another."""

    runner: asyncio.Runner
    store: Store
    client: Client
    redis: ArqRedis
    order: Order

    async def wipe(self) -> None:
        """Begin anew."""
        async with self.store.database.write() as connection:
            for table in metadata.tables.values():
                await connection.execute(delete(table))
        await self.redis.flushall()


@asynccontextmanager
async def opened(home: Path, runner: asyncio.Runner) -> AsyncIterator[World]:
    async with (
        open_store(StorageSettings(frame_home=home)) as store,
        queue_server(JobSettings(), home=home) as server,
        open_client(store, JobSettings(), server=server) as client,
    ):
        redis = patient(server)
        yield World(runner, store, client, redis, await order(store.blobs))
        await redis.aclose()


class Installation(RuleBasedStateMachine):
    """One installation and everything that may happen to it."""

    workers = Bundle("workers")

    def __init__(self, world: World) -> None:
        super().__init__()
        self.runner = world.runner
        self.store, self.client, self.redis, self.order = world.store, world.client, world.redis, world.order
        self.queue = Queue(self.redis)
        self.sweep = Sweep(self.store, self.queue, Announcer(self.redis))
        self.placed: dict[str, str] = {}  # dedupe key -> job
        self.ends: dict[str, str] = {}  # job -> its end, as first seen
        self.finishes: dict[str, int] = {}  # job -> how often a worker was let finish it
        self.run(world.wipe())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.settle())

    @initialize()
    def begin(self) -> None:
        for seller, key in (("a", 0), ("a", 2), ("b", 1)):
            self.submit(seller, key, Lane.NORMAL)

    @rule(seller=st.sampled_from("ab"), key=st.integers(0, 5), lane=st.sampled_from(Lane))
    def submit(self, seller: str, key: int, lane: Lane) -> None:
        """A press of the big button, perhaps for the second time."""
        dedupe = f"{seller}{key}"
        placed = self.run(self.client.submit(self.order, chat=seller, seller=seller, lane=lane, dedupe=dedupe))
        assert placed.new is (dedupe not in self.placed)
        assert self.placed.setdefault(dedupe, placed.job) == placed.job

    @rule(key=st.sampled_from(["a0", "b1"]))
    def cancel(self, key: str) -> None:
        """The others are left alone, or nothing would be left to happen."""
        if key in self.placed:
            job = self.placed[key]
            assert self.run(self.client.cancel(job)) is (job not in self.ends)

    @rule(target=workers)
    def take(self) -> Any:
        """A worker takes the first entry of a queue, and claims its job."""

        async def claim() -> Claim | None:
            for lane in Lane:
                for first in (await self.queue.members(lane))[:1]:
                    await self.queue.silence(lane, first)
                    return await self.store.leases.claim(first.partition(":")[0], fence=fence_of(first), owner="played")
            return None

        claimed = self.run(claim())
        return multiple() if claimed is None else Played(claimed)

    @rule(worker=workers)
    def step(self, worker: Played) -> None:
        """A worker renews its lease and finishes a step: kept even when the job is another's, for an answer is one."""
        hold = self.run(self.store.leases.renew(worker.claim))
        assert not (worker.claim.job in self.ends and hold is not Hold.LOST)
        ledger = self.store.ledger(job=worker.claim.job, seller=worker.claim.seller)
        key = f"{worker.claim.job}-{worker.claim.fence}-{worker.steps}"
        self.run(ledger.settle(key, stage="shoot", engine="e", answer="{}", seconds=0.1))
        worker.steps += 1

    @rule(worker=consumes(workers))
    def finish(self, worker: Played) -> None:
        """A worker ends its job, if it still may."""
        job = worker.claim.job
        event = Cancelled() if self.run(self.store.leases.look(worker.claim)) is Hold.CANCELLED else Finished()
        try:
            self.run(self.store.leases.end(worker.claim, seq=worker.claim.fence * 1000, event=event, records=()))
        except JobGone:
            return
        assert job not in self.ends
        self.finishes[job] = self.finishes.get(job, 0) + 1

    @rule()
    def time_passes(self) -> None:
        """All leases run out: their workers were killed, or are frozen and will wake. The sweep sees it."""

        async def lapse() -> None:
            async with self.store.database.write() as connection:
                running = update(job_rows).where(job_rows.c.state == "running")
                await connection.execute(running.values(lease_until=1.0))
            await self.round()

        self.run(lapse())

    @rule(worker=workers, kind=st.sampled_from(MISFORTUNES))
    def misfortune(self, worker: Played, kind: str) -> None:
        self.run(self.befall(kind, worker))

    async def befall(self, kind: str, worker: Played) -> None:
        match kind:
            case "a worker is told to stop":
                await self.store.leases.give_back(worker.claim)
            case "the queue is wiped":
                await self.redis.flushall()
            case "a worker dies before its claim":
                for member in (await self.queue.members(Lane.NORMAL))[:1]:
                    await self.redis.set(f"arq:in-progress:{member}", "1")
            case _:  # a bot dies before it rings
                key = f"unrung {len(self.placed)}"
                placed = await self.store.jobs.place(self.order, chat="a", seller="a", lane=Lane.NORMAL, dedupe=key)
                self.placed[key] = placed.job
                await relay_once(self.store.outbox, self.queue)

    async def round(self) -> None:
        await self.sweep.end_leases()
        await self.sweep.mend_queue()
        await self.sweep.tidy()

    @invariant()
    def an_end_is_for_ever(self) -> None:
        for job in self.placed.values():
            event = self.run(self.client.state(job))
            if isinstance(event, ENDED):
                assert self.ends.setdefault(job, event.model_dump_json()) == event.model_dump_json()
        assert all(count == 1 for count in self.finishes.values())

    async def do_duty(self, lane: Lane, member: str) -> None:
        claim = await self.store.leases.claim(member.partition(":")[0], fence=fence_of(member), owner="dutiful")
        await self.queue.silence(lane, member)
        if claim is not None:
            await self.store.leases.end(claim, seq=10**9, event=Finished(), records=())

    async def settle(self) -> None:
        """Nothing bad happens any more: then every job ends, by workers that do their duty."""
        for _ in range(5):  # a ring that was left half done is noticed in the second round
            async with self.store.database.write() as connection:
                running = update(job_rows).where(job_rows.c.state == "running")
                await connection.execute(running.values(lease_until=1.0))
            await self.round()
            for lane in Lane:
                for member in await self.queue.members(lane):
                    await self.do_duty(lane, member)
            if all([isinstance(await self.client.state(job), ENDED) for job in self.placed.values()]):
                break
        await relay_once(self.store.outbox, self.queue)
        for job in self.placed.values():
            assert isinstance(await self.client.state(job), ENDED)
        assert await self.store.outbox.owed() == ()
        assert {job.job for job in await self.client.unfinished()} == set(self.placed.values())


def play(home: Path, *, examples: int, steps: int) -> None:
    """Play so many examples with so many misfortunes each."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        world = runner.run(stack.enter_async_context(opened(home, runner)))
        try:
            run_state_machine_as_test(cast("Any", lambda: Installation(world)), settings=chosen)
        finally:
            runner.run(stack.aclose())


def test_whatever_happens_every_job_ends_once(tmp_path: Path) -> None:
    play(tmp_path, examples=8, steps=30)
