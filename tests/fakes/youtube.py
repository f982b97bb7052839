"""YouTube on loopback: resumable sessions that know how far they are, and a channel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.networks import CANARY, Network, Post

CLIENT, SECRET, REFRESH = "client.apps.example", f"secret-{CANARY}", f"1//0refresh-{CANARY}"
SCOPE = "https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.readonly"
_SPAN = re.compile(r"bytes (\d+)-(\d+)/(\d+)|bytes \*/(\d+)")
_UNIT = 1 << 18


@dataclass
class Session:
    """An upload."""

    size: int
    resource: Mapping[str, Any]
    film: bytearray = field(default_factory=bytearray)
    video: str = ""
    cancelled: bool = False


class YouTube(Network):
    """Answers as YouTube does.

    Attributes:
        states: `uploadStatus` and more of each look at a video; the last one stays.
        covers: videos that were given a cover.
        locked: whether the project was never audited: whatever is asked for, videos are private.
        keeps: of the next piece, no more than so many bytes are kept.
    """

    def __init__(self, *states: Mapping[str, str], locked: bool = False, scope: str = SCOPE) -> None:
        super().__init__()
        self.states = list(states or ({"uploadStatus": "processed"},))
        self.sessions: list[Session] = []
        self.covers: list[str] = []
        self.locked, self.scope = locked, scope
        self.keeps: list[int] = []
        self.refreshes = True  # whether the refresh token is taken

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/token", self._token)
        app.router.add_post("/upload/youtube/v3/videos", self._begin)
        app.router.add_put("/upload/session/{number}", self._put)
        app.router.add_delete("/upload/session/{number}", self._cancel)
        app.router.add_get("/youtube/v3/videos", self._videos)
        app.router.add_get("/youtube/v3/channels", self._channels)
        app.router.add_post("/upload/youtube/v3/thumbnails/set", self._cover)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())

        def work() -> web.Response:
            known = {"client_id": CLIENT, "client_secret": SECRET, "refresh_token": REFRESH}
            self.check(form.get("grant_type") == "refresh_token", "grant_type")
            if not self.refreshes or any(form.get(name) != value for name, value in known.items()):
                return web.json_response({"error": "invalid_grant", "error_description": "Bad Request"}, status=400)
            token = f"ya29.{CANARY}-{len(self.asked)}-abcdefghijklmnop"
            self.live = {token}
            return web.json_response(
                {"access_token": token, "expires_in": 3599, "scope": self.scope, "token_type": "Bearer"}
            )

        return await self.serve(request, "login", work)

    async def _begin(self, request: web.Request) -> web.Response:
        resource = await request.json()

        def work() -> web.Response:
            if not self.allow(request):
                return _error(401, "authError")
            self.check(request.query.get("uploadType") == "resumable", "uploadType")
            self.check(set(request.query["part"].split(",")) == set(resource), "part is what is set")
            self.check(request.headers["x-upload-content-type"] == "video/mp4", "x-upload-content-type")
            self.sessions.append(Session(int(request.headers["x-upload-content-length"]), resource))
            number = len(self.sessions) - 1
            address = f"{self.address}/upload/session/{number}?upload_id={CANARY}-{number}"
            return web.Response(headers={"location": address})

        return await self.serve(request, "begin", work, body=resource)

    async def _put(self, request: web.Request) -> web.Response:
        data = await request.read()
        span = _SPAN.fullmatch(request.headers.get("content-range", ""))
        session = self.sessions[int(request.match_info["number"])]

        def work() -> web.Response:
            if not self.allow(request):
                return _error(401, "authError")
            if session.cancelled:
                return web.Response(status=404)
            self.check(span is not None, "content-range")
            if span is not None and span[1] is not None and not session.video:
                self._take(session, data, first=int(span[1]), last=int(span[2]), size=int(span[3]))
            return self._told(session)

        asks = span is not None and span[4] is not None
        return await self.serve(request, "look" if asks else "bytes", work, size=len(data))

    def _take(self, session: Session, data: bytes, *, first: int, last: int, size: int) -> None:
        self.check(size == session.size and last - first + 1 == len(data), "content-range fits the bytes")
        self.check(first == len(session.film), "a piece begins where the last one ended")
        self.check(last + 1 == size or len(data) % _UNIT == 0, "pieces are multiples of 256 KiB")
        session.film += data[: self.keeps.pop(0)] if self.keeps else data
        if len(session.film) == session.size:
            session.video = f"video{len(self.posts):06d}"
            self.posts.append(Post(bytes(session.film), session.resource))

    def _told(self, session: Session) -> web.Response:
        if session.video:
            return web.json_response(
                {"id": session.video, "status": self._status(session, {"uploadStatus": "uploaded"})}
            )
        kept = {"range": f"bytes=0-{len(session.film) - 1}"} if session.film else {}
        return web.Response(status=308, headers=kept)

    def _status(self, session: Session, more: Mapping[str, str]) -> dict[str, Any]:
        asked = dict(session.resource["status"])
        return asked | ({"privacyStatus": "private"} if self.locked else {}) | dict(more)

    async def _cancel(self, request: web.Request) -> web.Response:
        session = self.sessions[int(request.match_info["number"])]

        def work() -> web.Response:
            if session.video:
                return web.Response(status=400)
            session.cancelled = True
            return web.Response(status=499)

        return await self.serve(request, "cancel", work)

    async def _videos(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            if not self.allow(request):
                return _error(401, "authError")
            found = [one for one in self.sessions if one.video == request.query["id"]]
            state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
            items = [{"id": one.video, "status": self._status(one, state)} for one in found]
            return web.json_response({"items": items})

        return await self.serve(request, "status", work)

    async def _channels(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            return web.json_response({"items": [{"id": "UC1", "snippet": {"title": "Nordtisch"}}]})

        return await self.serve(request, "channels", work)

    async def _cover(self, request: web.Request) -> web.Response:
        picture = await request.read()

        def work() -> web.Response:
            self.check(picture.startswith(b"\xff\xd8"), "a cover is a JPEG")
            self.covers.append(request.query["videoId"])
            return web.json_response({"items": []})

        return await self.serve(request, "cover", work, size=len(picture))


def _error(status: int, reason: str) -> web.Response:
    return web.json_response(error(status, reason), status=status)


def error(status: int, reason: str) -> dict[str, Any]:
    """An error as Google words it."""
    return {
        "error": {"code": status, "message": f"Sorry, {CANARY}", "errors": [{"reason": reason, "domain": "youtube"}]}
    }
