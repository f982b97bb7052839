"""What holds for all tests: none of them is timed, since machines are busy at times; tracebacks are logged plainly."""

from __future__ import annotations

import structlog
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# As structlog's own default has it, but for its tracebacks, which show every value: a second of work for each fault.
_PLAINLY = (
    *structlog.get_config()["processors"][:-1],
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
)


def pytest_runtest_setup() -> None:
    """Log plainly again, whatever the test before made of the logging."""
    structlog.configure(processors=[*_PLAINLY])  # a list: tests that catch logs change it in place
