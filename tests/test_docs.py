"""The documentation names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from bot.config import BotSettings
from bot.frontends.discord.config import DiscordSettings
from bot.frontends.telegram.config import TelegramSettings
from jobs.config import JobSettings
from pipeline.config import StudioSettings
from storage.config import StorageSettings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS: tuple[type[BaseSettings], ...] = (
    BotSettings,
    TelegramSettings,
    DiscordSettings,
    JobSettings,
    StudioSettings,
    StorageSettings,
)


def names(settings: type[BaseSettings]) -> set[str]:
    prefix = settings.model_config.get("env_prefix", "")
    return {f"{prefix}{field}".upper() for field in settings.model_fields}


def test_every_setting_is_described_and_nothing_else() -> None:
    described = set(re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert described == set().union(*(names(section) for section in SETTINGS))


@pytest.mark.parametrize("settings", SETTINGS)
def test_an_empty_setting_is_an_unset_one(
    settings: type[BaseSettings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in names(settings):
        monkeypatch.delenv(name, raising=False)
    unset = settings()
    for name in names(settings):
        monkeypatch.setenv(name, "")
    assert settings() == unset


@pytest.mark.parametrize("page", [*sorted(path.name for path in (ROOT / "docs").glob("*.md")), "../README.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / "docs" / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_the_make_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", (ROOT / "README.md").read_text())) <= targets
