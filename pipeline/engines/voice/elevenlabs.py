"""The voice in the cloud: ElevenLabs says the lines, in any language, and tells when it says each letter."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from itertools import pairwise
from typing import Self

import httpx
import numpy as np
from elevenlabs import AsyncElevenLabs
from elevenlabs.core import ApiError, ParsingError
from pydantic import BaseModel, ConfigDict, FiniteFloat, SecretStr, model_validator

from pipeline.engines import web
from pipeline.engines.http import deadline, failure
from pipeline.engines.voice.alignment import boundaries
from pipeline.engines.voice.kokoro import RATE, Utterance
from pipeline.engines.voice.local import keep_line
from pipeline.engines.voice.silent import timed_to_read
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.media.lettering.wording import join
from pipeline.model import AUTO_VOICE, NO_VOICE, Speech, SpokenLine
from pipeline.ports import Bench, Speak
from pipeline.reading import base
from pipeline.spoken import Chunk, speakable
from pipeline.voices import ROBOT, has_natural

_VENDOR = "ElevenLabs"
_LONGEST = 60.0  # seconds that one line of a film can last
_WITHOUT_LANGUAGE = "multilingual_v2"  # models that hear the language by themselves and take no code


class _Alignment(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    characters: list[str]
    character_start_times_seconds: list[FiniteFloat]
    character_end_times_seconds: list[FiniteFloat]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts, ends = self.character_start_times_seconds, self.character_end_times_seconds
        if not len(self.characters) == len(starts) == len(ends) > 0:
            raise ValueError("a time for every letter is wanted")
        if any(len(character) != 1 for character in self.characters):
            raise ValueError("one letter at a time is wanted")
        if min(starts) < 0 or any(later < earlier for earlier, later in pairwise(starts)):
            raise ValueError("letters follow one another")
        return self


class _Said(BaseModel):
    """An answer, checked: the SDK hands on whatever came."""

    model_config = ConfigDict(from_attributes=True)

    audio_base_64: str
    alignment: _Alignment


class ElevenLabsVoice:
    """Says lines with ElevenLabs when the choice of the voice is left to FRAME.

    Args:
        key: API key.
        model: any text-to-speech model.
        voice: id of the voice that speaks.
        voices: ids of other voices for some languages, by their two letters.
        address: of a server with the same API; None for ElevenLabs' own.
        seconds: for one step, that is, all lines of a film.
    """

    def __init__(
        self,
        key: SecretStr,
        *,
        model: str,
        voice: str,
        voices: Mapping[str, str],
        address: str | None = None,
        seconds: float = 90.0,
    ) -> None:
        self._key = key
        self._model = model
        self._voice = voice
        self._voices = dict(voices)
        self._address = address
        self._seconds = seconds

    @property
    def name(self) -> str:
        """Model and casting are part of it: other ones speak otherwise."""
        casting = repr((self._voice, sorted(self._voices.items())))
        return f"elevenlabs-{self._model}-{hashlib.sha256(casting.encode()).hexdigest()[:8]}-1"

    async def run(self, request: Speak, bench: Bench) -> Speech:
        """Say every line of a film.

        Raises:
            EngineBusy: ElevenLabs asks to wait.
            EngineUnavailable: it cannot be reached, or what it answers is no speech.
            EngineRefused: no voice, the robotic one or a built-in one was chosen, or ElevenLabs will not speak.
        """
        voice = self._casting(request)
        spoken: list[SpokenLine] = []
        async with deadline(_VENDOR, self._seconds), await web.client(self._seconds) as http:
            client = AsyncElevenLabs(base_url=self._address, api_key=self._key.get_secret_value(), httpx_client=http)
            for at, line in enumerate(request.lines):
                chunks = speakable(line, request.language, request.sayings)
                if any(chunk.spoken for chunk in chunks):
                    utterance = await self._utter(client, chunks, voice, language=request.language)
                    path = bench.scratch / f"{at}.wav"
                    spoken.append(await keep_line(chunks, utterance, rate=RATE, path=path, bench=bench))
                else:
                    spoken.append(timed_to_read(chunks))
                bench.progress(at + 1, len(request.lines))
        return Speech(lines=tuple(spoken), voice=f"elevenlabs:{voice}")

    def _casting(self, request: Speak) -> str:
        if request.voice == NO_VOICE:
            raise EngineRefused("captions only were asked for", "voice_off")
        if request.voice == ROBOT:
            raise EngineRefused("the robotic voice was asked for", "robot_chosen")
        if request.voice != AUTO_VOICE and has_natural(request.language):
            raise EngineRefused("a built-in voice was asked for", "built_in_voice_chosen")
        return self._voices.get(base(request.language), self._voice)

    async def _utter(
        self, client: AsyncElevenLabs, chunks: tuple[Chunk, ...], voice: str, *, language: str
    ) -> Utterance:
        try:
            answer = await client.text_to_speech.convert_with_timestamps(
                voice,
                text=join([chunk.spoken for chunk in chunks]),
                model_id=self._model,
                # None is sent as null, which the API takes for "not given".
                language_code=None if _WITHOUT_LANGUAGE in self._model else base(language),
                output_format="pcm_24000",  # at `RATE`: no codec, no delay of one, nothing to resample
                request_options={"max_retries": 0},  # patience is the step's business
            )
            said = _Said.model_validate(answer)
            return await asyncio.to_thread(_utterance, said, chunks)
        # Causes are cut off: a vendor's own words may quote what was sent.
        except ParsingError:
            raise EngineUnavailable(f"{_VENDOR} answered something else") from None
        except ApiError as error:
            if error.status_code is None or error.status_code < 400:
                raise EngineUnavailable(f"{_VENDOR} answered something else") from None
            raise failure(_VENDOR, error.status_code, error.headers or {}, _code(error.body)) from None
        except (ValueError, TypeError, AttributeError):  # a body that is no speech: the SDK does not validate it either
            raise EngineUnavailable(f"{_VENDOR} answered with no speech in it") from None
        except httpx.HTTPError:
            raise EngineUnavailable(f"{_VENDOR} cannot be reached") from None


def _utterance(said: _Said, chunks: tuple[Chunk, ...]) -> Utterance:
    """Sound and the times of the written chunks, led back from the letters of what was said.

    Raises:
        ValueError: that is no sound, or longer than any line.
    """
    sound = base64.b64decode(said.audio_base_64, validate=True)
    if not 0 < len(sound) <= _LONGEST * RATE * 2 or len(sound) % 2:
        raise ValueError("16-bit sound of a line's length is wanted")
    samples = np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)
    letters = said.alignment.characters
    starts, ends = said.alignment.character_start_times_seconds, said.alignment.character_end_times_seconds
    times: list[tuple[float, float]] = []
    for first, last in boundaries("".join(letters), [chunk.spoken for chunk in chunks]):
        own = [at for at in range(first, last) if not letters[at].isspace()]
        before = times[-1][1] if times else 0.0
        start = max(before, starts[own[0]]) if own else before
        times.append((start, max(start, ends[own[-1]]) if own else start))
    return Utterance(samples, tuple(times))


def _code(body: object) -> object:
    """The vendor's name of an error: {"detail": {"status": …}} or, in newer answers, {"detail": {"code": …}}."""
    detail = body.get("detail") if isinstance(body, dict) else None
    return (detail.get("status") or detail.get("code")) if isinstance(detail, dict) else None
