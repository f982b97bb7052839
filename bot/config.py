"""The bot's settings, from the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class BotSettings(BaseSettings):
    """Which chats are served, and where the terminal chat puts finished films."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    frame_home: Path = Path(".frame")
    discord_token: SecretStr | None = None
    films_folder: Path = Path("out/films")  # of the terminal chat

    @property
    def home(self) -> Path:
        """The folder of this installation, absolute."""
        return self.frame_home.expanduser().resolve()
