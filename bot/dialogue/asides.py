"""What is talked about beside the order: settings, history, starting over, deleting everything, a shot's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogue import sayings, words
from bot.dialogue.cards import Button, Card, Day, Phrase, Scope, Tongue, Verb, Weight, phrase
from bot.dialogue.effects import Keep
from bot.dialogue.session import Aside, Session, Topic
from bot.dialogue.talk import Talk, button, in_rows
from bot.dialogue.vocabulary import names
from pipeline.model import Brand
from pipeline.reading import clean

MAX_HANDLE, MAX_CLOSING = 40, 60
LISTENING = frozenset(
    {
        Topic.UI_LANGUAGE,
        Topic.HANDLE,
        Topic.CLOSING_LINE,
        Topic.COLOURS,
        Topic.SAYINGS,
        Topic.WORDS,
        Topic.HEADLINE,
        Topic.FILMS,
    }
)

Drawn = tuple[tuple[Phrase, ...], tuple[tuple[Button, ...], ...], Phrase | None]


def open_aside(talk: Talk, topic: Topic, **fields: Any) -> None:
    """Talk about something beside the order; an aside that stood is closed."""
    if talk.session.aside is not None:
        talk.retire(talk.session.aside.slot)
    turn = talk.number()
    talk.change(aside=Aside(topic=topic, turn=turn, slot=f"aside-{turn}", **fields))
    talk.ask(aside_card(talk.session))


def close(talk: Talk) -> None:
    """The aside is over."""
    if talk.session.aside is not None:
        talk.retire(talk.session.aside.slot)
        talk.change(aside=None)


def leave(talk: Talk) -> None:
    """Who goes on with an order has answered whether to, and left whatever else was to be typed."""
    aside = talk.session.aside
    if aside is not None and aside.topic in (Topic.RESTART, Topic.LOGO, *LISTENING):
        close(talk)


def turn_to(talk: Talk, topic: Topic) -> None:
    """Go on to another aside in the same message."""
    aside = talk.session.aside
    if aside is not None:
        talk.change(aside=Aside(topic=topic, turn=talk.number(), slot=aside.slot, film=aside.film, shot=aside.shot))
        talk.ask(aside_card(talk.session))


def aside_card(session: Session) -> Card:
    """The card of the aside that stands."""
    aside = session.aside
    if aside is None:
        raise ValueError("no aside stands")
    lines, rows, typing = _CARDS[aside.topic](session, aside)
    return Card(slot=aside.slot, topic=aside.topic.value, lines=lines, rows=rows, turn=aside.turn, typing=typing)


# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _button(
    key: str | Phrase, verb: Verb, value: str | int = "", *, weight: Weight = Weight.PLAIN, picked: bool | None = None
) -> Button:
    return button(key, verb, value, scope=Scope.ASIDE, weight=weight, picked=picked)


def _restart(session: Session, aside: Aside) -> Drawn:
    row = (_button("continue", Verb.CONTINUE, weight=Weight.MAIN), _button("start-over", Verb.RESTART))
    return (phrase("restart-or-continue", n=len(session.draft.photos)),), (row,), None


def _doubt(session: Session, aside: Aside) -> Drawn:
    row = (_button("use-anyway", Verb.USE_ANYWAY), _button("leave-out", Verb.LEAVE_OUT))
    return (phrase("photo-blank", n=len(aside.doubtful)),), (row,), None


def _films(session: Session, aside: Aside) -> Drawn:
    lines = [phrase("films")]
    lines += [
        phrase("films-line", n=at, title=one.title or "–", day=Day(iso=one.day))
        for at, one in enumerate(aside.films, start=1)
    ]
    if session.kept_days:
        lines.append(phrase("films-kept", days=session.kept_days))
    buttons = [_button(phrase("film-number", n=at + 1), Verb.RESEND, at) for at in range(len(aside.films))]
    return tuple(lines), (*in_rows(buttons, 4), (_button("close", Verb.CLOSE),)), phrase("films-typing")


def _settings(session: Session, aside: Aside) -> Drawn:
    brand = session.profile.brand
    none = phrase("not-set")
    lines = (
        phrase("settings"),
        phrase("settings-language", language=Tongue(tag=session.locale)),
        phrase("settings-handle", text=brand.handle or none),
        phrase("settings-closing", text=brand.closing_line or none),
        phrase("settings-colours", text=" ".join(brand.colours) or none),
        phrase("settings-logo", text=phrase("set") if brand.logo else none),
        phrase("settings-sayings", text=sayings.listed(session.profile.sayings) or none),
    )
    topics = (Topic.UI_LANGUAGE, Topic.HANDLE, Topic.CLOSING_LINE, Topic.COLOURS, Topic.LOGO, Topic.SAYINGS)
    buttons = [_button(f"settings-{topic.replace('_', '-')}-button", Verb.BRAND, topic) for topic in topics]
    return lines, (*in_rows(buttons, 2), (_button("close", Verb.CLOSE),)), None


def _ui_language(session: Session, aside: Aside) -> Drawn:
    options = [
        _button(phrase(f"language-{tag}"), Verb.UI_LANGUAGE, tag, picked=tag == session.locale)
        for tag in words.SPOKEN_TO_SELLERS
    ]
    return (phrase("ask-ui-language"),), (*in_rows(options, 2), _back()), phrase("ask-language-typing")


def _handle(session: Session, aside: Aside) -> Drawn:
    return (phrase("ask-handle"),), (_clear(aside),), phrase("ask-handle-typing")


def _closing(session: Session, aside: Aside) -> Drawn:
    return (phrase("ask-closing"),), (_clear(aside),), phrase("ask-closing-typing")


def _colours(session: Session, aside: Aside) -> Drawn:
    return (phrase("ask-colours"),), (_clear(aside),), phrase("ask-colours-typing")


def _logo(session: Session, aside: Aside) -> Drawn:
    return (phrase("ask-logo"),), (_clear(aside),), None


def _sayings(session: Session, aside: Aside) -> Drawn:
    now = [phrase("verbatim", text=f"{one.written} = {one.said}") for one in session.profile.sayings]
    lines = (phrase("ask-sayings"), phrase("ask-sayings-more"), *now)
    return lines, (_clear(aside),), phrase("ask-sayings-typing")


def _shot_words(session: Session, aside: Aside) -> Drawn:
    film = session.film(aside.film)
    shot = film.shots[aside.shot] if film is not None and aside.shot < len(film.shots) else None
    headline = aside.topic is Topic.HEADLINE
    now = "" if shot is None else shot.shown if headline else shot.spoken
    lines = [phrase("ask-headline" if headline else "ask-words", n=aside.shot + 1)]
    lines += [phrase("now", text=now)] if now else []
    other = () if headline or shot is None or not shot.shown else (_button("headline-instead", Verb.HEADLINE),)
    return tuple(lines), ((*other, _button("never-mind", Verb.CLOSE)),), phrase("ask-words-typing")


def _delete(session: Session, aside: Aside) -> Drawn:
    row = (_button("delete", Verb.DELETE, weight=Weight.DANGER), _button("keep", Verb.CLOSE))
    return (phrase("ask-delete"),), (row,), None


def _delete_surely(session: Session, aside: Aside) -> Drawn:
    row = (_button("delete-surely", Verb.DELETE_SURELY, weight=Weight.DANGER), _button("keep", Verb.CLOSE))
    return (phrase("ask-delete-surely"),), (row,), None


def _back() -> tuple[Button, ...]:
    return (_button("back", Verb.BRAND, Topic.SETTINGS),)


def _clear(aside: Aside) -> tuple[Button, ...]:
    return (_button("clear", Verb.CLEAR, aside.topic), *_back())


_CARDS: Mapping[Topic, Callable[[Session, Aside], Drawn]] = {
    Topic.RESTART: _restart,
    Topic.DOUBT: _doubt,
    Topic.FILMS: _films,
    Topic.SETTINGS: _settings,
    Topic.UI_LANGUAGE: _ui_language,
    Topic.HANDLE: _handle,
    Topic.CLOSING_LINE: _closing,
    Topic.COLOURS: _colours,
    Topic.LOGO: _logo,
    Topic.SAYINGS: _sayings,
    Topic.WORDS: _shot_words,
    Topic.HEADLINE: _shot_words,
    Topic.DELETE: _delete,
    Topic.DELETE_SURELY: _delete_surely,
}

# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SETTINGS = frozenset(
    {
        Topic.SETTINGS,
        Topic.UI_LANGUAGE,
        Topic.HANDLE,
        Topic.CLOSING_LINE,
        Topic.COLOURS,
        Topic.LOGO,
        Topic.SAYINGS,
    }
)


def choose_ui_language(talk: Talk, tag: str) -> None:
    """Talk in this language from now on."""
    if tag not in words.SPOKEN_TO_SELLERS:
        talk.hint(phrase("stale"))
        return
    talk.change(locale=tag)
    _keep(talk, talk.session.profile.model_copy(update={"ui_language": tag}))


def set_brand(talk: Talk, **fields: Any) -> None:
    """Change the seller's brand."""
    brand = talk.session.profile.brand.model_copy(update=fields)
    _keep(talk, talk.session.profile.model_copy(update={"brand": brand}))


def clear(talk: Talk, value: str) -> None:
    """Take a setting away: a part of the brand, or all pronunciations."""
    if value == Topic.SAYINGS:
        _keep(talk, talk.session.profile.model_copy(update={"sayings": ()}))
        return
    empty = Brand()
    fields = {"handle": empty.handle, "closing_line": empty.closing_line, "colours": empty.colours, "logo": empty.logo}
    if value in fields:
        set_brand(talk, **{value: fields[value]})
    else:
        talk.hint(phrase("stale"))


def hear_setting(talk: Talk, topic: Topic, text: str) -> None:
    """A typed setting."""
    line = " ".join(clean(text).split())
    if topic is Topic.UI_LANGUAGE:
        tag = (words.language_in(text) or "").split("-")[0]
        if tag in words.SPOKEN_TO_SELLERS:
            choose_ui_language(talk, tag)
        else:
            talk.say(phrase("ui-language-unclear"))
    elif topic is Topic.COLOURS:
        colours = words.colours_in(text)
        if colours:
            set_brand(talk, colours=colours)
        else:
            talk.say(phrase("colours-unclear"))
    elif topic is Topic.SAYINGS:
        _hear_sayings(talk, text)
    elif not line:
        talk.say(phrase("no-words-in-that"))
    elif topic is Topic.HANDLE:
        set_brand(talk, handle=line[:MAX_HANDLE])
    else:
        set_brand(talk, closing_line=line[:MAX_CLOSING])


def hear_choice(talk: Talk, aside: Aside, text: str) -> bool:
    """A typed answer where buttons stand: the name of a setting, a no to deleting; False when it is none.

    A typed yes deletes nothing: the question is asked once more.
    """
    deleting = aside.topic in (Topic.DELETE, Topic.DELETE_SURELY)
    if not deleting and aside.topic is not Topic.SETTINGS:
        return False
    named = None if deleting else _named(text)
    if named is not None:
        turn_to(talk, named)
    elif deleting and words.agrees(text):
        open_aside(talk, aside.topic)
    elif words.goes_back(text) or (deleting and words.declines(text)):
        close(talk)
        talk.say(phrase("aside-closed"))
    else:
        return False
    return True


def _named(text: str) -> Topic | None:
    named = names("settings").get(words.plain(text))
    return None if named is None else Topic(named)


def _hear_sayings(talk: Talk, text: str) -> None:
    heard = sayings.understood(text, talk.session.profile.sayings)
    if heard is None:
        talk.say(phrase("sayings-unclear"))
        return
    _keep(talk, talk.session.profile.model_copy(update={"sayings": heard}))


def _keep(talk: Talk, profile: Any) -> None:
    talk.change(profile=profile)
    talk.do(Keep(profile=profile))
    turn_to(talk, Topic.SETTINGS)
