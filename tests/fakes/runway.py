"""Runway on loopback: takes orders, tells how far they are, and films what it was sent by moving it a little."""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from uuid import uuid4

import av
import numpy as np
from aiohttp import web
from numpy.typing import NDArray
from PIL import Image

from tests.fakes.vendors import Answer, Call, Vendor

Pixels = NDArray[np.uint8]
Change = Callable[[Pixels], Pixels]

CREDITS = {"credits": 25}


class Runway(Vendor):
    """Answers as Runway does. Each look at a task takes the next of `states`; the last one stays.

    Attributes:
        orders: the requests that were taken, each of which is paid for.
        looks: how often somebody looked at a task.
        cancelled: ids of tasks that were cancelled.
        fetched: how often the clip was fetched.
        looked: set as soon as somebody looked at a task.
    """

    def __init__(
        self,
        *states: str,
        change: Change | None = None,
        output: Callable[[Runway], str] = lambda vendor: f"{vendor.address}/clips/clip.mp4",
        order: Answer | None = None,
        look: Answer | None = None,
        clip: Answer | None = None,
    ) -> None:
        super().__init__()
        self.states = list(states or ("PENDING", "THROTTLED", "RUNNING", "SUCCEEDED"))
        self.orders: list[Call] = []
        self.looks = 0
        self.cancelled: list[str] = []
        self.fetched = 0
        self.looked = threading.Event()
        self.tasks: list[str] = []
        self.change = change or as_it_is
        self.output, self.order, self.look, self.clip = output, order, look, clip
        self.fetches: list[Call] = []

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/image_to_video", self._order)
        app.router.add_get("/v1/tasks/{task}", self._look)
        app.router.add_delete("/v1/tasks/{task}", self._cancel)
        app.router.add_get("/clips/{name}", self._fetch)
        return app

    async def _order(self, request: web.Request) -> web.Response:
        call = await self._call(request)
        answered = self.order(call) if self.order else None
        if answered is not None:
            return answered
        self.orders.append(call)
        self.tasks.append(str(uuid4()))
        return web.json_response({"id": self.tasks[-1], "estimatedCost": CREDITS})

    async def _look(self, request: web.Request) -> web.Response:
        call = await self._call(request)
        task = request.match_info["task"]
        self.looks += 1
        answered = self.look(call) if self.look else None
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        self.looked.set()
        if answered is not None:
            return answered
        if task not in self.tasks or task in self.cancelled:
            return web.json_response({"error": "not found"}, status=404)
        return web.json_response({"id": task, "createdAt": "2026-11-26T08:00:00.000Z", **self._state(state)})

    def _state(self, state: str) -> dict[str, object]:
        """A state, or what a failed task gives as its reason."""
        match state:
            case "PENDING" | "THROTTLED":
                return {"status": state, "estimatedCost": CREDITS}
            case "RUNNING":
                return {"status": state, "progress": 0.5, "estimatedCost": CREDITS}
            case "SUCCEEDED":
                return {"status": state, "output": [self.output(self)], "cost": CREDITS}
            case "CANCELLED":
                return {"status": state, "cost": {"credits": 0}}
            case _:
                return {"status": "FAILED", "failure": "Sorry.", "failureCode": state, "cost": {"credits": 0}}

    async def _cancel(self, request: web.Request) -> web.Response:
        await self._call(request)
        self.cancelled.append(request.match_info["task"])
        return web.Response(status=204)

    async def _fetch(self, request: web.Request) -> web.Response:
        call = await self._call(request)
        self.fetched += 1
        answered = self.clip(call) if self.clip else None
        if answered is not None:
            return answered
        return web.Response(body=filmed(self.orders[-1].body["promptImage"], self.change), content_type="video/mp4")

    async def _call(self, request: web.Request) -> Call:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.json() if request.can_read_body else {}
        call = Call(request.path, dict(request.query), headers, body)
        self.calls.append(call)
        return call


def sent(order: Call) -> Pixels:
    """The picture in an order."""
    return _opened(order.body["promptImage"])


def _opened(url: str) -> Pixels:
    kind, _, data = url.partition(",")
    assert kind == "data:image/jpeg;base64"
    with Image.open(io.BytesIO(base64.b64decode(data, validate=True))) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def as_it_is(pixels: Pixels) -> Pixels:
    """No change at all."""
    return pixels


@lru_cache(8)  # most tests order the same shot
def filmed(url: str, change: Change = as_it_is, *, seconds: float = 1.5) -> bytes:
    """A clip of 24 frames a second: the first frame is the photo (a data URL), then it changes and comes nearer."""
    image, frames = Image.fromarray(_opened(url)), []
    width, height = image.width // 2 * 2, image.height // 2 * 2
    for number in range(round(24 * seconds)):
        part = 0.06 * number / (24 * seconds)
        box = (part * image.width, part * image.height, (1 - part) * image.width, (1 - part) * image.height)
        nearer = np.asarray(image.resize((width, height), Image.Resampling.BICUBIC, box=box), np.uint8)
        frames.append(change(nearer) if number else nearer)
    return encoded(frames)


def encoded(frames: Sequence[Pixels], *, rate: int = 24) -> bytes:
    """Frames as an MP4."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=rate, options={"crf": "20", "preset": "ultrafast"})
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for pixels in frames:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")))
        film.mux(stream.encode())
    return file.getvalue()
