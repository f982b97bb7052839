"""One event's handling in the making: the session as it becomes, and the effects so far."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.dialogue.cards import Action, Button, Card, Phrase, Scope, Verb, Weight, phrase
from bot.dialogue.effects import Ask, Effect, Hint, Retire, Say, Show
from bot.dialogue.session import KEPT_FILMS, Project, Run, Session


class Talk:
    """Collects what an event brings about."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.effects: list[Effect] = []

    def change(self, **fields: Any) -> None:
        """Change fields of the session."""
        self.session = self.session.model_copy(update=fields)

    def draft(self, **fields: Any) -> None:
        """Change fields of the order that is being put together."""
        self.change(draft=self.session.draft.model_copy(update=fields))

    def number(self) -> int:
        """A number that this conversation has not used yet."""
        self.change(count=self.session.count + 1)
        return self.session.count

    def do(self, effect: Effect) -> None:
        """Have something done."""
        self.effects.append(effect)

    def say(self, *lines: Phrase, topic: str = "say") -> None:
        """Say something in a message of its own."""
        self.do(Say(card=Card(slot=f"say-{self.number()}", topic=topic, lines=lines)))

    def ask(self, card: Card) -> None:
        """Ask a question."""
        self.do(Ask(card=card))

    def show(self, card: Card) -> None:
        """Show how something goes."""
        self.do(Show(card=card))

    def hint(self, words: Phrase) -> None:
        """Say something to the one who pressed."""
        self.do(Hint(phrase=words))

    def retire(self, slot: str) -> None:
        """Take the buttons off a card."""
        self.do(Retire(slot=slot))

    def keep_film(self, film: Project) -> None:
        """Put a film among the ones whose buttons work, in place of its former self; the oldest falls out."""
        others = [other for other in self.session.films if other.number != film.number]
        self.change(films=tuple([*others, film][-KEPT_FILMS:]))

    def keep_run(self, run: Run) -> None:
        """Put a run among those under way, in place of its former self."""
        others = [other for other in self.session.runs if other.number != run.number]
        self.change(runs=(*others, run))

    def end_run(self, run: Run) -> None:
        """The run is over."""
        self.change(runs=tuple(other for other in self.session.runs if other.number != run.number))


@lru_cache(maxsize=1024)  # most are the same in every conversation
def button(
    key: str | Phrase,
    verb: Verb,
    value: str | int = "",
    *,
    scope: Scope = Scope.QUESTION,
    number: int = 0,
    weight: Weight = Weight.PLAIN,
    picked: bool | None = None,
) -> Button:
    """A button: what it says and what it does."""
    label = phrase(key) if isinstance(key, str) else key
    action = Action(verb=verb, value=str(value), scope=scope, number=number)
    return Button(label=label, action=action, weight=weight, picked=picked)


def in_rows(buttons: list[Button], width: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of a width."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


GAP = phrase("gap")
