"""The cloud retoucher's pictures are used where they show the same product, and paid for once."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from aiohttp import web
from numpy.typing import NDArray
from PIL import Image
from pydantic import SecretStr

from pipeline.engines.enhance.gemini import GeminiRetoucher
from pipeline.engines.enhance.local import LocalEnhance
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.model import Artifact, Plate, StepRecord
from pipeline.ports import Enhance
from pipeline.steps import Fallback, Patience, Steps
from tests.fakes.engines import QuickEngine, enhance
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.vendors import KEY, Answer, Vendor, failing, garbage, pictured, retouches, silence
from tests.pipeline.cloud.enhancing import OnceEnhance
from tests.pipeline.cloud.ordering import Counter
from tests.pipeline.cloud.samples import BOTTLE, bulged, hued, lit, photo_of, relabelled

Pixels = NDArray[np.uint8]
SPEC = "google/aiplatform.v1beta1.generateContent.subset.json"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalEnhance:
    return OnceEnhance(folder=tmp_path_factory.mktemp("finished"))


@pytest.fixture
async def bottle(blobs: FolderBlobs) -> Enhance:
    return Enhance(photo=await kept(blobs))


async def kept(blobs: FolderBlobs) -> Artifact:
    file = io.BytesIO()
    Image.fromarray(photo_of(BOTTLE)).save(file, "JPEG", quality=95)
    return await blobs.put_bytes(file.getvalue(), "image/jpeg")


def engine(
    vendor: Vendor, local: LocalEnhance, *, model: str = "gemini-3.1-flash-image", seconds: float = 20.0
) -> GeminiRetoucher:
    return GeminiRetoucher(SecretStr(KEY), model=model, local=local, address=vendor.address, seconds=seconds)


async def produced(
    request: Enhance, retoucher: GeminiRetoucher, blobs: FolderBlobs, tmp_path: Path
) -> tuple[Plate, StepRecord]:
    """What the step comes to with another engine behind the retoucher."""

    async def sleep(_: float) -> None:
        pass

    chain = Fallback((retoucher, QuickEngine("quick-1", enhance)), patience=Patience(tries=2, base=0.0, sleep=sleep))
    steps = Steps(MemoryLedger(), blobs, tmp_path / "scratch")
    return await steps.once(chain, request), steps.records[0]


def cleaned(pixels: Pixels) -> Pixels:
    """A calm ground of another colour behind the same bottle, a little lighter, as PNG of the size that was sent."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    orange = np.clip((lab[..., 1] - 145) / 12, 0, 1) * np.clip((lab[..., 2] - 150) / 12, 0, 1)
    soft = cv2.GaussianBlur(orange, (0, 0), 1.0)[..., None]
    calm = np.array((232, 224, 214), np.float32)
    return np.asarray(np.clip(pixels * 1.03 * (1 - soft) + calm * soft, 0, 255), np.uint8)


async def test_a_cleaned_photo_becomes_a_plate(
    bottle: Enhance, local: LocalEnhance, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Vendor(retouches(cleaned)) as vendor:
        plate, record = await produced(bottle, engine(vendor, local), blobs, tmp_path)
    assert (record.engine, record.notes) == ("gemini-3.1-flash-image-classic-3-1", ())
    with Image.open(await blobs.open(plate.photo)) as photo:
        corner = np.asarray(photo.convert("RGB"), np.float32)[20:60, 20:60].mean(axis=(0, 1))
    assert corner[2] > 190  # no longer orange: the ground that the model made
    assert any("SIERRA" in word for word in plate.label)
    assert plate.cutout is not None
    call = vendor.calls[0]
    assert call.path == "/v1/models/gemini-3.1-flash-image:generateContent"
    assert call.headers["x-goog-api-key"] == KEY
    assert call.query == {}


@pytest.mark.parametrize("model", ["gemini-3.1-flash-image", "gemini-2.5-flash-image"])
async def test_requests_are_what_the_vendor_describes(
    model: str,
    bottle: Enhance,
    local: LocalEnhance,
    tmp_path: Path,
    faults_by_spec: Callable[[str, str, Any], list[str]],
) -> None:
    with Vendor(garbage) as vendor, pytest.raises(EngineUnavailable):
        await engine(vendor, local, model=model).run(bottle, Counter(tmp_path))
    body = vendor.calls[0].body
    assert faults_by_spec(SPEC, "GoogleCloudAiplatformV1beta1GenerateContentRequest", body) == []
    assert body["generationConfig"]["responseModalities"] == ["TEXT", "IMAGE"]
    assert body["generationConfig"]["imageConfig"]["aspectRatio"] == "4:5"


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: hued(pixels, degrees=50),
        lambda pixels: relabelled(pixels, "ALPINA"),
        lambda pixels: bulged(pixels, BOTTLE.box, strength=0.5),
        lambda pixels: lit(pixels, gain=0.3),
        lambda pixels: np.full_like(pixels, 200),
    ],
    ids=["another colour", "another name", "another shape", "nearly black", "nothing"],
)
async def test_another_product_is_not_used(
    change: Callable[[Pixels], Pixels], bottle: Enhance, local: LocalEnhance, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Vendor(retouches(change)) as vendor:
        _, record = await produced(bottle, engine(vendor, local), blobs, tmp_path)
    assert record.engine == "quick-1"
    assert record.notes == (f"{engine(vendor, local).name}: product_changed",)
    assert len(vendor.calls) == 1


def without_picture(**fields: Any) -> Answer:
    return lambda _: web.json_response(fields)


@pytest.mark.parametrize(
    ("answer", "note", "calls"),
    [
        (failing(429, {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}), "unavailable", 2),
        (failing(500, {"error": {"code": 500}}), "unavailable", 2),
        (failing(503, "nothing"), "unavailable", 2),
        (garbage, "unavailable", 2),
        (failing(200, []), "unavailable", 2),
        (without_picture(candidates=[]), "unavailable", 2),
        (without_picture(candidates=[{"content": {"parts": [{"text": "No."}]}, "finishReason": "STOP"}]),
         "unavailable", 2),
        (without_picture(candidates=[{"finishReason": "IMAGE_SAFETY"}]), "moderated", 1),
        (without_picture(promptFeedback={"blockReason": "PROHIBITED_CONTENT"}), "moderated", 1),
        (lambda _: pictured(b"no picture"), "unavailable", 2),
        (lambda _: pictured(b"", kind="text/html"), "unavailable", 2),
        (failing(400, {"error": {"code": 400, "status": "INVALID_ARGUMENT",
                                 "details": [{"reason": "API_KEY_INVALID"}], "message": KEY}}),
         "vendor_key_rejected", 1),
        (failing(403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}}), "vendor_key_rejected", 1),
        (failing(404, {"error": {"code": 404, "status": "NOT_FOUND"}}), "vendor_rejected", 1),
    ],
)  # fmt: skip
async def test_the_built_in_engine_stands_in(
    answer: Answer,
    note: str,
    calls: int,
    bottle: Enhance,
    local: LocalEnhance,
    blobs: FolderBlobs,
    tmp_path: Path,
    log: io.StringIO,
) -> None:
    with Vendor(answer) as vendor:
        retoucher = engine(vendor, local)
        _, record = await produced(bottle, retoucher, blobs, tmp_path)
    assert (record.engine, record.notes) == ("quick-1", (f"{retoucher.name}: {note}",))
    assert len(vendor.calls) == calls
    assert KEY not in log.getvalue()


async def test_a_vendor_that_never_answers_is_left_and_not_paid_again(
    bottle: Enhance, local: LocalEnhance, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Vendor(silence) as vendor:
        _, record = await produced(bottle, engine(vendor, local, seconds=0.3), blobs, tmp_path)
    assert record.notes[0].endswith(": vendor_answer_lost")
    assert len(vendor.calls) == 1


async def test_a_picture_that_was_paid_for_is_used_by_the_next_try(
    bottle: Enhance, local: LocalEnhance, blobs: FolderBlobs, tmp_path: Path
) -> None:
    bench = Counter(tmp_path)
    with Vendor(retouches(cleaned)) as vendor:
        first = await engine(vendor, local).run(bottle, bench)
        again = await engine(vendor, local).run(bottle, bench)
    assert again == first
    assert len(vendor.calls) == 1
    assert bench.bought[0] == "asking"


async def test_a_try_that_died_while_asking_is_not_paid_again(
    bottle: Enhance, local: LocalEnhance, tmp_path: Path
) -> None:
    bench = Counter(tmp_path, bought=["asking"])
    with Vendor(retouches(cleaned)) as vendor, pytest.raises(EngineRefused) as refused:
        await engine(vendor, local).run(bottle, bench)
    assert refused.value.reason == "vendor_answer_lost"
    assert vendor.calls == []


async def test_a_vendor_sends_nobody_elsewhere(
    bottle: Enhance, local: LocalEnhance, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Vendor(retouches(cleaned)) as other, Vendor(failing(307, {}, {"location": other.address})) as vendor:
        _, record = await produced(bottle, engine(vendor, local), blobs, tmp_path)
    assert record.notes[0].endswith(": vendor_rejected")
    assert other.calls == []
