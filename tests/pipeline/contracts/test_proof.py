"""Proof sheets of real takes: in the film's own format, with the shot's words, every take another picture."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline.engines.shots.local import choose
from pipeline.engines.shots.proof import ProofRoom
from pipeline.media.look.choosing import appearance
from pipeline.media.proofs import columns_of
from pipeline.model import Brand, Format, Intent, Shot, Tone
from pipeline.ports import Proof, Shoot
from tests.pipeline.cloud.samples import LAMP, MUG, plate
from tests.pipeline.sound.conftest import Workbench

SAID = "Speckled sea-green glaze, thrown by hand in Kent."


async def asked(bench: Workbench, form: Format, tone: Tone, *, spoken: str = SAID) -> Proof:
    """The present take of a shot, and three that differ."""
    plates = (await plate(MUG, bench.blobs), await plate(LAMP, bench.blobs))
    shot = Shot(intent=Intent.POINT, photo=0, spoken=spoken, shown="sea-green glaze")
    takes = [
        choose(Shoot(shot=shot, earlier=(), plate=plates[0], others=plates[1:], tone=tone, idea=0, take=number))
        for number in range(16)
    ]
    differing = {appearance(take): take for take in reversed(takes)}
    return Proof(
        format=form,
        tone=tone,
        language="en",
        shot=shot,
        index=2,
        takes=tuple(differing.values())[:4],
        plates=plates,
        sayings=(),
        name="Fjord mug",
        price="£24.00",
        call_to_action="See it in the profile",
        brand=Brand(),
    )


async def drawn(request: Proof, bench: Workbench) -> NDArray[np.uint8]:
    sheet = await ProofRoom().run(request, bench)
    assert sheet.picture.media_type == "image/jpeg"
    data = (await bench.open(sheet.picture)).read_bytes()
    assert len(data) < 1_000_000, "a picture for a chat"
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.uint8)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)


@pytest.mark.parametrize(
    ("form", "tone"),
    [(Format.TALL, Tone.CALM), (Format.FEED, Tone.BOLD), (Format.SQUARE, Tone.PLAYFUL), (Format.WIDE, Tone.LUXURY)],
)
async def test_takes_are_shown_in_the_films_format_and_differ_visibly(
    form: Format, tone: Tone, bench: Workbench
) -> None:
    request = await asked(bench, form, tone)
    sheet = await drawn(request, bench)
    assert len(request.takes) == 4
    assert columns_of(4, form) == 2
    aspect = form.size[0] / form.size[1]
    assert aspect * 0.75 < sheet.shape[1] / sheet.shape[0] < aspect, "two by two of the format, and letters above"
    height, width = sheet.shape[0] // 2, sheet.shape[1] // 2
    quarters = [sheet[top : top + height, left : left + width] for top in (0, height) for left in (0, width)]
    small = [np.asarray(Image.fromarray(one).resize((48, 48)), np.float32) for one in quarters]
    for one, other in combinations(small, 2):
        assert (np.abs(one - other).max(axis=2) > 24).mean() > 0.03, "not even a thirtieth looks otherwise"


async def test_what_is_said_is_on_the_picture(bench: Workbench) -> None:
    request = await asked(bench, Format.TALL, Tone.CALM)
    other = await asked(bench, Format.TALL, Tone.CALM, spoken="Something else entirely, said of this mug.")
    assert (await drawn(request, bench) != await drawn(other, bench)).any()
