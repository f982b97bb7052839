"""Where words may stand in a format."""

from __future__ import annotations

from pipeline.media.look.stage import Area
from pipeline.model import Format

_MARGIN = 0.05


def safe_area(form: Format, *, strict: bool) -> Area:
    """The part of a frame that no platform covers, pixels."""
    width, height = form.size
    if form is Format.TALL:
        return Area(65, 270, 845, 978) if strict else Area(65, 250, 845, 1230)
    return Area(_MARGIN * width, _MARGIN * height, (1 - 2 * _MARGIN) * width, (1 - 2 * _MARGIN) * height)
