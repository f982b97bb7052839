"""The doctor asks the networks how the accounts stand, posts nothing, and keeps what they change of a login."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.doctor.examination import examine
from bot.doctor.findings import Finding, State
from pipeline.config import StudioSettings
from pipeline.engines.publish.connecting import publishers
from pipeline.model import Network
from storage.config import StorageSettings
from storage.store import open_store
from tests.bot.test_doctor import settings
from tests.fakes import networks
from tests.fakes.instagram import Instagram
from tests.fakes.networks import CANARY, failing
from tests.fakes.posts import settings as connected_to
from tests.fakes.tiktok import REFRESH, TikTok
from tests.fakes.youtube import YouTube


async def looked(home: Path, studio: StudioSettings) -> dict[str, Finding]:
    looks = {network: one.standing for network, one in publishers(studio).items()}
    return {finding.part: finding for finding in await examine(settings(home, studio=studio), looks)}


@pytest.mark.parametrize(
    ("fake", "part", "what"),
    [
        (YouTube, "YouTube", "films are posted to Nordtisch (private)"),
        (Instagram, "Instagram", "films are posted to nordtisch (everybody sees them)"),
        (TikTok, "TikTok", "films are posted to nordtisch (as drafts in its inbox)"),
    ],
)
async def test_an_account_is_told_by_its_name(
    tmp_path: Path, fake: Callable[[], networks.Network], part: str, what: str
) -> None:
    with fake() as vendor:
        finding = (await looked(tmp_path, connected_to(vendor)))[part]
        assert (finding.state, finding.what) == (State.WELL, what)
        assert vendor.steps("begin") == []


async def test_a_login_that_is_refused_says_what_to_do(tmp_path: Path) -> None:
    with YouTube() as vendor:
        vendor.always = {"login": failing(400, {"error": "invalid_grant", "error_description": CANARY})}
        finding = (await looked(tmp_path, connected_to(vendor)))["YouTube"]
    assert (finding.state, finding.what) == (State.ILL, "the login is refused")
    assert "docs/publishing.md" in finding.advice
    assert CANARY not in str(finding)


async def test_a_right_that_was_not_granted_is_named(tmp_path: Path) -> None:
    with TikTok(scope="user.info.basic") as vendor:
        finding = (await looked(tmp_path, connected_to(vendor)))["TikTok"]
    assert (finding.state, finding.what) == (State.ILL, "the login lacks the right video.upload")


async def test_a_token_without_the_right_to_publish_is_told(tmp_path: Path) -> None:
    with Instagram() as vendor:
        assert isinstance(vendor, Instagram)
        vendor.permits = False
        finding = (await looked(tmp_path, connected_to(vendor)))["Instagram"]
    assert (finding.state, finding.what) == (State.ILL, "the login lacks the right instagram_content_publish")


async def test_settings_of_which_some_are_there_are_told(tmp_path: Path) -> None:
    studio = StudioSettings.model_validate({"youtube_client_id": "x", "youtube_client_secret": "y"})
    finding = (await looked(tmp_path, studio))["YouTube"]
    assert (finding.state, finding.what) == (State.ILL, "not set: YOUTUBE_REFRESH_TOKEN")


async def test_a_network_that_is_away_is_told(tmp_path: Path) -> None:
    with YouTube() as vendor:
        studio = connected_to(vendor)
    finding = (await looked(tmp_path, studio))["YouTube"]
    assert (finding.state, finding.what) == (State.ILL, "no answer")


async def test_a_refresh_token_that_was_used_up_by_the_doctor_is_not_lost(tmp_path: Path) -> None:
    with TikTok() as vendor:
        for _ in range(3):
            finding = (await looked(tmp_path, connected_to(vendor)))["TikTok"]
            assert finding.state is State.WELL
        assert vendor.refresh != REFRESH
        newest = vendor.refresh
    async with open_store(StorageSettings(frame_home=tmp_path, database_url=None)) as store:
        sealed = await store.logins.find(Network.TIKTOK)
    assert sealed is not None
    assert newest not in sealed, "it is kept sealed"
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert newest.encode() not in file.read_bytes(), file
