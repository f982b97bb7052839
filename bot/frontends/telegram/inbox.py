"""Updates are written down before Telegram is told that they arrived.

python-telegram-bot confirms an update as soon as it has put it into its queue; a bot killed then loses it. This queue
writes to SQL first. What was not handled when the bot stopped is put back when it starts.
"""

from __future__ import annotations

import asyncio
import json

from telegram import Bot, Update

from storage.inbox import Inbox


class DurableQueue(asyncio.Queue[object]):
    """An update queue with a memory; the same update is handed out once."""

    def __init__(self, inbox: Inbox, *, account: str) -> None:
        super().__init__()
        self._inbox = inbox
        self._source = f"telegram:{account}"

    async def put(self, item: object) -> None:
        """Write an update down, then hand it out; one that was seen before is dropped."""
        if isinstance(item, Update) and not await self._inbox.put(self._source, item.update_id, item.to_json()):
            return
        await super().put(item)

    async def replay(self, bot: Bot) -> None:
        """Hand out again what was written down and not handled."""
        for waiting in await self._inbox.pending(self._source):
            update = Update.de_json(json.loads(waiting.payload), bot)
            if update is not None:
                await super().put(update)

    async def handled(self, update: Update) -> None:
        """The update need not come again."""
        await self._inbox.done(self._source, update.update_id)
