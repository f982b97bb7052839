"""What nobody needs any more: jobs whose time is over, conversations that ended, files that their holder names no more.

Nothing is removed for its age alone. A job goes when it has ended, its end was shown, its time is over and no
conversation that is alive names it; what it used goes when nobody else uses it (`storage.uses`). A conversation is
alive as long as anything is done in it: every press is saved with the session, whose time is that of the last one. So a
film whose buttons still work lives on from the last press in its chat, and no press writes anything for that.

Every method that removes something is one short transaction about one job or one chat; it asks once more whether that
may go, so several workers may do the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    tuple_,
    update,
)

from pipeline.model import Goal, Value
from storage.clock import now
from storage.config import DAY, Terms
from storage.database import Database
from storage.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING
from storage.leaving import chunks, while_let_go
from storage.tables import deliveries, films, jobs, sellers, sessions, slots, step_records, uses
from storage.uses import BLOB, files_in, let_go

T = TypeVar("T")

_ENDED = (DONE, FAILED, CANCELLED)
_JOB = re.compile(r'"([0-9a-f]{32})"')
_IS_FILM = and_(jobs.c.goal == Goal.FILM.value, jobs.c.state == DONE)
_LASTS = or_(_IS_FILM, jobs.c.goal == Goal.PUBLISH.value)  # a post that nobody remembers could be made a second time


class Place(NamedTuple):
    """How far a walk through the jobs has come: they are walked in the order in which they ended."""

    finished_at: float = 0.0
    job: str = ""


class Old(Value):
    """A job that ended long ago. `film`: it made one, which is in its seller's history."""

    job: str
    film: bool
    finished_at: float


class Removed(Value):
    """Something was removed; `files` are those that nobody uses any more, to be removed from the store."""

    files: tuple[str, ...] = ()


class Chat(Value):
    """A conversation, as far as its keeping is concerned."""

    chat: str
    over: bool  # its time is over
    loose: bool  # it holds files that it names no more, or messages of long ago


def jobs_in(text: str) -> set[str]:
    """Whatever a JSON text says that looks like a job's id."""
    return set(_JOB.findall(text))


class Retention:
    """Finds and removes what nobody needs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def ended(self, terms: Terms, *, after: Place, limit: int) -> tuple[Old, ...]:
        """Jobs whose time is over by their own dates, those that ended first coming first."""
        shortest = terms.films if terms.drafts is None else terms.drafts
        if shortest is None:
            return ()
        which = and_(_older(jobs.c.finished_at, shortest), _over(terms))
        return await self._old(which, after=after, limit=limit)

    async def expendable(self, *, film: bool, after: Place, limit: int) -> tuple[Old, ...]:
        """Jobs of yesterday and before that can go when space is short: what served a choice, or else (`film`) films.

        Never a seller's newest film.
        """
        newer = films.alias()
        later = or_(newer.c.at > films.c.at, and_(newer.c.at == films.c.at, newer.c.job > films.c.job))
        superseded = exists().where(films.c.job == jobs.c.id, newer.c.seller == films.c.seller, later)
        which = and_(_IS_FILM, superseded) if film else ~_LASTS
        return await self._old(and_(which, jobs.c.told, _older(jobs.c.finished_at, DAY)), after=after, limit=limit)

    async def _old(self, which: ColumnElement[bool], *, after: Place, limit: int) -> tuple[Old, ...]:
        further = tuple_(jobs.c.finished_at, jobs.c.id) > tuple_(*after)
        query = (
            select(jobs.c.id, jobs.c.finished_at, _IS_FILM.label("film"))
            .where(jobs.c.state.in_(_ENDED), which, further)
            .order_by(jobs.c.finished_at, jobs.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Old(job=row.id, film=bool(row.film), finished_at=row.finished_at) for row in rows)

    async def remove(self, job: str, terms: Terms) -> Removed | None:
        """Remove a job whose time is over, with all that only it used; None when it is kept after all.

        A film is kept while a conversation that is alive names its job.
        """

        def may_go(connection: Connection, row: Row[Any]) -> bool:
            if not connection.scalar(select(exists().where(jobs.c.id == job, _over(terms)))):
                return False
            return not (row.film and _named(connection, job, seller=row.seller, terms=terms))

        return await self._remove(job, may_go)

    async def sacrifice(self, job: str) -> Removed | None:
        """Remove an ended job because space is short; None when it is gone, or is its seller's newest film by now."""

        def may_go(connection: Connection, row: Row[Any]) -> bool:
            newest = select(films.c.job).where(films.c.seller == row.seller)
            return bool(connection.scalar(newest.order_by(films.c.at.desc(), films.c.job.desc()).limit(1)) != job)

        return await self._remove(job, may_go)

    async def _remove(self, job: str, may_go: Callable[[Connection, Row[Any]], bool]) -> Removed | None:
        ours = and_(jobs.c.id == job, jobs.c.state.in_(_ENDED))
        query = select(jobs.c.seller, _IS_FILM.label("film")).where(ours).with_for_update()

        def work(connection: Connection) -> Removed | None:
            row = connection.execute(query).one_or_none()
            if row is None or not may_go(connection, row):
                return None
            connection.execute(delete(jobs).where(jobs.c.id == job))
            for table in (films, deliveries, step_records):
                connection.execute(delete(table).where(table.c.job == job))
            return Removed(files=tuple(let_go(connection, which=uses.c.holder == f"job:{job}")))

        return await self._letting_go(work)

    # ── conversations and profiles ───────────────────────────────────────────────────────────────────────────────────

    async def chats(self, terms: Terms, *, after: str, limit: int) -> tuple[Chat, ...]:
        """Some conversations, in the order of their names, and what is to be done about each."""
        query = select(sessions.c.chat).where(sessions.c.chat > after).order_by(sessions.c.chat).limit(limit)

        def work(connection: Connection) -> tuple[Chat, ...]:
            found = connection.scalars(query).all()
            return tuple(
                Chat(chat=one, over=_is_over(connection, one, terms), loose=_is_loose(connection, one, terms))
                for one in found
            )

        async with self._database.read() as connection:
            return await connection.run_sync(work)

    async def end_chat(self, chat: str, terms: Terms) -> Removed | None:
        """Forget a conversation whose time is over, and which messages were its; None when it is alive after all.

        What it used is let go a day later, should nobody have gone on with it (`forsaken`): a bot that has loaded it
        at this very moment may save it again.
        """

        def work(connection: Connection) -> Removed | None:
            connection.execute(select(sessions.c.chat).where(sessions.c.chat == chat).with_for_update())
            if not _is_over(connection, chat, terms):
                return None
            connection.execute(delete(sessions).where(sessions.c.chat == chat))
            connection.execute(delete(slots).where(slots.c.chat == chat))
            connection.execute(update(uses).where(uses.c.holder == f"chat:{chat}").values(at=now()))
            return Removed()

        return await self._letting_go(work)

    async def trim_chat(self, chat: str, terms: Terms) -> Removed:
        """Let go of files that a conversation names no more, such as photos of orders that were begun and left."""

        def work(connection: Connection) -> Removed:
            if terms.films is not None:
                old = _older(slots.c.at, terms.films)
                connection.execute(delete(slots).where(slots.c.chat == chat, old))
            return _trim(connection, sessions.c.chat, chat, sessions.c.state, f"chat:{chat}")

        return await self._letting_go(work)

    async def profiles(self, *, after: str, limit: int) -> tuple[str, ...]:
        """Some sellers, in the order of their names."""
        query = select(sellers.c.seller).where(sellers.c.seller > after).order_by(sellers.c.seller).limit(limit)
        async with self._database.read() as connection:
            return tuple((await connection.scalars(query)).all())

    async def trim_profile(self, seller: str) -> Removed:
        """Let go of files that a profile names no more: the logo before the last."""

        def work(connection: Connection) -> Removed:
            return _trim(connection, sellers.c.seller, seller, sellers.c.profile_json, f"seller:{seller}")

        return await self._letting_go(work)

    async def forsaken(self) -> tuple[str, ...]:
        """Holders that are chats without a conversation, and were for a day."""
        alive = exists().where(sessions.c.chat == func.substr(uses.c.holder, len("chat:") + 1))
        query = select(uses.c.holder).where(uses.c.holder.startswith("chat:"), ~alive).group_by(uses.c.holder)
        async with self._database.read() as connection:
            return tuple((await connection.scalars(query.having(_older(func.max(uses.c.at), DAY)))).all())

    async def release_forsaken(self, holder: str) -> Removed:
        """Let go of what such a holder used."""

        def work(connection: Connection) -> Removed:
            alive = select(exists().where(sessions.c.chat == holder.removeprefix("chat:")))
            fresh = select(exists().where(uses.c.holder == holder, ~_older(uses.c.at, DAY)))
            if connection.scalar(alive) or connection.scalar(fresh):
                return Removed()
            return Removed(files=tuple(let_go(connection, which=uses.c.holder == holder)))

        return await self._letting_go(work)

    async def _letting_go(self, work: Callable[[Connection], T]) -> T:
        def whole(connection: Connection) -> T:
            while_let_go(connection)
            return work(connection)

        async with self._database.write() as connection:
            return await connection.run_sync(whole)


def _older(time: Any, seconds: float) -> ColumnElement[bool]:
    return time < now() - seconds  # type: ignore[no-any-return]


def _over(terms: Terms) -> ColumnElement[bool]:
    """Jobs whose time is over; one whose end could not be shown, since its chat is closed, has the time of a film."""
    long, short = (
        false() if seconds is None else _older(jobs.c.finished_at, seconds) for seconds in (terms.films, terms.drafts)
    )
    return or_(and_(_LASTS, long), and_(~_LASTS, or_(long, and_(short, jobs.c.told))))


def _named(connection: Connection, job: str, *, seller: str, terms: Terms) -> bool:
    """Whether a conversation that is alive names a job."""
    alive = select(sessions.c.state).where(sessions.c.seller == seller)
    if terms.films is not None:
        alive = alive.where(~_older(sessions.c.at, terms.films))
    return any(job in jobs_in(state) for state in connection.scalars(alive))


def _is_over(connection: Connection, chat: str, terms: Terms) -> bool:
    """Whether a conversation's time is over: that of films, or of drafts where it has no film, nor anything to show."""
    session = select(sessions.c.state, (now() - sessions.c.at).label("idle")).where(sessions.c.chat == chat)
    row = connection.execute(session).one_or_none()
    open_jobs = and_(jobs.c.chat == chat, jobs.c.state.in_((WAITING, RUNNING)))
    if row is None or connection.scalar(select(exists().where(open_jobs))):
        return False
    if terms.films is not None and row.idle > terms.films:
        return True
    if terms.drafts is None or row.idle <= terms.drafts:
        return False
    untold = and_(jobs.c.chat == chat, jobs.c.told.is_(False))
    named = films.c.job.in_(jobs_in(row.state))
    return not connection.scalar(select(or_(exists().where(untold), exists().where(named))))


def _is_loose(connection: Connection, chat: str, terms: Terms) -> bool:
    """Whether a conversation holds what it names no more."""
    if terms.films is not None:
        old = exists().where(slots.c.chat == chat, _older(slots.c.at, terms.films))
        if connection.scalar(select(old)):
            return True
    state = connection.scalar(select(sessions.c.state).where(sessions.c.chat == chat))
    return bool(_unnamed(connection, f"chat:{chat}", state or ""))


def _unnamed(connection: Connection, holder: str, text: str) -> list[str]:
    """Files that a holder uses and its text does not name; those that came today may be about to be named."""
    theirs = and_(uses.c.holder == holder, uses.c.kind == BLOB, _older(uses.c.at, DAY))
    return sorted(set(connection.scalars(select(uses.c.name).where(theirs))) - files_in(text))


def _trim(connection: Connection, key: ColumnElement[str], name: str, text: ColumnElement[str], holder: str) -> Removed:
    known = connection.scalar(select(text).where(key == name).with_for_update())
    if known is None:
        return Removed()
    gone: list[str] = []
    for some in chunks(_unnamed(connection, holder, known)):
        which = and_(uses.c.holder == holder, uses.c.kind == BLOB, uses.c.name.in_(some))
        gone += let_go(connection, which=which)
    return Removed(files=tuple(gone))
