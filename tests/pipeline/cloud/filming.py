"""A worker that films one shot with what is kept on disk, for tests to kill."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from jobs.logs import set_up_logs
from pipeline.engines.shots.runway import RunwayCamera
from pipeline.ports import Shoot
from pipeline.steps import Fallback, Steps
from storage.config import StorageSettings
from storage.ledger import JobLedger
from storage.store import open_store
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.vendors import KEY


class PaidLedger(MemoryLedger):
    """Forgets what is finished, but not what was paid for."""

    def __init__(self, lasting: JobLedger) -> None:
        super().__init__()
        self._lasting = lasting

    async def task(self, key: str, engine: str) -> str | None:
        return await self._lasting.task(key, engine)

    async def remember_task(self, key: str, engine: str, task: str) -> None:
        await self._lasting.remember_task(key, engine, task)


async def main(home: Path, blobs: Path, address: str, request: Path) -> None:
    """Film a shot and print its take."""
    set_up_logs()  # to the error output: the other one is for the take
    shoot = Shoot.model_validate_json(request.read_text())
    camera = RunwayCamera(SecretStr(KEY), model="gen4_turbo", address=address, pause=0.05)
    async with open_store(StorageSettings(frame_home=home)) as store:
        ledger = PaidLedger(store.ledger(job="a job", seller="a seller"))
        steps = Steps(ledger, FolderBlobs(blobs), home / "scratch")
        take = await steps.once(Fallback((camera,)), shoot)
    sys.stdout.write(take.model_dump_json())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])))
