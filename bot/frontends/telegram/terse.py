"""Calls that nearly every update makes, with their fields as they are: the library's methods take twice the CPU."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from telegram import Bot


@dataclass(frozen=True)
class Fields:
    """The fields of a request without files, as a connection reads them from the library's `RequestData`."""

    json_parameters: dict[str, str]
    contains_files: bool = False


async def call(bot: Bot, method: str, **fields: object) -> Any:
    """Call a method of the Bot API by its own name; fields that are None are left out.

    Returns:
        The result as it came.

    Raises:
        TelegramError: as the library's methods do.
    """
    written = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in fields.items()
        if value is not None
    }
    return await bot.request.post(f"{bot.base_url}/{method}", Fields(written))  # type: ignore[arg-type]  # it is final
