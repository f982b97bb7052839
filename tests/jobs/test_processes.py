"""Real worker processes are killed, frozen and deployed over; what they had finished is never done again."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter

import pytest

from jobs.client import Lane
from pipeline.model import Failed, Finished
from tests.fakes.orders import order
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation, Process, Start


def begun(frame: Installation, stage: str) -> bool:
    return any(step.startswith(stage) for step in frame.rig.began())


def repeated(frame: Installation) -> dict[str, int]:
    """Steps that were begun more often than once.

    The music is left out: it is the same for all films here, and two workers that begin at once may both make it.
    """
    counts = Counter(step for step in frame.rig.began() if not step.startswith("score"))
    return {step: count for step, count in counts.items() if count > 1}


async def kill(process: Process) -> None:
    process.kill()
    await process.wait()


@pytest.mark.parametrize("stage", ["speak", "cut"])
async def test_after_a_kill_only_the_steps_in_hand_are_repeated(
    frame: Installation, start_worker: Start, stage: str
) -> None:
    gate = frame.rig.hold(stage)
    first = await start_worker()
    job = await frame.submit()
    await until(lambda: begun(frame, stage))
    await kill(first)
    in_hand = {step for step in frame.rig.began() if step not in frame.rig.ended() and not step.startswith("score")}
    gate.unlink()
    await start_worker()
    assert isinstance(await frame.end(job), Finished)
    assert set(repeated(frame)) == in_hand
    assert set(repeated(frame).values()) == {2}
    records = await frame.store.history.steps(job)
    assert any(record.computed for record in records)
    assert all(not record.computed for record in records if record.stage == "enhance") is (stage != "enhance")


async def test_a_worker_started_meanwhile_takes_over_from_a_dead_one(frame: Installation, start_worker: Start) -> None:
    frame.rig.hold("cut")
    first, _second = await start_worker(), await start_worker()
    jobs = [await frame.submit(seller=seller) for seller in "ab"]
    await until(lambda: len([step for step in frame.rig.began() if step.startswith("cut")]) == 2)
    await kill(first)
    (frame.rig.folder / "hold-cut").unlink()
    for job in jobs:
        assert isinstance(await frame.end(job), Finished)
    assert len(repeated(frame)) == 1


async def test_a_frozen_worker_that_wakes_finishes_nothing_twice(frame: Installation, start_worker: Start) -> None:
    gate = frame.rig.hold("cut")
    frozen = await start_worker()
    job = await frame.submit()
    await until(lambda: begun(frame, "cut"))
    frozen.send_signal(signal.SIGSTOP)
    gate.unlink()
    await start_worker()
    finished = await frame.end(job)
    look = await frame.store.jobs.look(job)
    frozen.send_signal(signal.SIGCONT)
    await until(lambda: len([step for step in frame.rig.ended() if step.startswith("cut")]) == 2 or lost(frame))
    await until(lambda: lost(frame))
    assert await frame.store.jobs.look(job) == look
    assert look.event == finished
    assert len(await frame.store.films.recent("a")) == 1
    assert isinstance(await frame.end(await frame.submit()), Finished)


def lost(frame: Installation) -> bool:
    return "job lost to another worker" in (frame.rig.folder / "worker.log").read_text()


async def test_a_worker_told_to_stop_lets_its_job_finish(frame: Installation, start_worker: Start) -> None:
    gate = frame.rig.hold("cut")
    worker = await start_worker()
    job = await frame.submit()
    await until(lambda: begun(frame, "cut"))
    worker.terminate()
    late = await frame.submit()
    gate.unlink()
    assert isinstance(await frame.end(job), Finished)
    assert await asyncio.wait_for(worker.wait(), 30) == 0
    assert (await frame.store.jobs.tally()) == (("done", 1), ("waiting", 1))
    await start_worker()
    assert isinstance(await frame.end(late), Finished)
    assert repeated(frame) == {}


async def test_a_worker_out_of_time_gives_its_job_back_at_once(frame: Installation, start_worker: Start) -> None:
    frame.rig.hold("cut")
    worker = await start_worker(GRACE="0")
    job = await frame.submit()
    await until(lambda: begun(frame, "cut"))
    worker.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(worker.wait(), 30) == 0
    assert (await frame.store.jobs.tally()) == (("waiting", 1),)
    assert frame.rig.stopped()
    assert frame.rig.given_up() == []  # what it bought is still wanted
    (frame.rig.folder / "hold-cut").unlink()
    await start_worker()
    assert isinstance(await frame.end(job), Finished)
    assert {step.split()[0] for step in repeated(frame)} == {"cut"}


@pytest.mark.slow  # short form: a worker out of time gives its job back
async def test_a_job_outlives_one_deploy_after_another(frame: Installation, start_worker: Start) -> None:
    frame.rig.hold("cut")
    job = await frame.submit()
    for _ in range(4):  # more often than a job may crash
        worker = await start_worker(GRACE="0")
        cuts = len([step for step in frame.rig.began() if step.startswith("cut")])
        await until(lambda cuts=cuts: len([s for s in frame.rig.began() if s.startswith("cut")]) > cuts)  # type: ignore[misc]
        worker.terminate()
        assert await asyncio.wait_for(worker.wait(), 30) == 0
    (frame.rig.folder / "hold-cut").unlink()
    await start_worker()
    assert isinstance(await frame.end(job), Finished)
    assert {step.split()[0] for step in repeated(frame)} == {"cut"}


@pytest.mark.slow  # short form: tests/storage/test_leases.py counts the crashes
async def test_a_job_that_kills_its_workers_is_given_up_and_others_run(
    frame: Installation, start_worker: Start
) -> None:
    poison = frame.rig.poison("cut")
    bad = await frame.submit()
    deaths = 0
    ending = asyncio.create_task(frame.end(bad))
    while not ending.done():
        worker = await start_worker()
        dying = asyncio.create_task(worker.wait())
        await asyncio.wait({dying, ending}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        deaths += dying.done()
        if not dying.done():
            await kill(worker)
            await dying
    assert ending.result() == Failed(phrase="failed-crashed", reference=bad[-8:])
    assert deaths == 3
    poison.unlink()
    await start_worker()
    assert isinstance(await frame.end(await frame.submit(seller="b")), Finished)


async def test_two_workers_share_the_work_and_no_job_is_done_twice(frame: Installation, start_worker: Start) -> None:
    await start_worker()
    await start_worker()
    jobs = [await frame.submit(seller=f"s{at % 3}") for at in range(9)]
    voice = await frame.submit(lane=Lane.FAST, what=await order(frame.store.blobs))
    for job in (*jobs, voice):
        assert isinstance(await frame.end(job), Finished)
    assert (await frame.store.jobs.tally()) == (("done", 10),)
    assert repeated(frame) == {}
