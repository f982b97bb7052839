"""What every writer promises, whoever writes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pydantic import SecretStr

from pipeline.engines.story.local import LocalWriter
from pipeline.engines.story.openai import OpenAIWriter
from pipeline.engines.story.readback import bad_signs
from pipeline.model import Brief, Intent, Storyboard, Tone
from pipeline.ports import Engine, Write
from pipeline.reading import price_from
from pipeline.wording.trace import trace
from tests.fakes.vendors import KEY, Vendor, honest, writes
from tests.pipeline.sound.conftest import Workbench
from tests.pipeline.story.strategies import brief, request

Writer = Engine[Write, Storyboard]

BRIEFS = {
    "a mug": brief(
        name="Nordtisch mug",
        description="Matte black, dishwasher-safe, holds 350 ml, hand-thrown in Wales",
        price=price_from("39.90", currency="GBP", language="en"),
        tone=Tone.WARM,
        photos=3,
    ),
    "hats in Polish": brief(
        name="Czapka zimowa z grubej wełny",
        description="Ręcznie robione czapki z wełny merino – bordowa, zielona, kremowa i śliwkowa.",
        price=price_from("79,00", currency="PLN", language="pl"),
        language="pl",
        photos=2,
    ),
    "a cup in Japanese": brief(name="木のマグカップ", description="手作りです。食洗機に対応。", language="ja"),
    "a language without phrases": brief(name="Dřevěná lampa", description="Ruční práce, 240 g", language="cs"),
    "a name alone, for a few seconds": brief(name="Oak lamp", seconds=6),
}


@pytest.fixture(params=["local", "openai"])
def writer(request: pytest.FixtureRequest) -> Iterator[Writer]:
    if request.param == "local":
        yield LocalWriter()
        return
    with Vendor(writes(honest)) as vendor:
        yield OpenAIWriter(SecretStr(KEY), model="gpt-test", address=f"{vendor.address}/v1")


async def written(of: Brief, writer: Writer, tmp_path: Path, *, closing_line: str = "") -> Storyboard:
    """What a writer makes of a brief whose photos are there."""
    bench = Workbench(tmp_path)
    file = io.BytesIO()
    Image.new("RGB", (90, 120), "olive").save(file, "JPEG")
    photo = await bench.blobs.put_bytes(file.getvalue(), "image/jpeg")
    asked = request(of, closing_line=closing_line)
    plates = tuple(plate.model_copy(update={"photo": photo}) for plate in asked.plates)
    return await writer.run(asked.model_copy(update={"plates": plates}), bench)


@pytest.mark.parametrize("of", BRIEFS.values(), ids=BRIEFS)
async def test_every_word_has_a_source_and_the_film_can_be_made(of: Brief, writer: Writer, tmp_path: Path) -> None:
    board = await written(of, writer, tmp_path)
    assert bad_signs(board) == ()
    assert all(claim.source != "none" for claim in trace(board))
    assert [shot.intent is Intent.CARD for shot in board.shots] == [False] * (len(board.shots) - 1) + [True]
    assert all(0 <= shot.photo < len(of.photos) for shot in board.shots)
    assert sum(shot.seconds for shot in board.shots) == pytest.approx(of.seconds, abs=0.5)
    assert of.price is None or any(of.price.shown in shot.spoken for shot in board.shots)
    assert any(of.name in f"{shot.spoken} {shot.shown}" for shot in board.shots)
    assert board.post.title == of.name


async def test_the_sellers_closing_line_ends_the_film(writer: Writer, tmp_path: Path) -> None:
    board = await written(BRIEFS["a mug"], writer, tmp_path, closing_line="Find us at Camden Market.")
    assert board.call_to_action == board.shots[-1].spoken == "Find us at Camden Market."


def test_names_have_a_version(writer: Writer) -> None:
    assert writer.name[-1].isdigit()
