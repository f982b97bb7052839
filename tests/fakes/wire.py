"""A wire that goes bad on demand: a TCP proxy that cuts, refuses, goes silent or loses answers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import Enum

Connect = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


class Fault(Enum):
    """What is wrong with the wire."""

    NONE = "none"
    REFUSE = "refuse"  # connections are closed at once
    SILENT = "silent"  # connections are accepted and nothing comes back
    LOSSY = "lossy"  # a part of the answers is swallowed and the connection cut


class Wire:
    """Listens on a loopback port and passes everything on, as long as there is no fault."""

    def __init__(self, connect: Connect, *, seed: int = 1, loss: float = 0.2) -> None:
        self._connect = connect
        self._chance = random.Random(seed)
        self._loss = loss
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.fault = Fault.NONE
        self.port = 0

    async def __aenter__(self) -> Wire:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Cut every connection."""
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.fault is Fault.REFUSE:
            writer.close()
            return
        try:
            far_reader, far_writer = await self._connect()
        except OSError:
            writer.close()
            return
        self._open |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(reader, far_writer, answers=False))
                group.create_task(self._pass_on(far_reader, writer, answers=True))
        finally:
            for end in (writer, far_writer):
                self._open.discard(end)
                end.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65_536):
                if self.fault is Fault.SILENT:
                    continue
                if self.fault is Fault.LOSSY and answers and self._chance.random() < self._loss:
                    break
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
