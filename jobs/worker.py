"""A worker process: arq's workers, the relay and the sweep, started and stopped together."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import structlog
from arq.worker import Worker, func
from pydantic import SecretStr

from jobs.broker import queue_server
from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.film import Filming
from jobs.queue import TASK, Queue, queue_name
from jobs.redis import QUEUE_ERRORS, from_json, hasty, patient, to_json
from jobs.relay import relay
from jobs.sweep import EVERY, Sweep
from jobs.tasks import end, kept
from pipeline.produce import Studio
from storage.config import StorageSettings
from storage.jobs import Lane
from storage.store import LEASE_SECONDS, Store, open_store

if TYPE_CHECKING:
    from arq.typing import WorkerCoroutine

log = structlog.get_logger()

_POLL = 0.1  # seconds between looks into the queue
_READ = 1000  # entries read at a look: entries that cannot start must not hide one that can
_RETRIES = 1_000_000  # attempts are counted in the database; arq must not give up on its own account
_CLOSE = 3.0  # seconds for parting from the queue server


async def run(
    studio: Studio,
    storage: StorageSettings,
    settings: JobSettings,
    *,
    say: Callable[[str], None],
    lease_seconds: float = LEASE_SECONDS,
) -> None:
    """Work until the process is told to stop (SIGTERM or Ctrl-C); told twice, it stops at once.

    Args:
        studio: makes the films.
        storage: where everything is kept.
        settings: of the queue.
        say: tells the operator something, a sentence at a time.
        lease_seconds: how long a job stays with a worker that is silent.
    """
    stop = asyncio.Event()
    task = asyncio.current_task()

    def told_to_stop() -> None:
        if stop.is_set() and task is not None:
            task.cancel()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop)
    async with (
        open_store(storage, lease_seconds=lease_seconds) as store,
        queue_server(settings, home=storage.home) as server,
    ):
        films = "one film" if settings.workers == 1 else f"{settings.workers} films"
        say(f"FRAME worker ready: {films} at a time, files in {storage.home}. Ctrl-C to stop.")
        await serve(
            settings=settings, store=store, studio=studio, server=server, stop=stop, lease_seconds=lease_seconds
        )
    say("FRAME worker stopped. Films that were not finished go on when a worker is started again.")


async def serve(
    *,
    settings: JobSettings,
    store: Store,
    studio: Studio,
    server: SecretStr,
    stop: asyncio.Event,
    lease_seconds: float = LEASE_SECONDS,
) -> None:
    """Work until `stop` is set; then let jobs go on for the grace time, and put back those that are not done."""
    hasty_redis = hasty(server)
    queue, announcer = Queue(hasty_redis), Announcer(hasty_redis)
    filming = Filming(
        owner=f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}",
        store=store,
        studio=studio,
        queue=queue,
        announcer=announcer,
        settings=settings,
        lease_seconds=lease_seconds,
    )
    sweep = Sweep(store, queue, announcer, every=min(EVERY, lease_seconds / 3))
    lanes = {Lane.NORMAL: settings.workers, Lane.FAST: settings.fast_workers}
    try:
        async with (
            kept(relay(store.outbox, queue)),
            kept(sweep.run()),
            asyncio.TaskGroup() as group,
        ):
            for lane, places in lanes.items():
                if places:
                    group.create_task(_work(lane, places, filming, server=server, stop=stop))
    finally:
        await hasty_redis.aclose()


async def _work(lane: Lane, places: int, filming: Filming, *, server: SecretStr, stop: asyncio.Event) -> None:
    """Run arq's worker for a lane, again and again should an outage of the queue server be too long for it."""
    stopping = asyncio.create_task(stop.wait())
    try:
        while not stop.is_set():
            worker = _worker(lane, places, filming, server=server)
            running = asyncio.create_task(worker.async_run())
            try:
                await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
                await _finish(worker, running, grace=filming.settings.grace if stop.is_set() else 0)
            finally:
                await _wind_up(worker, running)
            if not stop.is_set():
                log.warning("arq's worker ended; starting it again", lane=lane.value)
                await asyncio.wait({stopping}, timeout=1)
    finally:
        await end(stopping)


def _worker(lane: Lane, places: int, filming: Filming, *, server: SecretStr) -> Worker:
    timeout = filming.settings.job_timeout + 60  # ours comes first, and says so to the seller
    return Worker(
        functions=[func(cast("WorkerCoroutine", filming.film), name=TASK, timeout=timeout, max_tries=_RETRIES)],
        queue_name=queue_name(lane),
        redis_pool=patient(server),
        max_jobs=places,
        poll_delay=_POLL,
        queue_read_limit=_READ,
        keep_result=0,
        health_check_interval=5,
        health_check_key=f"{queue_name(lane)}:health:{filming.owner}",
        handle_signals=False,
        job_serializer=to_json,
        job_deserializer=from_json,
        log_results=False,
    )


async def _finish(worker: Worker, running: asyncio.Task[None], *, grace: float) -> None:
    """Take no more jobs, and give those in hand the grace time."""
    worker.allow_pick_jobs = False
    if worker.tasks and grace > 0 and not running.done():
        log.info("finishing the jobs in hand", jobs=len(worker.tasks), seconds=grace)
        await asyncio.wait(set(worker.tasks.values()), timeout=grace)


async def _wind_up(worker: Worker, running: asyncio.Task[None]) -> None:
    """Cancel the jobs still in hand, each of which puts itself back, and part from the queue server."""
    await end(running, *worker.tasks.values())
    if not running.cancelled() and (error := running.exception()) is not None:
        if not isinstance(error, QUEUE_ERRORS):
            raise error
        log.warning("queue server away", exc_info=error)
    with suppress(*QUEUE_ERRORS, TimeoutError):
        async with asyncio.timeout(_CLOSE):
            await worker.pool.delete(worker.health_check_key)
    await worker.pool.aclose()
