"""A question of an order and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.cards import Button, Phrase
from bot.dialogue.session import Draft


@dataclass(frozen=True)
class Asked:
    """A question: what it says, its options, what may be typed instead."""

    lines: tuple[Phrase, ...]
    rows: tuple[tuple[Button, ...], ...]
    typing: Phrase


@dataclass(frozen=True)
class Understood:
    """The order with the answer in it; `remark` is worth telling the seller. `stays`: the question is not over."""

    draft: Draft
    remark: Phrase | None = None
    stays: bool = False


@dataclass(frozen=True)
class Unclear:
    """The answer was not understood."""

    why: Phrase


Answer = Understood | Unclear
