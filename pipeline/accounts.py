"""The accounts that an installation may post to, by its settings. Nothing is asked of anybody."""

from __future__ import annotations

from pipeline.config import StudioSettings
from pipeline.model import Account, Network, Value, Visibility


class Standing(Value):
    """An account that its login opens, as its network tells. `lacks` names a right that posting needs."""

    network: Network
    name: str = ""  # "" where the login may not ask
    lacks: str = ""


def connected(settings: StudioSettings) -> tuple[Account, ...]:
    """The accounts that there is a whole login for."""
    found = {
        Network.YOUTUBE: (settings.youtube_client_id, Visibility(settings.youtube_privacy), settings.youtube_account),
        Network.INSTAGRAM: (settings.instagram_user_id, Visibility.PUBLIC, settings.instagram_account),
        Network.TIKTOK: (settings.tiktok_client_key, Visibility.DRAFT, settings.tiktok_account),
    }
    return tuple(
        Account(network=network, id=known, visibility=visibility, name=name)
        for network, (known, visibility, name) in found.items()
        if known and not missing(settings, network)
    )


def missing(settings: StudioSettings, network: Network) -> tuple[str, ...]:
    """The settings of a network that are not set: none where it is connected, all where nobody wants it."""
    return tuple(name.upper() for name in _NEEDED[network] if not getattr(settings, name))


def unwanted(settings: StudioSettings, network: Network) -> bool:
    """Whether nothing at all is set for a network."""
    return len(missing(settings, network)) == len(_NEEDED[network])


_NEEDED = {
    Network.YOUTUBE: ("youtube_client_id", "youtube_client_secret", "youtube_refresh_token"),
    Network.INSTAGRAM: ("instagram_access_token", "instagram_user_id"),
    Network.TIKTOK: ("tiktok_client_key", "tiktok_client_secret", "tiktok_refresh_token"),
}
