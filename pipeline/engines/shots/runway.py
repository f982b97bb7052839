"""The camera in the cloud: Runway films a photo, and what it bought once is never bought again."""

from __future__ import annotations

import asyncio
import base64
import random
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Literal

import httpx
from pydantic import BaseModel, FiniteFloat, SecretStr, ValidationError

from pipeline.engines.http import failure
from pipeline.engines.shots.asking import FILMED, family, nearest, opening, seconds, words
from pipeline.engines.shots.local import choose, thumbnail
from pipeline.engines.web import Reply, ask, client, fetch
from pipeline.errors import EngineBusy, EngineError, EngineRefused, EngineUnavailable, FfmpegFailed
from pipeline.media.clips import Clip, read_clip
from pipeline.media.fidelity import Gate, Sample
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.sources import Source, Sources
from pipeline.model import Filming, Take
from pipeline.ports import Bench, Shoot

_VENDOR = "Runway"
_HOME = "https://api.dev.runwayml.com"
_VERSION = "2024-11-06"
_MOST_IMAGE = 3_900_000  # bytes: 5 MiB as a data URI
_MOST_ANSWER = 1 << 20
_MOST_CLIP = 96 << 20
_ONE_ANSWER = 30.0  # seconds
_LAST_WORDS = 4.0  # seconds that a cancelled step takes to write down or to cancel what it bought
_STUMBLES = 6  # answers in a row that say nothing, before the vendor counts as away
_TASK = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PLACING = "placing"  # written down before an order is placed: who finds it cannot know whether it was


class _Placed(BaseModel):
    id: str


class _Task(BaseModel):
    """A task as Runway tells of it."""

    status: Literal["PENDING", "THROTTLED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"]
    progress: FiniteFloat = 0.0
    output: list[str] = []
    failureCode: str | None = None  # noqa: N815 - the vendor's own spelling


class RunwayCamera:
    """Films shots of a product with Runway's image-to-video.

    Args:
        key: API secret.
        model: any that makes videos of images.
        sources: opened photos, shared with whoever else looks at them.
        gate: compares what was filmed with the photo.
        address: of a server with the same API; None for Runway's own.
        price: US dollars for a second of a clip; None when that is not known.
        limit: seconds for one shot, waiting in the vendor's queue included.
        pause: seconds between two looks at a task, at least.
    """

    def __init__(
        self,
        key: SecretStr,
        *,
        model: str,
        sources: Sources | None = None,
        gate: Gate | None = None,
        address: str | None = None,
        price: Decimal | None = None,
        limit: float = 300.0,
        pause: float = 5.0,
    ) -> None:
        self._key = key
        self._model = model
        self._sources = sources or Sources()
        self._gate = gate or Gate()
        self._home = (address or _HOME).rstrip("/")
        self._price = price
        self._limit = limit
        self._pause = pause

    @property
    def name(self) -> str:
        """The model is part of it: another one films otherwise."""
        return f"runway-{self._model}-1"

    async def run(self, request: Shoot, bench: Bench) -> Take:
        """Film one shot.

        Raises:
            EngineBusy: Runway asks to wait.
            EngineUnavailable: it cannot be reached, failed, or what it sends is no clip.
            EngineRefused: the shot is one to be designed ("designed_shot"), Runway will not film it or takes too long
                ("vendor_too_slow"), it is not known whether it was ordered already ("vendor_answer_lost"), or the
                product came out different ("product_changed").
        """
        if request.shot.intent not in FILMED:
            raise EngineRefused(f"a {request.shot.intent} is designed, not filmed", "designed_shot")
        plates = (request.plate, *request.others)
        paths = await self._sources.paths(plates, bench)
        pictures = await asyncio.to_thread(self._sources.load, plates, paths)
        first = await asyncio.to_thread(opening, request, pictures[0], nearest(request.form, self._ratios))
        path = bench.scratch / "clip.mp4"
        try:
            async with asyncio.timeout(self._limit), await client(_ONE_ANSWER) as web:
                await self._film(web, request, first, bench, path)
        except TimeoutError:
            await self._cancel(bench)
            raise EngineRefused(f"{_VENDOR} was not done within {self._limit:g} s", "vendor_too_slow") from None
        except asyncio.CancelledError:
            if bench.given_up:  # otherwise another try of this step goes on with what was bought
                await self._cancel(bench)
            raise
        except httpx.HTTPError:
            raise EngineUnavailable(f"{_VENDOR} cannot be reached") from None
        return await self._taken(request, bench, path, first, pictures)

    def quote(self, request: Shoot) -> Filming | None:
        """What a clip of a shot costs; None for shots that are designed, not filmed."""
        if request.shot.intent not in FILMED:
            return None
        length = seconds(request.shot.seconds, family(self._model).seconds)
        return Filming(cost=None if self._price is None else self._price * length)

    @property
    def _ratios(self) -> tuple[tuple[int, int], ...]:
        return family(self._model).ratios

    @property
    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._key.get_secret_value()}", "x-runway-version": _VERSION}

    async def _film(self, web: httpx.AsyncClient, request: Shoot, first: Sample, bench: Bench, path: Path) -> None:
        """See to it that the clip of a shot is at `path`."""
        task, look = await self._bought(web, bench)
        if task is None:
            task = await self._order(web, self._wish(request, first), bench)
        while look is None or look.status != "SUCCEEDED":
            look = await self._wait(web, task, bench)
        if not look.output:
            raise EngineUnavailable(f"{_VENDOR} made nothing")
        await fetch(look.output[0], path, home=self._home, most=_MOST_CLIP, seconds=_ONE_ANSWER)

    async def _bought(self, web: httpx.AsyncClient, bench: Bench) -> tuple[str | None, _Task | None]:
        """The task that an earlier try of this step ordered, unless nothing can come of it any more."""
        known = await bench.task()
        if known == _PLACING:
            raise EngineRefused("it is not known whether this shot was ordered", "vendor_answer_lost")
        if not known:
            return None, None
        look = await self._look(web, known)
        if look is None or look.status in ("FAILED", "CANCELLED"):
            return None, None
        return known, look

    def _wish(self, request: Shoot, first: Sample) -> dict[str, object]:
        kind = family(self._model)
        width, height = nearest(request.form, kind.ratios)
        photo = base64.b64encode(encode_jpeg(first.pixels, quality=92, most=_MOST_IMAGE)).decode()
        wish: dict[str, object] = {
            "model": self._model,
            "promptImage": f"data:image/jpeg;base64,{photo}",
            "promptText": words(request),
            "ratio": f"{width}:{height}",
            "duration": seconds(request.shot.seconds, kind.seconds),
        }
        if kind.seeded:
            wish["seed"] = choose(request).seed
        if kind.sounds:
            wish["audio"] = False
        return wish

    async def _order(self, web: httpx.AsyncClient, wish: dict[str, object], bench: Bench) -> str:
        """Buy a clip. Being stopped in the middle of it waits for the answer, and writes it down."""
        placing = asyncio.create_task(self._place(web, wish, bench))
        try:
            return await asyncio.shield(placing)
        except asyncio.CancelledError:
            await asyncio.wait({placing}, timeout=_LAST_WORDS)
            placing.cancel()
            raise

    async def _place(self, web: httpx.AsyncClient, wish: dict[str, object], bench: Bench) -> str:
        await bench.remember(_PLACING)
        try:
            reply = await ask(
                web,
                "POST",
                f"{self._home}/v1/image_to_video",
                headers=self._headers,
                most=_MOST_ANSWER,
                content=wish,
            )
        except (httpx.ConnectError, httpx.ConnectTimeout):
            await bench.remember("")  # it never got there
            raise
        except (httpx.HTTPError, EngineUnavailable):
            raise EngineRefused(f"{_VENDOR}'s answer to an order was lost", "vendor_answer_lost") from None
        if reply.status != 200:
            await bench.remember("")
            raise _failure(reply)
        try:
            task = _Placed.model_validate_json(reply.body).id
        except ValidationError:
            task = ""
        if not _TASK.fullmatch(task):
            raise EngineRefused(f"{_VENDOR} answered an order with something else", "vendor_answer_lost")
        await bench.remember(task)
        return task

    async def _wait(self, web: httpx.AsyncClient, task: str, bench: Bench) -> _Task:
        """The task after a pause, with patience for answers that say nothing."""
        pause = self._pause
        for _ in range(_STUMBLES):
            await asyncio.sleep(pause * random.uniform(1.0, 1.3))  # noqa: S311 - jitter, not a secret
            try:
                look = await self._look(web, task)
            except (httpx.HTTPError, EngineUnavailable):
                continue
            except EngineBusy as busy:
                pause = max(self._pause, busy.retry_after or 0.0)
                continue
            if look is None:
                raise EngineUnavailable(f"{_VENDOR} does not know the task any more")
            bench.progress(round(100 * min(max(look.progress, 0.0), 1.0)), 100)
            if look.status in ("FAILED", "CANCELLED"):
                raise _ended(look)
            return look
        raise EngineUnavailable(f"{_VENDOR} does not tell how far it is")

    async def _look(self, web: httpx.AsyncClient, task: str) -> _Task | None:
        """The task as it is now; None when there is none."""
        url = f"{self._home}/v1/tasks/{task}"
        reply = await ask(web, "GET", url, headers=self._headers, most=_MOST_ANSWER)
        if reply.status == 404:
            return None
        if reply.status != 200:
            raise _failure(reply)
        try:
            return _Task.model_validate_json(reply.body)
        except ValidationError:
            raise EngineUnavailable(f"{_VENDOR} answered something else") from None

    async def _cancel(self, bench: Bench) -> None:
        """Cancel what was ordered and is not wanted any more; should that fail, it was paid for in vain."""
        with suppress(httpx.HTTPError, EngineError, TimeoutError):
            async with asyncio.timeout(_LAST_WORDS), await client(_LAST_WORDS) as web:
                task = await bench.task()
                if task and task != _PLACING:
                    url = f"{self._home}/v1/tasks/{task}"
                    await ask(web, "DELETE", url, headers=self._headers, most=_MOST_ANSWER)

    async def _taken(
        self, request: Shoot, bench: Bench, path: Path, first: Sample, pictures: tuple[Source, ...]
    ) -> Take:
        """The take of a clip, once it is sure that it shows the product."""
        try:
            clip = await asyncio.to_thread(read_clip, path, key="new", seconds=request.shot.seconds + 1)
        except FfmpegFailed:
            raise EngineUnavailable(f"{_VENDOR} sent no clip that can be read") from None
        found = await asyncio.to_thread(self._compared, first, clip)
        if found:
            raise EngineRefused(f"the product came out different: {found}", "product_changed")
        take = choose(request)
        picture = bench.scratch / "thumbnail.jpg"
        await asyncio.to_thread(lambda: picture.write_bytes(thumbnail(request, take, pictures, clip)))
        return take.model_copy(
            update={
                "template": "clip",
                "clip": await bench.keep(path, "video/mp4"),
                "thumbnail": await bench.keep(picture, "image/jpeg"),
            }
        )

    def _compared(self, first: Sample, clip: Clip) -> str:
        """What is wrong with a clip; nothing, as a rule."""
        frames = clip.frames
        spots = sorted({0, len(frames) // 3, 2 * len(frames) // 3, len(frames) - 1})
        return self._gate.fault(first, [frames[at].pixels for at in spots])


def _failure(reply: Reply) -> EngineError:
    said = reply.content()
    text = said.get("error") if isinstance(said, Mapping) else None
    poor = reply.status in (400, 402) and isinstance(text, str) and "credits" in text.lower()
    return failure(_VENDOR, reply.status, reply.headers, "payment_required" if poor else None)


def _ended(task: _Task) -> EngineError:
    """Why nothing comes of a task: a judgement, a picture that it cannot read, or trouble that may pass."""
    code = task.failureCode or ""
    if "SAFETY" in code:
        return EngineRefused(f"{_VENDOR} will not film this", "moderated")
    if code.startswith("ASSET") or "INVALID" in code:
        return EngineRefused(f"{_VENDOR} cannot read the photo", "vendor_rejected")
    return EngineUnavailable(f"{_VENDOR} gave up: {task.status}")
