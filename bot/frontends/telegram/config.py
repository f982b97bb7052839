"""How to reach Telegram."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.intake import MAX_BYTES

MEGABYTE = 1_000_000
DOWNLOAD_LIMIT = 20 * MEGABYTE  # of Telegram's own server
UPLOAD_LIMIT = 50 * MEGABYTE  # likewise


class TelegramSettings(BaseSettings):
    """The bot's account and the server it talks to."""

    model_config = SettingsConfigDict(
        env_prefix="TELEGRAM_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr | None = None  # of @BotFather
    api_url: str = ""  # a Bot API server of one's own, such as http://localhost:8081; "" for Telegram's
    webhook_url: str = ""  # public https address of this bot; "" asks for updates instead (polling)
    webhook_listen: str = "127.0.0.1"
    webhook_port: int = 8443
    poll_timeout: float = 30.0  # seconds that a request for updates stays open

    @property
    def base_url(self) -> str:
        """Where methods are called, as python-telegram-bot wants it."""
        return f"{self.api_url.rstrip('/')}/bot" if self.api_url else "https://api.telegram.org/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are downloaded."""
        return f"{self.api_url.rstrip('/')}/file/bot" if self.api_url else "https://api.telegram.org/file/bot"

    @property
    def download_limit(self) -> int:
        """The largest file that is fetched, bytes: a server of one's own gives 2 GB, but no photo may be as large."""
        return MAX_BYTES if self.api_url else min(DOWNLOAD_LIMIT, MAX_BYTES)

    @property
    def upload_limit(self) -> int:
        """The largest file that can be sent, bytes."""
        return 2_000 * MEGABYTE if self.api_url else UPLOAD_LIMIT
