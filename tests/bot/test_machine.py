"""Any sequence of events: the dialogue never breaks, and everything it asks can be answered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.dialogue.asides import aside_card
from bot.dialogue.cards import Action, Card, Scope, Verb, Weight
from bot.dialogue.changing import film_card
from bot.dialogue.events import Command, Declined, OtherSent, PhotoRefused, Pressed, Told
from bot.dialogue.making import MOST_RUNS
from bot.dialogue.session import KEPT_FILMS, MAX_PHOTOS, Session, Step
from bot.dialogue.words import SPOKEN_TO_SELLERS
from pipeline.model import Cancelled, Failed, Finished, Goal, JobEvent, Queued
from tests.bot.chatter import Chatter, buttons
from tests.bot.material import film, photo, previews, progressed

TEXTS = st.one_of(
    st.sampled_from(
        [
            "Nordtisch mug, matte black, 39,90 €, dishwasher-safe",
            "skip",
            "back",
            "ok",
            "none",
            "15",
            "cosy",
            "tiktok, youtube",
            "fr-CH",
            "#1e56c5",
            "/what",
            "https://example.org",
            "x" * 3000,
        ]
    ),
    st.text(max_size=40),
)
NOTES = st.lists(st.sampled_from(["blurred", "dark", "low_resolution", "blank", "first_frame", "alpha"]), max_size=2)


class Conversation(RuleBasedStateMachine):
    """A seller who does anything at any time, and a studio that does the same."""

    @initialize(locale=st.sampled_from(SPOKEN_TO_SELLERS))
    def begin(self, locale: str) -> None:
        self.chat = Chatter(Session(seed="s", seller="x:u1", locale=locale))
        self.ended: list[Told] = []

    @rule(command=st.sampled_from(Command))
    def command(self, command: Command) -> None:
        self.chat.command(command)

    @rule(names=st.lists(st.integers(0, 14), min_size=1, max_size=12), notes=NOTES, caption=st.just("") | TEXTS)
    def send_album(self, names: list[int], notes: list[str], caption: str) -> None:
        for name in names:
            self.chat.send(photo(str(name), *notes, caption=caption))

    @rule(times=st.integers(1, 4))
    def go_on(self, times: int) -> None:
        """Press what the bot would like to be pressed, as sellers mostly do."""
        for _ in range(times):
            liked = [
                (card, button)
                for card in self.chat.cards.values()
                for button in buttons(card)
                if button.weight is Weight.MAIN
            ]
            if liked:
                card, button = liked[-1]
                self.chat.send(Pressed(turn=card.turn, action=button.action))

    @rule()
    def all_jobs_end_well(self) -> None:
        for run in self.chat.session.runs:
            told = Told(job=run.job, event=self._end(run.job, "finished"))
            self.chat.send(told)
            self.ended.append(told)

    @rule(reason=st.sampled_from(["empty", "damaged", "not_a_photo", "too_large", "too_small", "too_narrow"]))
    def send_bad_photo(self, reason: str) -> None:
        self.chat.send(PhotoRefused(reason=reason))

    @rule(text=TEXTS)
    def type(self, text: str) -> None:
        assert self.chat.type(text) or self.chat.hints or self.chat.topics()

    @rule()
    def send_a_sticker(self) -> None:
        self.chat.send(OtherSent())

    @rule(data=st.data())
    def press_what_is_there(self, data: st.DataObject) -> None:
        there = [(card, button) for card in self.chat.cards.values() for button in buttons(card)]
        if there:
            card, button = data.draw(st.sampled_from(there))
            self.chat.send(Pressed(turn=card.turn, action=button.action))

    @rule(
        verb=st.sampled_from(Verb),
        value=st.sampled_from(["", "0", "99", "-1", "x", "tiktok", "calm", "shots", "handle", "photos", "none"]),
        scope=st.sampled_from(Scope),
        number=st.integers(0, 20),
        live=st.booleans(),
    )
    def press_anything(self, verb: Verb, value: str, scope: Scope, number: int, live: bool) -> None:
        session = self.chat.session
        turn = session.turn if live else number
        if live and scope is Scope.FILM and session.films:
            number, turn = session.films[-1].number, session.films[-1].turn
        if live and scope is Scope.ASIDE and session.aside:
            turn = session.aside.turn
        action = Action(verb=verb, value=value, scope=scope, number=number)
        self.chat.send(Pressed(turn=turn, action=action))

    @rule(data=st.data())
    def a_job_goes_on(self, data: st.DataObject) -> None:
        jobs = [run.job for run in self.chat.session.runs]
        if jobs:
            job = data.draw(st.sampled_from(jobs))
            news: list[JobEvent] = [Queued(position=2), progressed(0.4), progressed(0.6, variant=1)]
            event = data.draw(st.sampled_from(news))
            self.chat.tell(job, event)

    @rule(data=st.data(), kind=st.sampled_from(["finished", "finished", "failed", "cancelled"]))
    def a_job_ends(self, data: st.DataObject, kind: str) -> None:
        jobs = [run.job for run in self.chat.session.runs]
        if not jobs:
            return
        job = data.draw(st.sampled_from(jobs))
        told = Told(job=job, event=self._end(job, kind))
        self.chat.send(told)
        self.ended.append(told)

    def _end(self, job: str, kind: str) -> Finished | Failed | Cancelled:
        order = self.chat.orders[job]
        if kind == "failed":
            return Failed(phrase="failed-bug", reference="r")
        if kind == "cancelled":
            return Cancelled()
        if order.goal is Goal.PREVIEWS:
            return previews(order.wish, order.variants)
        if order.goal is Goal.VOICE:
            return Finished()
        made = film(order.wish)
        self.chat.history[job] = made
        return Finished(films=(made,))

    @rule(data=st.data())
    def an_end_is_told_again(self, data: st.DataObject) -> None:
        if self.ended:
            told = data.draw(st.sampled_from(self.ended))
            before = self.chat.session
            known = any(one.job == told.job for one in before.films)
            self.chat.send(told)
            if known:
                assert self.chat.session == before

    @rule(data=st.data())
    def a_job_is_declined(self, data: st.DataObject) -> None:
        if self.chat.session.runs:
            run = data.draw(st.sampled_from(self.chat.session.runs))
            self.chat.send(Declined(run=run.number, phrase="daily-limit", resets_in=60.0))

    # ── what always holds ────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_open_question_is_on_screen_and_answerable(self) -> None:
        session = self.chat.session
        if session.step in (Step.IDLE, Step.REVIEW) or self.chat.forgotten:
            return
        card = self._on_screen(session.turn, session.step.value)
        assert buttons(card) or card.typing is not None

    @invariant()
    def an_open_aside_is_on_screen_and_answerable(self) -> None:
        if self.chat.session.aside is not None:
            card = self._on_screen(self.chat.session.aside.turn, self.chat.session.aside.topic.value)
            assert card.lines == aside_card(self.chat.session).lines
            assert buttons(card)

    @invariant()
    def every_film_that_is_shown_has_its_buttons_on_screen(self) -> None:
        for one in self.chat.session.films:
            if one.slot:
                assert buttons(self.chat.cards["", one.slot]) == buttons(film_card(one, self.chat.session.accounts))

    @invariant()
    def limits_are_kept(self) -> None:
        session = self.chat.session
        assert len(session.draft.photos) <= MAX_PHOTOS
        assert len(session.films) <= KEPT_FILMS
        assert len(session.runs) <= MOST_RUNS
        assert len(session.draft.description) <= 1600
        for order in self.chat.orders.values():
            assert order.wish.brief.photos
            assert order.wish.brief.platforms

    def _on_screen(self, turn: int, topic: str) -> Card:
        found = [card for card in self.chat.cards.values() if card.turn == turn and card.topic == topic]
        assert found, f"{topic} of turn {turn} is not on screen"
        return found[-1]


Conversation.TestCase.settings = settings(
    max_examples=35,
    stateful_step_count=50,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a conversation is short enough to read unshrunk
    suppress_health_check=list(HealthCheck),
)
TestConversation = Conversation.TestCase
pytestmark = pytest.mark.filterwarnings("error")
