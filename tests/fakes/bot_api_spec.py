"""The official description of the Bot API, and what of a call does not agree with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SPEC = Path(__file__).resolve().parents[2] / "../shared/specs/telegram/api.json"


class Description:
    """Methods and types as Telegram documents them."""

    def __init__(self, content: Json) -> None:
        self._methods: Json = content["methods"]
        self._types: Json = content["types"]

    @classmethod
    def at_hand(cls, path: Path = SPEC) -> Description | None:
        """The description; None where it is not there."""
        return cls(json.loads(path.read_text())) if path.exists() else None

    def faults(self, method: str, fields: Json) -> list[str]:
        """What is wrong with a call: methods, fields, or values that are not documented, and fields that are missing.

        Args:
            method: such as "sendMessage".
            fields: as they were posted: numbers and booleans as text, objects as JSON that was read.
        """
        if method not in self._methods:
            return [f"there is no {method}"]
        posted = {name: value for name, value in fields.items() if not name.startswith("attached")}
        return self._of_fields(method, posted, self._methods[method].get("fields", []), posted=True)

    def _of_fields(self, where: str, values: Json, fields: Sequence[Json], *, posted: bool = False) -> list[str]:
        known = {one["name"]: one for one in fields}
        faults = [f"{where}.{name} is unknown" for name in values if name not in known]
        faults += [
            f"{where}.{name} is missing" for name, one in known.items() if one["required"] and name not in values
        ]
        for name, value in values.items():
            if name in known:
                faults += self._of_value(f"{where}.{name}", value, known[name]["types"], posted=posted)
        return faults

    def _of_value(self, where: str, value: Any, types: Sequence[str], *, posted: bool = False) -> list[str]:
        """The faults by the type that fits best."""
        found = [self._of_type(where, value, one, posted=posted) for one in types]
        return min(found, key=len)

    def _of_type(self, where: str, value: Any, kind: str, *, posted: bool) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no list"]
            inner = kind.removeprefix("Array of ")
            return [fault for at, one in enumerate(value) for fault in self._of_value(f"{where}[{at}]", one, [inner])]
        if kind in _PLAIN:
            as_text = posted and isinstance(value, str) and re.fullmatch(_POSTED.get(kind, ".*"), value, re.DOTALL)
            return [] if as_text or type(value) in _PLAIN[kind] else [f"{where} is no {kind}: {value!r:.60}"]
        described = self._types[kind]
        if "subtypes" in described:
            return min((self._of_type(where, value, one, posted=False) for one in described["subtypes"]), key=len)
        if not isinstance(value, dict):
            return [f"{where} is no {kind}: {value!r:.60}"]
        return self._of_fields(where, value, described.get("fields", []))


_PLAIN = {"Integer": (int,), "Float": (int, float), "Boolean": (bool,), "String": (str,), "InputFile": (bytes,)}
_POSTED = {"Integer": r"-?\d+", "Float": r"-?\d+(\.\d+)?", "Boolean": "true|false", "InputFile": "attach://.+"}
