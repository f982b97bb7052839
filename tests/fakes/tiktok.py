"""TikTok on loopback: uploads in pieces, an inbox, and refresh tokens that are good for once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.networks import CANARY, Network, Post

CLIENT, SECRET, REFRESH = "awkey", f"secret-{CANARY}", f"rft.{CANARY}-first"
_SPAN = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_LEAST, _MOST = 5_000_000, 64_000_000


@dataclass
class Upload:
    """A film on its way to the inbox."""

    size: int
    chunk: int
    count: int
    film: bytearray = field(default_factory=bytearray)
    gone: bool = False

    @property
    def whole(self) -> bool:
        return len(self.film) == self.size


class TikTok(Network):
    """Answers as TikTok does.

    Attributes:
        states: of each look at a film that has arrived whole: a status, or what a failed one gives as its reason.
        refresh: the one refresh token that is taken now.
        counts: whether it tells how many bytes it has.
    """

    def __init__(self, *states: str, scope: str = "user.info.basic,video.upload") -> None:
        super().__init__()
        self.states = list(states or ("PROCESSING_UPLOAD", "SEND_TO_USER_INBOX"))
        self.uploads: dict[str, Upload] = {}
        self.refresh = REFRESH
        self.scope = scope
        self.counts = True

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=256 * 2**20)
        app.router.add_post("/v2/oauth/token/", self._token)
        app.router.add_post("/v2/post/publish/inbox/video/init/", self._begin)
        app.router.add_post("/v2/post/publish/status/fetch/", self._look)
        app.router.add_get("/v2/user/info/", self._user)
        app.router.add_put("/video/", self._put)
        return app

    async def _token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())

        def work() -> web.Response:
            known = {"client_key": CLIENT, "client_secret": SECRET, "refresh_token": self.refresh}
            self.check(form.get("grant_type") == "refresh_token", "grant_type")
            if any(form.get(name) != value for name, value in known.items()):
                return web.json_response({"error": "invalid_grant", "error_description": CANARY, "log_id": "1"})
            self.refresh = f"rft.{CANARY}-{len(self.asked)}"
            token = f"act.{CANARY}-{len(self.asked)}-abcdefghijklmnop"
            self.live = {token}
            answer = {"access_token": token, "expires_in": 86400, "refresh_token": self.refresh, "scope": self.scope}
            return web.json_response(answer | {"open_id": "o1", "token_type": "Bearer"})

        return await self.serve(request, "login", work, body=form)

    async def _begin(self, request: web.Request) -> web.Response:
        wish = await request.json()

        def work() -> web.Response:
            if not self.allow(request):
                return said(401, "access_token_invalid")
            source = wish["source_info"]
            size, chunk, count = source["video_size"], source["chunk_size"], source["total_chunk_count"]
            self.check(set(wish) == {"source_info"}, "the inbox takes no words")
            self.check(source["source"] == "FILE_UPLOAD" and count == max(1, size // chunk), "total_chunk_count")
            self.check(chunk == size if size < _LEAST else _LEAST <= chunk <= _MOST, "chunk_size")
            publish = f"v_inbox_file~v2.{len(self.uploads)}"
            self.uploads[publish] = Upload(size, chunk, count)
            url = f"{self.address}/video/?upload_id={publish}&upload_token={CANARY}"
            return said(200, "ok", {"publish_id": publish, "upload_url": url})

        return await self.serve(request, "begin", work, body=wish)

    async def _put(self, request: web.Request) -> web.Response:
        data = await request.read()
        one = self.uploads[request.query["upload_id"]]
        span = _SPAN.fullmatch(request.headers["content-range"])

        def work() -> web.Response:
            self.check("authorization" not in request.headers, "no login goes to the upload's address")
            if span is None or int(span[1]) != len(one.film):
                return web.Response(status=416)
            first, last = int(span[1]), int(span[2])
            self.check(last - first + 1 == len(data) and int(span[3]) == one.size, "content-range fits the bytes")
            self.check(last + 1 == one.size or len(data) == one.chunk, "a piece is as large as was said")
            one.film += data
            if one.whole:
                self.posts.append(Post(bytes(one.film), {}))
            return web.Response(status=201 if one.whole else 206)

        return await self.serve(request, "bytes", work, size=len(data))

    async def _look(self, request: web.Request) -> web.Response:
        body = await request.json()

        def work() -> web.Response:
            if not self.allow(request):
                return said(401, "access_token_invalid")
            one = self.uploads.get(body["publish_id"])
            if one is None or one.gone:
                return said(400, "invalid_publish_id")
            state = "PROCESSING_UPLOAD"
            if one.whole:
                state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
            failed = {"status": "FAILED", "fail_reason": state} if state.islower() else {"status": state}
            counted = {"uploaded_bytes": len(one.film)} if self.counts else {}
            return said(200, "ok", failed | counted)

        return await self.serve(request, "look", work, body=body)

    async def _user(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            if "user.info.basic" not in self.scope:
                return said(401, "scope_not_authorized")
            return said(200, "ok", {"user": {"display_name": "nordtisch"}})

        return await self.serve(request, "user", work)


def said(status: int, code: str, data: dict[str, Any] | None = None) -> web.Response:
    """An answer as TikTok words it."""
    return web.json_response(
        {"data": data or {}, "error": {"code": code, "message": "" if code == "ok" else CANARY, "log_id": "1"}},
        status=status,
    )
