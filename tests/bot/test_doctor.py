"""The doctor names what is missing, says what to do, and keeps secrets to itself."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import fontpkg
import pytest
from aiohttp import web
from pydantic import SecretStr
from rich.console import Console

from bot.doctor.examination import Settings, examine
from bot.doctor.findings import Finding, State, show, well
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.telegram.config import TelegramSettings
from jobs.config import JobSettings
from pipeline.config import StudioSettings
from storage.config import StorageSettings
from tests.fakes.bot_api import TOKEN, BotApi

ROOT = Path(__file__).resolve().parents[2]
DISCORD_TOKEN = "discord-token-that-nobody-may-see"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doctor")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().serve() as server:
        yield server


def settings(home: Path, **more: Any) -> Settings:
    usual: dict[str, Any] = {
        "telegram": TelegramSettings(token=None),
        "discord": DiscordSettings(token=None),
        "storage": StorageSettings(frame_home=home, database_url=None),
        "jobs": JobSettings(redis_url=None, min_free_mb=1),
        "studio": StudioSettings(
            frame_home=home, openai_api_key=None, elevenlabs_api_key=None, runwayml_api_secret=None, gemini_api_key=None
        ),
    }
    return Settings(**usual | more)


async def found(home: Path, **more: Any) -> dict[str, Finding]:
    return {finding.part: finding for finding in await examine(settings(home, **more))}


async def test_an_installation_without_any_setting_is_well(home: Path) -> None:
    findings = await found(home)
    assert {part: one.state for part, one in findings.items() if one.state is not State.WELL} == {
        "Telegram": State.ABSENT,
        "Discord": State.ABSENT,
        "YouTube": State.ABSENT,
        "Instagram": State.ABSENT,
        "TikTok": State.ABSENT,
    }
    assert well(tuple(findings.values()))
    assert "OPENAI_API_KEY" in findings["Writer"].what
    assert "RUNWAYML_API_SECRET" in findings["Camera"].what
    assert "GEMINI_API_KEY" in findings["Retoucher"].what


async def test_a_token_that_works_is_told_by_the_name_of_its_bot(home: Path, api: BotApi) -> None:
    telegram = TelegramSettings(token=SecretStr(TOKEN), api_url=api.url)
    assert (await found(home, telegram=telegram))["Telegram"] == Finding(
        "Telegram", State.WELL, "the token is that of frame_test_bot"
    )


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:1", "http://not a host:x"])
async def test_a_token_that_does_not_work_is_named_and_never_shown(home: Path, api: BotApi, address: str) -> None:
    wrong = SecretStr("4242:another-token-that-must-not-be-shown")
    telegram = TelegramSettings(token=wrong, api_url=address or api.url)
    findings = await examine(settings(home, telegram=telegram))
    assert [one.part for one in findings if one.state is State.ILL] == ["Telegram"]
    screen = io.StringIO()
    show(findings, Console(file=screen, width=80))
    assert "To be put right: Telegram." in screen.getvalue()
    assert "another-token" not in screen.getvalue()


@pytest.mark.parametrize(("token", "state"), [(DISCORD_TOKEN, State.WELL), ("another", State.ILL)])
async def test_the_discord_token_is_tried(home: Path, token: str, state: State) -> None:
    async def me(request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bot {DISCORD_TOKEN}":
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        return web.json_response({"id": "1", "username": "frame"})

    app = web.Application()
    app.router.add_get("/api/v10/users/@me", me)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        discord = DiscordSettings(token=SecretStr(token), api_url=f"http://{host}:{port}")
        assert (await found(home, discord=discord))["Discord"].state is state
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("Queue", {"jobs": JobSettings(redis_url=SecretStr("redis://127.0.0.1:1"), min_free_mb=1)}),
        ("Disk", {"jobs": JobSettings(redis_url=None, min_free_mb=10**9)}),
        ("Database", {"storage": StorageSettings(database_url=SecretStr("postgresql://a:hunter2@127.0.0.1:1/b"))}),
        ("Voice", {"studio": StudioSettings(frame_home=Path("/dev/null/frame"))}),
    ],
)
async def test_what_is_broken_is_named_with_what_to_do(home: Path, part: str, broken: dict[str, Any]) -> None:
    if part == "Database":
        broken = {"storage": broken["storage"].model_copy(update={"frame_home": home})}
    findings = await examine(settings(home, **broken))
    assert [one.part for one in findings if one.state is State.ILL] == [part]
    [ill] = [one for one in findings if one.part == part]
    assert ill.advice
    assert "hunter2" not in ill.what


async def test_a_font_that_is_not_installed_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(family: str, real: Any = fontpkg.family) -> Any:
        return real(family if family != "Anton" else "No Such Family")

    monkeypatch.setattr(fontpkg, "family", without)
    assert (await found(home))["Fonts"].what == "not installed: Anton"


@pytest.mark.parametrize(("address", "status"), [("", 0), ("http://127.0.0.1:1", 1)])
async def test_the_command_tells_by_its_status(home: Path, address: str, status: int) -> None:
    environment = {**os.environ, "FRAME_HOME": str(home), "MIN_FREE_MB": "1"}
    environment |= {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": address} if address else {}
    doctor = await asyncio.create_subprocess_exec(
        *(sys.executable, "run_bot.py", "doctor"),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(doctor.communicate(), 120)
    assert doctor.returncode == status, said.decode()
    assert TOKEN not in said.decode()
    assert b"Traceback" not in said
