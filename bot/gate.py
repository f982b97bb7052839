"""Stands before the concierge: who may use this installation goes on, whom it does not serve is told so once.

The rules are `bot.dialogue.admission`; this loads what they ask for and does what they decide.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, assert_never
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog

from bot.dialogue.admission import (
    Decision,
    Enter,
    Known,
    Notice,
    Operate,
    Policy,
    Redeem,
    TurnAway,
    decide,
    times,
)
from bot.dialogue.cards import phrase
from bot.dialogue.events import Edited, Event, OtherSent, TextSent
from bot.dialogue.phrases import Phrases
from bot.inlet import Desk, Reply, Sender, Verdict
from bot.office import Office
from bot.supervision import to_its_end
from storage.admissions import Redeemed
from storage.store import Store

_OUTCOMES = {
    Redeemed.UNKNOWN: Notice.CODE_UNKNOWN,
    Redeemed.USED: Notice.CODE_USED,
    Redeemed.EXPIRED: Notice.CODE_EXPIRED,
}

log = structlog.get_logger()


class Gate:
    """A `Desk` before a desk. What it says is said by the reply, so that nobody's conversation is touched."""

    def __init__(self, desk: Desk, store: Store, office: Office, *, policy: Policy, phrases: Phrases) -> None:
        """Compose it.

        Args:
            desk: of those who may go on.
            store: knows who was invited and who is banned.
            office: does what operators want done.
            policy: of the installation.
            phrases: to say it in.
        """
        self._desk = desk
        self._store = store
        self._office = office
        self._policy = policy
        self._phrases = phrases
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def admit(self, sender: Sender, event: Event | None = None) -> Reply | None:
        """None for somebody who may go on; what to tell anybody else, which may be nothing."""
        return await self._supervise(sender, self._decide(sender, event, private=False))

    async def press(self, sender: Sender, token: str) -> Reply:
        """A button was pressed."""
        stopped = await self._supervise(sender, self._decide(sender, None, private=True))
        return stopped or await self._desk.press(sender, token)

    async def photo(self, sender: Sender, data: bytes | Path, *, caption: str = "") -> Reply:
        """A file came that should be a photo."""
        return await self.admit(sender) or await self._desk.photo(sender, data, caption=caption)

    async def handle(self, sender: Sender, event: Event) -> Reply:
        """Anything else."""
        return await self.admit(sender, event) or await self._desk.handle(sender, event)

    # ── one decision ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _supervise(self, sender: Sender, work: Coroutine[Any, Any, Reply | None]) -> Reply | None:
        """Who cannot be checked is not let in, and told so with a reference."""
        task = await to_its_end(work, name=f"gate of {sender.chat}")
        error = task.exception()
        if error is None:
            return task.result()
        reference = uuid4().hex[:8]
        log.error("nobody could say who may go on", chat=sender.chat, reference=reference, exc_info=error)
        text = self._phrases.text(phrase("went-wrong", reference=reference), sender.locale)
        return Reply(Verdict.BROKEN, (text,))

    async def _decide(self, sender: Sender, event: Event | None, *, private: bool) -> Reply | None:
        """One thing after another for each seller, lest what follows a code overtakes it."""
        async with self._turns.setdefault(sender.seller, asyncio.Lock()):
            decision = await self._judge(sender, event)
            if isinstance(decision, TurnAway) and not _addressed(event):
                return Reply(Verdict.REFUSED)
            return await self._do(sender, decision, private=private)

    async def _judge(self, sender: Sender, event: Event | None) -> Decision:
        standing = await self._store.admissions.standing(sender.seller)
        operator = self._policy.operates(sender.seller)
        known = Known(operator=operator, invited=standing.invited, banned=standing.banned)
        return decide(self._policy, known, event)

    async def _do(self, sender: Sender, decision: Decision, *, private: bool) -> Reply | None:
        match decision:
            case Enter():
                return None
            case Redeem():
                return await self._redeem(sender, decision.code)
            case TurnAway():
                return await self._turn_away(sender, decision.notice, private=private)
            case Operate():
                lines = await self._office.serve(decision)
                language = (await self._store.sellers.profile(sender.seller)).language or sender.locale
                return Reply(hints=tuple(self._phrases.text(line, language) for line in lines))
            case _:
                assert_never(decision)

    async def _redeem(self, sender: Sender, code: str) -> Reply | None:
        outcome = await self._store.admissions.redeem(code, seller=sender.seller)
        log.info("a code was handed in", chat=sender.chat, outcome=outcome.value)
        if outcome is Redeemed.TAKEN:
            return None
        return await self._turn_away(sender, _OUTCOMES[outcome], private=False)

    async def _turn_away(self, sender: Sender, notice: Notice, *, private: bool) -> Reply:
        """What nobody else sees may be said whenever they press; what is said in the chat, no more than is due."""
        told = private or await self._store.admissions.may_tell(sender.seller, notice, times=times(notice))
        return Reply(Verdict.REFUSED, (self._phrases.text(phrase(notice.value), sender.locale),) if told else ())


def _addressed(event: Event | None) -> bool:
    """Whether something was meant for the bot, so that an answer is due."""
    return not (isinstance(event, Edited) or (isinstance(event, TextSent | OtherSent) and event.overheard))
