"""Orders that go wrong: what was bought is gone on with, and what was not is filmed here."""

from __future__ import annotations

import asyncio
import io
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from pipeline.engines.shots.local import LocalCamera
from pipeline.engines.shots.runway import RunwayCamera
from pipeline.model import Take
from pipeline.ports import Shoot
from pipeline.steps import Fallback
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.runway import Runway
from tests.fakes.vendors import KEY, Answer, failing, garbage
from tests.pipeline.cloud.ordering import Counter, a_shot, camera, produced


@pytest.fixture
async def shoot(blobs: FolderBlobs) -> Shoot:
    return await a_shot(blobs)


async def test_a_worker_killed_while_it_waits_is_not_charged_twice(
    shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Runway("RUNNING") as vendor:
        request = tmp_path / "request.json"
        request.write_text(shoot.model_dump_json())
        home = tmp_path / "home"
        command = [sys.executable, "-m", "tests.pipeline.cloud.filming"]
        arguments = [str(home), str(blobs.folder), vendor.address, str(request)]
        child = await asyncio.create_subprocess_exec(*command, *arguments)
        try:
            assert await asyncio.to_thread(vendor.looked.wait, 60)
        finally:
            child.kill()
            await child.wait()
        vendor.states = ["RUNNING", "SUCCEEDED"]
        again = await asyncio.create_subprocess_exec(*command, *arguments, stdout=asyncio.subprocess.PIPE)
        answer, _ = await asyncio.wait_for(again.communicate(), 120)
    assert Take.model_validate_json(answer).clip is not None
    assert len(vendor.orders) == 1


async def test_an_order_whose_answer_was_lost_is_not_placed_again(
    shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    ledger = MemoryLedger()
    with Runway() as vendor:
        engine = camera(vendor)
        key = Fallback((engine, LocalCamera())).key(shoot)
        await ledger.remember_task(key, engine.name, "placing")  # written by a worker that died in the middle of it
        take, record = await produced(shoot, engine, blobs, tmp_path, ledger)
    assert vendor.orders == []
    assert take.clip is None
    assert record.notes == (f"{engine.name}: vendor_answer_lost",)


@pytest.mark.parametrize("answer", [garbage, failing(200, {"id": "../../v1/organization"}), failing(200, [])])
async def test_an_order_answered_with_something_else_is_not_placed_again(
    answer: Answer, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Runway(order=answer) as vendor:
        _, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert len(vendor.calls) == 1
    assert record.notes == ("runway-gen4_turbo-1: vendor_answer_lost",)


async def test_being_stopped_while_ordering_loses_no_order(shoot: Shoot, tmp_path: Path) -> None:
    bench = Counter(tmp_path)
    reached, go = threading.Event(), threading.Event()

    def hesitate(_: object) -> None:
        reached.set()
        go.wait(30)

    with Runway("SUCCEEDED", order=hesitate) as vendor:
        work = asyncio.create_task(camera(vendor).run(shoot, bench))
        assert await asyncio.to_thread(reached.wait, 30)
        work.cancel()
        await asyncio.sleep(0)
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert bench.bought[-1] == vendor.tasks[0]
        take = await camera(vendor).run(shoot, bench)
    assert take.clip is not None
    assert len(vendor.orders) == 1


async def test_what_a_seller_cancels_is_cancelled_at_the_vendor(shoot: Shoot, tmp_path: Path) -> None:
    bench = Counter(tmp_path)
    with Runway("RUNNING") as vendor:
        work = asyncio.create_task(camera(vendor).run(shoot, bench))
        await asyncio.to_thread(vendor.looked.wait, 30)
        bench.given_up = True
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert vendor.cancelled == vendor.tasks[:1]


async def test_a_task_that_came_to_nothing_is_ordered_anew(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway("INTERNAL.BAD_OUTPUT.CODE01", "INTERNAL.BAD_OUTPUT.CODE01", "SUCCEEDED") as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (take.clip is not None, record.notes) == (True, ())
    assert len(vendor.orders) == 2  # the first one was not charged for


async def test_a_step_that_is_done_is_never_ordered_again(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    ledger = MemoryLedger()
    with Runway() as vendor:
        first, _ = await produced(shoot, camera(vendor), blobs, tmp_path, ledger)
        again, record = await produced(shoot, camera(vendor), blobs, tmp_path, ledger)
    assert again == first
    assert not record.computed
    assert len(vendor.orders) == 1


@pytest.mark.parametrize(
    ("answer", "note", "calls"),
    [
        (failing(429, {"error": "slow down"}, {"retry-after": "1"}), "unavailable", 2),
        (failing(500, {"error": "oops"}), "unavailable", 2),
        (failing(503, "nothing"), "unavailable", 2),
        (failing(401, {"error": f"Invalid key {KEY}"}), "vendor_key_rejected", 1),
        (failing(400, {"error": "Validation of body failed", "issues": []}), "vendor_rejected", 1),
        (failing(400, {"error": "You do not have enough credits to run this task."}), "vendor_quota_spent", 1),
        (failing(307, {}, {"location": "http://127.0.0.1:9/"}), "vendor_rejected", 1),
    ],
)  # fmt: skip
async def test_the_built_in_camera_stands_in(
    answer: Answer, note: str, calls: int, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path, log: io.StringIO
) -> None:
    with Runway(order=answer) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (record.engine, record.notes) == ("look-3", (f"runway-gen4_turbo-1: {note}",))
    assert take.clip is None
    assert len(vendor.calls) == calls
    assert KEY not in log.getvalue()
    assert "runway-gen4_turbo-1" in log.getvalue()


@pytest.mark.parametrize(
    ("state", "note"),
    [
        ("SAFETY.INPUT.IMAGE", "moderated"),
        ("INPUT_PREPROCESSING.SAFETY.TEXT", "moderated"),
        ("ASSET.INVALID", "vendor_rejected"),
        ("INTERNAL", "unavailable"),
        ("CANCELLED", "unavailable"),
    ],
)
async def test_what_ends_badly_is_filmed_here(
    state: str, note: str, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Runway("RUNNING", state) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert record.notes == (f"runway-gen4_turbo-1: {note}",)
    assert take.clip is None


async def test_a_task_that_runs_for_ever_is_cancelled_in_time(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway("RUNNING") as vendor:
        began = asyncio.get_running_loop().time()
        take, record = await produced(shoot, camera(vendor, limit=2.0), blobs, tmp_path)
        took = asyncio.get_running_loop().time() - began
    assert record.notes == ("runway-gen4_turbo-1: vendor_too_slow",)
    assert take.clip is None
    assert vendor.cancelled == vendor.tasks
    assert took < 2.0 + 5.0 + 10.0  # the built-in camera's work included


async def test_a_vendor_that_never_answers_is_left(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(hold, "127.0.0.1", 0) as server:
        address = "http://127.0.0.1:{1}".format(*server.sockets[0].getsockname())
        engine = RunwayCamera(SecretStr(KEY), model="gen4_turbo", address=address, limit=0.3, pause=0.01)
        take, record = await produced(shoot, engine, blobs, tmp_path)
    assert record.notes == ("runway-gen4_turbo-1: vendor_too_slow",)
    assert take.clip is None


async def test_a_stumble_while_waiting_is_no_failure(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    answers: list[Answer] = [failing(502, "x"), garbage, failing(429, {}, {"retry-after": "0"}), lambda _: None]

    def look(call: Any) -> web.Response | None:
        return answers.pop(0)(call) if answers else None

    with Runway("RUNNING", "RUNNING", "RUNNING", "RUNNING", "SUCCEEDED", look=look) as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (take.clip is not None, record.notes) == (True, ())
    assert len(vendor.orders) == 1


@pytest.mark.parametrize("answer", [garbage, failing(500, {}), failing(200, {"status": "DANCING"})])
async def test_a_vendor_that_says_nothing_of_use_is_left(
    answer: Answer, shoot: Shoot, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Runway(look=answer) as vendor:
        _, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert record.notes == ("runway-gen4_turbo-1: unavailable",)
    assert len(vendor.orders) == 1
