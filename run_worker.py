"""Start a worker: it makes the films that the bot takes orders for."""

from __future__ import annotations

import asyncio
import sys

import structlog
from pydantic import ValidationError

from jobs.config import JobSettings
from jobs.logs import set_up_logs
from jobs.worker import run
from pipeline.config import StudioSettings
from pipeline.errors import FrameError, cause
from pipeline.studio import build
from storage.config import StorageSettings

log = structlog.get_logger()


def main() -> int:
    """Read the settings and work; 0 after a clean stop, 1 with a sentence about what is wrong."""
    try:
        studio, storage, jobs = StudioSettings(), StorageSettings(), JobSettings()
    except ValidationError as error:
        names = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors())
        _say(f"These settings cannot be understood: {names}. See docs/settings.md.")
        return 1
    secrets = (storage.database_url, storage.blobs_url, jobs.redis_url, *studio.secrets)
    set_up_logs(level=jobs.log_level, secrets=secrets)
    try:
        asyncio.run(run(build(studio), storage, jobs, say=_say))
    except asyncio.CancelledError:
        return 1
    except (FrameError, ExceptionGroup) as error:
        if not isinstance(reason := cause(error), FrameError):
            raise
        log.debug("worker not started", exc_info=True)
        _say(f"The worker cannot run. {reason}")
        return 1
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
