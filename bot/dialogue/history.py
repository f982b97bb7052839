"""What was made before: listed, and shown again."""

from __future__ import annotations

from bot.dialogue import asides, making
from bot.dialogue.cards import phrase
from bot.dialogue.effects import Recover
from bot.dialogue.events import Recalled, Recovered
from bot.dialogue.session import Aside, Project, Topic
from bot.dialogue.talk import Talk


def list_films(talk: Talk, event: Recalled) -> None:
    """Show what was made, to choose from."""
    if event.films:
        asides.open_aside(talk, Topic.FILMS, films=event.films)
    else:
        talk.say(phrase("no-films", days=talk.session.kept_days))


def resend(talk: Talk, aside: Aside, place: str) -> None:
    """Fetch a film by its place in the list, from 0."""
    if place.isdecimal() and int(place) < len(aside.films):
        asides.close(talk)
        talk.do(Recover(job=aside.films[int(place)].job))
    else:
        talk.say(phrase("no-such-film"))


def show_again(talk: Talk, event: Recovered) -> None:
    """Show a film that was fetched, with its buttons."""
    if event.film is None:
        talk.say(phrase("film-gone", days=talk.session.kept_days))
        return
    known = next((film for film in talk.session.films if film.shown == event.film.wish), None)
    film = known or Project(number=talk.number(), wish=event.film.wish)
    making.show_again(talk, film, event.job, event.film)
