"""Who may go on: every kind of person, whatever they do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.config import BotSettings
from bot.dialogue.admission import (
    Decision,
    Enter,
    Known,
    Notice,
    Operate,
    Policy,
    Redeem,
    Task,
    TurnAway,
    decide,
    seller_named,
    times,
)
from bot.dialogue.events import Command, Commanded, Event, OtherSent, TextSent

OPEN, CLOSED = Policy(), Policy(invite_only=True)
STRANGER, GUEST = Known(), Known(invited=True)
BANNED, OPERATOR = Known(invited=True, banned=True), Known(operator=True, banned=True)
START = Commanded(command=Command.START)
WITH_CODE = Commanded(command=Command.START, argument=" abc ")
HELP = Commanded(command=Command.HELP, argument="abc")
ANYTHING: tuple[Event | None, ...] = (None, START, WITH_CODE, HELP, TextSent(text="/invite"), OtherSent())

ENTER, OUT = Enter(), TurnAway(notice=Notice.BANNED)
UNINVITED = TurnAway(notice=Notice.BY_INVITATION)


@pytest.mark.parametrize("event", ANYTHING)
@pytest.mark.parametrize(
    ("policy", "known", "decision"),
    [(OPEN, STRANGER, ENTER), (OPEN, GUEST, ENTER), (CLOSED, GUEST, ENTER), (OPEN, BANNED, OUT), (CLOSED, BANNED, OUT)],
)
def test_most_are_judged_by_who_they_are_alone(
    policy: Policy, known: Known, decision: Decision, event: Event | None
) -> None:
    assert decide(policy, known, event) == decision


@pytest.mark.parametrize(
    ("event", "decision"),
    [
        (None, UNINVITED),
        (START, UNINVITED),
        (HELP, UNINVITED),
        (TextSent(text="/invite"), UNINVITED),
        (TextSent(text="abc"), UNINVITED),
        (OtherSent(), UNINVITED),
        (WITH_CODE, Redeem(code="abc")),
    ],
)
def test_a_stranger_gets_in_by_a_code_alone(event: Event | None, decision: Decision) -> None:
    assert decide(CLOSED, STRANGER, event) == decision


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("/invite", Operate(task=Task.INVITE)),
        ("/invite@frame_bot", Operate(task=Task.INVITE)),
        (" /stats ", Operate(task=Task.STATS)),
        ("/ban telegram:12345", Operate(task=Task.BAN, seller="telegram:u12345")),
        ("/ban telegram:u12345", Operate(task=Task.BAN, seller="telegram:u12345")),
        ("/unban@frame_bot  Discord:678", Operate(task=Task.UNBAN, seller="discord:u678")),
        ("/ban", Operate(task=Task.BAN)),
        ("/ban that one", Operate(task=Task.BAN)),
        ("/invitation", ENTER),
        ("invite", ENTER),
        ("a mug, 39 €", ENTER),
    ],
)
@pytest.mark.parametrize("policy", [OPEN, CLOSED])
def test_operators_enter_and_have_their_tasks_done(policy: Policy, text: str, decision: Decision) -> None:
    assert decide(policy, OPERATOR, TextSent(text=text)) == decision


@given(st.text())
def test_no_text_of_an_operator_breaks_the_decision(text: str) -> None:
    decision = decide(CLOSED, OPERATOR, TextSent(text=text))
    assert isinstance(decision, Enter | Operate)


def test_operators_are_those_who_are_named_and_whoever_is_at_the_terminal() -> None:
    policy = Policy(operators=frozenset({"telegram:u1"}))
    sellers = ("telegram:u1", "telegram:u2", "discord:u1", "terminal:me")
    assert [policy.operates(seller) for seller in sellers] == [True, False, False, True]


def test_a_refusal_is_said_once_and_a_wrong_code_a_few_times() -> None:
    assert {notice: times(notice) for notice in Notice} == {
        Notice.BY_INVITATION: 1,
        Notice.BANNED: 1,
        Notice.CODE_UNKNOWN: 5,
        Notice.CODE_USED: 5,
        Notice.CODE_EXPIRED: 5,
    }


@pytest.mark.parametrize("text", ["", "12345", "telegram:", "telegram:me", "telegram:1 2", "telegram:-100", ":1"])
def test_what_names_no_seller_is_not_taken_for_one(text: str) -> None:
    assert seller_named(text) is None


def test_operators_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVITE_ONLY", "true")
    monkeypatch.setenv("OPERATORS", "telegram:12345, discord:u678,")
    assert BotSettings().policy == Policy(invite_only=True, operators=frozenset({"telegram:u12345", "discord:u678"}))
    monkeypatch.setenv("OPERATORS", "me")
    with pytest.raises(ValidationError, match="telegram:12345"):
        BotSettings()


def test_publishers_are_read_from_the_environment_like_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHERS", "telegram:12345, discord:678")
    policy = BotSettings().policy
    assert policy.publishes("telegram:u12345")
    assert policy.publishes("discord:u678")
    assert not policy.operates("telegram:u12345")
    monkeypatch.setenv("PUBLISHERS", "somebody")
    with pytest.raises(ValueError, match="telegram:12345"):
        BotSettings()
