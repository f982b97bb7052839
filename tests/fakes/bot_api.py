"""A Bot API server on loopback that remembers what a chat shows, and people who write to the bot.

It refuses what Telegram refuses (lengths, callback data, missing messages, unchanged edits), and when the official API
description is at hand every call's fields are checked against it. `trouble` lets a test spoil single calls.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.fakes.bot_api_spec import Description
from tests.fakes.bot_api_values import (
    BOT_ID,
    AnswerLost,
    Call,
    Json,
    Refused,
    Shown,
    chat_of,
    keys_of,
    message_of,
    within,
)

TOKEN = f"{BOT_ID}:test-token-that-must-never-be-logged"
TEXTS = ("text", "caption", "title", "description", "short_description")  # said as they are, whatever they look like
UPLOAD_LIMIT = 50_000_000
MEDIA = ("photo", "audio", "video", "document")


Trouble = Callable[[str, Json], Exception | None]


class BotApi:
    """The server. One bot, any number of chats."""

    def __init__(self, *, checked: bool = True) -> None:
        """`checked`: every call is held against the official description, where that is at hand."""
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], Shown] = {}
        self._numbers: defaultdict[int, list[int]] = defaultdict(list)  # given out in each chat, in order
        self.files: dict[str, bytes] = {}
        self.answers: dict[str, Json] = {}
        self.trouble: Trouble = lambda method, fields: None
        self.webhook: Json = {}
        self.sees_all = True  # what is written in groups
        self._updates: list[Json] = []
        self._number = 0
        self._update = 0
        self._news = asyncio.Condition()
        self._spec = Description.at_hand() if checked else None
        self.url = ""

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[BotApi]:
        app = web.Application(client_max_size=100_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._serve_call)
        app.router.add_get("/file/bot{token}/{path:.*}", self._serve_file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        try:
            yield self
        finally:
            async with self._news:
                self._news.notify_all()
            await runner.cleanup()

    # ── what a test looks at ─────────────────────────────────────────────────────────────────────────────────────────

    def shown(self, chat: int) -> list[Shown]:
        """The bot's messages of a chat, in order."""
        found = (self.messages.get((chat, number)) for number in self._numbers[chat])
        return [one for one in found if one is not None and one.by_bot]

    def waiting(self) -> int:
        """Updates that the bot has not confirmed."""
        return len(self._updates)

    def count(self, method: str) -> int:
        return sum(call.method == method and not call.refused for call in self.calls)

    async def until(self, ready: Callable[[], Any], seconds: float = 60.0) -> Any:
        """Wait until something is so in what the server has seen; its value."""
        async with asyncio.timeout(seconds):
            async with self._news:
                while not (found := ready()):
                    await self._news.wait()
                return found

    # ── what people do ───────────────────────────────────────────────────────────────────────────────────────────────

    async def write(self, chat: int, user: int, *, language: str = "en", topic: int | None = None, **what: Any) -> int:
        """A person writes a message (text=…, photo=bytes, document=bytes, sticker={} …); its number."""
        number = self._next(chat)
        message: Json = {
            "message_id": number,
            "date": 1_790_000_000,
            "chat": chat_of(chat),
            "from": {"id": user, "is_bot": False, "first_name": "Sam", "language_code": language},
        }
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        for name, value in what.items():
            message[name] = self._incoming(name, value)
        if str(what.get("text", "")).startswith("/"):
            length = len(what["text"].partition(" ")[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.messages[chat, number] = Shown(chat, number, text=str(what.get("text", "")), by_bot=False)
        await self.push({"message": message})
        return number

    async def press(self, message: Shown, label: str, user: int, *, language: str = "en") -> str:
        """A person presses a button; the id of the press."""
        return await self.press_data(message, message.button(label)["callback_data"], user, language=language)

    async def press_data(self, message: Shown, data: str, user: int, *, language: str = "en") -> str:
        press = f"press{self._update + 1}"
        query = {
            "id": press,
            "chat_instance": "1",
            "from": {"id": user, "is_bot": False, "first_name": "Sam", "language_code": language},
            "data": data,
            "message": message_of(message),
        }
        await self.push({"callback_query": query})
        return press

    async def push(self, update: Json) -> None:
        self._update += 1
        async with self._news:
            self._updates.append({"update_id": self._update, **update})
            self._news.notify_all()

    def _incoming(self, name: str, value: Any) -> Any:
        if name == "photo":
            sizes = ((90, 90), (1280, 1280))
            return [self._file(value, width=w, height=h) for w, h in sizes]
        if name == "document" and isinstance(value, tuple):
            data, file_name, size = (*value, None)[:3]
            return self._file(data, file_name=file_name, **({"file_size": size} if size else {}))
        return value

    def _file(self, data: bytes, **more: Any) -> Json:
        file_id = f"file{len(self.files)}"
        self.files[file_id] = data
        return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(data), **more}

    # ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _serve_call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        method, fields = request.match_info["method"], await self._fields(request)
        call = Call(method, fields)
        if method != "getUpdates":
            self.calls.append(call)
        try:
            result = await self._carry_out(method, fields)
        except Refused as refusal:
            call.refused = str(refusal)
            answer = {"ok": False, "error_code": refusal.code, "description": str(refusal)}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            return web.json_response(answer, status=refusal.code)
        except AnswerLost:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        async with self._news:
            self._news.notify_all()
        return web.json_response({"ok": True, "result": result})

    async def _fields(self, request: web.Request) -> Json:
        fields: Json = {}
        if request.content_type.startswith("multipart/"):
            async for part in await request.multipart():
                data = bytes(await part.read())  # type: ignore[union-attr]
                fields[str(part.name)] = data if part.filename else data.decode()  # type: ignore[union-attr]
        elif request.content_type == "application/json":
            fields = await request.json()
        else:
            fields = {**request.query, **await request.post()}
        return {name: value if name in TEXTS else self._parsed(value) for name, value in fields.items()}

    def _parsed(self, value: Any) -> Any:
        if isinstance(value, str) and value[:1] in ("{", "["):
            try:
                return json.loads(value)
            except ValueError:
                return value
        return value

    async def _carry_out(self, method: str, fields: Json) -> Any:
        self._check_fields(method, fields)
        spoiled = self.trouble(method, fields)
        if isinstance(spoiled, Refused):
            raise spoiled
        handler: Callable[[Json], Awaitable[Any]] | None = getattr(self, f"_do_{method.lower()}", None)
        if handler is None:
            raise Refused(501, f"the fake knows no {method}")
        result = await handler(fields)
        if spoiled is not None:
            async with self._news:
                self._news.notify_all()
            raise spoiled
        return result

    def _check_fields(self, method: str, fields: Json) -> None:
        faults = self._spec.faults(method, fields) if self._spec is not None else []
        if faults:
            raise Refused(400, f"Bad Request: {method}: {'; '.join(faults)}")

    async def _serve_file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"]])

    # ── methods ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _do_getme(self, fields: Json) -> Json:
        us = {"id": BOT_ID, "is_bot": True, "first_name": "FRAME", "username": "frame_test_bot"}
        return {**us, "can_read_all_group_messages": self.sees_all}

    async def _do_getupdates(self, fields: Json) -> list[Json]:
        offset = int(fields.get("offset", 0))
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        async with self._news:
            try:
                async with asyncio.timeout(min(float(fields.get("timeout", 0)), 0.2)):
                    while not self._updates:
                        await self._news.wait()
            except TimeoutError:
                return []
        return self._updates[: int(fields.get("limit", 100))]

    async def _do_setwebhook(self, fields: Json) -> bool:
        self.webhook = fields
        return True

    async def _do_deletewebhook(self, fields: Json) -> bool:
        self.webhook = {}
        return True

    async def _accept(self, fields: Json) -> bool:
        return True

    _do_setmycommands = _do_setmydescription = _do_setmyshortdescription = _accept
    _do_setchatmenubutton = _do_sendchataction = _accept

    async def _do_getfile(self, fields: Json) -> Json:
        file_id = fields["file_id"]
        if file_id not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        size = len(self.files[file_id])
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": file_id}

    async def _do_answercallbackquery(self, fields: Json) -> bool:
        if fields["callback_query_id"] in self.answers:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answers[fields["callback_query_id"]] = fields
        return True

    async def _do_sendmessage(self, fields: Json) -> Json:
        return message_of(self._post(fields, kind="text", text=within(fields["text"], 4096)))

    async def _send_file(self, fields: Json, kind: str) -> Json:
        file_id = self._stored(fields[kind], fields, kind)
        caption = within(fields.get("caption", " "), 1024).strip()
        return message_of(self._post(fields, kind=kind, text=caption, file_id=file_id))

    async def _do_sendphoto(self, fields: Json) -> Json:
        return await self._send_file(fields, "photo")

    async def _do_sendaudio(self, fields: Json) -> Json:
        return await self._send_file(fields, "audio")

    async def _do_sendvideo(self, fields: Json) -> Json:
        return await self._send_file(fields, "video")

    async def _do_senddocument(self, fields: Json) -> Json:
        return await self._send_file(fields, "document")

    async def _do_sendmediagroup(self, fields: Json) -> list[Json]:
        media = fields["media"]
        if not 2 <= len(media) <= 10:
            raise Refused(400, "Bad Request: wrong number of items in the media group")
        sent = []
        for one in media:
            file_id = self._stored(one["media"], fields, one["type"])
            caption = within(one.get("caption", " "), 1024).strip()
            sent.append(message_of(self._post(fields, kind=one["type"], text=caption, file_id=file_id)))
        return sent

    async def _do_editmessagetext(self, fields: Json) -> Json:
        shown = self._existing(fields)
        if shown.kind != "text":
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        return self._edit(shown, fields, text=within(fields["text"], 4096))

    async def _do_editmessagemedia(self, fields: Json) -> Json:
        shown, media = self._existing(fields), fields["media"]
        file_id = self._stored(media["media"], fields, media["type"])
        text = within(media.get("caption", " "), 1024).strip()
        return self._edit(shown, fields, text=text, kind=media["type"], file_id=file_id)

    async def _do_editmessagereplymarkup(self, fields: Json) -> Json:
        return self._edit(self._existing(fields), fields)

    async def _do_deletemessage(self, fields: Json) -> bool:
        key = int(fields["chat_id"]), int(fields["message_id"])
        if self.messages.pop(key, None) is None:
            raise Refused(400, "Bad Request: message to delete not found")
        return True

    # ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _next(self, chat: int) -> int:
        self._number += 1
        self._numbers[chat].append(self._number)
        return self._number

    def _post(self, fields: Json, *, kind: str, text: str, file_id: str = "") -> Shown:
        chat = int(fields["chat_id"])
        topic = fields.get("message_thread_id")
        shown = Shown(chat, self._next(chat), text=text, kind=kind, file_id=file_id, fields=fields)
        shown.topic = int(topic) if topic is not None else None
        shown.buttons = keys_of(fields)
        self.messages[chat, shown.number] = shown
        return shown

    def _existing(self, fields: Json) -> Shown:
        shown = self.messages.get((int(fields["chat_id"]), int(fields["message_id"])))
        if shown is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if not shown.by_bot:
            raise Refused(400, "Bad Request: message can't be edited")
        return shown

    def _edit(self, shown: Shown, fields: Json, **changes: str) -> Json:
        after = {**changes, "buttons": keys_of(fields)}
        if all(getattr(shown, name) == value for name, value in after.items()):
            raise Refused(400, "Bad Request: message is not modified: specified new message content is the same")
        for name, value in after.items():
            setattr(shown, name, value)
        shown.edits += 1
        shown.fields = {**shown.fields, **fields}
        return message_of(shown)

    def _stored(self, given: Any, fields: Json, kind: str) -> str:
        if isinstance(given, str) and given.startswith("attach://"):
            given = fields[given.removeprefix("attach://")]
        if isinstance(given, bytes):
            if len(given) > UPLOAD_LIMIT:
                raise Refused(413, "Request Entity Too Large")
            return str(self._file(given)["file_id"])
        if given not in self.files:
            raise Refused(400, "Bad Request: wrong remote file identifier specified")
        return str(given)
