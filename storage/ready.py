"""Statements that every update of every chat needs: built once, and given to SQLite's driver as they are.

To bind its values, look a statement up among the compiled ones and wrap what comes of it takes SQLAlchemy ten times as
long as SQLite takes to carry it out. These few statements bind text and return text and numbers: there is nothing to
convert.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, bindparam
from sqlalchemy.dialects import postgresql as postgresql_
from sqlalchemy.dialects import sqlite as sqlite_

from storage.clock import now

Statement = Select[Any] | Insert | Update | Delete
Row = Sequence[Any]

_NAMED = sqlite_.dialect(paramstyle="named")


class Ready:
    """A statement whose values are bound by their names when it is carried out."""

    def __init__(self, statement: Statement, *, postgresql: Statement | None = None) -> None:
        """Compose it; `postgresql` is the same in PostgreSQL's words, where it has other ones."""
        self._sqlite = statement
        self._postgresql = statement if postgresql is None else postgresql

    def first(self, connection: Connection, **values: object) -> Row | None:
        """The first row of a query."""
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            return self.first_of(driver, **values)
        return connection.execute(self._in(connection), values).first()

    def first_of(self, driver: sqlite3.Connection, **values: object) -> Row | None:
        """The same, of SQLite's own connection."""
        text, fixed = self._written
        row: Row | None = driver.execute(text, {**fixed, **values}).fetchone()
        return row

    def run(self, connection: Connection, **values: object) -> int:
        """Carry it out; how many rows it wrote."""
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            text, fixed = self._written
            return driver.execute(text, {**fixed, **values}).rowcount
        return connection.execute(self._in(connection), values).rowcount

    def _in(self, connection: Connection) -> Statement:
        return self._sqlite if connection.dialect.name == "sqlite" else self._postgresql

    @cached_property
    def _written(self) -> tuple[str, dict[str, object]]:
        """The text for SQLite, and the values that it has itself."""
        compiled = self._sqlite.compile(dialect=_NAMED)
        return str(compiled), {name: value for name, value in compiled.params.items() if value is not None}


def insert_or_update(table: Table, *, key: Sequence[str]) -> Ready:
    """An INSERT of a whole row that takes the place of the one with the same key.

    All values are bound when it is carried out, but for an `at`, which is the time, and what the database fills.
    """

    def made(row: sqlite_.Insert | postgresql_.Insert) -> Insert:
        fields = _fields(table) | ({"at": now()} if "at" in table.columns else {})
        newer = {name: row.excluded[name] for name in fields if name not in key}
        return row.values(fields).on_conflict_do_update(index_elements=list(key), set_=newer)

    return Ready(made(sqlite_.insert(table)), postgresql=made(postgresql_.insert(table)))


def insert_missing(table: Table) -> Ready:
    """An INSERT of a whole row, bound in the same way, that leaves one alone that is there already."""

    def made(row: sqlite_.Insert | postgresql_.Insert) -> Insert:
        return row.values(_fields(table)).on_conflict_do_nothing()

    return Ready(made(sqlite_.insert(table)), postgresql=made(postgresql_.insert(table)))


def _fields(table: Table) -> dict[str, Any]:
    """A value for each column that the database does not fill itself."""
    given = [one for one in table.columns if one is not table.autoincrement_column and one.server_default is None]
    return {column.name: now() if column.name == "at" else bindparam(column.name) for column in given}
