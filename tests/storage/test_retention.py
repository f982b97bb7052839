"""What nobody needs goes; whatever somebody holds stays, with everything that it is made of."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.retention import Retention
from pipeline.errors import StorageError
from pipeline.model import Artifact, Brand, Failed, Film, Finished, Goal, Order, Platform, Posting, Visibility
from pipeline.produce import make
from pipeline.steps import Steps, artifacts
from storage.config import StorageSettings
from storage.jobs import Lane
from storage.retention import Place
from storage.sellers import Profile
from storage.slots import UPLOADED
from storage.store import Store, open_store
from storage.tables import metadata, uses
from tests.fakes.ages import pass_days
from tests.fakes.engines import Rig, quick_studio
from tests.fakes.orders import order
from tests.fakes.s3 import bucket, service

KEPT, DRAFTS = 180, 14  # days, by default


async def produce(store: Store, seller: str, *, shade: int = 0, rig: Rig | None = None, told: bool = True) -> str:
    """A film made and shown; its job."""
    wanted = await order(store.blobs, shade=shade)
    placed = await store.jobs.place(
        wanted, chat=f"chat:{seller}", seller=seller, lane=Lane.NORMAL, dedupe=str(await jobs_made(store))
    )
    await work(store, placed.job, rig=rig)
    if told:
        await store.deliveries.settle(placed.job)
    return placed.job


async def work(store: Store, job: str, *, rig: Rig | None = None) -> Finished:
    claim = await store.leases.claim(job, fence=1, owner="worker")
    assert claim is not None
    steps = Steps(
        ledger=store.ledger(job=job, seller=claim.seller),
        blobs=store.job_blobs(job=job, seller=claim.seller),
        scratch=store.settings.home / "scratch" / job,
    )
    finished = await make(claim.order, studio=quick_studio(rig), steps=steps, watch=lambda _: None)
    await store.leases.end(claim, seq=2_000_000, event=finished, records=tuple(steps.records))
    return finished


async def jobs_made(store: Store) -> int:
    return sum(number for _, number in await store.jobs.tally())


async def clean(store: Store) -> None:
    """Everything that may go goes."""
    await Retention(store, min_free_mb=0).all_of_it()


async def film_of(store: Store, job: str) -> Film | None:
    past = await store.films.get(job)
    return past.film if past else None


async def whole(store: Store, film: Film) -> bool:
    return all([await store.blobs.has(one) for one in artifacts(film)])


def files(store: Store) -> list[str]:
    return sorted(path.name for path in (store.settings.home / "blobs").glob("*/*"))


async def rows(store: Store) -> dict[str, int]:
    """How many rows each table has, where it has any."""
    found = {}
    async with store.database.read() as connection:
        for name, table in metadata.tables.items():
            found[name] = await connection.scalar(select(func.count()).select_from(table)) or 0
    return {name: number for name, number in found.items() if number}


def naming(*things: str | Artifact) -> str:
    """The state of a conversation that names jobs and files."""
    return json.dumps([one if isinstance(one, str) else one.model_dump() for one in things])


# ── films ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_film_nobody_used_for_its_time_leaves_nothing_behind(store: Store) -> None:
    job = await produce(store, "a")
    await store.deliveries.note(job, "film", "1")
    await pass_days(store, KEPT - 1)
    await clean(store)
    assert [past.job for past in await store.films.recent("a")] == [job]
    await pass_days(store, 2)
    await clean(store)
    assert await store.films.recent("a") == ()
    assert files(store) == []
    assert await rows(store) == {}


async def test_a_film_lives_on_as_long_as_something_is_done_where_its_buttons_are(store: Store) -> None:
    old, changed = await produce(store, "a"), await produce(store, "a", shade=1)
    await pass_days(store, KEPT + 100)
    await store.sessions.save("chat:a", naming(changed), seller="a")
    await clean(store)
    film = await film_of(store, changed)
    assert film is not None
    assert await whole(store, film)
    assert await film_of(store, old) is None
    await pass_days(store, KEPT + 1)
    await clean(store)
    assert await store.films.recent("a") == ()


async def test_a_conversation_of_another_seller_holds_nobodys_film(store: Store) -> None:
    job = await produce(store, "a")
    await pass_days(store, KEPT + 1)
    await store.sessions.save("chat:b", naming(job), seller="b")
    await clean(store)
    assert await film_of(store, job) is None


async def test_what_a_younger_film_is_made_of_stays(store: Store, tmp_path: Path) -> None:
    rig = Rig(tmp_path)
    await produce(store, "a", rig=rig)
    await pass_days(store, KEPT - 10)
    young = await produce(store, "b", rig=rig)
    computed = len(rig.began())
    await pass_days(store, 20)
    await clean(store)
    assert await store.films.recent("a") == ()
    film = await film_of(store, young)
    assert film is not None
    assert await whole(store, film)
    await produce(store, "c", rig=rig)
    assert len(rig.began()) == computed


async def test_films_are_kept_for_ever_where_that_is_wished(settings: StorageSettings) -> None:
    async with open_store(settings.model_copy(update={"keep_days": 0})) as store:
        job = await produce(store, "a")
        previews = await previewed(store, "a")
        await pass_days(store, 5000)
        await clean(store)
        assert await film_of(store, job) is not None
        assert previews not in await held_jobs(store)
    async with open_store(settings.model_copy(update={"keep_days": 0, "keep_drafts_days": 0})) as store:
        previews = await previewed(store, "a", shade=2)
        await pass_days(store, 5000)
        await clean(store)
        assert previews in await held_jobs(store)


async def test_what_was_bought_stays_as_long_as_a_film_that_uses_it(store: Store) -> None:
    async def bought(seller: str) -> str:
        job = await produce(store, seller)
        ledger = store.ledger(job=job, seller=seller)
        if await ledger.task("clip", "vendor") is None:
            await ledger.remember_task("clip", "vendor", "task-1")
            await ledger.settle("clip", stage="shoot", engine="vendor", answer="{}", seconds=1.0)
        assert await ledger.find("clip") == "{}"
        return job

    await bought("a")
    await pass_days(store, 100)
    later = await bought("b")
    await pass_days(store, 100)
    await clean(store)
    ledger = store.ledger(job=later, seller="b")
    assert (await ledger.task("clip", "vendor"), await ledger.find("clip")) == ("task-1", "{}")
    await pass_days(store, 100)
    await clean(store)
    assert (await ledger.task("clip", "vendor"), await ledger.find("clip")) == (None, None)


# ── what only served a choice ────────────────────────────────────────────────────────────────────────────────────────


async def previewed(store: Store, seller: str, *, shade: int = 1) -> str:
    wanted = await order(store.blobs, goal=Goal.PREVIEWS, shade=shade)
    placed = await store.jobs.place(
        wanted, chat=f"chat:{seller}", seller=seller, lane=Lane.NORMAL, dedupe=f"previews {shade}"
    )
    await work(store, placed.job)
    await store.deliveries.settle(placed.job)
    return placed.job


async def held_jobs(store: Store) -> set[str]:
    async with store.database.read() as connection:
        return {holder.removeprefix("job:") for holder in await connection.scalars(select(uses.c.holder).distinct())}


async def test_previews_go_after_some_days_whoever_names_them_and_films_stay(store: Store) -> None:
    previews, film = await previewed(store, "a"), await produce(store, "a")
    await pass_days(store, DRAFTS - 1)
    await clean(store)
    assert await held_jobs(store) == {previews, film}
    await store.sessions.save("chat:a", naming(previews), seller="a")
    await pass_days(store, 2)
    await clean(store)
    assert {"chat:a"} ^ await held_jobs(store) >= {film}
    assert previews not in await held_jobs(store)
    made = await film_of(store, film)
    assert made is not None
    assert await whole(store, made)


async def test_a_post_is_remembered_as_long_as_a_film_lest_it_be_made_twice(store: Store) -> None:
    film = await film_of(store, await produce(store, "a"))
    assert film is not None
    reel = film.reels[0]
    post = Posting(
        platform=Platform.YOUTUBE, account="UC1", name="shop", visibility=Visibility.PRIVATE, video=reel.video,
        cover=reel.cover, title="Mug", caption="A mug.", hashtags=(), language="en", synthetic=False,
    )  # fmt: skip
    wanted = Order(goal=Goal.PUBLISH, wish=film.wish, post=post)
    placed = await store.jobs.place(wanted, chat="chat:a", seller="a", lane=Lane.POST, dedupe="post")
    claim = await store.leases.claim(placed.job, fence=1, owner="worker")
    assert claim is not None
    await store.leases.end(claim, seq=2_000_000, event=Failed(phrase="failed-post-unknown", reference="1"), records=())
    await store.deliveries.settle(placed.job)
    await pass_days(store, KEPT - 1)
    await clean(store)
    assert placed.job in await held_jobs(store)
    await pass_days(store, 2)
    await clean(store)
    assert await rows(store) == {}


async def test_what_could_not_be_shown_yet_is_kept_as_long_as_a_film(store: Store) -> None:
    wanted = await order(store.blobs, goal=Goal.VOICE)
    placed = await store.jobs.place(wanted, chat="closed", seller="a", lane=Lane.FAST, dedupe="1")
    await work(store, placed.job)
    await pass_days(store, DRAFTS + 1)
    await clean(store)
    assert [one.job for one in await store.jobs.unfinished()] == [placed.job]
    await pass_days(store, KEPT)
    await clean(store)
    assert await rows(store) == {}


async def test_a_job_that_waits_or_runs_is_never_too_old(store: Store) -> None:
    waiting = await store.jobs.place(await order(store.blobs), chat="c", seller="a", lane=Lane.NORMAL, dedupe="1")
    running = await store.jobs.place(await order(store.blobs), chat="c", seller="a", lane=Lane.NORMAL, dedupe="2")
    assert await store.leases.claim(running.job, fence=1, owner="worker")
    before = files(store)
    await pass_days(store, 5000)
    await clean(store)
    assert await held_jobs(store) == {waiting.job, running.job}
    assert files(store) == before


# ── conversations ────────────────────────────────────────────────────────────────────────────────────────────────────


async def photo(store: Store, chat: str, name: str, seller: str = "a") -> Artifact:
    """A photo sent in a chat, stored as the bot does it."""
    artifact = await store.blobs.put_bytes(name.encode(), "image/jpeg")
    await store.uses.note_file(holder=f"chat:{chat}", seller=seller, sha256=artifact.sha256)
    return artifact


async def test_photos_of_an_order_that_was_left_go_and_those_that_are_named_stay(store: Store) -> None:
    left, named = await photo(store, "c", "left"), await photo(store, "c", "named")
    await store.sessions.save("c", naming(left, named), seller="a")
    await store.sessions.save("c", naming(named), seller="a")
    await clean(store)
    assert await store.blobs.has(left)  # sent today: it may be about to be named
    await pass_days(store, 2)
    await clean(store)
    assert files(store) == [named.sha256]
    await store.sessions.save("c", naming(named), seller="a")
    again = await photo(store, "c", "left")
    await clean(store)
    assert await store.blobs.has(again)


async def test_a_conversation_without_a_film_ends_early_and_its_photos_a_day_later(store: Store) -> None:
    draft = await photo(store, "c", "a photo")
    await store.sessions.save("c", naming(draft), seller="a")
    await store.slots.note("c", "photos", "1")
    await pass_days(store, DRAFTS - 1)
    await clean(store)
    assert await store.sessions.load("c") is not None
    await pass_days(store, 2)
    await clean(store)
    assert await store.sessions.load("c") is None
    assert await store.slots.find("c", "photos") is None
    assert await store.blobs.has(draft)
    await pass_days(store, 2)
    await clean(store)
    assert await rows(store) == {}
    assert files(store) == []


async def test_a_bot_that_saves_the_conversation_that_was_just_ended_loses_nothing(store: Store) -> None:
    draft = await photo(store, "c", "a photo")
    state = naming(draft)
    await store.sessions.save("c", state, seller="a")
    await pass_days(store, DRAFTS + 1)
    await clean(store)
    assert await store.sessions.load("c") is None
    await store.sessions.save("c", state, seller="a")  # it had loaded it before
    await pass_days(store, 2)
    await clean(store)
    assert await store.blobs.has(draft)


async def test_a_conversation_with_a_film_keeps_its_draft_as_long_as_the_film(store: Store) -> None:
    job, draft = await produce(store, "a"), await photo(store, "chat:a", "a photo")
    await store.sessions.save("chat:a", naming(job, draft), seller="a")
    await pass_days(store, KEPT - 1)
    await clean(store)
    assert await store.sessions.load("chat:a") is not None
    assert await store.blobs.has(draft)
    for _ in range(2):
        await pass_days(store, 2)
        await clean(store)
    assert await rows(store) == {}


async def test_a_returning_sellers_logo_is_there_after_years_and_the_one_before_it_is_not(store: Store) -> None:
    before, logo = await photo(store, "c", "the logo before"), await photo(store, "c", "a logo")
    await store.sellers.save("a", Profile(brand=Brand(logo=before)))
    await store.sellers.save("a", Profile(brand=Brand(logo=logo)))
    await store.sessions.save("c", naming(logo), seller="a")
    for _ in range(3):
        await pass_days(store, 1000)
        await clean(store)
    assert await store.sessions.load("c") is None
    assert (await store.sellers.profile("a")).brand.logo == logo
    assert files(store) == [logo.sha256]


async def test_messages_of_long_ago_are_forgotten_in_a_chat_that_goes_on_and_a_moved_group_never(store: Store) -> None:
    await store.slots.note("c", "say-1", "1")
    await store.slots.note("telegram:moved", "-5", "-1005")
    await pass_days(store, KEPT + 1)
    await store.slots.note("c", "say-2", "2")
    await store.sessions.save("c", "{}", seller="a")
    await clean(store)
    assert await store.slots.messages("c") == ("2",)
    assert await store.slots.find("telegram:moved", "-5") == "-1005"


async def test_a_film_shown_again_keeps_its_files_until_the_chat_has_named_it(store: Store) -> None:
    job = await produce(store, "a")
    await pass_days(store, KEPT + 1)
    past = await store.films.take_out(job, chat="chat:a", seller="a")
    await clean(store)  # before the bot has saved the conversation
    assert past is not None
    assert await whole(store, past.film)
    assert await store.films.take_out("nothing", chat="chat:a", seller="a") is None


# ── when space is short ──────────────────────────────────────────────────────────────────────────────────────────────


async def expendable(store: Store, *, film: bool) -> list[str]:
    return [one.job for one in await store.retention.expendable(film=film, after=Place(), limit=50)]


async def test_for_space_older_films_may_go_and_a_sellers_newest_never(store: Store) -> None:
    first, second, other = [await produce(store, who, shade=at) for at, who in enumerate("aab")]
    previews = await previewed(store, "b", shade=3)
    assert await expendable(store, film=False) == await expendable(store, film=True) == []
    await pass_days(store, 2)
    assert await expendable(store, film=False) == [previews]
    assert await expendable(store, film=True) == [first]
    assert await store.retention.sacrifice(second) is None
    assert await store.retention.sacrifice(other) is None
    removed = await store.retention.sacrifice(first)
    assert removed is not None
    await store.remove(removed.files)
    for job in (second, other):
        film = await film_of(store, job)
        assert film is not None
        assert await whole(store, film)


async def test_several_who_remove_at_once_remove_each_once(store: Store) -> None:
    shown = [await produce(store, "a", shade=shade) for shade in range(4)]
    await pass_days(store, KEPT + 1)
    terms = store.settings.terms
    removed = await asyncio.gather(*(store.retention.remove(job, terms) for job in shown * 4))
    assert sum(one is not None for one in removed) == len(shown)
    lost = [name for one in removed if one is not None for name in one.files]
    assert len(lost) == len(set(lost))
    await asyncio.gather(*(store.remove(one.files) for one in removed if one is not None))
    assert files(store) == []


# ── the files themselves ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_removed_file_is_forgotten_by_the_chat_that_had_it_uploaded(store: Store) -> None:
    job = await produce(store, "a")
    film = await film_of(store, job)
    assert film is not None
    await store.slots.note(UPLOADED, f"video:{film.reels[0].video.sha256}", "file-id")
    await store.slots.note(UPLOADED, f"video:{'0' * 64}", "another")
    await pass_days(store, KEPT + 1)
    await clean(store)
    assert await store.slots.messages(UPLOADED) == ("another",)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 service on this machine."""
    with service() as address:
        yield address


async def test_files_in_s3_go_as_well(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_store(bucket(s3, tmp_path, monkeypatch)) as store:
        film = await film_of(store, await produce(store, "a"))
        assert film is not None
        assert await whole(store, film)
        await pass_days(store, KEPT + 1)
        await clean(store)
        assert not any([await store.blobs.has(one) for one in artifacts(film)])
        assert await rows(store) == {}


async def test_what_the_file_store_did_not_remove_is_removed_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(artifact: Artifact) -> None:
        raise StorageError("away")

    await produce(store, "a")
    await pass_days(store, KEPT + 1)
    with monkeypatch.context() as patch:
        patch.setattr(store.blobs, "drop", away)
        await clean(store)
    assert files(store)
    assert await store.leaving.left() == ()
    await pass_days(store, 1)
    await Retention(store, min_free_mb=0).round()
    assert files(store) == []
    assert await rows(store) == {}
