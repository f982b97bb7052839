"""What sellers say that answers no question: thanks, questions of their own, wishes to stop or to begin again."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.dialogue.vocabulary import Said, begins_question, pattern, says
from bot.dialogue.words import bare, plain


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
    said, meant = plain(_without_greeting(text)), plain(bare(text))
    for what, kind in _WHOLE.items():
        if says(what, said) or says(what, meant):
            return kind
    if says(Said.COST, said) and (asks(text) or len(said.split()) > 1):
        return Remark.COST
    # "tiktok?" is an answer, "Tired of cold coffee?" a selling point
    return Remark.QUESTION if asks(text) and begins_question(said) else None


def asks(text: str) -> bool:
    """Whether a text is one short question, whoever it is put to."""
    said = _without_greeting(text).strip()
    short = len(said.split()) <= _MOST_WORDS
    return short and said.endswith(("?", "？", "؟")) and re.search(r"[.!?…]\s+\w", said) is None


def _without_greeting(text: str) -> str:
    """A text without the "hello" at its beginning, unless it is all that is said."""
    greeting = pattern(r"(?i)\s*<greeting>\s*[,.!…\s]\s*(?=\w|¿)").match(text)
    return text[greeting.end() :] if greeting else text
