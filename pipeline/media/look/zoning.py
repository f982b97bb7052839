"""The safe zone as a place in the frame."""

from __future__ import annotations

from pipeline.media.look.stage import Area
from pipeline.media.zones import zone
from pipeline.model import Format


def safe_area(form: Format, *, strict: bool) -> Area:
    """The part of a frame that no platform covers, pixels."""
    free = zone(form, strict=strict)
    return Area(free.left, free.top, free.width, free.height)
