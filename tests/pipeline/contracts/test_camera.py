"""What every camera promises, whoever films."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from PIL import Image
from pydantic import SecretStr

from pipeline.engines.shots.local import LocalCamera, choose
from pipeline.engines.shots.runway import RunwayCamera
from pipeline.errors import EngineRefused
from pipeline.model import Format, Intent, Shot, Take, Tone
from pipeline.ports import Engine, Shoot
from tests.fakes.runway import Runway
from tests.fakes.vendors import KEY
from tests.pipeline.cloud.samples import LAMP, MUG, plate
from tests.pipeline.sound.conftest import Workbench

Camera = Engine[Shoot, Take]


class Till(Workbench):
    """A bench where things may be bought."""

    async def remember(self, task: str) -> None:
        pass


@pytest.fixture(params=["local", "runway"])
def camera(request: pytest.FixtureRequest) -> Iterator[Camera]:
    if request.param == "local":
        yield LocalCamera()
        return
    with Runway("SUCCEEDED") as vendor:
        yield RunwayCamera(SecretStr(KEY), model="gen4_turbo", address=vendor.address, pause=0.01)


@pytest.fixture
def bench(tmp_path: Path) -> Till:
    return Till(tmp_path)


async def asked(bench: Till, intent: Intent = Intent.HERO, *, take: int = 0) -> Shoot:
    return Shoot(
        shot=Shot(intent=intent, photo=0, shown="Fjord mug", seconds=1.0),
        earlier=(),
        plate=await plate(MUG, bench.blobs),
        others=(await plate(LAMP, bench.blobs),),
        tone=Tone.CALM,
        idea=1,
        take=take,
        form=Format.TALL,
    )


async def test_a_take_has_a_thumbnail_and_its_files_are_kept(camera: Camera, bench: Till) -> None:
    take = await camera.run(await asked(bench), bench)
    assert take.thumbnail is not None
    with Image.open(await bench.open(take.thumbnail)) as picture:
        assert (picture.format, picture.height) == ("JPEG", 360)
    if take.clip is not None:
        with av.open(str(await bench.open(take.clip))) as film:
            assert film.streams.video[0].height > film.streams.video[0].width


async def test_another_take_is_another_one_of_the_same_idea(camera: Camera, bench: Till) -> None:
    one, other = [await camera.run(await asked(bench, take=take), bench) for take in (0, 1)]
    assert one.seed != other.seed
    assert one.seed // 1000 == other.seed // 1000 == 1


async def test_a_card_is_composed_or_refused_with_a_reason(camera: Camera, bench: Till) -> None:
    request = await asked(bench, Intent.CARD)
    if isinstance(camera, LocalCamera):
        assert (await camera.run(request, bench)).clip is None
        return
    with pytest.raises(EngineRefused) as refused:
        await camera.run(request, bench)
    assert refused.value.reason == "designed_shot"


def test_names_have_a_version(camera: Camera) -> None:
    assert camera.name[-1].isdigit()


async def test_what_is_foreseen_of_a_composed_take_is_what_it_is(bench: Till) -> None:
    for number in range(8):
        request = await asked(bench, take=number)
        take = await LocalCamera().run(request, bench)
        assert take.model_copy(update={"thumbnail": None}) == choose(request)
