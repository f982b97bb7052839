"""Brings what happens to jobs into their chats, until the end of each was shown, whatever restarts in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.dialogue.events import Told
from bot.inlet import Reply, Sender, Verdict
from bot.supervision import to_its_end
from jobs.client import OpenJob
from pipeline.model import Cancelled, Failed, Finished, JobEvent
from storage.deliveries import Deliveries

log = structlog.get_logger()

_AGAIN = (1.0, 3.0, 10.0, 30.0, 120.0, 600.0)  # seconds between tries to show the end of a job


class News(Protocol):
    """Where the courier learns of jobs: the jobs client."""

    def follow(self, job: str) -> AsyncIterator[JobEvent]:
        """The present state of a job, then every change to its end; nothing for a deleted one."""
        ...

    async def unfinished(self) -> tuple[OpenJob, ...]:
        """Jobs whose end was not shown yet."""
        ...


Tell = Callable[[Sender, Told], Awaitable[Reply]]


@dataclass(frozen=True)
class _Round:
    """A job to report on, and where."""

    job: str
    sender: Sender


class Courier:
    """Follows every open job. Delivering twice is harmless: the same slot edits the same message."""

    def __init__(
        self,
        news: News,
        deliveries: Deliveries,
        *,
        serves: Callable[[str], bool],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Compose it.

        Args:
            news: where jobs are followed.
            deliveries: remembers whose end was shown.
            serves: whether this process has a front end for a chat; jobs of others are left alone.
            sleep: waits between tries.
        """
        self._news = news
        self._deliveries = deliveries
        self._serves = serves
        self._sleep = sleep
        self._new: asyncio.Queue[_Round] = asyncio.Queue()
        self._under_way: set[str] = set()
        self._resting = asyncio.Event()
        self._resting.set()
        self._closed: dict[str, list[_Round]] = {}  # chats that take nothing for now

    def follow(self, job: str, chat: str, seller: str) -> None:
        """Report on a job from now on."""
        self._resting.clear()
        self._new.put_nowait(_Round(job, Sender(chat=chat, seller=seller)))

    async def rest(self) -> None:
        """Wait until there is nothing to report on."""
        await self._resting.wait()

    def heard(self, chat: str) -> None:
        """The seller did something in a chat: it is open again, if it was closed."""
        for waiting in self._closed.pop(chat, []):
            self._resting.clear()
            self._new.put_nowait(waiting)

    async def run(self, tell: Tell) -> None:
        """Report until cancelled; begins with what was left when the bot stopped.

        Args:
            tell: hands an event to the dialogue (the concierge's `handle`).
        """
        for left in await self._news.unfinished():
            if self._serves(left.chat):
                self.follow(left.job, left.chat, left.seller)
        async with asyncio.TaskGroup() as group:
            while True:
                one = await self._new.get()
                if one.job not in self._under_way:
                    self._under_way.add(one.job)
                    group.create_task(self._guard(one, tell), name=f"courier of {one.job}")

    async def _guard(self, one: _Round, tell: Tell) -> None:
        """Walk, and walk again later should that break: no job takes the others down with it."""
        walk = await to_its_end(self._walk(one, tell), name=f"walk of {one.job}")
        error = walk.exception()
        if error is not None:
            log.error("reporting on a job broke; trying again", job=one.job, exc_info=error)
            await self._sleep(_AGAIN[-2])
            self._new.put_nowait(one)

    async def _walk(self, one: _Round, tell: Tell) -> None:
        try:
            async for event in self._news.follow(one.job):
                if isinstance(event, Finished | Failed | Cancelled):
                    await self._deliver(one, event, tell)
                    return
                await tell(one.sender, Told(job=one.job, event=event))
        finally:
            self._under_way.discard(one.job)
            if not self._under_way and self._new.empty():
                self._resting.set()

    async def _deliver(self, one: _Round, end: JobEvent, tell: Tell) -> None:
        """Show the end of a job, however often it takes."""
        tries = 0
        while not await self._deliveries.settled(one.job):
            reply = await tell(one.sender, Told(job=one.job, event=end))
            match reply.verdict:
                case Verdict.DONE | Verdict.FOREIGN | Verdict.FORGED:
                    await self._deliveries.settle(one.job)
                    return
                case Verdict.CLOSED:
                    self._closed.setdefault(one.sender.chat, []).append(one)
                    return
                case Verdict.UNSHOWN | Verdict.BROKEN:
                    log.warning("the end of a job was not shown yet", job=one.job, chat=one.sender.chat)
                    await self._sleep(_AGAIN[min(tries, len(_AGAIN) - 1)])
                    tries += 1
