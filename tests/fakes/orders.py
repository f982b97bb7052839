"""Orders to test with, their photos made on the spot."""

from __future__ import annotations

import io
from decimal import Decimal

from PIL import Image

from pipeline.model import Artifact, Brief, Goal, Order, Platform, Price, Wish
from pipeline.ports import Blobs


def jpeg(colour: tuple[int, int, int] = (200, 120, 40), size: tuple[int, int] = (120, 160)) -> bytes:
    """A photo in one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


async def photo(blobs: Blobs, shade: int = 0) -> Artifact:
    """A photo in the store; another shade is another photo."""
    return await blobs.put_bytes(jpeg((37 * shade % 256, 120, 91 * shade % 256), (120 + shade, 160)), "image/jpeg")


async def order(
    blobs: Blobs,
    *,
    goal: Goal = Goal.FILM,
    shade: int = 0,
    platforms: tuple[Platform, ...] = (Platform.TIKTOK,),
) -> Order:
    """An order for a mug with one photo."""
    brief = Brief(
        photos=(await photo(blobs, shade),),
        name=f"Mug {shade}",
        description="Matte black mug. Dishwasher-safe.",
        price=Price(shown="39,90 €", amount=Decimal("39.90"), currency="EUR"),
        platforms=platforms,
        seconds=6,
    )
    return Order(goal=goal, wish=Wish(brief=brief))
