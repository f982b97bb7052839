"""Taking in what sellers send for an order at any time: photos, files that are none, captions."""

from __future__ import annotations

from bot.dialogue import album, hearing, ordering, questions, sidesteps
from bot.dialogue.asides import aside_card, open_aside
from bot.dialogue.cards import Phrase, phrase
from bot.dialogue.events import PhotoRefused, PhotoSent
from bot.dialogue.questions import Understood
from bot.dialogue.remarks import remark
from bot.dialogue.session import MAX_PHOTOS, Aside, SentPhoto, Step, Topic
from bot.dialogue.talk import Talk

_REMARKS = 4  # on photos that were not taken


def take_photo(talk: Talk, event: PhotoSent) -> None:
    """A photo for the order; at rest it begins a new one."""
    if talk.session.step is Step.IDLE:
        ordering.new_draft(talk)
    sent = SentPhoto(photo=event.photo, notes=event.notes, look=event.look)
    doubtful = "blank" in event.notes
    if album.knows(talk.session.draft, sent):
        doubtful = False
        _remark(talk, phrase("photo-known"))
    elif len(talk.session.draft.photos) >= MAX_PHOTOS:
        doubtful = False
        _remark(talk, phrase("photos-enough", n=MAX_PHOTOS))
    elif not doubtful:
        talk.draft(photos=(*talk.session.draft.photos, sent))
    _count(talk)
    if doubtful:
        _doubt(talk, sent)
    if event.caption:
        take_caption(talk, event.caption)


def refuse_photo(talk: Talk, event: PhotoRefused) -> None:
    """A file that cannot be used."""
    if talk.session.step is Step.IDLE:
        ordering.new_draft(talk)
    _remark(talk, phrase(f"bad-photo-{event.reason.replace('_', '-')}"))
    _count(talk)
    if event.caption:
        take_caption(talk, event.caption)


def take_caption(talk: Talk, text: str) -> None:
    """What was written under a photo is about the product, whichever question stands."""
    if wished := sidesteps.wished(talk.session, text):
        hearing.note(talk, wished)
        return
    if remark(text) is not None:
        return
    answer = questions.hear_product(talk.session, text)
    if not isinstance(answer, Understood):
        return
    talk.change(draft=answer.draft)
    if answer.remark is not None:
        talk.say(answer.remark)
    if talk.session.step is Step.PRODUCT:
        ordering.go(talk, Step.CHECK, below=True)
    elif talk.session.step in (Step.CHECK, Step.PHOTOS, Step.REVIEW):
        ordering.ask_again(talk)


def resolve_doubt(talk: Talk, aside: Aside, *, use: bool) -> None:
    """The seller said whether photos without a visible product are to be used."""
    talk.change(aside=None)
    if use:
        room = MAX_PHOTOS - len(talk.session.draft.photos)
        talk.draft(photos=(*talk.session.draft.photos, *aside.doubtful[:room]))
    _count(talk)


def _remark(talk: Talk, remark: Phrase) -> None:
    talk.draft(remarks=(*talk.session.draft.remarks, remark)[-_REMARKS:])


def _doubt(talk: Talk, sent: SentPhoto) -> None:
    aside = talk.session.aside
    if aside is not None and aside.topic is Topic.DOUBT:
        talk.change(aside=aside.model_copy(update={"doubtful": (*aside.doubtful, sent)[:MAX_PHOTOS]}))
        talk.ask(aside_card(talk.session))
    else:
        open_aside(talk, Topic.DOUBT, doubtful=(sent,))


def _count(talk: Talk) -> None:
    """Show how many photos there are, in the one message that says so."""
    session = talk.session
    if session.step is Step.PHOTOS:  # of an album, the counts in between may be left out
        talk.ask(album.photos_card(session).model_copy(update={"patient": True}))
        return
    talk.show(album.counted(session).model_copy(update={"patient": True}))
    if session.step is Step.REVIEW:
        ordering.ask_again(talk)
