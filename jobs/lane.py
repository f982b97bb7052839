"""One lane's arq worker, kept going through every outage of the queue server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import structlog
from arq.worker import Worker, func
from pydantic import SecretStr

from jobs.film import Filming
from jobs.queue import TASK, health_key, queue_name
from jobs.redis import QUEUE_ERRORS, from_json, patient, to_json
from jobs.tasks import end
from storage.jobs import Lane

if TYPE_CHECKING:
    from arq.typing import WorkerCoroutine

log = structlog.get_logger()

_POLL = 0.1  # seconds between looks into the queue
_READ = 1000  # entries read at a look: entries that cannot start must not hide one that can
_RETRIES = 1_000_000  # attempts are counted in the database; arq must not give up on its own account
_PAUSE = 1.0  # seconds before another try to reach the queue server
_PUT_BACK = 30.0  # seconds for jobs to stop and to put themselves back
_CLOSE = 3.0  # seconds for parting from it


class LaneWorker:
    """Takes jobs from one lane, `places` at a time.

    arq's worker ends when the queue server is away for longer than its connection is patient. Its jobs need no queue
    server: they go on, and the arq worker that takes its place has so many places less until they are done.
    """

    def __init__(self, lane: Lane, places: int, filming: Filming, *, server: SecretStr) -> None:
        self._lane = lane
        self._places = places
        self._filming = filming
        self._server = server
        self._workers: list[Worker] = []  # the last one takes jobs; those before it only finish theirs

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; then give the jobs in hand the grace time, and have the rest put themselves back."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                await self._take_jobs(stopping)
                await self._part_from_idle()
                await asyncio.wait({stopping}, timeout=_PAUSE)
            await self._finish()
        finally:
            await end(stopping)
            await end(*self._in_hand(), patience=_PUT_BACK)
            await self._part_from_idle()

    async def _take_jobs(self, stopping: asyncio.Task[Any]) -> None:
        """Run a new arq worker until it ends or is not wanted any more."""
        worker = self._worker()
        for task in self._in_hand():
            worker.max_jobs -= 1
            task.add_done_callback(lambda _: _add_place(worker))
        self._workers.append(worker)
        running = asyncio.create_task(worker.async_run())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end(running)
        if running.cancelled():
            return
        error = running.exception()
        if not isinstance(error, QUEUE_ERRORS):
            running.result()
        log.warning("queue server away; trying again", lane=self._lane.value, error=repr(error))

    async def _finish(self) -> None:
        jobs = self._in_hand()
        if jobs:
            log.info("finishing the jobs in hand", jobs=len(jobs), seconds=self._filming.settings.grace)
            await asyncio.wait(jobs, timeout=self._filming.settings.grace)

    async def _part_from_idle(self) -> None:
        """Close the connections of arq workers that have no job in hand."""
        idle = [worker for worker in self._workers if all(task.done() for task in worker.tasks.values())]
        for worker in idle:
            self._workers.remove(worker)
            for task in worker.tasks.values():
                if not task.cancelled() and (error := task.exception()) is not None:
                    log.debug("arq could not be told of an end", error=repr(error))
            with suppress(*QUEUE_ERRORS, TimeoutError):
                async with asyncio.timeout(_CLOSE):
                    await worker.pool.delete(worker.health_check_key)
            await worker.pool.aclose()

    def _in_hand(self) -> set[asyncio.Task[Any]]:
        return {task for worker in self._workers for task in worker.tasks.values() if not task.done()}

    def _worker(self) -> Worker:
        timeout = self._filming.settings.job_timeout + 60  # ours comes first, and says so to the seller
        film = cast("WorkerCoroutine", self._filming.film)
        return Worker(
            functions=[func(film, name=TASK, timeout=timeout, max_tries=_RETRIES)],
            queue_name=queue_name(self._lane),
            redis_pool=patient(self._server),
            max_jobs=self._places,
            poll_delay=_POLL,
            queue_read_limit=_READ,
            keep_result=0,
            health_check_interval=5,
            health_check_key=health_key(self._lane, self._filming.owner),
            handle_signals=False,
            job_serializer=to_json,
            job_deserializer=from_json,
            log_results=False,
        )


def _add_place(worker: Worker) -> None:
    worker.max_jobs += 1
