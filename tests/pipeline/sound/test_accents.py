"""Pops and whooshes, measured in finished mixes: where they fall, how low they are, that nothing else changes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.music.local import LocalMusic
from pipeline.media import accents
from pipeline.media.loudness import measure
from pipeline.media.mix import Mixer
from pipeline.media.pcm import read_sound
from pipeline.media.timeline import plan
from pipeline.model import FPS, SAMPLE_RATE, Soundtrack, Timeline, Tone
from pipeline.ports import Accent, Compose, Mix
from tests.pipeline.sound.conftest import Spoken

Samples = NDArray[np.float32]

LOUD_TONES = (Tone.PLAYFUL, Tone.BOLD, Tone.STREET)
QUIET_TONES = (Tone.LUXURY, Tone.CALM, Tone.WARM)
FRAME = SAMPLE_RATE // FPS


@dataclass(frozen=True, eq=False)
class Both:
    """A film's mix with accents and without."""

    planned: tuple[Accent, ...]
    timeline: Timeline
    soundtrack: Soundtrack
    whole: Samples
    plain: Samples

    @property
    def apart(self) -> Samples:
        """The accents as they are in the mix: what is there with them and not without, at the level without."""
        share = float((self.whole * self.plain).sum() / (self.plain**2).sum())
        left: Samples = np.asarray(self.whole / share - self.plain, np.float32)[0]
        return left


async def mixes(spoken: Spoken, tone: Tone) -> Both:
    score = await LocalMusic().run(Compose(tone=tone, seconds=15, choice=0), spoken.bench)
    timeline = plan(spoken.storyboard, spoken.speech, score, seconds=15, tone=tone)
    planned = accents.planned(spoken.storyboard.shots, timeline, tone)
    request = Mix(speech=spoken.speech, score=score, timeline=timeline, tone=tone, accents=planned)
    with_them = await Mixer().run(request, spoken.bench)
    without = await Mixer(with_accents=False).run(request, spoken.bench)
    read = [read_sound(await spoken.bench.open(one.audio), rate=SAMPLE_RATE) for one in (with_them, without)]
    return Both(planned, timeline, with_them, *read)


def level(sound: Samples, seconds: float = 0.05) -> float:
    """RMS of the loudest moment, dBFS."""
    window = round(seconds * SAMPLE_RATE)
    power = np.convolve(sound.astype(np.float64) ** 2, np.ones(window) / window, mode="same").max()
    return 10 * float(np.log10(power))


@pytest.fixture(scope="module", params=LOUD_TONES)
def both(spoken: Spoken, request: pytest.FixtureRequest) -> Both:
    """A film of a tone that has accents."""
    return asyncio.run(mixes(spoken, request.param))


def test_accents_fall_on_cuts_and_stay_far_below_the_voice(spoken: Spoken, both: Both) -> None:
    assert len(both.planned) >= 2
    assert {accent.frame for accent in both.planned} <= {slot.start for slot in both.timeline.slots[1:]}
    heard = both.apart
    lines = [
        (round(slot.speech_at * SAMPLE_RATE), round((slot.speech_at + line.seconds) * SAMPLE_RATE))
        for slot, line in zip(both.timeline.slots, spoken.speech.lines, strict=True)
        if line.words
    ]
    voice = np.concatenate([both.plain[0, start:end] for start, end in lines])
    said = 10 * float(np.log10((voice.astype(np.float64) ** 2).mean()))
    for accent in both.planned:
        start = accent.frame * FRAME
        around = heard[start - SAMPLE_RATE // 2 : start + SAMPLE_RATE // 2]
        assert level(around) <= said - 12
        power = np.convolve(around**2, np.ones(FRAME // 2) / (FRAME // 2), mode="same")
        assert abs(int(power.argmax()) - SAMPLE_RATE // 2) <= FRAME


def test_a_mix_with_accents_is_as_loud_as_platforms_want_and_never_clips(both: Both) -> None:
    heard = measure(both.whole.T, SAMPLE_RATE)
    assert abs(heard.lufs + 14) <= 0.5
    assert heard.true_peak_dbtp <= -1.5
    assert both.whole.shape == both.plain.shape
    assert not np.array_equal(both.whole, both.plain)


def test_quiet_tones_have_none(both: Both, spoken: Spoken) -> None:
    assert [accents.planned(spoken.storyboard.shots, both.timeline, tone) for tone in QUIET_TONES] == [()] * 3


async def test_without_accents_both_mixers_make_the_same_sound(spoken: Spoken) -> None:
    quiet = await mixes(spoken, Tone.CALM)
    assert np.array_equal(quiet.whole, quiet.plain)


def test_accents_are_the_same_every_time_and_do_not_click() -> None:
    wanted = (Accent(kind="pop", frame=30), Accent(kind="whoosh", frame=60), Accent(kind="whoosh", frame=45))
    once, again = (accents.track(wanted, 3 * SAMPLE_RATE) for _ in range(2))
    assert np.array_equal(once, again)
    assert np.abs(once[:, [0, -1]]).max() < 1e-3
    assert not once[0, :SAMPLE_RATE].any(), "a pop begins with its frame"


def test_an_accent_at_the_very_end_is_cut_short_by_the_film() -> None:
    late = accents.track((Accent(kind="whoosh", frame=29),), SAMPLE_RATE)
    assert late.shape == (2, SAMPLE_RATE)
    assert late.any()


def test_the_name_tells_whether_there_are_accents() -> None:
    assert Mixer().name != Mixer(with_accents=False).name
