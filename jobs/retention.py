"""Removes what nobody needs any more, a little at a time: what is old always, more when space is short.

`storage.retention` knows what may go; here is when. Several workers may do it at once.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from pipeline.errors import StorageError
from storage.retention import Old, Place, Removed
from storage.store import Store

log = structlog.get_logger()

EVERY = 30.0  # seconds between rounds
_AGAIN = 3600.0  # seconds from the end of one walk through everything to the next
_ROUND = 5.0  # seconds that one round may go on walking
_BREATH = 0.02  # seconds between transactions: the chats come first
_PAGE = 50
_IN_USE = 3600.0  # seconds since it was last used, in which a copy of a remote file may be being read


@dataclass
class Tally:
    """What was removed."""

    films: int = 0
    jobs: int = 0  # others
    conversations: int = 0
    files: int = 0


def free_bytes(home: Path) -> int:
    """What is free on the disk of an installation."""
    return shutil.disk_usage(home).free


@dataclass
class Retention:
    """The rounds of one worker."""

    store: Store
    min_free_mb: int
    every: float = EVERY
    free: Callable[[Path], int] = free_bytes
    _walk: AsyncIterator[None] | None = None
    _rests_until: float = 0.0
    _tally: Tally = field(default_factory=Tally)
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """A round every now and then, until cancelled."""
        while True:
            try:
                await self.round()
            except StorageError:
                log.debug("nothing removed; trying again", exc_info=True)
            await asyncio.sleep(self.every)

    async def round(self) -> None:
        """Make room if space is short, and go on with the walk through everything for some seconds."""
        await self.make_room()
        async with self._alone:
            await self.store.remove(await self.store.leaving.left())
            began = time.monotonic()
            while time.monotonic() - began < _ROUND and await self._step():  # noqa: ASYNC110 - a breath, not a wait
                await asyncio.sleep(_BREATH)
            self._tell(because="age")

    async def all_of_it(self) -> None:
        """Walk through everything once, without pausing for anybody."""
        async with self._alone:
            async for _ in self._everything():
                pass
            self._tell(because="age")

    def enough(self) -> bool:
        """Whether there is the space that a job needs."""
        return self.free(self.store.settings.home) >= self.min_free_mb * 1_000_000

    async def make_room(self) -> None:
        """Remove what can best be done without, until there is twice the space that a job needs.

        First what can be made or fetched again, then what only served a choice, then the oldest films, but no seller's
        newest. Where films are kept for ever, or their files are not on this disk, films stay.
        """
        async with self._alone:
            if not await self._short():
                return
            await asyncio.to_thread(self._empty_caches)
            if self.store.settings.blobs_url is None:
                for film in (False, *((True,) if self.store.settings.terms.films is not None else ())):
                    await self._sacrifice(film=film)
            self._tell(because="space")
            if await self._short():
                log.warning("space stays short", free_mb=self.free(self.store.settings.home) // 1_000_000)

    # ── age ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _step(self) -> bool:
        """A step of the walk; False while it rests."""
        if time.monotonic() < self._rests_until:
            return False
        self._walk = self._walk or self._everything()
        try:
            await anext(self._walk)
        except StopAsyncIteration:
            self._rests_until = time.monotonic() + _AGAIN
        except StorageError:
            self._walk = None
            raise
        else:
            return True
        self._walk = None
        return False

    async def _everything(self) -> AsyncIterator[None]:
        """Jobs first, since what they used may be what a conversation used as well."""
        terms, retention = self.store.settings.terms, self.store.retention
        after = Place()
        while old := await retention.ended(terms, after=after, limit=_PAGE):
            for one in old:
                await self._count(one, await retention.remove(one.job, terms))
                yield
            after = Place(old[-1].finished_at, old[-1].job)
        async for _ in self._conversations():
            yield

    async def _conversations(self) -> AsyncIterator[None]:
        terms, retention = self.store.settings.terms, self.store.retention
        chat = ""
        while page := await retention.chats(terms, after=chat, limit=_PAGE):
            for one in page:
                if one.over and await retention.end_chat(one.chat, terms) is not None:
                    self._tally.conversations += 1
                elif one.loose:
                    await self._drop(await retention.trim_chat(one.chat, terms))
                yield
            chat = page[-1].chat
        seller = ""
        while sellers := await retention.profiles(after=seller, limit=_PAGE):
            for seller in sellers:
                await self._drop(await retention.trim_profile(seller))
                yield
        for holder in await retention.forsaken():
            await self._drop(await retention.release_forsaken(holder))
            yield

    # ── space ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _short(self) -> bool:
        return await asyncio.to_thread(self.free, self.store.settings.home) < self._wanted

    @property
    def _wanted(self) -> int:
        return 2 * self.min_free_mb * 1_000_000

    def _empty_caches(self) -> None:
        """Remove what was used longest ago first: rendered segments, then copies of remote files that nobody reads."""
        home = self.store.settings.home
        segments = _by_use((home / "cache" / "segments").glob("*.mp4"))
        copies = _by_use((home / "blob-cache").glob("??/*"), unused=_IN_USE)
        for path in (*segments, *copies):
            if self.free(home) >= self._wanted:
                return
            path.unlink(missing_ok=True)

    async def _sacrifice(self, *, film: bool) -> None:
        after = Place()
        while old := await self.store.retention.expendable(film=film, after=after, limit=_PAGE):
            for one in old:
                if not await self._short():
                    return
                await self._count(one, await self.store.retention.sacrifice(one.job))
            after = Place(old[-1].finished_at, old[-1].job)

    # ── both ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _count(self, one: Old, removed: Removed | None) -> None:
        if removed is None:
            return
        self._tally.films += one.film
        self._tally.jobs += not one.film
        await self._drop(removed)

    async def _drop(self, removed: Removed) -> None:
        self._tally.files += len(removed.files)
        await self.store.remove(removed.files)

    def _tell(self, *, because: str) -> None:
        tally, self._tally = self._tally, Tally()
        if tally != Tally():
            free = self.free(self.store.settings.home) // 1_000_000
            log.info("removed what nobody needs", because=because, **vars(tally), free_mb=free)


def _by_use(paths: Iterable[Path], *, unused: float = 0.0) -> list[Path]:
    """Files in the order of their last use, none used in the last seconds; others remove files at the same time."""
    found = []
    for path in paths:
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path))
    return [path for used, path in sorted(found) if used <= time.time() - unused]
