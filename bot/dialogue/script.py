"""The conversation as one pure function: a session and an event give the next session and what is to be done."""

from __future__ import annotations

from typing import assert_never

from bot.dialogue import asides, commands, history, listening, making, offering, ordering, receiving, revising
from bot.dialogue.cards import Action, Phrase, Scope, Verb, phrase
from bot.dialogue.effects import Effect, Forget
from bot.dialogue.events import (
    Accepted,
    Appraised,
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
from bot.dialogue.session import Aside, Session, Step, Topic
from bot.dialogue.talk import Talk
from pipeline.model import Cancelled, Failed, Goal


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
    match event:
        case TextSent(overheard=True) | Edited() if not _asked(talk.session, event):
            return  # people talk to each other, and mend their words
        case Commanded():
            commands.obey(talk, event.command)
        case PhotoSent():
            _take_photo(talk, event)
        case PhotoRefused():
            _refuse_photo(talk, event)
        case TextSent():
            listening.hear(talk, event.text)
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


def _asked(session: Session, event: TextSent | Edited) -> bool:
    """Whether something stands to be answered: by the choice under a film only what makes that choice."""
    if session.step is not Step.IDLE or session.aside is not None:
        return True
    return (
        isinstance(event, TextSent)
        and bool(session.films)
        and revising.chooses(session.films[-1], session.accounts, event.text)
    )


def _from_elsewhere(
    talk: Talk, event: Appraised | Accepted | Declined | Told | Recalled | Recovered | Forgotten
) -> None:
    match event:
        case Appraised():
            answer = offering.appraised if event.film else ordering.appraised
            answer(talk, event)
        case Accepted():
            making.accepted(talk, event)
        case Declined():
            making.declined(talk, event)
        case Told():
            _told(talk, event)
        case Recalled():
            history.list_films(talk, event)
        case Recovered():
            history.show_again(talk, event)
        case Forgotten():
            talk.session = Session(locale=talk.session.locale)
        case _:
            assert_never(event)


def _told(talk: Talk, event: Told) -> None:
    run = talk.session.run_of(event.job)
    film = talk.session.film(run.film) if run is not None else None
    making.told(talk, event)
    first = run is not None and run.goal is Goal.PREVIEWS and (film is None or film.ideas == 0)
    if run is not None and first and isinstance(event.event, Failed | Cancelled):
        ordering.reopen(talk, run.wish)


# ── photos ─────────────────────────────────────────────────────────────────────────────────────────────────


def _take_photo(talk: Talk, event: PhotoSent) -> None:
    aside = talk.session.aside
    if aside is not None and aside.topic is Topic.LOGO:
        asides.set_brand(talk, logo=event.photo)
        return
    asides.leave(talk)
    receiving.take_photo(talk, event)


def _refuse_photo(talk: Talk, event: PhotoRefused) -> None:
    aside = talk.session.aside
    if aside is not None and aside.topic is Topic.LOGO:
        talk.say(receiving.refusal(event.reason))
        return
    asides.leave(talk)
    receiving.refuse_photo(talk, event)


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _press(talk: Talk, event: Pressed) -> None:
    """A button counts while its turn is that of its card; otherwise the seller gets a friendly word."""
    action, session = event.action, talk.session
    match action.scope:
        case Scope.QUESTION:
            if event.turn == session.turn and session.step is not Step.IDLE:
                asides.leave(talk)
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
            _press_film(talk, event)
            return
        case _:
            assert_never(action.scope)
    talk.hint(_forgotten(session) if session.untouched else phrase("stale"))


def _forgotten(session: Session) -> Phrase:
    return phrase("stale-forgotten", days=session.kept_days)


def _press_film(talk: Talk, event: Pressed) -> None:
    film = talk.session.film(event.action.number)
    if film is None and talk.session.untouched:
        talk.hint(_forgotten(talk.session))
    elif film is None:  # one of too many, or of an earlier conversation
        talk.hint(phrase("film-out-of-reach", days=talk.session.kept_days))
    elif event.turn == film.turn:
        revising.press(talk, film, event.action)
    else:
        talk.hint(phrase("stale-film"))


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
            history.resend(talk, aside, action.value)
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
