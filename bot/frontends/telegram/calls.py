"""Calling the Bot API: waits when asked to, tries again what is safe, and says in our terms what cannot be done.

A request whose answer is lost may have been carried out. Edits can simply be repeated. A post cannot: it is posted
again and the one whose answer was lost, whose number must lie between the last known one and the new one, is then found
by trying to edit it, and removed. Nobody sees it twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar

import structlog
from telegram import Bot, Message, MessageId
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import ChatClosed, ChatError, TooLarge

Answer = TypeVar("Answer")
Posted = TypeVar("Posted", bound=Message | MessageId)
Sleep = Callable[[float], Awaitable[None]]

TRIES = 5
LOST_AFTER = 24  # numbers looked at, after the highest known one, for a post whose answer was lost
LOST_BEFORE = 8  # and before the one that was posted in its place
OWN_NUMBERS = (
    -1_000_000_000_000
)  # supergroups, whose ids are below, count their messages; all other chats share a count
CLOSED = ("chat not found", "user is deactivated", "not enough rights", "have no rights", "was kicked", "topic_closed")

log = structlog.get_logger()


class Moved(Exception):
    """The group became a supergroup with another number."""

    def __init__(self, chat: int) -> None:
        super().__init__(chat)
        self.chat = chat


class Calls:
    """Calls with patience. Remembers the highest message number, to find posts whose answer was lost.

    Telegram numbers the messages of a supergroup by themselves, and those of all other chats of an account together.
    """

    def __init__(self, bot: Bot, *, sleep: Sleep = asyncio.sleep) -> None:
        self.bot = bot
        self._sleep = sleep
        self._highest: dict[int, int] = {}

    def saw(self, chat: int, message_id: int) -> None:
        """A message with this number exists in the chat."""
        self._highest[_count(chat)] = max(message_id, self._highest.get(_count(chat), 0))

    def highest(self, chat: int) -> int | None:
        """The highest message number that is known where a chat's messages are counted."""
        return self._highest.get(_count(chat))

    async def repeat(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """A call that may be carried out twice without harm.

        Raises:
            BadRequest: Telegram will not do it. ChatError: it could not be done; TooLarge: for its size.
            Moved: the chat has another number.
        """
        return await self._patiently(call, unanswered=None)

    async def post(self, chat: int, call: Callable[[], Awaitable[Posted]]) -> Posted:
        """A call that makes a new message, made so that it is seen once.

        Raises:
            As `repeat`.
        """

        async def alone() -> Sequence[Posted]:
            return (await call(),)

        return (await self.post_album(chat, alone))[0]

    async def post_album(self, chat: int, call: Callable[[], Awaitable[Sequence[Posted]]]) -> Sequence[Posted]:
        """A call that makes several messages, made so that they are seen once.

        Raises:
            As `repeat`.
        """
        known = self.highest(chat)
        lost = 0

        def unanswered() -> None:
            nonlocal lost
            lost += 1

        messages = await self._patiently(call, unanswered=unanswered)
        if lost and known is not None:
            first = messages[0].message_id
            near = {*range(known + 1, known + 1 + LOST_AFTER), *range(first - LOST_BEFORE, first)}
            await self._remove_ours(chat, sorted(number for number in near if known < number < first))
        self.saw(chat, messages[-1].message_id)
        return messages

    async def remove_after(self, chat: int, known: int) -> None:
        """Remove what was posted after a message when the bot stopped, and so is known to nobody."""
        await self._remove_ours(chat, range(known + 1, known + 1 + LOST_AFTER))

    async def remove(self, chat: int, message_id: int) -> None:
        """Remove a message of ours as far as that is possible."""
        try:
            await self.bot.delete_message(chat_id=chat, message_id=message_id)
        except TelegramError as error:
            log.warning("it stays", chat=chat, message=message_id, reason=_reason(error))

    async def _patiently(
        self, call: Callable[[], Awaitable[Answer]], *, unanswered: Callable[[], None] | None
    ) -> Answer:
        for attempt in range(TRIES):
            try:
                return await call()
            except TelegramError as error:
                wait = _wait(error, attempt)
                if unanswered is not None and not isinstance(error, RetryAfter):
                    unanswered()
                await self._sleep(wait)
        raise ChatError(f"no answer in {TRIES} tries")

    async def _remove_ours(self, chat: int, numbers: Iterable[int]) -> None:
        """Remove our own messages that nobody knows of; what a person wrote cannot be edited and so stays."""
        for message_id in numbers:
            try:
                await self.bot.edit_message_reply_markup(chat_id=chat, message_id=message_id, reply_markup=None)
            except BadRequest as error:
                if "not modified" not in error.message.lower():
                    continue
            except TelegramError:
                continue
            log.info("removing a post whose answer was lost", chat=chat, message=message_id)
            self.saw(chat, message_id)
            await self.remove(chat, message_id)


def _count(chat: int) -> int:
    return chat if chat < OWN_NUMBERS else 0


def _wait(error: TelegramError, attempt: int) -> float:
    """Seconds to wait before trying again; raises, in our terms, what waiting does not help against."""
    match error:
        case RetryAfter():
            asked = error.retry_after
            return 0.1 + (float(asked) if isinstance(asked, int | float) else asked.total_seconds())
        case ChatMigrated():
            raise Moved(error.new_chat_id) from error
        case Forbidden() | InvalidToken():
            raise ChatClosed(_reason(error)) from error
        case BadRequest() if any(word in error.message.lower() for word in CLOSED):
            raise ChatClosed(_reason(error)) from error
        case BadRequest():
            raise error
        case NetworkError() if "too large" in error.message.lower():
            raise TooLarge(_reason(error)) from error
        case NetworkError():
            return min(8.0, 0.3 * 2.0**attempt)
        case _:
            raise ChatError(_reason(error)) from error


def _reason(error: TelegramError) -> str:
    return f"{type(error).__name__}: {error.message}"
