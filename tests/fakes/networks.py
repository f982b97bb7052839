"""What the networks on loopback have in common: steps that go wrong on demand, and what was posted in the end."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.vendors import Vendor

CANARY = "canary-4f1b7e"  # in every secret that a network gives out or is asked with


@dataclass(frozen=True)
class Asked:
    """A request as it came over the wire; `size` bytes of a film came with it."""

    step: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any = None
    size: int = 0


@dataclass(frozen=True)
class Post:
    """A film that a network has."""

    film: bytes
    words: Mapping[str, Any]


@dataclass
class Hold:
    """A step that has arrived and is not done before the test says so."""

    reached: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)


class Lost:
    """A step that is done and whose answer never arrives."""


class Cut:
    """A step whose connection breaks before anything is done."""


LOST, CUT = Lost(), Cut()
Fault = Callable[[], web.Response | None] | Lost | Cut | Hold | None
Work = Callable[[], web.Response]


def failing(status: int, body: object = None, headers: Mapping[str, str] | None = None) -> Callable[[], web.Response]:
    """A step that is refused."""
    return lambda: web.json_response(body if body is not None else {}, status=status, headers=headers)


class Network(Vendor):
    """A vendor whose steps have names.

    Attributes:
        faults: what goes wrong with the next calls of a step, one after the other; None is nothing.
        always: what goes wrong with every call of a step.
        asked: all requests.
        posts: what was posted.
        live: access tokens that are taken.
    """

    def __init__(self) -> None:
        super().__init__()
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.always: dict[str, Fault] = {}
        self.asked: list[Asked] = []
        self.posts: list[Post] = []
        self.live: set[str] = set()
        self.wrong: list[str] = []  # what real servers would not take
        self.seen: defaultdict[str, threading.Event] = defaultdict(threading.Event)

    def steps(self, step: str) -> list[Asked]:
        """The requests of one step."""
        return [one for one in self.asked if one.step == step]

    def allow(self, request: web.Request, scheme: str = "Bearer") -> bool:
        """Whether a request shows a token that is taken."""
        return request.headers.get("authorization", "").removeprefix(f"{scheme} ") in self.live

    def check(self, fine: bool, what: str) -> None:
        """Note what a real server would not take."""
        if not fine:
            self.wrong.append(what)

    async def serve(
        self, request: web.Request, step: str, work: Work, *, body: Any = None, size: int = 0
    ) -> web.Response:
        """Do a step, unless something goes wrong with it."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(step, request.method, request.path, dict(request.query), headers, body, size))
        fault = self.faults[step].pop(0) if self.faults[step] else self.always.get(step)
        self.seen[step].set()
        if isinstance(fault, Hold):
            fault.reached.set()
            await asyncio.to_thread(fault.go.wait, 30)
            return work()
        if callable(fault):
            refusal = fault()
            if refusal is not None:
                return refusal
        if isinstance(fault, Cut):
            return _cut(request)
        answer = work()
        return _cut(request) if isinstance(fault, Lost) else answer


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
