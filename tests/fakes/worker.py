"""A worker process with quick engines: `python -m tests.fakes.worker HOME RIG LEASE`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from jobs.config import JobSettings
from jobs.logs import set_up_logs
from jobs.worker import run
from storage.config import StorageSettings
from tests.fakes.engines import Rig, quick_studio

if __name__ == "__main__":
    home, rig, lease = sys.argv[1:]
    set_up_logs(file=Path(rig) / "worker.log")
    storage = StorageSettings(frame_home=Path(home))
    studio = quick_studio(Rig(Path(rig)))
    asyncio.run(run(studio, storage, JobSettings(), say=print, lease_seconds=float(lease)))
