"""Jobs as the chats see them: placed once, looked at, cancelled, counted. The rows are the truth; queues only ring."""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.errors import JobGone
from pipeline.model import Cancelled, Goal, JobEvent, Order, Queued, Value
from storage.clock import now
from storage.database import Database, insert_missing
from storage.tables import jobs, outbox
from storage.uses import BLOB, files_in, note

_EVENTS: TypeAdapter[JobEvent] = TypeAdapter(JobEvent)

WAITING = "waiting"
RUNNING = "running"
DONE = "done"
FAILED = "failed"
CANCELLED = "cancelled"

_SHARE = 1000  # score of one film in one format


class Lane(StrEnum):
    """Which queue a job waits in."""

    NORMAL = "normal"
    FAST = "fast"  # previews of voices, re-rolls, single changes
    POST = "post"  # films being posted: little work, and much waiting for networks


class Ring(Value):
    """A doorbell to ring: this attempt of this job waits."""

    job: str
    fence: int
    lane: Lane
    score: int
    outbox: int | None = None  # row to remove when rung


class Placed(Value):
    """A job in the database: `new` is False when its dedupe key was known already."""

    job: str
    new: bool
    ring: Ring | None


class Look(Value):
    """The latest event of a job, and its number; later events have greater numbers."""

    seq: int
    event: JobEvent


class OpenJob(Value):
    """A job whose end was not shown in its chat yet."""

    job: str
    chat: str
    seller: str


class Jobs:
    """The job rows, from the side of the chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def place(self, order: Order, *, chat: str, seller: str, lane: Lane, dedupe: str) -> Placed:
        """Write a job and its outbox row in one transaction; the same dedupe key in a chat is the same job."""
        job = _new_id()
        text = order.model_dump_json()
        async with self._database.write() as connection:
            score = await _start_tag(connection, seller=seller, lane=lane)
            row = {
                "id": job,
                "chat": chat,
                "seller": seller,
                "dedupe": dedupe,
                "lane": lane.value,
                "goal": order.goal.value,
                "likeness": likeness(order),
                "order_json": text,
                "state": WAITING,
                "score": score,
                "fence": 1,
                "created_at": now(),
            }
            if (await connection.execute(insert_missing(connection, jobs).values(row))).rowcount == 0:
                known = select(jobs.c.id).where(jobs.c.chat == chat, jobs.c.dedupe == dedupe)
                return Placed(job=(await connection.execute(known)).scalar_one(), new=False, ring=None)
            await note(connection, holder=f"job:{job}", seller=seller, kind=BLOB, names=files_in(text))
            ring = Ring(job=job, fence=1, lane=lane, score=score)
            return Placed(job=job, new=True, ring=await post(connection, ring))

    async def look(self, job: str) -> Look:
        """The latest state of a job; for one that waits, its place in the queue now.

        Raises:
            JobGone: there is no such job (any more).
        """
        async with self._database.read() as connection:
            row = (await connection.execute(select(jobs).where(jobs.c.id == job))).one_or_none()
            if row is None:
                raise JobGone(job)
            if row.event_json is not None and row.state != WAITING:
                return Look(seq=row.seq, event=_EVENTS.validate_json(row.event_json))
            return Look(seq=row.seq, event=Queued(position=await _position(connection, row)))

    async def cancel(self, job: str) -> bool:
        """Cancel a job that waits, or ask the worker of one that runs to stop. False when it has ended already."""
        async with self._database.write() as connection:
            waiting = update(jobs).where(jobs.c.id == job, jobs.c.state == WAITING).values(_ended_by_seller())
            if (await connection.execute(waiting)).rowcount:
                await connection.execute(delete(outbox).where(outbox.c.job == job))
                return True
            running = update(jobs).where(jobs.c.id == job, jobs.c.state == RUNNING).values(cancel=True)
            return (await connection.execute(running)).rowcount == 1

    async def under_way(self, seller: str) -> tuple[str, ...]:
        """A seller's jobs that wait or run."""
        query = select(jobs.c.id).where(jobs.c.seller == seller, jobs.c.state.in_((WAITING, RUNNING)))
        async with self._database.read() as connection:
            return tuple((await connection.scalars(query)).all())

    async def unfinished(self) -> tuple[OpenJob, ...]:
        """Jobs whose end was not shown yet, oldest first."""
        query = select(jobs.c.id, jobs.c.chat, jobs.c.seller).where(jobs.c.told.is_(False)).order_by(jobs.c.created_at)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(OpenJob(job=job, chat=chat, seller=seller) for job, chat, seller in rows)

    async def known(self, chat: str, dedupe: str) -> bool:
        """Whether a chat has placed this very job before."""
        query = select(jobs.c.id).where(jobs.c.chat == chat, jobs.c.dedupe == dedupe)
        async with self._database.read() as connection:
            return await connection.scalar(query) is not None

    async def placed_since(self, seller: str, start: datetime, *, goal: Goal = Goal.FILM) -> int:
        """How many jobs of a kind a seller has placed since a time, those that failed or were cancelled not counted."""
        query = (
            select(func.count())
            .select_from(jobs)
            .where(jobs.c.seller == seller, jobs.c.goal == goal.value, jobs.c.lane == Lane.NORMAL.value)
            .where(jobs.c.created_at >= start.timestamp(), jobs.c.state.not_in((FAILED, CANCELLED)))
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def tally(self) -> tuple[tuple[str, int], ...]:
        """How many jobs are in each state."""
        query = select(jobs.c.state, func.count()).group_by(jobs.c.state).order_by(jobs.c.state)
        async with self._database.read() as connection:
            return tuple((state, count) for state, count in (await connection.execute(query)).all())


def _new_id() -> str:
    """An id that sorts by time: among jobs of equal claim, the queue starts the older one first."""
    return f"{time.time_ns() // 1_000:014x}{secrets.token_hex(9)}"


async def post(connection: AsyncConnection, ring: Ring) -> Ring:
    """Put a ring into the outbox, in the transaction that makes it necessary."""
    row = ring.model_dump(exclude={"outbox"}, mode="json")
    number = await connection.execute(outbox.insert().values(row).returning(outbox.c.id))
    return ring.model_copy(update={"outbox": number.scalar_one()})


def likeness(order: Order) -> str:
    """Jobs of the same likeness take about equally long: same goal, length, number of photos and of formats."""
    wish = order.wish
    formats = len({platform.aspect for platform in wish.brief.platforms})
    change = "change" if wish.takes or wish.edits or wish.music else "first"
    return f"{order.goal}/{change}/{wish.brief.seconds}s/{len(wish.brief.photos)}p/{formats}f"


async def _start_tag(connection: AsyncConnection, *, seller: str, lane: Lane) -> int:
    """Start-time fair queueing: a job starts at the queue's virtual time, or when its seller's last one would end.

    Virtual time is the start tag of the job begun last. So a seller's first job goes ahead of the twentieth of another,
    and nobody saves up a claim by waiting.
    """
    begun = select(func.max(jobs.c.score)).where(jobs.c.lane == lane.value, jobs.c.state != WAITING)
    present = await connection.scalar(begun)
    own = (
        select(jobs.c.score, jobs.c.goal, jobs.c.likeness)
        .where(jobs.c.seller == seller, jobs.c.lane == lane.value)
        .order_by(jobs.c.score.desc())
        .limit(1)
    )
    last = (await connection.execute(own)).one_or_none()
    finish = 1 if last is None else last.score + _cost(Goal(last.goal), last.likeness)
    return max(present or 1, finish)


def _cost(goal: Goal, like: str) -> int:
    """A job's share of the studio's time, roughly; the formats are told by what it is like (see `likeness`)."""
    if goal in (Goal.VOICE, Goal.TAKES, Goal.PUBLISH):
        return _SHARE // 10
    if goal is Goal.PREVIEWS:
        return _SHARE
    return _SHARE * int(like.rpartition("/")[2].removesuffix("f"))


def _ahead(row: Row[Any]) -> ColumnElement[bool]:
    first = or_(jobs.c.score < row.score, and_(jobs.c.score == row.score, jobs.c.id < row.id))
    return and_(jobs.c.lane == row.lane, jobs.c.state == WAITING, first)


async def _position(connection: AsyncConnection, row: Row[Any]) -> int:
    count = await connection.execute(select(func.count()).select_from(jobs).where(_ahead(row)))
    return count.scalar_one() + 1


def _ended_by_seller() -> dict[str, Any]:
    return {
        "state": CANCELLED,
        "seq": jobs.c.seq + 1,
        "event_json": Cancelled().model_dump_json(),
        "finished_at": now(),
        "fence": jobs.c.fence + 1,
    }
