"""Invitations, bans, and how often somebody is told of either."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from pipeline.model import Failed, Goal
from storage.admissions import Redeemed, Standing
from storage.figures import Figures
from storage.jobs import Lane
from storage.sellers import Profile
from storage.store import Store
from storage.tables import films, metadata
from tests.fakes.orders import order

LASTS = timedelta(days=14)


async def everything(store: Store) -> str:
    """All that is in the database."""
    async with store.database.read() as connection:
        return "".join([str((await connection.execute(select(table))).all()) for table in metadata.tables.values()])


async def test_a_code_lets_one_seller_in_once(store: Store) -> None:
    await store.admissions.invite("code", lasts=LASTS)
    assert await store.admissions.redeem("code", seller="a") is Redeemed.TAKEN
    assert await store.admissions.redeem("code", seller="b") is Redeemed.USED
    assert await store.admissions.standing("a") == Standing(invited=True)
    assert await store.admissions.standing("b") == Standing()


async def test_whoever_is_in_may_hand_the_code_in_again(store: Store) -> None:
    await store.admissions.invite("code", lasts=LASTS)
    assert [await store.admissions.redeem("code", seller="a") for _ in range(2)] == [Redeemed.TAKEN] * 2


async def test_codes_that_were_never_made_or_have_passed_let_nobody_in(store: Store) -> None:
    await store.admissions.invite("old", lasts=timedelta(seconds=-1))
    assert await store.admissions.redeem("old", seller="a") is Redeemed.EXPIRED
    assert await store.admissions.redeem("forged", seller="a") is Redeemed.UNKNOWN
    assert await store.admissions.redeem("", seller="a") is Redeemed.UNKNOWN
    assert await store.admissions.standing("a") == Standing()


async def test_of_many_who_hand_in_one_code_at_once_one_gets_in(store: Store) -> None:
    await store.admissions.invite("code", lasts=LASTS)
    outcomes = await asyncio.gather(*(store.admissions.redeem("code", seller=f"s{n}") for n in range(10)))
    assert sorted(outcomes) == [Redeemed.TAKEN] + [Redeemed.USED] * 9


async def test_being_let_in_and_a_profile_do_not_touch_each_other(store: Store) -> None:
    await store.sellers.save("a", Profile(language="fr"))
    await store.admissions.invite("code", lasts=LASTS)
    await store.admissions.redeem("code", seller="a")
    assert await store.sellers.profile("a") == Profile(language="fr")
    await store.sellers.save("a", Profile(language="es"))
    assert (await store.admissions.standing("a")).invited
    await store.admissions.invite("other", lasts=LASTS)
    await store.admissions.redeem("other", seller="b")
    assert await store.sellers.profile("b") == Profile()


async def test_the_database_holds_neither_codes_nor_ids_of_the_banned(store: Store) -> None:
    await store.admissions.invite("secret-code", lasts=LASTS)
    await store.admissions.ban("telegram:u4711")
    await store.admissions.may_tell("telegram:u4711", "by-invitation", times=1)
    kept = await everything(store)
    assert "secret-code" not in kept
    assert "4711" not in kept


async def test_a_deletion_takes_the_admission_and_leaves_the_ban(store: Store) -> None:
    for seller in ("a", "b"):
        await store.admissions.invite(seller, lasts=LASTS)
        await store.admissions.redeem(seller, seller=seller)
    await store.admissions.ban("b")
    for seller in ("a", "b"):
        await store.forget(seller)
    assert await store.admissions.standing("a") == Standing()
    assert await store.admissions.standing("b") == Standing(banned=True)


async def test_a_ban_is_taken_back_once(store: Store) -> None:
    await store.admissions.ban("a")
    await store.admissions.ban("a")
    assert (await store.admissions.standing("a")).banned
    assert [await store.admissions.unban("a") for _ in range(2)] == [True, False]
    assert not (await store.admissions.standing("a")).banned


async def test_a_notice_is_given_as_often_as_is_due_even_when_asked_at_once(store: Store) -> None:
    asked = await asyncio.gather(*(store.admissions.may_tell("a", "banned", times=1) for _ in range(8)))
    assert sorted(asked) == [False] * 7 + [True]
    assert [await store.admissions.may_tell("a", "code", times=2) for _ in range(3)] == [True, True, False]
    assert await store.admissions.may_tell("b", "banned", times=1)


async def test_notices_begin_anew_for_whoever_was_let_in_or_back(store: Store) -> None:
    await store.admissions.may_tell("a", "by-invitation", times=1)
    await store.admissions.invite("code", lasts=LASTS)
    await store.admissions.redeem("code", seller="a")
    assert await store.admissions.may_tell("a", "by-invitation", times=1)
    await store.admissions.ban("a")
    await store.admissions.unban("a")
    assert await store.admissions.may_tell("a", "by-invitation", times=1)


async def test_old_invitations_are_swept_out_by_new_ones(store: Store) -> None:
    await store.admissions.invite("long ago", lasts=timedelta(days=-20))
    await store.admissions.invite("new", lasts=LASTS)
    async with store.database.read() as connection:
        left = await connection.scalar(select(func.count()).select_from(metadata.tables["invitations"]))
    assert left == 1


async def test_the_figures_count_what_is_there(store: Store) -> None:
    assert await store.bookkeeping.figures(datetime.now(UTC)) == Figures()
    now = datetime.now(UTC)
    for number, age in enumerate((0, 0, 1, 6, 7, 30)):
        made = (now - timedelta(days=age)).timestamp()
        row = {"job": str(number), "seller": "a", "at": made, "title": "", "film_json": "{}"}
        async with store.database.write() as connection:
            await connection.execute(films.insert().values(row))
    await store.sessions.save("chat:1", "{}", seller="a")
    await store.sessions.save("chat:2", "{}", seller="a")
    await store.sessions.save("chat:3", "{}", seller="b")
    jobs = [
        await store.jobs.place(
            await order(store.blobs, goal=Goal.FILM), chat="chat:1", seller="a", lane=Lane.NORMAL, dedupe=str(number)
        )
        for number in range(4)
    ]
    assert await store.jobs.under_way("a") == tuple(one.job for one in jobs)
    await store.jobs.cancel(jobs[3].job)
    for place in (1, 2):
        claim = await store.leases.claim(jobs[place].job, fence=1, owner="worker")
        assert claim is not None
        if place == 2:
            await store.leases.end(claim, seq=1_000_001, event=Failed(phrase="failed-bug", reference="x"), records=())
    assert await store.bookkeeping.figures(now) == Figures(
        sellers=2, films=6, waiting=1, running=1, failed_today=1, week=(1, 0, 0, 0, 0, 1, 2)
    )
    assert set(await store.jobs.under_way("a")) == {jobs[0].job, jobs[1].job}
    assert await store.jobs.under_way("b") == ()
