"""The built-in music: long enough, begun on a bar, on a steady beat, its origin told."""

import wave
from itertools import pairwise

import numpy as np
import pytest

from pipeline.engines.music.local import LocalMusic, _catalogue
from pipeline.media.beats import onsets
from pipeline.media.pcm import read_sound
from pipeline.model import SAMPLE_RATE, Tone
from pipeline.ports import Compose
from tests.pipeline.sound.conftest import Workbench


@pytest.mark.parametrize("tone", list(Tone))
async def test_every_tone_has_music_that_outlasts_its_film(tone: Tone, bench: Workbench) -> None:
    score = await LocalMusic().run(Compose(tone=tone, seconds=15, choice=0), bench)
    with wave.open(str(await bench.open(score.audio))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE, 2, 2)
        assert file.getnframes() / SAMPLE_RATE == pytest.approx(score.seconds, abs=0.001)
    assert score.seconds >= 20
    assert score.licence == "MIT"
    assert "ACE-Step" in score.provenance
    assert score.bars[0] < 0.05
    assert set(score.bars) <= set(score.beats)


async def test_loops_keep_the_beat(bench: Workbench) -> None:
    score = await LocalMusic().run(Compose(tone=Tone.BOLD, seconds=30, choice=0), bench)
    assert score.seconds > 45  # the track itself has 31 seconds
    steps = [later - earlier for earlier, later in pairwise(score.beats)]
    assert max(steps) - min(steps) < 0.01


async def test_onsets_are_stronger_on_the_beats_than_between_them(bench: Workbench) -> None:
    score = await LocalMusic().run(Compose(tone=Tone.PLAYFUL, seconds=30, choice=0), bench)
    heard = onsets(read_sound(await bench.open(score.audio), rate=SAMPLE_RATE), SAMPLE_RATE)

    def strength(shift: float) -> float:
        places = [round((beat + shift - heard.offset) * heard.rate) for beat in score.beats[2:-2]]
        return float(np.mean([heard.strength[place - 5 : place + 6].max() for place in places]))

    quarter = 15 / score.bpm
    assert strength(0) > 3 * strength(quarter)


async def test_another_choice_is_another_piece(bench: Workbench) -> None:
    names = _catalogue().tones[Tone.WARM]
    scores = [
        await LocalMusic().run(Compose(tone=Tone.WARM, seconds=6, choice=choice), bench)
        for choice in (0, 1, len(names))
    ]
    assert scores[0].title != scores[1].title
    assert scores[2].title == scores[0].title
    assert len({score.audio for score in scores}) == 3


async def test_the_same_choice_is_the_same_file(bench: Workbench) -> None:
    request = Compose(tone=Tone.CALM, seconds=6, choice=0)
    assert await LocalMusic().run(request, bench) == await LocalMusic().run(request, bench)


def test_every_track_of_a_tone_is_described() -> None:
    catalogue = _catalogue()
    assert set(catalogue.tones) == set(Tone)
    assert {name for names in catalogue.tones.values() for name in names} == set(catalogue.tracks)
