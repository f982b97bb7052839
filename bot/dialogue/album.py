"""The photos of an order: the one message that counts them, with what there is to say about each."""

from __future__ import annotations

from bot.dialogue.cards import Button, Card, Verb, Weight, phrase
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


def slot(session: Session) -> str:
    """The slot of the message that counts the photos."""
    return f"photos-{session.draft.number}-{session.draft.album}"


def photos_card(session: Session) -> Card:
    """The message that counts the photos."""
    draft = session.draft
    lines = [phrase("photos-count", n=len(draft.photos))]
    coached = [(at, note) for at, sent in enumerate(draft.photos, start=1) for note in sent.notes if note in _COACHED]
    lines += [phrase(f"photo-{note.replace('_', '-')}", n=at) for at, note in coached]
    lines += dict.fromkeys(draft.remarks)
    if not draft.photos:
        lines.append(phrase("photos-wanted"))
    elif len(draft.photos) < MAX_PHOTOS:
        lines.append(phrase("photos-more"))
    return Card(
        slot=slot(session),
        topic=Step.PHOTOS.value,
        lines=tuple(lines),
        rows=_rows(session, tuple(at for at, note in coached if note != "first_frame")),
        turn=session.turn,
        typing=phrase("ask-product-typing"),
    )


def _rows(session: Session, doubtful: tuple[int, ...]) -> tuple[tuple[Button, ...], ...]:
    photos = session.draft.photos
    if not photos:
        return ()
    numbers = range(1, len(photos) + 1) if session.correcting else tuple(dict.fromkeys(doubtful))
    leave_out = [button(phrase("leave-out-photo", n=at), Verb.REMOVE, at - 1) for at in numbers]
    rows = list(in_rows(leave_out, 3))
    if session.profile.style is not None and not session.correcting:
        rows.insert(0, (button("same-style", Verb.SAME_STYLE),))
    rows.append((button("photos-done", Verb.NEXT, weight=Weight.MAIN),))
    return tuple(rows)
