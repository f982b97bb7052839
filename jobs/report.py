"""Progress of one attempt, on its way from the production to the seller."""

from __future__ import annotations

import asyncio
import time
from collections import deque

import structlog

from jobs.events import Announcer
from pipeline.errors import JobGone, StorageError
from pipeline.model import Progress, Progressed
from storage.jobs import Look
from storage.leases import Claim, Leases

log = structlog.get_logger()

_EVENTS_PER_ATTEMPT = 1_000_000  # events of a later attempt have greater numbers
_NOTE = 1.0  # seconds between writes of the latest state to the database


class Report:
    """Takes progress as fast as it comes; tells the followers at once, the database once a second."""

    def __init__(self, claim: Claim, *, leases: Leases, announcer: Announcer, usual: float | None) -> None:
        self._claim = claim
        self._leases = leases
        self._announcer = announcer
        self._usual = usual
        self._began = time.monotonic()
        self._seq = claim.fence * _EVENTS_PER_ATTEMPT
        self._noted = -_NOTE
        self._pending: deque[Progress] = deque()
        self._arrived = asyncio.Event()
        self._closed = False

    def watch(self, progress: Progress) -> None:
        """Called by the production, from the event loop."""
        if self._pending and self._pending[-1].picture is None:
            self._pending.pop()  # nobody has seen it yet and it shows nothing of its own
        self._pending.append(progress)
        self._arrived.set()

    def next_number(self) -> int:
        """The number of the event after the last one."""
        self._seq += 1
        return self._seq

    def close(self) -> None:
        """There will be no more progress: `run` passes on what is left and returns."""
        self._closed = True
        self._arrived.set()

    async def run(self) -> None:
        """Pass progress on."""
        while not (self._closed and not self._pending):
            await self._arrived.wait()
            self._arrived.clear()
            while self._pending:
                await self._pass_on(self._pending.popleft())

    async def _pass_on(self, progress: Progress) -> None:
        left = seconds_left(progress.fraction, spent=time.monotonic() - self._began, usual=self._usual)
        look = Look(seq=self.next_number(), event=Progressed(progress=progress, seconds_left=left))
        await self._announcer.tell(self._claim.job, look)
        if time.monotonic() - self._noted < _NOTE:
            return
        self._noted = time.monotonic()
        try:
            await self._leases.note(self._claim, seq=look.seq, event=look.event)
        except (JobGone, StorageError):
            log.debug("progress not noted", job=self._claim.job)  # the lease's watch deals with it


def seconds_left(fraction: float, *, spent: float, usual: float | None) -> float | None:
    """Seconds to the end of a job.

    At first what like jobs took counts, later what this one has shown of its own pace. Without either: None.
    """
    paced = spent * (1 - fraction) / fraction if fraction >= 0.1 else None
    if usual is None:
        return None if paced is None else round(paced, 1)
    remembered = usual * (1 - fraction)
    if paced is None:
        return round(remembered, 1)
    return round((1 - fraction) * remembered + fraction * paced, 1)
