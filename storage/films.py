"""The films that were made: a seller's history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.model import Film, Value
from storage.database import Database, insert_missing
from storage.leaving import while_used
from storage.tables import films
from storage.uses import files_in, note_wanted

log = structlog.get_logger()

# Built once: this is asked before every review card.
_RECENT = (
    select(films)
    .where(films.c.seller == bindparam("seller"))
    .order_by(films.c.at.desc(), films.c.job)
    .limit(bindparam("limit"))
)


class PastFilm(Value):
    """A film in a seller's history."""

    job: str
    at: datetime
    title: str
    film: Film


class Films:
    """Films by seller and by job; the worker adds each when it is finished."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, seller: str, job: str, film: Film, at: datetime) -> None:
        """Put a film into the history; fine when it is there already."""
        async with self._database.write() as connection:
            await add(connection, seller=seller, job=job, film=film, at=at.timestamp())

    async def recent(self, seller: str, limit: int = 10) -> tuple[PastFilm, ...]:
        """A seller's films, newest first."""
        wanted = {"seller": seller, "limit": limit}
        rows = await self._database.look(lambda connection: connection.execute(_RECENT, wanted).all())
        return tuple(past for row in rows if (past := _past(row)) is not None)

    async def get(self, job: str) -> PastFilm | None:
        """The film that a job made."""
        query = select(films).where(films.c.job == job)
        row = await self._database.look(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _past(row)

    async def take_out(self, job: str, *, chat: str, seller: str) -> PastFilm | None:
        """The film that a job made, to be shown in a chat again: that has a day to name it before its files may go."""

        def work(connection: Connection) -> Row[Any] | None:
            while_used(connection)
            row = connection.execute(select(films).where(films.c.job == job)).one_or_none()
            if row is not None:
                note_wanted(connection, holder=f"chat:{chat}", seller=seller, names=files_in(row.film_json))
            return row

        row = await self._database.change(work)
        return None if row is None else _past(row)

    async def phrases_used(self, seller: str, films: int = 5) -> tuple[str, ...]:
        """The phrase-bank entries of a seller's last films, so that the next one says it differently."""
        past = await self.recent(seller, films)
        used = (entry for one in past for shot in one.film.storyboard.shots for entry in shot.bank)
        return tuple(dict.fromkeys(used))


async def add(connection: AsyncConnection, *, seller: str, job: str, film: Film, at: Any) -> None:
    """Put a film into the history within a transaction; `at` is seconds since 1970 or an SQL expression of that."""
    row = {
        "job": job,
        "seller": seller,
        "at": at,
        "title": film.storyboard.post.title,
        "film_json": film.model_dump_json(),
    }
    await connection.execute(insert_missing(connection, films).values(row))


def _past(row: Row[Any]) -> PastFilm | None:
    """A film of the history; None for one that another version of FRAME has written otherwise."""
    try:
        film = Film.model_validate_json(row.film_json)
    except ValidationError:
        log.warning("a film of another version is left out", job=row.job)
        return None
    return PastFilm(job=row.job, at=datetime.fromtimestamp(row.at, UTC), title=row.title, film=film)
