"""The installation's logins, as far as vendors change them while it runs. They are nobody's in particular: deleting a
seller leaves them alone, and what is kept here was sealed before.
"""

from __future__ import annotations

from sqlalchemy import select

from storage.clock import now
from storage.database import Database, insert
from storage.tables import logins


class Logins:
    """What was kept last under each name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, name: str) -> str | None:
        """What was kept last under a name."""
        query = select(logins.c.sealed).where(logins.c.name == name)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def keep(self, name: str, sealed: str) -> None:
        """Keep it durably, in place of what was there."""
        async with self._database.write() as connection:
            row = insert(connection, logins).values(name=name, sealed=sealed, at=now())
            await connection.execute(
                row.on_conflict_do_update(index_elements=["name"], set_={"sealed": sealed, "at": now()})
            )
