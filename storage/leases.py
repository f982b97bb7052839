"""Jobs as the workers see them: claimed for an attempt, held by a lease, ended once. The fence decides who may write.

Every attempt of a job has its own number, the fence. It grows whenever a job is put back, so that a worker which froze,
lost its lease and woke up again finds that its number is old, and changes nothing.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.errors import JobGone
from pipeline.model import Cancelled, Failed, Finished, Goal, JobEvent, Order, StepRecord, Value
from storage import films
from storage.clock import now
from storage.database import Database
from storage.history import keep_history
from storage.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, Lane, Ring, post
from storage.tables import jobs, outbox

_CRASHES = 3  # of workers, with no step finished between them: the job is what kills them


class Claim(Value):
    """An attempt that this worker may make."""

    job: str
    fence: int
    owner: str
    seller: str
    chat: str
    order: Order


class Hold(Enum):
    """How a lease stands."""

    HELD = "held"
    CANCELLED = "cancelled"  # the seller asks to stop
    LOST = "lost"  # somebody else has the job, or it was deleted


class Ended(Value):
    """A job that the sweep had to end or put back."""

    job: str
    event: Failed | Cancelled | None  # None: it waits for another attempt


class Leases:
    """The job rows, from the side of the workers. `seconds` is how long a lease lasts when it is not renewed."""

    def __init__(self, database: Database, *, seconds: float) -> None:
        self._database = database
        self._seconds = seconds

    async def claim(self, job: str, *, fence: int, owner: str) -> Claim | None:
        """Take an attempt. None when it is not to be had: taken, ended, put back under another number, deleted."""
        free = and_(jobs.c.id == job, jobs.c.fence == fence, jobs.c.state == WAITING)
        taken = {"state": RUNNING, "owner": owner, "lease_until": now() + self._seconds, "started_at": now()}
        async with self._database.write() as connection:
            returned = update(jobs).where(free).values(taken).returning(jobs.c.seller, jobs.c.chat, jobs.c.order_json)
            row = (await connection.execute(returned)).one_or_none()
            await connection.execute(delete(outbox).where(outbox.c.job == job, outbox.c.fence <= fence))
        if row is None:
            return None
        order = Order.model_validate_json(row.order_json)
        return Claim(job=job, fence=fence, owner=owner, seller=row.seller, chat=row.chat, order=order)

    async def look(self, claim: Claim) -> Hold:
        """How the lease stands, without renewing it."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(jobs.c.cancel).where(_mine(claim)))).one_or_none()
        if row is None:
            return Hold.LOST
        return Hold.CANCELLED if row.cancel else Hold.HELD

    async def renew(self, claim: Claim) -> Hold:
        """Make the lease last again from now."""
        longer = update(jobs).where(_mine(claim)).values(lease_until=now() + self._seconds).returning(jobs.c.cancel)
        async with self._database.write() as connection:
            row = (await connection.execute(longer)).one_or_none()
        if row is None:
            return Hold.LOST
        return Hold.CANCELLED if row.cancel else Hold.HELD

    async def note(self, claim: Claim, *, seq: int, event: JobEvent) -> None:
        """Keep the latest event, for those who look later.

        Raises:
            JobGone: the job is another's.
        """
        async with self._database.write() as connection:
            latest = {"seq": seq, "event_json": event.model_dump_json()}
            if (await connection.execute(update(jobs).where(_mine(claim)).values(latest))).rowcount == 0:
                raise JobGone(claim.job)

    async def end(
        self,
        claim: Claim,
        *,
        seq: int,
        event: Finished | Failed | Cancelled,
        records: tuple[StepRecord, ...],
    ) -> None:
        """End the job, once and for all, together with its history.

        Raises:
            JobGone: the job is another's; nothing was written.
        """
        state = {"finished": DONE, "failed": FAILED, "cancelled": CANCELLED}[event.kind]
        last = {"state": state, "seq": seq, "event_json": event.model_dump_json(), "finished_at": now()}
        async with self._database.write() as connection:
            if (await connection.execute(update(jobs).where(_mine(claim)).values(last))).rowcount == 0:
                raise JobGone(claim.job)
            await keep_history(connection, claim.job, records=records)
            if isinstance(event, Finished) and claim.order.goal is Goal.FILM:
                for film in event.films:
                    await films.add(connection, seller=claim.seller, job=claim.job, film=film, at=now())

    async def give_back(self, claim: Claim) -> Ring | None:
        """Put a job back because the worker is stopping; the next attempt goes on from the last finished step."""
        async with self._database.write() as connection:
            row = (await connection.execute(update(jobs).where(_mine(claim)).values(_again()).returning(jobs))).first()
            return None if row is None else await _ring(connection, row)

    async def expire(self) -> tuple[Ended, ...]:
        """Deal with jobs whose worker has died: another attempt, or the end when it was asked for or is no use."""
        lapsed = select(jobs).where(jobs.c.state == RUNNING, jobs.c.lease_until < now())
        async with self._database.write() as connection:
            rows = (await connection.execute(lapsed.with_for_update(skip_locked=True))).all()
            return tuple([await self._after_crash(connection, row) for row in rows])

    async def _after_crash(self, connection: AsyncConnection, row: Row[Any]) -> Ended:
        crashes = row.crashes + 1 if row.settled == row.settled_at_crash else 1
        event: Failed | Cancelled | None = None
        if row.cancel and row.goal != Goal.PUBLISH:  # whether a film was posted is found out by another attempt
            event = Cancelled()
        elif crashes >= _CRASHES:
            event = Failed(phrase="failed-crashed", reference=row.id[-8:])
        counted = {"crashes": crashes, "settled_at_crash": row.settled}
        if event is None:
            back = update(jobs).where(jobs.c.id == row.id).values(_again() | counted).returning(jobs)
            await _ring(connection, (await connection.execute(back)).one())
        else:
            state = CANCELLED if isinstance(event, Cancelled) else FAILED
            last = {"state": state, "seq": jobs.c.seq + 1, "event_json": event.model_dump_json(), "finished_at": now()}
            await connection.execute(update(jobs).where(jobs.c.id == row.id).values(_no_owner() | counted | last))
        return Ended(job=row.id, event=event)


class Outbox:
    """Rings that are owed, and jobs that wait for one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def owed(self, limit: int = 100) -> tuple[Ring, ...]:
        """Rings in the outbox, oldest first."""
        query = select(outbox).order_by(outbox.c.id).limit(limit)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Ring(job=row.job, fence=row.fence, lane=Lane(row.lane), score=row.score, outbox=row.id) for row in rows
        )

    async def rung(self, *rings: Ring) -> None:
        """These were rung."""
        numbers = [ring.outbox for ring in rings if ring.outbox is not None]
        if numbers:
            async with self._database.write() as connection:
                await connection.execute(delete(outbox).where(outbox.c.id.in_(numbers)))

    async def waiting(self, limit: int = 10_000) -> tuple[Ring, ...]:
        """Jobs that wait, in the order in which they are to start: each must be in the queue."""
        return await self._rings(WAITING, limit)

    async def running(self) -> tuple[Ring, ...]:
        """Attempts that are being made."""
        return await self._rings(RUNNING, 10_000)

    async def _rings(self, state: str, limit: int) -> tuple[Ring, ...]:
        query = (
            select(jobs.c.id, jobs.c.fence, jobs.c.lane, jobs.c.score)
            .where(jobs.c.state == state)
            .order_by(jobs.c.score, jobs.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Ring(job=job, fence=fence, lane=Lane(lane), score=score) for job, fence, lane, score in rows)


def _mine(claim: Claim) -> ColumnElement[bool]:
    return and_(
        jobs.c.id == claim.job, jobs.c.fence == claim.fence, jobs.c.owner == claim.owner, jobs.c.state == RUNNING
    )


def _no_owner() -> dict[str, Any]:
    return {"owner": None, "lease_until": None, "fence": jobs.c.fence + 1}


def _again() -> dict[str, Any]:
    return _no_owner() | {"state": WAITING}


async def _ring(connection: AsyncConnection, row: Row[Any]) -> Ring:
    return await post(connection, Ring(job=row.id, fence=row.fence, lane=Lane(row.lane), score=row.score))
