"""The conversation as one pure function: a session and an event give the next session and what is to be done."""

from __future__ import annotations

from typing import assert_never

from bot.dialogue import asides, hearing, making, ordering, receiving, revising, words
from bot.dialogue.cards import Action, Phrase, Scope, Verb, phrase
from bot.dialogue.effects import Effect, Forget, Recall, Recover
from bot.dialogue.events import (
    Accepted,
    Appraised,
    Command,
    Commanded,
    Declined,
    Edited,
    Event,
    Forgotten,
    OtherSent,
    PhotoRefused,
    PhotoSent,
    Preset,
    Pressed,
    Recalled,
    Recovered,
    TextSent,
    Told,
)
from bot.dialogue.remarks import Remark, remark
from bot.dialogue.session import Aside, Project, Session, Step, Topic
from bot.dialogue.talk import Talk
from pipeline.reading import clean, prices_in

_TITLES = frozenset({Step.NAME, Step.POINTS})  # where "Thanks" may be what the product is called
_TELLING = 25  # characters from which on an unasked text is taken for the description of a product


def advance(session: Session, event: Event) -> tuple[Session, tuple[Effect, ...]]:
    """Where the conversation stands after an event, and what it wants done, in order."""
    talk = Talk(session)
    match event:
        case Commanded() | PhotoSent() | PhotoRefused() | TextSent() | Edited() | Preset() | OtherSent() | Pressed():
            _from_seller(talk, event)
        case Appraised() | Accepted() | Declined() | Told() | Recalled() | Recovered() | Forgotten():
            _from_elsewhere(talk, event)
        case _:
            assert_never(event)
    return talk.session, tuple(talk.effects)


def _from_seller(
    talk: Talk, event: Commanded | PhotoSent | PhotoRefused | TextSent | Edited | Preset | OtherSent | Pressed
) -> None:
    asked = talk.session.step is not Step.IDLE or talk.session.aside is not None
    match event:
        case TextSent(overheard=True) | Edited() if not asked:
            return  # people talk to each other, and mend their words
        case Commanded():
            _obey(talk, event.command)
        case PhotoSent():
            _take_photo(talk, event)
        case PhotoRefused():
            _refuse_photo(talk, event)
        case TextSent():
            _hear(talk, event.text)
        case Edited():
            talk.say(phrase("edit-unread"))
        case Preset():
            ordering.preset(talk, event)
        case OtherSent():
            receiving.refuse_other(talk, event)
        case Pressed():
            _press(talk, event)
        case _:
            assert_never(event)


def _from_elsewhere(
    talk: Talk, event: Appraised | Accepted | Declined | Told | Recalled | Recovered | Forgotten
) -> None:
    match event:
        case Appraised():
            ordering.appraised(talk, event)
        case Accepted():
            making.accepted(talk, event)
        case Declined():
            making.declined(talk, event)
        case Told():
            making.told(talk, event)
        case Recalled():
            _list_films(talk, event)
        case Recovered():
            _show_again(talk, event)
        case Forgotten():
            talk.session = Session(locale=talk.session.locale)
        case _:
            assert_never(event)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _obey(talk: Talk, command: Command) -> None:
    match command:
        case Command.START:
            _start(talk)
        case Command.NEW:
            asides.close(talk)
            ordering.open_draft(talk)
        case Command.FILMS:
            talk.do(Recall())
        case Command.SETTINGS:
            asides.open_aside(talk, Topic.SETTINGS)
        case Command.CANCEL:
            _cancel(talk)
        case Command.HELP:
            talk.say(phrase("help"), phrase("help-commands"), topic="help")
        case Command.DELETE_ME:
            asides.open_aside(talk, Topic.DELETE)
        case _:
            assert_never(command)


def _start(talk: Talk) -> None:
    draft = talk.session.draft
    if talk.session.step is not Step.IDLE and (draft.photos or draft.described):
        asides.open_aside(talk, Topic.RESTART)
        return
    asides.close(talk)
    talk.say(phrase("welcome"), phrase("welcome-more"), topic="welcome")
    ordering.open_draft(talk)


def _cancel(talk: Talk) -> None:
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


# ── photos and words ─────────────────────────────────────────────────────────────────────────────────────────────────


def _take_photo(talk: Talk, event: PhotoSent) -> None:
    aside = talk.session.aside
    if aside is not None and aside.topic is Topic.LOGO:
        asides.set_brand(talk, logo=event.photo)
        return
    _go_on(talk)
    receiving.take_photo(talk, event)


def _refuse_photo(talk: Talk, event: PhotoRefused) -> None:
    aside = talk.session.aside
    if aside is not None and aside.topic is Topic.LOGO:
        talk.say(receiving.refusal(event.reason))
        return
    _go_on(talk)
    receiving.refuse_photo(talk, event)


def _hear(talk: Talk, text: str) -> None:
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
    elif talk.session.step not in _TITLES and (said := remark(text)) is not None:
        _reply(talk, said)
    elif talk.session.step is Step.IDLE:
        _hear_at_rest(talk, text)
    else:
        _go_on(talk)
        hearing.hear(talk, text)


def _has_words(text: str) -> bool:
    """Whether a text says anything; a thumb up and a dash do."""
    return any(sign.isalnum() for sign in clean(text)) or words.agrees(text) or words.skips(text)


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
            _cancel(talk)
        case Remark.RESTART if talk.session.aside is not None and talk.session.aside.topic is Topic.RESTART:
            asides.close(talk)
            ordering.open_draft(talk)
        case Remark.RESTART:
            _start(talk)
        case Remark.THANKS:
            talk.say(phrase("youre-welcome"))
        case Remark.GREETING if talk.session.step is Step.IDLE and not talk.session.runs:
            talk.say(phrase("welcome"), phrase("welcome-more"))
        case Remark.HELP:
            _obey(talk, Command.HELP)
            ordering.ask_below(talk)
        case Remark.COST:
            talk.say(phrase("cost-answer"))
            ordering.ask_below(talk)
        case Remark.GREETING | Remark.QUESTION:
            talk.say(_resting_hint(talk) if talk.session.step is Step.IDLE else phrase("question-answer"))
            ordering.ask_below(talk)
        case _:
            assert_never(said)


def _go_on(talk: Talk) -> None:
    """Who goes on with an order has answered whether to, and left whatever else was to be typed."""
    aside = talk.session.aside
    if aside is not None and aside.topic in (Topic.RESTART, Topic.LOGO, *asides.LISTENING):
        asides.close(talk)


def _hear_aside(talk: Talk, aside: Aside, text: str) -> None:
    if words.goes_back(text) or remark(text) is Remark.STOP:
        asides.close(talk)
        talk.say(phrase("aside-closed"))
    elif aside.topic in (Topic.WORDS, Topic.HEADLINE):
        revising.hear_words(talk, aside, text)
    elif aside.topic is Topic.FILMS:
        number = text.strip().lstrip("#")
        if number.isascii() and number.isdecimal():
            _resend(talk, aside, str(int(number) - 1))
            return
        asides.close(talk)  # whatever this is, it is not about the list
        _hear(talk, text)
    else:
        asides.hear_setting(talk, aside.topic, text)


def _hear_at_rest(talk: Talk, text: str) -> None:
    """Nothing was asked: a text that tells of a product begins an order, anything else gets a hint."""
    film = talk.session.films[-1] if talk.session.films else None
    if film is not None and revising.hear_choice(talk, film, text):
        return
    if film is not None and words.praises(text):
        talk.say(phrase("youre-welcome"))
        return
    if film is not None and words.wishes_change(text):
        talk.say(_resting_hint(talk))
        return
    if len(text.strip()) >= _TELLING or prices_in(text, language=talk.session.locale):
        ordering.new_draft(talk)
        receiving.take_caption(talk, text)
        return
    talk.say(_resting_hint(talk))


def _resting_hint(talk: Talk) -> Phrase:
    """What can be done now that no order is being put together."""
    if talk.session.runs:
        return phrase("hint-making")
    return phrase("hint-film") if talk.session.films else phrase("hint-rest")


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _press(talk: Talk, event: Pressed) -> None:
    """A button counts while its turn is that of its card; otherwise the seller gets a friendly word."""
    action, session = event.action, talk.session
    match action.scope:
        case Scope.QUESTION:
            if event.turn == session.turn and session.step is not Step.IDLE:
                _go_on(talk)
                ordering.press(talk, action)
                return
        case Scope.ASIDE:
            if session.aside is not None and event.turn == session.aside.turn:
                _press_aside(talk, session.aside, action)
                return
        case Scope.RUN:
            one = session.run(action.number)
            if one is not None and action.verb is Verb.STOP:
                making.stop(talk, one)
                return
            talk.hint(phrase("already-over"))
            return
        case Scope.FILM:
            film = session.film(action.number)
            if film is not None and event.turn == film.turn:
                revising.press(talk, film, action)
                return
            talk.hint(phrase("stale-film"))
            return
        case _:
            assert_never(action.scope)
    talk.hint(phrase("stale"))


def _press_aside(talk: Talk, aside: Aside, action: Action) -> None:
    match action.verb:
        case Verb.CLOSE | Verb.CONTINUE:
            asides.close(talk)
            if action.verb is Verb.CONTINUE:
                ordering.go(talk, talk.session.step, below=True)
        case Verb.RESTART:
            asides.close(talk)
            ordering.open_draft(talk)
        case Verb.USE_ANYWAY | Verb.LEAVE_OUT:
            talk.retire(aside.slot)
            receiving.resolve_doubt(talk, aside, use=action.verb is Verb.USE_ANYWAY)
        case Verb.RESEND:
            _resend(talk, aside, action.value)
        case Verb.HEADLINE:
            asides.turn_to(talk, Topic.HEADLINE)
        case Verb.DELETE:
            asides.turn_to(talk, Topic.DELETE_SURELY)
        case Verb.DELETE_SURELY if aside.topic is Topic.DELETE_SURELY:
            talk.do(Forget())
        case _:
            _press_setting(talk, action)


def _press_setting(talk: Talk, action: Action) -> None:
    if action.verb is Verb.UI_LANGUAGE:
        asides.choose_ui_language(talk, action.value)
    elif action.verb is Verb.CLEAR:
        asides.clear(talk, action.value)
    elif action.verb is Verb.BRAND and action.value in asides.SETTINGS:
        asides.turn_to(talk, Topic(action.value))
    else:
        talk.hint(phrase("stale"))


# ── history ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _list_films(talk: Talk, event: Recalled) -> None:
    if event.films:
        asides.open_aside(talk, Topic.FILMS, films=event.films)
    else:
        talk.say(phrase("no-films"))


def _resend(talk: Talk, aside: Aside, place: str) -> None:
    if place.isdecimal() and int(place) < len(aside.films):
        asides.close(talk)
        talk.do(Recover(job=aside.films[int(place)].job))
    else:
        talk.say(phrase("no-such-film"))


def _show_again(talk: Talk, event: Recovered) -> None:
    if event.film is None:
        talk.say(phrase("film-gone"))
        return
    known = next((film for film in talk.session.films if film.shown == event.film.wish), None)
    film = known or Project(number=talk.number(), wish=event.film.wish)
    making.show_again(talk, film, event.job, event.film)
