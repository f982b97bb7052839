"""Orders to show: folders with an order.toml, or a manifest.json that lists several."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Price, Tone
from pipeline.reading import price_from
from pipeline.tones import nearest


@dataclass(frozen=True)
class ShownOrder:
    """What a seller sent."""

    id: str
    photos: tuple[Path, ...]
    name: str
    description: str
    price: Price | None
    language: str
    tone: Tone
    handle: str = ""


def orders_in(folder: Path) -> Iterator[ShownOrder]:
    """All orders of a folder, in the order of their names."""
    manifest = folder / "manifest.json"
    if manifest.exists():
        for told in json.loads(manifest.read_text("utf-8"))["orders"]:
            yield _order(told, folder, name=told["product_name"], id=told["id"])
        return
    for file in sorted(folder.glob("*/order.toml")):
        told = tomllib.loads(file.read_text("utf-8"))
        yield _order(told, file.parent, name=told.get("name", ""), id=file.parent.name)


def _order(told: dict[str, Any], folder: Path, *, name: str, id: str) -> ShownOrder:
    language = told.get("language", "en")
    price = price_from(str(told.get("price", "")), currency=told.get("currency", "EUR"), language=language)
    return ShownOrder(
        id=id,
        photos=tuple(folder / photo for photo in told["photos"]),
        name=name,
        description=told.get("description", ""),
        price=price,
        language=language,
        tone=nearest(told.get("tone", "calm"))[0],
        handle=told.get("handle", ""),
    )
