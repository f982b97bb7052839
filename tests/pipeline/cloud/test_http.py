"""What a vendor's failure means to a step."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.http import deadline, failure, retry_after
from pipeline.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable


@pytest.mark.parametrize("status", [408, 409, 425, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert type(failure("Vendor", status, {})) is EngineUnavailable


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (401, "invalid_api_key", "vendor_key_rejected"),
        (403, None, "vendor_key_rejected"),
        (400, "invalid_value", "vendor_rejected"),
        (404, "model_not_found", "vendor_rejected"),
        (422, [], "vendor_rejected"),
        (400, "content_policy_violation", "moderated"),
        (429, "insufficient_quota", "vendor_quota_spent"),
        (401, "quota_exceeded", "vendor_quota_spent"),
    ],
)
def test_what_stays_is_refused_with_a_reason(status: int, code: object, reason: str) -> None:
    error = failure("Vendor", status, {}, code)
    assert isinstance(error, EngineRefused)
    assert error.reason == reason


def test_a_busy_vendor_says_how_long() -> None:
    error = failure("Vendor", 429, {"retry-after": "7"}, "rate_limit_exceeded")
    assert isinstance(error, EngineBusy)
    assert error.retry_after == 7
    assert str(error) == "Vendor answered 429 rate_limit_exceeded"


def test_a_date_to_wait_for_is_turned_into_seconds() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3590 < (retry_after({"retry-after": later}) or 0) <= 3600
    assert retry_after({"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"}) == 0


@pytest.mark.parametrize("said", ["", "soon", "-3", "1e9", "Sun, 99 Nov"])
def test_a_wait_that_makes_no_sense_is_none(said: str) -> None:
    assert retry_after({"retry-after": said}) is None


@given(st.integers(300, 599), st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text())), st.text())
def test_every_failure_is_one_of_ours_and_repeats_no_text(status: int, code: object, said: str) -> None:
    error = failure("Vendor", status, {"retry-after": said}, code)
    assert isinstance(error, EngineError)
    assert "\n" not in str(error)
    assert len(str(error)) < 100


async def test_a_deadline_ends_what_hangs() -> None:
    with pytest.raises(EngineUnavailable, match="did not answer within"):
        async with deadline("Vendor", 0.01):
            await asyncio.Event().wait()
