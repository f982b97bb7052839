"""Putting an order together: photos, questions one by one, the review card, the start."""

from __future__ import annotations

from bot.dialogue import album, asides, questions
from bot.dialogue.answers import Understood
from bot.dialogue.cards import Action, Card, Verb, phrase
from bot.dialogue.effects import Appraise
from bot.dialogue.events import Appraised, Preset
from bot.dialogue.making import begin_previews, preview_voice, too_busy
from bot.dialogue.profile import Style
from bot.dialogue.session import Draft, Session, Step, Topic
from bot.dialogue.summary import USUAL_PLATFORMS, order_lines, review_rows, takes, wish_of
from bot.dialogue.talk import GAP, Talk
from pipeline.model import Goal, Order, Wish

_MAIN = (
    Step.PHOTOS,
    Step.PRODUCT,
    Step.CHECK,
    Step.LANGUAGE,
    Step.TONE,
    Step.VOICE,
    Step.PLATFORMS,
    Step.LENGTH,
    Step.REVIEW,
)
_DETAILS = (Step.NAME, Step.PRICE, Step.POINTS)

# ── going from step to step ──────────────────────────────────────────────────────────────────────────────────────────


def open_draft(talk: Talk) -> None:
    """Begin a new order and ask for photos."""
    new_draft(talk)
    talk.ask(album.photos_card(talk.session))


def new_draft(talk: Talk) -> None:
    """Begin a new order."""
    style = talk.session.profile.style
    draft = Draft(number=talk.number())
    if style is not None:
        draft = _styled(draft, style)
    leave(talk)
    _forget_doubt(talk)
    talk.change(draft=draft, step=Step.PHOTOS, correcting=False, hurried=False, turn=talk.number())


def rest(talk: Talk) -> None:
    """No order is being put together any more; what was asked for it is over as well."""
    leave(talk)
    _forget_doubt(talk)
    talk.change(step=Step.IDLE, correcting=False, hurried=False)


def _forget_doubt(talk: Talk) -> None:
    """A photo of another order must not come into the next one."""
    if talk.session.aside is not None and talk.session.aside.topic is Topic.DOUBT:
        asides.close(talk)


def leave(talk: Talk) -> None:
    """Take the buttons off the question that stands, if there is one."""
    step = talk.session.step
    if step is Step.PHOTOS:
        if talk.session.draft.photos:  # else it has none
            talk.retire(album.slot(talk.session))
    elif step is not Step.IDLE:
        talk.retire(f"ask-{talk.session.asked}")


def go(talk: Talk, step: Step, *, below: bool) -> None:
    """Ask the question of a step: in a new message when the seller has written something, else in place of the last."""
    old = talk.session.step
    if old is Step.PHOTOS and step is not Step.PHOTOS:
        talk.show(album.counted(talk.session))
    if step is Step.PHOTOS:
        leave(talk)
        talk.draft(album=talk.session.draft.album + 1)
    elif below or old in (Step.IDLE, Step.PHOTOS):
        if old not in (Step.IDLE, Step.PHOTOS):
            leave(talk)
        talk.change(asked=talk.session.asked + 1)
    talk.change(step=step, turn=talk.number())
    if step is Step.REVIEW and not talk.session.draft.platforms:
        talk.draft(platforms=USUAL_PLATFORMS)  # from here on the seller sees them, and may take them away
    ask_again(talk)


def ask_below(talk: Talk) -> None:
    """Ask the question that stands once more, under what was said meanwhile."""
    if talk.session.step is not Step.IDLE:
        go(talk, talk.session.step, below=True)


def ask_again(talk: Talk) -> None:
    """Show the card of the step at which the order stands."""
    session = talk.session
    if session.step is Step.PHOTOS:
        talk.ask(album.photos_card(session))
    elif session.step is Step.REVIEW:
        talk.do(Appraise(order=Order(goal=Goal.PREVIEWS, wish=wish_of(session))))
    elif session.step is not Step.IDLE:
        talk.ask(questions.question(session))


def forward(talk: Talk, *, below: bool) -> None:
    """On to the next question, back to the review card, or to the start."""
    session = talk.session
    if session.hurried:
        start(talk, below=below)
        return
    if session.step in _DETAILS:
        back_to = Step.REVIEW if session.correcting else Step.CHECK
    elif session.correcting:
        back_to = Step.REVIEW
    else:
        back_to = _neighbour(session, +1)
    if back_to is Step.REVIEW:
        talk.change(correcting=False)
    go(talk, back_to, below=below)


def backward(talk: Talk, *, below: bool) -> None:
    """Back to the question before, or to the review card."""
    session = talk.session
    if session.correcting:
        talk.change(correcting=False)
        go(talk, Step.REVIEW, below=below)
    elif session.step in _DETAILS:
        go(talk, Step.CHECK, below=below)
    else:
        talk.change(hurried=False)
        go(talk, _neighbour(session, -1), below=below)


def _neighbour(session: Session, way: int) -> Step:
    """The step after or before; what was told with the photos is only shown for correction, not asked again."""
    step = _MAIN[max(0, min(len(_MAIN) - 1, _MAIN.index(session.step) + way))]
    described = session.draft.described
    if step is Step.PRODUCT and described and way > 0:
        return Step.CHECK
    if step is Step.CHECK and not described:
        return Step.LANGUAGE if way > 0 else Step.PRODUCT
    return step


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def press(talk: Talk, action: Action, *, below: bool = False) -> None:
    """A button of the question that stands; `below` when its label was typed."""
    match action.verb:
        case Verb.NEXT:
            _next(talk, below=below)
        case Verb.BACK:
            backward(talk, below=below)
        case Verb.SKIP:
            forward(talk, below=below)
        case Verb.REVIEW:
            _to_review(talk, below=below)
        case Verb.SAME_STYLE:
            same_style(talk, below=below)
        case Verb.MAKE:
            start(talk, below=below)
        case Verb.HEAR if talk.session.step is Step.VOICE:
            preview_voice(talk, action.value)
        case _:
            _press_option(talk, action, below=below)


def _press_option(talk: Talk, action: Action, *, below: bool) -> None:
    step = talk.session.step
    if action.verb is Verb.FIX and action.value in set(Step):
        talk.change(correcting=step is Step.REVIEW)
        go(talk, Step(action.value), below=below)
    elif action.verb is Verb.REMOVE and action.value.isdecimal():
        photos = list(talk.session.draft.photos)
        if int(action.value) < len(photos):
            del photos[int(action.value)]
        talk.draft(photos=tuple(photos))
        talk.change(turn=talk.number())  # the numbers on the other buttons are others now
        ask_again(talk)
    elif action.verb in (Verb.CHOOSE, Verb.TOGGLE) and questions.asks(step):
        answer = questions.chosen(talk.session, action.value)
        if answer is None:
            talk.hint(phrase("stale"))
            return
        take(talk, answer, below=below)
    else:
        talk.hint(phrase("stale"))


def take(talk: Talk, answer: Understood, *, below: bool) -> None:
    """Take an answer and go on, unless the question is not over."""
    talk.change(draft=answer.draft)
    if answer.remark is not None:
        talk.say(answer.remark)
    if not answer.stays:
        forward(talk, below=below)
    elif below:
        go(talk, talk.session.step, below=True)
    else:
        ask_again(talk)


def _next(talk: Talk, *, below: bool) -> None:
    session = talk.session
    if session.step is Step.PHOTOS and not session.draft.photos:
        talk.hint(phrase("photo-first"))
    elif session.step is Step.PLATFORMS and not session.draft.platforms:
        talk.hint(phrase("platform-first"))
    else:
        forward(talk, below=below)


def preset(talk: Talk, event: Preset) -> None:
    """Choices that came with the photos: what is understood is taken, and the order is ready to be looked over."""
    if talk.session.step is Step.IDLE:
        new_draft(talk)
    told = ((Step.TONE, event.tone), (Step.VOICE, event.voice), (Step.PLATFORMS, event.platforms))
    for step, text in told:
        if text:
            answer = questions.typed(talk.session.model_copy(update={"step": step}), text)
            if isinstance(answer, Understood):
                talk.change(draft=answer.draft)
            else:
                talk.say(answer.why)
    if talk.session.draft.photos and talk.session.draft.described:
        go(talk, Step.REVIEW, below=True)


# ── review and start ─────────────────────────────────────────────────────────────────────────────────────────────────


def _to_review(talk: Talk, *, below: bool) -> None:
    if not talk.session.draft.photos:
        talk.hint(phrase("photo-first"))
    else:
        go(talk, Step.REVIEW, below=below)


def same_style(talk: Talk, *, below: bool) -> None:
    """Make it like the last film, asking only what the product is."""
    style = talk.session.profile.style
    if style is None or not talk.session.draft.photos:
        talk.hint(phrase("stale"))
        return
    talk.change(draft=_styled(talk.session.draft, style), hurried=True)
    if talk.session.draft.described:
        start(talk, below=below)
    else:
        go(talk, Step.PRODUCT, below=below)


def _styled(draft: Draft, style: Style) -> Draft:
    return draft.model_copy(
        update={
            "language": style.language,
            "tone": style.tone,
            "voice": style.voice,
            "platforms": style.platforms,
            "seconds": style.seconds,
        }
    )


def appraised(talk: Talk, event: Appraised) -> None:
    """How long the order takes is known: show the review card, or begin when nothing more is to be asked."""
    if talk.session.step is not Step.REVIEW:
        return
    talk.draft(avoid=event.avoid)
    if talk.session.hurried:
        rest(talk)
        begin_previews(talk)
        return
    talk.ask(_review_card(talk.session, event))


def _review_card(session: Session, event: Appraised) -> Card:
    return Card(
        slot=f"ask-{session.asked}",
        topic=Step.REVIEW.value,
        lines=(phrase("review"), GAP, *order_lines(session), GAP, *takes(event.seconds, event.cost)),
        rows=review_rows(),
        turn=session.turn,
        typing=phrase("review-typing"),
        below=True,
    )


def reopen(talk: Talk, wish: Wish) -> None:
    """The first ideas for an order came to nothing: have it looked over again, unless another one was begun."""
    session = talk.session
    if session.step is Step.IDLE and session.draft.photos and wish_of(session).brief == wish.brief:
        go(talk, Step.REVIEW, below=True)


def start(talk: Talk, *, below: bool) -> None:
    """Have previews made: at once from the review card, else by way of it."""
    session = talk.session
    if not session.draft.photos:
        talk.say(phrase("photo-first"))
        go(talk, Step.PHOTOS, below=True)
    elif too_busy(talk):
        talk.change(hurried=False)
        talk.say(phrase("busy"))
    elif session.step is Step.REVIEW:
        rest(talk)
        begin_previews(talk)
    else:
        go(talk, Step.REVIEW, below=below)
