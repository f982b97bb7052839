"""Which template shows which shot."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.media.look.choosing import idea_of
from pipeline.media.look.template import templates
from pipeline.model import Intent, Shot, Tone
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
