"""The studio's settings, from the environment."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PAIR = re.compile(r"\s*([a-z]{2,3})\s*=\s*([A-Za-z0-9]+)\s*")


class StudioSettings(BaseSettings):
    """Where the studio keeps what it prepares, and which vendors it may ask."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    frame_home: Path = Path(".frame")
    sound_accents: bool = True  # soft pops and whooshes on cuts, in the tones that have them

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    openai_model: str = "gpt-5.4-mini"

    elevenlabs_api_key: SecretStr | None = None
    elevenlabs_base_url: str | None = None
    elevenlabs_model: str = "eleven_v3"
    elevenlabs_voice: str = "JBFqnCBsd6RMkjVDRZzb"
    elevenlabs_voices: Annotated[dict[str, str], NoDecode] = {}

    runwayml_api_secret: SecretStr | None = None
    runway_base_url: str | None = None
    runway_model: str = "gen4_turbo"
    runway_price: Decimal | None = Field(default=None, ge=0)  # US dollars for a second of a clip, as your account pays

    gemini_api_key: SecretStr | None = None
    gemini_base_url: str | None = None
    gemini_model: str = "gemini-3.1-flash-image"

    youtube_client_id: str | None = None
    youtube_client_secret: SecretStr | None = None
    youtube_refresh_token: SecretStr | None = None
    youtube_privacy: Literal["private", "unlisted", "public"] = "private"
    youtube_account: str = ""  # what sellers know the channel by
    youtube_base_url: str | None = None

    instagram_access_token: SecretStr | None = None
    instagram_user_id: str | None = None
    instagram_account: str = ""
    instagram_base_url: str | None = None

    tiktok_client_key: str | None = None
    tiktok_client_secret: SecretStr | None = None
    tiktok_refresh_token: SecretStr | None = None
    tiktok_account: str = ""
    tiktok_base_url: str | None = None

    @field_validator("elevenlabs_voices", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        """Languages and their voices, as in "de=…, fr=…"."""
        if not isinstance(value, str):
            return value
        pairs = [_PAIR.fullmatch(part) for part in value.split(",") if part.strip()]
        if None in pairs:
            raise ValueError("pairs of a language and a voice id are wanted, such as de=…,fr=…")
        return {pair[1]: pair[2] for pair in pairs if pair}

    @property
    def secrets(self) -> tuple[SecretStr | None, ...]:
        """What no log may ever show."""
        return (
            self.openai_api_key,
            self.elevenlabs_api_key,
            self.runwayml_api_secret,
            self.gemini_api_key,
            self.youtube_client_secret,
            self.youtube_refresh_token,
            self.instagram_access_token,
            self.tiktok_client_secret,
            self.tiktok_refresh_token,
        )

    @property
    def paid(self) -> bool:
        """Whether anything is asked of a vendor, who takes money for it."""
        return any(one is not None for one in self.secrets)

    @property
    def models(self) -> Path:
        """Folder for prepared model data."""
        return self._home / "models"

    @property
    def cache(self) -> Path:
        """Folder for what can be made again: compiled kernels, instantiated fonts, film segments."""
        return self._home / "cache"

    @property
    def _home(self) -> Path:
        """As everybody else understands `FRAME_HOME`."""
        return self.frame_home.expanduser().resolve()
