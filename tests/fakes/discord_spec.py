"""Holds requests against Discord's official API description, where that is at hand."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SPEC = Path(__file__).resolve().parents[2] / "../shared/specs/discord/openapi.json"
_BODIES = ("application/json", "multipart/form-data")


def faults(method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a request; nothing when there is no description to tell."""
    if not SPEC.exists():
        return []
    template = _template(method.lower(), path)
    if template is None:
        return [f"{method} {path}: no such method"]
    body = _numbers_as_text(body)
    validator = _validator(template, method.lower())
    if validator is None or body is None:
        return []
    return [f"{method} {template}: {error.json_path} {error.message[:200]}" for error in validator.iter_errors(body)]


def _numbers_as_text(body: Any) -> Any:
    """discord.py sends these as numbers, which Discord takes as well."""
    if not isinstance(body, dict):
        return body
    texts = {"recipient_id": str(body["recipient_id"])} if "recipient_id" in body else {}
    files = [{**one, "id": str(one["id"])} for one in body.get("attachments") or ()]
    return {**body, **texts, **({"attachments": files} if files else {})}


@cache
def _spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return loaded


def _template(method: str, path: str) -> str | None:
    fitting = [one for one, methods in _spec()["paths"].items() if method in methods and _pattern(one).fullmatch(path)]
    return min(fitting, key=lambda one: one.count("{"), default=None)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template)))


@cache
def _validator(template: str, method: str) -> Any:
    content = _spec()["paths"][template][method].get("requestBody", {}).get("content", {})
    schema = next((content[kind]["schema"] for kind in _BODIES if kind in content), None)
    if schema is None:
        return None
    return Draft202012Validator({**schema, "components": _spec()["components"]})
