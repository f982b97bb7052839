"""Memory of finished steps and of paid work under way, as one job sees it."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.errors import JobGone
from storage.clock import now
from storage.database import Database, insert, insert_missing
from storage.leaving import on_the_way_out, while_used
from storage.tables import jobs, paid_tasks, steps
from storage.uses import BLOB, STEP, files_in, note


class JobLedger:
    """The ledger of all steps, with a note of which of them this job used and how many it computed."""

    def __init__(self, database: Database, *, job: str, seller: str) -> None:
        self._database = database
        self._job = job
        self._seller = seller

    async def find(self, key: str) -> str | None:
        """The JSON that `settle` stored for a step, or None.

        What is found is this job's as well from that moment: none of its files is removed. What is just being removed
        is not found.
        """
        query = select(steps.c.answer).where(steps.c.key == key)
        async with self._database.read() as connection:
            if await connection.scalar(query) is None:
                return None
        async with self._database.write() as connection:
            await connection.run_sync(while_used)
            answer: str | None = await connection.scalar(query)  # it may be gone since
            if answer is None or await connection.run_sync(on_the_way_out, _files(answer)):
                return None
            await self._use(connection, key, answer)
        return answer

    async def settle(self, key: str, *, stage: str, engine: str, answer: str, seconds: float) -> None:
        """Store a step's answer (JSON). The first one stays.

        Raises:
            JobGone: the job was deleted; nothing of it may be kept.
        """
        row = {"key": key, "stage": stage, "engine": engine, "answer": answer, "seconds": seconds, "at": now()}
        async with self._database.write() as connection:
            await connection.run_sync(while_used)
            counted = update(jobs).where(jobs.c.id == self._job).values(settled=jobs.c.settled + 1)
            if (await connection.execute(counted)).rowcount == 0:
                raise JobGone(self._job)
            await connection.execute(insert_missing(connection, steps).values(row))
            await self._use(connection, key, answer)

    async def forget(self, key: str) -> None:
        """Drop a step whose files are gone."""
        async with self._database.write() as connection:
            await connection.execute(delete(steps).where(steps.c.key == key))

    async def task(self, key: str, engine: str) -> str | None:
        """The vendor task id written down for this step and engine."""
        query = select(paid_tasks.c.task).where(paid_tasks.c.key == key, paid_tasks.c.engine == engine)
        async with self._database.write() as connection:
            await connection.run_sync(while_used)
            task: str | None = await connection.scalar(query)
            if task is not None:
                await self._use_step(connection, key)
        return task

    async def remember_task(self, key: str, engine: str, task: str) -> None:
        """Write down a vendor task id, durably, before waiting for it. A newer one takes the place of an older."""
        async with self._database.write() as connection:
            await connection.run_sync(while_used)
            statement = insert(connection, paid_tasks).values(key=key, engine=engine, task=task, at=now())
            newer = statement.on_conflict_do_update(index_elements=["key", "engine"], set_={"task": task, "at": now()})
            await connection.execute(newer)
            await self._use_step(connection, key)

    async def claim_task(self, key: str, engine: str, task: str) -> str:
        """Write it down where there is none, or an empty one; the one that is there then."""
        here = (paid_tasks.c.key == key, paid_tasks.c.engine == engine)
        async with self._database.write() as connection:
            statement = insert(connection, paid_tasks).values(key=key, engine=engine, task=task, at=now())
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["key", "engine"], set_={"task": task, "at": now()}, where=paid_tasks.c.task == ""
                )
            )
            await self._use_step(connection, key)
            written: str = (await connection.execute(select(paid_tasks.c.task).where(*here))).scalar_one()
            return written

    async def _use(self, connection: AsyncConnection, key: str, answer: str) -> None:
        await note(connection, holder=f"job:{self._job}", seller=self._seller, kind=BLOB, names=_files(answer))
        await self._use_step(connection, key)

    async def _use_step(self, connection: AsyncConnection, key: str) -> None:
        await note(connection, holder=f"job:{self._job}", seller=self._seller, kind=STEP, names=(key,))


def _files(answer: str) -> set[str]:
    """The files of a step's answer. It is JSON in JSON, so its quotes are escaped once."""
    return files_in(answer.replace('\\"', '"'))
