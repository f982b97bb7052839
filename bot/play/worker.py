"""A worker process of the bot's or the play's own, for as long as that lasts."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

from bot.errors import PlayFailed

RUN_WORKER = (sys.executable, str(Path(__file__).resolve().parents[2] / "run_worker.py"))
_GRACE = 10.0  # seconds to stop in
_LOOK = 3.0  # seconds between looks whether there is a worker
_LONG = 60.0  # seconds: who worked that long had begun well; also the longest pause before another is started


async def have_a_worker(
    count: Callable[[], Awaitable[int]],
    *,
    command: Sequence[str],
    home: Path,
    say: Callable[[str], None],
    after: float = 0.0,
) -> NoReturn:
    """See to it that there is a worker, until cancelled: start one when there is none, and another when that ends.

    Args:
        count: tells how many there are.
        command: how to start one.
        home: the installation's folder.
        say: told when one is started, and when it ended.
        after: seconds before the first look, for workers that are being started at the same time.
    """
    clock = asyncio.get_running_loop().time
    pause = _LOOK
    await asyncio.sleep(after)
    while True:
        while await count():  # noqa: ASYNC110 - the workers are other processes
            await asyncio.sleep(_LOOK)
        say("No worker is running, so one is started; it stops with this program.")
        begun = clock()
        async with worker(command, home=home) as own:
            try:
                await own.watch()
            except PlayFailed as error:
                say(str(error))
        pause = _LOOK if clock() - begun > _LONG else min(_LONG, 2 * pause)
        await asyncio.sleep(pause)


class Worker:
    """A worker process; its output goes to a file."""

    def __init__(self, process: asyncio.subprocess.Process, output: Path) -> None:
        self._process = process
        self._output = output

    async def watch(self) -> NoReturn:
        """Return only by raising: while a play lasts, its worker must.

        Raises:
            PlayFailed: the worker ended.
        """
        code = await self._process.wait()
        lines = self._output.read_text(encoding="utf-8", errors="replace").strip().splitlines() or [f"status {code}"]
        raise PlayFailed(f"The worker ended: {lines[-1]}")

    async def stop(self) -> None:
        """End it, gently first."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._process.wait(), _GRACE)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()


@asynccontextmanager
async def worker(command: Sequence[str], *, home: Path) -> AsyncIterator[Worker]:
    """Run a worker while the block lasts.

    Args:
        command: how to start it.
        home: the installation's folder.
    """
    output = home / "logs" / "worker.log"
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=os.environ | {"FRAME_HOME": str(home)},
        )
    one = Worker(process, output)
    try:
        yield one
    finally:
        await one.stop()
