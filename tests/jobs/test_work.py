"""From an order to its end: what a seller is told, in whatever way it ends."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.client import Lane
from jobs.errors import DailyLimit
from jobs.events import Announcer
from jobs.film import Filming
from jobs.queue import Queue
from jobs.retention import Retention
from pipeline.errors import FfmpegFailed, JobGone
from pipeline.model import (
    Cancelled,
    Failed,
    Finished,
    Format,
    Goal,
    Platform,
    Progressed,
    Queued,
    Score,
    Stage,
)
from pipeline.ports import Bench, Compose
from pipeline.steps import Fallback
from tests.fakes.engines import quick_studio
from tests.fakes.orders import order
from tests.fakes.waiting import until
from tests.jobs.conftest import Installation, Open


async def test_an_order_becomes_a_film_and_the_seller_sees_it_come(frame: Installation) -> None:
    wanted = await order(frame.store.blobs, platforms=(Platform.TIKTOK, Platform.YOUTUBE))
    placed = await frame.client.submit(wanted, chat="chat:a", seller="a", lane=Lane.NORMAL, dedupe="1")
    assert (placed.position, placed.new) == (1, True)
    async with frame.worker():
        events = [event async for event in frame.client.follow(placed.job)]
    assert events[0] == Queued(position=1)
    told = [event.progress for event in events[1:-1] if isinstance(event, Progressed)]
    assert [told[0].stage, told[-1].stage] == [Stage.ENHANCE, Stage.CUT]
    assert [progress.fraction for progress in told] == sorted(progress.fraction for progress in told)
    pictures = [progress.picture for progress in told if progress.picture is not None]
    assert len(pictures) == 6  # five shots and the storyboard as one sheet
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert [reel.format for reel in finished.films[0].reels] == [Format.TALL, Format.WIDE]
    for artifact in (*pictures, finished.films[0].reels[0].video):
        assert (await frame.store.blobs.open(artifact)).stat().st_size > 100
    assert await frame.client.state(placed.job) == finished
    assert (await frame.store.films.recent("a"))[0].film == finished.films[0]


async def test_whoever_follows_late_sees_the_end_at_once(frame: Installation) -> None:
    async with frame.worker():
        job = await frame.submit()
        finished = await frame.end(job)
    assert [event async for event in frame.client.follow(job)] == [finished]


async def test_several_follow_the_same_job_to_its_end(frame: Installation) -> None:
    job = await frame.submit()
    async with frame.worker(), asyncio.TaskGroup() as group:
        followers = [group.create_task(frame.end(job)) for _ in range(5)]
    assert len({follower.result().model_dump_json() for follower in followers}) == 1


async def test_the_same_film_again_computes_nothing(frame: Installation) -> None:
    wanted = await order(frame.store.blobs)
    async with frame.worker():
        first = await frame.submit(what=wanted, dedupe="1")
        await frame.end(first)
        began = len(frame.rig.began())
        second = await frame.submit(what=wanted, dedupe="2")
        await frame.end(second)
    assert first != second
    assert len(frame.rig.began()) == began
    assert all(record.computed for record in await frame.store.history.steps(first))
    assert not any(record.computed for record in await frame.store.history.steps(second))


async def test_a_re_roll_computes_the_shot_and_the_cut(frame: Installation) -> None:
    wanted = await order(frame.store.blobs)
    async with frame.worker():
        await frame.end(await frame.submit(what=wanted))
        again = wanted.model_copy(update={"wish": wanted.wish.retake(2)})
        job = await frame.submit(what=again, lane=Lane.FAST)
        assert isinstance(await frame.end(job), Finished)
    computed = [record.stage for record in await frame.store.history.steps(job) if record.computed]
    assert sorted(computed) == ["cut", "shoot"]


async def test_the_fast_lane_does_not_wait_for_films(frame: Installation) -> None:
    gate = frame.rig.hold("cut")
    async with frame.worker():
        film = await frame.submit()
        await until(lambda: any(step.startswith("cut") for step in frame.rig.began()))
        voice = await frame.submit(lane=Lane.FAST, what=await order(frame.store.blobs, goal=Goal.VOICE))
        sample = await frame.end(voice)
        assert isinstance(sample, Finished)
        assert sample.sample is not None
        assert sample.sample.media_type == "audio/mpeg"
        assert isinstance(await frame.client.state(film), Progressed)
        gate.unlink()
        assert isinstance(await frame.end(film), Finished)


async def test_places_in_the_queue_are_told_as_they_change(frame: Installation) -> None:
    gate = frame.rig.hold("cut")
    jobs = [await frame.submit(seller=seller) for seller in "abc"]
    assert await frame.client.state(jobs[2]) == Queued(position=3)
    seen: list[int] = []

    async def watch() -> None:
        async for event in frame.client.follow(jobs[2]):
            if isinstance(event, Queued):
                seen.append(event.position)
            if event == Queued(position=2):
                gate.unlink(missing_ok=True)

    async with frame.worker():
        await asyncio.wait_for(watch(), 60)
    assert 2 in seen
    assert seen == sorted(seen, reverse=True)


async def test_time_left_comes_from_like_jobs(frame: Installation) -> None:
    wanted = await order(frame.store.blobs)
    assert (await frame.client.estimate(wanted)).seconds is None
    async with frame.worker():
        await frame.end(await frame.submit(what=wanted))
        estimate = await frame.client.estimate(wanted)
        assert estimate.seconds is not None
        assert 0 < estimate.seconds < 60
        assert estimate.cost == Decimal(0)
        events = [event async for event in frame.client.follow(await frame.submit())]
    lefts = [event.seconds_left for event in events if isinstance(event, Progressed)]
    assert None not in lefts


@pytest.mark.parametrize(
    ("how", "phrase"),
    [
        ("unavailable", "failed-engine"),
        ("refused", "failed-refused"),
        ("full", "failed-disk-full"),
        ("bug", "failed-bug"),
    ],
)
async def test_a_failure_has_a_phrase_and_a_reference_and_the_next_job_goes_on(
    frame: Installation, how: str, phrase: str
) -> None:
    trouble = frame.rig.fail("shoot", how)
    async with frame.worker():
        job = await frame.submit()
        assert await frame.end(job) == Failed(phrase=phrase, reference=job[-8:])
        trouble.unlink()
        assert isinstance(await frame.end(await frame.submit()), Finished)
    stages = {record.stage for record in await frame.store.history.steps(job)}
    assert {"enhance", "write"} <= stages


async def test_a_job_that_takes_too_long_fails(open_installation: Open) -> None:
    async with open_installation(job_timeout=0.5) as frame:
        gate = frame.rig.hold("shoot")
        async with frame.worker():
            job = await frame.submit()
            assert await frame.end(job) == Failed(phrase="failed-too-long", reference=job[-8:])
        gate.unlink()


async def test_no_job_is_begun_when_the_disk_is_nearly_full(open_installation: Open) -> None:
    async with open_installation(min_free_mb=10**9) as frame, frame.worker():
        job = await frame.submit()
        assert await frame.end(job) == Failed(phrase="failed-disk-full", reference=job[-8:])
    assert frame.rig.began() == []


async def test_a_running_job_stops_soon_after_it_is_cancelled(frame: Installation) -> None:
    frame.rig.hold("shoot")
    async with frame.worker():
        job = await frame.submit()
        await until(lambda: any(step.startswith("shoot") for step in frame.rig.began()))
        assert await frame.client.cancel(job)
        assert await frame.end(job, seconds=3) == Cancelled()
        assert not await frame.client.cancel(job)
    assert not any(step.startswith("shoot") for step in frame.rig.ended())
    assert frame.rig.given_up()  # what it bought may be cancelled
    assert frame.rig.stopped() == []
    assert list((frame.home / "scratch").glob("*")) == []


async def test_a_job_that_fails_while_it_is_being_cancelled_is_cancelled(frame: Installation) -> None:
    began = asyncio.Event()

    class Brittle:
        name = "brittle-1"

        async def run(self, request: Compose, bench: Bench) -> Score:
            began.set()
            try:
                await asyncio.Event().wait()
            finally:
                raise FfmpegFailed("cut short")

    filming = Filming(
        owner="worker",
        store=frame.store,
        studio=replace(quick_studio(), compose=Fallback((Brittle(),))),
        queue=Queue(frame.redis),
        announcer=Announcer(frame.redis),
        settings=frame.settings,
        retention=Retention(frame.store, min_free_mb=0),
    )
    job = await frame.submit()
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(filming.film({"job_id": f"{job}:1"}, job))
        await began.wait()
        await frame.client.cancel(job)
    assert await frame.client.state(job) == Cancelled()


async def test_a_job_cancelled_while_it_waits_is_never_begun(frame: Installation) -> None:
    job = await frame.submit()
    assert await frame.client.cancel(job)
    assert [event async for event in frame.client.follow(job)] == [Cancelled()]
    async with frame.worker():
        assert isinstance(await frame.end(await frame.submit()), Finished)
    assert (await frame.client.state(job)) == Cancelled()


async def test_cancel_and_then_a_re_roll_runs(frame: Installation) -> None:
    wanted = await order(frame.store.blobs)
    async with frame.worker():
        await frame.end(await frame.submit(what=wanted))
        gate = frame.rig.hold("shoot")
        again = wanted.model_copy(update={"wish": wanted.wish.retake(1)})
        job = await frame.submit(what=again)
        await frame.client.cancel(job)
        assert await frame.end(job) == Cancelled()
        gate.unlink()
        assert isinstance(await frame.end(await frame.submit(what=again)), Finished)


async def test_fifty_presses_at_once_make_one_film(frame: Installation) -> None:
    wanted = await order(frame.store.blobs)
    presses = await asyncio.gather(*(frame.submit(what=wanted, dedupe="press") for _ in range(50)))
    async with frame.worker():
        await frame.end(presses[0])
    assert len(set(presses)) == 1
    assert len(frame.rig.began()) == len(set(frame.rig.began()))


async def test_the_films_of_a_day_may_be_limited(open_installation: Open) -> None:
    async with open_installation(daily_films=2) as frame:
        first = await frame.submit(dedupe="1")
        await frame.submit(dedupe="2")
        with pytest.raises(DailyLimit) as caught:
            await frame.submit(dedupe="3")
        assert caught.value.limit == 2
        assert timedelta(0) < caught.value.resets_at - datetime.now(UTC) <= timedelta(days=1)
        assert await frame.submit(dedupe="1") == first  # known already: pressing again is no order
        await frame.submit(dedupe="voice", lane=Lane.FAST, what=await order(frame.store.blobs, goal=Goal.VOICE))
        await frame.submit(seller="b")


async def test_a_deleted_sellers_job_stops_and_leaves_nothing(frame: Installation) -> None:
    frame.rig.hold("cut")
    async with frame.worker():
        job = await frame.submit()
        await until(lambda: any(step.startswith("cut") for step in frame.rig.began()))
        assert await frame.store.forget("a") == (job,)
        assert [event async for event in frame.client.follow(job)] == []
        blobs = frame.home / "blobs"
        await until(lambda: not list(blobs.glob("*/*")) and not list((frame.home / "scratch").glob("*")))
        with pytest.raises(JobGone):
            await frame.client.state(job)
    assert await frame.client.unfinished() == ()


async def test_unfinished_jobs_are_known_after_a_restart(open_installation: Open) -> None:
    async with open_installation() as frame:
        job = await frame.submit(seller="b")
    async with open_installation() as frame:
        (left,) = await frame.client.unfinished()
        assert (left.job, left.chat, left.seller) == (job, "chat:b", "b")
        async with frame.worker():
            assert isinstance(await frame.end(job), Finished)
        await frame.store.deliveries.settle(job)
        assert await frame.client.unfinished() == ()
