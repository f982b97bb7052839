"""The official description of the Bot API, and what of a call does not agree with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SPEC = Path(__file__).resolve().parents[2] / "../shared/specs/telegram/api.json"


@dataclass(frozen=True)
class Fields:
    """The fields of a method or of a type: the types that each may have, and those that must be there."""

    types: dict[str, list[str]]
    required: tuple[str, ...]

    @classmethod
    def of(cls, described: Json) -> Fields:
        fields = described.get("fields", [])
        required = tuple(one["name"] for one in fields if one["required"])
        return cls({one["name"]: one["types"] for one in fields}, required)


class Description:
    """Methods and types as Telegram documents them."""

    def __init__(self, content: Json) -> None:
        self._methods = {name: Fields.of(method) for name, method in content["methods"].items()}
        self._types = {name: Fields.of(kind) for name, kind in content["types"].items()}
        self._kinds: dict[str, list[str]] = {
            name: one["subtypes"] for name, one in content["types"].items() if "subtypes" in one
        }

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
        return self._of_fields(method, posted, self._methods[method], posted=True)

    def _of_fields(self, where: str, values: Json, fields: Fields, *, posted: bool = False) -> list[str]:
        faults = [f"{where}.{name} is missing" for name in fields.required if name not in values]
        for name, value in values.items():
            types = fields.types.get(name)
            if types is None:
                faults.append(f"{where}.{name} is unknown")
            else:
                faults += self._of_value(f"{where}.{name}", value, types, posted=posted)
        return faults

    def _of_value(self, where: str, value: Any, types: Sequence[str], *, posted: bool = False) -> list[str]:
        """The faults by the type that fits best."""
        found = []
        for one in types:
            faults = self._of_type(where, value, one, posted=posted)
            if not faults:
                return []
            found.append(faults)
        return min(found, key=len)

    def _of_type(self, where: str, value: Any, kind: str, *, posted: bool) -> list[str]:
        if kind in _PLAIN:
            if type(value) in _PLAIN[kind]:
                return []
            as_text = posted and isinstance(value, str) and re.fullmatch(_POSTED.get(kind, ".*"), value, re.DOTALL)
            return [] if as_text else [f"{where} is no {kind}: {value!r:.60}"]
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no list"]
            inner = kind.removeprefix("Array of ")
            return [fault for at, one in enumerate(value) for fault in self._of_value(f"{where}[{at}]", one, [inner])]
        if kind in self._kinds:
            return self._of_value(where, value, self._kinds[kind])
        if not isinstance(value, dict):
            return [f"{where} is no {kind}: {value!r:.60}"]
        return self._of_fields(where, value, self._types[kind])


_PLAIN = {"Integer": (int,), "Float": (int, float), "Boolean": (bool,), "String": (str,), "InputFile": (bytes,)}
_POSTED = {"Integer": r"-?\d+", "Float": r"-?\d+(\.\d+)?", "Boolean": "true|false", "InputFile": "attach://.+"}
