"""The cloud camera films what it is sent, buys every shot once, and goes nowhere that it is told to by a stranger."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from pathlib import Path

import av
import pytest
from jsonschema import Draft202012Validator
from PIL import Image
from pydantic import SecretStr

from pipeline.engines.shots.asking import family, nearest, seconds, words
from pipeline.engines.shots.local import LocalCamera
from pipeline.engines.shots.runway import RunwayCamera
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.model import Filming, Format, Intent
from pipeline.ports import Shoot
from pipeline.steps import Fallback
from tests.fakes.memory import FolderBlobs
from tests.fakes.runway import Runway, sent
from tests.fakes.vendors import KEY, failing
from tests.pipeline.cloud.conftest import SPECS
from tests.pipeline.cloud.ordering import Counter, a_shot, camera, produced


@pytest.fixture
async def shoot(blobs: FolderBlobs) -> Shoot:
    return await a_shot(blobs)


async def test_a_shot_is_filmed_from_its_photo(shoot: Shoot, blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway() as vendor:
        take, record = await produced(shoot, camera(vendor), blobs, tmp_path)
    assert (record.engine, record.notes) == ("runway-gen4_turbo-1", ())
    assert take.clip is not None
    assert take.thumbnail is not None
    with av.open(str(await blobs.open(take.clip))) as film:
        assert sum(1 for _ in film.decode(video=0)) == 36
    with Image.open(await blobs.open(take.thumbnail)) as picture:
        assert picture.height == 360
    order = vendor.orders[0]
    assert (order.path, order.headers["x-runway-version"]) == ("/v1/image_to_video", "2024-11-06")
    assert order.headers["authorization"] == f"Bearer {KEY}"
    assert order.body["ratio"] == "720:1280"
    pixels = sent(order)
    assert pixels.shape[1] / pixels.shape[0] == pytest.approx(720 / 1280, abs=0.01)
    assert vendor.cancelled == []


async def test_progress_is_told_while_it_films(shoot: Shoot, tmp_path: Path) -> None:
    bench = Counter(tmp_path)
    with Runway() as vendor:
        await camera(vendor).run(shoot, bench)
    assert (50, 100) in bench.told


async def test_nothing_that_a_seller_wrote_is_sent(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Runway() as vendor:
        for intent in (Intent.HOOK, Intent.POINT):
            await produced(await a_shot(blobs, intent), camera(vendor), blobs, tmp_path)
    for order in vendor.orders:
        text = json.dumps({**order.body, "promptImage": ""})
        assert "Ignore" not in text
        assert "{prompt}" not in text
        assert "does not change" in text


@pytest.mark.parametrize("intent", [Intent.HOOK, Intent.HERO, Intent.DETAIL, Intent.POINT])
async def test_prompts_fit_and_another_take_moves_otherwise(intent: Intent, blobs: FolderBlobs) -> None:
    prompts = {words(await a_shot(blobs, intent, take=take)) for take in range(4)}
    assert len(prompts) > 1
    assert all(len(prompt.encode("utf-16-le")) // 2 <= 1000 for prompt in prompts)


@pytest.mark.parametrize("model", ["gen4_turbo", "gen4.5", "veo3.1", "veo3.1_fast"])
@pytest.mark.parametrize("form", [*Format])
async def test_requests_are_what_the_vendor_describes(
    model: str, form: Format, blobs: FolderBlobs, tmp_path: Path
) -> None:
    path = SPECS / "runway/openapi.tryAGI-2026-08-08.json"
    if not path.exists():
        pytest.skip("the vendors' descriptions are not on this machine")
    body = json.loads(path.read_text())["paths"]["/v1/image_to_video"]["post"]["requestBody"]
    kinds = {one["title"]: one for one in body["content"]["application/json"]["schema"]["oneOf"]}
    request = (await a_shot(blobs)).model_copy(update={"form": form})
    with Runway() as vendor:
        await produced(request, camera(vendor, model=model), blobs, tmp_path)
    sent_body = vendor.orders[0].body
    assert [error.message[:200] for error in Draft202012Validator(kinds[model]).iter_errors(sent_body)] == []
    assert set(sent_body) <= set(kinds[model]["properties"])


def test_a_clip_has_the_shape_of_its_film_and_is_long_enough() -> None:
    shapes = {form: nearest(form, family("gen4_turbo").ratios) for form in Format}
    assert shapes == {
        Format.TALL: (720, 1280),
        Format.FEED: (832, 1104),
        Format.SQUARE: (960, 960),
        Format.WIDE: (1280, 720),
    }
    assert seconds(2.5, family("gen4_turbo").seconds) == 4
    assert seconds(1.2, family("veo3.1").seconds) == 4
    assert seconds(30.0, family("gen4_turbo").seconds) == 10


@pytest.mark.parametrize("intent", [Intent.CARD, Intent.PRICE, Intent.COMPARE])
async def test_cards_prices_and_comparisons_are_designed_not_filmed(
    intent: Intent, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Runway() as vendor:
        take, record = await produced(await a_shot(blobs, intent), camera(vendor), blobs, tmp_path)
    assert vendor.calls == []
    assert take.clip is None
    assert record.notes == ("runway-gen4_turbo-1: designed_shot",)


async def test_a_task_is_written_down_before_it_is_looked_at(shoot: Shoot, tmp_path: Path) -> None:
    bench = Counter(tmp_path)
    known: list[str] = []
    with Runway(look=lambda _: known.append(bench.bought[-1])) as vendor:
        await camera(vendor).run(shoot, bench)
    assert bench.bought == ["placing", vendor.tasks[0]]
    assert set(known) == {vendor.tasks[0]}


async def test_a_task_of_an_earlier_try_is_gone_on_with(shoot: Shoot, tmp_path: Path) -> None:
    bench = Counter(tmp_path)
    with Runway("RUNNING") as vendor:
        work = asyncio.create_task(camera(vendor).run(shoot, bench))
        await asyncio.to_thread(vendor.looked.wait, 30)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert vendor.cancelled == []  # the worker was stopped; the shot is still wanted
        vendor.states = ["SUCCEEDED"]
        take = await camera(vendor).run(shoot, bench)
    assert take.clip is not None
    assert len(vendor.orders) == 1


async def test_another_model_is_another_step(shoot: Shoot) -> None:
    key = SecretStr(KEY)
    cameras = (RunwayCamera(key, model="gen4_turbo"), RunwayCamera(key, model="gen4.5"))
    assert len({Fallback((one, LocalCamera())).key(shoot) for one in cameras}) == 2


async def test_errors_are_ours(shoot: Shoot, tmp_path: Path) -> None:
    with Runway(order=failing(403, {"error": "no"})) as vendor, pytest.raises(EngineRefused):
        await camera(vendor).run(shoot, Counter(tmp_path))
    nobody = RunwayCamera(SecretStr(KEY), model="gen4_turbo", address="http://127.0.0.1:9", pause=0.01)
    bench = Counter(tmp_path)
    with pytest.raises(EngineUnavailable):
        await nobody.run(shoot, bench)
    assert bench.bought[-1] == ""  # nothing was bought: the next try may order


async def test_a_clips_price_is_told_where_it_is_known(shoot: Shoot, blobs: FolderBlobs) -> None:
    priced = RunwayCamera(SecretStr(KEY), model="gen4_turbo", price=Decimal("0.05"))
    clip = seconds(shoot.shot.seconds, family("gen4_turbo").seconds)
    assert priced.quote(shoot) == Filming(cost=clip * Decimal("0.05"))
    assert RunwayCamera(SecretStr(KEY), model="gen4_turbo").quote(shoot) == Filming(cost=None)
    assert priced.quote(await a_shot(blobs, Intent.PRICE)) is None
