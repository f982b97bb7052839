"""The bot's way to the studio: place jobs, follow them, cancel them, ask how long they will take."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import structlog
from pydantic import SecretStr

from jobs.config import JobSettings
from jobs.errors import DailyLimit
from jobs.events import Announcer, Feed
from jobs.queue import Queue
from jobs.redis import QUEUE_ERRORS, hasty
from jobs.tasks import kept
from pipeline.errors import JobGone, StorageError
from pipeline.model import Cancelled, Failed, Finished, Goal, JobEvent, Order, Queued, Value
from storage.jobs import Lane, OpenJob, Placed
from storage.store import Store

__all__ = ["Client", "Estimate", "Lane", "OpenJob", "Submission", "open_client"]

log = structlog.get_logger()

_RING = 2.0  # seconds a seller waits for the doorbell; the relay rings it again
_LOOK_OFTEN = 1.0  # seconds between looks at the place in the queue, or without a stream
_LOOK_SELDOM = 3.0  # seconds between looks at a running job whose stream is silent


class Submission(Value):
    """A job that was placed. `new` is False when its dedupe key was known: it is the same job as then."""

    job: str
    position: int  # in its queue; 0 once it has begun
    new: bool


class Estimate(Value):
    """What an order will take: seconds by the measured times of like jobs (None without any), and US dollars.

    `cost` is None where it is not known: vendors' prices depend on what they are sent.
    """

    seconds: float | None
    cost: Decimal | None


class Client:
    """Jobs as the chats know them."""

    def __init__(
        self, store: Store, settings: JobSettings, *, queue: Queue, feed: Feed, announcer: Announcer, paid: bool = False
    ) -> None:
        """Compose it; `paid` tells whether vendors are asked, who take money."""
        self._paid = paid
        self._store = store
        self._settings = settings
        self._queue = queue
        self._feed = feed
        self._announcer = announcer

    async def submit(self, order: Order, *, chat: str, seller: str, lane: Lane, dedupe: str) -> Submission:
        """Place a job. It is safe in the database when this returns, whether or not the queue server is well.

        Args:
            order: what to make.
            chat: where the news of it goes.
            seller: whose it is, for fair shares and limits.
            lane: `Lane.FAST` for what a seller waits for in the chat.
            dedupe: names this very wish of the chat; the same one again gives the same job.

        Raises:
            DailyLimit: the seller has had all the films of the day.
        """
        if order.goal is Goal.FILM and lane is Lane.NORMAL:
            await self._check_limit(seller, chat=chat, dedupe=dedupe)
        placed = await self._store.jobs.place(order, chat=chat, seller=seller, lane=lane, dedupe=dedupe)
        await self._ring(placed)
        event = (await self._store.jobs.look(placed.job)).event
        position = event.position if isinstance(event, Queued) else 0
        return Submission(job=placed.job, position=position, new=placed.new)

    async def cancel(self, job: str) -> bool:
        """Stop a job. True when it was still waiting or running."""
        cancelled = await self._store.jobs.cancel(job)
        if cancelled:
            look = await self._store.jobs.look(job)
            if isinstance(look.event, Cancelled):
                await self._announcer.tell(job, look)
        return cancelled

    async def state(self, job: str) -> JobEvent:
        """The latest state of a job.

        Raises:
            JobGone: there is no such job (any more).
        """
        return (await self._store.jobs.look(job)).event

    async def follow(self, job: str) -> AsyncIterator[JobEvent]:
        """The present state of a job, then every change to its end; nothing more once the job was deleted."""
        seen = -1
        last: JobEvent | None = None
        with self._feed.follow(job) as news:
            while True:
                try:
                    look = await self._store.jobs.look(job)
                except JobGone:
                    return
                except StorageError:
                    log.warning("cannot look at a job; trying again", job=job, exc_info=True)
                    await news.wait(_LOOK_SELDOM)
                    continue
                if isinstance(look.event, Finished | Failed | Cancelled):
                    yield look.event
                    return
                changed = look.event != last if isinstance(look.event, Queued) else look.seq > seen
                seen = max(seen, look.seq)
                if changed:
                    last = look.event
                    yield look.event
                often = isinstance(look.event, Queued) or not self._feed.well
                for newer in await news.wait(_LOOK_OFTEN if often else _LOOK_SELDOM):
                    if newer.seq > seen:
                        seen = newer.seq
                        if newer.event != last:
                            last = newer.event
                            yield newer.event

    async def estimate(self, order: Order) -> Estimate:
        """What an order will take. The local engines cost nothing."""
        return Estimate(seconds=await self._store.history.seconds(order), cost=None if self._paid else Decimal(0))

    async def unfinished(self) -> tuple[OpenJob, ...]:
        """Jobs whose end was not shown in their chat yet, oldest first."""
        return await self._store.jobs.unfinished()

    async def workers(self) -> int:
        """How many worker processes there are; 0 as well when the queue server does not answer."""
        try:
            async with asyncio.timeout(_RING):
                return await self._queue.workers()
        except (*QUEUE_ERRORS, TimeoutError):
            return 0

    async def _ring(self, placed: Placed) -> None:
        if placed.ring is None:
            return
        try:
            async with asyncio.timeout(_RING):
                await self._queue.ring(placed.ring)
        except (*QUEUE_ERRORS, TimeoutError):
            log.warning("queue server does not answer; the job waits in the database", job=placed.job)
            return
        await self._store.outbox.rung(placed.ring)

    async def _check_limit(self, seller: str, *, chat: str, dedupe: str) -> None:
        limit = self._settings.daily_films
        if limit is None or await self._store.jobs.known(chat, dedupe):
            return
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if await self._store.jobs.placed_since(seller, today) >= limit:
            raise DailyLimit(limit, resets_at=today + timedelta(days=1))


@asynccontextmanager
async def open_client(
    store: Store, settings: JobSettings, *, server: SecretStr, paid: bool = False
) -> AsyncIterator[Client]:
    """A client of the queue server at an address (see `jobs.broker.queue_server`), closed at the end of the block.

    Args:
        store: where jobs are.
        settings: of the queue.
        server: address of the queue server.
        paid: whether vendors are asked, who take money for what they do.
    """
    redis, reading = hasty(server), hasty(server)
    feed = Feed(reading)
    try:
        async with kept(feed.run()):
            yield Client(store, settings, queue=Queue(redis), feed=feed, announcer=Announcer(redis), paid=paid)
    finally:
        await redis.aclose()
        await reading.aclose()
