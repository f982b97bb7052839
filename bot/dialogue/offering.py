"""Other takes of a shot, once they are composed: shown where they were asked for, with what each will take."""

from __future__ import annotations

from bot.dialogue.cards import phrase
from bot.dialogue.changing import film_card
from bot.dialogue.effects import Appraise
from bot.dialogue.events import Appraised
from bot.dialogue.session import Menu, Project, Run
from bot.dialogue.talk import Talk
from pipeline.model import Goal, Order, Takes, Wish


def offered(talk: Talk, one: Run | None, job: str, takes: Takes) -> None:
    """Other takes of a shot are there: show them where they were asked for, unless the seller has gone back."""
    film = talk.session.film(one.film) if one is not None else None
    if one is None:  # told again
        film = next((film for film in talk.session.films if film.offer and film.offer.job == job), None)
        if film is not None and film.menu is Menu.TAKES:
            talk.ask(film_card(film, talk.session.accounts))
        return
    talk.end_run(one)
    if film is None or film.offer is None or film.offer.waiting != one.number:
        return
    if not _fits(film, one.wish, takes.shot):
        withdraw(talk, film, one)
        talk.say(phrase("takes-outdated"))
        return
    offer = film.offer.model_copy(update={"waiting": 0, "job": job, "more": takes.more, "filming": takes.filming})
    if takes.takes or not offer.takes:
        seen = (*offer.seen, *takes.takes)
        offer = offer.model_copy(update={"takes": takes.takes, "seen": seen, "picture": takes.picture})
    film = film.model_copy(update={"menu": Menu.TAKES, "offer": offer})
    talk.keep_film(film)
    if offer.takes:  # how long each takes is asked first, and then all is shown
        wish = one.wish.with_take(offer.shot, offer.takes[0])
        talk.do(Appraise(order=Order(goal=Goal.FILM, wish=wish), film=film.number))
    else:
        talk.ask(film_card(film, talk.session.accounts))


def appraised(talk: Talk, event: Appraised) -> None:
    """How long a film with another take will take is known: show the takes."""
    film = talk.session.film(event.film)
    if film is None or film.offer is None or film.menu is not Menu.TAKES:
        return
    film = film.model_copy(update={"offer": film.offer.model_copy(update={"seconds": event.seconds})})
    talk.keep_film(film)
    talk.ask(film_card(film, talk.session.accounts))


def _fits(film: Project, wish: Wish, shot: int) -> bool:
    """Whether a shot is still shown as it was when other takes of it were asked for."""
    shown = film.shown
    same = shown is not None and (shown.idea, shown.take(shot)) == (wish.idea, wish.take(shot))
    return same and (shot in wish.composed) == (shown is not None and shot in shown.composed)


def withdraw(talk: Talk, film: Project | None, one: Run) -> None:
    """Nothing comes of takes that were asked for: what was shown before them stays."""
    if film is None or film.offer is None or film.offer.waiting != one.number:
        return
    offer = film.offer.model_copy(update={"waiting": 0}) if film.offer.takes else None
    menu = Menu.SHOTS if film.menu is Menu.TAKES and offer is None else film.menu
    talk.keep_film(film.model_copy(update={"offer": offer, "menu": menu}))
    if menu is not film.menu:
        talk.ask(film_card(film.model_copy(update={"offer": offer, "menu": menu}), talk.session.accounts))
