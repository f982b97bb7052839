"""Other takes of a shot: what is composed for them, which are offered, and what the chosen one costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.model import Filming, Goal, Order, Retake, Take, Takes, Wish, WordEdit
from pipeline.ports import Shoot
from pipeline.produce import make
from pipeline.retakes import OFFERED, differing
from pipeline.steps import Steps
from tests.fakes import orders
from tests.fakes.engines import LOOKS
from tests.pipeline.test_produce import THREE, House, filming

SHOT = 1


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
async def wish(house: House) -> Wish:
    order = await orders.order(house.blobs, platforms=THREE)
    photos = (*order.wish.brief.photos, await orders.photo(house.blobs, 90))
    wish = Wish(brief=order.wish.brief.model_copy(update={"photos": photos}))
    await house.film(wish)
    return wish


async def offered(house: House, wish: Wish, *seen: int, shot: int = SHOT) -> tuple[Takes, Counter[str]]:
    steps = Steps(house.ledger, house.blobs, house.folder / "scratch")
    order = Order(goal=Goal.TAKES, wish=wish, retake=Retake(shot=shot, seen=seen))
    done = await make(order, studio=house.studio, steps=steps, watch=house.told.append)
    assert done.takes is not None
    assert done.films == ()
    return done.takes, Counter(record.stage for record in steps.records if record.computed)


async def test_three_takes_are_composed_and_everything_else_is_there(house: House, wish: Wish) -> None:
    takes, computed = await offered(house, wish)
    assert (takes.shot, takes.takes, takes.more) == (SHOT, (1, 2, 3), True)
    assert computed == Counter(shoot=3, proof=1)
    assert takes.picture is not None
    assert await house.blobs.has(takes.picture)


async def test_the_same_takes_again_compute_nothing(house: House, wish: Wish) -> None:
    first, _ = await offered(house, wish)
    again, computed = await offered(house, wish)
    assert (again, computed) == (first, Counter())


async def test_the_film_with_a_chosen_take_is_cuts_alone_and_has_what_was_shown(house: House, wish: Wish) -> None:
    takes, _ = await offered(house, wish)
    before, _ = await house.film(wish)
    chosen = takes.takes[1]
    film, computed = await house.film(wish.with_take(SHOT, chosen))
    assert computed == Counter(cut=3)
    assert film.takes[SHOT].template == f"quick-1-{chosen}"
    assert [a == b for a, b in zip(film.takes, before.takes, strict=True)].count(False) == 1
    back, computed = await house.film(wish)
    assert (back.reels, computed) == (before.reels, Counter())


async def test_others_leave_out_what_was_seen_and_end_when_there_are_no_more(house: House, wish: Wish) -> None:
    first, _ = await offered(house, wish)
    others, computed = await offered(house, wish, *first.takes)
    assert (others.takes, others.more) == ((4,), False)
    assert computed == Counter(shoot=1, proof=1)
    none, computed = await offered(house, wish, *first.takes, *others.takes)
    assert (none.takes, none.picture, computed) == ((), None, Counter())


async def test_takes_go_on_from_the_present_one(house: House, wish: Wish) -> None:
    chosen = wish.with_take(SHOT, 3)
    await house.film(chosen)
    takes, computed = await offered(house, chosen)
    assert takes.takes == (4, LOOKS, LOOKS + 1)
    assert computed == Counter(shoot=3, proof=1)


async def test_the_sellers_own_words_are_in_the_takes(house: House, wish: Wish) -> None:
    plain, _ = await offered(house, wish)
    edited, _ = await offered(house, wish.model_copy(update={"edits": (WordEdit(shot=SHOT, spoken="My own."),)}))
    assert edited.picture != plain.picture


async def test_a_shot_that_is_gone_is_an_error(house: House, wish: Wish) -> None:
    with pytest.raises(StorageError):
        await offered(house, wish, shot=99)


def look(template: str, detail: int = 0) -> Take:
    return Take(template=template, seed=0, detail=detail)


def test_twins_and_the_neighbours_templates_are_passed_over() -> None:
    circle = ["halo", "arch", "plinth", "halo", "columns", "doorway"]
    found = differing(
        lambda number: look(circle[number % len(circle)], number),
        after=0,
        shown=[look("halo")],
        beside=[look("plinth"), look("columns")],
    )
    assert [circle[number % len(circle)] for number in found.numbers] == ["arch", "doorway"]
    assert not found.more


def test_what_differs_is_offered_three_at_a_time() -> None:
    found = differing(lambda number: look(f"new-{number}"), after=7, shown=[], beside=[])
    assert found.numbers == (8, 9, 10)
    assert len(found.numbers) == OFFERED
    assert found.more


# ── where a cloud films ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_no_clip_is_bought_to_show_takes_nor_for_the_chosen_one(house: House, wish: Wish) -> None:
    asked: list[Shoot] = []
    filming(house, asked)
    film, _ = await house.film(wish)
    bought = len(asked)
    takes, computed = await offered(house, wish)
    assert computed["shoot"] == len(takes.takes) == OFFERED
    chosen, computed = await house.film(wish.with_take(SHOT, takes.takes[0]))
    assert computed == Counter(cut=3)
    assert len(asked) == bought
    assert [a == b for a, b in zip(chosen.takes, film.takes, strict=True)].count(False) == 1


async def test_a_shot_filmed_anew_is_one_clip(house: House, wish: Wish) -> None:
    asked: list[Shoot] = []
    filming(house, asked)
    await house.film(wish)
    bought = len(asked)
    _, computed = await house.film(wish.with_take(SHOT, 2).retake(SHOT))
    assert computed == Counter(shoot=1, cut=3)
    assert [(one.index, one.take) for one in asked[bought:]] == [(SHOT, 3)]


async def test_what_filming_costs_is_asked_of_the_camera(house: House, wish: Wish) -> None:
    assert (await offered(house, wish))[0].filming is None
    quoted: list[Shoot] = []

    def quote(shot: Shoot) -> Filming:
        quoted.append(shot)
        return Filming(cost=Decimal("0.25"))

    house.studio = replace(house.studio, quote=quote)
    assert (await offered(house, wish))[0].filming == Filming(cost=Decimal("0.25"))
    assert [one.index for one in quoted] == [SHOT]
