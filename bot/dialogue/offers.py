"""Other takes of a shot to choose from: the picture under a film, and a button for each of them."""

from __future__ import annotations

from bot.dialogue.cards import Button, Drawn, Phrase, Picture, Scope, Verb, Weight, phrase
from bot.dialogue.session import Menu, Offer, Project
from bot.dialogue.summary import rounded
from bot.dialogue.talk import button, in_rows
from pipeline.model import Wish


def offer_menu(film: Project) -> Drawn:
    """What stands under the picture of a film's offer, or in its place until it is there."""
    offer, back = film.offer, (_button(film, "back", Verb.MENU, Menu.SHOTS),)
    if offer is None:
        return (phrase("which-shot"),), (back,)
    number = offer.shot + 1
    if offer.waiting and not offer.takes:
        return (phrase("takes-coming", n=number),), (back,)
    anew = _anew(film, offer)
    lines = [phrase("takes-of", n=number) if offer.takes else phrase("takes-none", n=number)]
    lines += [phrase("takes-filming")] if anew else []
    letters = [
        _button(film, _label("BCDEFGHI"[at], offer.seconds), Verb.TAKE, taking(offer.shot, take), weight=Weight.MAIN)
        for at, take in enumerate(offer.takes)
    ]
    rows = [*in_rows(letters, 3), *([(_button(film, "other-takes", Verb.OTHER_TAKES),)] if offer.more else []), *anew]
    return tuple(lines), (*rows, back)


def offer_picture(film: Project) -> tuple[Picture, ...]:
    """The takes of a film's offer on one picture, where there is one."""
    if film.offer is None or film.offer.picture is None:
        return ()
    return (Picture(image=film.offer.picture),)


def taking(shot: int, take: int) -> str:
    """A button's value for a take of a shot."""
    return f"{shot}.{take}"


def taken(film: Project, value: str) -> Wish | None:
    """The wish with the take that a button or a letter names; None when it is not offered (any more)."""
    offer = film.offer
    if offer is None:
        return None
    take = next((one for one in offer.takes if taking(offer.shot, one) == value), None)
    return None if take is None else _chosen_for(film).with_take(offer.shot, take)


def filmed_anew(film: Project, value: str) -> Wish | None:
    """The wish with a shot to be filmed once more by a cloud camera; None when none would."""
    offer = film.offer
    if offer is None or offer.filming is None or value != str(offer.shot):
        return None
    return _chosen_for(film).retake(offer.shot)


def _chosen_for(film: Project) -> Wish:
    """The wish that a choice changes: the newest, unless that is another idea, which has other shots."""
    shown = film.shown or film.wish
    return film.wish if film.wish.idea == shown.idea else shown


def _anew(film: Project, offer: Offer) -> tuple[tuple[Button, ...], ...]:
    if offer.filming is None:
        return ()
    cost = offer.filming.cost
    label = phrase("film-anew") if cost is None else phrase("film-anew-cost", amount=f"{cost:.2f}")
    return ((_button(film, label, Verb.FILM_ANEW, offer.shot),),)


def _label(letter: str, seconds: float | None) -> Phrase:
    """A take's letter, and how long the film with it will take, where that was measured."""
    if seconds is None:
        return phrase("take", letter=letter)
    n, minutes = rounded(seconds)
    return phrase("take-minutes" if minutes else "take-seconds", letter=letter, n=n)


def _button(
    film: Project, key: str | Phrase, verb: Verb, value: str | int = "", *, weight: Weight = Weight.PLAIN
) -> Button:
    return button(key, verb, value, scope=Scope.FILM, number=film.number, weight=weight)
