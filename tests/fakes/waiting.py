"""Waiting for something to become true, with a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], bool | Awaitable[bool]], *, seconds: float = 30.0) -> None:
    """Return as soon as the condition holds; fail when it does not in time."""
    async with asyncio.timeout(seconds):
        while True:
            holds = condition()
            if isinstance(holds, bool):
                if holds:
                    return
            elif await holds:
                return
            await asyncio.sleep(0.01)
