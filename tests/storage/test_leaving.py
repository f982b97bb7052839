"""A job that begins while what it shares is being removed keeps it, or finds it missing and computes it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.model import Artifact, Score, Take, Tone
from pipeline.ports import Compose
from pipeline.steps import Settled, Steps
from storage.config import DAY
from storage.jobs import Lane
from storage.leaving import LASTS, while_let_go
from storage.store import Store
from storage.tables import leaving, uses
from storage.uses import let_go
from tests.fakes.ages import pass_days
from tests.fakes.engines import quick_studio
from tests.fakes.orders import order

MUSIC = Compose(tone=Tone.CALM, seconds=6, choice=0)


@dataclass(frozen=True)
class Job:
    """A job that has just begun."""

    holder: str
    steps: Steps

    async def compose(self) -> Score:
        """Its music, which all jobs share."""
        return await self.steps.once(quick_studio().compose, MUSIC)

    def computed(self) -> list[bool]:
        """Of each step that it asked for, whether it was computed."""
        return [record.computed for record in self.steps.records]


async def begun(store: Store) -> Job:
    wanted = await order(store.blobs)
    placed = await store.jobs.place(wanted, chat="c", seller="a", lane=Lane.NORMAL, dedupe=uuid4().hex)
    steps = Steps(
        ledger=store.ledger(job=placed.job, seller="a"),
        blobs=store.job_blobs(job=placed.job, seller="a"),
        scratch=store.settings.home / "scratch" / placed.job,
    )
    return Job(f"job:{placed.job}", steps)


async def let_others_go(store: Store, job: Job) -> tuple[str, ...]:
    """Let go of what all jobs use but one; the names of the files to remove."""
    others = select(uses.c.holder).where(uses.c.holder != job.holder).distinct()
    async with store.database.read() as connection:
        holders = (await connection.scalars(others)).all()
    return await store.uses.release(*holders)


async def held_and_there(store: Store, job: Job, score: Score) -> bool:
    """Whether the job has its file, and nobody is about to remove it."""
    held = select(func.count()).where(uses.c.holder == job.holder, uses.c.name == score.audio.sha256)
    on_the_way_out = select(func.count()).select_from(leaving)
    async with store.database.read() as connection:
        numbers = (await connection.scalar(held), await connection.scalar(on_the_way_out))
    return numbers == (1, 0) and (await store.blobs.open(score.audio)).exists()


async def test_a_step_found_before_its_last_user_is_gone_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await (await begun(store)).compose()
    job = await begun(store)
    found = job.steps.ledger.find

    async def find(key: str) -> str | None:
        answer = await found(key)
        await store.remove(await let_others_go(store, job))
        return answer

    monkeypatch.setattr(job.steps.ledger, "find", find)
    score = await job.compose()
    assert job.computed() == [False]
    assert await held_and_there(store, job, score)


async def test_a_step_that_goes_while_it_is_looked_up_is_computed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await begun(store)).compose()
    job = await begun(store)
    write = store.database.write
    removed: list[str] = []

    @asynccontextmanager
    async def after_the_removal() -> AsyncIterator[AsyncConnection]:
        monkeypatch.undo()
        removed.extend(await let_others_go(store, job))
        await store.remove(tuple(removed))
        async with write() as connection:
            yield connection

    monkeypatch.setattr(store.database, "write", after_the_removal)  # next is the lookup, which has read the answer
    score = await job.compose()
    assert score.audio.sha256 in removed
    assert job.computed() == [True]
    assert await held_and_there(store, job, score)


@pytest.mark.parametrize("moment", ["before it is removed", "after it was removed"])
async def test_a_file_that_is_just_being_removed_is_computed_and_stored_after_that(
    store: Store, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    old = await (await begun(store)).compose()
    job = await begun(store)
    names = await let_others_go(store, job)
    removing, asked, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    drop, put, note = store.blobs.drop, store.blobs.put, store.uses.note_file
    stored_after: list[bool] = []

    async def slow(artifact: Artifact) -> None:
        if moment == "after it was removed":
            await drop(artifact)
        removing.set()
        await go_on.wait()
        await drop(artifact)

    async def noted(*, holder: str, seller: str, sha256: str) -> None:
        asked.set()
        await note(holder=holder, seller=seller, sha256=sha256)

    async def stored(path: Path, media_type: str) -> Artifact:
        stored_after.append(go_on.is_set())
        return await put(path, media_type)

    monkeypatch.setattr(store.blobs, "drop", slow)
    monkeypatch.setattr(store.blobs, "put", stored)
    monkeypatch.setattr(store.uses, "note_file", noted)
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(store.remove(names))
        await removing.wait()
        composing = group.create_task(job.compose())
        await asked.wait()
        await some_reads(store)
        go_on.set()
    assert composing.result() == old
    assert stored_after == [True]  # only once nobody could remove it any more
    assert job.computed() == [True]
    assert await held_and_there(store, job, old)


async def test_a_name_left_by_somebody_who_died_keeps_nobody_waiting(store: Store) -> None:
    old = await (await begun(store)).compose()
    job = await begun(store)
    names = await let_others_go(store, job)  # and died
    await pass_days(store, 2 * LASTS / DAY)
    async with asyncio.timeout(30):
        assert await job.compose() == old
    await store.remove(names)  # the dead come back
    assert await held_and_there(store, job, old)


async def test_who_asks_for_a_step_waits_for_whoever_lets_go_of_it(store: Store) -> None:
    await (await begun(store)).compose()
    job = await begun(store)
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        async with store.database.write() as connection:
            await connection.run_sync(while_let_go)
            names = await connection.run_sync(lambda inner: let_go(inner, which=uses.c.holder != job.holder))
            composing = group.create_task(job.compose())
            await some_reads(store)
            assert job.computed() == []
        await store.remove(tuple(names))
    assert job.computed() == [True]
    assert await held_and_there(store, job, composing.result())


async def test_a_step_whose_file_is_leaving_is_not_found_even_where_another_answer_to_it_is_used(store: Store) -> None:
    first, second, third = [await begun(store) for _ in range(3)]
    for job, content in ((first, b"one"), (second, b"two")):  # computed by both at once: the first answer stays
        picture = await job.steps.blobs.put_bytes(content, "image/jpeg")
        take = Take(template="push", seed=1, thumbnail=picture).model_dump_json()
        answer = Settled(engine="e", notes=(), answer=take).model_dump_json()
        await job.steps.ledger.settle("shot", stage="shoot", engine="e", answer=answer, seconds=1.0)
    names = await store.uses.release(first.holder)
    assert hashlib.sha256(b"one").hexdigest() in names
    assert await third.steps.ledger.find("shot") is None
    await store.remove(names)


async def some_reads(store: Store) -> None:
    """Give others the time that some reads of the database take, one after another."""
    for _ in range(20):
        async with store.database.read() as connection:
            await connection.scalar(select(func.count()).select_from(uses))
