"""What is typed, before it is known what it is about: an aside, the order, a film, or nothing that was asked."""

from __future__ import annotations

import re
from typing import assert_never

from bot.dialogue import asides, commands, hearing, history, ordering, receiving, revising, sidesteps, words
from bot.dialogue.cards import Phrase, phrase
from bot.dialogue.events import Command
from bot.dialogue.remarks import Remark, asks, remark
from bot.dialogue.session import Aside, Menu, Step, Topic
from bot.dialogue.talk import Talk
from pipeline.reading import clean, prices_in

_TITLES = frozenset({Step.NAME, Step.POINTS})  # where "Thanks" may be what the product is called
_PLAIN = re.compile("[A-Za-z]{3}")
_TELLING_MEANWHILE = 60  # the same while a film is made or ideas wait for a choice: a shorter one is about these
_TELLING = 25  # characters from which on an unasked text is taken for the description of a product


def hear(talk: Talk, text: str) -> None:
    """A text, whatever it answers."""
    aside = talk.session.aside
    if text.startswith("/"):
        talk.say(phrase("unknown-command"))
    elif words.is_link(text):
        talk.say(phrase("upload-instead"))
    elif not _has_words(text):
        talk.say(phrase("no-words-in-that"))
    elif aside is not None and aside.topic in asides.LISTENING:
        _hear_aside(talk, aside, text)
    elif aside is not None and _hear_choice(talk, aside, text):
        return
    elif talk.session.step not in _TITLES and (said := _remarked(talk, text)) is not None:
        _reply(talk, said)
    elif talk.session.step is Step.IDLE:
        _hear_at_rest(talk, text)
    elif talk.session.step is Step.PHOTOS and not talk.session.draft.photos and _hear_film(talk, text):
        return
    else:
        asides.leave(talk)
        hearing.hear(talk, text)


def _remarked(talk: Talk, text: str) -> Remark | None:
    """What kind of remark a text is; "can you do it for TikTok?" is a wish, and "ok thanks" an answer."""
    said = remark(text)
    if talk.session.step is Step.IDLE:
        return said
    wish = said is Remark.QUESTION and sidesteps.wished(talk.session, text) is not None
    content = said is Remark.THANKS and words.agrees(text)
    return None if wish or content else said


def _has_words(text: str) -> bool:
    """Whether a text says anything; a thumb up and a dash do."""
    plainly = _PLAIN.search(text) is not None  # what needs no cleaning to be seen
    return plainly or any(sign.isalnum() for sign in clean(text)) or words.agrees(text) or words.skips(text)


def _hear_choice(talk: Talk, aside: Aside, text: str) -> bool:
    """A typed answer to an aside that has buttons; False when it is none."""
    if aside.topic is Topic.DOUBT and (words.agrees(text) or words.declines(text)):
        talk.retire(aside.slot)
        receiving.resolve_doubt(talk, aside, use=words.agrees(text))
        return True
    return asides.hear_choice(talk, aside, text)


def _reply(talk: Talk, said: Remark) -> None:
    """Answer what is no answer, and ask the question that stands once more where it might be forgotten."""
    match said:
        case Remark.STOP:
            commands.cancel(talk)
        case Remark.RESTART if talk.session.aside is not None and talk.session.aside.topic is Topic.RESTART:
            asides.close(talk)
            ordering.open_draft(talk)
        case Remark.RESTART:
            commands.start(talk)
        case Remark.THANKS:
            talk.say(phrase("youre-welcome"))
        case Remark.GREETING if talk.session.step is Step.IDLE and not talk.session.runs:
            talk.say(phrase("welcome"), phrase("welcome-more"))
        case Remark.HELP:
            commands.obey(talk, Command.HELP)
            ordering.ask_below(talk)
        case Remark.COST:
            talk.say(phrase("cost-answer"))
            ordering.ask_below(talk)
        case Remark.GREETING | Remark.QUESTION:
            talk.say(_resting_hint(talk) if talk.session.step is Step.IDLE else phrase("question-answer"))
            ordering.ask_below(talk)
        case _:
            assert_never(said)


def _hear_aside(talk: Talk, aside: Aside, text: str) -> None:
    if words.goes_back(text) or remark(text) is Remark.STOP:
        asides.close(talk)
        talk.say(phrase("aside-closed"))
    elif aside.topic in (Topic.WORDS, Topic.HEADLINE):
        revising.hear_words(talk, aside, text)
    elif aside.topic is Topic.FILMS:
        number = text.strip().lstrip("#")
        if number.isascii() and number.isdecimal():
            history.resend(talk, aside, str(int(number) - 1))
            return
        asides.close(talk)  # whatever this is, it is not about the list
        hear(talk, text)
    else:
        asides.hear_setting(talk, aside.topic, text)


def _hear_at_rest(talk: Talk, text: str) -> None:
    """Nothing was asked: a text that tells of a product begins an order, anything else gets a hint."""
    film = talk.session.films[-1] if talk.session.films else None
    if _hear_film(talk, text):
        return
    if film is not None and words.praises(text):
        talk.say(phrase("youre-welcome"))
        return
    if film is not None and words.wishes_change(text):
        talk.say(_resting_hint(talk))
        return
    asked = asks(text) and not prices_in(text, language=talk.session.locale)
    waiting = talk.session.runs or (film is not None and film.menu is Menu.IDEAS)
    least = _TELLING_MEANWHILE if waiting else _TELLING
    if not asked and (len(text.strip()) >= least or prices_in(text, language=talk.session.locale)):
        ordering.new_draft(talk)
        receiving.take_caption(talk, text)
        return
    talk.say(_resting_hint(talk))


def _hear_film(talk: Talk, text: str) -> bool:
    """A typed answer to what stands under the newest film; False when it is none."""
    film = talk.session.films[-1] if talk.session.films else None
    return film is not None and revising.hear_choice(talk, film, text)


def _resting_hint(talk: Talk) -> Phrase:
    """What can be done now that no order is being put together."""
    if talk.session.runs:
        return phrase("hint-making")
    if talk.session.films:
        choosing = talk.session.films[-1].menu is Menu.IDEAS
        return phrase("hint-ideas" if choosing else "hint-film")
    return phrase("hint-rest" if talk.session.profile.style is not None else "hint-first")
