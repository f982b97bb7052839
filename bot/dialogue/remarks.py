"""What sellers say that answers no question: thanks, questions of their own, wishes to stop or to begin again."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.dialogue.vocabulary import Said, begins_question, says
from bot.dialogue.words import plain


class Remark(StrEnum):
    """What kind of remark it is."""

    THANKS = "thanks"
    GREETING = "greeting"
    HELP = "help"
    COST = "cost"
    QUESTION = "question"
    STOP = "stop"
    RESTART = "restart"


_WHOLE = {
    Said.THANKS: Remark.THANKS,
    Said.GREETING: Remark.GREETING,
    Said.HELP: Remark.HELP,
    Said.STOP: Remark.STOP,
    Said.RESTART: Remark.RESTART,
}
_MOST_WORDS = 12  # of a question to the bot


def remark(text: str) -> Remark | None:
    """What kind of remark a text is; None for one that may be an answer."""
    said = plain(text)
    for what, kind in _WHOLE.items():
        if says(what, said):
            return kind
    asks = text.rstrip().endswith(("?", "？")) and len(said.split()) <= _MOST_WORDS
    if says(Said.COST, said) and (asks or len(said.split()) > 1):
        return Remark.COST
    # "tiktok?" is an answer, "Tired of cold coffee?" a selling point
    one = re.search(r"[.!?…]\s", text.strip()) is None
    return Remark.QUESTION if asks and one and begins_question(said) else None
