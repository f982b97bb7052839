"""The whole way of the product in the terminal: real conversation, real queue, real worker process."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.errors import PlayFailed
from bot.play.order import PlayOrder
from bot.play.report import Report
from bot.play.stage import play
from jobs.config import JobSettings
from pipeline.model import Platform
from storage.config import StorageSettings
from storage.store import Store
from tests.e2e.conftest import PATIENCE, Sit, quick_worker
from tests.fakes.engines import Rig

ORDER = PlayOrder.model_construct(
    photos=(),
    name="Küchen-Set „Nordtisch“: Becher, Mühle",
    description="Mattschwarzer Steingutbecher. Spülmaschinenfest.",
    price="39,90",
    currency="EUR",
    language="de",
    tone="gemütlich",
    voice="none",
    platforms=(Platform.TIKTOK, Platform.STORIES, Platform.YOUTUBE),
    seconds=6,
)


async def stage(order: PlayOrder, *, home: Path, rig: Rig, out: Path) -> tuple[Report, str]:
    """Play an order; the report and what was drawn."""
    paper = io.StringIO()
    report = await play(
        order,
        out=out,
        console=Console(file=paper, width=100),
        storage=StorageSettings(frame_home=home),
        jobs=JobSettings(),
        locale="en",
        command=quick_worker(home, rig),
    )
    return report, paper.getvalue()


async def test_photos_in_videos_out_and_one_shot_again(
    sit_down: Sit, photos: tuple[Path, ...], store: Store, tmp_path: Path
) -> None:
    async with sit_down() as (chat, bot):
        for line in (
            "/start",
            f"{photos[0]} {photos[1]}",
            "Nordtisch mug, 39,90 €, matte black, dishwasher-safe",
            "Summary ⏩",
            "9",
            "tiktok and youtube",
            "🎬 Make my video",
        ):
            await chat.take(bot.concierge, line)
        await chat.until("choose")
        await chat.take(bot.concierge, "b")
        await chat.until("film-menu")
        assert [message.text for message in chat.shown if message.topic == "film"] == [
            "TikTok · 9:16 · 0 s",
            "YouTube · 16:9 · 0 s",
        ]
        assert {path.suffix for path in (tmp_path / "films").iterdir()} >= {".mp4", ".srt", ".jpg"}

        await chat.take(bot.concierge, "🔄 A shot")
        await chat.take(bot.concierge, "Shot 2")
        assert (await chat.until("takes", times=2)).attachments
        await chat.take(bot.concierge, "c")
        await chat.until("film", times=4)
        async with asyncio.timeout(PATIENCE):
            await bot.courier.rest()
    newest, before = await store.films.recent("terminal:me", 2)
    assert newest.film.wish == before.film.wish.with_take(1, 2)
    steps = await store.history.steps(newest.job)
    assert sorted(step.stage for step in steps if step.computed) == ["cut", "cut"]


async def test_leaving_while_a_job_is_made_loses_nothing(sit_down: Sit, photos: tuple[Path, ...], rig: Rig) -> None:
    held = rig.hold("write")
    async with sit_down() as (chat, bot):
        for line in (str(photos[0]), "Nordtisch mug, 39,90 €", "Summary ⏩", "ok"):
            await chat.take(bot.concierge, line)
        await chat.until("progress")
    held.unlink()
    async with sit_down() as (chat, bot):
        await chat.until("choose")
        await chat.take(bot.concierge, "a")
        await chat.until("film-menu")


async def test_a_play_writes_films_and_a_report_and_the_same_again_computes_nothing(
    home: Path, rig: Rig, photos: tuple[Path, ...], tmp_path: Path
) -> None:
    order = ORDER.model_copy(update={"photos": photos})
    out = tmp_path / "out"
    report, drawn = await stage(order, home=home, rig=rig, out=out)
    kinds = ("mp4", "jpg", "srt", "vtt")
    wanted = {f"{platform}.{kind}" for platform in ("tiktok", "stories", "youtube") for kind in kinds}
    assert {path.name for path in out.iterdir()} == wanted | {"report.json"}
    assert Report.model_validate_json((out / "report.json").read_text(encoding="utf-8")) == report
    brief = report.brief
    assert (brief.name, brief.description) == (order.name, order.description)
    assert brief.price is not None
    assert (brief.price.shown, brief.language, brief.voice, brief.seconds) == ("39,90 €", "de", "none", 6)
    assert report.previews.computed > report.film.computed > 0
    assert {one.stage for one in report.engines} == {"enhance", "write", "speak", "shoot", "score", "mix", "cut"}
    assert "„gemütlich“ – dafür nehme ich Warm." in drawn
    said = [entry.text for entry in report.transcript if entry.who == "seller"]
    assert said[0] == "/start"
    assert "[🎬 Video machen]" in said

    again, _ = await stage(order, home=home, rig=rig, out=tmp_path / "again")
    assert (again.previews.computed, again.film.computed) == (0, 0)
    assert again.wish == report.wish
    assert (tmp_path / "again" / "tiktok.mp4").read_bytes() == (out / "tiktok.mp4").read_bytes()


async def test_a_play_without_a_usable_photo_says_so(home: Path, rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "no.jpg").write_bytes(b"plainly text")
    order = ORDER.model_copy(update={"photos": (tmp_path / "no.jpg",)})
    with pytest.raises(PlayFailed, match=r"The photos were not taken.*kein Foto"):
        await stage(order, home=home, rig=rig, out=tmp_path / "out")


async def test_a_play_whose_engines_fail_says_why(
    home: Path, rig: Rig, photos: tuple[Path, ...], tmp_path: Path
) -> None:
    rig.fail("write", "refused")
    order = ORDER.model_copy(update={"photos": photos})
    with pytest.raises(PlayFailed, match=r"There is no film\. The bot said"):
        await stage(order, home=home, rig=rig, out=tmp_path / "out")
    assert not (tmp_path / "out" / "report.json").exists()
