"""Connections to the queue server: patient ones for workers, hasty ones for whatever a seller waits for."""

from __future__ import annotations

import json
from typing import Any

from arq.connections import ArqRedis
from pydantic import SecretStr
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError, TimeoutError

_TRANSIENT = [ConnectionError, TimeoutError, BusyLoadingError, OSError]

QUEUE_ERRORS = (RedisError, OSError)
"""What a call to the queue server may raise when the server is not well."""


def patient(url: SecretStr) -> ArqRedis:
    """For the workers: an outage of a minute or so is waited out inside the call."""
    return _connect(url, Retry(ExponentialBackoff(cap=2, base=0.2), 30), timeout=10)


def hasty(url: SecretStr) -> ArqRedis:
    """For callers with something better to do: one more try at once, then an error."""
    return _connect(url, Retry(ExponentialBackoff(cap=0.1, base=0.1), 1), timeout=1)


def _connect(url: SecretStr, retry: Retry, *, timeout: float) -> ArqRedis:
    redis: ArqRedis = ArqRedis.from_url(
        url.get_secret_value(),
        retry=retry,
        retry_on_error=_TRANSIENT,
        socket_timeout=timeout,  # a server that accepts and says nothing must not hold us for ever
        socket_connect_timeout=timeout,
        health_check_interval=30,
    )
    # arq's default, pickle, runs whatever code is in a job: who can write to Redis could then take over the workers.
    redis.job_serializer = to_json
    redis.job_deserializer = from_json
    return redis


def to_json(job: dict[str, Any]) -> bytes:
    """A job as arq stores it."""
    return json.dumps(job, default=repr).encode()


def from_json(data: bytes) -> dict[str, Any]:
    """A job as arq reads it."""
    job: dict[str, Any] = json.loads(data)
    return job
