"""A film to post, and a publisher with its network on loopback: the same for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from pipeline.engines.publish.connecting import Publisher
from pipeline.engines.publish.instagram import Instagram
from pipeline.engines.publish.tiktok import TikTok
from pipeline.engines.publish.youtube import YouTube
from pipeline.model import Platform, Posted, StepRecord, Visibility
from pipeline.ports import Publish
from pipeline.steps import Fallback, Fleeting, Patience, Steps
from tests.fakes import instagram, tiktok, youtube
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.networks import Fault, Network

CAPTION = "Matt schwarz, innen Senf. <b>{prompt}</b>"
JPEG = b"\xff\xd8\xff\xe0" + bytes(400)


@dataclass(frozen=True)
class Case:
    """One network: the film of `film` bytes is posted with the last of `pieces` calls of the step `final`."""

    platform: Platform
    fake: Callable[..., Network]
    publisher: Callable[..., Publisher]
    final: str
    film: int
    pieces: int
    visibility: Visibility

    def at_the_end(self, fault: Fault) -> list[Fault]:
        """What goes wrong when the film is posted, and not before."""
        return [*[None] * (self.pieces - 1), fault]


def _youtube(vendor: Network, *, limit: float = 5.0) -> Publisher:
    secret, refresh = SecretStr(youtube.SECRET), SecretStr(youtube.REFRESH)
    return YouTube(youtube.CLIENT, secret, refresh, address=vendor.address, limit=limit, pause=0.01, piece=1 << 18)


def _instagram(vendor: Network, *, limit: float = 5.0) -> Publisher:
    token = SecretStr(instagram.TOKEN)
    return Instagram(token, instagram.USER, address=vendor.address, limit=limit, pause=0.01)


def _tiktok(vendor: Network, *, limit: float = 5.0) -> Publisher:
    secret, refresh = SecretStr(tiktok.SECRET), SecretStr(tiktok.REFRESH)
    return TikTok(tiktok.CLIENT, secret, refresh, address=vendor.address, limit=limit, pause=0.01, piece=5_000_000)


YOUTUBE = Case(Platform.YOUTUBE_SHORTS, youtube.YouTube, _youtube, "bytes", 600_000, 3, Visibility.UNLISTED)
INSTAGRAM = Case(Platform.INSTAGRAM_REELS, instagram.Instagram, _instagram, "publish", 600_000, 1, Visibility.PUBLIC)
TIKTOK = Case(Platform.TIKTOK, tiktok.TikTok, _tiktok, "bytes", 10_500_000, 2, Visibility.DRAFT)
CASES = {"youtube": YOUTUBE, "instagram": INSTAGRAM, "tiktok": TIKTOK}


@dataclass
class Waits:
    """Stands in for sleeping between tries; remembers how long."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@dataclass
class Posting:
    """A film in a store, and a ledger that outlives workers."""

    case: Case
    vendor: Network
    folder: Path
    request: Publish
    film: bytes
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    logins: Fleeting = field(default_factory=Fleeting)
    waits: Waits = field(default_factory=Waits)
    tries: int = 6
    steps: list[Steps] = field(default_factory=list)

    async def post(
        self, publisher: Publisher | None = None, request: Publish | None = None, *, given_up: bool = False
    ) -> Posted:
        """Have a worker that knows nothing of earlier ones post the film."""
        patience = Patience(tries=self.tries, base=0.0, sleep=self.waits)
        steps = Steps(self.ledger, FolderBlobs(self.folder), self.folder / "scratch", logins=self.logins)
        steps.given_up = given_up
        self.steps.append(steps)
        fallback = Fallback((publisher or self.case.publisher(self.vendor),), patience)
        return await steps.once(fallback, request or self.request)

    @property
    def record(self) -> StepRecord:
        return self.steps[-1].records[-1]


async def posting(case: Case, vendor: Network, folder: Path) -> Posting:
    """A film that is ready to be posted there."""
    blobs = FolderBlobs(folder)
    film = hashlib.shake_128(b"a film").digest(case.film)
    request = Publish(
        platform=case.platform,
        account="@nordtisch",
        video=await blobs.put_bytes(film, "video/mp4"),
        cover=await blobs.put_bytes(JPEG, "image/jpeg"),
        title="Nordtisch Becher",
        caption=CAPTION,
        hashtags=("becher", "keramik"),
        language="de",
        synthetic=True,
        visibility=case.visibility,
    )
    return Posting(case, vendor, folder, request, film)
