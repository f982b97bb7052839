"""The command that starts the bot: what is wrong is said in a sentence, and secrets stay out of its log."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web

from run_bot import main
from tests.fakes.logs import logged

ROOT = Path(__file__).resolve().parents[2]
OWN = "correct horse battery staple"


async def _refused(_: web.Request) -> web.Response:
    return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)


async def test_a_token_that_discord_refuses_is_said_in_a_sentence(tmp_path: Path) -> None:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _refused)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    environment = {
        "FRAME_HOME": str(tmp_path),
        "DISCORD_TOKEN": "not.a.token",
        "DISCORD_API_URL": f"http://{host}:{port}",
    }
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "run_bot.py"), cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE
    )
    try:
        _, said = await asyncio.wait_for(bot.communicate(), 120)
    finally:
        await runner.cleanup()
    assert bot.returncode == 1
    assert said.decode().splitlines()[-1] == "The bot cannot run. Discord does not accept DISCORD_TOKEN."
    assert b"Traceback" not in said


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ([], "DISCORD_SHARDS", "many"),
        (["doctor"], "ELEVENLABS_VOICES", "George"),
        (["play", "order.toml", "--out", "out"], "WORKERS", "many"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f" {name}." in said


def test_a_play_keeps_secrets_out_of_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAME_HOME", str(tmp_path))
    monkeypatch.setenv("OPENAI_API_KEY", OWN)
    with logged():  # puts the logging back as it was
        assert main(["play", str(tmp_path / "order.toml"), "--out", str(tmp_path / "out")]) == 1
        logging.getLogger("library").error("failed with %s", OWN)
    written = (tmp_path / "logs" / "bot.log").read_text(encoding="utf-8")
    assert "failed with" in written
    assert OWN not in written
