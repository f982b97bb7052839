"""Where things are stored, from the environment."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.model import Value

DAY = 86_400.0  # seconds


class Terms(Value):
    """How long things are kept, in seconds; None: for ever."""

    films: float | None  # finished films, and conversations, since they were last used
    drafts: float | None  # what only served a choice; never longer than films


class StorageSettings(BaseSettings):
    """Addresses of the database and of the file store; everything has a local default."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    frame_home: Path = Path(".frame")
    database_url: SecretStr | None = None  # postgresql://user:password@host/name; SQLite in `frame_home` when unset
    database_pool: int = 10  # connections kept open to PostgreSQL
    blobs_url: SecretStr | None = None  # s3://bucket/prefix; a folder in `frame_home` when unset
    blobs_endpoint: str | None = None  # for S3 services other than Amazon's
    blobs_cache_gb: float = 20.0  # local copies kept of remote files
    keep_days: int = Field(default=180, ge=0)  # a film since it was last used; 0 for ever
    keep_drafts_days: int = Field(default=14, ge=0)  # what only served a choice: previews, samples, orders never made

    @property
    def home(self) -> Path:
        """The folder of this installation, absolute."""
        return self.frame_home.expanduser().resolve()

    @property
    def terms(self) -> Terms:
        """How long what is stored is kept."""
        films, drafts = (days * DAY if days else None for days in (self.keep_days, self.keep_drafts_days))
        return Terms(films=films, drafts=min((one for one in (films, drafts) if one is not None), default=None))

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database; libpq's `sslmode`, which hosts hand out, in asyncpg's own word."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.home / 'frame.db'}"
        url = self.database_url.get_secret_value()
        for scheme in ("postgresql://", "postgres://"):
            if url.startswith(scheme):
                return "postgresql+asyncpg://" + re.sub(r"(?<=[?&])sslmode=", "ssl=", url.removeprefix(scheme))
        return url
