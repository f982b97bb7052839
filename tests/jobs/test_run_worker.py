"""The command that starts a worker: one line when it is ready, a sentence when it cannot run, a clean stop."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

import run_worker
from pipeline.config import StudioSettings
from storage.config import StorageSettings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers = []
    yield
    root.handlers, root.level = before, level
    structlog.reset_defaults()


async def test_it_says_that_it_is_ready_and_stops_cleanly(tmp_path: Path) -> None:
    home = tmp_path / "home"
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "run_worker.py",
        cwd=ROOT,
        env={**os.environ, "FRAME_HOME": str(home)},
        stderr=subprocess.PIPE,
    )
    assert worker.stderr is not None
    async with asyncio.timeout(120):
        line = await worker.stderr.readline()
        assert line.startswith(b"FRAME worker ready")
        assert str(home).encode() in line
        worker.terminate()
        rest = await worker.stderr.read()
        assert await worker.wait() == 0
    assert b"Traceback" not in rest
    assert b"stopped" in rest


@pytest.mark.usefixtures("logging_restored")
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"WORKERS": "many"}, "WORKERS"),
        ({"FRAME_HOME": "/dev/null/frame"}, "The worker cannot run. It cannot make the folder /dev/null/frame"),
        ({"DATABASE_URL": "postgresql://frame:hunter2hunter2@127.0.0.1:1/frame"}, "The worker cannot run."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    sentence: str,
) -> None:
    for name, value in ({"FRAME_HOME": str(tmp_path / "home")} | environment).items():
        monkeypatch.setenv(name, value)
    assert run_worker.main() == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert "hunter2" not in said
    assert len(said.splitlines()) == 1


def test_everything_is_kept_in_the_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAME_HOME", "~/frame")
    home = StorageSettings().home
    assert home == Path.home().resolve() / "frame"
    assert {StudioSettings().models.parent, StudioSettings().cache.parent} == {home}
