"""One small real film: the studio's own engines, from a photo to a checked file."""

from __future__ import annotations

import io
import math
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFilter
from rich.console import Console

from bot.play.order import PlayOrder
from bot.play.stage import play
from jobs.config import JobSettings
from pipeline.model import Platform
from storage.config import StorageSettings


def packshot(path: Path) -> Path:
    """A mug on a plain ground: a body, a handle, a shadow."""
    picture = Image.new("RGB", (1200, 1200), (236, 233, 227))
    shadow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shadow).ellipse((340, 880, 900, 980), fill=120)
    picture.paste((150, 145, 138), mask=shadow.filter(ImageFilter.GaussianBlur(24)))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((700, 480, 960, 800), outline=(38, 70, 83), width=46)
    for x in range(360, 800):
        light = 0.55 + 0.45 * math.sin(math.pi * (x - 360) / 440)
        pen.line((x, 360, x, 920), fill=(round(60 * light), round(110 * light), round(130 * light)))
    pen.ellipse((360, 320, 800, 400), fill=(233, 196, 106))
    picture.save(path, quality=93)
    return path


async def test_a_photo_becomes_a_film_with_voice_captions_and_music(tmp_path: Path) -> None:
    order = PlayOrder(
        photos=(packshot(tmp_path / "mug.jpg"),),
        name="Morning mug",
        description="Glazed by hand. Dishwasher-safe.",
        price="24.00",
        currency="GBP",
        language="en",
        tone="warm",
        platforms=(Platform.SQUARE_FEED,),
        seconds=6,
    )
    report = await play(
        order,
        out=tmp_path / "out",
        console=Console(file=io.StringIO(), width=100),
        storage=StorageSettings(frame_home=tmp_path / "home"),
        jobs=JobSettings(),
        locale="en",
    )
    with av.open(str(tmp_path / "out" / "square_feed.mp4")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.width, video.height) == (1080, 1080)
        assert video.average_rate == Fraction(30)
        frames = sum(1 for _ in film.decode(video))
        assert audio.rate == 48_000
    (file,) = report.files
    assert abs(file.seconds - frames / 30) < 0.01
    assert 4.5 <= file.seconds <= 8.5
    assert abs(report.loudness.integrated + 14) <= 0.5
    assert report.loudness.true_peak <= -1.0
    assert [check.name for form in report.formats for check in form.checks if not check.passed] == []
    assert all(claim.source != "none" for claim in report.claims)
    spoken = " ".join(shot.spoken for shot in report.shots)
    assert "£24.00" in spoken + " ".join(shot.shown for shot in report.shots)
    written = (tmp_path / "out" / "square_feed.srt").read_text(encoding="utf-8")
    assert "£24.00" in written or "£24.00" not in spoken
    assert any(word.end > word.start for shot in report.shots for word in shot.words)
    assert report.music_licence
