"""An order to play, from a TOML file."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import PlayFailed
from pipeline.model import Platform


class PlayOrder(BaseModel):
    """What an unattended seller wants; None is what they do not say. `photos` are absolute."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    photos: tuple[Path, ...] = Field(min_length=1)
    name: str | None = None
    description: str | None = None
    price: str | None = None
    currency: str | None = Field(default=None, pattern="^[A-Za-z]{3}$")
    language: str | None = None  # BCP 47
    tone: str | None = None  # any word
    voice: str | None = None
    platforms: tuple[Platform, ...] | None = Field(default=None, min_length=1)
    seconds: int | None = Field(default=None, ge=1, le=120)


def read_order(path: Path) -> PlayOrder:
    """An order from its file; photos are relative to that.

    Raises:
        PlayFailed: the file is missing or not an order.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        order = PlayOrder.model_validate(fields)
    except OSError as error:
        raise PlayFailed(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PlayFailed(f"{path} is not a TOML file: {error}.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise PlayFailed(f"{path}: {where}: {fault['msg']}.") from error
    photos = tuple((path.parent / photo).resolve() for photo in order.photos)
    for photo in photos:
        if not photo.is_file():
            raise PlayFailed(f"{path}: there is no photo {photo}.")
    return order.model_copy(update={"photos": photos})
