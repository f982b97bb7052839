"""Taking in what sellers send for an order at any time: photos, files that are none, captions."""

from __future__ import annotations

from bot.dialogue import album, hearing, ordering, product, sidesteps
from bot.dialogue.answers import Understood
from bot.dialogue.asides import aside_card, open_aside
from bot.dialogue.cards import Phrase, phrase
from bot.dialogue.events import OtherSent, PhotoRefused, PhotoSent
from bot.dialogue.remarks import remark
from bot.dialogue.session import MAX_PHOTOS, Aside, Caption, SentPhoto, Step, Topic
from bot.dialogue.talk import Talk


def take_photo(talk: Talk, event: PhotoSent) -> None:
    """A photo for the order; at rest it begins a new one."""
    if talk.session.step is Step.IDLE:
        ordering.new_draft(talk)
    sent = SentPhoto(photo=event.photo, notes=event.notes, look=event.look, place=event.place)
    doubtful = "blank" in event.notes
    if album.knows(talk.session.draft, sent):
        doubtful = False
        _remark(talk, phrase("photo-known"))
    elif doubtful and len(talk.session.draft.photos) >= MAX_PHOTOS:
        doubtful = False
        _remark(talk, phrase("photos-enough", n=MAX_PHOTOS))
    elif not doubtful:
        _add(talk, sent)
    _count(talk)
    if doubtful:
        _doubt(talk, sent)
    if event.caption:
        take_caption(talk, event.caption, place=event.place)


def refuse_photo(talk: Talk, event: PhotoRefused) -> None:
    """A file that cannot be used."""
    if talk.session.step is Step.IDLE:
        ordering.new_draft(talk)
    key = refusal(event.reason).key
    so_far = next((said for said in talk.session.draft.remarks if said.key == key), None)
    _remark(talk, refusal(event.reason, count=1 + int(str(dict(so_far.args).get("n", 1))) if so_far else 1))
    _count(talk)
    if event.caption:
        take_caption(talk, event.caption)


def refusal(reason: str, *, count: int = 1) -> Phrase:
    """Why so many files cannot be used."""
    return phrase(f"bad-photo-{reason.replace('_', '-')}", n=count)


def refuse_other(talk: Talk, event: OtherSent) -> None:
    """Something that is no photo; what was written under it is about the product all the same."""
    if event.overheard:
        return
    if event.spoken:
        talk.say(phrase("voice-unheard"))
    else:
        talk.say(phrase("only-photos" if talk.session.draft.photos else "photo-please"))
    if not event.caption:
        return
    if talk.session.step is Step.IDLE:
        ordering.new_draft(talk)
        ordering.ask_again(talk)
    take_caption(talk, event.caption)


def take_caption(talk: Talk, text: str, *, place: int = 0) -> None:
    """What was written under a photo is about the product, whichever question stands.

    Captions of an album are read in the order in which they were sent, whatever the order in which they come.
    """
    noted, text = sidesteps.parted(talk.session, text)
    if noted is not None:
        hearing.note(talk, noted)
    if not text or remark(text) is not None:
        return
    draft = talk.session.draft
    only = not draft.described or bool(draft.captions)
    captions = tuple(sorted((*draft.captions, Caption(text=text, place=place)), key=lambda one: one.place))
    late = len(captions) > 1 and captions[-1].text != text
    if late:
        talk.draft(name="", price=None, description="")
    for one in captions if late else (Caption(text=text, place=place),):
        answer = product.hear_product(talk.session, one.text)
        if isinstance(answer, Understood):
            talk.change(draft=answer.draft)
            if answer.remark is not None:
                talk.say(answer.remark)
    talk.draft(captions=captions if only and place else ())
    if talk.session.step is Step.PRODUCT:
        ordering.go(talk, Step.CHECK, below=True)
    elif talk.session.step in (Step.CHECK, Step.PHOTOS, Step.REVIEW):
        ordering.ask_again(talk)


def resolve_doubt(talk: Talk, aside: Aside, *, use: bool) -> None:
    """The seller said whether photos without a visible product are to be used."""
    talk.change(aside=None)
    if use:
        for sent in aside.doubtful:
            _add(talk, sent)
    _count(talk)


def _add(talk: Talk, sent: SentPhoto) -> None:
    """Put a photo among the others; where that gives others another number, the buttons that name them are over."""
    before = talk.session.draft.photos
    photos = album.with_photo(before, sent)
    talk.draft(photos=photos)
    if len(before) == MAX_PHOTOS:
        _remark(talk, phrase("photos-enough", n=MAX_PHOTOS))
    if photos[: len(before)] != before and talk.session.step is Step.PHOTOS:
        talk.change(turn=talk.number())


def _remark(talk: Talk, remark: Phrase) -> None:
    """Say something below the count of the photos, the newest last; the same again takes the place of the former."""
    others = (said for said in talk.session.draft.remarks if said.key != remark.key)
    talk.draft(remarks=(*others, remark))


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
