"""Calling Discord: waits when asked to, tries again what is safe, and says in our terms what cannot be done.

discord.py itself waits after a 429 and repeats after most server errors. A post can be repeated safely: its nonce is
enforced, so Discord answers with the message that is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.errors import ChatClosed, ChatError

Answer = TypeVar("Answer")
Sleep = Callable[[float], Awaitable[None]]

TRIES = 4
CALL_SECONDS = 180.0
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, TOO_LARGE, ARCHIVED = 10003, 10008, 40005, 50083
CLOSED = frozenset({UNKNOWN_CHANNEL, 50001, 50007, 50013, 50278})  # nothing can be shown there for now


class Gone(ChatError):
    """The message is not there any more."""


class Archived(ChatError):
    """The thread is archived."""


class TooLarge(ChatError):
    """The files are larger than this place takes."""


class Calls:
    """Calls with patience."""

    def __init__(self, *, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep

    async def do(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Carry out a call that may be carried out twice without harm.

        Raises:
            Gone, Archived, TooLarge: as they say. ChatClosed: nothing can be shown there. ChatError: anything else.
        """
        reason: BaseException | None = None
        for attempt in range(TRIES):
            try:
                async with asyncio.timeout(CALL_SECONDS):
                    return await call()
            except discord.DiscordServerError as error:
                reason = error
            except (discord.HTTPException, discord.RateLimited) as error:
                raise ours(error) from error
            except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError as well
                reason = error
            await self._sleep(min(8.0, 0.4 * 2.0**attempt))
        raise ChatError(f"no answer in {TRIES} tries: {reason!r}") from reason


def ours(error: discord.HTTPException | discord.RateLimited) -> ChatError:
    """A refusal in our terms."""
    if isinstance(error, discord.RateLimited):
        return ChatError(f"asked to wait {error.retry_after:.0f} s")
    text = f"{error.status} {error.code}: {error.text}"
    if error.code == UNKNOWN_MESSAGE:
        return Gone(text)
    if error.code == ARCHIVED:
        return Archived(text)
    if error.code == TOO_LARGE or error.status == 413:
        return TooLarge(text)
    if error.code in CLOSED or error.status == 403:
        return ChatClosed(text)
    return ChatError(text)
