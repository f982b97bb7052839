"""The bot's settings, from the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class BotSettings(BaseSettings):
    """Of the terminal chat."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    films_folder: Path = Path("out/films")  # where it puts finished films
