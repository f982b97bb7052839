"""The database: migrated by whoever comes first, one writer at a time, no parameters in errors."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from pipeline.errors import StorageError
from storage.config import StorageSettings
from storage.database import Database
from storage.lanes import Lane
from storage.migrate import migrate
from storage.ready import Ready
from storage.store import Store, open_store
from storage.tables import metadata, slots

ROOT = Path(__file__).resolve().parents[2]


async def test_the_migrations_make_exactly_the_tables_that_the_code_describes(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with store.database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_several_that_start_at_once_migrate_once(empty: StorageSettings) -> None:
    empty.home.mkdir(parents=True)
    databases = [Database(empty.database, pool=2) for _ in range(12)]
    await asyncio.gather(*(migrate(database) for database in databases))
    async with databases[0].read() as connection:
        assert await connection.scalar(select(func.count()).select_from(slots)) == 0
    for database in databases:
        await database.close()


async def test_a_store_opened_again_has_what_was_written(empty: StorageSettings) -> None:
    async with open_store(empty) as store:
        await store.slots.note("terminal:me", "photos", "17")
    async with open_store(empty) as store:
        assert await store.slots.find("terminal:me", "photos") == "17"


async def test_a_block_that_fails_writes_nothing(store: Store) -> None:
    async def half() -> None:
        async with store.database.write() as connection:
            await connection.execute(slots.insert().values(chat="c", slot="s", message="m"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half()
    assert await store.slots.find("c", "s") is None


async def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    async with store.database.write() as connection:
        await connection.execute(slots.insert().values(chat="c", slot="s", message="m"))
        async with asyncio.timeout(5):
            assert await store.slots.find("c", "s") is None
    assert await store.slots.find("c", "s") == "m"


async def test_errors_do_not_show_what_was_to_be_written(store: Store) -> None:
    async def wrong() -> None:
        async with store.database.write() as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "a seller's own words"})

    with pytest.raises((ProgrammingError, StorageError, SQLAlchemyError)) as caught:
        await wrong()
    cause: BaseException | None = caught.value
    while cause is not None:
        assert "own words" not in str(cause)
        cause = cause.__cause__


async def test_a_database_that_is_away_is_a_storage_error(tmp_path: Path) -> None:
    away = Database(f"postgresql+asyncpg://frame@/none?host={tmp_path}")
    with pytest.raises(StorageError):
        async with away.read() as connection:
            await connection.execute(select(slots))
    with pytest.raises(StorageError):
        async with away.advisory_lock("chat:1"):
            raise AssertionError("nobody holds a lock of a database that is away")
    await away.close()


async def test_an_address_as_hosts_hand_it_out_is_understood(postgresql: str) -> None:
    theirs = postgresql.format(name="postgres").replace("postgresql://", "postgres://")
    theirs += f"{'&' if '?' in theirs else '?'}sslmode=prefer"
    database = Database(StorageSettings(database_url=SecretStr(theirs)).database)
    assert await database.look(lambda connection: connection.scalar(text("SELECT 1"))) == 1
    await database.close()


async def test_short_work_waits_for_whoever_has_locked_a_new_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    holder.execute("CREATE TABLE first (id)")
    holder.execute("BEGIN IMMEDIATE")
    paused = []

    def let_go(seconds: float) -> None:
        paused.append(seconds)
        holder.execute("COMMIT")

    monkeypatch.setattr(time, "sleep", let_go)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    assert (
        await database.look(lambda connection: connection.scalar(select(func.count()).select_from(text("first")))) == 0
    )
    assert len(paused) == 1
    await database.close()
    holder.close()


async def test_what_is_found_by_a_key_goes_to_a_thread_when_the_database_is_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
    holder.execute("CREATE TABLE first (id)")
    holder.execute("BEGIN EXCLUSIVE")
    to_threads, do = [], Lane.do

    async def let_go(lane: Lane, work: Callable[[Connection], Any]) -> Any:
        to_threads.append(work)
        holder.execute("COMMIT")
        return await do(lane, work)

    monkeypatch.setattr(Lane, "do", let_go)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    query = Ready(select(func.count()).select_from(text("first")))
    assert [await database.find(query) for _ in range(2)] == [(0,), (0,)]
    assert len(to_threads) == 1
    await database.close()
    holder.close()


async def test_a_ready_statement_that_is_wrong_is_told_and_shows_no_values(store: Store) -> None:
    wrong = Ready(select(text("nothing")).select_from(text("nowhere")).where(text("secret = :secret")))
    with pytest.raises((ProgrammingError, StorageError)) as caught:
        await store.database.find(wrong, secret="a seller's own words")
    assert "own words" not in str(caught.value)


WRITER = """
import asyncio, sys
from storage.config import StorageSettings
from storage.store import open_store

async def main(home, name, count):
    async with open_store(StorageSettings(frame_home=home)) as store:
        for at in range(count):
            await store.slots.note(name, str(at), "message")

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


async def test_processes_that_write_at_the_same_time_never_meet_a_lock_error(tmp_path: Path) -> None:
    count = 120
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, f"writer {number}", str(count)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    for writer in writers:
        _, errors = await asyncio.to_thread(writer.communicate, timeout=120)
        assert (writer.returncode, errors) == (0, "")
    async with open_store(StorageSettings(frame_home=tmp_path)) as store, store.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(slots)) == 2 * count
