"""Logins at networks: access tokens out of refresh tokens, and what networks change of these kept sealed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import httpx
from cryptography.fernet import Fernet, InvalidToken
from pydantic import SecretStr

from pipeline.engines.http import failure
from pipeline.engines.web import Reply, ask
from pipeline.errors import EngineError, EngineUnavailable, NeedsLogin
from pipeline.model import Network
from pipeline.ports import Logins

_MOST_ANSWER = 1 << 20
_MARGIN = 120.0  # seconds before its end from which on an access token is not begun with any more
_REFUSALS = frozenset({"invalid_grant", "invalid_client", "unauthorized_client", "invalid_request", "access_denied"})


class Login(Protocol):
    """What lets a publisher in."""

    async def access(self, web: httpx.AsyncClient, logins: Logins, *, refused: str = "") -> str:
        """A token to ask with; `refused` is one that was not taken.

        Raises:
            NeedsLogin: there is none.
            EngineError: the network cannot say.
        """
        ...


@dataclass(frozen=True)
class FixedLogin:
    """A token that is good until it is not."""

    network: Network
    token: SecretStr

    async def access(self, web: httpx.AsyncClient, logins: Logins, *, refused: str = "") -> str:
        """The token."""
        if refused:
            raise NeedsLogin(f"{self.network} does not take the access token", self.network)
        return self.token.get_secret_value()


class OAuth:
    """A refresh token that access tokens are made of.

    Some networks give another refresh token each time and soon forget the old one. The newest is kept, sealed by a key
    made of the client's secret and of the token that the settings have: a new one there makes what was kept unreadable,
    and so counts.

    Args:
        network: for errors.
        address: of the token endpoint.
        client: what tells the client, by the names that the network has for it.
        secret: of the client.
        refresh_token: of the settings.
    """

    def __init__(
        self,
        network: Network,
        address: str,
        *,
        client: Mapping[str, str],
        secret: SecretStr,
        refresh_token: SecretStr,
    ) -> None:
        self._network = network
        self._address = address
        self._client = dict(client)
        self._secret = secret
        self._first = refresh_token.get_secret_value()
        mixed = f"{network}\n{secret.get_secret_value()}\n{self._first}".encode()
        self._seal = Fernet(base64.urlsafe_b64encode(hashlib.sha256(mixed).digest()))
        self._turn = asyncio.Lock()
        self._access = ""
        self._until = 0.0
        self.scopes: frozenset[str] = frozenset()  # granted, as far as the network told

    async def access(self, web: httpx.AsyncClient, logins: Logins, *, refused: str = "") -> str:
        """An access token: the last one, or a new one where that is over or was refused."""
        async with self._turn:
            if self._access and self._access != refused and time.monotonic() < self._until:
                return self._access
            self._access = await self._renewed(web, logins)
            return self._access

    async def _renewed(self, web: httpx.AsyncClient, logins: Logins) -> str:
        tried: set[str] = set()
        while True:
            # another process may have exchanged the token in between: then the newest is another one now
            left = [token for token in (await self._newest(logins), self._first) if token and token not in tried]
            if not left:
                raise NeedsLogin(f"{self._network} does not take the refresh token", self._network)
            tried.add(left[0])
            found = await self._exchange(web, left[0])
            if found is not None:
                access, newest = found
                if newest not in ("", left[0]):
                    await logins.keep(self._network, self._seal.encrypt(newest.encode()).decode())
                return access

    async def _exchange(self, web: httpx.AsyncClient, token: str) -> tuple[str, str] | None:
        """An access token and the newest refresh token; None where the network takes that one no more."""
        form = {
            **self._client,
            "client_secret": self._secret.get_secret_value(),
            "grant_type": "refresh_token",
            "refresh_token": token,
        }
        reply = await ask(web, "POST", self._address, headers={}, most=_MOST_ANSWER, form=form)
        said = reply.content()
        if not isinstance(said, Mapping):
            raise _unclear(self._network, reply)
        access, newest, lasts = said.get("access_token"), said.get("refresh_token"), said.get("expires_in")
        if reply.status == 200 and isinstance(access, str) and access:
            seconds = float(lasts) if isinstance(lasts, int | float) else 0.0
            self._until = time.monotonic() + max(0.0, seconds - _MARGIN)
            self.scopes = frozenset(str(said.get("scope") or "").replace(",", " ").split())
            return access, newest if isinstance(newest, str) else ""
        if said.get("error") in _REFUSALS:
            return None
        raise _unclear(self._network, reply)

    async def _newest(self, logins: Logins) -> str:
        sealed = await logins.find(self._network)
        if sealed is None:
            return ""
        try:
            return self._seal.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""  # of an earlier login


def _unclear(network: Network, reply: Reply) -> EngineError:
    if reply.status < 400:
        return EngineUnavailable(f"{network} answered the login with something else")
    return failure(network, reply.status, reply.headers)
