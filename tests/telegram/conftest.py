"""A Telegram server on loopback, a real store, a real python-telegram-bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.frontends.telegram.calls import Calls
from bot.frontends.telegram.outlet import TelegramOutlet
from bot.frontends.telegram.wire import Wire
from jobs.config import JobSettings
from storage.config import StorageSettings
from storage.store import Store, open_store
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.notebook import Notebook
from tests.jobs.conftest import Installation, installed


class Waits:
    """Stands in for sleeping; remembers how long."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().serve() as server:
        yield server


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(StorageSettings(frame_home=tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot", request=Wire(connections=4)
    ) as connected:
        yield connected


@pytest.fixture
def desk() -> Notebook:
    return Notebook()


@pytest.fixture
def calls(bot: Bot, waits: Waits) -> Calls:
    return Calls(bot, sleep=waits)


@pytest.fixture
def outlet(bot: Bot, store: Store, calls: Calls) -> TelegramOutlet:
    return TelegramOutlet(bot, store.slots, calls)


@pytest.fixture
async def frame(tmp_path: Path) -> AsyncIterator[Installation]:
    """A store, a queue server and quick engines for a worker."""
    (tmp_path / "rig").mkdir()
    settings = JobSettings(workers=1, fast_workers=1, grace=5.0)
    async with installed(tmp_path / "home", tmp_path / "rig", settings) as installation:
        yield installation
