"""The studio's settings, from the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class StudioSettings(BaseSettings):
    """Where the studio keeps what it prepares."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    frame_home: Path = Path(".frame")

    @property
    def models(self) -> Path:
        """Folder for prepared model data."""
        return self.frame_home / "models"

    @property
    def cache(self) -> Path:
        """Folder for what can be made again: compiled kernels, instantiated fonts, film segments."""
        return self.frame_home / "cache"
