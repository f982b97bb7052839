"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


async def end(*tasks: asyncio.Task[Any], patience: float = 2.0) -> None:
    """Cancel tasks and wait until they have ended, cancelling once more whenever `patience` (seconds) is over.

    One cancellation is not enough: `asyncio.wait_for` of Python 3.11, which redis-py sends with, loses one that arrives
    at the moment its own work is done. But each interrupts whatever the task is putting in order, so `patience` has to
    be longer than that takes.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=patience)


@asynccontextmanager
async def kept(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Work that goes on beside the block and ends with it; when it fails, the block ends at once and fails with it."""
    task = asyncio.create_task(work)
    try:
        async with asyncio.timeout(None) as block:

            def ended(_: asyncio.Task[None]) -> None:
                if _failed(task):
                    block.reschedule(asyncio.get_running_loop().time())

            task.add_done_callback(ended)
            try:
                yield task
            finally:
                task.remove_done_callback(ended)
                await end(task)
    except TimeoutError:
        if not block.expired():
            raise
    finally:
        if _failed(task):
            task.result()


def _failed(task: asyncio.Task[None]) -> bool:
    return not task.cancelled() and task.exception() is not None
