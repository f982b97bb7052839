"""The housekeeper: puts right what a dead worker, a wiped queue or a deleted seller left behind."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import structlog

from jobs.events import Announcer
from jobs.queue import Queue, ring_id
from jobs.redis import QUEUE_ERRORS
from pipeline.errors import JobGone, StorageError
from storage.jobs import Lane, Ring
from storage.store import Store

log = structlog.get_logger()

EVERY = 3.0  # seconds between rounds
_TIDY = 10  # rounds from one tidying to the next: nobody waits for it
_ANSWER = 30.0  # seconds one round may take
_INBOX_DAYS = 3.0  # chats repeat an update for a day at most


@dataclass
class Sweep:
    """One round compares the queue with the database, and the database wins."""

    store: Store
    queue: Queue
    announcer: Announcer
    every: float = EVERY
    _begun_before: frozenset[Ring] = field(default_factory=frozenset)

    async def run(self) -> None:
        """A round every few seconds, until cancelled."""
        for number in count():
            for part in (self.end_leases, self.mend_queue, *((self.tidy,) if number % _TIDY == 0 else ())):
                try:
                    async with asyncio.timeout(_ANSWER):
                        await part()
                except (StorageError, TimeoutError, *QUEUE_ERRORS):
                    log.debug("sweep not done; trying again", part=part.__name__, exc_info=True)
            await asyncio.sleep(self.every)

    async def end_leases(self) -> None:
        """Jobs whose worker died wait again, or end."""
        for ended in await self.store.leases.expire():
            log.warning("a worker died over a job", job=ended.job, waits_again=ended.event is None)
            try:
                await self.announcer.tell(ended.job, await self.store.jobs.look(ended.job))
            except JobGone:
                continue

    async def mend_queue(self) -> None:
        """Every job that waits is in the queue, and nothing else is."""
        # The queue is read before the database, so that nothing in it is newer than what the database is asked for.
        queued = [(lane, await self.queue.members(lane)) for lane in Lane]
        waiting = await self.store.outbox.waiting()
        alive = {ring_id(ring) for ring in waiting} | await self._running()
        for lane, members in queued:
            await self.queue.silence(lane, *(member for member in members if member not in alive))
        missing, begun = await self.queue.unheard(waiting)
        # Begun by arq, claimed by nobody: at first that is a worker about to claim it, after a whole round a dead one.
        stuck = [ring for ring in begun if ring in self._begun_before]
        self._begun_before = frozenset(begun)
        for ring in (*missing, *stuck):
            log.warning("a waiting job was not in the queue", job=ring.job)
            await self.queue.ring_afresh(ring)

    async def tidy(self) -> None:
        """Remove what deleted jobs, dead attempts and old updates left."""
        for holder in await self.store.uses.abandoned():
            await self.store.remove(await self.store.uses.release(holder))
        await self.store.inbox.prune(days=_INBOX_DAYS)
        folders = await asyncio.to_thread(_folders, self.store.settings.home / "scratch")
        running = {arq_id.replace(":", "-") for arq_id in await self._running()}  # asked after: none is newer
        for folder in folders:
            if folder.name not in running:
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _running(self) -> set[str]:
        return {ring_id(ring) for ring in await self.store.outbox.running()}


def _folders(folder: Path) -> list[Path]:
    return list(folder.glob("*"))
