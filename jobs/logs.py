"""Logs of every process: structured, on one line each, and without anybody's secrets."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, WrappedLogger

_HIDDEN = "•••"

_SHAPES = (
    re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}"),  # Telegram bot token, also inside a URL
    re.compile(r"\b[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}"),  # Discord bot token
    re.compile(r"\b(?:sk|xi|pk|rk)[-_][A-Za-z0-9_-]{16,}"),  # keys of OpenAI, ElevenLabs and others
    re.compile(r"\b(?:key_[0-9a-f]{32,}|AIza[A-Za-z0-9_-]{30,})"),  # keys of Runway and Google
    re.compile(r"(?<![\w/])(?:ya29\.|1//|EAA|IGAA|act\.|rft\.)[A-Za-z0-9_!*.-]{16,}"),  # tokens of Google, Meta, TikTok
    re.compile(r"(?i)\b((?:upload_id|upload_token|refresh_token|client_secret)=)[^\s\"'&]+"),  # of uploads
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),  # AWS key id
    re.compile(r"(?i)(X-Amz-(?:Signature|Security-Token)=)[^\s\"'&]+"),  # what makes a signed link work
    re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"),  # user:password in a URL
    re.compile(
        r"(?i)(?<=[\"'\s&?])((?:authorization|x-(?:goog-)?api-key|xi-api-key|api[_-]?key|access[_-]?token|token|password|secret)"
        r"\\?[\"']?\s*[:=]\s*\\?[\"']?(?:bearer\s+|basic\s+)?)[^\s\"'&,;\\]{6,}"
    ),
    re.compile(r"(?i)\b(bearer\s+)[A-Za-z0-9._~+/-]{12,}"),
)

_LOUD = ("httpx", "httpcore", "arq", "telegram", "discord", "aiosqlite", "sqlalchemy", "alembic", "openai", "numba")


class Redactor:
    """Takes secrets out of a text: those that are known, and whatever is shaped like one."""

    def __init__(self, secrets: Iterable[SecretStr | None] = ()) -> None:
        known = {secret.get_secret_value() for secret in secrets if secret is not None}
        # The longest first: one may contain another. Very short ones would black out half the log.
        self._known = sorted((value for value in known if len(value) >= 6), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for value in self._known:
            text = text.replace(value, _HIDDEN)
        for shape in _SHAPES:
            text = shape.sub(lambda found: (found.group(1) if found.re.groups else "") + _HIDDEN, text)
        return text


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Formats a whole record, traceback included, and then redacts it: nothing gets past that."""

    redact = Redactor()

    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))


def set_up_logs(
    *,
    level: str = "INFO",
    file: Path | None = None,
    secrets: Iterable[SecretStr | None] = (),
    stream: TextIO | None = None,
) -> None:
    """Send all logs, our own and the libraries', to a file or to the error output.

    Args:
        level: of our own logs; libraries are kept at WARNING, since some of them log addresses with tokens in them.
        file: to append to; without one, the error output (in colour when that is a terminal).
        secrets: values that must never be seen, wherever they turn up.
        stream: in place of the error output.
    """
    out = stream or sys.stderr
    handler: logging.Handler
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(file, encoding="utf-8")
    else:
        handler = logging.StreamHandler(out)
    pretty = file is None and out.isatty()
    formatter = _RedactingFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([] if pretty else [structlog.processors.format_exc_info]),
            structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    formatter.redact = Redactor(secrets)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _shared() -> list[structlog.typing.Processor]:
    return [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _time]


def _time(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    stamped: EventDict = structlog.processors.TimeStamper(fmt="iso", utc=True)(_logger, _method, event)
    return stamped
