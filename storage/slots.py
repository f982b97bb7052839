"""Which message of a chat shows which slot of the conversation, so that it is edited and not posted again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqlalchemy import Connection, bindparam, delete, select

from storage.database import Database
from storage.ready import Ready, insert_or_update
from storage.tables import slots

UPLOADED = "telegram:uploads"  # slots under this key, "kind:sha256", remember what Telegram calls a file that it has
_KINDS = ("picture", "sound", "video", "document")

_MESSAGE = Ready(select(slots.c.message).where(slots.c.chat == bindparam("chat"), slots.c.slot == bindparam("slot")))
_NOTE = insert_or_update(slots, key=("chat", "slot"))
_EVERYWHERE = select(slots.c.chat, slots.c.message).where(slots.c.slot == bindparam("in"))
_MESSAGES = select(slots.c.message).where(slots.c.chat == bindparam("of"))


def forget_uploads(connection: Connection, names: Iterable[str]) -> None:
    """Within short work: what chats call these files (by hash) is of no use any more, for the files are gone."""
    theirs = [f"{kind}:{name}" for name in names for kind in _KINDS]
    connection.execute(delete(slots).where(slots.c.chat == UPLOADED, slots.c.slot.in_(theirs)))


class Slots:
    """The message that a slot is shown in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, chat: str, slot: str) -> str | None:
        """The message id, or None when the slot was never shown."""
        row = await self._database.find(_MESSAGE, chat=chat, slot=slot)
        return None if row is None else str(row[0])

    async def messages(self, chat: str) -> tuple[str, ...]:
        """The ids of all messages of a chat that show a slot."""
        return await self._database.look(lambda connection: tuple(connection.scalars(_MESSAGES, {"of": chat}).all()))

    async def everywhere(self, slot: str) -> tuple[tuple[str, str], ...]:
        """All chats that have a slot, each with the message."""
        rows = await self._database.look(lambda connection: connection.execute(_EVERYWHERE, {"in": slot}).all())
        return tuple((row.chat, row.message) for row in rows)

    async def note(self, chat: str, slot: str, message: str) -> None:
        """The slot is shown in this message from now on."""
        await self._database.change(partial(_NOTE.run, chat=chat, slot=slot, message=message))

    async def clear(self, chat: str) -> None:
        """Forget all messages of a chat."""
        async with self._database.write() as connection:
            await connection.execute(delete(slots).where(slots.c.chat == chat))
