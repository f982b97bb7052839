"""A film is posted by a job: once, whatever happens to workers and answers, and its seller is told the truth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from jobs.client import Lane
from pipeline.model import Cancelled, Failed, Finished, Network, Order, Posted, Progressed, Stage, Visibility
from pipeline.ports import Bench, Engine, Publish
from pipeline.produce import Studio
from pipeline.steps import Fallback
from tests.fakes import networks
from tests.fakes.engines import quick_studio
from tests.fakes.networks import CANARY, LOST, Hold, failing
from tests.fakes.posts import FAKES, environment, order_to_post, posting, settings
from tests.fakes.tiktok import TikTok
from tests.fakes.youtube import YouTube, error
from tests.jobs.conftest import Installation, Start

TRUTHS = {"failed-post-unknown", "failed-post-processing"}
FINAL = {Network.YOUTUBE: "bytes", Network.INSTAGRAM: "publish", Network.TIKTOK: "bytes"}


@pytest.fixture(params=list(Network))
def network(request: pytest.FixtureRequest) -> Network:
    return Network(request.param)


@pytest.fixture
async def vendor(network: Network) -> AsyncIterator[networks.Network]:
    with FAKES[network]() as served:
        yield served
    assert served.wrong == []
    assert len(served.posts) <= 1


def studio(frame: Installation, vendor: networks.Network) -> Studio:
    return replace(quick_studio(frame.rig), publish=posting(settings(vendor)))


async def place(frame: Installation, wanted: Order) -> str:
    return await frame.submit(what=wanted, lane=Lane.POST)


async def test_a_post_is_told_with_its_progress_and_nothing_is_made_for_it(
    frame: Installation, network: Network, vendor: networks.Network, tmp_path: Path
) -> None:
    wanted = await order_to_post(frame.store.blobs, tmp_path, network)
    async with frame.worker(studio=studio(frame, vendor)):
        job = await place(frame, wanted)
        events = [event async for event in frame.client.follow(job)]
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.posted is not None
    assert finished.post == wanted.post
    assert (finished.posted.address != "") == (network is not Network.TIKTOK)
    assert {event.progress.stage for event in events if isinstance(event, Progressed)} <= {Stage.PUBLISH}
    assert frame.rig.began() == [], "the film is not made again"
    assert await frame.store.films.recent("a") == (), "nor is it another one in the history"


async def test_a_worker_killed_while_the_film_is_posted_is_followed_by_one_that_finds_it(
    frame: Installation, start_worker: Start, network: Network, vendor: networks.Network, tmp_path: Path
) -> None:
    hold = Hold()
    vendor.faults[FINAL[network]] = [hold]
    worker = await start_worker(**environment(vendor))
    job = await place(frame, await order_to_post(frame.store.blobs, tmp_path, network))
    assert await asyncio.to_thread(hold.reached.wait, 30)
    worker.kill()
    await worker.wait()
    hold.go.set()
    await start_worker(**environment(vendor))
    finished = await frame.end(job)
    assert isinstance(finished, Finished)
    assert len(vendor.posts) == 1
    assert len(vendor.steps("begin")) == 1
    assert CANARY not in (frame.rig.folder / "worker.log").read_text()


async def test_the_same_order_again_finds_the_post(
    frame: Installation, network: Network, vendor: networks.Network, tmp_path: Path
) -> None:
    wanted = await order_to_post(frame.store.blobs, tmp_path, network)
    async with frame.worker(studio=studio(frame, vendor)):
        first = await frame.end(await place(frame, wanted))
        asked = len(vendor.asked)
        assert await frame.end(await place(frame, wanted)) == first
    assert len(vendor.asked) == asked


async def test_a_seller_who_stops_in_time_has_nothing_posted(frame: Installation, tmp_path: Path) -> None:
    with YouTube() as vendor:
        hold = Hold()
        vendor.faults["begin"] = [hold]
        async with frame.worker(studio=studio(frame, vendor)):
            job = await place(frame, await order_to_post(frame.store.blobs, tmp_path, Network.YOUTUBE))
            assert await asyncio.to_thread(hold.reached.wait, 30)
            assert await frame.client.cancel(job)
            assert await frame.end(job) == Cancelled()
            hold.go.set()
        assert vendor.posts == []


@dataclass
class Noticing:
    """A publisher that tells when it is stopped."""

    inner: Engine[Publish, Posted]
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        return self.inner.name

    async def run(self, request: Publish, bench: Bench) -> Posted:
        work = asyncio.ensure_future(self.inner.run(request, bench))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            work.cancel()
            self.stopped.set()
            return await work


async def test_a_seller_who_stops_too_late_is_told_that_it_is_posted(
    frame: Installation, network: Network, vendor: networks.Network, tmp_path: Path
) -> None:
    hold = Hold()
    vendor.faults[FINAL[network]] = [hold]
    publisher = Noticing(posting(settings(vendor))[network].engines[0])
    watched = replace(quick_studio(frame.rig), publish={network: Fallback((publisher,))})
    async with frame.worker(studio=watched):
        job = await place(frame, await order_to_post(frame.store.blobs, tmp_path, network))
        assert await asyncio.to_thread(hold.reached.wait, 30)
        assert await frame.client.cancel(job)
        await asyncio.wait_for(publisher.stopped.wait(), 30)
        hold.go.set()
        end = await frame.end(job)
    assert isinstance(end, Finished)
    assert len(vendor.posts) == 1


async def test_nobody_is_told_that_a_post_was_stopped_when_it_happened_and_its_worker_died(
    frame: Installation, start_worker: Start, network: Network, vendor: networks.Network, tmp_path: Path
) -> None:
    hold = Hold()
    vendor.faults[FINAL[network]] = [LOST]
    vendor.faults["look"] = [None, hold] if network is Network.INSTAGRAM else [hold]  # one look comes before the post
    worker = await start_worker(**environment(vendor))
    job = await place(frame, await order_to_post(frame.store.blobs, tmp_path, network))
    assert await asyncio.to_thread(hold.reached.wait, 30)
    assert len(vendor.posts) == 1
    worker.kill()
    await worker.wait()
    hold.go.set()
    assert await frame.client.cancel(job)
    await start_worker(**environment(vendor))
    end = await frame.end(job)
    assert isinstance(end, Finished) or (isinstance(end, Failed) and end.phrase in TRUTHS)
    assert len(vendor.posts) == 1


async def test_a_post_that_nobody_can_look_at_for_now_is_found_later(frame: Installation, tmp_path: Path) -> None:
    with YouTube() as vendor:
        vendor.faults["bytes"] = [LOST]
        vendor.always = {"look": failing(503)}
        wanted = await order_to_post(frame.store.blobs, tmp_path, Network.YOUTUBE)
        async with frame.worker(studio=studio(frame, vendor)):
            end = await frame.end(await place(frame, wanted))
            assert isinstance(end, Failed)
            assert end.phrase == "failed-post-away"
            vendor.always = {}
            again = await frame.end(await place(frame, wanted))
        assert isinstance(again, Finished)
        assert len(vendor.posts) == 1


@pytest.mark.parametrize(
    ("step", "fault", "phrase", "retry_in"),
    [
        ("login", failing(400, {"error": "invalid_grant"}), "failed-login-youtube", None),
        ("begin", failing(400, error(400, "invalidTitle")), "failed-rejected-words", None),
        ("begin", failing(400, error(400, "uploadLimitExceeded")), "failed-post-limit", 86_400.0),
        ("begin", failing(429, {}, {"retry-after": "900"}), "failed-post-limit", 900.0),
        ("begin", failing(500), "failed-post-away", None),
        ("begin", failing(403, error(403, "forbidden")), "failed-login-youtube", None),
    ],
)
async def test_what_goes_wrong_has_a_phrase_of_its_own(
    frame: Installation, tmp_path: Path, step: str, fault: networks.Fault, phrase: str, retry_in: float | None
) -> None:
    with YouTube() as vendor:
        vendor.always = {step: fault}
        async with frame.worker(studio=studio(frame, vendor)):
            wanted = await order_to_post(frame.store.blobs, tmp_path, Network.YOUTUBE)
            end = await frame.end(await place(frame, wanted))
        assert isinstance(end, Failed)
        assert (end.phrase, end.retry_in) == (phrase, retry_in)
        assert vendor.posts == []


async def test_a_film_that_was_refused_is_not_sent_again(frame: Installation, tmp_path: Path) -> None:
    with TikTok("duration_check_failed") as vendor:
        wanted = await order_to_post(frame.store.blobs, tmp_path, Network.TIKTOK)
        async with frame.worker(studio=studio(frame, vendor)):
            for _ in range(2):
                end = await frame.end(await place(frame, wanted))
                assert isinstance(end, Failed)
                assert end.phrase == "failed-rejected-length"
        assert len(vendor.steps("begin")) == 1


async def test_a_place_that_this_worker_is_not_connected_to_needs_a_login(frame: Installation, tmp_path: Path) -> None:
    async with frame.worker():
        wanted = await order_to_post(frame.store.blobs, tmp_path, Network.TIKTOK)
        end = await frame.end(await place(frame, wanted))
    assert isinstance(end, Failed)
    assert end.phrase == "failed-login-tiktok"


async def test_a_film_that_is_gone_says_so(frame: Installation, tmp_path: Path) -> None:
    with YouTube() as vendor:
        wanted = await order_to_post(frame.store.blobs, tmp_path, Network.YOUTUBE)
        assert wanted.post is not None
        await frame.store.blobs.drop(wanted.post.video)
        async with frame.worker(studio=studio(frame, vendor)):
            end = await frame.end(await place(frame, wanted))
    assert isinstance(end, Failed)
    assert end.phrase == "failed-post-file"


async def test_the_truth_about_who_sees_it_is_the_networks(frame: Installation, tmp_path: Path) -> None:
    with YouTube(locked=True) as vendor:
        async with frame.worker(studio=studio(frame, vendor)):
            wanted = await order_to_post(frame.store.blobs, tmp_path, Network.YOUTUBE)
            end = await frame.end(await place(frame, wanted))
    assert isinstance(end, Finished)
    assert end.posted is not None
    assert end.posted.state is Visibility.PRIVATE
