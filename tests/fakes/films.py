"""Films that are hard to compress."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

FRAMES = 30


def noisy_film(path: Path) -> None:
    """A second of noise, which needs many bytes."""
    chance = np.random.default_rng(1)
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 360, 640, "yuv420p"
        stream.options = {"preset": "ultrafast", "threads": "1"}
        for _ in range(FRAMES):
            noise = chance.integers(0, 255, (640, 360, 3), np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")))
        file.mux(stream.encode(None))
