"""Safe zones: the part of a frame that no platform covers with its own buttons and captions."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Format, TextBox

_SLACK = 1.0  # pixels that a box may stick out: letters are placed between pixels


@dataclass(frozen=True)
class Zone:
    """The edges of a safe zone, pixels of the format at full quality."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top


def _margins(form: Format, share: float) -> Zone:
    width, height = form.size
    return Zone(share * width, share * height, (1 - share) * width, (1 - share) * height)


# One film serves all platforms of its format, so the zone is what is free on all of them: below and at the right
# of a tall film are the buttons and the description of TikTok, Reels, Shorts and Stories.
_ORGANIC = {
    Format.TALL: Zone(65, 250, 910, 1480),
    Format.FEED: _margins(Format.FEED, 0.05),
    Format.SQUARE: _margins(Format.SQUARE, 0.05),
    Format.WIDE: _margins(Format.WIDE, 0.05),
}
_STRICT = {**_ORGANIC, Format.TALL: Zone(65, 270, 910, 1248)}  # paid placements have one more button


def zone(form: Format, *, strict: bool = False) -> Zone:
    """Where text may stand.

    Args:
        form: the aspect ratio.
        strict: for paid placements.
    """
    return (_STRICT if strict else _ORGANIC)[form]


def inside(box: TextBox, form: Format, *, strict: bool = False) -> bool:
    """Whether a text lies in the safe zone, give or take a pixel."""
    safe = zone(form, strict=strict)
    return (
        box.x >= safe.left - _SLACK
        and box.y >= safe.top - _SLACK
        and box.x + box.w <= safe.right + _SLACK
        and box.y + box.h <= safe.bottom + _SLACK
    )
