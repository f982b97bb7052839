"""Updates from chats, written down before they are confirmed, so that none is lost when the bot dies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, bindparam, delete, select, update

from pipeline.model import Value
from storage.clock import now
from storage.database import Database
from storage.ready import Ready, insert_missing
from storage.tables import inbox

_NEW = insert_missing(inbox)
_HANDLED = Ready(
    update(inbox)
    .where(inbox.c.source == bindparam("from"), inbox.c.update_id == bindparam("of"))
    .values(done=True, payload="")
)


class Update(Value):
    """An update that was received and not handled yet."""

    update_id: str
    payload: str


def take_out(connection: Connection, *, source: str, update_id: str) -> None:
    """The update was handled: within short work that does something else as well."""
    _HANDLED.run(connection, **{"from": source, "of": update_id})


class Inbox:
    """A durable inbox for each source, in order of arrival."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, source: str, update_id: str | int, payload: str) -> bool:
        """Write an update down. False when it was seen before."""
        return bool(await self.put_all(source, (Update(update_id=str(update_id), payload=payload),)))

    async def put_all(self, source: str, updates: Sequence[Update]) -> tuple[Update, ...]:
        """Write several updates down at once.

        Returns:
            Those that were not seen before.
        """

        def work(connection: Connection) -> tuple[Update, ...]:
            return tuple(
                one
                for one in updates
                if _NEW.run(connection, source=source, update_id=one.update_id, payload=one.payload)
            )

        return await self._database.change(work)

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
        await self._database.change(partial(take_out, source=source, update_id=str(update_id)))

    async def prune(self, *, days: float) -> None:
        """Drop the ids of updates handled longer ago than any chat would repeat them."""
        async with self._database.write() as connection:
            await connection.execute(delete(inbox).where(inbox.c.done.is_(True), inbox.c.at < now() - days * 86_400))
