"""What the commands of every chat do, however they are given."""

from __future__ import annotations

from typing import assert_never

from bot.dialogue import asides, making, ordering
from bot.dialogue.cards import phrase
from bot.dialogue.effects import Recall
from bot.dialogue.events import Command
from bot.dialogue.session import Step, Topic
from bot.dialogue.talk import Talk


def obey(talk: Talk, command: Command) -> None:
    """Do what a command asks for."""
    match command:
        case Command.START:
            start(talk)
        case Command.NEW:
            asides.close(talk)
            ordering.open_draft(talk)
        case Command.FILMS:
            talk.do(Recall())
        case Command.SETTINGS:
            asides.open_aside(talk, Topic.SETTINGS)
        case Command.CANCEL:
            cancel(talk)
        case Command.HELP:
            talk.say(phrase("help"), phrase("help-commands"), topic="help")
        case Command.DELETE_ME:
            asides.open_aside(talk, Topic.DELETE)
        case _:
            assert_never(command)


def start(talk: Talk) -> None:
    """Welcome the seller, or ask what is to become of the order that they are in the middle of."""
    draft = talk.session.draft
    if talk.session.step is not Step.IDLE and (draft.photos or draft.described):
        asides.open_aside(talk, Topic.RESTART)
        return
    asides.close(talk)
    talk.say(phrase("welcome"), phrase("welcome-more"), topic="welcome")
    ordering.open_draft(talk)


def cancel(talk: Talk) -> None:
    """Stop what is under way: what is talked about beside the order, else the order, else what is being made."""
    running = [one for one in talk.session.runs if not one.stopping]
    if talk.session.aside is not None:
        asides.close(talk)
        talk.say(phrase("aside-closed"))
    elif talk.session.step is not Step.IDLE:
        ordering.rest(talk)
        talk.say(phrase("order-dropped"))
    elif running:
        for one in running:
            making.stop(talk, one)
    else:
        talk.say(phrase("nothing-to-cancel"))
