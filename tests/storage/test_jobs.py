"""Jobs from the chats' side: placed once, in fair order, looked at, cancelled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from pipeline.errors import JobGone
from pipeline.model import Cancelled, Goal, Order, Platform, Queued
from storage.jobs import Lane, Placed, likeness
from storage.store import Store
from storage.tables import jobs
from tests.fakes.orders import order


async def place(store: Store, seller: str, name: str, *, lane: Lane = Lane.NORMAL, what: Order | None = None) -> Placed:
    wanted = what or await order(store.blobs)
    return await store.jobs.place(wanted, chat=f"chat of {seller}", seller=seller, lane=lane, dedupe=name)


async def turn(store: Store) -> list[str]:
    """The waiting jobs in the order in which they will start."""
    return [ring.job for ring in await store.outbox.waiting()]


async def begin(store: Store, job: str) -> None:
    claim = await store.leases.claim(job, fence=1, owner="worker")
    assert claim is not None


async def test_a_job_and_its_ring_are_written_together(store: Store) -> None:
    placed = await place(store, "a", "1")
    assert placed.new
    assert await store.outbox.owed() == (placed.ring,)
    assert (await store.jobs.look(placed.job)).event == Queued(position=1)


async def test_fifty_presses_at_once_are_one_job(store: Store) -> None:
    wanted = await order(store.blobs)
    presses = await asyncio.gather(*(place(store, "a", "the same press", what=wanted) for _ in range(50)))
    assert len({placed.job for placed in presses}) == 1
    assert sum(placed.new for placed in presses) == 1
    assert len(await store.outbox.owed()) == 1


async def test_the_same_key_in_another_chat_is_another_job(store: Store) -> None:
    assert (await place(store, "a", "1")).job != (await place(store, "b", "1")).job


async def test_a_rung_doorbell_leaves_the_outbox(store: Store) -> None:
    placed = await place(store, "a", "1")
    assert placed.ring is not None
    await store.outbox.rung(placed.ring)
    assert await store.outbox.owed() == ()


async def test_a_job_that_was_never_placed_is_gone(store: Store) -> None:
    with pytest.raises(JobGone):
        await store.jobs.look("nothing")


async def test_one_seller_with_twenty_jobs_does_not_keep_another_waiting(store: Store) -> None:
    many = [(await place(store, "a", str(at))).job for at in range(20)]
    one = (await place(store, "b", "1")).job
    assert (await turn(store)).index(one) <= 1
    await begin(store, many[0])
    assert (await turn(store))[0] == one
    assert (await store.jobs.look(many[1])).event == Queued(position=2)


async def test_two_busy_sellers_take_turns(store: Store) -> None:
    for at in range(5):
        await place(store, "a", str(at))
    await begin(store, (await turn(store))[0])
    late = [(await place(store, "b", str(at))).job for at in range(4)]
    order_now = await turn(store)
    assert [order_now.index(job) for job in late] == sorted(order_now.index(job) for job in late)
    assert all(sum(job in late for job in order_now[:n]) >= n // 2 - 1 for n in range(1, 8))


async def test_among_equals_the_older_job_is_first(store: Store) -> None:
    jobs = [(await place(store, seller, "1")).job for seller in "edcba"]
    assert await turn(store) == jobs


async def test_waiting_saves_up_no_claim(store: Store) -> None:
    for at in range(6):
        placed = await place(store, "a", str(at))
        await begin(store, placed.job)
    await place(store, "a", "6")
    newcomers = [(await place(store, "b", str(at))).job for at in range(6)]
    # b was away while a worked; it does not get its six turns in a row now
    assert (await turn(store))[:3] != newcomers[:3]


async def test_platforms_of_one_shape_are_one_film_to_make(store: Store) -> None:
    one = await order(store.blobs, platforms=(Platform.TIKTOK,))
    same = await order(store.blobs, platforms=(Platform.TIKTOK, Platform.INSTAGRAM_REELS, Platform.YOUTUBE_SHORTS))
    assert likeness(one) == likeness(same)


async def test_a_film_in_four_formats_weighs_four_times(store: Store) -> None:
    four = (Platform.TIKTOK, Platform.INSTAGRAM_FEED, Platform.SQUARE_FEED, Platform.YOUTUBE)
    heavy = await order(store.blobs, platforms=four)
    await begin(store, (await place(store, "a", "1", what=heavy)).job)
    await place(store, "a", "2")
    light = [(await place(store, "b", str(at))).job for at in range(3)]
    assert (await turn(store))[:3] == light


async def test_lanes_do_not_wait_for_each_other(store: Store) -> None:
    for at in range(3):
        await place(store, "a", str(at))
    fast = await place(store, "a", "voice", lane=Lane.FAST, what=await order(store.blobs, goal=Goal.VOICE))
    assert (await store.jobs.look(fast.job)).event == Queued(position=1)


async def test_a_waiting_job_is_cancelled_at_once_and_never_claimed(store: Store) -> None:
    placed = await place(store, "a", "1")
    assert await store.jobs.cancel(placed.job)
    assert (await store.jobs.look(placed.job)).event == Cancelled()
    assert await store.outbox.owed() == ()
    assert await store.leases.claim(placed.job, fence=1, owner="worker") is None
    assert not await store.jobs.cancel(placed.job)


async def test_cancelling_nothing_is_false(store: Store) -> None:
    assert not await store.jobs.cancel("nothing")


async def test_jobs_stay_unfinished_until_their_end_was_shown(store: Store) -> None:
    first, second = await place(store, "a", "1"), await place(store, "b", "1")
    await store.jobs.cancel(first.job)
    assert [job.job for job in await store.jobs.unfinished()] == [first.job, second.job]
    await store.deliveries.settle(first.job)
    assert await store.deliveries.settled(first.job)
    left = await store.jobs.unfinished()
    assert [(job.job, job.chat, job.seller) for job in left] == [(second.job, "chat of b", "b")]


async def test_orders_of_another_version_keep_nobody_from_ordering(store: Store) -> None:
    first = await place(store, "a", "1")
    async with store.database.write() as connection:
        await connection.execute(update(jobs).values(order_json='{"wish": "of old"}'))
    second = await place(store, "a", "2")
    assert [job.job for job in await store.jobs.unfinished()] == [first.job, second.job]


async def test_films_of_the_day_are_counted_without_those_that_were_cancelled(store: Store) -> None:
    start = datetime.now(UTC) - timedelta(minutes=1)
    first = await place(store, "a", "1")
    await place(store, "a", "2")
    await place(store, "a", "voice", lane=Lane.FAST, what=await order(store.blobs, goal=Goal.VOICE))
    await place(store, "b", "1")
    assert await store.jobs.placed_since("a", start) == 2
    await store.jobs.cancel(first.job)
    assert await store.jobs.placed_since("a", start) == 1
    assert await store.jobs.placed_since("a", datetime.now(UTC) + timedelta(minutes=1)) == 0


async def test_the_tally_counts_every_state(store: Store) -> None:
    first = await place(store, "a", "1")
    second = await place(store, "a", "2")
    await place(store, "a", "3")
    await store.jobs.cancel(first.job)
    await begin(store, second.job)
    assert await store.jobs.tally() == (("cancelled", 1), ("running", 1), ("waiting", 1))
