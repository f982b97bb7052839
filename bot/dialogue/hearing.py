"""What is typed while an order is put together: answers, wishes for later questions, leaving a question as it is."""

from __future__ import annotations

from bot.dialogue import labels, ordering, product, questions, sidesteps, words
from bot.dialogue.answers import Understood
from bot.dialogue.cards import phrase
from bot.dialogue.session import Step
from bot.dialogue.sidesteps import Noted
from bot.dialogue.talk import Talk

_KEEPING = frozenset({Step.PRODUCT, Step.PRICE, Step.LANGUAGE, Step.TONE, Step.LENGTH})  # "ok" to what is there already
_TELLING = frozenset({Step.PRODUCT, Step.CHECK})  # where sellers tell of the product
_OWN_WORDS = frozenset({Step.NAME, Step.PRICE, Step.POINTS})  # where what is typed is that, whatever it says


def hear(talk: Talk, text: str) -> None:
    """A typed answer to the question that stands."""
    step = talk.session.step
    if (named := labels.named(talk.session, text)) is not None:
        ordering.press(talk, named, below=True)
    elif words.goes_back(text) and step is not Step.PHOTOS:
        ordering.backward(talk, below=True)
    elif step is Step.PHOTOS:
        _hear_at_photos(talk, text)
    elif step is Step.REVIEW:
        _hear_at_review(talk, text)
    elif step in _TELLING:
        _hear_of_product(talk, text)
    elif _passes_over(step, text):
        ordering.forward(talk, below=True)
    elif step not in _OWN_WORDS and _hear_sidestep(talk, text):
        return
    else:
        _answer(talk, text)


def _answer(talk: Talk, text: str) -> None:
    answer = questions.typed(talk.session, text)
    if isinstance(answer, Understood):
        ordering.take(talk, answer, below=True)
    else:
        talk.say(answer.why)


def _hear_of_product(talk: Talk, text: str) -> None:
    """What the product is, told or put right; the wishes for the film that come with it are taken apart from it."""
    step = talk.session.step
    if _passes_over(step, text):
        ordering.forward(talk, below=True)
        return
    if step is Step.CHECK and (named := sidesteps.asked_for(text)):
        ordering.go(talk, named, below=True)
        return
    rest = _without_asides(talk, text)
    if rest:
        _answer(talk, rest)
    else:
        ordering.go(talk, step, below=True)


def _without_asides(talk: Talk, text: str) -> str:
    """What is left of a text about the product when its corrections and wishes for the film are noted."""
    put_right = sidesteps.corrected(talk.session, text)
    noted, rest = (put_right, "") if put_right else sidesteps.parted(talk.session, text)
    if noted is not None:
        note(talk, noted)
    return "" if noted is None and sidesteps.asks_for_film(rest) else rest


def _passes_over(step: Step, text: str) -> bool:
    """Whether the seller leaves a question as it stands: "skip", "ok" to what is picked, "no" to telling more."""
    content = step in _KEEPING and words.agrees(text)
    nothing = step is Step.PRODUCT and words.declines(text)
    return content or nothing or words.skips(text)


def _hear_sidestep(talk: Talk, text: str) -> bool:
    """Take a text that answers another question, or names one to go to; False when it does neither."""
    session = talk.session
    if step := sidesteps.asked_for(text):
        if step is session.step:
            return False
        talk.change(correcting=session.step is Step.REVIEW)
        ordering.go(talk, step, below=True)
        return True
    found = sidesteps.sidestep(session, text)
    if found is None:
        return False
    note(talk, found)
    if session.step is not Step.REVIEW and sidesteps.answers(session, text):
        return False  # the question that stands is answered as well
    ordering.go(talk, session.step, below=True)
    return True


def note(talk: Talk, noted: Noted) -> None:
    """Take answers to other questions, and say what was understood."""
    talk.change(draft=noted.draft)
    first, *more = noted.lines
    talk.say(phrase("noted", what=first), *more)


def _hear_at_photos(talk: Talk, text: str) -> None:
    if words.wants_same_style(text) and talk.session.profile.style is not None and talk.session.draft.photos:
        ordering.same_style(talk, below=True)
        return
    if words.agrees(text) or words.skips(text) or words.declines(text):
        if talk.session.draft.photos:
            ordering.forward(talk, below=True)
        else:
            talk.say(phrase("photo-first"))
        return
    rest = _without_asides(talk, text)
    if not rest:
        ordering.go(talk, Step.PHOTOS, below=True)
        return
    answer = product.hear_product(talk.session, rest)
    if not isinstance(answer, Understood):
        talk.say(answer.why)
        return
    talk.change(draft=answer.draft)
    if answer.remark is not None:
        talk.say(answer.remark)
    if talk.session.draft.photos:
        ordering.forward(talk, below=True)
    else:
        talk.say(phrase("noted-now-photos"))


def _hear_at_review(talk: Talk, text: str) -> None:
    if words.agrees(text):
        ordering.start(talk, below=True)
    elif _hear_sidestep(talk, text):
        return
    elif more := words.added(text):
        talk.change(draft=product.told_more(talk.session.draft, more))
        talk.say(phrase("points-added"))
        ordering.go(talk, Step.REVIEW, below=True)
    else:
        talk.say(phrase("review-hint"))
