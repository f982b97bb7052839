"""Orders to play: read, checked, told what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import PlayFailed, SettingsMissing
from bot.play.demo import demo_orders
from bot.play.order import read_order
from bot.secret import load_secret
from pipeline.model import Platform
from run_bot import main


def write(folder: Path, text: str) -> Path:
    (folder / "a.jpg").write_bytes(b"x")
    path = folder / "order.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_order_needs_nothing_but_photos(tmp_path: Path) -> None:
    order = read_order(write(tmp_path, 'photos = ["a.jpg"]'))
    assert order.photos == (tmp_path / "a.jpg",)
    assert (order.name, order.price, order.platforms, order.seconds) == (None, None, None, None)


def test_every_field_of_an_order_is_read(tmp_path: Path) -> None:
    text = """
        photos = ["a.jpg"]
        name = "Montre fine"
        description = "Cadran champagne."
        price = "119.–"
        currency = "CHF"
        language = "fr-CH"
        tone = "luxury"
        voice = "none"
        platforms = ["instagram_reels", "youtube"]
        seconds = 30
    """
    order = read_order(write(tmp_path, text))
    assert (order.price, order.currency, order.language) == ("119.–", "CHF", "fr-CH")
    assert order.platforms == (Platform.INSTAGRAM_REELS, Platform.YOUTUBE)


@pytest.mark.parametrize(("price", "kept"), [("39.90", "39.90"), ("45", "45"), ('"39,90"', "39,90")])
def test_a_price_keeps_its_digits_however_it_is_given(tmp_path: Path, price: str, kept: str) -> None:
    assert read_order(write(tmp_path, f'photos = ["a.jpg"]\nprice = {price}')).price == kept


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("photos = []", "photos"),
        ('name = "no photos"', "photos"),
        ('photos = ["missing.jpg"]', "there is no photo"),
        ('photos = ["a.jpg"]\nplatforms = ["myspace"]', "platforms"),
        ('photos = ["a.jpg"]\ncolour = "red"', "colour"),
        ('photos = ["a.jpg"]\nseconds = -3', "seconds"),
        ("photos = [", "not a TOML file"),
    ],
)
def test_what_is_wrong_with_an_order_is_said_in_a_sentence(
    tmp_path: Path, text: str, wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PlayFailed, match=wrong):
        read_order(path)
    monkeypatch.setenv("FRAME_HOME", str(tmp_path / "home"))
    assert main(["play", str(path), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert wrong in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


def test_a_visitors_own_photos_are_played(tmp_path: Path) -> None:
    (tmp_path / "mug.jpg").write_bytes(b"x")
    ((order, out),) = demo_orders([tmp_path / "mug.jpg"], out=tmp_path / "out")
    assert order.photos == (tmp_path / "mug.jpg",)
    assert out == tmp_path / "out"
    with pytest.raises(PlayFailed, match="no photo"):
        demo_orders([tmp_path / "missing.jpg"], out=tmp_path)


def test_the_key_of_the_buttons_is_made_once_and_kept_to_ourselves(tmp_path: Path) -> None:
    key = load_secret(tmp_path / "home")
    assert load_secret(tmp_path / "home") == key
    assert len(key) == 32
    assert (tmp_path / "home" / "token-key").stat().st_mode & 0o077 == 0
    (tmp_path / "home" / "token-key").write_bytes(b"short")
    with pytest.raises(SettingsMissing, match="damaged"):
        load_secret(tmp_path / "home")
