"""A worker's hold on a job: renewed while it works, watched for the seller's wish to stop."""

from __future__ import annotations

import asyncio
import time

import structlog

from pipeline.errors import StorageError
from storage.leases import Claim, Hold, Leases
from storage.store import LEASE_SECONDS

log = structlog.get_logger()

LOOK = 0.5  # seconds between looks at the cancel flag
RENEW = 4.0  # seconds between renewals
_ANSWER = 5.0  # seconds the database has to answer


async def watch(leases: Leases, claim: Claim, *, seconds: float = LEASE_SECONDS) -> Hold:
    """Keep a lease until the work has to stop.

    Returns:
        Why: the seller cancelled, or the job is another's (or nobody's). A lease that could not be renewed in its time
        counts as lost, even when it is the database that is away: another worker may have been able to reach it.
    """
    renewed = time.monotonic()
    while True:
        await asyncio.sleep(min(LOOK, seconds / 10))
        began = time.monotonic()
        due = began - renewed >= min(RENEW, seconds / 3)
        try:
            async with asyncio.timeout(_ANSWER):
                hold = await (leases.renew(claim) if due else leases.look(claim))
        except (StorageError, TimeoutError):
            log.warning("lease not renewed", job=claim.job, exc_info=True)
            if time.monotonic() - renewed > seconds:
                return Hold.LOST
            continue
        if hold is not Hold.HELD:
            return hold
        if due:
            renewed = began
