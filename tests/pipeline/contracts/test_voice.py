"""What every voice engine promises, whoever speaks."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.config import StudioSettings
from pipeline.engines.voice.elevenlabs import ElevenLabsVoice
from pipeline.engines.voice.espeak import RoboticVoice
from pipeline.engines.voice.local import KokoroVoice
from pipeline.engines.voice.silent import Captions
from pipeline.errors import EngineRefused
from pipeline.media.lettering.wording import join
from pipeline.model import AUTO_VOICE, NO_VOICE, Saying, Speech, Tone
from pipeline.ports import Engine, Speak
from pipeline.steps import Fallback, Steps
from pipeline.voices import ROBOT
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.vendors import KEY, Vendor, speaks
from tests.pipeline.sound.conftest import Workbench

VoiceEngine = Engine[Speak, Speech]


def request(*lines: str, language: str = "en", voice: str = AUTO_VOICE) -> Speak:
    return Speak(lines=lines, language=language, voice=voice, tone=Tone.WARM, seconds=15)


@pytest.fixture(scope="module")
def engines() -> Iterator[dict[str, VoiceEngine]]:
    with Vendor(speaks) as vendor:
        yield {
            "kokoro": KokoroVoice(StudioSettings().models),
            "robot": RoboticVoice(),
            "captions": Captions(),
            "elevenlabs": ElevenLabsVoice(
                SecretStr(KEY), model="eleven_v3", voice="George", voices={}, address=vendor.address
            ),
        }


# One request that each engine takes.
TAKES = {
    "kokoro": request("Yours for 39,90 €.", "", "Tall, green and – quiet.", "🔥"),
    "robot": request("Für 39,90 €, z. B. heute.", "", "Salz- & Pfeffermühle.", "🔥", language="de", voice=ROBOT),
    "elevenlabs": request("Für 39,90 €, z. B. heute.", "", "Salz- & Pfeffermühle.", "🔥", language="de"),
    "captions": request("Für 39,90 €, z. B. heute.", "", "Salz- & Pfeffermühle.", "🔥", language="de"),
}


@pytest.fixture(scope="module")
def module_bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench(tmp_path_factory.mktemp("voices"))


@pytest.fixture(scope="module", params=sorted(TAKES))
def answer(
    request: pytest.FixtureRequest, engines: dict[str, VoiceEngine], module_bench: Workbench
) -> tuple[Speak, Speech]:
    asked = TAKES[request.param]
    return asked, asyncio.run(engines[request.param].run(asked, module_bench))


async def test_there_is_a_line_for_every_line_and_its_words_are_the_text(answer: tuple[Speak, Speech]) -> None:
    asked, speech = answer
    assert [join([word.text for word in line.words]) for line in speech.lines] == list(asked.lines)


async def test_words_follow_one_another_inside_their_line(answer: tuple[Speak, Speech]) -> None:
    for line in answer[1].lines:
        for word in line.words:
            assert 0 <= word.start <= word.end <= line.seconds + 0.001
        for earlier, later in pairwise(line.words):
            assert earlier.end <= later.start + 0.001


async def test_a_price_is_one_word_as_written(answer: tuple[Speak, Speech]) -> None:
    words = [word.text for word in answer[1].lines[0].words]
    assert any(word.startswith("39,90 €") for word in words)


@pytest.mark.parametrize("name", ["kokoro", "robot"])
async def test_a_word_is_said_as_the_seller_says_it_and_shown_as_written(
    name: str, engines: dict[str, VoiceEngine], module_bench: Workbench
) -> None:
    asked = TAKES[name].model_copy(update={"lines": ("The Nordtisch mug.",)})
    own = asked.model_copy(update={"sayings": (Saying(written="Nordtisch", said="Wunderbar"),)})
    usual = await engines[name].run(asked, module_bench)
    said = await engines[name].run(own, module_bench)
    assert said.lines[0].audio != usual.lines[0].audio
    assert [word.text for word in said.lines[0].words] == ["The", "Nordtisch", "mug."]


async def test_empty_lines_take_no_time(answer: tuple[Speak, Speech]) -> None:
    assert answer[1].lines[1].words == ()
    assert answer[1].lines[1].seconds == 0
    assert answer[1].lines[1].audio is None


async def test_signs_that_nobody_says_are_shown_for_a_moment(answer: tuple[Speak, Speech]) -> None:
    signs = answer[1].lines[3]
    assert [word.text for word in signs.words] == ["🔥"]
    assert signs.audio is None
    assert signs.seconds > 0.1


async def test_sound_is_as_long_as_the_line_says(answer: tuple[Speak, Speech], module_bench: Workbench) -> None:
    for line in answer[1].lines:
        if line.audio is not None:
            with wave.open(str(await module_bench.open(line.audio))) as file:
                assert file.getnchannels() == 1
                assert file.getframerate() >= 24_000
                assert file.getnframes() / file.getframerate() == pytest.approx(line.seconds, abs=0.001)


@pytest.mark.parametrize(
    ("engine", "asked", "reason"),
    [
        ("kokoro", request("Hallo", language="de"), "no_voice_for_language"),
        ("kokoro", request("Hello", voice=NO_VOICE), "voice_off"),
        ("kokoro", request("Hello", voice=ROBOT), "robot_chosen"),
        ("kokoro", request("Cześć", language="pl", voice="af_heart"), "no_voice_for_language"),
        ("elevenlabs", request("Hallo", language="de", voice=NO_VOICE), "voice_off"),
        ("elevenlabs", request("Hallo", language="de", voice=ROBOT), "robot_chosen"),
        ("elevenlabs", request("Hello", voice="af_heart"), "built_in_voice_chosen"),
        ("robot", request("Hallo", language="de"), "robot_not_chosen"),
        ("robot", request("Hello"), "robot_not_chosen"),
        ("robot", request("สวัสดี", language="th", voice=ROBOT), "no_voice_for_language"),
    ],
)
async def test_what_an_engine_does_not_do_it_refuses_with_a_reason(
    engine: str, asked: Speak, reason: str, engines: dict[str, VoiceEngine], module_bench: Workbench
) -> None:
    with pytest.raises(EngineRefused) as refused:
        await engines[engine].run(asked, module_bench)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        (request("Hallo", language="de"), "no_voice_for_language"),
        (request("Hello", voice=NO_VOICE), ""),
        (request("Hello"), "voice_unavailable"),
    ],
)
async def test_captions_take_everything_and_say_why_nobody_speaks(asked: Speak, note: str, tmp_path: Path) -> None:
    speech = await Captions().run(asked, Workbench(tmp_path))
    assert (speech.voice, speech.note) == (NO_VOICE, note)
    assert speech.lines[0].seconds > 0.2


def test_engine_names_have_a_version(engines: dict[str, VoiceEngine]) -> None:
    for engine in engines.values():
        assert engine.name[-1].isdigit()


@pytest.mark.parametrize(
    ("asked", "speaker", "reasons"),
    [
        (request("Hallo", language="de"), "captions-1", ("no_voice_for_language", "robot_not_chosen")),
        (request("Hallo", language="de", voice=ROBOT), "espeak-ng-1", ("robot_chosen",)),
        (request("Hello", voice=NO_VOICE), "captions-1", ("voice_off", "robot_not_chosen")),
    ],
)
async def test_one_after_the_other_they_leave_no_film_without_words(
    asked: Speak, speaker: str, reasons: tuple[str, ...], engines: dict[str, VoiceEngine], tmp_path: Path
) -> None:
    chain = Fallback((engines["kokoro"], engines["robot"], engines["captions"]))
    steps = Steps(MemoryLedger(), FolderBlobs(tmp_path), tmp_path / "scratch")
    speech = await steps.once(chain, asked)
    assert [word.text for word in speech.lines[0].words] == list(asked.lines)
    assert steps.records[0].engine == speaker
    assert tuple(note.rpartition(" ")[2] for note in steps.records[0].notes) == reasons
