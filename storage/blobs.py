"""Files named by their content, in a local folder or in S3, through one API."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from pipeline.errors import StorageError
from pipeline.model import Artifact
from pipeline.ports import Blobs
from storage.config import StorageSettings
from storage.uses import Uses

if TYPE_CHECKING:
    from obstore.store import S3Config

_BLOCK = 1 << 20
_TIMEOUT = "60s"
_FORSAKEN = 3600.0  # seconds without a write, after which a draft is nobody's any more


class FileStore(Blobs, Protocol):
    """A file store that may be open to whoever has a link."""

    def remove_drafts(self) -> None:
        """Remove what writers and readers that were killed left half done in local folders an hour ago or more."""
        ...

    async def link(self, artifact: Artifact, *, name: str, lasts: timedelta) -> str:
        """An address that downloads a file, for whoever has it and as long as it lasts; "" where files have none.

        Args:
            artifact: the file.
            name: to save it under, with extension.
            lasts: how long, at most a week.

        Raises:
            StorageError: the file is gone, or the store does not answer.
        """
        ...


class LocalBlobs:
    """Files in a folder. A file is whole or absent: it gets its name only after all of it is on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = LocalStore(folder, mkdir=True)
        self._seen: dict[str, tuple[int, int]] = {}  # hash -> (size, mtime) when its content was last compared

    def remove_drafts(self) -> None:
        """Remove temporary files of writers that were killed: those older than an hour."""
        _remove_old(self._folder.glob("??/*#*"))

    async def put(self, path: Path, media_type: str) -> Artifact:
        """Store a file: hashed, written to a temporary name, renamed, verified, made durable."""
        name, size = await asyncio.to_thread(_measure, path)
        if not self._stored(name, size):
            await self._write(name, path)
        return Artifact(sha256=name, media_type=media_type)

    async def put_bytes(self, data: bytes, media_type: str) -> Artifact:
        """Store bytes."""
        name = hashlib.sha256(data).hexdigest()
        if not self._stored(name, len(data)):
            await self._write(name, data)
        return Artifact(sha256=name, media_type=media_type)

    async def open(self, artifact: Artifact) -> Path:
        """The path of a file; its content is compared with its name once a process.

        Raises:
            StorageError: it is gone or its content does not match.
        """
        path = self._folder / _key(artifact.sha256)
        await asyncio.to_thread(self._verify, path, artifact.sha256)
        return path

    async def has(self, artifact: Artifact) -> bool:
        """Whether it is there."""
        return (self._folder / _key(artifact.sha256)).exists()

    async def drop(self, artifact: Artifact) -> None:
        """Remove it; fine when it is gone already."""
        self._seen.pop(artifact.sha256, None)
        (self._folder / _key(artifact.sha256)).unlink(missing_ok=True)

    async def link(self, artifact: Artifact, *, name: str, lasts: timedelta) -> str:
        """A folder has no address."""
        return ""

    def _stored(self, name: str, size: int) -> bool:
        path = self._folder / _key(name)
        return path.exists() and path.stat().st_size == size

    async def _write(self, name: str, content: Path | bytes) -> None:
        try:
            await obstore.put_async(self._store, _key(name), content)
            path = self._folder / _key(name)
            await asyncio.to_thread(_make_durable, path)
            await asyncio.to_thread(self._verify, path, name)
        except (BaseError, OSError) as error:
            raise StorageError(f"cannot write a file of the store: {error}") from error

    def _verify(self, path: Path, name: str) -> None:
        try:
            stat = path.stat()
            mark = (stat.st_size, stat.st_mtime_ns)
            if self._seen.get(name) == mark:
                return
            found = _hash(path)
        except FileNotFoundError as error:
            raise StorageError(f"file {name[:12]} is gone") from error
        if found != name:
            path.unlink(missing_ok=True)
            raise StorageError(f"file {name[:12]} was damaged")
        self._seen[name] = mark


class RemoteBlobs:
    """Files in S3, with local copies of those that were read or written here lately."""

    def __init__(self, store: Any, *, cache: Path, cache_bytes: int) -> None:
        self._store = store
        self._cache = LocalBlobs(cache)
        self._folder = cache
        self._bytes = cache_bytes

    def remove_drafts(self) -> None:
        """Remove temporary files of whoever was killed while writing or fetching: those older than an hour."""
        self._cache.remove_drafts()
        _remove_old(self._folder.glob("arriving-*"))

    async def put(self, path: Path, media_type: str) -> Artifact:
        """Store a file: S3 makes it visible whole, and checks the SHA-256 that was sent with it."""
        artifact = await self._cache.put(path, media_type)
        await self._send(artifact, path)
        return artifact

    async def put_bytes(self, data: bytes, media_type: str) -> Artifact:
        """Store bytes."""
        artifact = await self._cache.put_bytes(data, media_type)
        await self._send(artifact, data)
        return artifact

    async def open(self, artifact: Artifact) -> Path:
        """A local copy, fetched when there is none and compared with its name.

        Raises:
            StorageError: it is gone or its content does not match.
        """
        try:
            path = await self._cache.open(artifact)
        except StorageError:  # never fetched, dropped by whoever shares the copies, or damaged
            await self._fetch(artifact)
            path = await self._cache.open(artifact)
        await asyncio.to_thread(os.utime, path)  # the copies used longest ago go first
        return path

    async def has(self, artifact: Artifact) -> bool:
        """Whether it is there."""
        try:
            await obstore.head_async(self._store, _key(artifact.sha256))
        except FileNotFoundError:
            return False
        except BaseError as error:
            raise StorageError(f"the file store does not answer: {error}") from error
        return True

    async def drop(self, artifact: Artifact) -> None:
        """Remove it and its local copy; fine when it is gone already."""
        await self._cache.drop(artifact)
        try:
            await obstore.delete_async(self._store, _key(artifact.sha256))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise StorageError(f"cannot remove a file: {error}") from error

    async def link(self, artifact: Artifact, *, name: str, lasts: timedelta) -> str:
        """A signed address. S3 has a file saved under the name that is kept with it, so that is set first."""
        key, saved_as = _key(artifact.sha256), f'attachment; filename="{re.sub(r"[^A-Za-z0-9._-]+", "-", name)}"'
        try:
            found = await obstore.get_async(self._store, key, options={"head": True})
            if found.attributes.get("Content-Disposition") != saved_as:
                attributes = {"Content-Type": artifact.media_type, "Content-Disposition": saved_as}
                await obstore.put_async(self._store, key, await self.open(artifact), attributes=attributes)
            return str(await obstore.sign_async(self._store, "GET", key, lasts))
        except FileNotFoundError as error:
            raise StorageError(f"file {artifact.sha256[:12]} is gone") from error
        except BaseError as error:
            raise StorageError(f"cannot make a link to a file: {type(error).__name__}") from error

    async def _send(self, artifact: Artifact, content: Path | bytes) -> None:
        if await self.has(artifact):
            return
        try:
            await obstore.put_async(
                self._store, _key(artifact.sha256), content, attributes={"Content-Type": artifact.media_type}
            )
        except BaseError as error:
            raise StorageError(f"cannot store a file: {error}") from error
        await asyncio.to_thread(_prune, self._folder, self._bytes)

    async def _fetch(self, artifact: Artifact) -> None:
        arriving = self._folder / f"arriving-{uuid4().hex}"
        try:
            found = await obstore.get_async(self._store, _key(artifact.sha256))
            with arriving.open("wb") as file:
                async for block in found.stream(min_chunk_size=_BLOCK):
                    await asyncio.to_thread(file.write, block)
            if (await self._cache.put(arriving, artifact.media_type)).sha256 != artifact.sha256:
                raise StorageError(f"file {artifact.sha256[:12]} was damaged")
        except FileNotFoundError as error:
            raise StorageError(f"file {artifact.sha256[:12]} is gone") from error
        except BaseError as error:
            raise StorageError(f"cannot fetch a file: {error}") from error
        finally:
            arriving.unlink(missing_ok=True)


class JobBlobs:
    """The store as one job sees it: each file it stores is noted as its own, before it is stored."""

    def __init__(self, blobs: Blobs, uses: Uses, *, job: str, seller: str) -> None:
        self._blobs = blobs
        self._uses = uses
        self._job = job
        self._seller = seller

    async def put(self, path: Path, media_type: str) -> Artifact:
        """Store a file."""
        await self._note(await asyncio.to_thread(_hash, path))
        return await self._blobs.put(path, media_type)

    async def put_bytes(self, data: bytes, media_type: str) -> Artifact:
        """Store bytes."""
        await self._note(hashlib.sha256(data).hexdigest())
        return await self._blobs.put_bytes(data, media_type)

    async def open(self, artifact: Artifact) -> Path:
        """A local path to read from."""
        return await self._blobs.open(artifact)

    async def has(self, artifact: Artifact) -> bool:
        """Whether it is there."""
        return await self._blobs.has(artifact)

    async def drop(self, artifact: Artifact) -> None:
        """Remove it."""
        await self._blobs.drop(artifact)

    async def _note(self, name: str) -> None:
        await self._uses.note_file(holder=f"job:{self._job}", seller=self._seller, sha256=name)


def open_blobs(settings: StorageSettings) -> FileStore:
    """The file store that the settings name."""
    if settings.blobs_url is None:
        return LocalBlobs(settings.home / "blobs")
    config: S3Config = {"checksum_algorithm": "sha256"}
    if settings.blobs_endpoint is not None:
        config["endpoint"] = settings.blobs_endpoint
    plain = (settings.blobs_endpoint or "").startswith("http://")
    store = S3Store.from_url(
        settings.blobs_url.get_secret_value(), config=config, client_options={"timeout": _TIMEOUT, "allow_http": plain}
    )
    return RemoteBlobs(store, cache=settings.home / "blob-cache", cache_bytes=int(settings.blobs_cache_gb * 1e9))


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _measure(path: Path) -> tuple[str, int]:
    return _hash(path), path.stat().st_size


def _make_durable(path: Path) -> None:
    """Have the operating system write a file and its name to the disk, before anything else refers to it."""
    for each in (path, path.parent):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _prune(folder: Path, limit: int) -> None:
    """Keep the local copies under a total size, dropping those used longest ago, but none of the last hour."""
    files = sorted(_found(folder.glob("??/*")))
    total = sum(size for _, size, _ in files)
    newest = max((used for used, _, _ in files), default=0.0)
    for used, size, path in files:
        if total <= limit or used > newest - 3600:
            return
        path.unlink(missing_ok=True)
        total -= size


def _remove_old(drafts: Iterable[Path]) -> None:
    for used, _, path in _found(drafts):
        if used < time.time() - _FORSAKEN:
            path.unlink(missing_ok=True)


def _found(paths: Iterable[Path]) -> Iterator[tuple[float, int, Path]]:
    """When each was last written, its bytes, and its path; others rename and remove files at the same time."""
    for path in paths:
        with suppress(FileNotFoundError):
            stat = path.stat()
            yield stat.st_mtime, stat.st_size, path
