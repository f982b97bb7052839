"""The way to the database: one engine, writing and reading transactions, advisory locks."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import Engine, Insert, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import StorageError
from storage.lanes import Lane
from storage.ready import Ready, Row

T = TypeVar("T")

_LOCK_CONNECTIONS = 8  # a chat's lock is held while others load and save: it must not take their connections
# A deferred transaction that reads and then writes fails at once when another process wrote in between; taking the
# write lock first makes it wait its turn.
_WRITING = "BEGIN IMMEDIATE"
_WAL_TRIES, _WAL_PAUSE = 200, 0.05  # 10 s in all


class Database:
    """SQLite or PostgreSQL behind the same doors: `read` and `write`, and for short work `look` and `change`.

    Every method of the repositories is one transaction; none waits for the network inside it.
    """

    def __init__(self, url: str, *, pool: int = 10) -> None:
        self.sqlite = url.startswith("sqlite")
        self._engine = _sqlite_engine(url) if self.sqlite else _postgresql_engine(url, pool=pool)
        self._reader = self._engine.execution_options(reading=True)
        self._locks = None if self.sqlite else _postgresql_engine(url, pool=_LOCK_CONNECTIONS)
        self._looker = Lane(_short_sqlite_engine(url), name="looks", begin="BEGIN") if self.sqlite else None
        self._changer = Lane(_short_sqlite_engine(url), name="changes", begin=_WRITING) if self.sqlite else None
        self._finder = _Finder(url) if self.sqlite else None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write: it has the write lock from its start, and commits when the block ends well.

        Raises:
            StorageError: the database does not answer, or the disk is full.
        """
        with _translated():
            async with self._engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, and waits for no writer.

        Raises:
            StorageError: the database does not answer.
        """
        with _translated():
            async with self._reader.connect() as connection:
                yield connection

    async def find(self, query: Ready, **values: object) -> Row | None:
        """The first row of a query that reads by a key.

        SQLite is asked here and now, on the event loop: it reads beside its writer, and takes less time for that than a
        thread takes to be woken. Should it be locked after all, a thread waits for it.

        Raises:
            StorageError: the database does not answer.
        """
        if self._finder is not None:
            with suppress(sqlite3.OperationalError):
                return self._finder.first(query, values)
        return await self.look(lambda connection: query.first(connection, **values))

    async def look(self, work: Callable[[SyncConnection], T]) -> T:
        """Read something short in one go: what every message of every chat asks for.

        Args:
            work: reads with the connection that it gets; never waits for anything else.

        Raises:
            StorageError: the database does not answer.
        """
        with _translated():
            if self._looker is not None:
                return await self._looker.do(work)
            async with self._reader.connect() as connection:
                return await connection.run_sync(work)

    async def change(self, work: Callable[[SyncConnection], T]) -> T:
        """Write something short in one go; it is on the disk when this returns, maybe by a commit shared with others.

        Args:
            work: writes with the connection that it gets; may be called twice, and then only the second time counts.

        Raises:
            StorageError: the database does not answer, or the disk is full.
        """
        with _translated():
            if self._changer is not None:
                return await self._changer.do(work)
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    @asynccontextmanager
    async def advisory_lock(self, name: str) -> AsyncIterator[None]:
        """Excludes every other process that asks for the same name. With SQLite there is nothing to exclude.

        A chat is served by one process there; the caller's own lock is enough.

        Raises:
            StorageError: the database does not answer.
        """
        if self._locks is None:
            yield
            return
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        async with AsyncExitStack() as held:
            with _translated():  # the taking alone: what fails in the block is not the database's fault
                connection = await held.enter_async_context(self._locks.begin())
                await connection.execute(lock, {"name": name})
            yield

    async def close(self) -> None:
        """Close every connection."""
        if self._finder is not None:
            self._finder.close()
        for lane in (self._looker, self._changer):
            if lane is not None:
                await lane.close()
        await self._engine.dispose()
        if self._locks is not None:
            await self._locks.dispose()


class _Finder:
    """SQLite for look-ups on the event loop: it writes nothing, and waits for nothing."""

    def __init__(self, url: str) -> None:
        self._path = str(make_url(url).database)
        self._driver: sqlite3.Connection | None = None

    def first(self, query: Ready, values: Mapping[str, object]) -> Row | None:
        """The first row of a query."""
        if self._driver is None:
            self._driver = sqlite3.connect(self._path, timeout=0.0, isolation_level=None, check_same_thread=False)
            self._driver.execute("PRAGMA query_only=ON")
        return query.first_of(self._driver, **values)

    def close(self) -> None:
        """Close the connection."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None


def insert(connection: AsyncConnection | SyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_missing(connection: AsyncConnection | SyncConnection, table: Table) -> Insert:
    """An INSERT that leaves rows alone that are there already."""
    return insert(connection, table).on_conflict_do_nothing()


def _sqlite_engine(url: str) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _short_sqlite_engine(url: str) -> Engine:
    """The same database for one thread, without the asynchronous driver."""
    engine = create_engine(url.replace("+aiosqlite", "+pysqlite"), hide_parameters=True, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _postgresql_engine(url: str, *, pool: int) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"timeout": 10, "command_timeout": 60},
    )


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    driver: Any = connection
    driver.isolation_level = None  # transactions are begun below, not guessed from statements
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _write_ahead(driver, cursor)
    cursor.close()


def _write_ahead(driver: Any, cursor: DBAPICursor) -> None:
    """Set the journal of a database, which stays set; the first who open it want to do so all at once."""
    for _ in range(_WAL_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:  # this one change does not wait for busy_timeout
            if isinstance(driver, sqlite3.Connection):
                time.sleep(_WAL_PAUSE)  # in a lane's own thread
            else:
                driver.run_async(lambda _: asyncio.sleep(_WAL_PAUSE))
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: SyncConnection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else _WRITING)


@contextmanager
def _translated() -> Iterator[None]:
    """Trouble with the database becomes a StorageError; a wrong statement stays the bug that it is."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, sqlite3.OperationalError, OSError) as error:
        raise StorageError(f"The database does not answer: {error}.") from error
