"""Which engines a studio has: those in the cloud first, where there is a key."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.config import StudioSettings
from pipeline.studio import build
from tests.fakes.vendors import KEY

LOCAL_VOICES = ["kokoro-82m-int8-2", "espeak-ng-1", "captions-1"]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without anybody's settings."""
    monkeypatch.chdir(tmp_path)
    for name in StudioSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def engines() -> tuple[list[str], list[str]]:
    studio = build(StudioSettings())
    return [engine.name for engine in studio.write.engines], [engine.name for engine in studio.speak.engines]


def test_without_keys_all_is_local() -> None:
    assert engines() == (["grounded-4"], LOCAL_VOICES)


def test_an_empty_key_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("ELEVENLABS_API_KEY", "")
    assert engines() == (["grounded-4"], LOCAL_VOICES)


def test_the_cloud_is_asked_first_where_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-next")
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    writers, voices = engines()
    assert writers == ["openai-gpt-next-1", "grounded-4"]
    assert voices[0].startswith("elevenlabs-eleven_v3-")
    assert voices[1:] == LOCAL_VOICES


def cameras() -> tuple[list[str], list[str] | None]:
    """Those of previews and those of films."""
    studio = build(StudioSettings())
    films = None if studio.film is None else [engine.name for engine in studio.film.engines]
    return [engine.name for engine in studio.shoot.engines], films


def test_without_keys_nothing_is_filmed_or_retouched_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNWAYML_API_SECRET", "")
    monkeypatch.setenv("GEMINI_API_KEY", "")
    assert cameras() == (["look-3"], None)
    assert [engine.name for engine in build(StudioSettings()).enhance.engines] == ["classic-3"]


def test_films_are_filmed_in_the_cloud_but_previews_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    monkeypatch.setenv("RUNWAY_MODEL", "gen4.5")
    assert cameras() == (["look-3"], ["runway-gen4.5-1", "look-3"])


def test_vendors_are_paid_and_what_is_here_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not StudioSettings().paid
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert StudioSettings().paid


@pytest.mark.parametrize("said", ["-1", "cheap"])
def test_a_price_that_is_none_is_an_error(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNWAY_PRICE", said)
    with pytest.raises(ValidationError):
        StudioSettings()


def test_photos_are_retouched_where_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv("GEMINI_MODEL", "nano")
    assert [engine.name for engine in build(StudioSettings()).enhance.engines] == ["nano-classic-3-1", "classic-3"]


def test_voices_are_given_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEVENLABS_VOICES", "de=abc123, fr = Xyz,")
    assert StudioSettings().elevenlabs_voices == {"de": "abc123", "fr": "Xyz"}


@pytest.mark.parametrize("said", ["abc123", "de:abc", "de=../models", "german=abc"])
def test_voices_that_cannot_be_understood_are_an_error(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEVENLABS_VOICES", said)
    with pytest.raises(ValidationError):
        StudioSettings()


def test_keys_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    monkeypatch.setenv("RUNWAYML_API_SECRET", KEY)
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    settings = StudioSettings()
    assert KEY not in repr(settings)
    assert [secret.get_secret_value() for secret in settings.secrets if secret] == [KEY] * 4


def test_a_studio_without_keys_loads_no_vendors_library() -> None:
    code = (
        "import sys; from pipeline.config import StudioSettings; from pipeline.studio import build; "
        "build(StudioSettings(_env_file=None)); print([m for m in ('openai', 'elevenlabs') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    environment = {"PYTHONPATH": str(root), "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=120, check=True
    )
    assert done.stdout.strip() == "[]"
