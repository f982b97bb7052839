"""What is known of a seller, the films they made, and forgetting it all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update

from pipeline.model import Brand, Film, Finished, Goal
from pipeline.produce import make
from pipeline.steps import Steps
from storage.config import StorageSettings
from storage.jobs import Lane
from storage.sellers import Profile
from storage.store import Store
from storage.tables import films, metadata, sellers
from tests.fakes.engines import quick_studio
from tests.fakes.orders import order


async def produce(store: Store, seller: str, *, shade: int = 0) -> tuple[str, Film]:
    """A film from its order to its history, as a worker makes it."""
    wanted = await order(store.blobs, shade=shade)
    placed = await store.jobs.place(
        wanted, chat=f"chat:{seller}", seller=seller, lane=Lane.NORMAL, dedupe=f"{seller}{shade}"
    )
    claim = await store.leases.claim(placed.job, fence=1, owner="worker")
    assert claim is not None
    steps = Steps(
        ledger=store.ledger(job=claim.job, seller=seller),
        blobs=store.job_blobs(job=claim.job, seller=seller),
        scratch=store.settings.home / "scratch" / claim.job,
    )
    finished = await make(wanted, studio=quick_studio(), steps=steps, watch=lambda _: None)
    await store.leases.end(claim, seq=2_000_000, event=finished, records=tuple(steps.records))
    return placed.job, finished.films[0]


def files(settings: StorageSettings) -> list[str]:
    return sorted(path.name for path in (settings.home / "blobs").glob("*/*"))


async def test_a_new_seller_has_the_defaults(store: Store) -> None:
    assert await store.sellers.profile("telegram:u1") == Profile()


async def test_a_profile_is_what_was_saved_last(store: Store) -> None:
    wanted = await order(store.blobs)
    profile = Profile(language="de", style=wanted.wish.brief, brand=Brand(handle="@nordtisch"))
    await store.sellers.save("a", Profile(language="fr"))
    await store.sellers.save("a", profile)
    assert await store.sellers.profile("a") == profile
    assert await store.sellers.profile("b") == Profile()


async def test_a_finished_film_is_in_its_sellers_history(store: Store) -> None:
    job, film = await produce(store, "a")
    (past,) = await store.films.recent("a")
    assert (past.job, past.film, past.title) == (job, film, film.storyboard.post.title)
    assert abs(past.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert await store.films.get(job) == past
    assert await store.films.recent("b") == ()
    assert await store.films.get("nothing") is None


async def test_films_come_newest_first_and_tell_the_phrases_they_used(store: Store) -> None:
    _, film = await produce(store, "a")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for at in range(4):
        await store.films.add("a", f"old {at}", film, start + timedelta(days=at))
    await store.films.add("a", "old 1", film, start + timedelta(days=90))
    assert [past.job for past in await store.films.recent("a", 3)][1:] == ["old 3", "old 2"]
    used = await store.films.phrases_used("a")
    assert used == tuple(entry for shot in film.storyboard.shots for entry in shot.bank)
    assert await store.films.phrases_used("b") == ()


async def test_what_another_version_wrote_keeps_nobody_out(store: Store) -> None:
    job, _ = await produce(store, "a")
    _, film = await produce(store, "a", shade=1)
    await store.sellers.save("a", Profile(language="fr"))
    async with store.database.write() as connection:
        await connection.execute(update(films).where(films.c.job == job).values(film_json='{"reel": 1}'))
        await connection.execute(update(sellers).values(profile_json='{"tongue": "fr"}'))
    assert [past.film for past in await store.films.recent("a")] == [film]
    assert await store.films.get(job) is None
    assert await store.sellers.profile("a") == Profile()


async def test_forgetting_leaves_no_row_and_no_file(store: Store, settings: StorageSettings) -> None:
    job, _ = await produce(store, "a")
    logo = await store.blobs.put_bytes(b"a logo", "image/png")
    await store.sellers.save("a", Profile(brand=Brand(logo=logo)))
    draft = await store.blobs.put_bytes(b"a photo of the next film", "image/jpeg")
    await store.sessions.save("chat:a", draft.model_dump_json(), seller="a")
    await store.slots.note("chat:a", "photos", "1")
    await store.deliveries.note(job, "tiktok", "2")
    await store.admissions.may_tell("a", "by-invitation", times=1)
    await store.ledger(job=job, seller="a").remember_task("a step that was never done", "vendor", "task-1")
    assert files(settings)
    assert await store.forget("a") == (job,)
    assert files(settings) == []
    for name, table in metadata.tables.items():
        async with store.database.read() as connection:
            left = await connection.scalar(select(func.count()).select_from(table))
        assert (name, left) == (name, 0)


async def test_forgetting_one_seller_keeps_what_others_use(store: Store, settings: StorageSettings) -> None:
    await produce(store, "a")
    _, film = await produce(store, "b")  # the same photos and words: every step is shared
    await store.forget("a")
    assert await store.films.recent("a") == ()
    assert [past.film for past in await store.films.recent("b")] == [film]
    for artifact in (film.reels[0].video, film.wish.brief.photos[0], film.soundtrack.audio):
        assert await store.blobs.has(artifact)
    await store.forget("b")
    assert files(settings) == []


async def test_what_a_worker_stores_for_a_deleted_job_is_found_and_removed(
    store: Store, settings: StorageSettings
) -> None:
    placed = await store.jobs.place(
        await order(store.blobs, goal=Goal.FILM), chat="chat", seller="a", lane=Lane.NORMAL, dedupe="1"
    )
    await store.forget("a")
    late = await store.job_blobs(job=placed.job, seller="a").put_bytes(b"made too late", "image/jpeg")
    assert await store.blobs.has(late)
    assert await store.uses.abandoned() == (f"job:{placed.job}",)
    await store.remove(await store.uses.release(f"job:{placed.job}"))
    assert files(settings) == []
    assert await store.uses.abandoned() == ()


async def test_a_voice_sample_is_no_film_of_the_history(store: Store) -> None:
    wanted = await order(store.blobs, goal=Goal.VOICE)
    placed = await store.jobs.place(wanted, chat="chat", seller="a", lane=Lane.FAST, dedupe="1")
    claim = await store.leases.claim(placed.job, fence=1, owner="worker")
    assert claim is not None
    await store.leases.end(claim, seq=1_000_001, event=Finished(), records=())
    assert await store.films.recent("a") == ()
