"""Files that messages in Discord carry."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bot.outlet import Attachment


def attachment(path: Path, kind: Any = "video", **more: Any) -> Attachment:
    """A file, named by its content."""
    kinds = {"video": "video/mp4", "picture": "image/jpeg", "document": "application/x-subrip", "sound": "audio/mpeg"}
    name = hashlib.sha256(path.read_bytes()).hexdigest()
    return Attachment(kind=kind, path=path, media_type=kinds[kind], name=path.name, sha256=name, **more)
