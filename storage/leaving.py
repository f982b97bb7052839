"""Files on their way out.

A file is removed in three moves: a transaction in which nobody uses it puts its name down here; the file is removed,
with no transaction open, for that may take a network; its name is struck out. Who is about to use a file says so in a
transaction that looks here first. The two kinds of transactions exclude each other, so one of them comes second and
sees what the first has written: either the file has a user and stays, or its name is here, and it is waited for or done
without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, delete, exists, select, text, update

from storage.clock import now
from storage.database import Database, insert_missing
from storage.slots import forget_uploads
from storage.tables import leaving

LASTS = 300.0  # seconds that whoever removes a file has for it; then its name means nothing any more
CHUNK = 400  # names in one statement

_LOCK = {"key": 0x4652414E}
_TOGETHER = text("SELECT pg_advisory_xact_lock_shared(:key)")
_ALONE = text("SELECT pg_advisory_xact_lock(:key)")


def while_used(connection: Connection) -> None:
    """Begin work that uses files: to its end, none loses its last user. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_TOGETHER, _LOCK)


def while_let_go(connection: Connection) -> None:
    """Begin work that takes users from files: to its end, no file gets a user. It comes before any other lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE, _LOCK)


def put_down(connection: Connection, names: Collection[str]) -> None:
    """These files have no users; whoever calls removes them next (`Store.remove`), or the housekeeping does later."""
    if names:
        rows = [{"name": name} for name in sorted(names)]
        connection.execute(insert_missing(connection, leaving).values(at=now()), rows)


def on_the_way_out(connection: Connection, names: Collection[str]) -> bool:
    """Whether one of these files is being removed. Names that were left by somebody who died are struck out."""
    for some in chunks(sorted(names)):
        ours = leaving.c.name.in_(some)
        if connection.scalar(select(exists().where(ours))):
            connection.execute(delete(leaving).where(ours, leaving.c.at < now() - LASTS))
            if connection.scalar(select(exists().where(ours))):
                return True
    return False


class Leaving:
    """The names of files that are being removed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of these names (a chunk at most) that are still to be removed; the caller has `LASTS` seconds."""
        mine = update(leaving).where(leaving.c.name.in_(names)).values(at=now()).returning(leaving.c.name)
        async with self._database.write() as connection:
            return tuple((await connection.scalars(mine)).all())

    async def gone(self, names: Sequence[str]) -> None:
        """These (a chunk at most) are removed, and what chats remember of them means nothing any more."""

        def work(connection: Connection) -> None:
            connection.execute(delete(leaving).where(leaving.c.name.in_(names)))
            forget_uploads(connection, names)

        await self._database.change(work)

    async def left(self) -> tuple[str, ...]:
        """Names left by somebody who died, or found the file store away: a chunk of them."""
        query = select(leaving.c.name).where(leaving.c.at < now() - LASTS).limit(CHUNK)
        async with self._database.read() as connection:
            return tuple((await connection.scalars(query)).all())


def chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Names in parts that one statement may hold."""
    for at in range(0, len(names), CHUNK):
        yield names[at : at + CHUNK]
