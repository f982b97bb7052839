"""A Discord on loopback, a real store, a real discord.py client over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.dialogue.phrases import Phrases
from bot.frontends.discord.client import DiscordFrontEnd
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.links import Link
from bot.inlet import Desk
from storage.config import StorageSettings
from storage.store import Store, open_store
from tests.fakes.discord_gateway import TOKEN
from tests.fakes.discord_people import Person
from tests.fakes.discord_wire import DiscordWire
from tests.fakes.notebook import Notebook


@pytest.fixture
def desk() -> Notebook:
    return Notebook()


@contextmanager
def discord_as_before() -> Iterator[None]:
    """discord.py keeps its addresses in classes: they are put back."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    with discord_as_before():
        yield


@pytest.fixture
async def wire() -> AsyncIterator[DiscordWire]:
    async with DiscordWire().serve() as server:
        yield server
    assert server.faults == []


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(StorageSettings(frame_home=tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def sam(wire: DiscordWire) -> Person:
    person = Person(wire, 70)
    wire.dm(person.id)
    return person


@pytest.fixture
async def front(wire: DiscordWire, store: Store, desk: Notebook) -> AsyncIterator[DiscordFrontEnd]:
    async with serving(wire, store, desk) as running:
        yield running


def settings(wire: DiscordWire) -> DiscordSettings:
    return DiscordSettings(token=SecretStr(TOKEN), api_url=wire.url, cdn_hosts=str(yarl.URL(wire.url).authority))


@asynccontextmanager
async def serving(
    wire: DiscordWire, store: Store, desk: Desk, *, link: Link | None = None
) -> AsyncIterator[DiscordFrontEnd]:
    """The front end over the wire, ready to be talked to."""
    front = DiscordFrontEnd(settings(wire), slots=store.slots, inbox=store.inbox, phrases=Phrases(), link=link)
    async with running(front, desk, wire):
        yield front


@asynccontextmanager
async def running(front: DiscordFrontEnd, desk: Desk, wire: DiscordWire) -> AsyncIterator[None]:
    """Run it while the block lasts."""
    before = len(wire.gateway.identified)
    task = asyncio.create_task(front.run(desk))
    greeted = asyncio.create_task(wire.until(lambda: len(wire.gateway.identified) > before, 30))
    await asyncio.wait({task, greeted}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        greeted.cancel()
        task.result()
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
