"""Addresses of files at full quality, for chats that take only smaller ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.outlet import Attachment
from pipeline.errors import StorageError
from pipeline.model import Artifact
from storage.blobs import FileStore

LASTS = timedelta(days=7)  # the longest that S3 signs for

Link = Callable[[Attachment], Awaitable[str]]

log = structlog.get_logger()


def links_of(files: FileStore) -> Link:
    """How a file store's files are linked to: the address of an attachment, or "" where it has none."""

    async def link(one: Attachment) -> str:
        artifact = Artifact(sha256=one.sha256, media_type=one.media_type)
        try:
            return await files.link(artifact, name=one.name, lasts=LASTS)
        except StorageError as error:  # the film itself is shown all the same
            log.warning("there is no link to a file", file=one.sha256[:12], error=str(error))
            return ""

    return link


def megabytes(size: int) -> float:
    """Bytes as people speak of them, at least 0.1."""
    return max(0.1, round(size / 1_000_000, 1))
