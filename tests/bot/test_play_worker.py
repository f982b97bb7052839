"""A worker of the bot's own: started when there is none, and again when it ended."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from bot.play import worker as own
from bot.play.worker import have_a_worker
from jobs.tasks import end

FAILS = (sys.executable, "-c", "raise SystemExit('no room on the disk')")
STAYS = (sys.executable, "-c", "import time; time.sleep(600)")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_LOOK", 0.01)
    monkeypatch.setattr(own, "_LONG", 0.02)


async def test_a_worker_that_ends_is_told_of_and_replaced(tmp_path: Path) -> None:
    told: list[str] = []
    again = asyncio.Event()

    def say(sentence: str) -> None:
        told.append(sentence)
        if sum(one.startswith("No worker is running") for one in told) == 2:
            again.set()

    async def none() -> int:
        return 0

    keeping = asyncio.create_task(have_a_worker(none, command=FAILS, home=tmp_path, say=say))
    async with asyncio.timeout(30):
        await again.wait()
    await end(keeping)
    assert told[:2] == [
        "No worker is running, so one is started; it stops with this program.",
        "The worker ended: no room on the disk",
    ]


async def test_none_is_started_while_another_is_there_and_ours_stops_with_us(tmp_path: Path) -> None:
    counts = iter((2, 1, 0))
    looked: list[int] = []
    started = asyncio.Event()

    async def count() -> int:
        looked.append(next(counts))
        return looked[-1]

    keeping = asyncio.create_task(have_a_worker(count, command=STAYS, home=tmp_path, say=lambda _: started.set()))
    async with asyncio.timeout(30):
        await started.wait()
        assert looked == [2, 1, 0]
        await asyncio.sleep(0)
        await end(keeping)
    assert keeping.cancelled()
