"""The finished sound, measured: length, loudness, peaks, how far the music gives way, how it ends."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.music.local import LocalMusic
from pipeline.media.aac import heard
from pipeline.media.dynamics import Compressor, Ducker, compressed, ducking, faded, limited
from pipeline.media.encode import AUDIO_RATE
from pipeline.media.loudness import measure, true_peak
from pipeline.media.mix import Mixer, mastered
from pipeline.media.pcm import read_sound, write_sound
from pipeline.media.timeline import plan
from pipeline.model import FPS, SAMPLE_RATE, Soundtrack, Speech, Timeline, Tone
from pipeline.ports import Compose, Mix
from tests.pipeline.sound.conftest import Spoken, Workbench

Samples = NDArray[np.float32]


async def mixed(
    spoken: Spoken, *, tone: Tone = Tone.PLAYFUL, seconds: int = 15, voice: bool = True
) -> tuple[Soundtrack, Timeline, Samples]:
    bench, speech = spoken.bench, spoken.speech
    if not voice:
        lines = tuple(line.model_copy(update={"audio": None}) for line in speech.lines)
        speech = speech.model_copy(update={"lines": lines})
    score = await LocalMusic().run(Compose(tone=tone, seconds=seconds, choice=0), bench)
    timeline = plan(spoken.storyboard, speech, score, seconds=seconds, tone=tone)
    soundtrack = await Mixer().run(Mix(speech=speech, score=score, timeline=timeline, tone=tone), bench)
    return soundtrack, timeline, read_sound(await bench.open(soundtrack.audio), rate=SAMPLE_RATE)


@pytest.fixture(scope="module")
def film(spoken: Spoken) -> tuple[Soundtrack, Timeline, Samples]:
    """A film with voice and music."""
    return asyncio.run(mixed(spoken))


def is_as_platforms_want(film: tuple[Soundtrack, Timeline, Samples]) -> bool:
    soundtrack, timeline, samples = film
    found = measure(samples.T, SAMPLE_RATE)
    return (
        samples.shape == (2, timeline.frames * SAMPLE_RATE // FPS)
        and abs(found.lufs + 14) <= 0.5
        and found.true_peak_dbtp <= -1.5
        and abs(soundtrack.lufs - found.lufs) <= 0.05
        and abs(soundtrack.true_peak - found.true_peak_dbtp) <= 0.05
    )


def test_a_film_is_as_loud_as_platforms_want_and_as_long_as_its_frames(
    film: tuple[Soundtrack, Timeline, Samples],
) -> None:
    assert is_as_platforms_want(film)


async def test_so_is_a_film_without_a_voice(spoken: Spoken) -> None:
    assert is_as_platforms_want(await mixed(spoken, tone=Tone.BOLD, voice=False))


async def test_under_the_voice_the_music_is_ten_decibels_lower(spoken: Spoken) -> None:
    """A pure tone speaks the lines; without its frequency, what is left of the mix is the music."""
    bench = spoken.bench
    tone = await bench.keep(write_sound(bench.scratch / "tone.wav", hum(2.0)[None, :], SAMPLE_RATE), "audio/wav")
    lines = tuple(
        line.model_copy(update={"audio": tone, "seconds": 2.0}) if line.words else line for line in spoken.speech.lines
    )
    speech = spoken.speech.model_copy(update={"lines": lines})
    score = await LocalMusic().run(Compose(tone=Tone.PLAYFUL, seconds=15, choice=0), bench)
    timeline = plan(spoken.storyboard, speech, score, seconds=15, tone=Tone.PLAYFUL)
    soundtrack = await Mixer().run(Mix(speech=speech, score=score, timeline=timeline, tone=Tone.PLAYFUL), bench)
    mix = read_sound(await bench.open(soundtrack.audio), rate=SAMPLE_RATE)
    music = read_sound(await bench.open(score.audio), rate=SAMPLE_RATE)

    def gain(start: float, end: float) -> float:
        """Level of the music in the mix against the score's own, in dB, above the tone and its distortion."""
        first, last = int(start * SAMPLE_RATE), int(end * SAMPLE_RATE)
        powers = []
        for sound in (mix, music):
            spectrum = np.abs(np.fft.rfft(sound[0, first:last] * np.hanning(last - first))) ** 2
            hertz = np.fft.rfftfreq(last - first, 1 / SAMPLE_RATE)
            powers.append(float(spectrum[(hertz > 2500) & (hertz < 12_000)].sum()))
        return 10 * float(np.log10(powers[0] / powers[1]))

    silent, hero = timeline.slots[2], timeline.slots[1]
    alone = gain(silent.start / FPS + 0.55, timeline.slots[3].speech_at - 0.15)
    under = gain(hero.speech_at + 0.2, hero.speech_at + 1.8)
    assert alone - under == pytest.approx(10, abs=1.5)


def test_music_dies_away_at_the_end_and_is_not_chopped(film: tuple[Soundtrack, Timeline, Samples]) -> None:
    _, _, samples = film
    last = [samples[:, -int(end * SAMPLE_RATE) :][:, : SAMPLE_RATE // 20] for end in (0.6, 0.3, 0.05)]
    levels = [float(np.sqrt(np.mean(part**2))) for part in last]
    assert levels[0] > 0.01
    assert levels[2] < levels[0] / 5
    assert np.abs(samples[:, -20:]).max() < 0.003


async def test_a_film_longer_than_its_music_has_music_to_the_end(spoken: Spoken) -> None:
    bench = spoken.bench
    score = await LocalMusic().run(Compose(tone=Tone.CALM, seconds=6, choice=0), bench)
    slots = plan(spoken.storyboard, spoken.speech, score, seconds=40, tone=Tone.CALM)
    silent = Speech(lines=tuple(line.model_copy(update={"audio": None}) for line in spoken.speech.lines), voice="none")
    soundtrack = await Mixer().run(Mix(speech=silent, score=score, timeline=slots, tone=Tone.CALM), bench)
    samples = read_sound(await bench.open(soundtrack.audio), rate=SAMPLE_RATE)
    blocks = [np.sqrt(np.mean(part**2)) for part in np.array_split(samples, 40, axis=1)[:-2]]
    assert samples.shape[1] / SAMPLE_RATE > 38
    assert min(blocks) > 0.02


# ── gain over time ───────────────────────────────────────────────────────────────────────────────────────────────────


def hum(seconds: float, level: float = 0.3) -> Samples:
    return (level * np.sin(np.arange(int(seconds * SAMPLE_RATE)) * 2 * np.pi * 200 / SAMPLE_RATE)).astype(np.float32)


def gap(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def test_music_is_down_by_the_wanted_depth_before_the_first_word_ends() -> None:
    gain = ducking(np.concatenate([gap(1), hum(2), gap(2)]), SAMPLE_RATE, Ducker(depth=10))
    decibels = 20 * np.log10(gain[:: SAMPLE_RATE // 100])
    assert decibels[80] == pytest.approx(0, abs=0.01)  # a fifth of a second before the voice
    assert decibels[110] < -8.5  # a tenth after it began
    assert decibels[200] == pytest.approx(-10, abs=0.2)
    assert decibels[315] < -9  # held over a short gap
    assert decibels[480] > -0.5  # and back again


def test_music_stays_down_over_gaps_between_words() -> None:
    voice = np.concatenate([hum(1), gap(0.2), hum(1)])
    gain = 20 * np.log10(ducking(voice, SAMPLE_RATE, Ducker(depth=10)))
    assert gain[int(0.5 * SAMPLE_RATE) : int(2.0 * SAMPLE_RATE)].max() < -9


def test_compression_narrows_loud_and_quiet() -> None:
    out = compressed(np.concatenate([hum(1, 0.8), hum(1, 0.08)]), SAMPLE_RATE, Compressor())
    loud, quiet = np.abs(out[SAMPLE_RATE // 2 : SAMPLE_RATE]).max(), np.abs(out[-SAMPLE_RATE // 2 :]).max()
    assert 2 < loud / quiet < 7


def test_peaks_between_samples_are_limited_too() -> None:
    times = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    between = np.sin(2 * np.pi * 12_000 * times + np.pi / 4).astype(np.float32)  # samples at 0.71, peaks at 1
    sound = np.stack([between, between]) * np.float32(1.2)
    assert true_peak(sound.T, SAMPLE_RATE) > 1
    assert true_peak(limited(sound, SAMPLE_RATE, ceiling=-2.0).T, SAMPLE_RATE) <= -1.8


def test_the_limiter_leaves_alone_what_is_low() -> None:
    sound = np.stack([hum(1), hum(1)])
    assert np.array_equal(limited(sound, SAMPLE_RATE, ceiling=-2.0), sound)


@pytest.mark.parametrize("level", [0.003, 0.3, 1.0])
def test_mastering_brings_any_level_to_the_same_loudness(level: float) -> None:
    chance = np.random.default_rng(1)
    sound = (level * chance.normal(0, 0.2, (2, 6 * SAMPLE_RATE))).astype(np.float32)
    found = measure(mastered(sound).T, SAMPLE_RATE)
    assert found.lufs == pytest.approx(-14, abs=0.3)
    assert found.true_peak_dbtp <= -1.5


@pytest.mark.parametrize(("hertz", "share"), [(997, 0.02), (7000, 0.02), (9000, 0.05)])
def test_peaks_that_only_the_encoder_makes_are_low_enough_in_the_file(hertz: int, share: float, tmp_path: Path) -> None:
    times = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    bursts = np.sign(np.sin(2 * np.pi * hertz * times)) * ((times * 2) % 1 < share)
    sound = np.stack([bursts + np.random.default_rng(0).normal(0, 0.02, len(times))] * 2).astype(np.float32)
    below = limited(sound * np.float32(0.9), SAMPLE_RATE, ceiling=-2.5)
    assert true_peak(heard(below, rate=AUDIO_RATE).T, SAMPLE_RATE) > -1.5  # a limiter alone is not enough
    written = read_sound(write_sound(tmp_path / "mix.wav", mastered(sound), SAMPLE_RATE), rate=SAMPLE_RATE)
    assert true_peak(heard(written, rate=AUDIO_RATE).T, SAMPLE_RATE) <= -1.6


def test_a_limiter_that_listens_to_another_sound_turns_down_where_that_is_loud() -> None:
    sound, key = np.stack([hum(1), hum(1)]), np.zeros((2, SAMPLE_RATE), np.float32)
    key[:, SAMPLE_RATE // 2] = 0.9
    out = limited(sound, SAMPLE_RATE, ceiling=-2.0, key=key)
    assert np.array_equal(out[:, : SAMPLE_RATE // 2 - 500], sound[:, : SAMPLE_RATE // 2 - 500])
    assert np.abs(out[:, SAMPLE_RATE // 2 - 100 : SAMPLE_RATE // 2 + 100]).max() < 0.9 * np.abs(sound).max()


def test_silence_stays_silent() -> None:
    assert not mastered(np.zeros((2, SAMPLE_RATE), np.float32)).any()


def test_a_fade_ends_in_silence() -> None:
    out = faded(np.ones((2, SAMPLE_RATE), np.float32), SAMPLE_RATE, start=0.5, end=0.9)
    assert out[0, SAMPLE_RATE // 4] == 1
    assert out[0, -100] == 0
    assert np.all(np.diff(out[0]) <= 1e-7)


def test_a_sound_written_is_read_again(bench: Workbench) -> None:
    sound = np.stack([hum(0.5), hum(0.5, 0.1)])
    path = write_sound(bench.folder / "a.wav", sound, SAMPLE_RATE)
    with wave.open(str(path)) as file:
        assert file.getnframes() == sound.shape[1]
    assert np.abs(read_sound(path, rate=SAMPLE_RATE) - sound).max() < 1e-4
