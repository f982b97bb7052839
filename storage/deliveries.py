"""What was posted of a job and where, so that delivering it again edits instead of posting."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, exists, select, update

from storage.database import Database, insert_or_update
from storage.tables import deliveries, jobs

_MESSAGE = select(deliveries.c.message).where(deliveries.c.job == bindparam("of"), deliveries.c.slot == bindparam("in"))


class Deliveries:
    """The message of each part of a job, and whether its end was shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, job: str, slot: str) -> str | None:
        """The message id, or None when it was not posted yet."""
        return await self._database.look(lambda connection: connection.scalar(_MESSAGE, {"of": job, "in": slot}))

    async def note(self, job: str, slot: str, message: str) -> None:
        """This part of the job is in this message."""

        def work(connection: Connection) -> None:
            statement = insert_or_update(connection, deliveries, key=("job", "slot"))
            connection.execute(statement, {"job": job, "slot": slot, "message": message})

        await self._database.change(work)

    async def settle(self, job: str) -> None:
        """The end of the job was shown: nothing is left to deliver."""
        async with self._database.write() as connection:
            await connection.execute(update(jobs).where(jobs.c.id == job).values(told=True))

    async def settled(self, job: str) -> bool:
        """Whether nothing is left to deliver; a deleted job has nothing."""
        query = select(~exists().where(jobs.c.id == job, jobs.c.told.is_(False)))
        async with self._database.read() as connection:
            return bool(await connection.scalar(query))
