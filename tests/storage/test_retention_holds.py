"""Whatever sellers, workers and time do: what anybody refers to is there, and nothing else stays for ever."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from jobs.retention import Retention
from pipeline.model import Artifact, Brand, Brief, Finished, Goal, Order, Tone, Wish
from pipeline.steps import Settled
from storage.config import StorageSettings
from storage.jobs import Lane
from storage.retention import Place
from storage.sellers import Profile
from storage.store import Store, open_store
from storage.tables import films, jobs, sellers, sessions, steps
from storage.uses import files_in
from tests.fakes.ages import pass_days

SELLERS = ("a", "b")
STEPS = 4  # kinds of steps: all jobs share their answers


@dataclass
class World:
    """An installation, and what its bot and its workers know."""

    store: Store
    named: dict[str, list[Artifact]] = field(default_factory=lambda: {seller: [] for seller in SELLERS})  # by chats
    at_work: list[str] = field(default_factory=list)  # jobs
    made: dict[str, list[str]] = field(default_factory=lambda: {seller: [] for seller in SELLERS})  # jobs of sellers
    used: dict[str, set[str]] = field(default_factory=dict)  # by jobs: keys of steps
    numbers: Any = field(default_factory=count)

    async def say(self, seller: str) -> None:
        """Save the conversation: it names its photos, and the last two jobs."""
        state = [one.model_dump() for one in self.named[seller]] + self.made[seller][-2:]
        await self.store.sessions.save(f"chat {seller}", json.dumps(state), seller=seller)

    # ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, seller: str, number: int) -> None:
        """A photo is sent, one of few that everybody sends."""
        data = f"photo {number}".encode()
        name = Artifact(sha256=hashlib.sha256(data).hexdigest(), media_type="image/jpeg")
        await self.store.uses.note_file(holder=f"chat:chat {seller}", seller=seller, sha256=name.sha256)
        self.named[seller].append(await self.store.blobs.put_bytes(data, "image/jpeg"))
        await self.say(seller)

    async def begin_anew(self, seller: str, number: int) -> None:
        """The order that was being put together is left."""
        self.named[seller] = []
        await self.say(seller)

    async def order(self, seller: str, number: int) -> None:
        """A film or previews are ordered."""
        if self.named[seller]:
            brief = Brief(photos=tuple(self.named[seller]), language="en", tone=Tone.CALM, platforms=())
            order = Order(goal=(Goal.FILM, Goal.PREVIEWS)[number % 2], wish=Wish(brief=brief))
            where = {"chat": f"chat {seller}", "seller": seller, "dedupe": str(next(self.numbers))}
            placed = await self.store.jobs.place(order, lane=Lane.NORMAL, **where)
            self.made[seller].append(placed.job)
            self.used[placed.job] = set()
            self.at_work.append(placed.job)
            await self.say(seller)

    async def work(self, seller: str, number: int) -> None:
        """A worker does a step of a job that is not finished."""
        if self.at_work:
            await self._step(self.at_work[number % len(self.at_work)], f"step {number % STEPS}")

    async def finish(self, seller: str, number: int) -> None:
        """A worker does all steps of a job, which is shown."""
        if not self.at_work:
            return
        job = self.at_work.pop(number % len(self.at_work))
        for at in range(number % STEPS + 1):
            await self._step(job, f"step {at}")
        claim = await self.store.leases.claim(job, fence=1, owner="worker")
        if claim is None:
            return
        await self.store.leases.end(claim, seq=1, event=Finished(), records=())
        await self.store.deliveries.settle(job)
        if claim.order.goal is Goal.FILM:
            async with self.store.database.write() as connection:
                answers = (
                    await connection.scalars(select(steps.c.answer).where(steps.c.key.in_(self.used[job])))
                ).all()
                row = {"job": job, "seller": claim.seller, "at": next(self.numbers), "title": ""}
                film = " ".join((claim.order.model_dump_json(), *(one.replace('\\"', '"') for one in answers)))
                await connection.execute(films.insert().values(**row, film_json=film))

    async def _step(self, job: str, key: str) -> None:
        owner = next((seller for seller in SELLERS if job in self.made[seller]), "")
        ledger = self.store.ledger(job=job, seller=owner)
        if not owner:
            return
        if await ledger.find(key) is None:
            blobs = self.store.job_blobs(job=job, seller=owner)
            made = await blobs.put_bytes(key.encode(), "video/mp4")
            answer = Settled(engine="e", notes=(), answer=made.model_dump_json()).model_dump_json()
            await ledger.settle(key, stage="shoot", engine="e", answer=answer, seconds=1.0)
        self.used[job].add(key)

    async def brand(self, seller: str, number: int) -> None:
        """A photo of the conversation becomes the logo."""
        if self.named[seller]:
            await self.store.sellers.save(seller, Profile(brand=Brand(logo=self.named[seller][-1])))

    async def pass_time(self, seller: str, number: int) -> None:
        """Days go by; the bot forgets a conversation when the store does."""
        await pass_days(self.store, (0.5, 2, 10, 100)[number % 4])

    async def tidy(self, seller: str, number: int) -> None:
        """The housekeeping comes round."""
        await Retention(self.store, min_free_mb=0).all_of_it()
        for one in SELLERS:
            if await self.store.sessions.load(f"chat {one}") is None:
                self.named[one] = []

    async def run_short(self, seller: str, number: int) -> None:
        """Space is short: the oldest that can be done without goes."""
        for film in (False, True):
            for one in await self.store.retention.expendable(film=film, after=Place(), limit=1):
                removed = await self.store.retention.sacrifice(one.job)
                await self.store.remove(removed.files if removed else ())

    async def forget(self, seller: str, number: int) -> None:
        """A seller has everything deleted."""
        await self.store.forget(seller)
        self.named[seller], self.made[seller] = [], []

    # ── what must hold ───────────────────────────────────────────────────────────────────────────────────────────────

    async def check(self) -> None:
        """Whatever is referred to is there."""
        async with self.store.database.read() as connection:
            texts: list[str] = []
            for column in (sessions.c.state, sellers.c.profile_json, jobs.c.order_json, films.c.film_json):
                texts += (await connection.scalars(select(column))).all()
            alive = set((await connection.scalars(select(jobs.c.id))).all())
            answers = {row.key: row.answer for row in (await connection.execute(select(steps))).all()}
            newest = select(films.c.seller, films.c.job).order_by(films.c.at)
            kept = {row.seller: row.job for row in (await connection.execute(newest)).all()}
        texts += [answer.replace('\\"', '"') for answer in answers.values()]
        stored = set(self.files())
        assert files_in(" ".join(texts)) <= stored
        for job in alive & set(self.used):
            assert self.used[job] <= set(answers)
        assert set(kept.values()) <= alive

    def files(self) -> list[str]:
        return [path.name for path in (self.store.settings.home / "blobs").glob("*/*")]


Deed = Callable[[World, str, int], Coroutine[Any, Any, None]]

DEEDS: tuple[Deed, ...] = (
    World.send,
    World.send,
    World.begin_anew,
    World.order,
    World.order,
    World.work,
    World.finish,
    World.finish,
    World.brand,
    World.pass_time,
    World.pass_time,
    World.tidy,
    World.tidy,
    World.run_short,
    World.forget,
)


async def played(home: Path, deeds: list[tuple[Deed, str, int]]) -> None:
    async with open_store(StorageSettings(frame_home=home)) as store:
        world = World(store)
        for deed, seller, number in deeds:
            await deed(world, seller, number)
            await world.check()
        while world.at_work:
            await world.finish("a", 0)
        for _ in range(3):
            await world.pass_time("a", 3)
            await world.pass_time("a", 3)
            await world.tidy("a", 0)
        async with store.database.read() as connection:
            profiles = (await connection.scalars(select(sellers.c.profile_json))).all()
        assert set(world.files()) == files_in(" ".join(profiles))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(SELLERS), st.integers(0, 5)), max_size=40))
def test_what_is_referred_to_is_there_and_nothing_else_stays(deeds: list[tuple[Deed, str, int]]) -> None:
    with TemporaryDirectory() as home:
        asyncio.run(played(Path(home), deeds))
