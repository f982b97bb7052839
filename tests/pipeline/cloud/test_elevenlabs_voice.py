"""The cloud voice says the lines in words, and its times belong to what is written."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from aiohttp import web
from pydantic import SecretStr

from pipeline.engines.voice.elevenlabs import ElevenLabsVoice
from pipeline.engines.voice.silent import Captions
from pipeline.model import AUTO_VOICE, NO_VOICE, Speech, StepRecord, Tone
from pipeline.ports import Speak
from pipeline.steps import Fallback, Patience, Steps
from tests.fakes.memory import FolderBlobs, MemoryLedger
from tests.fakes.vendors import KEY, LEAD, LETTER, Answer, Call, Vendor, failing, garbage, silence, speaks

Judge = Callable[[str, str, Any], list[str]]


def asked(*lines: str, language: str = "de", voice: str = AUTO_VOICE) -> Speak:
    return Speak(lines=lines, language=language, voice=voice, tone=Tone.WARM, seconds=15)


def engine(
    vendor: Vendor, *, model: str = "eleven_v3", voice: str = "George", seconds: float = 20.0
) -> ElevenLabsVoice:
    return ElevenLabsVoice(
        SecretStr(KEY), model=model, voice=voice, voices={"fr": "Claire"}, address=vendor.address, seconds=seconds
    )


async def produced(
    request: Speak, voice: ElevenLabsVoice, blobs: FolderBlobs, tmp_path: Path
) -> tuple[Speech, StepRecord, list[float]]:
    """What the step comes to with captions behind the cloud voice, and how long it waited in between."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    chain = Fallback((voice, Captions()), patience=Patience(tries=2, base=0.0, sleep=sleep))
    steps = Steps(MemoryLedger(), blobs, tmp_path / "scratch")
    return await steps.once(chain, request), steps.records[0], waits


async def test_numbers_are_said_in_words_and_shown_as_written(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(speaks) as vendor:
        speech, record, _ = await produced(asked("Für 39,90 €, heute."), engine(vendor), blobs, tmp_path)
    said = vendor.calls[0].body["text"]
    assert said == "Für neununddreißig Euro neunzig, heute."
    assert record.notes == ()
    words = speech.lines[0].words
    assert [word.text for word in words] == ["Für", "39,90 €,", "heute."]
    # The fake says a letter in LETTER seconds; the silence before the line is cut to 30 ms.
    assert words[0].start == pytest.approx(0.03, abs=0.011)
    assert words[1].start - words[0].start == pytest.approx(LETTER * said.index("neun"), abs=0.002)
    assert words[2].start - words[0].start == pytest.approx(LETTER * said.index("heute"), abs=0.002)
    assert words[1].end - words[1].start == pytest.approx(LETTER * len("neununddreißig Euro neunzig,"), abs=0.002)


async def test_sound_is_trimmed_and_as_loud_as_that_of_the_built_in_voice(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(speaks) as vendor:
        speech, _, _ = await produced(asked("Hallo Welt"), engine(vendor), blobs, tmp_path)
    line = speech.lines[0]
    assert line.audio is not None
    with wave.open(str(await blobs.open(line.audio))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, 24_000, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    assert line.seconds == pytest.approx(len(samples) / 24_000, abs=0.001)
    assert line.seconds == pytest.approx(LETTER * 10 + 0.11, abs=0.03)  # without the LEAD at both ends
    assert LETTER * 10 + 2 * LEAD - line.seconds > 0.2
    voiced = samples[abs(samples) > 0.01]
    assert 20 * np.log10(np.sqrt(np.mean(voiced**2))) == pytest.approx(-21, abs=1)


@pytest.mark.parametrize(
    ("language", "model", "path", "code"),
    [
        ("de-AT", "eleven_v3", "George", "de"),
        ("fr", "eleven_v3", "Claire", "fr"),
        ("ja", "eleven_flash_v2_5", "George", "ja"),
        ("de", "eleven_multilingual_v2", "George", None),
    ],
)
async def test_voice_and_language_follow_the_film(
    language: str, model: str, path: str, code: str | None, blobs: FolderBlobs, tmp_path: Path
) -> None:
    with Vendor(speaks) as vendor:
        speech, _, _ = await produced(asked("Oh", language=language), engine(vendor, model=model), blobs, tmp_path)
    call = vendor.calls[0]
    assert call.path == f"/v1/text-to-speech/{path}/with-timestamps"
    assert call.query["output_format"] == "pcm_24000"
    assert call.headers["xi-api-key"] == KEY
    assert (call.body["model_id"], call.body["language_code"]) == (model, code)
    assert speech.voice == f"elevenlabs:{path}"


async def test_words_without_spaces_are_sent_as_they_are_written(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(speaks) as vendor:
        speech, _, _ = await produced(asked("木のマグ、手作りです。", language="ja"), engine(vendor), blobs, tmp_path)
    assert vendor.calls[0].body["text"] == "木のマグ、手作りです。"
    assert "".join(word.text for word in speech.lines[0].words) == "木のマグ、手作りです。"
    starts = [word.start for word in speech.lines[0].words]
    assert len(set(starts)) == len(starts) > 1


async def test_requests_are_what_the_vendor_describes(
    blobs: FolderBlobs, tmp_path: Path, faults_by_spec: Judge
) -> None:
    file = "elevenlabs/openapi.tryAGI-2026-08-22.json"
    with Vendor(speaks) as vendor:
        await produced(asked("Hallo", "", "Für 39,90 €."), engine(vendor), blobs, tmp_path)
        await produced(asked("Hallo"), engine(vendor, model="eleven_multilingual_v2"), blobs, tmp_path)
    assert len(vendor.calls) == 3
    for call in vendor.calls:
        assert faults_by_spec(file, "Body_text_to_speech_full_with_timestamps", call.body) == []


def changed(**fields: Any) -> Answer:
    """Good speech but for some fields of its alignment, or for its sound."""

    def answer(call: Call) -> web.Response:
        body = json.loads(speaks(call).text or "")
        for name, value in fields.items():
            (body if name in body else body["alignment"])[name] = value
        return web.json_response(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "note", "calls"),
    [
        (failing(429, {"detail": {"status": "too_many_concurrent_requests"}}, {"retry-after": "2"}), "unavailable", 2),
        (failing(500, {"detail": "oops"}), "unavailable", 2),
        (failing(503, "nothing"), "unavailable", 2),
        (garbage, "unavailable", 2),
        (failing(200, []), "unavailable", 2),
        (failing(200, {"audio_base64": "AAAA"}), "unavailable", 2),
        (changed(audio_base64="no sound!"), "unavailable", 2),
        (changed(audio_base64=""), "unavailable", 2),
        (changed(audio_base64="AA" * 4_000_000), "unavailable", 2),
        (changed(character_start_times_seconds=[]), "unavailable", 2),
        (changed(character_start_times_seconds=[3.0, 2.0, 1.0, 0.5, 0.1]), "unavailable", 2),
        (changed(character_end_times_seconds=["a"] * 5), "unavailable", 2),
        (changed(alignment=None), "unavailable", 2),
        (failing(401, {"detail": {"status": "invalid_api_key", "message": f"Invalid API key {KEY}"}}),
         "vendor_key_rejected", 1),
        (failing(401, {"detail": {"status": "quota_exceeded"}}), "vendor_quota_spent", 1),
        (failing(422, {"detail": [{"loc": ["body"], "msg": "no", "type": "value"}]}), "vendor_rejected", 1),
        (failing(404, {"detail": {"status": "voice_not_found"}}), "vendor_rejected", 1),
    ],
)  # fmt: skip
async def test_the_next_engine_stands_in(
    answer: Answer, note: str, calls: int, blobs: FolderBlobs, tmp_path: Path, log: io.StringIO
) -> None:
    with Vendor(answer) as vendor:
        voice = engine(vendor)
        speech, record, _ = await produced(asked("Hallo"), voice, blobs, tmp_path)
    assert (record.engine, record.notes) == ("captions-1", (f"{voice.name}: {note}",))
    assert len(vendor.calls) == calls
    assert [word.text for word in speech.lines[0].words] == ["Hallo"]
    assert voice.name in log.getvalue()
    assert KEY not in log.getvalue()


async def test_a_film_is_not_spoken_by_two_voices(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(speaks, failing(404, {})) as vendor:
        speech, record, _ = await produced(asked("Hallo", "Welt"), engine(vendor), blobs, tmp_path)
    assert (record.engine, speech.voice) == ("captions-1", NO_VOICE)
    assert all(line.audio is None for line in speech.lines)


async def test_a_busy_vendor_is_given_the_time_it_asks_for(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(failing(429, {"detail": {"status": "system_busy"}}, {"retry-after": "4"}), speaks) as vendor:
        speech, _, waits = await produced(asked("Hallo"), engine(vendor), blobs, tmp_path)
    assert (speech.voice, waits) == ("elevenlabs:George", [4])


async def test_a_vendor_that_never_answers_is_left(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(silence) as vendor:
        _, record, _ = await produced(asked("Hallo"), engine(vendor, seconds=0.3), blobs, tmp_path)
    assert record.notes[0].endswith(": unavailable")


async def test_a_vendor_sends_nobody_elsewhere(blobs: FolderBlobs, tmp_path: Path) -> None:
    with Vendor(speaks) as canary, Vendor(failing(307, {}, {"location": canary.address})) as vendor:
        _, record, _ = await produced(asked("Hallo"), engine(vendor), blobs, tmp_path)
    assert canary.calls == []
    assert record.engine == "captions-1"


async def test_another_voice_or_model_is_another_step() -> None:
    key = SecretStr(KEY)
    voices = (
        ElevenLabsVoice(key, model="eleven_v3", voice="George", voices={}),
        ElevenLabsVoice(key, model="eleven_v4", voice="George", voices={}),
        ElevenLabsVoice(key, model="eleven_v3", voice="Claire", voices={}),
        ElevenLabsVoice(key, model="eleven_v3", voice="George", voices={"fr": "Claire"}),
    )
    assert len({Fallback((voice, Captions())).key(asked("Hallo")) for voice in voices}) == 4
