"""What a button says can be typed as well: the button that a text names, of the question that stands."""

from __future__ import annotations

import re
from functools import cache

from bot.dialogue import album, questions
from bot.dialogue.cards import Action, Button, Rows, Verb
from bot.dialogue.phrases import Phrases
from bot.dialogue.session import Session, Step
from bot.dialogue.summary import review_rows
from bot.dialogue.talk import button
from bot.dialogue.vocabulary import comparable

_ANYWHERE = (button("make", Verb.MAKE),)  # may be asked for at any question: the summary comes first
_SIGNS = re.compile(r"^\W+|\W+$")


def named(session: Session, text: str) -> Action | None:
    """What the button means whose label a text is, in the language of the chat; None for none."""
    said = _letters(text)
    rows = (*_rows(session), _ANYWHERE) if said else ()
    for one in (one for row in rows for one in row):
        if not isinstance(one, Button) or one.action.verb is Verb.HEAR:
            continue
        if _letters(_phrases().text(one.label, session.locale)) == said:
            return one.action
    return None


def _rows(session: Session) -> Rows:
    if session.step is Step.PHOTOS:
        return album.photos_card(session).rows
    if session.step is Step.REVIEW:
        return review_rows()
    return questions.question(session).rows if questions.asks(session.step) else ()


def _letters(text: str) -> str:
    """A text without arrows, ticks and the like around it."""
    return _SIGNS.sub("", comparable(text))


@cache
def _phrases() -> Phrases:
    return Phrases()
