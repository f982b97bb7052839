"""Having a finished film posted: choosing where, confirming what, and only then doing it."""

from __future__ import annotations

from bot.dialogue import posts
from bot.dialogue.cards import Verb, phrase
from bot.dialogue.changing import film_card
from bot.dialogue.effects import Haste, Produce
from bot.dialogue.making import too_busy
from bot.dialogue.session import Menu, Project, Run
from bot.dialogue.talk import Talk
from pipeline.model import Goal, Order, Platform, Posting


def open_menu(talk: Talk, film: Project) -> None:
    """Ask where to post a film; where there is but one place, whether to."""
    places = posts.offered(film, talk.session.accounts)
    if not places:
        talk.hint(phrase("cannot-publish"))
        return
    film = film.model_copy(update={"menu": Menu.PUBLISH, "confirming": None})
    _show(talk, film) if len(places) > 1 else _confirm(talk, film, places[0])


def press(talk: Talk, film: Project, verb: Verb, value: str) -> None:
    """A button that says where, or the one that posts."""
    post = posts.posting(film, Platform(value), talk.session.accounts) if value in set(Platform) else None
    if post is None:
        talk.hint(phrase("cannot-publish"))
    elif verb is Verb.PUBLISH or posts.sent(film, post) is not None:
        _confirm(talk, film, post.platform)
    elif any(one.post == post for one in talk.session.runs):
        talk.hint(phrase("already-on-it"))
    elif too_busy(talk):
        talk.hint(phrase("busy"))
    else:
        _post(talk, film, post)


def _confirm(talk: Talk, film: Project, platform: Platform) -> None:
    _show(talk, film.model_copy(update={"menu": Menu.CONFIRM, "confirming": platform}))


def _post(talk: Talk, film: Project, post: Posting) -> None:
    """Have it posted. The job gets what was confirmed, so nothing that happens to the film meanwhile changes it."""
    wish = film.shown or film.wish
    talk.hint(phrase("on-it"))
    _show(talk, film.model_copy(update={"menu": Menu.MAIN, "confirming": None}))
    number = talk.number()
    talk.keep_run(Run(number=number, turn=number, goal=Goal.PUBLISH, wish=wish, film=film.number, post=post))
    talk.do(Produce(run=number, order=Order(goal=Goal.PUBLISH, wish=wish, post=post), haste=Haste.POST))


def _show(talk: Talk, film: Project) -> None:
    talk.keep_film(film)
    talk.ask(film_card(film, talk.session.accounts))
