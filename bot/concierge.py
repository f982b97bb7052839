"""The one loop in which a chat's events meet the world: lock, load, advance, save, do what the dialogue wants done."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, assert_never
from uuid import uuid4

import structlog
from pydantic import ValidationError

from bot.dialogue import tokens
from bot.dialogue.cards import Card, phrase
from bot.dialogue.effects import (
    Appraise,
    Ask,
    Cancel,
    Effect,
    Forget,
    Hint,
    Keep,
    Produce,
    Recall,
    Recover,
    Retire,
    Say,
    Show,
)
from bot.dialogue.events import Commanded, Event, Forgotten, PhotoRefused, PhotoSent, Pressed, Told
from bot.dialogue.phrases import Phrases
from bot.dialogue.script import advance
from bot.dialogue.session import Session
from bot.errands import Errands
from bot.errors import ChatClosed, ChatError
from bot.inlet import Reply, Sender, Verdict
from bot.presenter import Presenter
from bot.supervision import to_its_end
from pipeline.errors import BadPhoto, StorageError
from pipeline.intake import take_in
from pipeline.model import Account
from storage.store import Store

_BEGINNINGS, _APART = 90_000, 1_000  # where the numbers of a conversation may begin

log = structlog.get_logger()


class Concierge:
    """Serves every chat. Events of one chat are taken one by one; chats do not wait for each other."""

    def __init__(
        self,
        store: Store,
        presenter: Presenter,
        errands: Errands,
        *,
        phrases: Phrases,
        secret: bytes,
        heard: Callable[[str], None],
        accounts: Callable[[str], tuple[Account, ...]] = lambda _: (),
    ) -> None:
        """Compose it.

        Args:
            store: what is stored.
            presenter: shows cards.
            errands: the way to the studio and the store.
            phrases: to find the language that fits a seller's app.
            secret: key of the button tokens.
            heard: told of every chat in which a seller did something.
            accounts: those that a seller may post films to, by the settings of now.
        """
        self._store = store
        self._presenter = presenter
        self._errands = errands
        self._phrases = phrases
        self._secret = secret
        self._heard = heard
        self._accounts = accounts

    # ── what front ends and the courier call ─────────────────────────────────────────────────────────────────────────

    async def admit(self, sender: Sender, event: Event | None = None) -> Reply | None:
        """Everybody is served; who should not be does not get past the gate."""
        return None

    async def press(self, sender: Sender, token: str) -> Reply:
        """A button was pressed."""
        found = tokens.read(token, chat=sender.chat, secret=self._secret)
        if found is None:
            log.info("a token that was not ours", chat=sender.chat)
            return Reply(Verdict.FORGED)
        return await self.handle(sender, Pressed(turn=found.turn, action=found.action))

    async def photo(self, sender: Sender, data: bytes | Path, *, caption: str = "") -> Reply:
        """A file came that should be a photo; `caption` is what was written under it."""
        return await self._supervise(sender, self._take_photo(sender, data, caption))

    async def handle(self, sender: Sender, event: Event) -> Reply:
        """Something happened in a chat, or to one of its jobs."""
        if not isinstance(event, Told):
            self._heard(sender.chat)
        return await self._supervise(sender, self._take(sender, event))

    # ── one event ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _supervise(self, sender: Sender, work: Coroutine[Any, Any, Reply]) -> Reply:
        """Do the work of an event; should it break, tell the seller with a reference, and keep serving."""
        task = await to_its_end(work, name=f"event of {sender.chat}")
        error = task.exception()
        if error is None:
            return task.result()
        if isinstance(error, ChatClosed):
            log.info("the chat is closed", chat=sender.chat)
            return Reply(Verdict.CLOSED)
        if isinstance(error, ChatError):
            log.warning("the chat did not take a message", chat=sender.chat, error=repr(error))
            return Reply(Verdict.UNSHOWN)
        return await self._apologise(sender, error)

    async def _apologise(self, sender: Sender, error: BaseException) -> Reply:
        reference = uuid4().hex[:8]
        log.error("an event could not be handled", chat=sender.chat, reference=reference, exc_info=error)
        key = "out-of-space" if isinstance(error, StorageError) else "went-wrong"
        card = Card(slot="", topic="trouble", lines=(phrase(key, reference=reference),))
        locale = self._phrases.nearest(sender.locale)
        for work in (self._write_off(sender), self._presenter.show(sender.chat, card, locale=locale)):
            attempt = await to_its_end(work, name=f"apology in {sender.chat}")
            if attempt.exception() is not None:
                log.warning("nor could that be mended", chat=sender.chat, error=repr(attempt.exception()))
        return Reply(Verdict.BROKEN)

    async def _write_off(self, sender: Sender) -> None:
        """Give up what is left to do after an event that broke, lest it break every event after it."""
        async with self._store.sessions.lock(sender.chat):
            session = await self._load(sender)
            if session.owed and session.seller == sender.seller:
                await self._save(_Turn(sender, session.model_copy(update={"owed": ()})))

    async def _take_photo(self, sender: Sender, data: bytes | Path, caption: str) -> Reply:
        with TemporaryDirectory(prefix="photo-", ignore_cleanup_errors=True) as scratch:
            try:
                photo = await take_in(data, scratch=Path(scratch))
            except BadPhoto as error:
                return await self.handle(sender, PhotoRefused(reason=error.reason, caption=caption))
            holder = f"chat:{sender.chat}"
            await self._store.uses.note_file(holder=holder, seller=sender.seller, sha256=photo.sha256)
            artifact = await self._store.blobs.put(photo.path, photo.media_type)
        sent = PhotoSent(photo=artifact, notes=photo.notes, look=photo.look, caption=caption, place=sender.place)
        return await self.handle(sender, sent)

    async def _take(self, sender: Sender, event: Event) -> Reply:
        async with self._store.sessions.lock(sender.chat):
            session = await self._load(sender)
            if session.seller != sender.seller:
                if not (session.free and isinstance(event, Commanded | PhotoSent)):
                    return Reply(Verdict.FOREIGN)
                session = await self._anew(sender)
            turn = _Turn(sender, session)
            await self._settle(turn)  # what a crash or a closed chat left undone
            if not sender.update or sender.update != turn.session.event:
                await self._advance(turn, event)
            return Reply(hints=tuple(turn.hints), taken_out=turn.taken_out)

    async def _advance(self, turn: _Turn, event: Event) -> None:
        before = turn.session
        session, effects = advance(before, event)
        if session == before and all(isinstance(effect, Show) and effect.card.patient for effect in effects):
            for effect in effects:  # passing news of a job: not worth a transaction
                await self._do(turn, effect)
            return
        event_id = turn.sender.update or session.event
        turn.session = session.model_copy(update={"event": event_id, "owed": effects})
        turn.handling = True
        await self._save(turn)
        await self._settle(turn)

    async def _settle(self, turn: _Turn) -> None:
        """Do what the dialogue wants done, in order; what follows from the answers comes next."""
        if not turn.session.owed:
            return
        while turn.session.owed:
            effect, *rest = turn.session.owed
            answer = await self._do(turn, effect)
            turn.session = turn.session.model_copy(update={"owed": tuple(rest)})
            if isinstance(answer, Forgotten):
                self._presenter.forget(turn.sender.chat)
                await self._presenter.show(turn.sender.chat, _FAREWELL, locale=turn.session.locale)
                return  # and keep nothing of this turn
            if answer is not None:
                session, more = advance(turn.session, answer)
                turn.session = session.model_copy(update={"owed": (*more, *rest)})
                if turn.session.owed and isinstance(effect, Produce):  # the others only read: they may ask again
                    await self._save(turn)
        await self._save(turn)

    async def _do(self, turn: _Turn, effect: Effect) -> Event | None:
        """Do one effect; doing it twice is harmless. What the world answers is the next event of the dialogue."""
        match effect:
            case Say() | Ask() | Show():
                await self._presenter.show(turn.sender.chat, effect.card, locale=turn.session.locale)
            case Retire():
                await self._presenter.retire(turn.sender.chat, effect.slot)
            case Hint():
                turn.hints.append(self._presenter.text(effect.phrase, turn.session.locale))
            case Produce() | Cancel() | Appraise() | Keep() | Recall() | Recover() | Forget():
                return await self._errands.run(effect, session=turn.session, sender=turn.sender)
            case _:
                assert_never(effect)
        return None

    # ── the session ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _load(self, sender: Sender) -> Session:
        text = await self._store.sessions.load(sender.chat)
        if text is None:
            return await self._fresh(sender)
        try:
            session = Session.model_validate_json(text)
        except ValidationError:
            log.warning("a conversation of another version begins anew", chat=sender.chat)
            return await self._anew(sender)
        current: dict[str, Any] = {
            "kept_days": self._store.settings.keep_days,
            "accounts": self._accounts(session.seller),
        }
        if sender.locale and not session.profile.ui_language:
            current["locale"] = self._phrases.nearest(sender.locale)
        return session.model_copy(update=current)

    async def _anew(self, sender: Sender) -> Session:
        """A new conversation where there was another: its messages are not the new one's to edit."""
        await self._store.slots.clear(sender.chat)
        return await self._fresh(sender)

    async def _fresh(self, sender: Sender) -> Session:
        session = await self._errands.greet(sender)
        locale = self._phrases.nearest(session.profile.ui_language or sender.locale)
        # numbers that no earlier conversation of the chat has given out: its buttons and messages are not this one's
        count = secrets.randbelow(_BEGINNINGS) * _APART
        fresh: dict[str, Any] = {
            "seed": uuid4().hex[:8],
            "locale": locale,
            "count": count,
            "asked": count,
            "kept_days": self._store.settings.keep_days,
            "accounts": self._accounts(session.seller),
        }
        return session.model_copy(update=fresh)

    async def _save(self, turn: _Turn) -> None:
        """Keep the session; when all is done that came of the event, it leaves its inbox in the same transaction."""
        sender, handled = turn.sender, None
        if turn.handling and not turn.session.owed and sender.inbox:
            handled = (sender.inbox, sender.update)
        await self._store.sessions.save(
            sender.chat, turn.session.model_dump_json(), seller=sender.seller, handled=handled
        )
        turn.taken_out = handled is not None


_FAREWELL = Card(slot="", topic="forgotten", lines=(phrase("forgotten"),))


@dataclass
class _Turn:
    """One event being handled."""

    sender: Sender
    session: Session
    hints: list[str] = field(default_factory=list)
    handling: bool = False  # the event itself; before that, what an earlier one left undone
    taken_out: bool = False  # the event has left its inbox
