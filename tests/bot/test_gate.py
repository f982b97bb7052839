"""The gate: one thing after another for each seller, and nobody gets in while nobody can be asked."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.dialogue.admission import Policy
from bot.dialogue.events import Command, Commanded, Edited, OtherSent, TextSent
from bot.dialogue.phrases import Phrases
from bot.gate import Gate
from bot.inlet import Reply, Sender, Verdict
from bot.office import Office
from pipeline.errors import StorageError
from storage.store import Store
from tests.bot.conftest import SELLER, Studio
from tests.fakes.notebook import Notebook

CLOSED = Policy(invite_only=True)
WITH_CODE = Commanded(command=Command.START, argument="code")
HELLO = TextSent(text="hello")


@pytest.fixture
def desk() -> Notebook:
    return Notebook()


@pytest.fixture
def gate(store: Store, studio: Studio, desk: Notebook) -> Gate:
    return Gate(desk, store, Office(store, studio, [], policy=CLOSED), policy=CLOSED, phrases=Phrases())


async def test_what_follows_a_code_does_not_overtake_it(gate: Gate, store: Store, desk: Notebook) -> None:
    await store.admissions.invite("code", lasts=timedelta(days=1))
    replies = await asyncio.gather(gate.handle(SELLER, WITH_CODE), *(gate.handle(SELLER, HELLO) for _ in range(5)))
    assert [reply.verdict for reply in replies] == [Verdict.DONE] * 6
    assert sorted(str(event) for _, event in desk.heard) == sorted(map(str, [WITH_CODE, *[HELLO] * 5]))


async def test_a_wrong_code_is_said_five_times_and_the_right_one_still_works(gate: Gate, store: Store) -> None:
    await store.admissions.invite("code", lasts=timedelta(days=1))
    guess = Commanded(command=Command.START, argument="guess")
    said = [len((await gate.handle(SELLER, guess)).hints) for _ in range(7)]
    assert said == [1, 1, 1, 1, 1, 0, 0]
    assert await gate.handle(SELLER, WITH_CODE) == Reply()


async def test_a_photo_of_a_stranger_goes_nowhere(gate: Gate, desk: Notebook) -> None:
    assert (await gate.photo(SELLER, b"a photo")).verdict is Verdict.REFUSED
    assert await gate.photo(SELLER, b"a photo") == Reply(Verdict.REFUSED)
    assert desk.heard == []


async def test_the_terminal_is_its_operators_own(gate: Gate, desk: Notebook) -> None:
    terminal = Sender(chat="terminal:me", seller="terminal:me", locale="de")
    assert await gate.handle(terminal, HELLO) == Reply()
    (first, typed) = (await gate.handle(terminal, TextSent(text="/invite"))).hints
    assert first == "Eine Einladung für eine Person, 14 Tage gültig:"
    assert len(typed.rpartition("/start ")[2]) >= 16
    assert [event for _, event in desk.heard] == [HELLO]


async def test_nobody_gets_in_while_the_database_is_away(
    gate: Gate, store: Store, desk: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(seller: str) -> None:
        raise StorageError("away")

    monkeypatch.setattr(store.admissions, "standing", away)
    reply = await gate.handle(SELLER, HELLO)
    assert reply.verdict is Verdict.BROKEN
    assert "Reference" in reply.hints[0]
    assert desk.heard == []


async def test_a_stranger_who_talks_to_others_is_not_told_of_invitations(gate: Gate) -> None:
    for event in (TextSent(text="hello", overheard=True), OtherSent(overheard=True), Edited()):
        assert await gate.handle(SELLER, event) == Reply(Verdict.REFUSED)
    assert (await gate.handle(SELLER, HELLO)).hints, "the one time that it is said was not used up"
