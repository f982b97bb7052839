"""Every storage test runs on SQLite and on PostgreSQL, both brought up by the migrations."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from storage.config import StorageSettings
from storage.store import Store, open_store
from storage.tables import metadata
from tests.fakes import postgres

_BOTH = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, "{name}" standing for the database."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed here")
    with postgres.server() as address:
        yield address


@pytest.fixture(params=_BOTH)
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> StorageSettings:
    """Settings of an installation whose database has no tables yet."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        return StorageSettings(frame_home=home)
    address = str(request.getfixturevalue("postgresql"))
    name = f"t{uuid.uuid4().hex}"
    connection = await asyncpg.connect(address.format(name="postgres"))
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return StorageSettings(frame_home=home, database_url=SecretStr(address.format(name=name)), database_pool=5)


@pytest.fixture(params=_BOTH)
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StorageSettings:
    """Settings of an installation in which nothing has happened."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        return StorageSettings(frame_home=home)
    address = str(request.getfixturevalue("postgresql")).format(name="postgres")
    used = StorageSettings(frame_home=home, database_url=SecretStr(address), database_pool=5)
    connection = await asyncpg.connect(address)
    if await connection.fetchval("SELECT to_regclass('alembic_version')") is not None:
        await connection.execute(f"TRUNCATE {', '.join(metadata.tables)}")
    await connection.close()
    return used


@pytest.fixture
async def store(settings: StorageSettings) -> AsyncIterator[Store]:
    """An open store."""
    async with open_store(settings) as opened:
        yield opened
