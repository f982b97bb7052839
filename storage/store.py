"""Everything that is stored, opened and closed together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

from pipeline.errors import StorageError
from pipeline.model import Artifact
from storage.admissions import Admissions
from storage.blobs import FileStore, JobBlobs, open_blobs
from storage.config import StorageSettings
from storage.database import Database
from storage.deliveries import Deliveries
from storage.figures import Bookkeeping
from storage.films import Films
from storage.history import History
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.leases import Leases, Outbox
from storage.leaving import LASTS, Leaving, chunks
from storage.ledger import JobLedger
from storage.logins import Logins
from storage.migrate import migrate
from storage.retention import Retention
from storage.sellers import Sellers
from storage.sessions import Sessions
from storage.slots import Slots
from storage.uses import Uses

log = structlog.get_logger()

LEASE_SECONDS = 15.0  # a worker that is silent for so long has lost its job
_DROP = 60.0  # seconds to remove one file


@dataclass(frozen=True)
class Store:
    """The repositories and the file store of one installation."""

    settings: StorageSettings
    database: Database
    blobs: FileStore
    jobs: Jobs
    leases: Leases
    outbox: Outbox
    history: History
    sessions: Sessions
    slots: Slots
    deliveries: Deliveries
    films: Films
    sellers: Sellers
    admissions: Admissions
    inbox: Inbox
    bookkeeping: Bookkeeping
    uses: Uses
    leaving: Leaving
    retention: Retention
    logins: Logins

    def ledger(self, *, job: str, seller: str) -> JobLedger:
        """The step ledger as one job sees it."""
        return JobLedger(self.database, job=job, seller=seller)

    def job_blobs(self, *, job: str, seller: str) -> JobBlobs:
        """The file store as one job sees it."""
        return JobBlobs(self.blobs, self.uses, job=job, seller=seller)

    async def forget(self, seller: str) -> tuple[str, ...]:
        """Remove everything about a seller, files included.

        Returns:
            The seller's jobs, which exist no more.
        """
        gone = await self.sellers.forget(seller)
        await self.remove(gone.files)
        return gone.jobs

    async def remove(self, files: tuple[str, ...]) -> None:
        """Remove files that are leaving; those that cannot be removed now are left to the housekeeping."""
        for names in chunks(files):
            began = time.monotonic()
            gone = []
            for name in await self.leaving.take(names):
                if time.monotonic() - began > LASTS / 2:
                    break  # its time is nearly over: somebody else may want to store it again
                try:
                    async with asyncio.timeout(_DROP):
                        await self.blobs.drop(Artifact(sha256=name, media_type=""))
                except (StorageError, TimeoutError):
                    log.warning("a file is not removed yet", file=name[:12], exc_info=True)
                    break
                gone.append(name)
            await self.leaving.gone(gone)


@asynccontextmanager
async def open_store(settings: StorageSettings, *, lease_seconds: float = LEASE_SECONDS) -> AsyncIterator[Store]:
    """Open the database (bringing it up to date) and the file store; closed at the end of the block.

    Raises:
        StorageError: the folder of the installation cannot be written.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"It cannot make the folder {settings.home} ({error.strerror}).") from error
    blobs = open_blobs(settings)
    await asyncio.to_thread(blobs.remove_drafts)
    database = Database(settings.database, pool=settings.database_pool)
    try:
        await migrate(database)
        yield Store(
            settings=settings,
            database=database,
            blobs=blobs,
            jobs=Jobs(database),
            leases=Leases(database, seconds=lease_seconds),
            outbox=Outbox(database),
            history=History(database),
            sessions=Sessions(database),
            slots=Slots(database),
            deliveries=Deliveries(database),
            films=Films(database),
            sellers=Sellers(database),
            admissions=Admissions(database),
            inbox=Inbox(database),
            bookkeeping=Bookkeeping(database),
            uses=Uses(database),
            leaving=Leaving(database),
            retention=Retention(database),
            logins=Logins(database),
        )
    finally:
        await database.close()
