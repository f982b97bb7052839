"""Button tokens: short, genuine, bound to their chat."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.cards import Action, Scope, Verb
from bot.dialogue.tokens import MAX_BYTES, mint, read

SECRET = b"k" * 32
CHAT = "telegram:-1001234567890:77"
ACTIONS = st.builds(
    Action,
    verb=st.sampled_from(Verb),
    value=st.text(string.ascii_letters + string.digits + "_-.", max_size=20),
    scope=st.sampled_from(Scope),
    number=st.integers(0, 99_999),
)


@given(action=ACTIONS, turn=st.integers(0, 10**7))
def test_a_token_says_again_what_it_was_minted_for(action: Action, turn: int) -> None:
    if action.scope is Scope.QUESTION:
        action = action.model_copy(update={"number": 0})
    token = mint(action, turn=turn, chat=CHAT, secret=SECRET)
    assert len(token.encode()) <= MAX_BYTES
    found = read(token, chat=CHAT, secret=SECRET)
    assert found is not None
    assert (found.turn, found.action) == (turn, action)


def test_a_token_is_worth_nothing_in_another_chat_or_under_another_key() -> None:
    token = mint(Action(verb=Verb.MAKE), turn=3, chat=CHAT, secret=SECRET)
    assert read(token, chat="telegram:5", secret=SECRET) is None
    assert read(token, chat=CHAT, secret=b"x" * 32) is None


def test_ten_thousand_forged_tokens_do_nothing() -> None:
    chance = random.Random(7)
    genuine = mint(Action(verb=Verb.RETAKE, value="2", scope=Scope.FILM, number=4), turn=9, chat=CHAT, secret=SECRET)
    alphabet = string.printable + "äß日\u202e"
    for at in range(10_000):
        if at % 2:
            place = chance.randrange(len(genuine))
            other = chance.choice(alphabet.replace(genuine[place], ""))
            forged = genuine[:place] + other + genuine[place + 1 :]
        else:
            forged = "".join(chance.choices(alphabet, k=chance.randrange(80)))
        assert read(forged, chat=CHAT, secret=SECRET) is None


@pytest.mark.parametrize("value", ["x" * 60, "ä", "two words"])
def test_an_action_that_does_not_fit_is_refused_when_minting(value: str) -> None:
    with pytest.raises(ValueError, match="no token"):
        mint(Action(verb=Verb.CHOOSE, value=value), turn=1, chat=CHAT, secret=SECRET)


def test_every_verb_and_scope_has_a_code_of_its_own() -> None:
    assert len({verb.value for verb in Verb}) == len(Verb)
    assert all(1 <= len(verb) <= 2 and verb.islower() for verb in Verb)
    assert len({scope.value for scope in Scope}) == len(Scope)
