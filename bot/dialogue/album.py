"""The photos of an order: the one message that counts them, with what there is to say about each."""

from __future__ import annotations

from bot.dialogue.cards import Button, Card, Listed, Verb, Weight, phrase
from bot.dialogue.session import MAX_PHOTOS, Draft, SentPhoto, Session, Step
from bot.dialogue.talk import button, in_rows
from pipeline.intake import resembles

_COACHED = ("blurred", "dark", "low_resolution", "first_frame")


def knows(draft: Draft, sent: SentPhoto) -> bool:
    """Whether the order has this photo already, be it resized or compressed anew."""
    return any(
        old.photo == sent.photo or bool(old.look and sent.look and resembles(old.look, sent.look))
        for old in draft.photos
    )


def with_photo(photos: tuple[SentPhoto, ...], sent: SentPhoto) -> tuple[SentPhoto, ...]:
    """The photos with one more, in the order in which they were sent; those beyond the most that may be are left out.

    Albums come in any order, and a late one may have been sent first: the front of a product opens its film.
    """
    at = next((at for at, old in enumerate(photos) if sent.place and old.place > sent.place), len(photos))
    return (*photos[:at], sent, *photos[at:])[:MAX_PHOTOS]


def slot(session: Session) -> str:
    """The slot of the message that counts the photos."""
    return f"photos-{session.draft.number}-{session.draft.album}"


def photos_card(session: Session) -> Card:
    """The message that counts the photos and asks for more."""
    draft = session.draft
    more = () if len(draft.photos) >= MAX_PHOTOS else (phrase("photos-more" if draft.photos else "photos-wanted"),)
    return counted(session).model_copy(
        update={
            "lines": (*counted(session).lines, *more),
            "rows": _rows(session),
            "typing": phrase("photos-typing"),
            "below": True,
        }
    )


def counted(session: Session) -> Card:
    """The same message when the questions have gone on: the count, and what there is to say about each photo."""
    draft = session.draft
    lines = [phrase("photos-count", n=len(draft.photos))]
    for note in _COACHED:
        which = _noted(draft, note)
        if which:
            listed = Listed(items=tuple(str(at) for at in which))
            lines.append(phrase(f"photo-{note.replace('_', '-')}", n=len(which), which=listed))
    lines += draft.remarks
    return Card(slot=slot(session), topic=Step.PHOTOS.value, lines=tuple(lines), turn=session.turn)


def _noted(draft: Draft, note: str) -> tuple[int, ...]:
    """The numbers of the photos with a note, from 1."""
    return tuple(at for at, sent in enumerate(draft.photos, start=1) if note in sent.notes)


def _rows(session: Session) -> tuple[tuple[Button, ...], ...]:
    draft = session.draft
    if not draft.photos:
        return ()
    better_without = sorted({*_noted(draft, "blurred"), *_noted(draft, "dark")})
    numbers = range(1, len(draft.photos) + 1) if session.correcting else better_without
    leave_out = [button(phrase("leave-out-photo", n=at), Verb.REMOVE, at - 1) for at in numbers]
    style = (button("same-style", Verb.SAME_STYLE),)
    return (
        *((style,) if session.profile.style is not None and not session.correcting else ()),
        *in_rows(leave_out, 3),
        (button("photos-done", Verb.NEXT, weight=Weight.MAIN),),
    )
