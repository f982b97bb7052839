"""What operators have done by commands: invitations, bans, figures."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import string
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import assert_never

import structlog

from bot.dialogue.admission import INVITATION_DAYS, Operate, Policy, Task
from bot.dialogue.cards import Phrase, phrase
from bot.errands import Studio
from bot.outlet import Inviting, Outlet
from storage.store import Store

CODE_LENGTH = 22  # of 62 characters: 131 bits, nothing to guess
_CHARACTERS = string.ascii_letters + string.digits  # none that a chat could take for markup

log = structlog.get_logger()


class Office:
    """Does what operators want done, and says what came of it."""

    def __init__(self, store: Store, studio: Studio, outlets: Iterable[Outlet], *, policy: Policy) -> None:
        self._store = store
        self._studio = studio
        self._inviting = [outlet for outlet in outlets if isinstance(outlet, Inviting)]
        self._policy = policy

    async def serve(self, wish: Operate) -> tuple[Phrase, ...]:
        """Do it; lines for the operator."""
        match wish.task:
            case Task.INVITE:
                return await self._invite()
            case Task.STATS:
                return await self._figures()
            case Task.BAN | Task.UNBAN:
                if not wish.seller:
                    return (phrase("ban-whom"),)
                return await (self._ban(wish.seller) if wish.task is Task.BAN else self._unban(wish.seller))
            case _:
                assert_never(wish.task)

    async def _invite(self) -> tuple[Phrase, ...]:
        code = "".join(secrets.choice(_CHARACTERS) for _ in range(CODE_LENGTH))
        await self._store.admissions.invite(code, lasts=timedelta(days=INVITATION_DAYS))
        links = [phrase("verbatim", text=outlet.invitation(code)) for outlet in self._inviting]
        return phrase("invited", n=INVITATION_DAYS), *links, phrase("invited-by-typing", code=code)

    async def _ban(self, seller: str) -> tuple[Phrase, ...]:
        """Shut a seller out, then stop what is made for them: nothing new can come in between."""
        if self._policy.operates(seller):
            return (phrase("ban-operator"),)
        await self._store.admissions.ban(seller)
        jobs = await self._store.jobs.under_way(seller)
        stopped = [await self._studio.cancel(job) for job in jobs]
        log.info("a seller was banned", seller=seller, stopped=sum(stopped))
        return (phrase("banned", seller=seller, n=sum(stopped)),)

    async def _unban(self, seller: str) -> tuple[Phrase, ...]:
        lifted = await self._store.admissions.unban(seller)
        return (phrase("unbanned" if lifted else "not-banned", seller=seller),)

    async def _figures(self) -> tuple[Phrase, ...]:
        figures = await self._store.bookkeeping.figures(datetime.now(UTC))
        home, days = self._store.settings.home, self._store.settings.keep_days
        used = await asyncio.to_thread(_size, home)
        free = (await asyncio.to_thread(shutil.disk_usage, home)).free
        return (
            phrase("stats-sellers", n=figures.sellers),
            phrase("stats-films", n=figures.films),
            phrase("stats-now", waiting=figures.waiting, running=figures.running, failed=figures.failed_today),
            phrase("stats-week", days=" · ".join(map(str, figures.week))),
            phrase("stats-disk", gigabytes=f"{used / 1e9:.1f}", free=f"{free / 1e9:.1f}"),
            phrase("stats-kept", days=days),
        )


def _size(folder: Path) -> int:
    """Bytes in all files of a folder; those that vanish meanwhile do not count."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(place, name).lstat().st_size
    return total
