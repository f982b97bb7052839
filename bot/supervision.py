"""Work whose end, good or bad, somebody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def to_its_end(work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
    """Do work in a task of its own until it has ended in whatever way, and hand that task over.

    Who is cancelled while waiting cancels the work and waits for that as well: nothing goes on alone.
    """
    task = asyncio.create_task(work, name=name)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        raise
    return task
