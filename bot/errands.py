"""What the dialogue wants of the studio and of the store, and what these answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, assert_never

from bot.dialogue.effects import Appraise, Cancel, Forget, Haste, Keep, Produce, Recall, Recover
from bot.dialogue.events import Accepted, Appraised, Declined, Event, Forgotten, PastTitle, Recalled, Recovered
from bot.dialogue.session import Session
from bot.inlet import Sender
from bot.profiles import from_stored, to_stored
from jobs.client import Estimate, Lane, Submission
from jobs.errors import DailyLimit
from pipeline.model import Order
from storage.store import Store

HISTORY = 8  # films in the list of /films

Errand = Produce | Cancel | Appraise | Keep | Recall | Recover | Forget


_LANES = {Haste.NORMAL: Lane.NORMAL, Haste.FAST: Lane.FAST, Haste.POST: Lane.POST}


class Studio(Protocol):
    """Where jobs are placed: the jobs client."""

    async def submit(self, order: Order, *, chat: str, seller: str, lane: Lane, dedupe: str) -> Submission:
        """Place a job; the same dedupe key of a chat again is the same job."""
        ...

    async def cancel(self, job: str) -> bool:
        """Stop a job."""
        ...

    async def estimate(self, order: Order) -> Estimate:
        """What an order will take."""
        ...


class Errands:
    """Runs errands for the concierge. Each may be run twice."""

    def __init__(self, store: Store, studio: Studio, *, follow: Callable[[str, str, str], None]) -> None:
        self._store = store
        self._studio = studio
        self._follow = follow

    async def run(self, errand: Errand, *, session: Session, sender: Sender) -> Event | None:
        """Run an errand; the answer, if there is one, is the next event of the dialogue."""
        match errand:
            case Produce():
                return await self._submit(errand, session, sender)
            case Cancel():
                await self._studio.cancel(errand.job)
                return None
            case Appraise():
                estimate = await self._studio.estimate(errand.order)
                used = await self._store.films.phrases_used(sender.seller)
                return Appraised(seconds=estimate.seconds, cost=estimate.cost, avoid=used, film=errand.film)
            case Keep():
                await self._store.sellers.save(sender.seller, to_stored(errand.profile))
                return None
            case Recall():
                return await self._recall(sender)
            case Recover():
                past = await self._store.films.take_out(errand.job, chat=sender.chat, seller=sender.seller)
                return Recovered(job=errand.job, film=past.film if past else None)
            case Forget():
                return await self._forget(session, sender)
            case _:
                assert_never(errand)

    async def greet(self, sender: Sender) -> Session:
        """A new conversation with what is known of the seller."""
        profile = from_stored(await self._store.sellers.profile(sender.seller))
        return Session(seller=sender.seller, profile=profile)

    async def _submit(self, errand: Produce, session: Session, sender: Sender) -> Event:
        dedupe = f"{session.seed}/{errand.run}"
        try:
            placed = await self._studio.submit(
                errand.order, chat=sender.chat, seller=sender.seller, lane=_LANES[errand.haste], dedupe=dedupe
            )
        except DailyLimit as error:
            left = (error.resets_at - datetime.now(UTC)).total_seconds()
            return Declined(run=errand.run, phrase="daily-limit", resets_in=max(0.0, left))
        self._follow(placed.job, sender.chat, sender.seller)
        return Accepted(run=errand.run, job=placed.job, position=placed.position)

    async def _recall(self, sender: Sender) -> Event:
        past = await self._store.films.recent(sender.seller, HISTORY)
        return Recalled(
            films=tuple(PastTitle(job=one.job, title=one.title, day=one.at.date().isoformat()) for one in past)
        )

    async def _forget(self, session: Session, sender: Sender) -> Event:
        for job in {run.job for run in session.runs if run.job}:
            await self._studio.cancel(job)
        await self._store.forget(sender.seller)
        await self._store.slots.clear(sender.chat)
        return Forgotten()
