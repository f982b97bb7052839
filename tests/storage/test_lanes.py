"""Short work is done whole, in order, and by as few commits as wait together; a failure is its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text

from storage.lanes import Lane
from storage.store import Store
from storage.tables import slots


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Engine]:
    made = create_engine(f"sqlite+pysqlite:///{tmp_path / 'lane.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE words (word TEXT UNIQUE)"))
    yield made
    made.dispose()


def _add(word: str) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        return connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word}).rowcount

    return work


async def _words(lane: Lane) -> list[str]:
    return list(await lane.do(lambda connection: connection.scalars(text("SELECT word FROM words")).all()))


async def _busy(lane: Lane, held: Event) -> asyncio.Task[bool]:
    """Keep a lane busy until something is set; returns when it is."""
    begun = Event()

    def work(connection: Connection) -> bool:
        connection.execute(text("SELECT 1"))
        begun.set()
        return held.wait(30)

    task = asyncio.create_task(lane.do(work))
    await asyncio.to_thread(begun.wait, 30)
    return task


async def test_what_waits_together_shares_a_commit(engine: Engine) -> None:
    commits: list[Connection] = []
    held, lane = Event(), Lane(engine, name="test", begin="BEGIN IMMEDIATE")
    event.listen(engine, "commit", commits.append)
    first = await _busy(lane, held)
    rest = [asyncio.create_task(lane.do(_add(str(at)))) for at in range(20)]
    await asyncio.sleep(0)  # they have all been handed over
    held.set()
    assert await asyncio.gather(first, *rest) == [True, *[1] * 20]
    assert len(commits) == 2
    assert await _words(lane) == [str(at) for at in range(20)]
    await lane.close()


async def test_work_that_fails_takes_nothing_else_with_it(engine: Engine) -> None:
    held, lane = Event(), Lane(engine, name="test", begin="BEGIN IMMEDIATE")
    first = await _busy(lane, held)

    def broken(connection: Connection) -> None:
        _add("half")(connection)
        raise LookupError("no such thing")

    before = asyncio.create_task(lane.do(_add("before")))
    fails = asyncio.create_task(lane.do(broken))
    after = asyncio.create_task(lane.do(_add("after")))
    await asyncio.sleep(0)
    held.set()
    outcomes = await asyncio.gather(first, before, fails, after, return_exceptions=True)
    assert [type(one) for one in outcomes] == [bool, int, LookupError, int]
    assert await _words(lane) == ["before", "after"]
    await lane.close()


async def test_a_commit_that_fails_is_told_to_those_who_wait_and_the_next_works(engine: Engine) -> None:
    failing, lane = [True], Lane(engine, name="test", begin="BEGIN IMMEDIATE")

    def commit(_: Connection) -> None:
        if failing:
            raise OSError("the disk is full")

    event.listen(engine, "commit", commit)
    with pytest.raises(OSError, match="full"):
        await lane.do(_add("lost"))
    failing.clear()
    assert await lane.do(_add("kept")) == 1
    assert await _words(lane) == ["kept"]
    await lane.close()


async def test_who_stops_waiting_stops_nobody_else(engine: Engine) -> None:
    held, lane = Event(), Lane(engine, name="test", begin="BEGIN IMMEDIATE")
    leaves = await _busy(lane, held)
    stays = asyncio.create_task(lane.do(_add("kept")))
    await asyncio.sleep(0)
    leaves.cancel()
    held.set()
    assert await stays == 1
    assert leaves.cancelled()
    await lane.close()


async def test_what_waits_is_finished_before_the_lane_ends(engine: Engine) -> None:
    lane = Lane(engine, name="test", begin="BEGIN IMMEDIATE")
    works = [asyncio.create_task(lane.do(_add(str(at)))) for at in range(100)]
    await asyncio.sleep(0)
    await lane.close()
    assert await asyncio.gather(*works) == [1] * 100


async def test_many_short_changes_are_all_there(store: Store) -> None:
    async with asyncio.TaskGroup() as group:
        for at in range(100):
            group.create_task(store.slots.note("chat", str(at), f"m{at}"))
    many = await store.database.look(lambda connection: connection.scalar(select(func.count()).select_from(slots)))
    assert many == 100
    assert await store.slots.find("chat", "42") == "m42"
