"""A whole installation: real store, real queue server, a worker process with quick engines."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from rich.console import Console

from bot.assembly import Bot, open_bot
from bot.frontends.console.console import ConsoleFrontEnd
from bot.frontends.console.screen import Screen
from bot.outlet import Message
from bot.play.worker import worker
from jobs.broker import queue_server
from jobs.client import open_client
from jobs.config import JobSettings
from storage.config import StorageSettings
from storage.store import Store, open_store
from tests.bot.conftest import shot
from tests.fakes.engines import Rig

PATIENCE = 60.0


def quick_worker(home: Path, rig: Rig) -> tuple[str, ...]:
    """How to start a worker whose engines are quick."""
    return (sys.executable, "-m", "tests.fakes.worker", str(home), str(rig.folder), "5")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    (tmp_path / "rig").mkdir()
    return Rig(tmp_path / "rig")


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Path, ...]:
    """Two photos as files."""
    paths = (tmp_path / "one.jpg", tmp_path / "two.jpg")
    for seed, path in enumerate(paths):
        path.write_bytes(shot(seed))
    return paths


class Terminal(ConsoleFrontEnd):
    """The terminal chat with somebody at the keyboard who can wait for what is drawn."""

    def __init__(self, folder: Path) -> None:
        self.paper = io.StringIO()
        super().__init__(Screen(Console(file=self.paper, width=100)), folder=folder, locale="en")
        self.shown: list[Message] = []
        self._drawn = asyncio.Event()

    async def _draw(self, message_id: str, message: Message) -> None:
        await super()._draw(message_id, message)
        self.shown.append(message)
        self._drawn.set()

    async def until(self, topic: str, times: int = 1) -> Message:
        """Wait until a message with this topic was drawn so many times; the last one."""
        async with asyncio.timeout(PATIENCE):
            while sum(message.topic == topic for message in self.shown) < times:
                self._drawn.clear()
                await self._drawn.wait()
        return next(message for message in reversed(self.shown) if message.topic == topic)


@pytest.fixture
async def store(home: Path) -> AsyncIterator[Store]:
    async with open_store(StorageSettings(frame_home=home)) as store:
        yield store


Sit = Callable[[], AbstractAsyncContextManager[tuple[Terminal, Bot]]]


@pytest.fixture
async def sit_down(home: Path, rig: Rig, store: Store, tmp_path: Path) -> AsyncIterator[Sit]:
    """Opens the terminal chat, as `run_bot.py` does; queue server and worker go on when it is left."""
    settings = JobSettings()

    async with (
        queue_server(settings, home=home) as server,
        open_client(store, settings, server=server) as client,
        worker(quick_worker(home, rig), home=home),
    ):

        @asynccontextmanager
        async def sit() -> AsyncIterator[tuple[Terminal, Bot]]:
            chat = Terminal(tmp_path / "films")
            async with open_bot([chat], store=store, client=client) as bot:
                yield chat, bot

        yield sit
