"""A worker process: arq's workers, the relay, the sweep and the retention, started and stopped together."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from uuid import uuid4

from pydantic import SecretStr

from jobs.broker import queue_server
from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.film import Filming
from jobs.lane import LaneWorker
from jobs.queue import Queue
from jobs.redis import hasty
from jobs.relay import relay
from jobs.retention import Retention
from jobs.sweep import EVERY, Sweep
from jobs.tasks import kept
from pipeline.produce import Studio
from storage.config import StorageSettings
from storage.jobs import Lane
from storage.store import LEASE_SECONDS, Store, open_store


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
    retention = Retention(store, settings.min_free_mb)
    filming = Filming(
        owner=f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}",
        store=store,
        studio=studio,
        queue=queue,
        announcer=announcer,
        settings=settings,
        retention=retention,
        lease_seconds=lease_seconds,
    )
    sweep = Sweep(store, queue, announcer, every=min(EVERY, lease_seconds / 3))
    lanes = {Lane.NORMAL: settings.workers, Lane.FAST: settings.fast_workers, Lane.POST: settings.post_workers}
    try:
        async with (
            kept(relay(store.outbox, queue)),
            kept(sweep.run()),
            kept(retention.run()),
            asyncio.TaskGroup() as group,
        ):
            for lane, places in lanes.items():
                if places:
                    group.create_task(LaneWorker(lane, places, filming, server=server).run(stop))
    finally:
        await hasty_redis.aclose()
