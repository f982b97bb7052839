"""Rings for the outbox: what a transaction promised to the queue is rung, even when its process died right after."""

from __future__ import annotations

import asyncio

import structlog

from jobs.queue import Queue
from jobs.redis import QUEUE_ERRORS
from pipeline.errors import StorageError
from storage.leases import Outbox

log = structlog.get_logger()

_LOOK = 1.0  # seconds
_ANSWER = 10.0  # seconds the queue server has to answer


async def relay(outbox: Outbox, queue: Queue) -> None:
    """Ring what the outbox owes, until cancelled."""
    while True:
        try:
            async with asyncio.timeout(_ANSWER):
                await relay_once(outbox, queue)
        except (StorageError, TimeoutError, *QUEUE_ERRORS):
            log.debug("outbox not emptied; trying again", exc_info=True)
        await asyncio.sleep(_LOOK)


async def relay_once(outbox: Outbox, queue: Queue) -> None:
    """Ring everything that is owed now. Dying between the ring and its removal rings twice, which is ringing once."""
    for ring in await outbox.owed():
        await queue.ring(ring)
        await outbox.rung(ring)
