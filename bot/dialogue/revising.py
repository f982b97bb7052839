"""Pressing the buttons under previews and films, and typing new words for a shot."""

from __future__ import annotations

from bot.dialogue import asides
from bot.dialogue.cards import Action, Verb, phrase
from bot.dialogue.changing import changed, film_card, reworded
from bot.dialogue.effects import Haste
from bot.dialogue.making import IDEAS_AT_ONCE, MOST_IDEAS, run, too_busy
from bot.dialogue.session import Aside, Menu, Project, Topic
from bot.dialogue.talk import Talk
from pipeline.model import Goal, Wish, WordEdit
from pipeline.reading import clean

MAX_LINE = 160  # characters of a shot's words


def press(talk: Talk, film: Project, action: Action) -> None:
    """A button on a film's card."""
    mark = f"{action.verb}={action.value}"
    if action.verb is Verb.MENU:
        _open_menu(talk, film, action.value)
    elif action.verb is Verb.WORDS:
        _ask_words(talk, film, action.value)
    elif mark in film.pressed:
        talk.hint(phrase("already-on-it"))
    elif too_busy(talk):
        talk.hint(phrase("busy"))
    elif action.verb is Verb.MORE_IDEAS:
        _more_ideas(talk, film, mark)
    elif action.verb is Verb.UNDO:
        _undo(talk, film, mark)
    else:
        _change(talk, film, action, mark)


def hear_words(talk: Talk, aside: Aside, text: str) -> None:
    """New words for a shot."""
    words = " ".join(clean(text).split())
    film = talk.session.film(aside.film)
    if not words:
        talk.say(phrase("no-words-in-that"))
        return
    if film is None or aside.shot >= len(film.shots):
        asides.close(talk)
        talk.say(phrase("stale"))
        return
    if len(words) > MAX_LINE:
        talk.say(phrase("line-too-long", n=MAX_LINE, is_now=len(words)))
        return
    asides.close(talk)
    headline = aside.topic is Topic.HEADLINE
    edit = WordEdit(shot=aside.shot, shown=words) if headline else WordEdit(shot=aside.shot, spoken=words)
    talk.say(phrase("on-it"))
    _make(talk, film, reworded(film.wish, edit), haste=Haste.FAST)


def _open_menu(talk: Talk, film: Project, value: str) -> None:
    if value not in set(Menu) or value == Menu.IDEAS or not film.shots:
        talk.hint(phrase("stale"))
        return
    film = film.model_copy(update={"menu": Menu(value)})
    talk.keep_film(film)
    talk.ask(film_card(film))


def _ask_words(talk: Talk, film: Project, value: str) -> None:
    if not value.isdecimal() or int(value) >= len(film.shots):
        talk.hint(phrase("stale"))
        return
    shot = film.shots[int(value)]
    topic = Topic.WORDS if shot.spoken or not shot.shown else Topic.HEADLINE
    asides.open_aside(talk, topic, film=film.number, shot=int(value))


def _more_ideas(talk: Talk, film: Project, mark: str) -> None:
    if film.ideas >= MOST_IDEAS:
        talk.hint(phrase("stale"))
        return
    talk.keep_film(film.model_copy(update={"pressed": (*film.pressed, mark)}))
    talk.hint(phrase("on-it"))
    run(talk, Goal.PREVIEWS, film.wish, film=film.number, haste=Haste.FAST, ideas=film.ideas + IDEAS_AT_ONCE)


def _undo(talk: Talk, film: Project, mark: str) -> None:
    if not film.undo:
        talk.hint(phrase("nothing-to-undo"))
        return
    talk.hint(phrase("on-it"))
    film = film.model_copy(update={"pressed": (*film.pressed, mark)})
    _make(talk, film, film.undo[-1], haste=Haste.FAST)


def _change(talk: Talk, film: Project, action: Action, mark: str) -> None:
    wish = changed(film, action.verb, action.value)
    if wish is None or (action.verb is not Verb.PICK and not film.shots):
        talk.hint(phrase("stale"))
        return
    if wish == film.shown:
        talk.hint(phrase("same-already"))
        return
    talk.hint(phrase("on-it"))
    film = film.model_copy(update={"pressed": (*film.pressed, mark)})
    # what a seller orders anew counts as a film and waits its turn; changes of one go ahead
    _make(talk, film, wish, haste=Haste.NORMAL if action.verb is Verb.PICK else Haste.FAST)


def _make(talk: Talk, film: Project, wish: Wish, *, haste: Haste) -> None:
    before = film.menu
    menu = Menu.IDEAS if before is Menu.IDEAS else Menu.MAIN
    film = film.model_copy(update={"wish": wish, "menu": menu})
    talk.keep_film(film)
    if menu is not before:
        talk.ask(film_card(film))
    run(talk, Goal.FILM, wish, film=film.number, haste=haste)
