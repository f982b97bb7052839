"""Steps are done once, engines stand in for one another, paid work is remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from pipeline.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable
from pipeline.model import Artifact, Value
from pipeline.ports import Bench, Request
from pipeline.steps import Fallback, Patience, Settled, Steps, artifacts
from tests.fakes.memory import FolderBlobs, MemoryLedger


class Painted(Value):
    picture: Artifact
    by: str


class Paint(Request):
    stage: ClassVar[str] = "paint"
    answer: ClassVar[type[Value]] = Painted
    motif: str


class Painter:
    """Paints a file, or first does whatever the test wants to go wrong."""

    def __init__(self, name: str, *troubles: EngineError) -> None:
        self.name = name
        self.troubles = list(troubles)
        self.runs = 0
        self.scratches: list[Path] = []
        self.before: Callable[[Bench], object] | None = None

    async def run(self, request: Paint, bench: Bench) -> Painted:
        self.runs += 1
        self.scratches.append(bench.scratch)
        await asyncio.sleep(0)
        if self.troubles:
            raise self.troubles.pop(0)
        path = bench.scratch / "picture"
        path.write_text(f"{request.motif} by {self.name}")
        return Painted(picture=await bench.keep(path, "text/plain"), by=self.name)


class Waits:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    blobs = tmp_path / "blobs"
    blobs.mkdir()
    return Steps(MemoryLedger(), FolderBlobs(blobs), tmp_path / "scratch")


def chain(waits: Waits, *painters: Painter) -> Fallback[Paint, Painted]:
    return Fallback(painters, Patience(sleep=waits))


async def test_an_equal_request_is_answered_from_the_ledger(steps: Steps, waits: Waits) -> None:
    painter = Painter("oil-1")
    first = await steps.once(chain(waits, painter), Paint(motif="mug"))
    again = await steps.once(chain(waits, painter), Paint(motif="mug"))
    assert again == first
    assert painter.runs == 1
    assert [record.computed for record in steps.records] == [True, False]


async def test_another_request_is_another_step(steps: Steps, waits: Waits) -> None:
    painter = Painter("oil-1")
    await steps.once(chain(waits, painter), Paint(motif="mug"))
    await steps.once(chain(waits, painter), Paint(motif="bottle"))
    assert painter.runs == 2


async def test_a_new_engine_in_the_chain_makes_new_steps(steps: Steps, waits: Waits) -> None:
    local, cloud = Painter("local-1"), Painter("cloud-1")
    await steps.once(chain(waits, local), Paint(motif="mug"))
    answer = await steps.once(chain(waits, cloud, local), Paint(motif="mug"))
    assert answer.by == "cloud-1"


async def test_a_missing_file_is_a_miss(steps: Steps, waits: Waits) -> None:
    painter = Painter("oil-1")
    first = await steps.once(chain(waits, painter), Paint(motif="mug"))
    await steps.blobs.drop(first.picture)
    again = await steps.once(chain(waits, painter), Paint(motif="mug"))
    assert painter.runs == 2
    assert await steps.blobs.has(again.picture)


async def test_an_answer_that_another_version_wrote_is_a_miss(tmp_path: Path, waits: Waits) -> None:
    ledger, blobs, painter = MemoryLedger(), FolderBlobs(tmp_path), Painter("oil-1")
    steps, studio, request = Steps(ledger, blobs, tmp_path / "scratch"), chain(waits, painter), Paint(motif="mug")
    ledger.answers[studio.key(request)] = Settled(engine="oil-1", notes=(), answer='{"canvas": 1}').model_dump_json()
    answer = await steps.once(studio, request)
    assert await steps.once(studio, request) == answer
    assert painter.runs == 1


async def test_equal_requests_at_once_are_computed_once(steps: Steps, waits: Waits) -> None:
    painter = Painter("oil-1")
    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(steps.once(chain(waits, painter), Paint(motif="mug")))
    assert painter.runs == 1
    assert sum(record.computed for record in steps.records) == 1


async def test_an_engine_that_is_away_is_asked_again(steps: Steps, waits: Waits) -> None:
    painter = Painter("cloud-1", EngineUnavailable("down"), EngineBusy("later", retry_after=7.0))
    answer = await steps.once(chain(waits, painter), Paint(motif="mug"))
    assert answer.by == "cloud-1"
    assert painter.runs == 3
    assert waits.seconds[1] == 7.0


async def test_the_next_engine_serves_when_one_stays_away_and_the_reason_is_kept(steps: Steps, waits: Waits) -> None:
    cloud = Painter("cloud-1", *[EngineUnavailable("down")] * 3)
    answer = await steps.once(chain(waits, cloud, Painter("local-1")), Paint(motif="mug"))
    assert answer.by == "local-1"
    assert steps.records[-1].engine == "local-1"
    assert steps.records[-1].notes == ("cloud-1: unavailable",)


async def test_a_refusal_is_not_asked_again(steps: Steps, waits: Waits) -> None:
    cloud = Painter("cloud-1", EngineRefused("no", reason="moderated"))
    await steps.once(chain(waits, cloud, Painter("local-1")), Paint(motif="mug"))
    assert cloud.runs == 1
    assert waits.seconds == []
    assert steps.records[-1].notes == ("cloud-1: moderated",)


async def test_why_an_engine_was_passed_over_is_known_on_reuse_too(steps: Steps, waits: Waits) -> None:
    cloud, local = Painter("cloud-1", EngineRefused("no", reason="moderated")), Painter("local-1")
    await steps.once(chain(waits, cloud, local), Paint(motif="mug"))
    await steps.once(chain(waits, cloud, local), Paint(motif="mug"))
    assert steps.records[-1].computed is False
    assert steps.records[-1].notes == ("cloud-1: moderated",)


async def test_when_nobody_can_the_last_error_is_raised(steps: Steps, waits: Waits) -> None:
    with pytest.raises(EngineRefused):
        await steps.once(chain(waits, Painter("cloud-1", EngineRefused("no"))), Paint(motif="mug"))


async def test_a_bug_is_not_a_fallback(steps: Steps, waits: Waits) -> None:
    class Broken(Painter):
        async def run(self, request: Paint, bench: Bench) -> Painted:
            raise ZeroDivisionError

    local = Painter("local-1")
    with pytest.raises(ZeroDivisionError):
        await steps.once(chain(waits, Broken("cloud-1"), local), Paint(motif="mug"))
    assert local.runs == 0


async def test_scratch_folders_are_removed_even_after_a_failure(steps: Steps, waits: Waits) -> None:
    painter = Painter("cloud-1", EngineUnavailable("down"))
    await steps.once(chain(waits, painter), Paint(motif="mug"))
    assert len(set(painter.scratches)) == 2
    assert not any(scratch.exists() for scratch in painter.scratches)


async def test_a_vendor_task_is_remembered_for_the_next_try_of_the_same_step(steps: Steps, waits: Waits) -> None:
    class Vendor(Painter):
        submitted = 0

        async def run(self, request: Paint, bench: Bench) -> Painted:
            if await bench.task() is None:
                Vendor.submitted += 1
                await bench.remember("task-1")
            return await super().run(request, bench)

    dying = Vendor("cloud-1", EngineRefused("worker died here"))
    with pytest.raises(EngineRefused):
        await steps.once(chain(waits, dying), Paint(motif="mug"))
    await steps.once(chain(waits, Vendor("cloud-1")), Paint(motif="mug"))
    assert Vendor.submitted == 1


def test_artifacts_are_found_however_deep() -> None:
    class Nested(Value):
        pairs: tuple[tuple[Painted, int], ...]

    picture = Artifact(sha256="a", media_type="b")
    nested = Nested(pairs=((Painted(picture=picture, by="x"), 1),))
    assert list(artifacts(nested)) == [picture]
