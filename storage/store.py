"""Everything that is stored, opened and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

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
from storage.ledger import JobLedger
from storage.logins import Logins
from storage.migrate import migrate
from storage.sellers import Sellers
from storage.sessions import Sessions
from storage.slots import Slots
from storage.uses import Uses

LEASE_SECONDS = 15.0  # a worker that is silent for so long has lost its job


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
        """Remove files that nobody uses."""
        for sha256 in files:
            await self.blobs.drop(Artifact(sha256=sha256, media_type=""))


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
            logins=Logins(database),
        )
    finally:
        await database.close()
