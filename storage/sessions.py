"""Where each chat's conversation stands, and the lock that takes a chat's events one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from sqlalchemy import delete, select

from storage.clock import now
from storage.database import Database, insert
from storage.tables import sessions
from storage.uses import BLOB, files_in, note, release


class Sessions:
    """A chat's dialogue state as JSON text."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, chat: str) -> AsyncIterator[None]:
        """One event of a chat at a time, in this process and, with PostgreSQL, in all."""
        own = self._locks.setdefault(chat, asyncio.Lock())
        async with own, self._database.advisory_lock(f"chat:{chat}"):
            yield

    async def load(self, chat: str) -> str | None:
        """The state saved last, or None for a new chat."""
        async with self._database.read() as connection:
            return await connection.scalar(select(sessions.c.state).where(sessions.c.chat == chat))

    async def save(self, chat: str, state: str, *, seller: str = "") -> None:
        """Keep a state; the files that it names are in use by the chat. `Sellers.forget` finds it by `seller`."""
        row = {"state": state, "seller": seller, "at": now()}
        async with self._database.write() as connection:
            statement = insert(connection, sessions).values(chat=chat, **row)
            await connection.execute(statement.on_conflict_do_update(index_elements=["chat"], set_=row))
            files = files_in(state)
            await note(connection, holder=f"chat:{chat}", seller=seller, kind=BLOB, names=files)

    async def drop(self, chat: str) -> tuple[str, ...]:
        """Forget a chat.

        Returns:
            Hashes of the files that nobody uses any more.
        """
        async with self._database.write() as connection:
            await connection.execute(delete(sessions).where(sessions.c.chat == chat))
            return await release(connection, (f"chat:{chat}",))
