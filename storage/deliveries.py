"""What was posted of a job and where, so that delivering it again edits instead of posting."""

from __future__ import annotations

from functools import partial

from sqlalchemy import bindparam, exists, select, update

from storage.database import Database
from storage.ready import Ready, insert_or_update
from storage.tables import deliveries, jobs

_MESSAGE = Ready(
    select(deliveries.c.message).where(deliveries.c.job == bindparam("job"), deliveries.c.slot == bindparam("slot"))
)
_NOTE = insert_or_update(deliveries, key=("job", "slot"))


class Deliveries:
    """The message of each part of a job, and whether its end was shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, job: str, slot: str) -> str | None:
        """The message id, or None when it was not posted yet."""
        row = await self._database.find(_MESSAGE, job=job, slot=slot)
        return None if row is None else str(row[0])

    async def note(self, job: str, slot: str, message: str) -> None:
        """This part of the job is in this message."""
        await self._database.change(partial(_NOTE.run, job=job, slot=slot, message=message))

    async def settle(self, job: str) -> None:
        """The end of the job was shown: nothing is left to deliver."""
        async with self._database.write() as connection:
            await connection.execute(update(jobs).where(jobs.c.id == job).values(told=True))

    async def settled(self, job: str) -> bool:
        """Whether nothing is left to deliver; a deleted job has nothing."""
        query = select(~exists().where(jobs.c.id == job, jobs.c.told.is_(False)))
        async with self._database.read() as connection:
            return bool(await connection.scalar(query))
