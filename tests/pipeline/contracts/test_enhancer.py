"""What every enhancer promises, whoever enhances."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import SecretStr

from pipeline.engines.enhance.gemini import GeminiRetoucher
from pipeline.engines.enhance.local import LocalEnhance
from pipeline.errors import BadPhoto
from pipeline.model import Plate
from pipeline.ports import Engine, Enhance
from tests.fakes.vendors import KEY, Vendor, retouches
from tests.pipeline.cloud.enhancing import OnceEnhance
from tests.pipeline.cloud.samples import MUG, lit, photo_of
from tests.pipeline.contracts.test_camera import Till

Enhancer = Engine[Enhance, Plate]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalEnhance:
    return OnceEnhance(folder=tmp_path_factory.mktemp("finished"))


@pytest.fixture(params=["local", "gemini"])
def enhancer(request: pytest.FixtureRequest, local: LocalEnhance) -> Iterator[Enhancer]:
    if request.param == "local":
        yield local
        return
    with Vendor(retouches(lambda pixels: lit(pixels, gain=1.02))) as vendor:
        yield GeminiRetoucher(SecretStr(KEY), model="gemini-test", local=local, address=vendor.address)


@pytest.fixture
def bench(tmp_path: Path) -> Till:
    return Till(tmp_path)


async def test_a_plate_is_fit_for_filming(enhancer: Enhancer, bench: Till) -> None:
    file = io.BytesIO()
    Image.fromarray(photo_of(MUG)).save(file, "JPEG", quality=92)
    plate = await enhancer.run(Enhance(photo=await bench.blobs.put_bytes(file.getvalue(), "image/jpeg")), bench)
    with Image.open(await bench.open(plate.photo)) as photo:
        assert (photo.format, photo.mode) == ("JPEG", "RGB")
        assert photo.size == (plate.width, plate.height)
    assert plate.palette
    assert plate.plain_ground
    for box in (plate.product, *plate.details):
        assert 0 <= box.x <= box.x + box.w <= 1.001
        assert 0 <= box.y <= box.y + box.h <= 1.001
    assert plate.cutout is not None
    with Image.open(await bench.open(plate.cutout)) as cutout:
        assert cutout.mode == "RGBA"
        assert np.asarray(cutout)[..., 3].mean() > 100
        own = plate.product.w * plate.width / (plate.product.h * plate.height)
        assert cutout.width / cutout.height == pytest.approx(own, rel=0.02)


async def test_what_is_no_picture_is_a_bad_photo(enhancer: Enhancer, bench: Till) -> None:
    artifact = await bench.blobs.put_bytes(b"no picture", "image/jpeg")
    with pytest.raises(BadPhoto):
        await enhancer.run(Enhance(photo=artifact), bench)


def test_names_have_a_version(enhancer: Enhancer) -> None:
    assert enhancer.name[-1].isdigit()
