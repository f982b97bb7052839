"""Asking vendors over HTTP without an SDK: answers of bounded length, files from where they may come from only."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

import httpx

from pipeline.errors import EngineUnavailable

_CHUNK = 1 << 16


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def content(self) -> Any:
        """The JSON of the body, None when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


async def client(seconds: float) -> httpx.AsyncClient:
    """A client that follows no redirects; certificates are read once, in a thread, since that takes a while."""
    context = await asyncio.to_thread(_certificates)
    return httpx.AsyncClient(timeout=seconds, follow_redirects=False, verify=context)


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


async def ask(
    web: httpx.AsyncClient,
    method: Literal["GET", "POST", "PUT", "DELETE"],
    url: str,
    *,
    headers: Mapping[str, str],
    most: int,
    content: object = None,
    form: Mapping[str, str] | None = None,
    data: bytes | AsyncIterator[bytes] | None = None,
) -> Reply:
    """One request and the whole answer to it.

    Args:
        web: asks.
        method: of HTTP.
        url: where.
        headers: of the request.
        most: bytes that the answer may have.
        content: sent as JSON; None for nothing.
        form: sent as a form in its place.
        data: sent as it is in its place; what comes bit by bit needs its length in `headers`.

    Raises:
        httpx.HTTPError: there is no answer.
        EngineUnavailable: it is longer than that.
    """
    body_of = {"json": content, "data": dict(form) if form is not None else None, "content": data}
    sent: dict[str, Any] = {kind: body for kind, body in body_of.items() if body is not None}
    async with web.stream(method, url, headers=dict(headers), **sent) as response:
        body = bytearray()
        async for chunk in response.aiter_bytes(_CHUNK):
            body += chunk
            if len(body) > most:
                raise EngineUnavailable(f"an answer of more than {most} bytes")
        return Reply(response.status_code, response.headers, bytes(body))


async def fetch(url: str, target: Path, *, home: str, most: int, seconds: float) -> None:
    """Fetch a file that a vendor names, with no key of anybody's: such an address is a stranger's word.

    Only `https` to public hosts is followed, or, where the vendor itself is a server on this machine, that very server.

    Args:
        url: where it is said to be.
        target: the file to write.
        home: the vendor's own address.
        most: bytes it may have.
        seconds: for one answer.

    Raises:
        EngineUnavailable: it is not to be fetched from there, is not there, or is too long.
    """
    await _check(url, home)
    try:
        async with await client(seconds) as web, web.stream("GET", url) as response:
            if response.status_code != 200:
                raise EngineUnavailable(f"the file was answered with {response.status_code}")
            size = 0
            with target.open("wb") as file:
                async for chunk in response.aiter_bytes(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise EngineUnavailable(f"a file of more than {most} bytes")
                    await asyncio.to_thread(file.write, chunk)
    # Causes are cut off: they quote the address, and signed addresses are as good as keys.
    except (httpx.HTTPError, httpx.InvalidURL):
        raise EngineUnavailable("the file cannot be fetched") from None


async def _check(url: str, home: str) -> None:
    """Raise unless a file may be fetched from there."""
    there, ours = _split(url), _split(home)
    if there is None or ours is None or there.username is not None or there.password is not None:
        raise EngineUnavailable("the file is at no address")
    if is_loopback(home) and (there.scheme, there.hostname, there.port) == (ours.scheme, ours.hostname, ours.port):
        return
    if there.scheme != "https" or there.port not in (None, 443):
        raise EngineUnavailable("the file is not at a public address")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(there.hostname, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise EngineUnavailable("the file's host is not known") from None
    if not found or not all(ipaddress.ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found):
        raise EngineUnavailable("the file is not at a public address")


def belongs(url: str, *domains: str, home: str) -> bool:
    """Whether a vendor's answer names an address of the vendor's own, to which its key may be sent.

    Args:
        url: as it was answered.
        domains: of the vendor; hosts within them count.
        home: the vendor's own address: where that is of this machine, that very server counts.
    """
    there, ours = _split(url), _split(home)
    if there is None or ours is None or there.username is not None or there.password is not None:
        return False
    if is_loopback(home):
        return (there.scheme, there.hostname, there.port) == (ours.scheme, ours.hostname, ours.port)
    host = there.hostname or ""
    ends = any(host == domain or host.endswith(f".{domain}") for domain in domains)
    return there.scheme == "https" and there.port in (None, 443) and ends


def is_loopback(url: str) -> bool:
    """Whether an address is of this machine."""
    parts = _split(url)
    if parts is None or parts.hostname is None:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is none
    except ValueError:
        return None
    return parts if parts.hostname else None
