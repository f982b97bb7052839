"""Files that messages in Discord carry."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from bot.outlet import Attachment

FRAMES = 15


def attachment(path: Path, kind: Any = "video", **more: Any) -> Attachment:
    """A file, named by its content."""
    kinds = {"video": "video/mp4", "picture": "image/jpeg", "document": "application/x-subrip", "sound": "audio/mpeg"}
    name = hashlib.sha256(path.read_bytes()).hexdigest()
    return Attachment(kind=kind, path=path, media_type=kinds[kind], name=path.name, sha256=name, **more)


def noisy_film(path: Path) -> Attachment:
    """Half a second that is hard to compress."""
    chance = np.random.default_rng(5)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "20", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 360, 640, "yuv420p", Fraction(1, 30)
        for _ in range(FRAMES):
            noise = chance.integers(0, 255, (640, 360, 3), dtype=np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")):
                file.mux(packet)
        for packet in stream.encode(None):
            file.mux(packet)
    return attachment(path, size=path.stat().st_size)


def frames_of(data: bytes, scratch: Path) -> int:
    """How many pictures a film has."""
    scratch.write_bytes(data)
    with av.open(str(scratch)) as film:
        return sum(1 for _ in film.decode(video=0))
