"""What a vendor's failure means to a step: wait, try again, or take another engine. The one place that reads them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable

_PASSING = frozenset({408, 409, 425})  # request timeout, conflict, too early: the same request may do later
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached", "quota_exceeded", "payment_required"})
_MODERATED = frozenset({"content_policy_violation", "moderation_blocked", "content_filter"})
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")


def failure(vendor: str, status: int, headers: Mapping[str, str], code: object = None) -> EngineError:
    """The error of FRAME that an answer other than success stands for.

    Nothing that the vendor wrote is repeated but its error code: such texts quote requests, and keys.

    Args:
        vendor: name for the log.
        status: of HTTP.
        headers: of the answer, their names in lower case or in a mapping that does not mind.
        code: the vendor's own name of the error, whatever came in its place.
    """
    known = code if isinstance(code, str) and _CODE.fullmatch(code) else ""
    said = f"{vendor} answered {status} {known}".rstrip()
    if known in _SPENT:
        return EngineRefused(said, "vendor_quota_spent")
    if known in _MODERATED:
        return EngineRefused(said, "moderated")
    if status == 429:
        return EngineBusy(said, retry_after(headers))
    if status >= 500 or status in _PASSING:
        return EngineUnavailable(said)
    return EngineRefused(said, "vendor_key_rejected" if status in (401, 403) else "vendor_rejected")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that an answer asks to wait (RFC 9110, 10.2.3: a number or a date), None when it does not say."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


@asynccontextmanager
async def deadline(vendor: str, seconds: float) -> AsyncIterator[None]:
    """Whatever is done inside ends in time, also where a vendor keeps a connection alive byte by byte.

    Raises:
        EngineUnavailable: the time is up.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise EngineUnavailable(f"{vendor} did not answer within {seconds:g} s") from None
