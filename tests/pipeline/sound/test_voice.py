"""The built-in voice: when its words sound, how evenly, and who speaks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.engines.voice.alignment import boundaries
from pipeline.engines.voice.kokoro import RATE, respelt
from pipeline.engines.voice.local import FASTEST, KokoroVoice
from pipeline.engines.voice.polish import levelled, trimmed
from pipeline.errors import EngineUnavailable, StorageError
from pipeline.media.pcm import read_sound
from pipeline.model import AUTO_VOICE, NO_VOICE, Artifact, Tone
from pipeline.ports import Speak
from pipeline.voices import ROBOT, cast, offered
from tests.pipeline.sound.conftest import LINES, Spoken, Workbench

FRAME = RATE // 100


def loudness(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """RMS of every hundredth of a second."""
    whole = len(samples) // FRAME * FRAME
    return np.asarray(np.sqrt((samples[:whole].reshape(-1, FRAME) ** 2).mean(axis=1)), dtype=np.float32)


async def lines_of(spoken: Spoken) -> list[NDArray[np.float32]]:
    return [
        read_sound(await spoken.bench.open(line.audio), rate=RATE, stereo=False)[0]
        for line in spoken.speech.lines
        if line.audio is not None
    ]


async def test_the_screen_shows_the_price_as_written(spoken: Spoken) -> None:
    shown = [" ".join(word.text for word in line.words) for line in spoken.speech.lines]
    assert shown == list(LINES)
    assert "£45.00." in [word.text for word in spoken.speech.lines[3].words]


async def test_voice_begins_and_ends_with_its_line(spoken: Spoken) -> None:
    for samples in await lines_of(spoken):
        loud = np.flatnonzero(loudness(samples) > loudness(samples).max() * 0.03)
        assert loud[0] <= 8
        assert loud[-1] >= len(loudness(samples)) - 15


async def test_no_line_is_silent_for_long_inside(spoken: Spoken) -> None:
    for samples in await lines_of(spoken):
        quiet = loudness(samples) < loudness(samples).max() * 0.01
        longest = max(len(run) for run in "".join("x" if one else " " for one in quiet).split(" "))
        assert longest <= 50


async def test_lines_are_equally_loud_and_never_clip(spoken: Spoken) -> None:
    levels = []
    for samples in await lines_of(spoken):
        voiced = loudness(samples)[loudness(samples) > loudness(samples).max() * 0.1]
        levels.append(20 * np.log10(np.sqrt(np.mean(voiced**2))))
        assert np.abs(samples).max() < 0.9
    assert max(levels) - min(levels) < 1.5


async def test_words_after_a_pause_are_marked_when_they_sound(spoken: Spoken) -> None:
    """The voice is heard to begin within 80 ms of the time that the first word of each phrase is given."""
    errors = []
    for line in spoken.speech.lines:
        if line.audio is None:
            continue
        heard = loudness(read_sound(await spoken.bench.open(line.audio), rate=RATE, stereo=False)[0])
        level = heard.max() * 10 ** (-30 / 20)
        for at, word in enumerate(line.words):
            if at and line.words[at - 1].text[-1] not in ",.?!":
                continue
            around = range(max(0, int((word.start - 0.2) * 100)), min(len(heard), int((word.start + 0.3) * 100)))
            onsets = [frame for frame in around if heard[frame] >= level and (frame == 0 or heard[frame - 1] < level)]
            if onsets:
                errors.append(min(abs(frame / 100 - word.start) for frame in onsets))
    assert len(errors) >= 5
    assert float(np.median(errors)) <= 0.080


async def test_long_words_last_longer_than_short_ones(spoken: Spoken) -> None:
    times = {word.text: word.end - word.start for line in spoken.speech.lines for word in line.words}
    assert times["plimsolls,"] > times["as"]
    assert times["£45.00."] > 2 * times["for"]


async def test_too_many_words_are_said_faster_but_only_a_little(
    kokoro: KokoroVoice, spoken: Spoken, bench: Workbench
) -> None:
    hurried = Speak(lines=(LINES[1],), language="en", voice="af_heart", tone=Tone.PLAYFUL, seconds=1)
    line = (await kokoro.run(hurried, bench)).lines[0]
    assert 1.02 <= spoken.speech.lines[1].seconds / line.seconds <= FASTEST + 0.03


async def test_a_full_disk_is_no_reason_to_make_the_film_without_a_voice(kokoro: KokoroVoice, tmp_path: Path) -> None:
    class FullDisk(Workbench):
        async def keep(self, path: Path, media_type: str) -> Artifact:
            raise StorageError("no space left")

    request = Speak(lines=("Yours.",), language="en", voice=AUTO_VOICE, tone=Tone.WARM, seconds=15)
    with pytest.raises(StorageError):
        await kokoro.run(request, FullDisk(tmp_path))


async def test_a_model_that_cannot_be_prepared_has_another_voice_asked(tmp_path: Path, bench: Workbench) -> None:
    (tmp_path / "a file").touch()
    request = Speak(lines=("Yours.",), language="en", voice=AUTO_VOICE, tone=Tone.WARM, seconds=15)
    with pytest.raises(EngineUnavailable):
        await KokoroVoice(tmp_path / "a file" / "models").run(request, bench)


async def test_each_language_is_read_by_a_voice_of_its_own(kokoro: KokoroVoice, bench: Workbench) -> None:
    request = Speak(lines=("39,90 €",), language="es-MX", voice="af_heart", tone=Tone.BOLD, seconds=15)
    speech = await kokoro.run(request, bench)
    assert speech.voice == "em_alex"
    assert speech.lines[0].words[0].text == "39,90 €"
    assert speech.lines[0].seconds > 1.2  # "treinta y nueve euros con noventa"


# ── who speaks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_english_voice_never_reads_another_language() -> None:
    for language in ("de", "pl", "uk", "ar", "ja", "zh-Hant", "nl", "sv", "tr", "ko"):
        for tone in Tone:
            assert cast("af_heart", language, tone) is None
            assert cast(AUTO_VOICE, language, tone) is None


def test_regions_bring_their_accent_first() -> None:
    assert offered("en-GB")[0].language == "en-GB"
    assert offered("en-AU")[0].language == "en-GB"
    assert offered("en")[0].language == "en-US"
    assert cast(AUTO_VOICE, "en-GB", Tone.BOLD) == offered("en-GB")[0]


def test_the_robot_is_offered_only_where_nobody_else_speaks() -> None:
    assert [voice.robotic for voice in offered("de")] == [True]
    assert offered("ja") == ()
    assert not any(voice.robotic for voice in offered("fr-CH"))
    assert cast(ROBOT, "de", Tone.CALM) is not None
    assert cast(NO_VOICE, "en", Tone.CALM) is None


def test_every_offered_voice_is_cast_when_chosen() -> None:
    for language in ("en", "en-GB", "es", "fr", "it", "pt-BR", "de"):
        for voice in offered(language):
            assert cast(voice.id, language, Tone.WARM) == voice


# ── lines made ready ─────────────────────────────────────────────────────────────────────────────────────────────────


def tone_of(seconds: float, *, level: float) -> NDArray[np.float32]:
    return (level * np.sin(np.arange(int(seconds * RATE)) * 2 * np.pi * 220 / RATE)).astype(np.float32)


def test_silence_around_a_line_is_cut_and_told() -> None:
    silence = np.zeros(RATE, np.float32)
    kept, cut = trimmed(np.concatenate([silence, tone_of(1.0, level=0.3), silence]), RATE)
    assert cut == pytest.approx(0.97, abs=0.02)
    assert len(kept) / RATE == pytest.approx(1.11, abs=0.03)
    assert abs(kept[0]) < 1e-3
    assert abs(kept[-1]) < 1e-3


@pytest.mark.parametrize("level", [0.01, 0.2, 0.9])
def test_quiet_and_loud_lines_come_out_alike(level: float) -> None:
    out = levelled(tone_of(1.0, level=level), RATE)
    assert float(np.sqrt(np.mean(out**2))) == pytest.approx(10 ** (-21 / 20), rel=0.05)


def test_rumble_is_taken_away() -> None:
    rumble = (0.3 * np.sin(np.arange(RATE) * 2 * np.pi * 30 / RATE)).astype(np.float32)
    out = levelled(tone_of(1.0, level=0.1) + rumble, RATE)
    spectrum = np.abs(np.fft.rfft(out))
    assert spectrum[30] < 0.1 * spectrum[220]


@pytest.mark.parametrize(
    ("espeak", "language", "model"),
    [
        ("bˈɛɾɚ", "en-US", "bˈɛTəɹ"),
        ("ðə t^ʃˈɔɪ^s", "en-US", "ðə ʧˈɔɪs"),
        ("ɡˌə^ʊ hˈə^ʊm", "en-GB", "ɡˌQ hˈQm"),
        ("t^ʃˈe^ə", "en-GB", "ʧˈɛː"),
        ("ˈe^ʊɾos", "es", "ˈeʊɾos"),
    ],
)
def test_phonemes_are_spelt_as_the_model_learnt_them(espeak: str, language: str, model: str) -> None:
    assert respelt(espeak, language) == model


# ── chunks found in phonemes ─────────────────────────────────────────────────────────────────────────────────────────


def test_words_that_melt_together_are_told_apart() -> None:
    whole = "lˈIt æz ə fˈɛðəɹ, ɪnðə kˈænvəs"
    parts = ["lˈIt", "æz", "ˈA", "fˈɛðəɹ,", "ˈɪn", "ðə", "kˈænvəs"]
    found = [whole[first:last].strip() for first, last in boundaries(whole, parts)]
    assert found == ["lˈIt", "æz", "ə", "fˈɛðəɹ,", "ɪn", "ðə", "kˈænvəs"]


SOUNDS = st.text(alphabet="abdefghijklmnəɪʊˈːʃ", min_size=1, max_size=9)


@given(st.lists(SOUNDS, min_size=1, max_size=8))
def test_words_said_as_alone_are_found_exactly(parts: list[str]) -> None:
    whole = " ".join(parts)
    assert [whole[first:last].strip() for first, last in boundaries(whole, parts)] == parts


@given(
    st.text(alphabet="abdeə ˈ,", max_size=40), st.lists(st.text(alphabet="abdeəˈ,", max_size=6), min_size=1, max_size=8)
)
def test_ranges_follow_one_another_whatever_was_said(whole: str, parts: list[str]) -> None:
    found = boundaries(whole, parts)
    assert len(found) == len(parts)
    assert found[0][0] == 0
    assert found[-1][1] == len(whole)
    for (first, last), (following, _) in pairwise(found):
        assert first <= last == following
