"""Who uses which files and steps, so that they can be removed when nobody does any more.

A holder is a job, a chat or a seller ("job:…", "chat:…", "seller:…"). What it uses is read from its JSON: whatever says
`"sha256":"…"` names a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from sqlalchemy import Connection, and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.ready import insert_missing
from storage.tables import jobs, paid_tasks, steps, uses

_NOTE = insert_missing(uses)
_NAMED = re.compile(r'"sha256":\s*"([0-9a-f]{64})"')

BLOB = "blob"
STEP = "step"


def files_in(text: str) -> set[str]:
    """The hashes of all files that a JSON text names."""
    return set(_NAMED.findall(text))


async def note(connection: AsyncConnection, *, holder: str, seller: str, kind: str, names: Iterable[str]) -> None:
    """Write down that a holder uses files or steps."""
    await connection.run_sync(partial(note_now, holder=holder, seller=seller, kind=kind, names=names))


def note_now(connection: Connection, *, holder: str, seller: str, kind: str, names: Iterable[str]) -> None:
    """The same within short work."""
    for name in sorted(names):
        _NOTE.run(connection, holder=holder, kind=kind, name=name, seller=seller)


async def release(connection: AsyncConnection, holders: Iterable[str]) -> tuple[str, ...]:
    """Forget what these holders use; steps that nobody uses then are dropped, and what was bought for them.

    Returns:
        Hashes of the files that nobody uses any more: to be removed from the store.
    """
    mine = list(holders)
    held = (await connection.execute(select(uses.c.kind, uses.c.name).where(uses.c.holder.in_(mine)))).all()
    await connection.execute(delete(uses).where(uses.c.holder.in_(mine)))
    lost = [(kind, name) for kind, name in held if not await _used(connection, kind, name)]
    keys = [name for kind, name in lost if kind == STEP]
    if keys:
        for table in (steps, paid_tasks):
            await connection.execute(delete(table).where(table.c.key.in_(keys)))
    return tuple(sorted({name for kind, name in lost if kind == BLOB}))


async def _used(connection: AsyncConnection, kind: str, name: str) -> bool:
    query = select(exists().where(and_(uses.c.kind == kind, uses.c.name == name)))
    return bool(await connection.scalar(query))


class Uses:
    """The same, a transaction at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note_file(self, *, holder: str, seller: str, sha256: str) -> None:
        """Write down that a holder uses a file, before the file is stored."""
        await self._database.change(partial(note_now, holder=holder, seller=seller, kind=BLOB, names=(sha256,)))

    async def release(self, *holders: str) -> tuple[str, ...]:
        """Forget holders; the hashes of files that nobody uses then are returned."""
        async with self._database.write() as connection:
            return await release(connection, holders)

    async def abandoned(self) -> tuple[str, ...]:
        """Holders that are jobs which no longer exist: their seller was deleted while a worker was at work."""
        gone = and_(uses.c.holder.startswith("job:"), ~exists().where("job:" + jobs.c.id == uses.c.holder))
        async with self._database.read() as connection:
            return tuple((await connection.scalars(select(uses.c.holder).where(gone).distinct())).all())
