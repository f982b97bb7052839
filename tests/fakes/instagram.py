"""Instagram on loopback: containers that take a film, process it, and are published once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.networks import CANARY, Network, Post

TOKEN, USER = f"EAA{CANARY}-abcdefghijklmnop", "17841400000000001"
_VERSION = "/{version:v[0-9]+[.]0}"


@dataclass
class Container:
    """A Reel in the making."""

    wish: Mapping[str, Any]
    film: bytearray = field(default_factory=bytearray)
    whole: bool = False
    media: str = ""
    gone: bool = False


class Instagram(Network):
    """Answers as the Graph API does.

    Attributes:
        states: `status_code` of each look at a container that has its film; the last one stays.
        status: what more is said of it.
        keeps: of the next upload, no more than so many bytes are kept, and its connection breaks.
        used: posts of the last day, of fifty.
        permits: whether the token may publish.
    """

    def __init__(self, *states: str, status: str = "") -> None:
        super().__init__()
        self.states = list(states or ("IN_PROGRESS", "FINISHED"))
        self.status = status
        self.containers: dict[str, Container] = {}
        self.keeps: list[int] = []
        self.used = 0
        self.permits = True
        self.live = {TOKEN}

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_get(f"{_VERSION}/{USER}/content_publishing_limit", self._limit)
        app.router.add_post(f"{_VERSION}/{USER}/media", self._begin)
        app.router.add_get(f"{_VERSION}/{USER}/media", self._list)
        app.router.add_post(f"{_VERSION}/{USER}/media_publish", self._publish)
        app.router.add_get(f"{_VERSION}/{USER}", self._user)
        app.router.add_get(f"{_VERSION}/{{number}}", self._get)
        app.router.add_post("/ig-api-upload/{number}", self._upload)
        app.router.add_get("/ig-api-upload/{number}", self._received)
        return app

    def _refuses(self, request: web.Request) -> web.Response | None:
        if self.allow(request):
            return None
        return web.json_response(error(190, 463, f"Error validating access token {CANARY}"), status=400)

    async def _limit(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            if not self.permits:
                return web.json_response(error(10, 0, "no permission"), status=403)
            row = {"quota_usage": self.used, "config": {"quota_total": 50, "quota_duration": 86400}}
            return self._refuses(request) or web.json_response({"data": [row]})

        return await self.serve(request, "limit", work)

    async def _begin(self, request: web.Request) -> web.Response:
        wish = await request.json()

        def work() -> web.Response:
            if refusal := self._refuses(request):
                return refusal
            self.check(wish["media_type"] == "REELS" and wish["upload_type"] == "resumable", "a resumable Reel")
            number = str(18000000000000001 + len(self.containers))
            self.containers[number] = Container(wish)
            return web.json_response({"id": number, "uri": f"{self.address}/ig-api-upload/{number}"})

        return await self.serve(request, "begin", work, body=wish)

    async def _upload(self, request: web.Request) -> web.Response:
        data = await request.read()
        one = self.containers[request.match_info["number"]]

        def work() -> web.Response:
            if not self.allow(request, "OAuth"):
                return web.json_response(
                    {"debug_info": {"retriable": False, "type": "NotAuthorizedError", "message": CANARY}}, status=400
                )
            offset, size = int(request.headers["offset"]), int(request.headers["file_size"])
            self.check(offset == len(one.film) and offset + len(data) == size, "the bytes from the offset on")
            self.check(not one.whole, "a film is sent once")
            one.film[offset:] = data[: self.keeps[0]] if self.keeps else data
            one.whole = len(one.film) == size
            if self.keeps:
                self.keeps.pop(0)
                return web.json_response({"debug_info": {"retriable": True, "type": "PartialRequestError"}}, status=503)
            return web.json_response({"success": True, "message": "Upload successful."})

        return await self.serve(request, "bytes", work, size=len(data))

    async def _received(self, request: web.Request) -> web.Response:
        one = self.containers[request.match_info["number"]]
        return await self.serve(request, "received", lambda: web.json_response({"offset": len(one.film)}))

    async def _get(self, request: web.Request) -> web.Response:
        number, step = request.match_info["number"], "look" if "status_code" in request.query["fields"] else "address"

        def work() -> web.Response:
            if refusal := self._refuses(request):
                return refusal
            if step == "address":
                return web.json_response({"permalink": f"https://www.instagram.com/reel/C{number[-4:]}/", "id": number})
            one = self.containers.get(number)
            if one is None or one.gone:
                return web.json_response(error(100, 33, "Unsupported get request."), status=400)
            return web.json_response({"status_code": self._state(one), "status": self.status, "id": number})

        return await self.serve(request, step, work)

    def _state(self, one: Container) -> str:
        if one.media:
            return "PUBLISHED"
        if not one.whole:
            return "IN_PROGRESS"
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    async def _publish(self, request: web.Request) -> web.Response:
        body = await request.json()

        def work() -> web.Response:
            if refusal := self._refuses(request):
                return refusal
            one = self.containers[str(body["creation_id"])]
            if one.media:
                return web.json_response(error(-1, 2207032, "already published"), status=400)
            one.media = str(17900000000000001 + len(self.posts))
            self.posts.append(Post(bytes(one.film), one.wish))
            return web.json_response({"id": one.media})

        return await self.serve(request, "publish", work, body=body)

    async def _list(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            posted = [one for one in self.containers.values() if one.media]
            rows = [{"id": one.media, "caption": one.wish["caption"]} for one in reversed(posted)]
            return web.json_response({"data": rows})

        return await self.serve(request, "find", work)

    async def _user(self, request: web.Request) -> web.Response:
        def work() -> web.Response:
            return self._refuses(request) or web.json_response({"username": "nordtisch", "id": USER})

        return await self.serve(request, "user", work)


def error(code: int, sub: int, message: str = "Sorry.") -> dict[str, Any]:
    """An error as Meta words it."""
    return {"error": {"message": message, "type": "OAuthException", "code": code, "error_subcode": sub}}
