"""Pressing the buttons under previews and films, and typing new words for a shot."""

from __future__ import annotations

import re

from bot.dialogue import asides, posts, publishing, words
from bot.dialogue.cards import Action, Scope, Verb, phrase
from bot.dialogue.changing import changed, film_card, reworded
from bot.dialogue.effects import Haste
from bot.dialogue.making import IDEAS_AT_ONCE, MOST_IDEAS, run, too_busy
from bot.dialogue.offers import taking
from bot.dialogue.questions import voice_in
from bot.dialogue.session import Aside, Menu, Offer, Project, Topic
from bot.dialogue.talk import Talk
from pipeline.model import NO_VOICE, Goal, Retake, Wish, WordEdit
from pipeline.reading import clean, prices_in

MAX_LINE = 160  # characters of a shot's words
_NUMBER = re.compile(r"[^\d]{0,16}?(\d{1,2})")  # of a shot: "2", "shot 2"


def press(talk: Talk, film: Project, action: Action) -> None:
    """A button on a film's card."""
    mark = f"{action.verb}={action.value}"
    if action.verb is Verb.MENU:
        _open_menu(talk, film, action.value)
    elif action.verb is Verb.WORDS:
        _ask_words(talk, film, action.value)
    elif action.verb in (Verb.RETAKE, Verb.OTHER_TAKES):
        _offer(talk, film, action)
    elif action.verb in (Verb.PUBLISH, Verb.POST):
        publishing.press(talk, film, action.verb, action.value)
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


def chooses(film: Project, accounts: posts.Accounts, text: str) -> bool:
    """Whether a text makes the choice that stands under a film."""
    return _chosen(film, accounts, text) is not None


def hear_choice(talk: Talk, film: Project, text: str) -> bool:
    """A typed answer to the choice that stands under a film: "B", "shot 2", "a woman"; False when it is none."""
    found = _chosen(film, talk.session.accounts, text)
    if found is not None:
        verb, value = found
        press(talk, film, Action(verb=verb, value=value, scope=Scope.FILM, number=film.number))
    elif film.menu is Menu.WORDS and not prices_in(text, language=talk.session.locale):
        talk.say(phrase("which-words"))  # new words for a shot, before it is known for which
    elif film.menu is Menu.CONFIRM and words.agrees(text):
        talk.say(phrase("press-to-post"))  # what others will see is not left to a stray word
    else:
        return False
    return True


def _chosen(film: Project, accounts: posts.Accounts, text: str) -> tuple[Verb, str] | None:
    if film.menu is Menu.IDEAS:
        letter = words.idea_in(text)
        return None if letter is None or letter >= film.ideas else (Verb.PICK, str(letter))
    if film.menu is not Menu.MAIN and words.goes_back(text):
        return Verb.MENU, Menu.MAIN
    match film.menu:
        case Menu.TAKES if film.offer is not None:
            return _take(film.offer, text)
        case Menu.SHOTS | Menu.WORDS:
            number = _NUMBER.fullmatch(words.plain(text))
            shot = int(number[1]) - 1 if number else -1
            verb = Verb.RETAKE if film.menu is Menu.SHOTS else Verb.WORDS
            return (verb, str(shot)) if 0 <= shot < len(film.shots) else None
        case Menu.VOICE:
            silent = words.wants_silence(text) or words.declines(text)
            voice = NO_VOICE if silent else voice_in(film.wish.brief.language, text)
            return (Verb.VOICE, voice) if voice else None
        case Menu.PLATFORMS:
            named = [one for one in words.platforms_in(text) if one not in film.wish.brief.platforms]
            return (Verb.ADD, named[0]) if named else None
        case _:
            return _chosen_to_post(film, accounts, text)


def _chosen_to_post(film: Project, accounts: posts.Accounts, text: str) -> tuple[Verb, str] | None:
    """What a text says about posting a film: that it is to be posted, where, or that it is not."""
    offered = posts.offered(film, accounts)
    if film.menu is Menu.MAIN:
        return (Verb.MENU, Menu.PUBLISH) if offered and words.wishes_to_publish(text) else None
    if words.declines(text):
        return Verb.MENU, Menu.MAIN
    named = words.platforms_in(text)
    networks = {one.network for one in named}  # "youtube" where only Shorts are offered
    there = [one for one in offered if one in named] or [one for one in offered if one.network in networks]
    return (Verb.PUBLISH, there[0]) if there else None


def _take(offer: Offer, text: str) -> tuple[Verb, str] | None:
    """What a text chooses of the takes that are shown."""
    letter = words.idea_in(text)
    if letter is not None:
        if letter == 0:
            return Verb.MENU, Menu.MAIN  # it stays as it is
        return (Verb.TAKE, taking(offer.shot, offer.takes[letter - 1])) if letter <= len(offer.takes) else None
    return (Verb.OTHER_TAKES, "") if offer.more and words.wants_others(text) else None


def hear_words(talk: Talk, aside: Aside, text: str) -> None:
    """New words for a shot."""
    line = " ".join(clean(text).split())
    film = talk.session.film(aside.film)
    if not line:
        talk.say(phrase("no-words-in-that"))
        return
    if film is None or aside.shot >= len(film.shots):
        asides.close(talk)
        talk.say(phrase("stale"))
        return
    if len(line) > MAX_LINE:
        talk.say(phrase("line-too-long", n=MAX_LINE, is_now=len(line)))
        return
    asides.close(talk)
    headline = aside.topic is Topic.HEADLINE
    edit = WordEdit(shot=aside.shot, shown=line) if headline else WordEdit(shot=aside.shot, spoken=line)
    talk.say(phrase("on-it"))
    _make(talk, film, reworded(film.wish, edit), haste=Haste.FAST)


def _open_menu(talk: Talk, film: Project, value: str) -> None:
    if value not in set(Menu) or value in (Menu.IDEAS, Menu.TAKES, Menu.CONFIRM) or not film.shots:
        talk.hint(phrase("stale"))
        return
    if value == Menu.PUBLISH:
        publishing.open_menu(talk, film)
        return
    film = film.model_copy(update={"menu": Menu(value), "offer": None})
    talk.keep_film(film)
    talk.ask(film_card(film, talk.session.accounts))


def _offer(talk: Talk, film: Project, action: Action) -> None:
    """Have other takes of a shot composed, or further ones of the shot whose takes are shown.

    The film that the chat shows is what they belong to, whatever else is under way: all of it is there.
    """
    offer = film.offer
    if action.verb is Verb.RETAKE:
        known = action.value.isdecimal() and int(action.value) < len(film.shots)
        again = offer is not None and action.value == str(offer.shot)
        wanted = Offer(shot=int(action.value)) if known else None
    else:
        again, wanted = offer is not None, offer if offer is not None and offer.more else None
    if again and offer is not None and offer.waiting:
        talk.hint(phrase("already-on-it"))
    elif wanted is None or film.shown is None:
        talk.hint(phrase("stale"))
    elif too_busy(talk):
        talk.hint(phrase("busy"))
    else:
        retake = Retake(shot=wanted.shot, seen=wanted.seen)
        number = run(talk, Goal.TAKES, film.shown, film=film.number, haste=Haste.FAST, retake=retake)
        wanted = wanted.model_copy(update={"waiting": number})
        film = film.model_copy(update={"menu": Menu.TAKES, "offer": wanted})
        talk.keep_film(film)
        if wanted.takes:
            talk.hint(phrase("on-it"))  # those shown stay until the others are there
        else:
            talk.ask(film_card(film, talk.session.accounts))


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
    film = film.model_copy(update={"wish": wish, "menu": menu, "offer": None})
    talk.keep_film(film)
    if menu is not before:
        talk.ask(film_card(film, talk.session.accounts))
    run(talk, Goal.FILM, wish, film=film.number, haste=haste)
