"""Where each chat's conversation stands, and the lock that takes a chat's events one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from sqlalchemy import Connection, bindparam, delete, select

from storage.database import Database
from storage.inbox import take_out
from storage.leaving import while_let_go
from storage.ready import Ready, insert_or_update
from storage.tables import sessions
from storage.uses import BLOB, files_in, note_now, release

_STATE = Ready(select(sessions.c.state).where(sessions.c.chat == bindparam("chat")))
_KEEP = insert_or_update(sessions, key=("chat",))


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
        row = await self._database.find(_STATE, chat=chat)
        return None if row is None else str(row[0])

    async def save(self, chat: str, state: str, *, seller: str = "", handled: tuple[str, str] | None = None) -> None:
        """Keep a state; the files that it names are in use by the chat.

        Args:
            chat: whose state.
            state: JSON.
            seller: by whom `Sellers.forget` finds it.
            handled: an inbox and an update in it that need not come again once the state is kept.
        """
        files = files_in(state)

        def work(connection: Connection) -> None:
            _KEEP.run(connection, chat=chat, state=state, seller=seller)
            if handled is not None:
                take_out(connection, source=handled[0], update_id=handled[1])
            note_now(connection, holder=f"chat:{chat}", seller=seller, kind=BLOB, names=files)

        await self._database.change(work)

    async def drop(self, chat: str) -> tuple[str, ...]:
        """Forget a chat.

        Returns:
            Hashes of the files that nobody uses any more.
        """
        async with self._database.write() as connection:
            await connection.run_sync(while_let_go)
            await connection.execute(delete(sessions).where(sessions.c.chat == chat))
            return await release(connection, (f"chat:{chat}",))
