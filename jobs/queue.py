"""The doorbell: arq's queues, which hold nothing but job ids and the order in which to ring them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from arq.connections import ArqRedis
from arq.constants import in_progress_key_prefix, job_key_prefix, retry_key_prefix

from storage.jobs import Lane, Ring

TASK = "film"  # the one arq function
_KEEP = timedelta(days=30)


def queue_name(lane: Lane) -> str:
    """The arq queue of a lane."""
    return f"frame:{lane}"


def health_key(lane: Lane, owner: str) -> str:
    """The key by which a worker shows that it is there."""
    return f"{queue_name(lane)}:health:{owner}"


def ring_id(ring: Ring) -> str:
    """The arq job id of one attempt. A new attempt has a new id, so arq's locks on the old one do not hold it up."""
    return f"{ring.job}:{ring.fence}"


def fence_of(arq_id: str) -> int:
    """The attempt that an arq job id names."""
    return int(arq_id.rpartition(":")[2])


class Queue:
    """Rings put into arq's queues and taken out again. arq starts the smallest score first: that is the fair order."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def ring(self, ring: Ring) -> None:
        """Have arq start this attempt; ringing twice is ringing once."""
        await self._redis.enqueue_job(
            TASK,
            ring.job,
            _job_id=ring_id(ring),
            _queue_name=queue_name(ring.lane),
            _defer_until=datetime.fromtimestamp(ring.score / 1000, UTC),
            _expires=_KEEP,
        )

    async def workers(self) -> int:
        """How many worker processes listen to the normal lane; one that was killed counts for some seconds longer."""
        keys = [key async for key in self._redis.scan_iter(match=health_key(Lane.NORMAL, "*"), count=1000)]
        return len(keys)

    async def unheard(self, rings: Iterable[Ring]) -> tuple[tuple[Ring, ...], tuple[Ring, ...]]:
        """Of the rings that should be in the queue: those that are not there whole, and those that arq has begun."""
        asked = tuple(rings)
        async with self._redis.pipeline(transaction=False) as pipe:
            for ring in asked:
                pipe.zscore(queue_name(ring.lane), ring_id(ring))
                pipe.exists(job_key_prefix + ring_id(ring))
                pipe.exists(in_progress_key_prefix + ring_id(ring))
            answers = await pipe.execute()
        missing, begun = [], []
        for place, ring in enumerate(asked):
            score, known, busy = answers[3 * place : 3 * place + 3]
            if busy:
                begun.append(ring)
            elif score is None or not known:
                missing.append(ring)
        return tuple(missing), tuple(begun)

    async def ring_afresh(self, ring: Ring) -> None:
        """Ring once more, whatever half of an earlier ring arq still remembers."""
        await self.silence(ring.lane, ring_id(ring))
        await self.ring(ring)

    async def members(self, lane: Lane) -> tuple[str, ...]:
        """The arq job ids in a lane's queue, first 1000."""
        return tuple(member.decode() for member in await self._redis.zrange(queue_name(lane), 0, 999))

    async def silence(self, lane: Lane, *arq_ids: str) -> None:
        """Take entries out of the queue with all that arq keeps about them."""
        if not arq_ids:
            return
        prefixes = (job_key_prefix, in_progress_key_prefix, retry_key_prefix)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(queue_name(lane), *arq_ids)
            pipe.delete(*(prefix + arq_id for arq_id in arq_ids for prefix in prefixes))
            await pipe.execute()
