"""What all publishers have in common: asking with a login, reading a film bit by bit, ending what cannot be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from pipeline.engines.http import failure, retry_after
from pipeline.engines.publish.login import Login
from pipeline.engines.web import Reply, ask, client
from pipeline.errors import EngineBusy, EngineError, EngineUnavailable, LimitReached, MaybePosted, PublishError
from pipeline.model import Network
from pipeline.ports import Bench, Logins

MOST_ANSWER = 1 << 20  # bytes
ONE_ANSWER = 60.0  # seconds that an answer may take
BRIEF = 3.0  # seconds for what may still be found out for somebody who wanted to stop
SENT = 90  # percent of a post's progress that is its upload; the rest is the network's own work
_PATIENT = 60.0  # seconds that a step waits by itself where it is asked to; beyond that the seller is told when
_LAST_WORDS = 4.0  # seconds in which an answer may still come when a step is stopped in the middle of it
_BIT = 1 << 18

Memory = TypeVar("Memory", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class Calls:
    """A network asked on behalf of an account; a token that is not taken is exchanged, once."""

    web: httpx.AsyncClient
    login: Login
    logins: Logins

    async def __call__(
        self,
        method: Literal["GET", "POST", "PUT", "DELETE"],
        url: str,
        *,
        content: object = None,
        data: Callable[[], bytes | AsyncIterator[bytes]] | None = None,
        headers: Mapping[str, str] | None = None,
        scheme: str = "Bearer",
    ) -> Reply:
        """One request and its answer.

        Args:
            method: of HTTP.
            url: where.
            content: sent as JSON.
            data: makes what is sent in its place; called again when that is sent again.
            headers: besides the login's.
            scheme: of the authorization.
        """
        refused = ""
        while True:
            token = await self.login.access(self.web, self.logins, refused=refused)
            reply = await ask(
                self.web,
                method,
                url,
                headers={"authorization": f"{scheme} {token}", **(headers or {})},
                most=MOST_ANSWER,
                content=content,
                data=data() if data is not None else None,
            )
            if reply.status != 401 or refused:
                return reply
            refused = token


@asynccontextmanager
async def reaching(network: Network, login: Login, logins: Logins) -> AsyncIterator[Calls]:
    """A network, ready to be asked while the block lasts.

    Raises:
        EngineUnavailable: it cannot be reached.
    """
    try:
        async with await client(ONE_ANSWER) as web:
            yield Calls(web, login, logins)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise EngineUnavailable(f"{network} cannot be reached") from None


def recalled(kind: type[Memory], text: str | None) -> Memory:
    """What an earlier try of a step wrote down; a blank one where there is nothing."""
    if not text:
        return kind()
    try:
        return kind.model_validate_json(text)
    except ValidationError:
        raise EngineUnavailable("what was written down of this post cannot be read") from None


def refused(network: Network, reply: Reply) -> EngineError | PublishError:
    """The error for an answer of which no more is known than its status; who is to wait long is told so."""
    error = failure(network, reply.status, reply.headers)
    wait = retry_after(reply.headers)
    if isinstance(error, EngineBusy | EngineUnavailable) and wait is not None and wait > _PATIENT:
        return LimitReached(f"{network} asks to wait {wait:g} s", network, wait)
    return error


def size_of(path: Path) -> int:
    """Bytes of a file."""
    return path.stat().st_size


def read_at(path: Path, start: int, length: int) -> bytes:
    """A part of a file."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


async def bits_of(path: Path, start: int, told: Callable[[int], None]) -> AsyncIterator[bytes]:
    """A file from a byte on; `told` hears how many bytes of it went by."""
    at = start
    while bit := await asyncio.to_thread(read_at, path, at, _BIT):
        yield bit
        at += len(bit)
        told(at)


async def to_its_answer(work: Coroutine[Any, Any, T], bench: Bench, network: Network) -> T:
    """Do what cannot be taken back, and write down what came of it: who is stopped in the middle still waits for that.

    Returns:
        What came of it; also to a seller who wanted to stop, since it has happened.

    Raises:
        asyncio.CancelledError: the worker is stopping; another try goes on with what is written down.
        MaybePosted: the seller does not want it any more, and it may have happened.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=_LAST_WORDS)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        if not bench.given_up:
            raise
        live_on()
        if not task.cancelled() and task.exception() is None:
            return task.result()
        raise MaybePosted("stopped while it was being posted", network) from None


def not_begun(bench: Bench, network: Network, *, perhaps: bool) -> None:
    """Begin nothing for a seller who does not want it any more; `perhaps`: an earlier try may have posted it.

    Raises:
        asyncio.CancelledError: nothing was posted.
        MaybePosted: nobody can say.
    """
    if bench.given_up and perhaps:
        raise MaybePosted("stopped when it may have been posted", network)
    if bench.given_up:
        raise asyncio.CancelledError


def live_on() -> None:
    """The present task was to stop and tells the truth instead: what cannot be taken back has happened."""
    current = asyncio.current_task()
    if current is not None:
        current.uncancel()
