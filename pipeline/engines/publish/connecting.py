"""The publishers that an installation has the logins for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pipeline.accounts import Standing
from pipeline.config import StudioSettings
from pipeline.engines.publish.instagram import Instagram
from pipeline.engines.publish.tiktok import TikTok
from pipeline.engines.publish.youtube import YouTube
from pipeline.model import Network, Posted
from pipeline.ports import Engine, Logins, Publish


class Publisher(Engine[Publish, Posted], Protocol):
    """An engine that posts, and that can say how its account stands."""

    async def standing(self, logins: Logins) -> Standing:
        """How the account stands; nothing is posted.

        Raises:
            NeedsLogin: the login opens nothing.
            EngineError: the network does not say.
        """
        ...


def publishers(settings: StudioSettings) -> Mapping[Network, Publisher]:
    """A publisher for each network that is connected."""
    made = (_youtube(settings), _instagram(settings), _tiktok(settings))
    return {Network(one.name): one for one in made if one is not None}


def _youtube(settings: StudioSettings) -> YouTube | None:
    client, secret, token = settings.youtube_client_id, settings.youtube_client_secret, settings.youtube_refresh_token
    if not client or not secret or not token:
        return None
    return YouTube(client, secret, token, address=settings.youtube_base_url)


def _instagram(settings: StudioSettings) -> Instagram | None:
    token, user = settings.instagram_access_token, settings.instagram_user_id
    return Instagram(token, user, address=settings.instagram_base_url) if token and user else None


def _tiktok(settings: StudioSettings) -> TikTok | None:
    key, secret, token = settings.tiktok_client_key, settings.tiktok_client_secret, settings.tiktok_refresh_token
    return TikTok(key, secret, token, address=settings.tiktok_base_url) if key and secret and token else None
