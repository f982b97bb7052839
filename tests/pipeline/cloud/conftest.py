"""A bench with a photo on it, a log to search, and the vendors' own descriptions of their APIs, where there are any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from jsonschema import Draft202012Validator

from jobs.logs import set_up_logs
from pipeline.model import Artifact
from tests.fakes.memory import FolderBlobs
from tests.pipeline.photos.paint import quarters

SPECS = Path(__file__).resolve().parents[3] / "../shared/specs"


def described(text: str) -> Any:
    """A description in JSON Schema's words: OpenAPI's are, nearly; Google's name their schemas otherwise."""
    # Alternatives overlap in these descriptions: "one of" would find fault with what the vendor itself sends.
    read = json.loads(text.replace('"oneOf"', '"anyOf"'))
    if "schemas" not in read:
        return read
    return {"components": {"schemas": {name: _closed(rules) for name, rules in read["schemas"].items()}}}


def _closed(rules: Any) -> Any:
    """Google's rules with references that lead somewhere; fields that are not described are faults."""
    if isinstance(rules, list):
        return [_closed(one) for one in rules]
    if not isinstance(rules, dict):
        return rules
    closed = {name: _closed(value) for name, value in rules.items() if name != "format"}
    if isinstance(rules.get("$ref"), str):
        return {"$ref": f"#/components/schemas/{rules['$ref']}"}
    if rules.get("type") == "any":
        return {}
    if rules.get("type") == "object" and "properties" in rules:
        closed["additionalProperties"] = False
    return closed


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


@pytest.fixture
async def photo(blobs: FolderBlobs) -> Artifact:
    """A photo larger than what is sent."""
    file = io.BytesIO()
    quarters(2400, 1600).save(file, "JPEG")
    return await blobs.put_bytes(file.getvalue(), "image/jpeg")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, libraries included, by a filter that knows no secret; put back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("openai", "httpx", "httpcore")}
    root.handlers = []
    stream = io.StringIO()
    set_up_logs(level="DEBUG", stream=stream)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = before, level
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def faults_by_spec() -> Callable[[str, str, Any], list[str]]:
    """What a vendor's own description finds wrong with a value: of a file, by the name of a schema in it."""
    known: dict[str, Any] = {}

    def faults(file: str, schema: str, value: Any) -> list[str]:
        path = SPECS / file
        if not path.exists():
            pytest.skip("the vendors' descriptions are not on this machine")
        if file not in known:
            known[file] = described(path.read_text())
        rules = {"$ref": f"#/components/schemas/{schema}", "components": known[file]["components"]}
        return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(rules).iter_errors(value)]

    return faults
