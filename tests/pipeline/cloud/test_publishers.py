"""What holds for every publisher: a film is posted once, whatever happens in between, and nobody hears a secret."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import EngineUnavailable, LimitReached, MaybePosted, NeedsLogin
from pipeline.model import Visibility
from pipeline.steps import Steps
from tests.fakes.networks import CANARY, CUT, LOST, Hold, failing
from tests.pipeline.cloud.posting import CAPTION, CASES, Case, Posting, posting


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
async def desk(case: Case, tmp_path: Path, log: io.StringIO) -> AsyncIterator[Posting]:
    with case.fake() as vendor:
        made = await posting(case, vendor, tmp_path)
        yield made
    assert made.vendor.wrong == [], "nothing was asked that a real server would not take"
    assert CANARY not in log.getvalue(), "no token and no address of an upload is ever logged"
    assert CAPTION not in log.getvalue()
    assert len(made.vendor.posts) <= 1, "never twice"


async def test_a_film_is_posted_with_its_words_and_once(desk: Posting, case: Case) -> None:
    posted = await desk.post()
    assert posted.state is case.visibility
    assert [one.film for one in desk.vendor.posts] == [desk.film]
    assert await desk.post() == posted
    assert not desk.record.computed, "the ledger has it"
    assert len(desk.vendor.steps("begin")) == 1


async def test_the_same_words_to_the_same_account_are_one_post_whoever_may_see_it(desk: Posting) -> None:
    posted = await desk.post()
    assert await desk.post(request=desk.request.model_copy(update={"visibility": Visibility.PUBLIC})) == posted
    assert len(desk.vendor.posts) == 1


async def test_the_caption_reaches_nothing_but_the_body_of_the_vendors_request(desk: Posting) -> None:
    await desk.post()
    for asked in desk.vendor.asked:
        told = json.dumps([asked.path, dict(asked.query), dict(asked.headers)])
        assert "Senf" not in told
        if asked.step != "begin":
            assert "Senf" not in json.dumps(asked.body)


@pytest.mark.parametrize("fault", [LOST, CUT, failing(500), failing(503)])
async def test_a_beginning_that_fails_is_made_again(desk: Posting, fault: Any) -> None:
    desk.vendor.faults["begin"] = [fault]
    await desk.post()
    assert [one.film for one in desk.vendor.posts] == [desk.film]


@pytest.mark.parametrize("fault", [LOST, CUT, failing(500), failing(503)])
async def test_an_upload_that_breaks_is_gone_on_with(desk: Posting, fault: Any) -> None:
    desk.vendor.faults["bytes"] = [fault]
    await desk.post()
    assert [one.film for one in desk.vendor.posts] == [desk.film]
    assert len(desk.vendor.steps("begin")) == 1


async def test_an_answer_that_is_lost_once_all_is_done_leads_to_the_post_and_not_to_another(
    desk: Posting, case: Case
) -> None:
    desk.vendor.faults[case.final] = case.at_the_end(LOST)
    posted = await desk.post()
    assert posted.state is case.visibility
    assert len(desk.vendor.steps("begin")) == 1
    assert len(desk.vendor.posts) == 1


async def test_a_worker_that_dies_when_the_film_is_posted_has_posted_it(desk: Posting, case: Case) -> None:
    """Everything after the post fails until that worker's patience is over; the next one only looks."""
    desk.vendor.faults[case.final] = case.at_the_end(LOST)
    desk.vendor.always = {"look": lambda: failing(500)() if desk.vendor.posts else None}
    with pytest.raises(EngineUnavailable):
        await desk.post()
    assert len(desk.vendor.posts) == 1
    desk.vendor.always = {}
    sent = sum(one.size for one in desk.vendor.steps("bytes"))
    posted = await desk.post()
    assert posted.state is case.visibility
    assert sum(one.size for one in desk.vendor.steps("bytes")) == sent, "nothing is sent once more"


async def test_a_worker_that_is_stopped_is_followed_by_another_that_goes_on(desk: Posting, case: Case) -> None:
    hold = Hold()
    desk.vendor.faults[case.final] = [hold]
    work = asyncio.create_task(desk.post())
    assert await asyncio.to_thread(hold.reached.wait, 30)
    work.cancel()
    await asyncio.sleep(0)
    hold.go.set()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert (await desk.post()).state is case.visibility
    assert len(desk.vendor.steps("begin")) == 1


async def test_two_workers_that_post_the_same_film_at_once_make_one_post(desk: Posting, case: Case) -> None:
    hold = Hold()
    desk.vendor.faults["begin"] = [hold]
    first = asyncio.create_task(desk.post())
    assert await asyncio.to_thread(hold.reached.wait, 30)
    second = await desk.post()
    hold.go.set()
    assert (await first).id == second.id
    assert len(desk.vendor.posts) == 1


async def test_a_token_that_is_over_is_exchanged_in_the_middle(desk: Posting, case: Case) -> None:
    if case.platform.network == "instagram":
        pytest.skip("its token is not exchanged")
    publisher = case.publisher(desk.vendor)
    await publisher.standing(desk.logins)
    desk.vendor.live.clear()
    assert (await desk.post(publisher)).state is case.visibility
    assert len(desk.vendor.steps("login")) == 2


async def test_a_login_that_is_over_for_good_is_told_as_that(desk: Posting, case: Case) -> None:
    desk.vendor.live.clear()
    desk.vendor.always = {"login": failing(400, {"error": "invalid_grant", "error_description": CANARY})}
    with pytest.raises(NeedsLogin) as caught:
        await desk.post()
    assert caught.value.network == case.platform.network
    assert len(desk.vendor.asked) <= 2, "asking again is no use"


async def test_a_seller_who_stops_before_the_film_is_there_stops_it(desk: Posting, case: Case) -> None:
    hold = Hold()
    desk.vendor.faults["begin"] = [hold]
    work = asyncio.create_task(desk.post())
    assert await asyncio.to_thread(hold.reached.wait, 30)
    _give_up(desk.steps[-1])
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    hold.go.set()
    assert desk.vendor.posts == []
    await desk.post()  # who wants it after all gets it
    assert len(desk.vendor.posts) == 1


async def test_a_seller_who_stops_when_it_has_happened_is_told_the_truth(desk: Posting, case: Case) -> None:
    hold = Hold()
    desk.vendor.faults[case.final] = case.at_the_end(hold)
    work = asyncio.create_task(desk.post())
    assert await asyncio.to_thread(hold.reached.wait, 30)
    _give_up(desk.steps[-1])
    work.cancel()
    await asyncio.sleep(0)
    hold.go.set()
    assert (await work).state in (case.visibility, Visibility.DRAFT)
    assert len(desk.vendor.posts) == 1


async def test_who_is_stopped_before_it_begins_begins_nothing(desk: Posting) -> None:
    with pytest.raises(asyncio.CancelledError):
        await desk.post(given_up=True)
    assert desk.vendor.asked == []


async def test_who_is_stopped_when_an_earlier_try_may_have_posted_says_so(desk: Posting, case: Case) -> None:
    desk.tries = 1
    desk.vendor.faults[case.final] = case.at_the_end(LOST)
    with pytest.raises(EngineUnavailable):
        await desk.post()
    with pytest.raises(MaybePosted):
        await desk.post(given_up=True)
    assert (await desk.post()).state is case.visibility


def _give_up(steps: Steps) -> None:
    steps.given_up = True


async def test_a_short_wait_is_waited(desk: Posting, case: Case) -> None:
    if case.platform.network == "instagram":
        pytest.skip("Meta's limits are of hours")
    desk.vendor.faults["begin"] = [failing(429, {"error": {"code": "rate_limit_exceeded"}}, {"retry-after": "7"})]
    await desk.post()
    assert 7.0 in desk.waits.seconds


async def test_a_long_wait_is_told(desk: Posting) -> None:
    desk.vendor.faults["begin"] = [failing(429, {"error": {}}, {"retry-after": "1800"})]
    with pytest.raises(LimitReached) as caught:
        await desk.post()
    assert caught.value.retry_after == 1800
    assert desk.vendor.posts == []


async def test_a_network_that_says_nothing_of_use_is_away(desk: Posting) -> None:
    desk.vendor.always = {"begin": failing(200, {"hello": "world"})}
    with pytest.raises(EngineUnavailable):
        await desk.post()
    assert len(desk.vendor.steps("begin")) == desk.tries


async def test_how_an_account_stands_is_found_out_without_posting(desk: Posting, case: Case) -> None:
    standing = await case.publisher(desk.vendor).standing(desk.logins)
    assert (standing.name.casefold(), standing.lacks) == ("nordtisch", "")
    assert desk.vendor.posts == []
    assert desk.vendor.steps("begin") == []


def test_the_names_of_publishers_hold_no_version(case: Case) -> None:
    with case.fake() as vendor:
        assert case.publisher(vendor).name == case.platform.network
