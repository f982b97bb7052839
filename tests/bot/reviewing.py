"""An order up to its review."""

from __future__ import annotations

from bot.dialogue.cards import Verb
from tests.bot.chatter import Chatter
from tests.bot.material import photo

MUG = "Nordtisch mug, matte black, 39,90 €, dishwasher-safe"


def at_review(chat: Chatter, text: str = MUG) -> Chatter:
    chat.send(photo("a"))
    chat.type(text)
    chat.press(Verb.REVIEW)
    return chat
