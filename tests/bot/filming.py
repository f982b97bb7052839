"""Films being made in a chat, and done."""

from __future__ import annotations

from bot.dialogue.cards import Verb
from pipeline.model import (
    Finished,
    Goal,
    Order,
)
from tests.bot.chatter import Chatter
from tests.bot.material import film, photo, previews

MUG = "Nordtisch mug, matte black, 39,90 €, dishwasher-safe"


def started() -> Chatter:
    """A chat whose order has just been placed."""
    chat = Chatter()
    chat.send(photo("a", caption=MUG))
    chat.press(Verb.NEXT)
    chat.press(Verb.REVIEW)
    chat.press(Verb.MAKE)
    return chat


def with_film(chat: Chatter) -> Chatter:
    """The same chat once its first idea is picked and filmed."""
    finish(chat, Goal.PREVIEWS)
    chat.press(Verb.PICK, 1)
    finish(chat)
    return chat


def finish(chat: Chatter, goal: Goal = Goal.FILM, *, note: str = "") -> list[str]:
    """The newest job with this goal ends well."""
    job = chat.job(goal)
    order = chat.orders[job]
    if goal is Goal.PREVIEWS:
        return chat.tell(job, previews(order.wish, order.variants))
    made = film(order.wish, note=note)
    chat.history[job] = made
    return chat.tell(job, Finished(films=(made,)))


def newest(chat: Chatter) -> Order:
    return list(chat.orders.values())[-1]
