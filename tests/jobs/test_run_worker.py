"""The command that starts a worker: one line when it is ready, a sentence when it cannot run, a clean stop."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


async def start(home: Path, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "run_worker.py",
        cwd=ROOT,
        env={**os.environ, "FRAME_HOME": str(home), **environment},
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_that_it_is_ready_and_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    worker = await start(tmp_path / "home")
    assert worker.stderr is not None
    async with asyncio.timeout(120):
        line = await worker.stderr.readline()
        assert line.startswith(b"FRAME worker ready")
        assert str(tmp_path / "home").encode() in line
        worker.send_signal(number)
        rest = await worker.stderr.read()
        assert await worker.wait() == 0
    assert b"Traceback" not in rest
    assert b"stopped" in rest


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"WORKERS": "many"}, b"WORKERS"),
        ({"FRAME_HOME": "/dev/null/frame"}, b"The worker cannot run."),
        ({"DATABASE_URL": "postgresql://frame:hunter2hunter2@127.0.0.1:1/frame"}, b"The worker cannot run."),
    ],
)
async def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: bytes
) -> None:
    worker = await start(tmp_path / "home", **environment)
    async with asyncio.timeout(120):
        _, errors = await worker.communicate()
    assert worker.returncode == 1
    assert sentence in errors
    assert b"Traceback" not in errors
    assert b"hunter2" not in errors
    assert len(errors.splitlines()) == 1
