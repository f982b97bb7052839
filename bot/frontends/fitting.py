"""Makes a film small enough for a place, in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from bot.errors import ChatError

SECONDS = 300.0
KEPT = 4  # copies that are kept for a repeated delivery

_ROOT = Path(__file__).resolve().parents[2]  # where the packages are

log = structlog.get_logger()


class Fitter:
    """Makes copies of films, one at a time, and keeps the last few while the bot runs."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._made: OrderedDict[tuple[str, int], Path] = OrderedDict()
        self._lock = asyncio.Lock()

    async def fit(self, film: Path, sha256: str, *, limit: int) -> Path:
        """A copy of a film that is no larger than `limit` bytes.

        Raises:
            ChatError: it could not be made.
        """
        async with self._lock:
            key = (sha256, limit)
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="fitted-", ignore_cleanup_errors=True)
            if key not in self._made:
                self._made[key] = await self._encode(film, Path(self._folder.name) / f"{sha256}-{limit}.mp4", limit)
            self._made.move_to_end(key)
            while len(self._made) > KEPT:
                _, oldest = self._made.popitem(last=False)
                await asyncio.to_thread(oldest.unlink, missing_ok=True)
            return self._made[key]

    def close(self) -> None:
        """Remove the copies."""
        if self._folder is not None:
            self._folder.cleanup()

    async def _encode(self, film: Path, out: Path, limit: int) -> Path:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "pipeline.refit", str(film), str(out), str(limit)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=_ROOT,
        )
        try:
            async with asyncio.timeout(SECONDS):
                _, said = await process.communicate()
        except TimeoutError as error:
            raise ChatError(f"making a film smaller took over {SECONDS:.0f} s") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise ChatError(f"a film could not be made smaller: {said.decode(errors='replace')[-300:]}")
        log.info("a film was made smaller", limit=limit)
        return out
