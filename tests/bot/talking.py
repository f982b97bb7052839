"""Chats in the middle of an order, for sellers who type."""

from __future__ import annotations

from bot.dialogue.cards import Verb
from bot.dialogue.session import Session, Step
from tests.bot.chatter import Chatter
from tests.bot.material import photo

MUG = "Nordtisch mug, matte black, 39.90 €, dishwasher-safe"


def chat_in(locale: str) -> Chatter:
    return Chatter(Session(seed="s", seller="x:u1", locale=locale))


def at(step: Step, locale: str = "en") -> Chatter:
    """A chat in which this question stands, of an order with a photo and a description."""
    chat = chat_in(locale)
    chat.send(photo("a", caption=MUG))
    chat.press(Verb.NEXT)
    while chat.step() is not step:
        chat.press(Verb.NEXT if chat.step() is Step.CHECK else Verb.SKIP)
    return chat
