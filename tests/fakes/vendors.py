"""Vendors on loopback: an HTTP server that answers as a test has it, and keeps what it was asked."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
from aiohttp import web
from numpy.typing import NDArray
from PIL import Image

KEY = "letmein-9d41c7e2"  # in no shape that a log filter knows


@dataclass(frozen=True)
class Call:
    """A request as it came over the wire."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: dict[str, Any]


Answer = Callable[[Call], web.Response | None]  # None is silence


class Vendor:
    """Answers with one answer after the other; the last one stays. Runs in a thread of its own."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.calls: list[Call] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.01, handler_cancellation=True)
        self.address = ""

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/{path:.*}", self._serve)
        return app

    async def _start(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{port}"

    async def _serve(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Call(request.path, dict(request.query), headers, await request.json())
        self.calls.append(call)
        answer = (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(call)
        if answer is None:
            await asyncio.Event().wait()
        assert answer is not None
        return answer


def failing(status: int, body: object, headers: Mapping[str, str] | None = None) -> Answer:
    """An answer that is an error."""
    return lambda _: web.json_response(body, status=status, headers=headers)


def garbage(_: Call) -> web.Response:
    """An answer that is none: a proxy's page."""
    return web.Response(text="<html>Under maintenance</html>", content_type="text/html")


def silence(_: Call) -> None:
    """No answer, ever."""


# ── OpenAI ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def writes(draft: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    """A model that answers with a draft made of the material that it was told."""
    return lambda call: web.json_response(response(call, json.dumps(draft(told(call)), ensure_ascii=False)))


def says(text: str) -> Answer:
    """A model that answers with a text, whatever it was asked."""
    return lambda call: web.json_response(response(call, text))


def declines(call: Call) -> web.Response:
    """A model that will not."""
    part = {"type": "refusal", "refusal": "I can't help with that."}
    return web.json_response(response(call, "", part=part))


def told(call: Call) -> dict[str, Any]:
    """The material in a request: the JSON between its delimiters."""
    text = call.body["input"][0]["content"][0]["text"]
    found = re.fullmatch(r"<material>\n(.*)\n</material>", text, re.DOTALL)
    assert found is not None
    material = json.loads(found[1])
    assert isinstance(material, dict)
    return material


def response(call: Call, text: str, *, part: dict[str, Any] | None = None) -> dict[str, Any]:
    """A response of the Responses API with one message in it."""
    part = part or {"type": "output_text", "text": text, "annotations": [], "logprobs": []}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": [part]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1790000000,
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": call.body["model"],
        "output": [message],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "top_p": 1.0,
        "tool_choice": "auto",
        "tools": [],
    }


def honest(material: dict[str, Any]) -> dict[str, Any]:
    """A draft as a good model writes it: a hook, the name, points, the price and the end card."""
    facts = {fact["id"]: fact for fact in material["facts"]}
    phrases = {phrase["kind"]: phrase for phrase in reversed(material["phrases"])}
    name = facts["name"]["pieces"][0] if "name" in facts else ""
    points = [fact for fact in facts.values() if fact["kind"] == "point"]
    figure = next((fact for fact in points if re.search(r"\d", fact["text"])), {"id": "", "text": ""})
    opening = material["phrases"][0] if material["phrases"] else {"id": "", "text": "{name}."}
    hook = opening["text"].replace("{name}", name).replace("{figure}", figure["text"])
    shots = [shot("hook", hook, facts=["name", figure["id"]], phrases=[opening["id"]])]
    for at, point in enumerate(points[:3]):
        short = point["short"][0] if point["short"] else ""
        shots.append(shot("point", f"{point['pieces'][0]}.", short, [point["id"]], photo=at % material["photos"]))
    missing = material["shots"]["fewest"] - len(shots) - (2 if "price" in facts else 1)
    shots += [shot("detail", photo=material["photos"] - 1) for _ in range(missing)]
    if "price" in facts:
        price = facts["price"]["text"]
        phrase = phrases.get("price", {"id": "", "text": "{price}"})
        shots.append(shot("price", phrase["text"].replace("{price}", price), price, ["price"], [phrase["id"]]))
    closing = phrases.get("closing", {"id": "", "text": ""})
    shots.append(shot("card", material["closing_line"] or closing["text"], name, ["name"], [closing["id"]]))
    for made in shots:
        made["facts"] = [identity for identity in made["facts"] if identity in facts]
        made["phrases"] = [identity for identity in made["phrases"] if identity]
    return {"shots": shots}


def shot(
    intent: str,
    spoken: str = "",
    shown: str = "",
    facts: list[str] | None = None,
    phrases: list[str] | None = None,
    *,
    photo: int = 0,
) -> dict[str, Any]:
    """One shot of a draft."""
    return {
        "intent": intent,
        "photo": photo,
        "spoken": spoken,
        "shown": shown,
        "facts": facts or [],
        "phrases": phrases or [],
    }


# ── ElevenLabs ───────────────────────────────────────────────────────────────────────────────────────────────────────

RATE = 24_000
LEAD = 0.2  # seconds of silence around a line
LETTER = 0.06  # seconds a letter takes


def speaks(call: Call) -> web.Response:
    """A tone for every letter, silence for every space, and the times of all of them."""
    text = call.body["text"]
    time = np.arange(round(LETTER * RATE)) / RATE
    tone = np.sin(2 * np.pi * 220 * time) * 0.3
    silence = np.zeros(round(LEAD * RATE))
    sound = np.concatenate([silence, *(tone if letter.isalnum() else tone * 0 for letter in text), silence])
    starts = [round(LEAD + at * LETTER, 3) for at in range(len(text))]
    alignment = {
        "characters": list(text),
        "character_start_times_seconds": starts,
        "character_end_times_seconds": [round(start + LETTER, 3) for start in starts],
    }
    audio = base64.b64encode((sound * 32767).astype("<i2").tobytes()).decode()
    return web.json_response({"audio_base64": audio, "alignment": alignment, "normalized_alignment": alignment})


# ── Gemini ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def retouches(change: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]) -> Answer:
    """A model that answers with the photo it was sent, changed, and with a word about it."""

    def answer(call: Call) -> web.Response:
        data = call.body["contents"][0]["parts"][0]["inlineData"]["data"]
        with Image.open(io.BytesIO(base64.b64decode(data))) as image:
            made = Image.fromarray(change(np.asarray(image.convert("RGB"), np.uint8)))
        file = io.BytesIO()
        made.save(file, "PNG")
        return pictured(file.getvalue())

    return answer


def pictured(file: bytes, *, kind: str = "image/png") -> web.Response:
    """An answer of Gemini's with a picture in it."""
    parts = [{"text": "Done."}, {"inlineData": {"mimeType": kind, "data": base64.b64encode(file).decode()}}]
    candidate = {"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}
    return web.json_response({"candidates": [candidate], "modelVersion": "gemini-test", "responseId": "r1"})
