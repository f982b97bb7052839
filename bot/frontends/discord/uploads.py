"""Files within what a place takes: smaller copies of films, and a line on what is smaller or had to stay away."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog

from bot.dialogue.cards import Arg, phrase
from bot.dialogue.phrases import Phrases
from bot.errors import ChatError
from bot.frontends.discord.render import escape
from bot.frontends.fitting import Fitter
from bot.frontends.links import LASTS, Link, megabytes
from bot.outlet import Attachment

WORTHWHILE = 200_000  # bytes: no film is made smaller than that

log = structlog.get_logger()


@dataclass(frozen=True)
class Load:
    """What is uploaded with a message, and the lines to be said about it, in Discord's markup."""

    files: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()


class Uploads:
    """Makes attachments fit. Nothing that is too large is an error: a seller reads what became of it."""

    def __init__(self, phrases: Phrases, *, link: Link | None = None) -> None:
        """Compose it.

        Args:
            phrases: what only this front end says.
            link: the address of a file at full quality, where files have one.
        """
        self._phrases = phrases
        self._link = link
        self._fitter = Fitter()

    def close(self) -> None:
        """Remove the copies."""
        self._fitter.close()

    async def load(self, attachments: tuple[Attachment, ...], *, limit: int, locale: str) -> Load:
        """The attachments within a limit (bytes) for all of them together."""
        files: list[Attachment] = []
        notes: list[str] = []
        room = limit
        for one in attachments:
            fitting = one if _size(one) <= room else await self._smaller(one, room)
            if fitting is not None:
                files.append(fitting)
                room -= _size(fitting)
            if fitting is not one:
                notes.append(self._said(one, fitting, locale))
                notes += await self._full(one, locale)
        return Load(tuple(files), tuple(notes))

    async def _smaller(self, one: Attachment, room: int) -> Attachment | None:
        """A copy that fits, of what can be made smaller; None where there is none."""
        if one.kind != "video" or room < WORTHWHILE:
            return None
        try:
            return replace(one, path=await self._fitter.fit(one.path, one.sha256, limit=room))
        except ChatError as error:
            log.warning("a film does not fit", file=one.sha256[:12], room=room, error=repr(error))
            return None

    def _said(self, one: Attachment, fitting: Attachment | None, locale: str) -> str:
        if fitting is None:
            return f"-# {self._say('left-out', locale, name=one.name, full=megabytes(_size(one)))}"
        sizes = {"size": megabytes(_size(fitting)), "full": megabytes(_size(one))}
        return f"-# {self._say('made-smaller', locale, **sizes)}"

    async def _full(self, one: Attachment, locale: str) -> list[str]:
        address = await self._link(one) if self._link is not None else ""
        words = self._say("full-quality", locale, days=LASTS.days)
        return [f"-# [{words}](<{address}>)"] if address else []

    def _say(self, key: str, locale: str, **args: Arg) -> str:
        return escape(self._phrases.text(phrase(key, **args), locale))


def _size(one: Attachment) -> int:
    return one.path.stat().st_size
