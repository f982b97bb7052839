"""What is particular to each network: its rules for requests, what its refusals mean, what it does in between."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.publish.youtube import _until_midnight
from pipeline.errors import EngineUnavailable, LimitReached, MaybePosted, NeedsLogin, Rejected, StillProcessing
from pipeline.model import Network, PostPack, Visibility
from pipeline.posting import body, fitted
from tests.fakes.instagram import Instagram
from tests.fakes.instagram import error as meta_error
from tests.fakes.networks import LOST, Fault, failing
from tests.fakes.networks import Network as FakeNetwork
from tests.fakes.tiktok import TikTok, said
from tests.fakes.youtube import YouTube
from tests.fakes.youtube import error as google_error
from tests.pipeline.cloud.conftest import SPECS
from tests.pipeline.cloud.posting import CASES, INSTAGRAM, TIKTOK, YOUTUBE, posting

Faults = Callable[[str, str, Any], list[str]]


@pytest.fixture
def youtube() -> Iterator[YouTube]:
    with YouTube() as vendor:
        yield vendor
    assert vendor.wrong == []


@pytest.fixture
def instagram() -> Iterator[Instagram]:
    with Instagram() as vendor:
        yield vendor
    assert vendor.wrong == []


@pytest.fixture
def tiktok() -> Iterator[TikTok]:
    with TikTok() as vendor:
        yield vendor
    assert vendor.wrong == []


# ── as the vendors describe it ───────────────────────────────────────────────────────────────────────────────────────


async def test_the_resource_of_a_video_is_as_google_describes_it(
    youtube: YouTube, tmp_path: Path, faults_by_spec: Faults
) -> None:
    await (await posting(YOUTUBE, youtube, tmp_path)).post()
    resource = youtube.steps("begin")[0].body
    assert faults_by_spec("youtube/youtube.v3.json", "Video", resource) == []
    assert resource["status"] == {
        "privacyStatus": "unlisted", "selfDeclaredMadeForKids": False, "containsSyntheticMedia": True,
    }  # fmt: skip
    assert resource["snippet"]["tags"] == ["becher", "keramik"]
    assert resource["snippet"]["defaultLanguage"] == "de"


async def test_every_address_is_one_that_google_describes(youtube: YouTube, tmp_path: Path) -> None:
    path = SPECS / "youtube/youtube.v3.json"
    if not path.exists():
        pytest.skip("the vendors' descriptions are not on this machine")
    await (await posting(YOUTUBE, youtube, tmp_path)).post()
    groups = json.loads(path.read_text())["resources"].values()
    methods = [one for group in groups for one in group.get("methods", {}).values()]
    uploads = {
        (one["httpMethod"], one["mediaUpload"]["protocols"]["simple"]["path"]): one["parameters"]
        for one in methods
        if "mediaUpload" in one
    }
    plain = {(one["httpMethod"], f"/{one['path']}"): one["parameters"] for one in methods}
    for asked in youtube.asked:
        if asked.step in ("begin", "cover", "status"):
            parameters = (plain | uploads)[asked.method, asked.path]
            assert set(asked.query) - {"uploadType"} <= set(parameters), asked


async def test_every_edge_and_field_is_one_that_meta_describes(instagram: Instagram, tmp_path: Path) -> None:
    path = SPECS / "instagram/IGUser.json"
    if not path.exists():
        pytest.skip("the vendors' descriptions are not on this machine")
    await (await posting(INSTAGRAM, instagram, tmp_path)).post()
    edges = {(one["method"], one.get("endpoint", "")): one["params"] for one in json.loads(path.read_text())["apis"]}
    for step, edge in (("begin", "media"), ("publish", "media_publish")):
        asked = instagram.steps(step)[0]
        assert set(asked.body) <= {one["name"] for one in edges["POST", edge]}
    media = {one["name"] for one in json.loads((SPECS / "instagram/IGMedia.json").read_text())["fields"]}
    assert set(instagram.steps("address")[0].query["fields"].split(",")) <= media
    described = json.loads((SPECS / "instagram/ContentPublishingLimitResponse.json").read_text())
    limit = {one["name"] for one in described["fields"]}
    assert set(instagram.steps("limit")[0].query["fields"].split(",")) <= limit


async def test_instagram_gets_caption_and_hashtags_in_one_text(instagram: Instagram, tmp_path: Path) -> None:
    desk = await posting(INSTAGRAM, instagram, tmp_path)
    await desk.post()
    assert instagram.posts[0].words["caption"] == f"{desk.request.caption}\n\n#becher #keramik"


async def test_tiktok_gets_pieces_as_its_guide_has_them_and_no_words(tiktok: TikTok, tmp_path: Path) -> None:
    await (await posting(TIKTOK, tiktok, tmp_path)).post()
    assert tiktok.steps("begin")[0].body == {
        "source_info": {
            "source": "FILE_UPLOAD", "video_size": 10_500_000, "chunk_size": 5_000_000, "total_chunk_count": 2,
        }
    }  # fmt: skip
    assert [one.size for one in tiktok.steps("bytes")] == [5_000_000, 5_500_000]


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────────

REFUSALS: list[tuple[str, str, Fault, type[Exception], str]] = [
    ("youtube", "begin", failing(403, google_error(403, "quotaExceeded")), LimitReached, ""),
    ("youtube", "begin", failing(400, google_error(400, "uploadLimitExceeded")), LimitReached, ""),
    ("youtube", "begin", failing(403, google_error(403, "insufficientPermissions")), NeedsLogin, ""),
    ("youtube", "begin", failing(401, google_error(401, "youtubeSignupRequired")), NeedsLogin, ""),
    ("youtube", "begin", failing(400, google_error(400, "invalidDescription")), Rejected, "words"),
    ("youtube", "begin", failing(400, google_error(400, "somethingNew")), Rejected, "other"),
    ("instagram", "begin", failing(400, meta_error(9, 2207042)), LimitReached, ""),
    ("instagram", "begin", failing(400, meta_error(4, 0)), LimitReached, ""),
    ("instagram", "begin", failing(400, meta_error(190, 463)), NeedsLogin, ""),
    ("instagram", "begin", failing(403, meta_error(10, 0)), NeedsLogin, ""),
    ("instagram", "publish", failing(400, meta_error(4, 2207051)), Rejected, "spam"),
    ("instagram", "publish", failing(400, meta_error(25, 2207050)), Rejected, "account"),
    ("instagram", "begin", failing(400, meta_error(36004, 2207010)), Rejected, "words"),
    ("tiktok", "begin", lambda: said(401, "scope_not_authorized"), NeedsLogin, ""),
    ("tiktok", "begin", lambda: said(403, "spam_risk_too_many_pending_share"), LimitReached, ""),
    ("tiktok", "begin", lambda: said(403, "spam_risk_user_banned_from_posting"), Rejected, "account"),
    ("tiktok", "begin", lambda: said(400, "invalid_params"), Rejected, "other"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "step", "fault", "kind", "reason"), REFUSALS)
async def test_a_refusal_is_understood(
    name: str, step: str, fault: Fault, kind: type[Exception], reason: str, tmp_path: Path
) -> None:
    case = CASES[name]
    with case.fake() as vendor:
        vendor.always = {step: fault}
        desk = await posting(case, vendor, tmp_path)
        with pytest.raises(kind) as caught:
            await desk.post()
        assert getattr(caught.value, "reason", "") == reason
        assert len(vendor.steps(step)) <= 2, "asking again is no use"
        assert vendor.posts == []
        vendor.always = {}
        await desk.post()  # once that is put right
        assert len(vendor.posts) == 1


@pytest.mark.parametrize(
    ("fake", "case", "reason"),
    [
        (lambda: YouTube({"uploadStatus": "rejected", "rejectionReason": "duplicate"}), YOUTUBE, "duplicate"),
        (lambda: YouTube({"uploadStatus": "rejected", "rejectionReason": "trademark"}), YOUTUBE, "copyright"),
        (lambda: YouTube({"uploadStatus": "failed", "failureReason": "codec"}), YOUTUBE, "file"),
        (lambda: Instagram("IN_PROGRESS", "ERROR", status="Error: failed with error code 2207026"), INSTAGRAM, "file"),
        (lambda: TikTok("frame_rate_check_failed"), TIKTOK, "file"),
    ],
)
async def test_what_is_refused_once_it_was_looked_at_is_settled(
    fake: Callable[[], FakeNetwork], case: Any, reason: str, tmp_path: Path
) -> None:
    with fake() as vendor:
        desk = await posting(case, vendor, tmp_path)
        posted = await desk.post()
        assert (posted.state, posted.refusal) == (Visibility.NOBODY, reason)
        assert await desk.post() == posted
        assert not desk.record.computed
        assert len(vendor.steps("begin")) == 1


@pytest.mark.parametrize(
    ("fake", "case"),
    [(lambda: Instagram("IN_PROGRESS"), INSTAGRAM), (lambda: TikTok("PROCESSING_UPLOAD"), TIKTOK)],
)
async def test_a_film_that_is_processed_for_ever_is_left_in_time_and_gone_on_with_later(
    fake: Callable[[], Any], case: Any, tmp_path: Path
) -> None:
    with fake() as vendor:
        desk = await posting(case, vendor, tmp_path)
        with pytest.raises(StillProcessing):
            await desk.post(case.publisher(vendor, limit=0.2))
        sent = len(vendor.steps("bytes"))
        vendor.states = ["FINISHED"] if case is INSTAGRAM else ["SEND_TO_USER_INBOX"]
        assert (await desk.post()).state is case.visibility
        assert len(vendor.steps("bytes")) == sent
        assert len(vendor.posts) == 1


async def test_a_video_that_youtube_goes_on_with_for_ever_is_posted_all_the_same(tmp_path: Path) -> None:
    with YouTube({"uploadStatus": "uploaded"}) as vendor:
        desk = await posting(YOUTUBE, vendor, tmp_path)
        posted = await desk.post(YOUTUBE.publisher(vendor, limit=0.2))
    assert (posted.state, posted.address) == (Visibility.UNLISTED, f"https://youtu.be/{posted.id}")


# ── YouTube ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_youtube_is_believed_about_how_much_it_has(youtube: YouTube, tmp_path: Path) -> None:
    youtube.keeps = [100_000]
    desk = await posting(YOUTUBE, youtube, tmp_path)
    await desk.post()
    assert youtube.posts[0].film == desk.film


async def test_an_upload_that_youtube_forgot_begins_anew_before_its_end_and_never_after(
    youtube: YouTube, tmp_path: Path
) -> None:
    youtube.faults["bytes"] = [failing(404)]
    desk = await posting(YOUTUBE, youtube, tmp_path)
    await desk.post()
    assert len(youtube.steps("begin")) == 2


async def test_an_upload_that_youtube_forgot_after_its_end_is_not_made_again(youtube: YouTube, tmp_path: Path) -> None:
    youtube.faults["bytes"] = YOUTUBE.at_the_end(failing(503))
    youtube.always = {"look": failing(404)}
    desk = await posting(YOUTUBE, youtube, tmp_path)
    for _ in range(2):
        with pytest.raises(MaybePosted):
            await desk.post()
    assert len(youtube.steps("begin")) == 1


async def test_a_cover_that_is_not_allowed_is_left_out(youtube: YouTube, tmp_path: Path) -> None:
    youtube.always = {"cover": failing(403, google_error(403, "forbidden"))}
    assert (await (await posting(YOUTUBE, youtube, tmp_path)).post()).state is Visibility.UNLISTED
    assert youtube.covers == []


async def test_the_cover_goes_with_the_video(youtube: YouTube, tmp_path: Path) -> None:
    posted = await (await posting(YOUTUBE, youtube, tmp_path)).post()
    assert youtube.covers == [posted.id]


async def test_a_login_that_may_only_upload_is_enough(youtube: YouTube, tmp_path: Path) -> None:
    youtube.always = {"status": failing(403, google_error(403, "insufficientPermissions"))}
    assert (await (await posting(YOUTUBE, youtube, tmp_path)).post()).state is Visibility.UNLISTED


async def test_an_upload_is_sent_nowhere_but_to_google(youtube: YouTube, tmp_path: Path) -> None:
    away = {"location": "http://127.0.0.1:9/upload"}
    youtube.always = {"begin": failing(200, {}, away)}
    with pytest.raises(EngineUnavailable):
        await (await posting(YOUTUBE, youtube, tmp_path)).post()


@pytest.mark.parametrize(("hour", "left"), [(0, 24), (23, 1), (12, 12)])
def test_a_quota_is_back_at_midnight(hour: int, left: int) -> None:
    here = datetime(2026, 3, 1, hour, tzinfo=timezone(timedelta(hours=-8)))
    assert _until_midnight(here) == left * 3600


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_upload_to_instagram_goes_on_at_the_byte_where_it_broke_off(
    instagram: Instagram, tmp_path: Path
) -> None:
    instagram.keeps = [150_000]
    desk = await posting(INSTAGRAM, instagram, tmp_path)
    await desk.post()
    assert [one.size for one in instagram.steps("bytes")] == [600_000, 450_000]
    assert instagram.posts[0].film == desk.film


async def test_a_day_that_is_full_is_told_before_anything_is_sent(instagram: Instagram, tmp_path: Path) -> None:
    instagram.used = 50
    with pytest.raises(LimitReached) as caught:
        await (await posting(INSTAGRAM, instagram, tmp_path)).post()
    assert caught.value.retry_after == 86_400
    assert instagram.steps("begin") == []


async def test_the_address_is_that_of_the_reel(instagram: Instagram, tmp_path: Path) -> None:
    posted = await (await posting(INSTAGRAM, instagram, tmp_path)).post()
    assert posted.address == "https://www.instagram.com/reel/C0001/"


async def test_a_container_that_expired_is_made_anew(instagram: Instagram, tmp_path: Path) -> None:
    instagram.states = ["EXPIRED", "FINISHED"]
    desk = await posting(INSTAGRAM, instagram, tmp_path)
    await desk.post()
    assert len(instagram.steps("begin")) == 2


async def test_a_container_that_is_gone_after_it_was_published_is_not_made_again(
    instagram: Instagram, tmp_path: Path
) -> None:
    instagram.states = ["FINISHED"]
    instagram.always = {"publish": lambda: failing(503)()}
    desk = await posting(INSTAGRAM, instagram, tmp_path)
    with pytest.raises(EngineUnavailable):
        await desk.post()
    next(iter(instagram.containers.values())).gone = True
    with pytest.raises(MaybePosted):
        await desk.post()
    assert len(instagram.steps("begin")) == 1


# ── TikTok ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_newest_refresh_token_is_the_one_that_is_used(tiktok: TikTok, tmp_path: Path) -> None:
    """Each worker makes a login of its own; the network takes every refresh token once."""
    desk = await posting(TIKTOK, tiktok, tmp_path)
    await TIKTOK.publisher(tiktok).standing(desk.logins)
    await TIKTOK.publisher(tiktok).standing(desk.logins)
    assert (await desk.post()).state is Visibility.DRAFT
    used = [one.body["refresh_token"] for one in tiktok.steps("login")]
    assert len(used) == len(set(used)) == 3
    assert not any(token in kept for token in used for kept in desk.logins.kept.values()), "they are kept sealed"


async def test_a_new_login_in_the_settings_counts_more_than_what_was_kept(tiktok: TikTok, tmp_path: Path) -> None:
    desk = await posting(TIKTOK, tiktok, tmp_path)
    await TIKTOK.publisher(tiktok).standing(desk.logins)
    desk.logins.kept["tiktok"] = "sealed by another login"
    tiktok.refresh = "rft.canary-4f1b7e-first"  # somebody logged in anew
    assert (await desk.post()).state is Visibility.DRAFT


async def test_a_film_that_was_sent_to_its_end_is_waited_for_where_tiktok_does_not_count(
    tiktok: TikTok, tmp_path: Path
) -> None:
    tiktok.counts = False
    tiktok.faults["bytes"] = TIKTOK.at_the_end(LOST)
    desk = await posting(TIKTOK, tiktok, tmp_path)
    assert (await desk.post()).state is Visibility.DRAFT
    assert len(tiktok.steps("bytes")) == 2


async def test_a_film_that_tiktok_could_not_process_is_sent_again(tmp_path: Path) -> None:
    with TikTok("internal", "SEND_TO_USER_INBOX") as vendor:
        desk = await posting(TIKTOK, vendor, tmp_path)
        assert (await desk.post()).state is Visibility.DRAFT
        assert len(vendor.steps("begin")) == 2


async def test_a_film_that_tiktok_forgot_after_its_end_is_not_sent_again(tiktok: TikTok, tmp_path: Path) -> None:
    tiktok.always = {"look": lambda: said(400, "invalid_publish_id")}
    desk = await posting(TIKTOK, tiktok, tmp_path)
    for _ in range(2):
        with pytest.raises(MaybePosted):
            await desk.post()
    assert len(tiktok.posts) == 1


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_TEXT = st.text(st.characters(codec="utf-8"), max_size=6000)


@given(_TEXT, _TEXT, st.lists(st.text("abc#äß", min_size=1, max_size=20), max_size=40), st.sampled_from(list(Network)))
def test_words_always_fit_and_stay_as_they_are_where_they_do(
    title: str, caption: str, hashtags: list[str], network: Network
) -> None:
    words = fitted(PostPack(title=title, caption=caption, hashtags=tuple(hashtags)), network)
    assert fitted(words, network) == words
    whole = body(words.caption, words.hashtags)
    assert len(words.title) <= 100
    if network is Network.YOUTUBE:
        assert len(whole.encode()) <= 5000
        assert not {"<", ">"} & {*words.title, *whole}
    else:
        assert len(whole.encode("utf-16-le")) <= 2 * 2200
    assert len(words.hashtags) <= (15 if network is Network.YOUTUBE else 5)


def test_short_words_are_not_touched() -> None:
    pack = PostPack(title="Becher", caption="Matt schwarz.\n\nAus Porto.", hashtags=("becher",))
    assert all(fitted(pack, network) == pack for network in Network)
