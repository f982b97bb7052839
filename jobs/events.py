"""Live news of jobs: a Redis stream each. Losing it loses nothing, for the latest state is in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from arq.connections import ArqRedis
from pydantic import TypeAdapter, ValidationError

from jobs.redis import QUEUE_ERRORS
from pipeline.model import JobEvent
from storage.jobs import Look

log = structlog.get_logger()

_EVENTS: TypeAdapter[JobEvent] = TypeAdapter(JobEvent)

_LENGTH = 200  # entries kept of one job
_EXPIRES = 86_400  # seconds
_BLOCK = 100  # milliseconds that one read waits; a new follower is heard of after that at the latest
_PAUSE = 1.0  # seconds after a failed read

_END = b"end"


def _stream(job: str) -> str:
    return f"frame:events:{job}"


class Announcer:
    """The workers' side: tells what happens, without ever waiting long or failing."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def tell(self, job: str, look: Look) -> None:
        """Tell the followers of a job what happened. The end is told as a hint only: it is read from the database."""
        ended = look.event.kind in ("finished", "failed", "cancelled")
        body = _END if ended else _EVENTS.dump_json(look.event)
        try:
            async with asyncio.timeout(1), self._redis.pipeline(transaction=False) as pipe:
                pipe.xadd(_stream(job), {"seq": look.seq, "event": body}, maxlen=_LENGTH, approximate=True)
                pipe.expire(_stream(job), _EXPIRES)
                await pipe.execute()
        except (*QUEUE_ERRORS, TimeoutError):
            log.debug("event not told; followers will read the database", job=job)


@dataclass
class News:
    """What one follower has not read yet."""

    job: str
    cursor: str = "0-0"
    looks: list[Look] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, seconds: float) -> tuple[Look, ...]:
        """News as soon as there is some; empty when the time is over or the job has ended: look then."""
        try:
            async with asyncio.timeout(seconds):
                await self.arrived.wait()
        except TimeoutError:
            return ()
        self.arrived.clear()
        looks, self.looks = tuple(self.looks), []
        return looks


class Feed:
    """The followers' side: one connection reads the streams of all jobs that are followed in this process."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis
        self._news: dict[int, News] = {}
        self._someone = asyncio.Event()
        self.well = True  # False while the queue server does not answer, and followers had better look for themselves

    @contextmanager
    def follow(self, job: str) -> Iterator[News]:
        """News of a job from the beginning of its stream, within the block."""
        news = News(job)
        self._news[id(news)] = news
        self._someone.set()
        try:
            yield news
        finally:
            del self._news[id(news)]
            if not self._news:
                self._someone.clear()

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            await self._someone.wait()
            try:
                await self._read()
            except QUEUE_ERRORS:
                self.well = False
                await asyncio.sleep(_PAUSE)
            else:
                self.well = True

    async def _read(self) -> None:
        cursors: dict[str, str] = {}
        for news in self._news.values():
            stream = _stream(news.job)
            cursors[stream] = min(cursors.get(stream, news.cursor), news.cursor, key=_place)
        for stream, entries in await self._redis.xread(cast("dict[Any, Any]", cursors), block=_BLOCK) or ():
            for cursor, entry in entries:
                self._hand_out(stream.decode(), cursor.decode(), entry)

    def _hand_out(self, stream: str, cursor: str, entry: dict[bytes, bytes]) -> None:
        for news in self._news.values():
            if _stream(news.job) != stream or _place(cursor) <= _place(news.cursor):
                continue
            news.cursor = cursor
            if entry[b"event"] != _END:
                try:
                    event = _EVENTS.validate_json(entry[b"event"])
                except ValidationError:
                    continue  # written by another version of FRAME; the database has it too
                news.looks.append(Look(seq=int(entry[b"seq"]), event=event))
            news.arrived.set()


def _place(cursor: str) -> tuple[int, int]:
    time, _, number = cursor.partition("-")
    return int(time), int(number)
