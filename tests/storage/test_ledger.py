"""Steps are remembered, paid tasks are never forgotten, and what a deleted job computes is not kept."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pipeline.errors import JobGone
from pipeline.model import Artifact, Take
from pipeline.steps import Settled
from storage.jobs import Lane
from storage.ledger import JobLedger
from storage.store import Store
from tests.fakes.orders import order


async def ledger_of(store: Store, seller: str = "seller") -> JobLedger:
    placed = await store.jobs.place(
        await order(store.blobs), chat="chat", seller=seller, lane=Lane.NORMAL, dedupe=uuid4().hex
    )
    return store.ledger(job=placed.job, seller=seller)


def answer(picture: Artifact) -> str:
    take = Take(template="push", seed=1, thumbnail=picture)
    return Settled(engine="e", notes=(), answer=take.model_dump_json()).model_dump_json()


async def test_a_step_is_found_once_it_is_settled(store: Store) -> None:
    ledger = await ledger_of(store)
    assert await ledger.find("key") is None
    await ledger.settle("key", stage="shoot", engine="e", answer='{"a": 1}', seconds=1.0)
    assert await ledger.find("key") == '{"a": 1}'
    assert await (await ledger_of(store, "another")).find("key") == '{"a": 1}'


async def test_the_first_answer_stays(store: Store) -> None:
    ledger = await ledger_of(store)
    await ledger.settle("key", stage="shoot", engine="e", answer="1", seconds=1.0)
    await ledger.settle("key", stage="shoot", engine="f", answer="2", seconds=1.0)
    assert await ledger.find("key") == "1"


async def test_a_forgotten_step_is_computed_anew(store: Store) -> None:
    ledger = await ledger_of(store)
    await ledger.settle("key", stage="shoot", engine="e", answer="1", seconds=1.0)
    await ledger.forget("key")
    assert await ledger.find("key") is None


async def test_a_paid_task_is_known_to_the_next_attempt(store: Store) -> None:
    ledger = await ledger_of(store)
    assert await ledger.task("key", "vendor") is None
    await ledger.remember_task("key", "vendor", "task-1")
    again = await ledger_of(store)
    assert await again.task("key", "vendor") == "task-1"
    assert await again.task("key", "other") is None
    await again.remember_task("key", "vendor", "task-2")
    assert await ledger.task("key", "vendor") == "task-2"


async def test_a_paid_task_is_known_as_long_as_somebody_goes_on_with_it(store: Store) -> None:
    mine, theirs = await ledger_of(store, "mine"), await ledger_of(store, "theirs")
    await mine.remember_task("key", "vendor", "task-1")
    assert await theirs.task("key", "vendor") == "task-1"
    await store.forget("mine")
    assert await theirs.task("key", "vendor") == "task-1"
    await store.forget("theirs")
    assert await (await ledger_of(store)).task("key", "vendor") is None


async def test_nothing_is_settled_for_a_deleted_job(store: Store) -> None:
    ledger = await ledger_of(store)
    await store.forget("seller")
    with pytest.raises(JobGone):
        await ledger.settle("key", stage="shoot", engine="e", answer="1", seconds=1.0)
    assert await (await ledger_of(store)).find("key") is None


async def test_files_of_a_step_belong_to_every_job_that_used_it(store: Store) -> None:
    picture = await store.blobs.put_bytes(b"a picture", "image/jpeg")
    mine, theirs = await ledger_of(store, "mine"), await ledger_of(store, "theirs")
    await mine.settle("key", stage="shoot", engine="e", answer=answer(picture), seconds=1.0)
    assert await theirs.find("key") is not None
    await store.forget("mine")
    assert await store.blobs.has(picture)
    assert await theirs.find("key") is not None
    await store.forget("theirs")
    assert not await store.blobs.has(picture)
    assert await (await ledger_of(store)).find("key") is None


async def test_of_two_who_claim_a_task_at_once_both_go_on_with_the_first(store: Store) -> None:
    one, other = await ledger_of(store), await ledger_of(store)
    assert await one.claim_task("key", "vendor", "task-1") == "task-1"
    assert await other.claim_task("key", "vendor", "task-2") == "task-1"
    assert await other.task("key", "vendor") == "task-1"


async def test_what_came_to_nothing_can_be_claimed_anew(store: Store) -> None:
    ledger = await ledger_of(store)
    await ledger.claim_task("key", "vendor", "task-1")
    await ledger.remember_task("key", "vendor", "")
    assert await ledger.claim_task("key", "vendor", "task-2") == "task-2"
