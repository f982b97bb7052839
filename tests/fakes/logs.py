"""What the processes log, as they are set up to, in memory."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import structlog
from pydantic import SecretStr

from jobs.logs import set_up_logs


@contextmanager
def logged(*, secrets: Iterable[SecretStr | None] = ()) -> Iterator[io.StringIO]:
    """What is logged while the block lasts, at DEBUG; the logging is put back as it was afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    root.handlers = []
    set_up_logs(level="DEBUG", secrets=secrets, stream=stream)
    try:
        yield stream
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers, root.level = before, level
        structlog.reset_defaults()
