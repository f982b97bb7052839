"""A Discord on loopback, REST and gateway, that remembers what people see; and people who talk to the bot.

It refuses what Discord refuses (lengths, rows, sizes, dead tokens, double answers, missing messages, archived threads)
and holds every request against the official API description when that is at hand. `trouble` spoils single calls.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

from aiohttp import web

from tests.fakes import discord_spec
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_values import (
    ALL,
    APP,
    BOT,
    CHANNEL,
    DM,
    GUILD,
    MEBIBYTE,
    TEXT_CHANNEL,
    AnswerLost,
    Call,
    Json,
    Pending,
    Place,
    Refused,
    application,
    blank_message,
    check,
    guild,
    user,
)

ACK_SECONDS = 3.0


Trouble = Callable[[Call], Exception | None]


class DiscordWire:
    """The server. One bot, one guild with a channel, any number of people."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.messages: dict[int, Json] = {}
        self.uploads: dict[str, bytes] = {}
        self.places: dict[int, Place] = {CHANNEL: Place(CHANNEL, TEXT_CHANNEL, guild=True)}
        self.interactions: dict[str, Pending] = {}
        self.commands: list[Json] = []
        self.granted = ALL
        self.trouble: Trouble = lambda call: None
        self.strict = True  # hold every request against the description
        self.url = ""
        self._nonces: dict[tuple[int, str], int] = {}
        self._number = count(10**17)
        self._news = asyncio.Condition()
        self.gateway = Gateway(guild=lambda: guild(self.granted, [self.channel(CHANNEL)]), changed=self._tell_news)

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[DiscordWire]:
        app = web.Application(client_max_size=200 * MEBIBYTE)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{name}", self._serve_upload)
        app.router.add_route("*", "/api/v10/{path:.*}", self._serve_call)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.gateway.url = f"ws://{host}:{port}/gateway/"
        try:
            yield self
        finally:
            await self.gateway.drop()
            await runner.cleanup()

    # ── what a test looks at ─────────────────────────────────────────────────────────────────────────────────────────

    def shown(self, channel: int) -> list[Json]:
        """The bot's messages of a place, in order."""
        return [one for one in self.messages.values() if one["channel_id"] == str(channel) and one["by_bot"]]

    def count(self, method: str, ending: str) -> int:
        return sum(call.method == method and call.path.endswith(ending) for call in self.calls)

    async def until(self, ready: Callable[[], Any], seconds: float = 30.0) -> Any:
        """Wait until something is so in what the server has seen; its value."""
        async with asyncio.timeout(seconds), self._news:
            while not (found := ready()):
                await self._news.wait()
            return found

    def next_id(self) -> int:
        return next(self._number)

    async def _tell_news(self) -> None:
        async with self._news:
            self._news.notify_all()

    # ── REST ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _serve_call(self, request: web.Request) -> web.StreamResponse:
        body, files = await self._read(request)
        call = Call(request.method, "/" + request.match_info["path"], body, [(n, len(d)) for n, d in files])
        self.calls.append(call)
        if self.strict:
            self.faults += discord_spec.faults(call.method, call.path, body)
        try:
            spoiled = self.trouble(call)
            if spoiled is not None and not isinstance(spoiled, AnswerLost):
                raise spoiled
            answer = self._carry_out(call, files)
        except Refused as refusal:
            return self._json(refusal.body, refusal.status)
        finally:
            await self._tell_news()
        if spoiled is not None:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        return self._json(answer, 204 if answer is None else 200)

    async def _read(self, request: web.Request) -> tuple[Any, list[tuple[str, bytes]]]:
        if request.content_type != "multipart/form-data":
            text = await request.text()
            return (json.loads(text) if text else None), []
        form = await request.post()
        files = []
        for name, value in form.items():
            if isinstance(value, web.FileField) and name != "payload_json":
                files.append((value.filename, value.file.read()))
        payload = form["payload_json"]
        return json.loads(payload if isinstance(payload, str) else ""), files

    def _json(self, answer: Any, status: int) -> web.Response:
        if status == 204:
            return web.Response(status=204)
        headers = {"Content-Type": "application/json", "Via": "1.1 google"}
        return web.Response(body=json.dumps(answer).encode(), status=status, headers=headers)

    def _carry_out(self, call: Call, files: list[tuple[str, bytes]]) -> Any:
        match call.method, call.path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return user(BOT, bot=True)
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return application()
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                return {"url": self.gateway.url, "shards": 1, "session_start_limit": limit}
            case "PUT", ["applications", _, "commands"]:
                self.commands = call.body
                extra = {"application_id": str(APP), "version": "1"}
                return [{"description": "", **one, **extra, "id": str(self.next_id())} for one in call.body]
            case "POST", ["interactions", _, token, "callback"]:
                return self._acknowledge(self._interaction(token), call.body)
            case _, ["webhooks", _, token, *rest]:
                return self._by_token(call, self._interaction(token), rest)
            case "POST", ["users", "@me", "channels"]:
                return self.channel(self.dm(int(call.body["recipient_id"])).id)
            case _, ["channels", channel, *rest]:
                return self._in_place(call, self._place(int(channel)), rest, files)
        raise Refused(404, 0, f"{call.method} {call.path}")

    def _in_place(self, call: Call, place: Place, rest: list[str], files: list[tuple[str, bytes]]) -> Any:
        match call.method, rest:
            case "GET", []:
                return self.channel(place.id)
            case "PATCH", []:
                place.archived = call.body.get("archived", place.archived)
                return self.channel(place.id)
            case "POST", ["messages"]:
                return self._post(place, call.body, files)
            case "PATCH", ["messages", number]:
                return self._edit(place, int(number), call.body, files)
            case "POST", ["threads"]:
                thread = Place(self.next_id(), call.body["type"], guild=True, limit=place.limit)
                self.places[thread.id] = thread
                return self.channel(thread.id)
            case "PUT", ["thread-members", _]:
                return None
        raise Refused(404, 0, f"{call.method} {call.path}")

    def _place(self, channel: int) -> Place:
        if channel not in self.places:
            raise Refused(404, 10003, "Unknown Channel")
        return self.places[channel]

    def dm(self, user: int) -> Place:
        return self.places.setdefault(user * 1000, Place(user * 1000, DM))

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _post(self, place: Place, body: Json, files: list[tuple[str, bytes]]) -> Json:
        if place.closed is not None:
            raise place.closed
        known = self._nonces.get((place.id, str(body.get("nonce"))))
        if body.get("enforce_nonce") and known in self.messages:
            return self.messages[known]
        place.archived = False
        message = blank_message(place.id, self.next_id())
        message["by_bot"] = True
        self._fill(place, message, body, files)
        self.messages[int(message["id"])] = message
        self._nonces[place.id, str(body.get("nonce"))] = int(message["id"])
        return message

    def _edit(self, place: Place, number: int, body: Json, files: list[tuple[str, bytes]]) -> Json:
        if number not in self.messages:
            raise Refused(404, 10008, "Unknown Message")
        if place.archived:
            raise Refused(400, 50083, "Thread is archived")
        if place.closed is not None:
            raise place.closed
        message = self.messages[number]
        self._fill(place, message, body, files)
        message["edits"] += 1
        return message

    def _fill(self, place: Place, message: Json, body: Json, files: list[tuple[str, bytes]]) -> None:
        if sum(len(data) for _, data in files) > place.limit:
            raise Refused(413, 40005, "Request entity too large")
        check(body)
        for name in ("content", "embeds", "components"):
            if name in body:
                message[name] = body[name] or ([] if name != "content" else "")
        if "attachments" in body or files:
            message["attachments"] = [self.upload(name, data) for name, data in files]
        if not (message["content"] or message["embeds"] or message["attachments"] or message["components"]):
            raise Refused(400, 50006, "Cannot send an empty message")

    def upload(self, name: str, data: bytes, media_type: str = "") -> Json:
        """A file as Discord keeps it."""
        number = self.next_id()
        self.uploads[f"{number}-{name}"] = data
        url = f"{self.url}/attachments/{number}-{name}"
        kind = {"content_type": media_type} if media_type else {}
        return {"id": str(number), "filename": name, "size": len(data), "url": url, "proxy_url": url, **kind}

    async def _serve_upload(self, request: web.Request) -> web.Response:
        return web.Response(body=self.uploads[request.match_info["name"]])

    def channel(self, number: int) -> Json:
        place = self._place(number)
        if place.kind == DM:
            return {"id": str(number), "type": DM, "recipients": [user(number // 1000)], "last_message_id": None}
        common = {"id": str(number), "type": place.kind, "name": "place", "guild_id": str(GUILD)}
        if place.kind == TEXT_CHANNEL:
            return common | {"position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None}
        meta: Json = {"archived": place.archived, "auto_archive_duration": 4320, "locked": False, "invitable": False}
        meta["archive_timestamp"] = "2026-11-22T12:00:00+00:00"
        counts = {"message_count": 0, "member_count": 2, "total_message_sent": 0}
        return common | {"parent_id": str(CHANNEL), "owner_id": str(BOT), "thread_metadata": meta, **counts}

    # ── interactions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _interaction(self, token: str) -> Pending:
        if token not in self.interactions:
            raise Refused(404, 10062, "Unknown interaction")
        return self.interactions[token]

    def _acknowledge(self, one: Pending, body: Json) -> Json:
        if one.answer is not None:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        if one.dead or time.monotonic() - one.began > ACK_SECONDS:
            raise Refused(404, 10062, "Unknown interaction")
        one.seconds = time.monotonic() - one.began
        one.answer = body
        return {"interaction": {"id": one.token.removeprefix("token"), "type": 3}, "resource": {"type": body["type"]}}

    def _by_token(self, call: Call, one: Pending, rest: list[str]) -> Any:
        if one.dead:
            raise Refused(401, 50027, "Invalid Webhook Token")
        match call.method, rest:
            case "POST", []:
                check(call.body)
                one.whispers.append(call.body)
            case "PATCH", ["messages", "@original"]:
                check(call.body)
                one.original = call.body
            case "DELETE", ["messages", "@original"]:
                one.original = {}
                return None
            case _:
                raise Refused(404, 0, call.path)
        return blank_message(one.channel, self.next_id()) | {"content": call.body.get("content") or ""}
