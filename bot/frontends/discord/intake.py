"""Handles what sellers do in Discord: written down first, then one by one in each chat, handed to the concierge."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from uuid import uuid4
from weakref import WeakValueDictionary

import httpx
import structlog
from pydantic import ValidationError

from bot.dialogue.cards import phrase
from bot.dialogue.events import OtherSent, PhotoRefused, TextSent
from bot.dialogue.phrases import Phrases
from bot.frontends.discord.deeds import Deed, File, Ticks
from bot.frontends.discord.limits import DOWNLOAD, may_fetch
from bot.frontends.discord.outlet import DiscordOutlet
from bot.inlet import Desk, Reply, Sender, Verdict
from pipeline.errors import StorageError
from storage.inbox import Inbox

DOWNLOAD_SECONDS = 60.0
MOST_FILES = 10
COURTESY = 0.5  # seconds that handling waits for acknowledgements

log = structlog.get_logger()


class Intake:
    """Handles deeds; several chats at once, the deeds of one chat in their order."""

    def __init__(
        self,
        desk: Desk,
        outlet: DiscordOutlet,
        inbox: Inbox,
        *,
        phrases: Phrases,
        hosts: frozenset[str],
        account: str,
    ) -> None:
        """Compose it.

        Args:
            desk: the concierge.
            outlet: knows what is ticked.
            inbox: where deeds are written down.
            phrases: the conversation's, for what happens before it.
            hosts: where attachments may be fetched.
            account: number of the bot, to tell its inbox from another's.
        """
        self._desk = desk
        self._outlet = outlet
        self._inbox = inbox
        self._phrases = phrases
        self._hosts = hosts
        self._source = f"discord:{account}"
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, deed: Deed, *, after: Set[asyncio.Future[None]] = frozenset()) -> Reply:
        """Write a deed down and handle it, in its turn; one that was seen before does nothing.

        Args:
            deed: what was done.
            after: acknowledgements on their way: while many people press at once, these go before handling.
        """
        turn = self._turns.setdefault(deed.chat, asyncio.Lock())
        async with turn:
            if after:
                await asyncio.wait(after, timeout=COURTESY)
            try:
                fresh = await self._inbox.put(self._source, deed.id, deed.model_dump_json())
            except StorageError as error:
                return self._lost(deed, error)
            return await self._finish(deed) if fresh else Reply()

    def _lost(self, deed: Deed, error: StorageError) -> Reply:
        """A deed could not even be written down: the seller has to know, since it will not be handled later."""
        reference = uuid4().hex[:8]
        log.error("a deed was not written down", chat=deed.chat, reference=reference, error=str(error))
        text = self._phrases.text(phrase("went-wrong", reference=reference), self._phrases.nearest(deed.locale))
        return Reply(Verdict.BROKEN, (text,))

    async def left(self) -> tuple[Deed, ...]:
        """What was written down and not finished when the bot stopped; asked before anything new can come."""
        deeds = []
        for waiting in await self._inbox.pending(self._source):
            try:
                deeds.append(Deed.model_validate_json(waiting.payload))
            except ValidationError:
                log.warning("a deed of another version is left out", id=waiting.update_id)
                await self._inbox.done(self._source, waiting.update_id)
        return tuple(deeds)

    async def again(self, deed: Deed) -> Reply:
        """Handle a deed that was left, in its turn: before what comes in its chat from now on."""
        async with self._turns.setdefault(deed.chat, asyncio.Lock()):
            return await self._finish(deed)

    async def _finish(self, deed: Deed) -> Reply:
        replies = await self._handle(deed)
        if not any(reply.taken_out for reply in replies):
            await self._inbox.done(self._source, deed.id)
        worst = next((reply.verdict for reply in replies if reply.verdict is not Verdict.DONE), Verdict.DONE)
        hints = dict.fromkeys(hint for reply in replies for hint in reply.hints)
        return Reply(worst, tuple(hints))

    # ── part by part ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _handle(self, deed: Deed) -> list[Reply]:
        replies: list[Reply] = []

        def sender() -> Sender:
            update = f"{deed.id}.{len(replies)}" if replies else deed.id
            inbox = self._source if deed.single else ""  # then it is taken out together with what comes of it
            return Sender(chat=deed.chat, seller=deed.seller, locale=deed.locale, update=update, inbox=inbox)

        if deed.command is not None:
            replies.append(await self._desk.handle(sender(), deed.command))
        for number, file in enumerate(deed.files[:MOST_FILES]):
            replies.append(await self._photo(sender(), file, caption=deed.text if number == 0 else ""))
        if deed.text and not deed.files:
            replies.append(await self._desk.handle(sender(), TextSent(text=deed.text)))
        if deed.preset is not None:
            replies.append(await self._desk.handle(sender(), deed.preset))
        for token in (*deed.tokens, *(self._changed(deed.ticks) if deed.ticks else ())):
            reply = await self._desk.press(sender(), token)
            replies.append(reply)
        if deed.other:
            replies.append(await self._desk.handle(sender(), OtherSent()))
        return replies

    def _changed(self, ticks: Ticks) -> tuple[str, ...]:
        """The tokens that change when exactly these are to be ticked."""
        known = self._outlet.ticked(ticks.message)
        before = known if known is not None else frozenset(ticks.before)
        return tuple(token for token in ticks.offered if (token in ticks.chosen) is not (token in before))

    async def _photo(self, sender: Sender, file: File, *, caption: str) -> Reply:
        refusal = await self._desk.admit(sender)
        if refusal is not None:
            return refusal
        if file.size > DOWNLOAD:
            return await self._desk.handle(sender, PhotoRefused(reason="too_large", caption=caption))
        data = await self._fetch(file)
        if data is None:
            return await self._desk.handle(sender, PhotoRefused(reason="damaged", caption=caption))
        return await self._desk.photo(sender, data, caption=caption)

    async def _fetch(self, file: File) -> bytes | None:
        """An attachment's content; None when it does not come, comes from elsewhere, or is larger than was said."""
        if not may_fetch(file.url, self._hosts):
            log.warning("an attachment is not where Discord keeps them")
            return None
        kept = bytearray()
        try:
            async with (
                asyncio.timeout(DOWNLOAD_SECONDS),
                httpx.AsyncClient(follow_redirects=False, timeout=20.0) as client,
                client.stream("GET", file.url) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    log.warning("an attachment could not be fetched", status=answer.status_code)
                    return None
                async for part in answer.aiter_bytes():
                    kept += part
                    if len(kept) > DOWNLOAD:
                        return None
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("an attachment could not be fetched", reason=type(error).__name__)
            return None
        return bytes(kept)
