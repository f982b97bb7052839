"""The shots of a film being taken: one after the other here, some at a time where a cloud is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from pipeline.model import Artifact, Stage, Take
from pipeline.ports import Shoot
from pipeline.progress import Meter
from pipeline.steps import Fallback, Steps


class Shooting:
    """Takes all shots of a film.

    Args:
        cameras: those that a shot is asked of.
        steps: the production's.
        meter: told how far they are.
        at_once: shots that are waited for at a time.
    """

    def __init__(
        self, cameras: Callable[[Shoot], Fallback[Shoot, Take]], steps: Steps, meter: Meter, *, at_once: int
    ) -> None:
        self._cameras = cameras
        self._steps = steps
        self._meter = meter
        self._shares: list[float] = []
        self._room = asyncio.Semaphore(at_once)

    async def all(self, requests: Sequence[Shoot]) -> tuple[Take, ...]:
        """The takes, in the order of the requests: a film's shots from its first on."""
        self._shares = [0.0] * len(requests)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._one(request)) for request in requests]
        return tuple(task.result() for task in tasks)

    async def _one(self, request: Shoot) -> Take:
        async with self._room:
            watch = partial(self._heard, request.index)
            take = await self._steps.once(self._cameras(request), request, watch)
            self._heard(request.index, 1, 1, take.thumbnail)
            return take

    def _heard(self, index: int, done: int, total: int, picture: Artifact | None) -> None:
        self._shares[index] = max(self._shares[index], done / total if total else 0.0)
        ready, count = sum(share >= 1 for share in self._shares), len(self._shares)
        self._meter.tell(Stage.SHOOT, ready, count, picture, share=sum(self._shares) / count)
