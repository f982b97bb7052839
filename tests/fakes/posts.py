"""Posting within the whole stack: settings that lead to networks on loopback, and an order to post a film."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.config import StudioSettings
from pipeline.engines.publish.connecting import publishers
from pipeline.model import Goal, Network, Order, Platform, Posted, Posting, Visibility
from pipeline.ports import Blobs, Publish
from pipeline.steps import Fallback, Patience
from tests.fakes import instagram, networks, tiktok, youtube
from tests.fakes.orders import jpeg, order

PLATFORMS = {
    Network.YOUTUBE: Platform.YOUTUBE_SHORTS,
    Network.INSTAGRAM: Platform.INSTAGRAM_REELS,
    Network.TIKTOK: Platform.TIKTOK,
}
FAKES: dict[Network, Callable[[], networks.Network]] = {  # that are done with a film at once
    Network.YOUTUBE: youtube.YouTube,
    Network.INSTAGRAM: lambda: instagram.Instagram("FINISHED"),
    Network.TIKTOK: lambda: tiktok.TikTok("SEND_TO_USER_INBOX"),
}


def environment(vendor: networks.Network) -> dict[str, str]:
    """The settings of a worker that posts to a network on loopback, as its environment has them."""
    match vendor:
        case youtube.YouTube():
            login = {"CLIENT_ID": youtube.CLIENT, "CLIENT_SECRET": youtube.SECRET, "REFRESH_TOKEN": youtube.REFRESH}
            prefix = "YOUTUBE"
        case instagram.Instagram():
            login, prefix = {"ACCESS_TOKEN": instagram.TOKEN, "USER_ID": instagram.USER}, "INSTAGRAM"
        case _:
            login = {"CLIENT_KEY": tiktok.CLIENT, "CLIENT_SECRET": tiktok.SECRET, "REFRESH_TOKEN": tiktok.REFRESH}
            prefix = "TIKTOK"
    return {f"{prefix}_{name}": value for name, value in (login | {"BASE_URL": vendor.address}).items()}


def settings(vendor: networks.Network) -> StudioSettings:
    """The same as a section of settings."""
    return StudioSettings.model_validate({name.lower(): value for name, value in environment(vendor).items()})


def posting(studio: StudioSettings) -> dict[Network, Fallback[Publish, Posted]]:
    """The publishers of these settings, asked again at once."""
    hasty = Patience(tries=6, base=0.0)
    return {network: Fallback((one,), hasty) for network, one in publishers(studio).items()}


async def order_to_post(blobs: Blobs, folder: Path, network: Network, *, film: bytes = b"a film" * 1000) -> Order:
    """An order to post a film."""
    path = folder / "film.mp4"
    path.write_bytes(film)
    post = Posting(
        platform=PLATFORMS[network],
        account="1",
        name="@nordtisch",
        visibility=Visibility.PUBLIC,
        video=await blobs.put(path, "video/mp4"),
        cover=await blobs.put_bytes(jpeg(), "image/jpeg"),
        title="Mug",
        caption="Matte black mug.",
        hashtags=("mug",),
        language="en",
        synthetic=False,
    )
    wish = (await order(blobs)).wish
    return Order(goal=Goal.PUBLISH, wish=wish, post=post)
