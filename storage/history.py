"""How long jobs took: measured, kept, and used to say how long the next one will take."""

from __future__ import annotations

import json
from statistics import median

from sqlalchemy import Connection, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.model import Goal, Order, StepRecord
from storage.database import Database, insert_missing
from storage.jobs import DONE, likeness
from storage.tables import jobs, step_records

_SAMPLE = 20  # jobs looked back at


class History:
    """Measured times of jobs that were finished."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seconds(self, order: Order) -> float | None:
        """Median time of like jobs; of all with the same goal when there is none alike; None without any."""

        def work(connection: Connection) -> float | None:
            for query in _like(order):
                rows = connection.execute(query).all()
                if rows:
                    return median([float(row.finished_at - row.started_at) for row in rows])
            return None

        return await self._database.look(work)

    async def steps(self, job: str) -> tuple[StepRecord, ...]:
        """What each step of a job did."""
        query = select(step_records).where(step_records.c.job == job).order_by(step_records.c.place)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            StepRecord(
                stage=row.stage,
                key=row.key,
                engine=row.engine,
                computed=row.computed,
                seconds=row.seconds,
                notes=tuple(json.loads(row.notes_json)),
            )
            for row in rows
        )


async def keep_history(connection: AsyncConnection, job: str, *, records: tuple[StepRecord, ...]) -> None:
    """Store what a job did, in the transaction that ends it."""
    rows = [
        {
            "job": job,
            "place": place,
            "stage": record.stage,
            "key": record.key,
            "engine": record.engine,
            "computed": record.computed,
            "seconds": record.seconds,
            "notes_json": json.dumps(record.notes, ensure_ascii=False),
        }
        for place, record in enumerate(records)
    ]
    if rows:
        await connection.execute(insert_missing(connection, step_records), rows)


def _like(order: Order) -> tuple[Select[tuple[str, float, float]], ...]:
    finished = (
        select(jobs.c.id, jobs.c.started_at, jobs.c.finished_at)
        .where(jobs.c.state == DONE)
        .order_by(jobs.c.finished_at.desc())
        .limit(_SAMPLE)
    )
    alike = finished.where(jobs.c.likeness == likeness(order))
    if order.goal in (Goal.VOICE, Goal.TAKES):
        return (alike, finished.where(jobs.c.goal == order.goal.value))
    kind = "/".join(likeness(order).split("/")[:2])
    return (alike, finished.where(jobs.c.likeness.startswith(kind + "/")))
