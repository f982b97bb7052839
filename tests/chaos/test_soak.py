"""The soak: hundreds of jobs, kills, freezes, wiped queues and lost answers; every job ends and is told once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jobs.config import JobSettings
from pipeline.model import Cancelled, Failed, Finished
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation, Process, installed
from tests.jobs.test_invariants import play

pytestmark = pytest.mark.chaos

JOBS = int(os.environ.get("SOAK_JOBS", "200"))
KILLS = int(os.environ.get("SOAK_KILLS", "50"))
WORKERS = 3
SELLERS = 12


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Installation]:
    (tmp_path / "rig").mkdir()
    async with installed(tmp_path / "home", tmp_path / "rig", JobSettings(workers=1)) as installation:
        yield installation


class Chaos:
    """Worker processes that are never left in peace."""

    def __init__(self, frame: Installation) -> None:
        self.frame = frame
        self.chance = random.Random(int(os.environ.get("SOAK_SEED", "1")))
        self.workers: list[Process] = []
        self.done: Counter[str] = Counter()

    async def start(self) -> None:
        self.workers.append(await self.frame.start_process(GRACE="1"))

    async def wreak(self) -> None:
        """One misfortune."""
        worker = self.chance.choice(self.workers)
        kind = self.chance.choices(["kill", "freeze", "stop", "wipe"], weights=[6, 2, 1, 1])[0]
        self.done[kind] += 1
        if kind == "wipe":
            await self.frame.redis.flushall()
        elif kind == "freeze":
            worker.send_signal(signal.SIGSTOP)
            await asyncio.sleep(4.5)  # more than two leases
            worker.send_signal(signal.SIGCONT)
        else:
            worker.send_signal(signal.SIGKILL if kind == "kill" else signal.SIGTERM)
            await worker.communicate()
            self.workers.remove(worker)
            await self.start()

    async def stop(self) -> None:
        for worker in self.workers:
            if worker.returncode is None:
                worker.kill()
            await worker.communicate()


async def test_every_job_ends_and_is_told_once(frame: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    chaos = Chaos(frame)
    told: Counter[str] = Counter()
    ends: Counter[str] = Counter()

    async def chat(job: str) -> None:
        """Follows a job as the courier does, and notes what it shows."""
        async for event in frame.client.follow(job):
            if isinstance(event, Finished | Failed | Cancelled):
                told[job] += 1
                ends[event.kind] += 1
                await frame.store.deliveries.settle(job)

    began = time.monotonic()
    for _ in range(WORKERS):
        await chaos.start()
    try:
        async with asyncio.TaskGroup() as chats:
            placed = 0
            while chaos.done["kill"] < KILLS or placed < JOBS:
                # orders come all the while, so that there is always work to disturb
                while placed < min(JOBS, 10 + JOBS * chaos.done["kill"] // KILLS):
                    chats.create_task(chat(await frame.submit(seller=f"s{placed % SELLERS}")))
                    placed += 1
                await chaos.wreak()
                await asyncio.sleep(chaos.chance.uniform(0.2, 1.5))
            await until(lambda: len(told) == JOBS, seconds=1800)
    finally:
        await chaos.stop()
    steps = Counter(frame.rig.began())
    again = sum(steps.values()) - len(steps)
    with capsys.disabled():
        print(  # noqa: T201 - the soak's report
            f"\nsoak: {JOBS} jobs, {dict(chaos.done)}, ends {dict(ends)}, {len(steps)} different steps, "
            f"{again} begun again, {time.monotonic() - began:.0f} s"
        )
    assert set(told.values()) == {1}
    assert len(told) == JOBS
    assert await frame.client.unfinished() == ()
    assert ends["finished"] + ends["failed"] == JOBS
    assert ends["failed"] <= JOBS // 50  # three kills of one step in a row look like a poisonous job, and may
    disturbances = chaos.done["kill"] + chaos.done["freeze"] + chaos.done["stop"]
    assert again <= 4 * disturbances  # the steps in hand when it happened


def test_no_sequence_of_misfortunes_loses_a_job(tmp_path: Path) -> None:
    play(tmp_path, examples=int(os.environ.get("SOAK_EXAMPLES", "150")), steps=60)
