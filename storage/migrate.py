"""Bring the database to the present schema; safe to run in several processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

_LOCK = 0x4652414D  # "FRAM"


async def migrate(database: Database) -> None:
    """Run the migrations that are missing."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    async with database.read() as connection:
        if await connection.run_sync(_revision) == head:
            return
    # SQLite: the write lock, held from the start of the transaction, lets one process migrate; the next finds it done.
    async with database.write() as connection:
        if not database.sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.run_sync(_upgrade)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    return config
