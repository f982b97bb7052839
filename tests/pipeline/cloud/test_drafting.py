"""Whatever a seller writes and a model answers: what passes is grounded, and nothing breaks the judgement."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.engines.story.drafting import Assignment, Draft, DraftShot, assign
from pipeline.engines.story.local import storyboard
from pipeline.engines.story.readback import bad_signs
from pipeline.model import Intent
from pipeline.ports import Write
from pipeline.reading import price_from, prices_in
from pipeline.wording.trace import trace
from tests.fakes.vendors import honest
from tests.pipeline.story.strategies import brief, request, requests, seller_texts

UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

MUG = request(
    brief(
        name="Nordtisch mug",
        description="Matte black. Not for the microwave or the dishwasher, holds 350 ml, hand-thrown in Wales",
        price=price_from("39.90", currency="GBP", language="en"),
        photos=2,
    )
)


def judged(assignment: Assignment, draft: Draft) -> bool:
    """Whether a draft passes; then, that it may."""
    if assignment.faults(draft):
        return False
    board = assignment.board(draft)
    assert bad_signs(board) == ()
    assert all(claim.source != "none" for claim in trace(board))
    own = " ".join([fact.text for fact in board.facts] + [phrase.text for phrase in assignment.phrases])
    own += f" {assignment.closing_line}"
    for shot in board.shots:
        assert set(re.findall(r"\d+", f"{shot.spoken} {shot.shown}")) <= set(re.findall(r"\d+", own))
    return True


@UNHURRIED
@given(requests)
def test_a_good_draft_is_judged_whatever_the_seller_wrote(asked: Write) -> None:
    assignment = assign(asked)
    judged(assignment, Draft.model_validate(honest(json.loads(assignment.as_json()))))


@UNHURRIED
@given(requests, st.lists(st.tuples(st.integers(0, 9), st.booleans(), seller_texts), min_size=1, max_size=4))
def test_words_from_elsewhere_never_pass_as_numbers_or_claims(
    asked: Write, changes: list[tuple[int, bool, str]]
) -> None:
    assignment = assign(asked)
    draft = honest(json.loads(assignment.as_json()))
    every = [fact.id for fact in asked.facts]
    for at, spoken, text in changes:
        shot = draft["shots"][at % len(draft["shots"])]
        shot["spoken" if spoken else "shown"] += f" {text}"
        shot["facts"] = every
    judged(assignment, Draft.model_validate(draft))


@UNHURRIED
@given(st.text(alphabet="0123456789.,", min_size=1, max_size=6), st.sampled_from(["£{}", "{} £", "{} ml", "{}%", "{}"]))
def test_no_other_price_or_measure_passes(number: str, form: str) -> None:
    assignment = assign(MUG)
    draft = honest(json.loads(assignment.as_json()))
    draft["shots"][1] |= {"spoken": form.format(number), "facts": ["price", "p1", "p2", "p3", "p4"]}
    if judged(assignment, Draft.model_validate(draft)):
        board = assignment.board(Draft.model_validate(draft))
        prices = {found.price.shown for shot in board.shots for found in prices_in(shot.spoken, language="en")}
        assert prices <= {"£39.90"}


@pytest.mark.parametrize("idea", range(4))
def test_the_built_in_writers_own_board_passes_as_a_draft(idea: int) -> None:
    asked = MUG.model_copy(update={"idea": idea})
    shots = storyboard(asked).shots
    draft = Draft(
        shots=tuple(
            DraftShot(intent=s.intent, photo=s.photo, spoken=s.spoken, shown=s.shown, facts=s.facts, phrases=s.bank)
            for s in shots
        )
    )
    assert assign(asked).faults(draft) == ()


def test_variants_open_in_different_ways_and_last_films_are_not_repeated() -> None:
    hooks = [assign(MUG.model_copy(update={"idea": idea})).phrases[0] for idea in range(4)]
    assert len({hook.kind for hook in hooks}) == 4
    used = MUG.model_copy(update={"used": (hooks[0].id,)})
    assert hooks[0].id not in {phrase.id for phrase in assign(used).phrases}


def test_half_a_point_is_not_said() -> None:
    assignment = assign(MUG)
    draft = Draft.model_validate(honest(json.loads(assignment.as_json())))
    point = next(fact.id for fact in MUG.facts if "microwave" in fact.text)
    turned = draft.shots[2].model_copy(update={"spoken": "for the microwave.", "shown": "", "facts": (point,)})
    faults = assignment.faults(draft.model_copy(update={"shots": (*draft.shots[:2], turned, *draft.shots[3:])}))
    assert draft.shots[2].intent is Intent.POINT
    assert any("is not a whole piece" in fault for fault in faults)


def test_a_price_with_a_limit_is_offered_no_phrase_with_a_for() -> None:
    limited = brief(name="Mug", price=price_from("from £20", currency="GBP", language="en"))
    offered = [phrase.text for phrase in assign(request(limited)).phrases if phrase.kind == "price"]
    assert offered
    assert not any("for" in text for text in offered)
