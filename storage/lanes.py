"""Short transactions on SQLite, each one hop to a thread; those that wait for the disk together share one commit.

A statement through an asynchronous driver is a trip to the driver's thread and back, and a transaction is five or six
of them: for what is read and written with every message of every chat the trips cost more than the work. Here a
transaction is a function that is handed to a thread whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")

Work = Callable[[Connection], T]

_AT_MOST = 64  # pieces of work that share a commit


@dataclass(frozen=True)
class _Piece:
    """Work to be done, and where its outcome is waited for."""

    work: Work[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)


@dataclass(frozen=True)
class _Outcome:
    piece: _Piece
    result: Any = None
    error: BaseException | None = None


class Lane:
    """A thread with a connection of its own that carries out what it is given, in order."""

    def __init__(self, engine: Engine, *, name: str, begin: str) -> None:
        """Compose it.

        Args:
            engine: of SQLite; it must leave beginning a transaction to the lane.
            name: of the thread.
            begin: how a transaction is begun.
        """
        self._engine = engine
        self._begin = begin
        self._waiting: SimpleQueue[_Piece | None] = SimpleQueue()
        self._thread = Thread(target=self._serve, name=name, daemon=True)
        self._connection: Connection | None = None  # of the thread
        self._begun = False

    async def do(self, work: Work[T]) -> T:
        """Have work done in a transaction, and wait until it is committed.

        Args:
            work: gets the connection; it may be called again when work that shares its transaction failed.
        """
        if not self._begun:
            self._begun = True
            self._thread.start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put(_Piece(work, future))
        return await future

    async def close(self) -> None:
        """Finish what waits, and end."""
        if self._begun:
            self._waiting.put(None)
            await asyncio.to_thread(self._thread.join)
        self._engine.dispose()

    def _serve(self) -> None:
        while (pieces := self._next()) is not None:
            outcomes = self._together(pieces)
            for loop in {one.piece.loop for one in outcomes}:
                with suppress(RuntimeError):  # that loop is closed: nobody waits any more
                    loop.call_soon_threadsafe(_hand_over, [one for one in outcomes if one.piece.loop is loop])
        self._let_go()

    def _next(self) -> list[_Piece] | None:
        """What waits, at least one piece; None at the end."""
        pieces: list[_Piece] = []
        one = self._waiting.get()
        while one is not None:
            pieces.append(one)
            try:
                if len(pieces) == _AT_MOST:
                    return pieces
                one = self._waiting.get_nowait()
            except Empty:
                return pieces
        if pieces:
            self._waiting.put(None)
        return pieces or None

    def _together(self, pieces: list[_Piece]) -> list[_Outcome]:
        """Do all in one transaction; when that fails, each in one of its own, so that only the culprit does."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            outcomes = self._in_transaction(self._connection, pieces)
        except BaseException as error:  # whatever it is, it is raised where the work came from
            self._let_go()  # whatever state it is in
            if len(pieces) == 1:
                return [_Outcome(pieces[0], error=error)]
            return [outcome for piece in pieces for outcome in self._together([piece])]
        return outcomes

    def _in_transaction(self, connection: Connection, pieces: list[_Piece]) -> list[_Outcome]:
        """Do all in one transaction of the driver: one of SQLAlchemy's costs four times what there is to be done."""
        driver: Any = connection.connection.driver_connection
        driver.execute(self._begin)
        try:
            outcomes = [_Outcome(piece, result=piece.work(connection)) for piece in pieces]
            if connection.in_transaction():  # as SQLAlchemy sees it, since it was asked for something
                connection.commit()
            else:
                driver.commit()
        except BaseException:
            driver.rollback()  # what it did not begin SQLAlchemy may leave standing
            raise
        return outcomes

    def _let_go(self) -> None:
        """Give the connection back to its pool, which undoes what was begun."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _hand_over(outcomes: list[_Outcome]) -> None:
    for one in outcomes:
        if one.piece.future.done():  # nobody waits any more
            continue
        if one.error is not None:
            one.piece.future.set_exception(one.error)
        else:
            one.piece.future.set_result(one.result)
