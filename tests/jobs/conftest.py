"""An installation for each test: a database, a queue server of its own, a client, quick engines."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from arq.connections import ArqRedis
from pydantic import SecretStr

from jobs.broker import queue_server
from jobs.client import Client, Lane, open_client
from jobs.config import JobSettings
from jobs.queue import queue_name
from jobs.redis import patient
from jobs.tasks import end
from jobs.worker import serve
from pipeline.model import Cancelled, Failed, Finished, JobEvent, Order
from pipeline.produce import Studio
from storage.config import StorageSettings
from storage.store import Store, open_store
from tests.fakes.engines import Rig, quick_studio
from tests.fakes.orders import order

ROOT = Path(__file__).resolve().parents[2]
LEASE = 2.0  # seconds; fifteen in life

_shades = iter(range(1_000_000))


@dataclass
class Installation:
    """One installation of FRAME with everything a test needs of it."""

    home: Path
    rig: Rig
    store: Store
    server: SecretStr
    client: Client
    redis: ArqRedis
    settings: JobSettings

    async def submit(
        self, *, seller: str = "a", dedupe: str | None = None, lane: Lane = Lane.NORMAL, what: Order | None = None
    ) -> str:
        """Place an order for a film of its own; its job."""
        shade = next(_shades)
        wanted = what or await order(self.store.blobs, shade=shade)
        placed = await self.client.submit(
            wanted, chat=f"chat:{seller}", seller=seller, lane=lane, dedupe=dedupe or str(shade)
        )
        return placed.job

    async def end(self, job: str, *, seconds: float = 60.0) -> JobEvent:
        """Follow a job to its end."""
        async with asyncio.timeout(seconds):
            events = [event async for event in self.client.follow(job)]
        assert isinstance(events[-1], Finished | Failed | Cancelled)
        return events[-1]

    async def queued(self, lane: Lane = Lane.NORMAL) -> int:
        """How many entries arq's queue has."""
        count: int = await self.redis.zcard(queue_name(lane))
        return count

    @asynccontextmanager
    async def worker(
        self, settings: JobSettings | None = None, *, studio: Studio | None = None
    ) -> AsyncIterator[asyncio.Event]:
        """A worker in this process; setting the event stops it gently."""
        stop = asyncio.Event()
        task = asyncio.create_task(
            serve(
                settings=settings or self.settings,
                store=self.store,
                studio=studio or quick_studio(self.rig),
                server=self.server,
                stop=stop,
                lease_seconds=LEASE,
            )
        )
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait({task}, timeout=20)
            await end(task)
            if not task.cancelled():
                task.result()

    async def start_process(self, **environment: str) -> asyncio.subprocess.Process:
        """A worker process, ready to work."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.fakes.worker",
            str(self.home),
            str(self.rig.folder),
            str(LEASE),
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert b"ready" in line
        return process


Process = asyncio.subprocess.Process
Start = Callable[..., Awaitable[Process]]


@asynccontextmanager
async def installed(
    home: Path, rig: Path, settings: JobSettings, *, database: SecretStr | None = None
) -> AsyncIterator[Installation]:
    """An installation in a folder, with a queue server of its own unless the settings name one."""
    async with (
        open_store(StorageSettings(frame_home=home, database_url=database), lease_seconds=LEASE) as store,
        queue_server(settings, home=store.settings.home) as server,
        open_client(store, settings, server=server) as client,
    ):
        redis = patient(server)
        yield Installation(home, Rig(rig), store, server, client, redis, settings)
        await redis.aclose()


Open = Callable[..., AbstractAsyncContextManager[Installation]]


@pytest.fixture
def open_installation(tmp_path: Path) -> Open:
    """Opens the test's installation with other settings than the usual."""

    def opened(**settings: object) -> AbstractAsyncContextManager[Installation]:
        (tmp_path / "rig").mkdir(exist_ok=True)
        chosen = JobSettings.model_validate({"workers": 1, "fast_workers": 1, "grace": 5.0} | settings)
        return installed(tmp_path / "home", tmp_path / "rig", chosen)

    return opened


@pytest.fixture
async def frame(open_installation: Open) -> AsyncIterator[Installation]:
    """The usual installation."""
    async with open_installation() as installation:
        yield installation


@pytest.fixture
async def start_worker(frame: Installation) -> AsyncIterator[Start]:
    """Starts worker processes; those that are left at the end are killed."""
    started: list[Process] = []

    async def start(**environment: str) -> Process:
        process = await frame.start_process(**environment)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        await process.communicate()
