"""The same work with PostgreSQL: several workers, one of them killed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from jobs.config import JobSettings
from pipeline.model import Cancelled, Finished
from tests.fakes import postgres
from tests.fakes.waiting import until
from tests.jobs.conftest import installed


async def test_jobs_are_shared_cancelled_and_taken_over(tmp_path: Path) -> None:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    rig = tmp_path / "rig"
    rig.mkdir()
    with postgres.server() as address:
        url = address.format(name="postgres")
        async with installed(tmp_path / "home", rig, JobSettings(workers=1), database=SecretStr(url)) as frame:
            gate = frame.rig.hold("cut")
            first = await frame.submit(seller="a")
            doomed = await frame.start_process(DATABASE_URL=url)
            await until(lambda: any(step.startswith("cut") for step in frame.rig.began()))
            doomed.kill()
            await doomed.communicate()
            async with frame.worker(), frame.worker():
                others = [await frame.submit(seller=seller) for seller in "bc"]
                last = await frame.submit(seller="d")
                assert await frame.client.cancel(last)
                assert await frame.end(last) == Cancelled()
                gate.unlink()
                ends = await asyncio.gather(*(frame.end(job) for job in (first, *others)))
            assert all(isinstance(end, Finished) for end in ends)
            assert await frame.store.jobs.tally() == (("cancelled", 1), ("done", 3))
            assert await frame.store.outbox.owed() == ()
