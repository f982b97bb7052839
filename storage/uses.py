"""Who uses which files and steps, so that they can be removed when nobody does any more.

A holder is a job, a chat or a seller ("job:…", "chat:…", "seller:…"). What it uses is read from its JSON: whatever says
`"sha256":"…"` names a file.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from functools import partial

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.leaving import chunks, on_the_way_out, put_down, while_let_go, while_used
from storage.ready import insert_missing, insert_or_update
from storage.tables import jobs, paid_tasks, steps, uses

_NOTE = insert_missing(uses)
_NOTE_WANTED = insert_or_update(uses, key=("holder", "kind", "name"))
_NAMED = re.compile(r'"sha256":\s*"([0-9a-f]{64})"')

BLOB = "blob"
STEP = "step"

_PAUSE = 0.05  # seconds between looks whether a file is gone


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
        Hashes of the files that nobody uses any more: they are put down as leaving, and to be removed from the store.
    """
    await connection.run_sync(while_let_go)
    lost: list[str] = []
    for some in chunks(list(holders)):
        lost += await connection.run_sync(partial(let_go, which=uses.c.holder.in_(some)))
    return tuple(sorted(lost))


def let_go(connection: Connection, *, which: ColumnElement[bool]) -> list[str]:
    """Forget some uses, within work that began with `while_let_go`; the hashes of files that nobody uses then."""
    held = connection.execute(select(uses.c.kind, uses.c.name).where(which).distinct()).all()
    connection.execute(delete(uses).where(which))
    keys = _unused(connection, STEP, [name for kind, name in held if kind == STEP])
    for some in chunks(keys):
        for table in (steps, paid_tasks):
            connection.execute(delete(table).where(table.c.key.in_(some)))
    files = _unused(connection, BLOB, [name for kind, name in held if kind == BLOB])
    put_down(connection, files)
    return files


def _unused(connection: Connection, kind: str, names: list[str]) -> list[str]:
    used: set[str] = set()
    for some in chunks(names):
        query = select(uses.c.name).where(uses.c.kind == kind, uses.c.name.in_(some)).distinct()
        used.update(connection.scalars(query))
    return [name for name in names if name not in used]


def note_wanted(connection: Connection, *, holder: str, seller: str, names: Iterable[str]) -> None:
    """Note files, and that they are wanted now: until tomorrow their holder need not name them."""
    for name in sorted(names):
        _NOTE_WANTED.run(connection, holder=holder, kind=BLOB, name=name, seller=seller)


def _note_unless_leaving(connection: Connection, *, holder: str, seller: str, sha256: str) -> bool:
    while_used(connection)
    if on_the_way_out(connection, (sha256,)):
        return False
    note_wanted(connection, holder=holder, seller=seller, names=(sha256,))
    return True


class Uses:
    """The same, a transaction at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note_file(self, *, holder: str, seller: str, sha256: str) -> None:
        """Write down that a holder uses a file, before the file is stored; waits while the same one is removed."""
        work = partial(_note_unless_leaving, holder=holder, seller=seller, sha256=sha256)
        while not await self._database.change(work):  # noqa: ASYNC110 - whoever removes it may be another process
            await asyncio.sleep(_PAUSE)

    async def release(self, *holders: str) -> tuple[str, ...]:
        """Forget holders; the hashes of files that nobody uses then are returned."""
        async with self._database.write() as connection:
            return await release(connection, holders)

    async def abandoned(self) -> tuple[str, ...]:
        """Holders that are jobs which no longer exist: their seller was deleted while a worker was at work."""
        job = func.substr(uses.c.holder, len("job:") + 1)  # and not "job:" + id, which no index knows
        gone = and_(uses.c.holder.startswith("job:"), ~exists().where(jobs.c.id == job))
        async with self._database.read() as connection:
            return tuple((await connection.scalars(select(uses.c.holder).where(gone).distinct())).all())
