"""Addresses of files at full quality, for chats that take only smaller ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog

from bot.outlet import Attachment
from pipeline.errors import StorageError
from pipeline.model import Artifact
from storage.blobs import FileStore

LASTS = timedelta(days=7)  # the longest that S3 signs for

_PRIVATE = (".local", ".internal", ".localhost", ".lan", ".home.arpa")

Link = Callable[[Attachment], Awaitable[str]]

log = structlog.get_logger()


def for_everybody(address: str) -> bool:
    """Whether an address may be reached from anywhere: not by its look one of a private network or of this machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE)


def links_of(files: FileStore, *, reached: Callable[[str], bool] = for_everybody) -> Link:
    """How a file store's files are linked to.

    Args:
        files: the store.
        reached: whether sellers reach an address.

    Returns:
        The address of an attachment, or "" where it has none that a seller could open.
    """

    async def link(one: Attachment) -> str:
        artifact = Artifact(sha256=one.sha256, media_type=one.media_type)
        try:
            address = await files.link(artifact, name=one.name, lasts=LASTS)
        except StorageError as error:  # the film itself is shown all the same
            log.warning("there is no link to a file", file=one.sha256[:12], error=str(error))
            return ""
        return address if address and reached(address) else ""

    return link


def megabytes(size: int) -> float:
    """Bytes as people speak of them, at least 0.1."""
    return max(0.1, round(size / 1_000_000, 1))
