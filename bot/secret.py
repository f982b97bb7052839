"""The key of button tokens: made once, kept in the installation's folder, readable by nobody else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bot.errors import SettingsMissing

_BYTES = 32


def load_secret(home: Path) -> bytes:
    """The installation's key, made at the first call; two processes that call at once get the same.

    Raises:
        SettingsMissing: the folder cannot be written, or what is there is no key.
    """
    path = home / "token-key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f"token-key-{os.getpid()}-{secrets.token_hex(4)}"
        if not path.exists():
            draft.touch(mode=0o600)
            draft.write_bytes(secrets.token_bytes(_BYTES))
            try:
                os.link(draft, path)  # fails when another process was first: then its key counts
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = path.read_bytes()
    except OSError as error:
        raise SettingsMissing(f"The key of the buttons cannot be kept in {home}: {error.strerror}.") from error
    if len(key) != _BYTES:
        raise SettingsMissing(f"{path} is damaged. Remove it: buttons of old messages then stop working, nothing else.")
    return key
