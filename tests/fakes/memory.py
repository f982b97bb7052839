"""A ledger and a blob store without a database, for tests of what stands above them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.errors import StorageError
from pipeline.model import Artifact


class MemoryLedger:
    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.tasks: dict[tuple[str, str], str] = {}

    async def find(self, key: str) -> str | None:
        return self.answers.get(key)

    async def settle(self, key: str, *, stage: str, engine: str, answer: str, seconds: float) -> None:
        self.answers.setdefault(key, answer)

    async def forget(self, key: str) -> None:
        self.answers.pop(key, None)

    async def task(self, key: str, engine: str) -> str | None:
        return self.tasks.get((key, engine))

    async def remember_task(self, key: str, engine: str, task: str) -> None:
        self.tasks[key, engine] = task

    async def claim_task(self, key: str, engine: str, task: str) -> str:
        self.tasks[key, engine] = self.tasks.get((key, engine)) or task
        return self.tasks[key, engine]


class FolderBlobs:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def put(self, path: Path, media_type: str) -> Artifact:
        return await self.put_bytes(path.read_bytes(), media_type)

    async def put_bytes(self, data: bytes, media_type: str) -> Artifact:
        artifact = Artifact(sha256=hashlib.sha256(data).hexdigest(), media_type=media_type)
        (self.folder / artifact.sha256).write_bytes(data)
        return artifact

    async def open(self, artifact: Artifact) -> Path:
        path = self.folder / artifact.sha256
        if not path.exists():
            raise StorageError(f"{artifact.sha256} is gone")
        return path

    async def has(self, artifact: Artifact) -> bool:
        return (self.folder / artifact.sha256).exists()

    async def drop(self, artifact: Artifact) -> None:
        (self.folder / artifact.sha256).unlink(missing_ok=True)
