"""HTTP to the Bot API for python-telegram-bot, over aiohttp: a call costs a fraction of what it costs over httpx."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
_HEADERS = {"Content-Type": "application/json"}  # of a body without files
_OURS = frozenset({"from", "text", "entities", "caption", "caption_entities", "link_preview_options", "reply_markup"})
_IDLE_SECONDS = 30.0  # a connection unused for longer is not trusted to be still open


class Wire(BaseRequest):
    """Connections to one server, kept open and used again."""

    def __init__(self, *, connections: int) -> None:
        """Compose it; at most `connections` requests are on their way at once."""
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str] = {}

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take unless a call says otherwise."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Get ready."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE_SECONDS)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )
            self._proxies = getproxies()

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer without what we said ourselves: to read each of our buttons back takes longer than anything else.

        Raises:
            TelegramError: it is no JSON.
        """
        told = BaseRequest.parse_json_payload(payload)
        message = told.get("result")
        if isinstance(message, dict) and "message_id" in message:
            told["result"] = {name: value for name, value in message.items() if name not in _OURS}
        return told

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request.

        Returns:
            The HTTP status and the body of the answer.

        Raises:
            TimedOut: it took too long; it may have been carried out. NetworkError: the same for lost connections.
        """
        if self._session is None:
            raise RuntimeError("the wire is used before it is ready")
        read = _seconds(read_timeout, READ_SECONDS)
        timeout = aiohttp.ClientTimeout(
            total=max(read, _seconds(write_timeout, read)) + CONNECT_SECONDS,
            connect=_seconds(pool_timeout, CONNECT_SECONDS),
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
        )
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_HEADERS if request_data and not request_data.contains_files else None,
                timeout=timeout,
                proxy=self._proxy(url),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # only the kind: the text of some of these has the address, and that has the token
            raise NetworkError(f"no answer: {type(error).__name__}") from None

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment asks for. (aiohttp's own way reads ~/.netrc for each request.)"""
        if not self._proxies:
            return None
        parts = urlsplit(url)
        return None if proxy_bypass(parts.hostname or "") else self._proxies.get(parts.scheme)


def _seconds(asked: Any, otherwise: float) -> float:
    return float(asked) if isinstance(asked, int | float) else otherwise


def _body(data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.json_parameters).encode()  # as a form it takes ten times as long
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media_type) in data.multipart_data.items():
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=media_type)
    return form
