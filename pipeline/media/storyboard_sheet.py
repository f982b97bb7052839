"""The storyboard as one picture: a thumbnail for each shot, in order."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import simplejpeg

from pipeline.media.sheet import contact_sheet
from pipeline.model import Artifact, Take
from pipeline.ports import Blobs


async def storyboard_sheet(takes: tuple[Take, ...], blobs: Blobs) -> Artifact | None:
    """All shots' thumbnails side by side as a JPEG; None when no take has one."""
    thumbnails = [await blobs.open(take.thumbnail) for take in takes if take.thumbnail is not None]
    if not thumbnails:
        return None
    return await blobs.put_bytes(await asyncio.to_thread(_sheet, thumbnails), "image/jpeg")


def _sheet(thumbnails: list[Path]) -> bytes:
    frames = [simplejpeg.decode_jpeg(path.read_bytes(), colorspace="RGB") for path in thumbnails]
    columns = len(frames) if len(frames) <= 4 else (len(frames) + 1) // 2
    sheet = contact_sheet(frames, columns, width=270)
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(sheet), quality=85, colorspace="RGB"))
