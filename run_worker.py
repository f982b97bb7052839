"""Start a worker: it makes the films that the bot takes orders for."""

from __future__ import annotations

import asyncio
import signal
import sys

import structlog
from pydantic import ValidationError

from jobs.broker import queue_server
from jobs.config import JobSettings
from jobs.logs import set_up_logs
from jobs.worker import serve
from pipeline.config import StudioSettings
from pipeline.errors import FrameError
from pipeline.studio import build
from storage.config import StorageSettings
from storage.store import open_store

log = structlog.get_logger()


async def run(studio: StudioSettings, storage: StorageSettings, jobs: JobSettings) -> None:
    """Work until the process is told to stop (SIGTERM or Ctrl-C); a second time stops at once."""
    stop = asyncio.Event()
    task = asyncio.current_task()

    def told_to_stop() -> None:
        if stop.is_set() and task is not None:
            task.cancel()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop)
    async with open_store(storage) as store, queue_server(jobs, home=storage.home) as server:
        say(f"FRAME worker ready: {jobs.workers} film(s) at once, files in {storage.home}. Ctrl-C to stop.")
        await serve(settings=jobs, store=store, studio=build(studio), server=server, stop=stop)
    say("FRAME worker stopped; unfinished films go on when a worker is started again.")


def say(sentence: str) -> None:
    """Tell the operator something."""
    sys.stderr.write(sentence + "\n")


def main() -> int:
    """Read the settings and run; 0 after a clean stop, 1 with a sentence about what is wrong."""
    try:
        studio, storage, jobs = StudioSettings(), StorageSettings(), JobSettings()
    except ValidationError as error:
        names = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors())
        say(f"These settings cannot be understood: {names}. See docs/settings.md.")
        return 1
    set_up_logs(secrets=(storage.database_url, storage.blobs_url, jobs.redis_url))
    try:
        asyncio.run(run(studio, storage, jobs))
    except asyncio.CancelledError:
        return 1
    except FrameError as error:
        log.debug("worker not started", exc_info=True)
        say(f"The worker cannot run. {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
