"""The gateway of a Discord on loopback: greets, resumes, tells of what happens, compressed when asked to."""

from __future__ import annotations

import json
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord_values import APP, BOT, GUILD, Json, user

TOKEN = "NDI0Mg.test.token-that-must-never-be-logged"


class Gateway:
    """Connections of one bot, and all that was ever told."""

    def __init__(self, *, guild: Callable[[], Json], changed: Callable[[], Awaitable[None]]) -> None:
        """Compose it.

        Args:
            guild: the server that the bot is a member of, as it is now.
            changed: told when a bot has come.
        """
        self.identified: list[Json] = []
        self.resumed: list[Json] = []
        self.url = ""
        self._guild = guild
        self._changed = changed
        self._sent: list[str] = []
        self._sockets: list[tuple[web.WebSocketResponse, Any]] = []

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        squeeze = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        await _say(socket, squeeze, {"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = json.loads(frame.data)
            if said["op"] == 1:
                await _say(socket, squeeze, {"op": 11, "d": None, "s": None, "t": None})
            elif said["op"] in (2, 6):
                await self._greet(socket, squeeze, said)
        self._sockets = [one for one in self._sockets if one[0] is not socket]
        return socket

    async def push(self, name: str, data: Json) -> None:
        """Something happens; who is not connected hears of it when they resume."""
        event = self._event(name, data)
        for socket, squeeze in list(self._sockets):
            await _say(socket, squeeze, event)

    async def drop(self) -> None:
        """The gateway goes away; connections break."""
        sockets, self._sockets = self._sockets, []
        for socket, _ in sockets:
            await socket.close(code=4000)

    async def _greet(self, socket: web.WebSocketResponse, squeeze: Any, said: Json) -> None:
        if said["d"]["token"] != TOKEN:
            await socket.close(code=4004)
            return
        self._sockets.append((socket, squeeze))
        if said["op"] == 6:
            self.resumed.append(said["d"])
            for missed in self._sent[said["d"]["seq"] :]:
                await _say(socket, squeeze, json.loads(missed))
            await _say(socket, squeeze, self._event("RESUMED", {}))
        else:
            self.identified.append(said["d"])
            for name, data in (("READY", self._ready(said["d"])), ("GUILD_CREATE", self._guild())):
                await _say(socket, squeeze, self._event(name, data))
        await self._changed()

    def _event(self, name: str, data: Json) -> Json:
        event = {"op": 0, "t": name, "s": len(self._sent) + 1, "d": data}
        self._sent.append(json.dumps(event))
        return event

    def _ready(self, identify: Json) -> Json:
        return {
            "shard": identify.get("shard", [0, 1]),
            "v": 10,
            "user": user(BOT, bot=True),
            "guilds": [{"id": str(GUILD), "unavailable": True}],
            "session_id": "session",
            "resume_gateway_url": self.url,
            "application": {"id": str(APP), "flags": 0},
        }


async def _say(socket: web.WebSocketResponse, squeeze: Any, what: Json) -> None:
    data = json.dumps(what).encode()
    with suppress(ConnectionError):
        if squeeze is None:
            await socket.send_str(data.decode())
        else:
            await socket.send_bytes(squeeze.compress(data) + squeeze.flush(zlib.Z_SYNC_FLUSH))
