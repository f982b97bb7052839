"""What is known of each seller, and how to forget it all."""

from __future__ import annotations

import structlog
from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.model import Brand, Brief, Saying, Value
from storage.admissions import person
from storage.clock import now
from storage.database import Database, insert
from storage.leaving import while_let_go
from storage.tables import (
    deliveries,
    films,
    jobs,
    notices,
    outbox,
    sellers,
    sessions,
    slots,
    step_records,
    uses,
)
from storage.uses import BLOB, files_in, note, release

log = structlog.get_logger()


class Profile(Value):
    """A seller's own settings. `style` is the brief of the last film, for "same style as last time"."""

    language: str = ""  # of the chat; "" until it is known
    style: Brief | None = None
    brand: Brand = Brand()
    sayings: tuple[Saying, ...] = ()


class Forgotten(Value):
    """What a deletion took away: jobs, and hashes of files that nobody uses any more (to be removed by the caller)."""

    jobs: tuple[str, ...]
    files: tuple[str, ...]


class Sellers:
    """Profiles by seller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def profile(self, seller: str) -> Profile:
        """A seller's settings; the defaults for a new one, and where another version of FRAME wrote them otherwise."""
        async with self._database.read() as connection:
            text = await connection.scalar(select(sellers.c.profile_json).where(sellers.c.seller == seller))
        try:
            return Profile() if text is None else Profile.model_validate_json(text)
        except ValidationError:
            log.warning("settings of another version begin anew")
            return Profile()

    async def save(self, seller: str, profile: Profile) -> None:
        """Keep a seller's settings, and the files that they name."""
        text = profile.model_dump_json()
        async with self._database.write() as connection:
            row = insert(connection, sellers).values(seller=seller, profile_json=text, since=now())
            await connection.execute(row.on_conflict_do_update(index_elements=["seller"], set_={"profile_json": text}))
            await note(connection, holder=f"seller:{seller}", seller=seller, kind=BLOB, names=files_in(text))

    async def forget(self, seller: str) -> Forgotten:
        """Remove every row about a seller; a worker that is busy with a job of theirs loses it within seconds.

        A ban outlives the deletion: it is kept under a hash of their id. Being let in does not.
        """
        async with self._database.write() as connection:
            await connection.run_sync(while_let_go)
            theirs = (await connection.execute(select(jobs.c.id, jobs.c.chat).where(jobs.c.seller == seller))).all()
            chats = await connection.scalars(select(sessions.c.chat).where(sessions.c.seller == seller))
            ids = [row.id for row in theirs]
            await _delete_jobs(connection, ids)
            await connection.execute(delete(slots).where(slots.c.chat.in_(chats.all())))
            for table in (jobs, films, sessions, sellers):
                await connection.execute(delete(table).where(table.c.seller == seller))
            await connection.execute(delete(notices).where(notices.c.person == person(seller)))
            holders = await connection.scalars(select(uses.c.holder).where(uses.c.seller == seller).distinct())
            return Forgotten(jobs=tuple(ids), files=await release(connection, holders.all()))


async def _delete_jobs(connection: AsyncConnection, ids: list[str]) -> None:
    for table in (outbox, deliveries, step_records):
        await connection.execute(delete(table).where(table.c.job.in_(ids)))
