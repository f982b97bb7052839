"""Every change of a film computes only what it must."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import (
    AUTO_VOICE,
    NO_VOICE,
    Film,
    Finished,
    Format,
    Goal,
    Order,
    Platform,
    Progress,
    Saying,
    Stage,
    Take,
    Wish,
    WordEdit,
)
from pipeline.ports import Bench, Shoot
from pipeline.produce import make
from pipeline.steps import Fallback, Steps
from tests.fakes import orders
from tests.fakes.engines import QuickEngine, quick_studio, shoot
from tests.fakes.memory import FolderBlobs, MemoryLedger

THREE = (Platform.TIKTOK, Platform.INSTAGRAM_FEED, Platform.YOUTUBE)


class House:
    """A studio with its ledger; `make` is one job."""

    def __init__(self, folder: Path) -> None:
        (folder / "blobs").mkdir()
        self.folder = folder
        self.ledger = MemoryLedger()
        self.blobs = FolderBlobs(folder / "blobs")
        self.studio = quick_studio()
        self.told: list[Progress] = []

    async def make(self, wish: Wish, goal: Goal = Goal.FILM) -> tuple[Finished, Counter[str]]:
        steps = Steps(self.ledger, self.blobs, self.folder / "scratch")
        self.told.clear()
        done = await make(Order(goal=goal, wish=wish), studio=self.studio, steps=steps, watch=self.told.append)
        return done, Counter(record.stage for record in steps.records if record.computed)

    async def film(self, wish: Wish) -> tuple[Film, Counter[str]]:
        done, computed = await self.make(wish)
        return done.films[0], computed


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
async def wish(house: House) -> Wish:
    order = await orders.order(house.blobs, platforms=THREE)
    photos = (*order.wish.brief.photos, await orders.photo(house.blobs, 90))
    return Wish(brief=order.wish.brief.model_copy(update={"photos": photos}))


def changed(wish: Wish, **brief: object) -> Wish:
    return wish.model_copy(update={"brief": wish.brief.model_copy(update=brief)})


async def test_a_first_film_computes_every_step_once(house: House, wish: Wish) -> None:
    film, computed = await house.film(wish)
    shots = len(film.storyboard.shots)
    assert computed == Counter(enhance=2, write=1, speak=1, score=1, shoot=shots, mix=1, cut=3)


async def test_the_same_film_again_computes_nothing(house: House, wish: Wish) -> None:
    first, _ = await house.film(wish)
    again, computed = await house.film(wish)
    assert computed == Counter()
    assert again.reels == first.reels


async def test_another_take_of_a_shot_is_that_shot_and_the_cuts(house: House, wish: Wish) -> None:
    film, _ = await house.film(wish)
    again, computed = await house.film(wish.retake(1))
    assert computed == Counter(shoot=1, cut=3)
    assert [a == b for a, b in zip(film.takes, again.takes, strict=True)].count(False) == 1


async def test_undo_computes_nothing(house: House, wish: Wish) -> None:
    first, _ = await house.film(wish)
    await house.film(wish.retake(0))
    back, computed = await house.film(wish)
    assert computed == Counter()
    assert back.reels == first.reels


async def test_new_music_shoots_and_speaks_nothing(house: House, wish: Wish) -> None:
    await house.film(wish)
    _, computed = await house.film(wish.model_copy(update={"music": 1}))
    assert computed == Counter(score=1, mix=1, cut=3)


async def test_a_new_voice_shoots_nothing(house: House, wish: Wish) -> None:
    await house.film(wish)
    _, computed = await house.film(changed(wish, voice="other"))
    assert computed == Counter(speak=1, mix=1, cut=3)


async def test_a_pronunciation_is_spoken_anew_only_where_its_word_is_said(house: House, wish: Wish) -> None:
    film, _ = await house.film(wish)
    word = film.storyboard.shots[0].spoken.split()[0]
    _, computed = await house.film(changed(wish, sayings=(Saying(written="Elsewhere", said="Elswer"),)))
    assert computed == Counter()
    _, computed = await house.film(changed(wish, sayings=(Saying(written=word, said="Wunderbar"),)))
    assert computed["speak"] == 1
    assert computed["write"] == computed["shoot"] == 0


async def test_captions_alone_are_written_anew(house: House, wish: Wish) -> None:
    await house.film(wish)
    _, computed = await house.film(changed(wish, voice=NO_VOICE))
    assert computed["write"] == 1
    assert computed["enhance"] == 0
    assert wish.brief.voice == AUTO_VOICE


async def test_a_platform_of_the_same_shape_costs_nothing(house: House, wish: Wish) -> None:
    await house.film(wish)
    film, computed = await house.film(changed(wish, platforms=(*THREE, Platform.STORIES)))
    assert computed == Counter()
    assert film.reel(Platform.STORIES) == film.reel(Platform.TIKTOK)


async def test_a_platform_of_a_new_shape_is_one_cut(house: House, wish: Wish) -> None:
    await house.film(wish)
    film, computed = await house.film(changed(wish, platforms=(*THREE, Platform.SQUARE_FEED)))
    assert computed == Counter(cut=1)
    assert len(film.reels) == 4


def filming(house: House, asked: list[Shoot]) -> None:
    """Give the house a camera in a cloud, whose requests are kept."""

    async def film(request: Shoot, bench: Bench) -> Take:
        asked.append(request)
        bench.progress(1, 2)
        return await shoot(request, bench)

    cameras = (QuickEngine("cloud-1", film), QuickEngine("quick-shoot-1", shoot))
    house.studio = replace(house.studio, film=Fallback(cameras))


async def test_previews_are_not_filmed_in_a_cloud(house: House, wish: Wish) -> None:
    asked: list[Shoot] = []
    filming(house, asked)
    await house.make(wish, Goal.PREVIEWS)
    assert asked == []


async def test_a_film_is_filmed_for_its_first_format_and_bought_once(house: House, wish: Wish) -> None:
    asked: list[Shoot] = []
    filming(house, asked)
    film, _ = await house.film(changed(wish, platforms=(Platform.YOUTUBE, Platform.TIKTOK)))
    assert [request.form for request in asked] == [Format.WIDE] * len(film.storyboard.shots)
    assert sorted(request.index for request in asked) == list(range(len(asked)))
    again, computed = await house.film(changed(wish, platforms=(Platform.YOUTUBE, Platform.SQUARE_FEED)))
    assert computed == Counter(cut=1)
    assert again.takes == film.takes


async def test_shots_being_filmed_only_bring_a_film_forward(house: House, wish: Wish) -> None:
    filming(house, [])
    film, _ = await house.film(wish)
    told = [one for one in house.told if one.stage is Stage.SHOOT]
    assert [one.fraction for one in told] == sorted(one.fraction for one in told)
    assert told[-1].done == told[-1].total == len(film.storyboard.shots)
    assert any(one.done < one.total for one in told)


async def test_fewer_platforms_cost_nothing(house: House, wish: Wish) -> None:
    await house.film(wish)
    film, computed = await house.film(changed(wish, platforms=(Platform.YOUTUBE,)))
    assert computed == Counter()
    assert len(film.reels) == 1


async def test_words_edited_by_the_seller_are_spoken_and_shown(house: House, wish: Wish) -> None:
    await house.film(wish)
    edit = WordEdit(shot=1, spoken="My own words.")
    film, computed = await house.film(wish.model_copy(update={"edits": (edit,)}))
    assert film.storyboard.shots[1].spoken == "My own words."
    assert computed == Counter(speak=1, shoot=1, mix=1, cut=3)


async def test_previews_differ_in_idea_and_the_picked_one_is_only_cut(house: House, wish: Wish) -> None:
    previews, _ = await house.make(wish, Goal.PREVIEWS)
    assert [film.wish.idea for film in previews.films] == [0, 1]
    assert all(len(film.reels) == 1 for film in previews.films)
    _, computed = await house.film(previews.films[1].wish)
    assert computed == Counter(cut=3)


async def test_progress_only_grows_and_names_every_stage(house: House, wish: Wish) -> None:
    await house.make(wish, Goal.PREVIEWS)
    fractions = [one.fraction for one in house.told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1.0)
    assert {one.stage for one in house.told} == set(Stage) - {Stage.PUBLISH}
    assert any(one.picture for one in house.told if one.stage is Stage.SHOOT)


async def test_a_voice_sample_reads_the_sellers_own_words(house: House, wish: Wish) -> None:
    done, computed = await house.make(wish, Goal.VOICE)
    assert done.sample is not None
    assert done.sample.media_type == "audio/mpeg"
    assert computed == Counter(speak=1)
    data = (await house.blobs.open(done.sample)).read_bytes()
    assert data[:3] == b"ID3" or data[0] == 0xFF
