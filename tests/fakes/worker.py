"""A worker process with quick engines and real publishers: `python -m tests.fakes.worker HOME RIG LEASE`."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from jobs.config import JobSettings
from jobs.logs import set_up_logs
from jobs.worker import run
from pipeline.config import StudioSettings
from storage.config import StorageSettings
from tests.fakes.engines import Rig, quick_studio
from tests.fakes.posts import posting

if __name__ == "__main__":
    home, rig, lease = sys.argv[1:]
    set_up_logs(file=Path(rig) / "worker.log")
    storage = StorageSettings(frame_home=Path(home))
    studio = replace(quick_studio(Rig(Path(rig))), publish=posting(StudioSettings()))
    asyncio.run(run(studio, storage, JobSettings(), say=print, lease_seconds=float(lease)))
