"""How to reach Discord."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

API = "/api/v10"


class DiscordSettings(BaseSettings):
    """The bot's account and the servers it talks to."""

    model_config = SettingsConfigDict(
        env_prefix="DISCORD_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    token: SecretStr | None = None  # of the developer portal, page Bot
    api_url: str = ""  # a proxy for the REST calls, such as http://nirn:8080; "" for Discord's own
    cdn_hosts: str = "cdn.discordapp.com,media.discordapp.net"  # where attachments are fetched, nowhere else
    shards: int = 0  # connections to the gateway; 0: as many as Discord advises
    message_content: bool = True  # read what is written in threads; off when the intent is not granted

    @property
    def base_url(self) -> str:
        """Where methods are called; "" for Discord's own."""
        url = self.api_url.rstrip("/")
        return url if not url or "/api" in url else url + API

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with port, if it is not the usual one) that attachments may come from."""
        return frozenset(host.strip() for host in self.cdn_hosts.split(",") if host.strip())
