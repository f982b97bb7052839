"""An S3 service on loopback (moto), and buckets in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from storage.config import StorageSettings


@contextmanager
def service() -> Iterator[str]:
    """The address of a service that runs while the block lasts."""
    server = ThreadedMotoServer(port=0)
    server.start()
    _, port = server.get_host_and_port()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


def bucket(endpoint: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> StorageSettings:
    """Settings of an installation that keeps its files in a new bucket."""
    name = uuid.uuid4().hex
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    httpx.put(f"{endpoint}/{name}").raise_for_status()
    return StorageSettings(frame_home=home, blobs_url=SecretStr(f"s3://{name}/frame"), blobs_endpoint=endpoint)
