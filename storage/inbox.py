"""Updates from chats, written down before they are confirmed, so that none is lost when the bot dies."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from pipeline.model import Value
from storage.clock import now
from storage.database import Database, insert_missing
from storage.tables import inbox


class Update(Value):
    """An update that was received and not handled yet."""

    update_id: str
    payload: str


class Inbox:
    """A durable inbox for each source, in order of arrival."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, source: str, update_id: str | int, payload: str) -> bool:
        """Write an update down. False when it was seen before."""
        row = {"source": source, "update_id": str(update_id), "payload": payload, "at": now()}
        async with self._database.write() as connection:
            return (await connection.execute(insert_missing(connection, inbox).values(row))).rowcount == 1

    async def pending(self, source: str) -> tuple[Update, ...]:
        """Updates that were not handled, oldest first."""
        query = (
            select(inbox.c.update_id, inbox.c.payload)
            .where(inbox.c.source == source, inbox.c.done.is_(False))
            .order_by(inbox.c.place)
        )
        async with self._database.read() as connection:
            return tuple(Update(update_id=i, payload=p) for i, p in (await connection.execute(query)).all())

    async def done(self, source: str, update_id: str | int) -> None:
        """The update was handled: its id is kept to know it again, its text is not."""
        handled = update(inbox).where(inbox.c.source == source, inbox.c.update_id == str(update_id))
        async with self._database.write() as connection:
            await connection.execute(handled.values(done=True, payload=""))

    async def prune(self, *, days: float) -> None:
        """Drop the ids of updates handled longer ago than any chat would repeat them."""
        async with self._database.write() as connection:
            await connection.execute(delete(inbox).where(inbox.c.done.is_(True), inbox.c.at < now() - days * 86_400))
