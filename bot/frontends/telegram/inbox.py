"""Updates are written down before Telegram is told that they arrived.

What arrives is raw: it is written to SQL as it is, all that came together in one transaction, and only then read. An
update that cannot be read is thereby out of the way like any other; the log tells of it. What was not handled when the
bot stopped is handed out again when it starts.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import structlog
from telegram import Bot, Update

from storage.inbox import Inbox
from storage.inbox import Update as Written

log = structlog.get_logger()

_UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)


_NEEDED = frozenset({"message_id", "date", "chat", "is_topic_message", "message_thread_id"})


def _lean(raw: dict[str, Any]) -> dict[str, Any]:
    """A press without the message that the button is under: where that is will do, we know what we wrote."""
    match raw:
        case {"callback_query": {"message": dict(message), **query}}:
            where = {name: value for name, value in message.items() if name in _NEEDED}
            return {**raw, "callback_query": {**query, "message": where}}
        case _:
            return raw


class DurableQueue(asyncio.Queue[object]):
    """The application's update queue, with a memory; the same update is handed out once."""

    def __init__(self, inbox: Inbox, *, account: str) -> None:
        super().__init__()
        self._inbox = inbox
        self.source = f"telegram:{account}"

    async def arrive(self, raw: Sequence[dict[str, Any]], bot: Bot) -> None:
        """Write updates down, then hand them out; those that were seen before are dropped.

        Args:
            raw: updates as Telegram sent them, each with its `update_id`.
            bot: whose updates they are.

        Raises:
            StorageError: they could not be written down, and must not be confirmed.
        """
        contents = {str(one["update_id"]): _lean(one) for one in raw}
        arrived = [Written(update_id=number, payload=json.dumps(one)) for number, one in contents.items()]
        for new in await self._inbox.put_all(self.source, arrived):
            await self._hand_out(new.update_id, contents[new.update_id], bot)

    async def replay(self, bot: Bot) -> None:
        """Hand out again what was written down and not handled."""
        for waiting in await self._inbox.pending(self.source):
            await self._hand_out(waiting.update_id, json.loads(waiting.payload), bot)

    async def handled(self, update: Update) -> None:
        """The update need not come again."""
        await self._inbox.done(self.source, update.update_id)

    async def _hand_out(self, update_id: str, raw: dict[str, Any], bot: Bot) -> None:
        try:
            update = Update.de_json(raw, bot)
        except _UNREADABLE as error:
            fault = type(error).__name__  # and no more of it: what a seller wrote may be in its text
        else:
            await self.put(update)
            return
        log.error(
            "an update could not be read and is left out",
            reference=uuid4().hex[:8],
            update=update_id,
            holds=sorted(raw),
            error=fault,
        )
        await self._inbox.done(self.source, update_id)
