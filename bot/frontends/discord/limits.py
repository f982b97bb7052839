"""What a place in Discord allows: sizes of files, what the bot may do there, where attachments may come from."""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import urlsplit

import discord

MEBIBYTE = 1024 * 1024
DEFAULT_UPLOAD = 10 * MEBIBYTE  # bytes in one message, in direct messages and servers without boosts
LEAST_UPLOAD = 8 * MEBIBYTE
DOWNLOAD = 20_000_000  # bytes of a photo that we take
ENVELOPE = 64 * 1024  # bytes of a request beside its files
_REMEMBERED = 2048  # places

IN_THREADS = discord.Permissions(
    view_channel=True, send_messages_in_threads=True, attach_files=True, embed_links=True, read_message_history=True
)
IN_CHANNELS = discord.Permissions(
    view_channel=True, send_messages=True, attach_files=True, embed_links=True, read_message_history=True
)


def missing(granted: discord.Permissions, needed: discord.Permissions) -> tuple[str, ...]:
    """What is not granted, by the names that Discord's settings show in English."""
    if granted.administrator:
        return ()
    return tuple(_title(name) for name, wanted in needed if wanted and not getattr(granted, name))


def _title(name: str) -> str:
    return {"read_messages": "View Channel"}.get(name, name.replace("_", " ").title().replace(" In ", " in "))


def may_fetch(url: str, hosts: frozenset[str]) -> bool:
    """Whether an attachment may be fetched: from these hosts only, encrypted unless it is this very machine."""
    try:
        parts = urlsplit(url)
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
        plain = parts.username is None and parts.password is None
    except ValueError:
        return False
    return plain and parts.netloc in hosts and (parts.scheme == "https" or (local and parts.scheme == "http"))


class Sizes:
    """How large an upload may be, place by place, in bytes."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, int] = OrderedDict()

    def note(self, channel: int, limit: int) -> None:
        """Discord said how much this place takes."""
        self._known[channel] = limit
        self._known.move_to_end(channel)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def refused(self, channel: int, limit: int) -> int:
        """An upload within this limit was refused: the limit to try next, 0 when there is none."""
        smaller = DEFAULT_UPLOAD if limit > DEFAULT_UPLOAD else LEAST_UPLOAD if limit > LEAST_UPLOAD else 0
        if smaller:
            self.note(channel, smaller)
        return smaller

    def of(self, channel: int, guild: discord.Guild | None) -> int:
        """The limit of a place: as it was said, else that of its server, else Discord's default."""
        known = self._known.get(channel)
        if known is not None:
            return known
        return max(DEFAULT_UPLOAD, guild.filesize_limit) if guild is not None else DEFAULT_UPLOAD
