"""What the demo plays: the sample orders, or a visitor's own photos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.errors import PlayFailed
from bot.play.order import PlayOrder, read_order
from pipeline.model import Platform

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def demo_orders(photos: Sequence[Path], *, out: Path) -> list[tuple[PlayOrder, Path]]:
    """The orders to play and the folder for each.

    Args:
        photos: the visitor's own; without any, the first sample is played.
        out: folder for what is made.

    Raises:
        PlayFailed: a photo is not there.
    """
    if photos:
        for photo in photos:
            if not photo.is_file():
                raise PlayFailed(f"There is no photo {photo}.")
        own = PlayOrder(photos=tuple(photo.resolve() for photo in photos), platforms=(Platform.TIKTOK,))
        return [(own, out)]
    samples = sorted(SAMPLES.glob("*/order.toml"))
    if not samples:
        raise PlayFailed(f"There are no samples in {SAMPLES}.")
    return [(read_order(samples[0]), out)]
