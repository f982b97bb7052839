"""The bot's settings, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.dialogue.admission import Policy, seller_named


class BotSettings(BaseSettings):
    """Who may use the bot, and where its terminal chat puts things."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    invite_only: bool = False  # serve only those who were invited
    operators: Annotated[frozenset[str], NoDecode] = frozenset()  # such as telegram:12345,discord:678
    publishers: Annotated[frozenset[str], NoDecode] = frozenset()  # who may post films, besides operators
    films_folder: Path = Path("out/films")  # where the terminal chat puts finished films

    @field_validator("operators", "publishers", mode="before")
    @classmethod
    def _read_sellers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = [word for word in value.split(",") if word.strip()]
        named = [seller_named(word) for word in words]
        if None in named:
            raise ValueError("sellers are written as telegram:12345,discord:678")
        return frozenset(named)

    @property
    def policy(self) -> Policy:
        """Who may use this installation."""
        return Policy(invite_only=self.invite_only, operators=self.operators, publishers=self.publishers)
