"""Steps that are done once: the request is the key, the ledger remembers, engines stand in for one another."""

from __future__ import annotations

import asyncio
import hashlib
import random
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast
from uuid import uuid4

import structlog
from pydantic import ValidationError

from pipeline.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable
from pipeline.model import Artifact, StepRecord, Value
from pipeline.ports import Blobs, Engine, Ledger, Logins, Request

In = TypeVar("In", bound=Request)
Out = TypeVar("Out", bound=Value)

StepWatch = Callable[[int, int, Artifact | None], None]

log = structlog.get_logger()


def artifacts(value: object) -> Iterator[Artifact]:
    """Every artifact that a value names, however deep."""
    if isinstance(value, Artifact):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from artifacts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from artifacts(item)


@dataclass(frozen=True)
class Patience:
    """How often an engine that is away is asked again, and how long between (seconds)."""

    tries: int = 3
    base: float = 0.5
    cap: float = 20.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wait(self, attempt: int, asked: float | None) -> float:
        """Seconds before the next try: what the engine asked for, or exponential backoff with full jitter."""
        if asked is not None:
            return min(asked, self.cap)
        return random.uniform(0, min(self.cap, self.base * 2.0**attempt))  # noqa: S311 - jitter, not a secret


@dataclass(frozen=True)
class Fallback(Generic[In, Out]):
    """Engines for one kind of step, in order of preference; the last one always works."""

    engines: tuple[Engine[In, Out], ...]
    patience: Patience = Patience()

    def key(self, request: In) -> str:
        """Names the step: which engines may do it, and the whole request."""
        text = "\n".join(
            ("|".join(engine.name for engine in self.engines), type(request).__name__, request.model_dump_json())
        )
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class _Bench:
    """The bench of one engine at one step."""

    blobs: Blobs
    ledger: Ledger
    key: str
    engine: str
    scratch: Path
    watch: StepWatch | None
    steps: Steps

    @property
    def given_up(self) -> bool:
        return self.steps.given_up

    async def open(self, artifact: Artifact) -> Path:
        return await self.blobs.open(artifact)

    async def keep(self, path: Path, media_type: str) -> Artifact:
        return await self.blobs.put(path, media_type)

    def progress(self, done: int, total: int, picture: Artifact | None = None) -> None:
        if self.watch is not None:
            self.watch(done, total, picture)

    async def task(self) -> str | None:
        return await self.ledger.task(self.key, self.engine)

    async def remember(self, task: str) -> None:
        await self.ledger.remember_task(self.key, self.engine, task)

    async def claim(self, task: str) -> str:
        return await self.ledger.claim_task(self.key, self.engine, task)

    @property
    def logins(self) -> Logins:
        return self.steps.logins


class Settled(Value):
    """What the ledger stores for a step: the answer and how it came about."""

    engine: str
    notes: tuple[str, ...]
    answer: str  # JSON of the request's answer type


@dataclass
class Fleeting:
    """Logins that are kept as long as the process lives: for who has no store."""

    kept: dict[str, str] = field(default_factory=dict)

    async def find(self, name: str) -> str | None:
        """What was kept last under a name."""
        return self.kept.get(name)

    async def keep(self, name: str, sealed: str) -> None:
        """Keep it."""
        self.kept[name] = sealed


@dataclass
class _Flight:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Flights:
    """The steps under way in this process: who asks for one of them waits and then finds it settled."""

    def __init__(self) -> None:
        self._under_way: dict[str, _Flight] = {}

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Be the only one at a step."""
        flight = self._under_way.setdefault(key, _Flight())
        flight.users += 1
        try:
            async with flight.lock:
                yield
        finally:
            flight.users -= 1
            if not flight.users:
                del self._under_way[key]


@dataclass
class Steps:
    """The steps of one production; productions of one process share their flights.

    `given_up` is set before the steps are stopped because nobody wants the film any more.
    """

    ledger: Ledger
    blobs: Blobs
    scratch: Path
    flights: Flights = field(default_factory=Flights)
    records: list[StepRecord] = field(default_factory=list)
    given_up: bool = False
    logins: Logins = field(default_factory=Fleeting)

    async def once(self, fallback: Fallback[In, Out], request: In, watch: StepWatch | None = None) -> Out:
        """The answer to a request: from the ledger when it is there with all its files, else computed now.

        Raises:
            EngineError: no engine could do it.
        """
        key = fallback.key(request)
        async with self.flights.hold(key):
            found = await self._find(key, request)
            if found is not None:
                return cast("Out", found)
            return await self._compute(fallback, request, key=key, watch=watch)

    async def known(self, fallback: Fallback[In, Out], request: In) -> Out | None:
        """The answer to a request if the ledger has it with all its files; nothing is computed, and nothing bought."""
        return cast("Out | None", await self._find(fallback.key(request), request))

    async def _find(self, key: str, request: Request) -> Value | None:
        text = await self.ledger.find(key)
        if text is None:
            return None
        try:
            settled = Settled.model_validate_json(text)
            answer = request.answer.model_validate_json(settled.answer)
        except ValidationError:
            log.warning("answer of another version of FRAME; computed anew", stage=request.stage)
            await self.ledger.forget(key)
            return None
        for artifact in artifacts(answer):
            if not await self.blobs.has(artifact):
                await self.ledger.forget(key)
                return None
        self._record(request, key, settled.engine, computed=False, seconds=0.0, notes=settled.notes)
        return answer

    async def _compute(self, fallback: Fallback[In, Out], request: In, *, key: str, watch: StepWatch | None) -> Out:
        notes: list[str] = []
        last: EngineError | None = None
        for engine in fallback.engines:
            began = time.perf_counter()
            try:
                answer = await self._ask(engine, request, key=key, patience=fallback.patience, watch=watch)
            except EngineError as error:
                notes.append(f"{engine.name}: {_passed_over(request, engine.name, error)}")
                last = error
                continue
            seconds = time.perf_counter() - began
            settled = Settled(engine=engine.name, notes=tuple(notes), answer=answer.model_dump_json())
            await self.ledger.settle(
                key, stage=request.stage, engine=engine.name, answer=settled.model_dump_json(), seconds=seconds
            )
            self._record(request, key, engine.name, computed=True, seconds=seconds, notes=settled.notes)
            return answer
        raise last or EngineUnavailable(f"no engine for {request.stage}")

    async def _ask(
        self, engine: Engine[In, Out], request: In, *, key: str, patience: Patience, watch: StepWatch | None
    ) -> Out:
        for attempt in range(patience.tries):
            scratch = self.scratch / f"{request.stage}-{uuid4().hex}"
            scratch.mkdir(parents=True)
            bench = _Bench(self.blobs, self.ledger, key, engine.name, scratch, watch, self)
            try:
                return await engine.run(request, bench)
            except (EngineBusy, EngineUnavailable) as error:
                if attempt + 1 == patience.tries:
                    raise
                asked = error.retry_after if isinstance(error, EngineBusy) else None
                await patience.sleep(patience.wait(attempt, asked))
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
        raise EngineUnavailable(f"{engine.name} was never asked")

    def _record(
        self, request: Request, key: str, engine: str, *, computed: bool, seconds: float, notes: tuple[str, ...]
    ) -> None:
        record = StepRecord(
            stage=request.stage, key=key, engine=engine, computed=computed, seconds=round(seconds, 3), notes=notes
        )
        self.records.append(record)
        log.info("step", stage=request.stage, engine=engine, computed=computed, seconds=record.seconds)


def _passed_over(request: Request, engine: str, error: EngineError) -> str:
    """The reason why the next engine is asked, once it is in the log: a refusal is an answer, anything else a fault."""
    if isinstance(error, EngineRefused):
        log.info("engine refused", stage=request.stage, engine=engine, reason=error.reason)
        return error.reason
    log.warning("engine passed over", stage=request.stage, engine=engine, exc_info=error)
    return "unavailable"
