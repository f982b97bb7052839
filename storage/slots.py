"""Which message of a chat shows which slot of the conversation, so that it is edited and not posted again."""

from __future__ import annotations

from sqlalchemy import delete, select

from storage.database import Database, insert
from storage.tables import slots


class Slots:
    """The message that a slot is shown in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, chat: str, slot: str) -> str | None:
        """The message id, or None when the slot was never shown."""
        query = select(slots.c.message).where(slots.c.chat == chat, slots.c.slot == slot)
        async with self._database.read() as connection:
            return await connection.scalar(query)

    async def note(self, chat: str, slot: str, message: str) -> None:
        """The slot is shown in this message from now on."""
        async with self._database.write() as connection:
            row = insert(connection, slots).values(chat=chat, slot=slot, message=message)
            newer = row.on_conflict_do_update(index_elements=["chat", "slot"], set_={"message": message})
            await connection.execute(newer)

    async def clear(self, chat: str) -> None:
        """Forget all messages of a chat."""
        async with self._database.write() as connection:
            await connection.execute(delete(slots).where(slots.c.chat == chat))
