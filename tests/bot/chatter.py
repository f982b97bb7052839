"""A chat without chat, store or queue: drives the dialogue and keeps what a seller would see."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from bot.dialogue import tokens
from bot.dialogue.cards import Button, Card, Verb
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
from bot.dialogue.events import (
    Accepted,
    Appraised,
    Command,
    Commanded,
    Event,
    Forgotten,
    PastTitle,
    Pressed,
    Recalled,
    Recovered,
    TextSent,
    Told,
)
from bot.dialogue.phrases import Phrases
from bot.dialogue.profile import Profile
from bot.dialogue.script import advance
from bot.dialogue.session import Session, Step
from pipeline.model import Film, Goal, JobEvent, Order

PHRASES = Phrases()


@dataclass
class Chatter:
    """One seller's chat. `cards` are what is on screen now, by job and slot, in the order of their posting."""

    session: Session = field(default_factory=lambda: Session(seed="s", seller="x:u1"))
    cards: dict[tuple[str, str], Card] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)
    history: dict[str, Film] = field(default_factory=dict)
    profile: Profile | None = None
    forgotten: bool = False
    seconds: float | None = 90.0
    cost: Decimal | None = Decimal(0)

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, event: Event) -> list[str]:
        """Something happens; what is shown because of it, line by line."""
        before = len(self.said)
        queue: list[Event] = [event]
        while queue:
            session, effects = advance(self.session, queue.pop(0))
            self.session = Session.model_validate_json(session.model_dump_json())
            assert self.session == session, "a session must survive being stored"
            for effect in effects:
                answer = self._do(effect)
                if answer is not None:
                    queue.append(answer)
        return self.said[before:]

    def type(self, text: str) -> list[str]:
        return self.send(TextSent(text=text))

    def command(self, command: Command) -> list[str]:
        return self.send(Commanded(command=command))

    def press(self, verb: Verb, value: str | int = "") -> list[str]:
        """Press the newest button that does this; it must be on screen."""
        card, button = self.find(verb, value)
        return self.send(Pressed(turn=card.turn, action=button.action))

    def tell(self, job: str, event: JobEvent) -> list[str]:
        return self.send(Told(job=job, event=event))

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def find(self, verb: Verb, value: str | int = "") -> tuple[Card, Button]:
        for card in reversed(self.cards.values()):
            for button in buttons(card):
                if button.action.verb is verb and button.action.value == str(value):
                    return card, button
        raise AssertionError(f"no button {verb}={value} on screen")

    def labels(self, topic: str) -> list[str]:
        return [PHRASES.text(button.label, self.session.locale) for button in buttons(self.card(topic))]

    def card(self, topic: str) -> Card:
        return next(card for card in reversed(self.cards.values()) if card.topic == topic)

    def step(self) -> Step:
        return self.session.step

    def photos(self) -> int:
        return len(self.session.draft.photos)

    def forgot(self) -> bool:
        return self.forgotten

    def topics(self) -> list[str]:
        return [card.topic for card in self.cards.values()]

    def job(self, goal: Goal) -> str:
        """The newest job with a goal."""
        return next(job for job, order in reversed(self.orders.items()) if order.goal is goal)

    def text(self, card: Card) -> list[str]:
        lines = (PHRASES.text(line, self.session.locale) for line in card.lines)
        return [line for line in lines if line]

    # ── the world ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _do(self, effect: Effect) -> Event | None:
        match effect:
            case Say() | Ask() | Show():
                self._show(effect.card)
            case Retire():
                shown = self.cards.get(("", effect.slot))
                if shown is not None:
                    self.cards["", effect.slot] = shown.model_copy(update={"rows": ()})
            case Hint():
                self.hints.append(PHRASES.text(effect.phrase, self.session.locale))
            case Produce() | Cancel() | Appraise():
                return self._in_the_studio(effect)
            case Keep() | Recall() | Recover() | Forget():
                return self._in_the_store(effect)
            case _:
                assert_never(effect)
        return None

    def _in_the_studio(self, effect: Produce | Cancel | Appraise) -> Event | None:
        match effect:
            case Produce():
                job = f"job-{effect.run}"
                self.orders[job] = effect.order
                return Accepted(run=effect.run, job=job, position=1)
            case Cancel():
                self.cancelled.append(effect.job)
                return None
            case Appraise():
                return Appraised(seconds=self.seconds, cost=self.cost, avoid=("used-1",), film=effect.film)
            case _:
                assert_never(effect)

    def _in_the_store(self, effect: Keep | Recall | Recover | Forget) -> Event | None:
        match effect:
            case Keep():
                self.profile = effect.profile
                return None
            case Recall():
                past = self.history.items()
                titles = (PastTitle(job=job, title=one.storyboard.post.title, day="2026-11-22") for job, one in past)
                return Recalled(films=tuple(titles))
            case Recover():
                return Recovered(job=effect.job, film=self.history.get(effect.job))
            case Forget():
                self.forgotten = True
                return Forgotten()
            case _:
                assert_never(effect)

    def _show(self, card: Card) -> None:
        place = (card.job, card.slot)
        if card.once and place in self.cards:
            return
        self.cards[place] = card
        self.said += self.text(card)
        for button in buttons(card):
            assert PHRASES.text(button.label, self.session.locale)
            assert len(tokens.mint(button.action, turn=card.turn, chat="x:1", secret=b"k")) <= tokens.MAX_BYTES
        if card.typing is not None:
            assert PHRASES.text(card.typing, self.session.locale)


def buttons(card: Card) -> list[Button]:
    return [button for row in card.rows for button in row if isinstance(button, Button)]
