"""Logs keep no secret, whatever way it comes."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from jobs.logs import Redactor
from tests.fakes.logs import logged

TELEGRAM = "7412345678:AAHk9d-Zq_pWm3v1XyT5uB7cRfE2sLgNoJi"
DISCORD = "MTE4NzY1NDMyMTA5ODc2NTQzMg.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
OPENAI = "sk-proj-abcdefghijklmnop0123456789"
GEMINI = "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234"
RUNWAY = f"key_{'0123456789abcdef' * 8}"
GOOGLE = "ya29.a0AfB_byC-abcdefghijklmnop"
META = "EAAGabcdefghijklmnop0123456789"
TIKTOK = "act.abcdefghijklmnop0123456789!4567.e1"
OWN = "correct horse battery staple"

CANARIES = [
    TELEGRAM,
    f"https://api.telegram.org/bot{TELEGRAM}/sendMessage",
    DISCORD,
    OPENAI,
    "redis://:hunter2hunter2@10.0.0.1:6379/0",
    "postgresql://frame:hunter2hunter2@db/frame",
    "unix://:hunter2hunter2@/home/frame/valkey.sock",
    "Authorization: Bearer hunter2hunter2hunter2",
    '{"xi-api-key": "hunter2hunter2"}',
    "x-goog-api-key: hunter2hunter2",
    GEMINI,
    RUNWAY,
    "https://host/path?api_key=hunter2hunter2&x=1",
    "https://up.example/video/?upload_id=1&upload_token=hunter2hunter2",
    "client_secret=hunter2hunter2&refresh_token=hunter2hunter2",
    f"token {GOOGLE} of Google, {META} of Meta, {TIKTOK} of TikTok",
    "AKIAIOSFODNN7EXAMPLE",
    "https://b.s3.amazonaws.com/f?X-Amz-Expires=9&X-Amz-Security-Token=hunter2%2Fhunter2&X-Amz-Signature=hunter2aa",
    OWN,
]
SECRET_PARTS = [
    GOOGLE[5:],
    META[3:],
    TIKTOK[4:],
    TELEGRAM.split(":")[1],
    DISCORD,
    OPENAI,
    GEMINI,
    RUNWAY,
    "hunter2",
    "AKIAIOSFODNN7EXAMPLE",
    OWN,
]


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """What is logged, the logging put back as it was afterwards."""
    with logged(secrets=(SecretStr(OWN), None)) as stream:
        yield stream


def fail(text: str) -> None:
    raise RuntimeError(text)


def check(text: str) -> None:
    for part in SECRET_PARTS:
        assert part not in text


@pytest.mark.parametrize("canary", CANARIES)
def test_no_secret_is_written_in_any_way(out: io.StringIO, canary: str) -> None:
    structlog.get_logger().info(f"calling {canary}", url=canary, nested={"deep": [canary]})
    logging.getLogger("library").warning("failed: %s", canary)
    try:
        fail(canary)
    except RuntimeError:
        structlog.get_logger().exception("went wrong", reason=canary)
        logging.getLogger("library").exception("went wrong")
    with structlog.contextvars.bound_contextvars(chat=canary):
        structlog.get_logger().warning("in context")
    text = out.getvalue()
    assert text.count("went wrong") == 2
    assert "RuntimeError" in text
    check(text)


def test_a_line_is_json_with_its_context(out: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(job="0123", chat="telegram:1"):
        structlog.get_logger("jobs.film").info("job begun", goal="film")
    line = json.loads(out.getvalue())
    assert {key: line[key] for key in ("event", "job", "chat", "goal", "level")} == {
        "event": "job begun",
        "job": "0123",
        "chat": "telegram:1",
        "goal": "film",
        "level": "info",
    }


def test_libraries_that_log_addresses_are_kept_quiet(out: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:x/sendMessage")
    logging.getLogger("arq.worker").info("job with all its arguments")
    assert out.getvalue() == ""


def test_what_is_no_secret_stays_readable() -> None:
    redact = Redactor()
    for text in (
        "job 0123456789abcdef0123456789abcdef begun in chat telegram:-100123:7",
        "file 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "https://example.org/path?page=2",
        "the price is 39,90 € and the password of the wifi is none of our business",
    ):
        assert redact(text) == text


@given(before=st.text(), after=st.text(alphabet=st.characters(exclude_characters="_-", categories=["Zs", "Po"])))
def test_a_token_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert TELEGRAM.split(":")[1] not in Redactor()(f"{before} {TELEGRAM}{after}")


@given(secret=st.text(min_size=6), around=st.text())
def test_a_known_secret_never_gets_through(secret: str, around: str) -> None:
    redacted = Redactor([SecretStr(secret)])(f"{around}{secret}{around}")
    assert secret not in redacted.replace("•", "") or secret in around.replace("•", "") * 2
