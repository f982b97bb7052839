"""Whatever happens in whatever order, every job that was taken ends once, and nobody who lost it writes.

Hypothesis plays chats, workers and misfortune against the real database and the real queue server. Workers are played
step by step, as arq and `jobs.film` would have them act, so that a kill or a freeze can come between any two of their
acts.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule
from sqlalchemy import update

from jobs.broker import queue_server
from jobs.client import Client, Lane, open_client
from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.queue import Queue, fence_of
from jobs.redis import hasty
from jobs.relay import relay_once
from jobs.sweep import Sweep
from pipeline.errors import JobGone
from pipeline.model import Cancelled, Failed, Finished, Order
from storage.config import StorageSettings
from storage.leases import Claim, Hold
from storage.store import Store, open_store
from storage.tables import jobs as job_rows
from tests.fakes.orders import order

T = TypeVar("T")

ENDED = Finished | Failed | Cancelled


@dataclass
class Played:
    """A worker that holds a job, as far as it knows."""

    claim: Claim
    steps: int = 0
    dead: bool = False


class Installation(RuleBasedStateMachine):
    """One installation and everything that may happen to it."""

    workers = Bundle("workers")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.home = Path(tempfile.mkdtemp(prefix="frame-"))
        self.stack = AsyncExitStack()
        self.placed: dict[str, str] = {}  # dedupe key -> job
        self.ends: dict[str, str] = {}  # job -> its end, as first seen
        self.finishes: dict[str, int] = {}  # job -> how often a worker was let finish it
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def open(self) -> None:
        stack = self.stack
        self.store: Store = await stack.enter_async_context(open_store(StorageSettings(frame_home=self.home)))
        server = await stack.enter_async_context(queue_server(JobSettings(), home=self.home))
        self.client: Client = await stack.enter_async_context(open_client(self.store, JobSettings(), server=server))
        self.redis = hasty(server)
        stack.push_async_callback(self.redis.aclose)
        self.queue = Queue(self.redis)
        self.sweep = Sweep(self.store, self.queue, Announcer(self.redis))
        self.order: Order = await order(self.store.blobs)

    def teardown(self) -> None:
        try:
            self.run(self.settle())
        finally:
            self.run(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.home, ignore_errors=True)

    @rule(seller=st.sampled_from("ab"), key=st.integers(0, 5), lane=st.sampled_from(Lane))
    def submit(self, seller: str, key: int, lane: Lane) -> None:
        """A press of the big button, perhaps for the second time."""
        dedupe = f"{seller}{key}"
        placed = self.run(self.client.submit(self.order, chat=seller, seller=seller, lane=lane, dedupe=dedupe))
        assert placed.new is (dedupe not in self.placed)
        assert self.placed.setdefault(dedupe, placed.job) == placed.job

    @rule(seller=st.sampled_from("ab"), key=st.integers(6, 9))
    def submit_and_die(self, seller: str, key: int) -> None:
        """The bot dies between its transaction and the doorbell."""
        placed = self.run(
            self.store.jobs.place(self.order, chat=seller, seller=seller, lane=Lane.NORMAL, dedupe=f"{seller}{key}")
        )
        self.placed[f"{seller}{key}"] = placed.job

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if self.placed:
            job = data.draw(st.sampled_from(sorted(self.placed.values())))
            assert self.run(self.client.cancel(job)) is (job not in self.ends)

    @rule(target=workers, lane=st.sampled_from(Lane))
    def take(self, lane: Lane) -> Any:
        """A worker takes the first entry of a queue, and claims its job."""

        async def claim() -> Claim | None:
            members = await self.queue.members(lane)
            if not members:
                return None
            first = members[0]
            await self.queue.silence(lane, first)
            return await self.store.leases.claim(first.partition(":")[0], fence=fence_of(first), owner="played")

        claimed = self.run(claim())
        return multiple() if claimed is None else Played(claimed)

    @rule(lane=st.sampled_from(Lane))
    def take_and_die(self, lane: Lane) -> None:
        """A worker dies between arq's doorbell and its claim."""

        async def begin() -> None:
            for member in (await self.queue.members(lane))[:1]:
                await self.redis.set(f"arq:in-progress:{member}", "1")

        self.run(begin())

    @rule(worker=workers)
    def step(self, worker: Played) -> None:
        """A worker finishes a step: kept even when the job is another's by now, for an answer is an answer."""
        ledger = self.store.ledger(job=worker.claim.job, seller=worker.claim.seller)
        key = f"{worker.claim.job}-{worker.claim.fence}-{worker.steps}"
        self.run(ledger.settle(key, stage="shoot", engine="e", answer="{}", seconds=0.1))
        worker.steps += 1

    @rule(worker=workers)
    def renew(self, worker: Played) -> None:
        hold = self.run(self.store.leases.renew(worker.claim))
        if worker.claim.job in self.ends:
            assert hold is Hold.LOST

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

    @rule(worker=consumes(workers))
    def give_back(self, worker: Played) -> None:
        self.run(self.store.leases.give_back(worker.claim))

    @rule()
    def time_passes(self) -> None:
        """All leases run out: their workers were killed, or are frozen and will wake."""

        async def lapse() -> None:
            async with self.store.database.write() as connection:
                running = update(job_rows).where(job_rows.c.state == "running")
                await connection.execute(running.values(lease_until=1.0))

        self.run(lapse())

    @rule()
    def wipe_the_queue(self) -> None:
        self.run(self.redis.flushall())

    @rule()
    def relay(self) -> None:
        async def ring() -> None:
            await relay_once(self.store.outbox, self.queue)

        self.run(ring())

    @rule()
    def sweep_up(self) -> None:
        self.run(self.round())

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

    async def settle(self) -> None:
        """Nothing bad happens any more: then every job ends, by workers that do their duty."""
        for _ in range(3 + 4 * len(self.placed)):
            async with self.store.database.write() as connection:
                running = update(job_rows).where(job_rows.c.state == "running")
                await connection.execute(running.values(lease_until=1.0))
            await self.round()
            for lane in Lane:
                for member in await self.queue.members(lane):
                    claim = await self.store.leases.claim(
                        member.partition(":")[0], fence=fence_of(member), owner="dutiful"
                    )
                    await self.queue.silence(lane, member)
                    if claim is not None:
                        await self.store.leases.end(claim, seq=10**9, event=Finished(), records=())
        for job in self.placed.values():
            assert isinstance(await self.client.state(job), ENDED)
        assert await self.store.outbox.owed() == ()
        assert {job.job for job in await self.client.unfinished()} == set(self.placed.values())


TestInstallation = Installation.TestCase
TestInstallation.settings = settings(
    max_examples=12,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
