"""Looks at every part of an installation, side by side; whatever is wrong with one, the others are looked at."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import av
import fontpkg
import httpx
from av.codec.codec import UnknownCodecError
from pydantic import SecretStr

from bot.doctor.findings import Finding, State
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.telegram.config import TelegramSettings
from jobs.broker import queue_server
from jobs.config import JobSettings
from jobs.redis import QUEUE_ERRORS, hasty
from pipeline import weights
from pipeline.accounts import Standing, connected, missing, unwanted
from pipeline.config import StudioSettings
from pipeline.errors import EngineError, FrameError, PublishError, StorageError
from pipeline.model import Network, Visibility
from pipeline.ports import Logins
from storage.config import StorageSettings
from storage.store import open_store

Look = Callable[[Logins], Awaitable[Standing]]

SECONDS = 10.0  # for an answer of another computer
ENCODERS = ("libx264", "aac")
FONTS = (
    "Anton", "Archivo Black", "Caveat", "Cormorant", "Fraunces", "Noto Sans", "Noto Sans Arabic", "Playfair Display",
    "Poppins", "Space Grotesk", "Unbounded",
)  # fmt: skip
REINSTALL = "`make setup` installs what is missing."


@dataclass(frozen=True)
class Settings:
    """All settings of an installation."""

    telegram: TelegramSettings
    discord: DiscordSettings
    storage: StorageSettings
    jobs: JobSettings
    studio: StudioSettings


async def examine(settings: Settings, publishers: Mapping[Network, Look] | None = None) -> tuple[Finding, ...]:
    """Look at everything. Reads, and writes only what the bot and the worker would make at their start.

    Args:
        settings: of the installation.
        publishers: ask how the accounts stand that films are posted to.
    """
    found = await asyncio.gather(
        _telegram(settings.telegram),
        _discord(settings.discord),
        _database(settings.storage),
        _queue(settings),
        asyncio.to_thread(_disk, settings),
        asyncio.to_thread(_encoders),
        asyncio.to_thread(_voice, settings.studio),
        asyncio.to_thread(_fonts),
    )
    accounts = await _accounts(settings, publishers or {})
    return (*found, *_engines(settings.studio), *accounts)


# ── chats ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _telegram(settings: TelegramSettings) -> Finding:
    if settings.token is None:
        return _no_chat("Telegram", "Set TELEGRAM_TOKEN to serve it: see docs/telegram.md.")
    address = f"{settings.base_url}{settings.token.get_secret_value()}/getMe"
    return await _account("Telegram", "TELEGRAM_TOKEN", address, headers={})


async def _discord(settings: DiscordSettings) -> Finding:
    if settings.token is None:
        return _no_chat("Discord", "Set DISCORD_TOKEN to serve it: see docs/discord.md.")
    address = f"{settings.base_url or 'https://discord.com/api/v10'}/users/@me"
    headers = {"Authorization": f"Bot {settings.token.get_secret_value()}"}
    return await _account("Discord", "DISCORD_TOKEN", address, headers=headers)


def _no_chat(part: str, advice: str) -> Finding:
    return Finding(part, State.ABSENT, "no token; without any, the bot talks in the terminal", advice)


async def _account(part: str, setting: str, address: str, *, headers: dict[str, str]) -> Finding:
    """Ask a chat who the bot is. The address has a secret in it: no error text may be shown."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.get(address, headers=headers)
            told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding(part, State.ILL, f"no answer ({type(error).__name__})", "Is this computer connected?")
    except ValueError:
        return Finding(part, State.ILL, "something else answers in its place", "Is the address right?")
    if answer.status_code in (401, 403, 404):
        return Finding(part, State.ILL, f"{setting} is refused", "Copy the token anew, or have a new one made.")
    if answer.is_error or not isinstance(told, dict):
        return Finding(part, State.ILL, f"it answers with status {answer.status_code}", "Try again in a minute.")
    account = told.get("result", told)
    return Finding(part, State.WELL, f"the token is that of {account.get('username', 'a bot')}")


# ── accounts to post to ──────────────────────────────────────────────────────────────────────────────────────────────

_NAMES = {Network.YOUTUBE: "YouTube", Network.INSTAGRAM: "Instagram", Network.TIKTOK: "TikTok"}
_SIGN_IN = "Log in to the account anew and set the new token: see docs/publishing.md."


async def _accounts(settings: Settings, publishers: Mapping[Network, Look]) -> list[Finding]:
    """Look at every account. What a network changes of a login meanwhile is kept, so the store is needed."""
    try:
        async with open_store(settings.storage) as store:
            looks = [_posting(settings.studio, network, publishers.get(network), store.logins) for network in Network]
            return list(await asyncio.gather(*looks))
    except StorageError:
        return []  # which is told of the database already


async def _posting(studio: StudioSettings, network: Network, look: Look | None, logins: Logins) -> Finding:
    part, lacking = _NAMES[network], missing(studio, network)
    if unwanted(studio, network):
        return Finding(part, State.ABSENT, "nothing can be posted there", "See docs/publishing.md to connect it.")
    if lacking or look is None:
        return Finding(part, State.ILL, f"not set: {', '.join(lacking)}", "See docs/publishing.md.")
    try:
        async with asyncio.timeout(SECONDS):
            standing = await look(logins)
    except PublishError:
        return Finding(part, State.ILL, "the login is refused", _SIGN_IN)
    except (EngineError, TimeoutError):
        return Finding(part, State.ILL, "no answer", "Is this computer connected? Try again in a minute.")
    who = f"films are posted to {standing.name}" if standing.name else "films can be posted; the account is not named"
    if standing.lacks:
        return Finding(part, State.ILL, f"the login lacks the right {standing.lacks}", _SIGN_IN)
    seen = next(account.visibility for account in connected(studio) if account.network is network)
    return Finding(part, State.WELL, f"{who} ({_SEEN[seen]})")


_SEEN = {
    Visibility.PUBLIC: "everybody sees them",
    Visibility.UNLISTED: "unlisted",
    Visibility.PRIVATE: "private",
    Visibility.DRAFT: "as drafts in its inbox",
}


# ── database, queue, disk ────────────────────────────────────────────────────────────────────────────────────────────


async def _database(settings: StorageSettings) -> Finding:
    kind = "SQLite" if settings.database_url is None else "PostgreSQL"
    try:
        async with open_store(settings) as store:
            waiting = len(await store.jobs.unfinished())
    except FrameError as error:
        return Finding("Database", State.ILL, str(error), "Look at DATABASE_URL and FRAME_HOME.")
    return Finding("Database", State.WELL, f"{kind}; films under way: {waiting}")


async def _queue(settings: Settings) -> Finding:
    kind = "a server of its own" if settings.jobs.redis_url is None else "the server at REDIS_URL"
    try:
        async with queue_server(settings.jobs, home=settings.storage.home) as server:
            return await _ping(server, kind)
    except FrameError as error:
        return Finding("Queue", State.ILL, str(error), "Look at REDIS_URL; without it, FRAME starts its own server.")


async def _ping(server: SecretStr, kind: str) -> Finding:
    redis = hasty(server)
    try:
        async with asyncio.timeout(SECONDS):
            await redis.ping()
    except (*QUEUE_ERRORS, TimeoutError):
        return Finding("Queue", State.ILL, f"{kind} does not answer", "Start it, or look at REDIS_URL.")
    finally:
        await redis.aclose()
    return Finding("Queue", State.WELL, kind)


def _disk(settings: Settings) -> Finding:
    home = settings.storage.home
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    if free < settings.jobs.min_free_mb:
        wanted = f"Films need {settings.jobs.min_free_mb} MB: make room, or set FRAME_HOME to another disk."
        return Finding("Disk", State.ILL, f"{free:,} MB free at {there}", wanted)
    days = settings.storage.keep_days
    kept = f"films are kept for {days} days after their last use" if days else "films are kept for ever (KEEP_DAYS=0)"
    if free < 2 * settings.jobs.min_free_mb:
        kept += "; space is short, so what can best be done without goes now"
    return Finding("Disk", State.WELL, f"{free:,} MB free at {there}; {kept}")


# ── what films are made with ─────────────────────────────────────────────────────────────────────────────────────────


def _encoders() -> Finding:
    lacking = [name for name in ENCODERS if not _encodes(name)]
    library = ".".join(str(part) for part in av.library_versions["libavcodec"])
    if lacking:
        return Finding("FFmpeg", State.ILL, f"libavcodec {library} has no {' and no '.join(lacking)}", REINSTALL)
    return Finding("FFmpeg", State.WELL, f"libavcodec {library} with {' and '.join(ENCODERS)}")


def _encodes(name: str) -> bool:
    try:
        av.Codec(name, "w")
    except UnknownCodecError:
        return False
    return True


def _voice(settings: StudioSettings) -> Finding:
    try:
        path = weights.ensure(settings.models).voice_model
    except FrameError as error:
        return Finding("Voice", State.ILL, str(error), REINSTALL)
    return Finding("Voice", State.WELL, f"model data is whole ({path.stat().st_size / 1e6:.0f} MB)")


def _fonts() -> Finding:
    lacking = [family for family in FONTS if not _installed(family)]
    if lacking:
        return Finding("Fonts", State.ILL, f"not installed: {', '.join(lacking)}", REINSTALL)
    return Finding("Fonts", State.WELL, f"{len(FONTS)} families")


def _installed(family: str) -> bool:
    try:
        fontpkg.family(family)
    except fontpkg.FontpkgError:
        return False
    return True


def _engines(settings: StudioSettings) -> tuple[Finding, ...]:
    """Which engines will serve. A key is only looked at, not tried: trying may cost money."""
    return (
        _engine("Writer", settings.openai_api_key, cloud=f"OpenAI ({settings.openai_model})", setting="OPENAI_API_KEY"),
        _engine("Speaker", settings.elevenlabs_api_key, cloud="ElevenLabs", setting="ELEVENLABS_API_KEY"),
        _engine(
            "Retoucher", settings.gemini_api_key, cloud=f"Gemini ({settings.gemini_model})", setting="GEMINI_API_KEY"
        ),
        _engine(
            "Camera",
            settings.runwayml_api_secret,
            cloud=f"Runway ({settings.runway_model})",
            setting="RUNWAYML_API_SECRET",
        ),
    )


def _engine(part: str, key: SecretStr | None, *, cloud: str, setting: str) -> Finding:
    if key:
        return Finding(part, State.WELL, f"{cloud}, and the built-in engine should that fail")
    return Finding(part, State.WELL, f"the built-in engine; {setting} would add {cloud}")
