"""Time passes, for what is stored."""

from __future__ import annotations

from sqlalchemy import update

from storage.config import DAY
from storage.store import Store
from storage.tables import films, jobs, leaving, sessions, slots, uses


async def pass_days(store: Store, days: float) -> None:
    """Everything that is stored becomes older."""
    async with store.database.write() as connection:
        for column in (jobs.c.finished_at, films.c.at, sessions.c.at, slots.c.at, leaving.c.at):
            await connection.execute(update(column.table).values({column: column - days * DAY}))
        await connection.execute(update(uses).where(uses.c.at > 0).values(at=uses.c.at - days * DAY))
