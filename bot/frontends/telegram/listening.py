"""How updates come: by asking for them again and again, or by Telegram calling (webhook)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError, TimedOut

from bot.frontends.telegram.config import TelegramSettings
from bot.frontends.telegram.inbox import DurableQueue
from bot.frontends.telegram.wire import Wire
from pipeline.errors import StorageError

ALLOWED = ("message", "edited_message", "callback_query")
AT_MOST = 100  # updates fetched at once
LONGEST_WAIT = 30.0  # seconds between tries
_ANSWER_SECONDS = 10.0  # that an answer may take beyond the time for which the server holds it back
_LARGEST = 4_000_000  # bytes of an update

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]


async def poll(bot: Bot, queue: DurableQueue, wire: Wire, *, seconds: float, sleep: Sleep = asyncio.sleep) -> None:
    """Ask for updates until cancelled; what was written down is confirmed by asking for what comes after it.

    Args:
        bot: whose updates.
        queue: where they go.
        wire: a connection for this alone.
        seconds: how long the server may hold an answer back while there is nothing.
        sleep: waits between tries after errors.
    """
    await _insist(bot.delete_webhook, sleep)
    offset, failures = 0, 0
    while True:
        asked = {"offset": offset, "timeout": int(seconds), "limit": AT_MOST, "allowed_updates": json.dumps(ALLOWED)}
        try:
            # not bot.get_updates: one update that the library cannot read would withhold all of them
            raw: Any = await wire.post(
                f"{bot.base_url}/getUpdates?{urlencode(asked)}", read_timeout=seconds + _ANSWER_SECONDS
            )
            if raw:
                await queue.arrive(raw, bot)
                offset = 1 + max(int(one["update_id"]) for one in raw)
            failures = 0
        except TimedOut:
            continue
        except (TelegramError, StorageError) as error:
            await sleep(_wait(error, failures))
            failures += 1


async def be_called(bot: Bot, queue: DurableQueue, settings: TelegramSettings) -> None:
    """Have Telegram call until cancelled. Requests without its secret are refused."""
    path, secret = _secrets(bot.token)

    async def receive(request: web.Request) -> web.Response:
        shown = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            raw = await request.json()
            await queue.arrive([raw], bot)
        except (ValueError, TypeError, KeyError):
            log.warning("a call that was no update")
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        except StorageError as error:
            log.warning("an update could not be written down; Telegram will call again", reason=str(error))
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post(f"/{path}", receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_ANSWER_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_listen, settings.webhook_port).start()
        url = f"{settings.webhook_url.rstrip('/')}/{path}"
        await _insist(lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED), asyncio.sleep)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _insist(call: Callable[[], Awaitable[bool]], sleep: Sleep) -> None:
    """Call until it succeeds: before that nothing can be heard."""
    failures = 0
    while True:
        try:
            await call()
        except TelegramError as error:
            await sleep(_wait(error, failures))
            failures += 1
        else:
            return


def _wait(error: TelegramError | StorageError, failures: int) -> float:
    """Seconds until the next try; the log says why."""
    match error:
        case Conflict():
            log.error("another process is polling with the same token: stop it, or give each its own bot")
        case StorageError():
            log.error("updates could not be written down; they are asked for again", reason=str(error))
        case _:
            log.warning("listening goes on after an error", reason=f"{type(error).__name__}: {error.message}")
    if isinstance(error, RetryAfter):
        asked = error.retry_after
        return 0.5 + (float(asked) if isinstance(asked, int | float) else asked.total_seconds())
    return min(LONGEST_WAIT, 1.5**failures)


def _secrets(token: str) -> tuple[str, str]:
    """An unguessable path and the secret that Telegram sends along; both follow from the token: restarts keep them."""

    def derive(purpose: str) -> str:
        return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:40]

    return derive("webhook path"), derive("webhook secret")
