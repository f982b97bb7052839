"""A bot on a real SQLite store, with an outlet that can be read and a studio that does as it is told."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from bot.concierge import Concierge
from bot.courier import Courier
from bot.dialogue.events import PhotoSent, TextSent
from bot.dialogue.phrases import Phrases
from bot.errands import Errands
from bot.errors import ChatClosed, ChatError
from bot.inlet import Reply, Sender
from bot.outlet import Key, Limits, Message
from bot.presenter import Presenter
from bot.secret import load_secret
from jobs.client import Estimate, Lane, OpenJob, Submission
from pipeline.model import Cancelled, Failed, Finished, JobEvent, Order, Queued
from storage.config import StorageSettings
from storage.store import Store, open_store

MUG = "Nordtisch mug, matte black, 39,90 €, dishwasher-safe"
SELLER = Sender(chat="test:1", seller="test:u1", locale="en")


class Screen:
    """An outlet that keeps what is on it. `broken`: errors to raise, one for each call, before it works again."""

    prefix = "test"

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.calls: list[tuple[str, str]] = []  # what was done, and the topic
        self.retired: list[str] = []
        self.broken: list[ChatError] = []
        self.closed = False
        self.edit_seconds = 0.0
        self._numbers = count(1)
        self.news = asyncio.Event()

    def limits(self, chat: str) -> Limits:
        return Limits(edit_seconds=self.edit_seconds)

    async def post(self, chat: str, message: Message) -> str:
        self._maybe_break()
        self.calls.append(("post", message.topic))
        number = str(next(self._numbers))
        self.messages[number] = message
        self.news.set()
        return number

    async def edit(self, chat: str, message_id: str, message: Message) -> str:
        self._maybe_break()
        self.calls.append(("edit", message.topic))
        self.messages[message_id] = message
        self.news.set()
        return message_id

    async def retire(self, chat: str, message_id: str) -> None:
        self._maybe_break()
        self.retired.append(message_id)

    def topics(self) -> list[str]:
        return [message.topic for message in self.messages.values()]

    def message(self, topic: str) -> Message:
        return next(message for message in reversed(self.messages.values()) if message.topic == topic)

    def key(self, code: str) -> Key:
        """The newest button whose code begins so."""
        for message in reversed(self.messages.values()):
            for row in message.rows:
                for key in row:
                    if isinstance(key, Key) and key.code.startswith(code):
                        return key
        raise AssertionError(f"no button {code}")

    async def until(self, topic: str) -> Message:
        """Wait until a message with this topic is on screen."""
        async with asyncio.timeout(20):
            while topic not in self.topics():
                self.news.clear()
                await self.news.wait()
        return self.message(topic)

    def _maybe_break(self) -> None:
        if self.closed:
            raise ChatClosed("blocked")
        if self.broken:
            raise self.broken.pop(0)


class Studio:
    """The jobs client as the bot knows it, on real job rows; a test tells it what happens to each job."""

    def __init__(self, store: Store) -> None:
        self._jobs = store.jobs
        self.orders: dict[str, Order] = {}
        self.lanes: list[Lane] = []
        self.cancelled: list[str] = []
        self.refusal: Exception | None = None
        self._news: dict[str, list[JobEvent]] = {}
        self._changed = asyncio.Condition()

    async def submit(self, order: Order, *, chat: str, seller: str, lane: Lane, dedupe: str) -> Submission:
        if self.refusal is not None:
            raise self.refusal
        placed = await self._jobs.place(order, chat=chat, seller=seller, lane=lane, dedupe=dedupe)
        if placed.new:
            self.orders[placed.job] = order
            self.lanes.append(lane)
            self._news[placed.job] = [Queued(position=1)]
        return Submission(job=placed.job, position=1, new=placed.new)

    async def cancel(self, job: str) -> bool:
        self.cancelled.append(job)
        return True

    async def estimate(self, order: Order) -> Estimate:
        return Estimate(seconds=60.0, cost=Decimal(0))

    async def unfinished(self) -> tuple[OpenJob, ...]:
        return await self._jobs.unfinished()

    async def follow(self, job: str) -> AsyncIterator[JobEvent]:
        seen = 0
        while True:
            async with self._changed:
                while len(self._news[job]) == seen:
                    await self._changed.wait()
            for event in self._news[job][seen:]:
                seen += 1
                yield event
                if isinstance(event, Finished | Failed | Cancelled):
                    return

    def job(self, place: int = -1) -> str:
        return list(self.orders)[place]

    async def tell(self, job: str, *events: JobEvent) -> None:
        async with self._changed:
            self._news[job] += events
            self._changed.notify_all()


@dataclass
class Bot:
    """The bot of a test."""

    store: Store
    screen: Screen
    studio: Studio
    concierge: Concierge
    courier: Courier
    presenter: Presenter
    waits: list[float] = field(default_factory=list)

    async def type(self, text: str, sender: Sender = SELLER) -> Reply:
        return await self.concierge.handle(sender, TextSent(text=text))

    async def send_photo(self, seed: int, sender: Sender = SELLER, *, caption: str = "") -> Reply:
        """A photo that was taken in already."""
        stored = await self.store.blobs.put_bytes(shot(seed), "image/jpeg")
        return await self.concierge.handle(sender, PhotoSent(photo=stored, caption=caption))

    async def press(self, code: str, sender: Sender = SELLER) -> Reply:
        return await self.concierge.press(sender, self.screen.key(code).token)


def shot(seed: int) -> bytes:
    """A photo of a few boxes on a table, another for each seed."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (800, 600), (205, 200, 190))
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y, side = chance.randrange(600), chance.randrange(400), chance.randrange(60, 200)
        pen.rectangle((x, y, x + side, y + side), fill=tuple(chance.randrange(256) for _ in range(3)))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=92)
    return file.getvalue()


async def order(bot: Bot, sender: Sender = SELLER) -> str:
    """Go through the conversation to the start; the job."""
    await bot.send_photo(30, sender, caption=MUG)
    await bot.press("n", sender)
    await bot.press("rv", sender)
    await bot.press("mk", sender)
    return bot.studio.job()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(StorageSettings(frame_home=tmp_path / "home")) as store:
        yield store


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def studio(store: Store) -> Studio:
    return Studio(store)


Start = Callable[[], AbstractAsyncContextManager[Bot]]


@pytest.fixture
def start(store: Store, screen: Screen, studio: Studio) -> Start:
    """Starts a bot process; what it leaves behind is found by the next."""

    @asynccontextmanager
    async def start() -> AsyncIterator[Bot]:
        phrases, secret = Phrases(), load_secret(store.settings.home)
        presenter = Presenter(
            {"test": screen},
            phrases=phrases,
            slots=store.slots,
            deliveries=store.deliveries,
            blobs=store.blobs,
            secret=secret,
        )
        waits: list[float] = []

        async def no_wait(seconds: float) -> None:
            waits.append(seconds)

        courier = Courier(studio, store.deliveries, serves=lambda chat: chat.startswith("test:"), sleep=no_wait)
        errands = Errands(store, studio, follow=courier.follow)
        concierge = Concierge(store, presenter, errands, phrases=phrases, secret=secret, heard=courier.heard)
        rounds = asyncio.create_task(courier.run(concierge.handle))
        try:
            yield Bot(store, screen, studio, concierge, courier, presenter, waits)
        finally:
            rounds.cancel()
            await asyncio.wait({rounds})
            await presenter.close()

    return start


@pytest.fixture
async def bot(start: Start) -> AsyncIterator[Bot]:
    async with start() as bot:
        yield bot
