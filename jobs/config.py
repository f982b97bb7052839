"""Settings of the queue and the workers, from the environment."""

from __future__ import annotations

import os

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class JobSettings(BaseSettings):
    """How work is queued, shared and limited. Times are in seconds."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    redis_url: SecretStr | None = None  # redis://, rediss:// or unix://; a server of our own when unset
    redis_unsafe: bool = False  # accept a Redis that loses its data: the queue then heals from SQL, a little later
    workers: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 2) // 2), ge=1)  # films made at once
    fast_workers: int = Field(default=1, ge=0)  # changes and voice previews made at once, besides
    post_workers: int = Field(default=8, ge=0)  # films posted at once, besides: that is mostly waiting
    job_timeout: float = 3600.0  # one attempt at a job
    grace: float = 25.0  # how long a worker that is told to stop lets its jobs go on
    daily_films: int | None = Field(default=None, ge=1)  # films a seller may order in a day (UTC); no limit when unset
    log_level: str = "INFO"
    min_free_mb: int = 300  # below this, no job is begun
