"""Who was invited, who is banned, and what they were told.

A code is kept as its hash, so that the database lets nobody in. A ban is kept under a hash of the seller's id: it has
to outlive the deletion of everything about them. Whoever knows an id can see whether it is banned; no more is kept.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.model import Value
from storage.clock import now
from storage.database import Database, insert, insert_missing
from storage.ready import Ready
from storage.tables import bans, invitations, notices, sellers

_STANDING = Ready(
    select(
        select(sellers.c.invited).where(sellers.c.seller == bindparam("seller")).scalar_subquery().label("invited"),
        exists().where(bans.c.person == bindparam("person")).label("banned"),
    )
)


class Standing(Value):
    """Whether a seller was let in or shut out."""

    invited: bool = False
    banned: bool = False


class Redeemed(StrEnum):
    """What came of handing in a code."""

    TAKEN = "taken"  # the seller is in
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


class Admissions:
    """Invitations, bans, and notices of either."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, seller: str) -> Standing:
        """Whether a seller was invited, and whether they are banned."""
        row = await self._database.find(_STANDING, seller=seller, person=person(seller))
        return Standing() if row is None else Standing(invited=bool(row[0]), banned=bool(row[1]))

    # ── invitations ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def invite(self, code: str, *, lasts: timedelta) -> None:
        """From now on a code lets one seller in, once. Those that have passed long ago are swept out."""
        async with self._database.write() as connection:
            await connection.execute(delete(invitations).where(invitations.c.until < now() - lasts.total_seconds()))
            row = {"code": _hash("invitation", code), "until": now() + lasts.total_seconds()}
            await connection.execute(insert_missing(connection, invitations).values(row))

    async def redeem(self, code: str, *, seller: str) -> Redeemed:
        """Let a seller in by a code; of several who hand it in at once, one gets in."""
        hashed = _hash("invitation", code)
        ours = invitations.c.code == hashed
        async with self._database.write() as connection:
            valid = update(invitations).where(ours, invitations.c.used.is_(False), invitations.c.until > now())
            if (await connection.execute(valid.values(used=True))).rowcount:
                await _let_in(connection, seller)
                return Redeemed.TAKEN
            if await connection.scalar(select(sellers.c.invited).where(sellers.c.seller == seller)):
                return Redeemed.TAKEN  # handed in twice
            used = await connection.scalar(select(invitations.c.used).where(ours))
        if used is None:
            return Redeemed.UNKNOWN
        return Redeemed.USED if used else Redeemed.EXPIRED

    # ── bans ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def ban(self, seller: str) -> None:
        """Shut a seller out."""
        async with self._database.write() as connection:
            row = {"person": person(seller), "at": now()}
            await connection.execute(insert_missing(connection, bans).values(row))

    async def unban(self, seller: str) -> bool:
        """Take a ban back, and forget that they were told; False when there was none."""
        async with self._database.write() as connection:
            await connection.execute(delete(notices).where(notices.c.person == person(seller)))
            return (await connection.execute(delete(bans).where(bans.c.person == person(seller)))).rowcount == 1

    # ── notices ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def may_tell(self, seller: str, notice: str, *, times: int) -> bool:
        """Whether a seller is to be told something that is told only so many times; it counts as told then.

        Of several who ask at once about the last time, one gets a yes.
        """
        async with self._database.write() as connection:
            row = insert(connection, notices).values(person=person(seller), notice=notice, times=1)
            again = row.on_conflict_do_update(
                index_elements=["person", "notice"], set_={"times": notices.c.times + 1}, where=notices.c.times < times
            )
            return (await connection.execute(again)).rowcount == 1


def person(seller: str) -> str:
    """What stands for a seller where their id is not kept."""
    return _hash("person", seller)


def _hash(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}/{text}".encode()).hexdigest()


async def _let_in(connection: AsyncConnection, seller: str) -> None:
    row = insert(connection, sellers).values(seller=seller, profile_json="{}", invited=True, since=now())
    await connection.execute(row.on_conflict_do_update(index_elements=["seller"], set_={"invited": True}))
    await connection.execute(delete(notices).where(notices.c.person == person(seller)))
