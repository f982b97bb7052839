"""The one arq task: an attempt at a job, from its claim to its end."""

from __future__ import annotations

import asyncio
import errno
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import structlog

from jobs.config import JobSettings
from jobs.events import Announcer
from jobs.lease import watch
from jobs.queue import Queue, fence_of
from jobs.redis import QUEUE_ERRORS
from jobs.report import Report
from jobs.retention import Retention
from jobs.tasks import end
from pipeline.errors import (
    BadPhoto,
    EngineError,
    EngineRefused,
    JobGone,
    LimitReached,
    MaybePosted,
    MediaError,
    NeedsLogin,
    PublishError,
    Rejected,
    StillProcessing,
    StorageError,
    cause,
)
from pipeline.model import Cancelled, Failed, Finished, Goal
from pipeline.produce import Studio, make
from pipeline.steps import Flights, Steps
from storage.jobs import Look
from storage.leases import Claim, Hold
from storage.store import LEASE_SECONDS, Store

log = structlog.get_logger()

_TELL = 3.0  # seconds for the last progress to be told
_STOP = 10.0  # seconds that work has to stop once it is told to

Work: TypeAlias = "asyncio.Task[Finished]"


@dataclass(frozen=True)
class Filming:
    """What a worker needs to work: it is the same for all its jobs."""

    owner: str  # names this worker process
    store: Store
    studio: Studio
    queue: Queue
    announcer: Announcer
    settings: JobSettings
    retention: Retention
    lease_seconds: float = LEASE_SECONDS
    flights: Flights = field(default_factory=Flights)

    async def film(self, context: dict[str, Any], job: str) -> None:
        """Make what a job asks for, if this attempt is still to be made. Called by arq."""
        claim = await self.store.leases.claim(job, fence=fence_of(context["job_id"]), owner=self.owner)
        if claim is None:
            log.debug("nothing to do", ring=context["job_id"])
            return
        with structlog.contextvars.bound_contextvars(job=job, chat=claim.chat, attempt=claim.fence):
            log.info("job begun", goal=claim.order.goal.value)
            await self._attempt(claim)

    async def _attempt(self, claim: Claim) -> None:
        usual = await self.store.history.seconds(claim.order)
        report = Report(claim, leases=self.store.leases, announcer=self.announcer, usual=usual)
        scratch = self.store.settings.home / "scratch" / f"{claim.job}-{claim.fence}"
        steps = Steps(
            ledger=self.store.ledger(job=claim.job, seller=claim.seller),
            blobs=self.store.job_blobs(job=claim.job, seller=claim.seller),
            scratch=scratch,
            flights=self.flights,
            logins=self.store.logins,
        )
        telling = asyncio.create_task(report.run())
        guard = asyncio.create_task(watch(self.store.leases, claim, seconds=self.lease_seconds))
        work = asyncio.create_task(self._make(claim, steps, report))
        try:
            await asyncio.wait({guard, work}, return_when=asyncio.FIRST_COMPLETED)
            steps.given_up = _cancelled_by_seller(guard)
            await _stopped(work)
        except asyncio.CancelledError:  # this worker is stopping: another goes on from the last finished step
            await _stopped(work)
            await self._give_back(claim)
            raise
        finally:
            report.close()
            await asyncio.wait({telling}, timeout=_TELL)
            await end(telling, guard)
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)
        hold = guard.result() if not guard.cancelled() else Hold.HELD
        await self._conclude(claim, work, hold, steps=steps, report=report)

    async def _make(self, claim: Claim, steps: Steps, report: Report) -> Finished:
        await self._need_space()
        steps.scratch.mkdir(parents=True, exist_ok=True)
        async with asyncio.timeout(self.settings.job_timeout):
            return await make(claim.order, studio=self.studio, steps=steps, watch=report.watch)

    async def _need_space(self) -> None:
        """No job is begun that the disk has no space for; when there is too little, some is made first."""
        if not await asyncio.to_thread(self.retention.enough):
            with suppress(StorageError):
                await self.retention.make_room()
            if not await asyncio.to_thread(self.retention.enough):
                raise OSError(errno.ENOSPC, "less space than a film needs")

    async def _conclude(self, claim: Claim, work: Work, hold: Hold, *, steps: Steps, report: Report) -> None:
        event = _outcome(claim, work, hold)
        if event is None:
            await self._clean_up_after(claim)
            return
        look = Look(seq=report.next_number(), event=event)
        try:
            await self.store.leases.end(claim, seq=look.seq, event=event, records=tuple(steps.records))
        except JobGone:
            await self._clean_up_after(claim)
        except StorageError:
            # The lease runs out, and another attempt finds every step done.
            log.error("the end of the job could not be written", exc_info=True)
        else:
            log.info("job ended", how=event.kind)
            await self.announcer.tell(claim.job, look)

    async def _give_back(self, claim: Claim) -> None:
        try:
            ring = await self.store.leases.give_back(claim)
            if ring is not None:
                async with asyncio.timeout(2):
                    await self.queue.ring(ring)
                await self.store.outbox.rung(ring)
        except (StorageError, TimeoutError, *QUEUE_ERRORS):
            log.warning("job not given back; its lease runs out by itself", exc_info=True)
        else:
            log.info("job given back")

    async def _clean_up_after(self, claim: Claim) -> None:
        """The job is another's, or was deleted with its seller: then nothing of it may stay."""
        try:
            await self.store.jobs.look(claim.job)
        except JobGone:
            await self.store.remove(await self.store.uses.release(f"job:{claim.job}"))
            log.info("job deleted while it ran; its files are removed")
        else:
            log.warning("job lost to another worker")


def _cancelled_by_seller(guard: asyncio.Task[Hold]) -> bool:
    if not guard.done() or guard.cancelled() or guard.exception() is not None:
        return False
    return guard.result() is Hold.CANCELLED


async def _stopped(work: Work) -> None:
    """Wait for work to stop; a thread that does not listen is left behind."""
    work.cancel()
    _, deaf = await asyncio.wait({work}, timeout=_STOP)
    if deaf:
        log.warning("work goes on although it was told to stop")


def _outcome(claim: Claim, work: Work, hold: Hold) -> Finished | Failed | Cancelled | None:
    """How an attempt ended; None when the job is not ours to end."""
    error = work.exception() if work.done() and not work.cancelled() else None
    if work.done() and not work.cancelled() and error is None:
        return work.result()
    told = error is not None and isinstance(cause(error), PublishError)  # what cannot be taken back is told
    if hold is Hold.CANCELLED and not told:
        if error is not None:
            log.warning("work failed while it was stopped", exc_info=error)
        return Cancelled()
    return None if error is None or isinstance(cause(error), JobGone) else _failure(claim, error)


def _failure(claim: Claim, error: BaseException) -> Failed:
    reference = claim.job[-8:]
    log.error("job failed", reference=reference, exc_info=error)
    reason = cause(error)
    phrase = failure_phrase(reason)
    if claim.order.goal is Goal.PUBLISH:
        phrase = _OF_A_POST.get(phrase, phrase)
    retry_in = reason.retry_after if isinstance(reason, LimitReached) else None
    return Failed(phrase=phrase, reference=reference, retry_in=retry_in)


def failure_phrase(error: BaseException) -> str:
    """The phrase that tells a seller why there is no film, or no post of it."""
    root = error
    while root.__cause__ is not None and isinstance(root, StorageError):
        root = root.__cause__
    if isinstance(root, OSError) and root.errno == errno.ENOSPC:
        return "failed-disk-full"
    if isinstance(error, NeedsLogin):
        return f"failed-login-{error.network}"
    if isinstance(error, Rejected):
        return f"failed-rejected-{error.reason}"
    for kind, phrase in _PHRASES:
        if isinstance(error, kind):
            return phrase
    return "failed-bug"


_PHRASES: tuple[tuple[type[BaseException], str], ...] = (
    (LimitReached, "failed-post-limit"),
    (StillProcessing, "failed-post-processing"),
    (MaybePosted, "failed-post-unknown"),
    (EngineRefused, "failed-refused"),
    (EngineError, "failed-engine"),
    (BadPhoto, "failed-photo"),
    (MediaError, "failed-media"),
    (StorageError, "failed-storage"),
    (TimeoutError, "failed-too-long"),
)


_OF_A_POST = {  # nothing is made then, so some things are to be said otherwise
    "failed-engine": "failed-post-away",
    "failed-refused": "failed-post-away",
    "failed-too-long": "failed-post-processing",
    "failed-storage": "failed-post-file",
}
