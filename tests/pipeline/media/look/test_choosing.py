"""Which template shows which shot."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.media.look.choosing import appearance, idea_of
from pipeline.media.look.template import templates
from pipeline.model import Intent, Shot, Take, Tone
from pipeline.retakes import differing
from tests.pipeline.media.look.staging import source, taken

PLATES = (
    source(number=0).plate,
    source(number=1).plate,
    source(number=2, cut_out=False).plate,
    source(number=3, cut_out=False, plain=False).plate,
)
inner = st.lists(
    st.tuples(st.sampled_from([Intent.HERO, Intent.DETAIL, Intent.POINT]), st.integers(0, 3)), min_size=2, max_size=8
)


def film(body: list[tuple[Intent, int]]) -> tuple[Shot, ...]:
    """A film as writers write them: hook, body, comparison, price, card."""
    told = [(Intent.HOOK, 0), *body, (Intent.COMPARE, 1), (Intent.PRICE, 2), (Intent.CARD, 0)]
    return tuple(Shot(intent=intent, photo=photo) for intent, photo in told)


@given(inner, st.sampled_from(list(Tone)), st.integers(0, 5))
def test_no_two_neighbours_are_alike(body: list[tuple[Intent, int]], tone: Tone, idea: int) -> None:
    shots = film(body)
    takes = [taken(shots, PLATES, at, tone=tone, take=0, idea=idea) for at in range(len(shots))]
    for one, other in pairwise(takes):
        assert one.template != other.template


@given(inner, st.sampled_from(list(Tone)))
def test_every_choice_can_be_filmed(body: list[tuple[Intent, int]], tone: Tone) -> None:
    shots = film(body)
    for at, shot in enumerate(shots):
        template = templates()[taken(shots, PLATES, at, tone=tone, take=0, idea=0).template]
        assert tone in template.suits
        assert template.needs != "cutout" or PLATES[shot.photo].cutout is not None
        assert (shot.intent is Intent.CARD) == (Intent.CARD in template.intents)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("photo", range(4))
def test_another_take_is_visibly_another(tone: Tone, photo: int) -> None:
    shots = tuple(Shot(intent=Intent.POINT, photo=photo) for _ in range(4))
    for at in range(4):
        takes = [taken(shots, PLATES, at, tone=tone, take=take, idea=0) for take in range(3)]
        for one, other in pairwise(takes):
            assert (one.template, one.detail) != (other.template, other.detail)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("photo", range(4))
@pytest.mark.parametrize("intent", [Intent.HOOK, Intent.HERO, Intent.DETAIL, Intent.POINT])
def test_a_shot_has_at_least_two_other_takes_that_differ(tone: Tone, photo: int, intent: Intent) -> None:
    """From each other, from the present one, and from the neighbours."""
    shots = film([(Intent.HERO, 0), (intent, photo), (Intent.POINT, 1)])
    at = 0 if intent is Intent.HOOK else 2
    shots = (shots[0].model_copy(update={"photo": photo}), *shots[1:]) if at == 0 else shots
    present = taken(shots, PLATES, at, tone=tone, take=0, idea=0)
    beside = [taken(shots, PLATES, one, tone=tone, take=0, idea=0) for one in (at - 1, at + 1) if one >= 0]
    found = differing(
        lambda take: taken(shots, PLATES, at, tone=tone, take=take, idea=0), after=0, shown=[present], beside=beside
    )
    takes = [taken(shots, PLATES, at, tone=tone, take=take, idea=0) for take in found.numbers]
    assert len(takes) >= 2
    assert len({appearance(one) for one in (present, *takes)}) == len(takes) + 1
    assert not {one.template for one in beside} & {one.template for one in takes}


def test_a_detail_tells_takes_apart_only_where_it_is_shown() -> None:
    close, whole = Take(template="close-up", seed=0), Take(template="arch", seed=0)
    assert appearance(close) != appearance(close.model_copy(update={"detail": 1}))
    assert appearance(whole) == appearance(whole.model_copy(update={"detail": 1, "seed": 31}))
    assert appearance(whole) != appearance(close)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_film_of_an_eight_shots_shows_many_kinds_of_shot(tone: Tone) -> None:
    shots = film([(Intent.HERO, 0), (Intent.DETAIL, 1), (Intent.POINT, 0), (Intent.POINT, 1)])
    takes = [taken(shots, PLATES, at, tone=tone, take=0, idea=0) for at in range(len(shots))]
    assert len({take.template for take in takes}) >= 6


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("idea", range(3))
def test_a_template_comes_again_only_when_its_hand_is_empty(tone: Tone, idea: int) -> None:
    shots = tuple(Shot(intent=intent, photo=0) for intent in (Intent.HOOK, Intent.POINT, Intent.POINT, Intent.POINT))
    takes = [taken(shots, PLATES, at, tone=tone, take=0, idea=idea) for at in range(len(shots))]
    assert len({take.template for take in takes}) == len(shots)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_film_begins_with_the_product_and_not_with_a_part_of_it(tone: Tone) -> None:
    for photo in range(len(PLATES)):
        first = taken((Shot(intent=Intent.HOOK, photo=photo),), PLATES, 0, tone=tone, take=0, idea=0)
        assert templates()[first.template].needs != "detail"


def test_a_photo_of_few_pixels_never_fills_the_frame() -> None:
    small = PLATES[3].model_copy(update={"notes": ("low_resolution",)})
    for tone in Tone:
        for intent in Intent:
            for take in range(4):
                shots = (Shot(intent=intent, photo=0),)
                chosen = taken(shots, (small, PLATES[0]), 0, tone=tone, take=take, idea=0)
                assert not templates()[chosen.template].sharp


def test_a_take_knows_its_films_idea_and_is_the_same_every_time() -> None:
    shots = film([(Intent.HERO, 0)])
    first = taken(shots, PLATES, 1, tone=Tone.BOLD, take=2, idea=3)
    assert idea_of(first) == 3
    assert first == taken(shots, PLATES, 1, tone=Tone.BOLD, take=2, idea=3)
