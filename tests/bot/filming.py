"""Films being made in a chat, and done."""

from __future__ import annotations

from bot.dialogue.cards import Verb
from bot.dialogue.session import Menu
from pipeline.model import Filming, Finished, Goal, Order, Takes
from tests.bot.chatter import Chatter
from tests.bot.material import artifact, film, photo, previews

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


def retake(chat: Chatter, shot: int, take: int = 1) -> None:
    """Have other takes of a shot shown, and choose one."""
    if chat.session.films[-1].menu is not Menu.SHOTS:
        chat.press(Verb.MENU, Menu.SHOTS)
    chat.press(Verb.RETAKE, shot)
    offer(chat)
    chat.press(Verb.TAKE, f"{shot}.{take}")


def offer(chat: Chatter, *takes: int, more: bool = True, filming: Filming | None = None) -> list[str]:
    """The newest takes that were asked for are composed."""
    job = chat.job(Goal.TAKES)
    asked = chat.orders[job].retake
    assert asked is not None
    first = max((chat.orders[job].wish.take(asked.shot), *asked.seen)) + 1
    found = takes or tuple(range(first, first + 3))
    picture = artifact(f"{asked}{found}")
    made = Takes(shot=asked.shot, takes=found, picture=picture, more=more, filming=filming)
    return chat.tell(job, Finished(takes=made))


def newest(chat: Chatter) -> Order:
    return list(chat.orders.values())[-1]
