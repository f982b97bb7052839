"""A PostgreSQL server of the test run's own, on a unix socket, without durability."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "frame"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where there are none."""
    found = shutil.which("initdb")
    if found is not None and shutil.which("postgres") is not None:
        return Path(found).resolve().parent
    return next((path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)


@contextmanager
def server() -> Iterator[str]:
    """A running server; its address with "{name}" in place of the database's name."""
    folder = programs()
    assert folder is not None, "ask programs() first"
    home = Path(tempfile.mkdtemp(prefix="frame-pg-"))
    account = _account()
    if account is not None:
        os.chown(home, account.pw_uid, account.pw_gid)
    data = home / "data"
    try:
        _run(account, folder / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c max_connections=60"
        control = (folder / "pg_ctl", "-D", data, "-w", "-t", "30")
        _run(account, *control, "-o", options, "-l", home / "log", "start")
        try:
            yield f"postgresql://{_USER}@/{{name}}?host={home}"
        finally:
            _run(account, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(account: pwd.struct_passwd | None, *command: Path | str) -> None:
    user = group = None
    if account is not None:
        user, group = account.pw_uid, account.pw_gid
    extra: list[str | int] | None = None if account is None else []
    subprocess.run(command, check=True, capture_output=True, cwd="/", user=user, group=group, extra_groups=extra)


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL does not run as root: then another account does."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]
