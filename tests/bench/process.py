"""`run_bot.py` in a process of its own, to be measured from outside."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def bot(settings: Mapping[str, str], *, home: Path) -> AsyncIterator[psutil.Process]:
    """The bot with these settings and none of this environment's chats, until the block ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "DISCORD_"))}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "run_bot.py"),
        cwd=ROOT,
        env={**kept, "FRAME_HOME": str(home), "LOG_LEVEL": "WARNING", **settings},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


def cpu(process: psutil.Process) -> float:
    """Seconds of CPU that a process has used."""
    spent = process.cpu_times()
    return float(spent.user + spent.system)
