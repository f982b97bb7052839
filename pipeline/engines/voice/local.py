"""The built-in voice: Kokoro, for the languages that it speaks well."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pipeline.engines.voice.kokoro import RATE, Reader, Utterance, utter
from pipeline.engines.voice.polish import levelled, trimmed, write_wav
from pipeline.engines.voice.silent import timed_to_read
from pipeline.errors import EngineRefused, EngineUnavailable, StorageError
from pipeline.model import NO_VOICE, Speech, SpokenLine, Word
from pipeline.ports import Bench, Speak
from pipeline.spoken import Chunk, speakable
from pipeline.voices import ROBOT, Voice, cast
from pipeline.weights import ensure

FASTEST = 1.08
_SIGNS_A_SECOND = 17.5  # phonemes, stress marks and pauses included; median of the thirteen voices
_ROOM = 0.78  # share of a film that may be speech: the rest is breath between the lines


class KokoroVoice:
    """Says lines with the Kokoro model; refuses languages that it does not speak well."""

    name = "kokoro-82m-int8-2"

    def __init__(self, models: Path, *, threads: int = 2) -> None:
        self._reader = Reader(lambda: ensure(models).voice_model, threads=threads)

    async def run(self, request: Speak, bench: Bench) -> Speech:
        """Say every line of a film.

        Raises:
            EngineRefused: no voice is wanted, or none for this language ("no_voice_for_language").
            EngineUnavailable: the model cannot be prepared.
            StorageError: what was said cannot be kept.
        """
        voice = _casting(request)
        lines = [speakable(line, request.language, request.sayings) for line in request.lines]
        try:
            speed = await asyncio.to_thread(self._speed, lines, voice, seconds=request.seconds)
        except (StorageError, OSError) as error:
            raise EngineUnavailable("the built-in voice cannot be prepared") from error
        spoken = []
        for at, chunks in enumerate(lines):
            spoken.append(await self._line(chunks, voice, speed=speed, at=at, bench=bench))
            bench.progress(at + 1, len(lines))
        return Speech(lines=tuple(spoken), voice=voice.id)

    def _speed(self, lines: list[tuple[Chunk, ...]], voice: Voice, *, seconds: int) -> float:
        """How fast to speak so that the lines fit the film; never slower than usual, at most 1.08 times as fast."""
        text = [" ".join(chunk.spoken for chunk in chunks) for chunks in lines if chunks]
        signs = sum(len(spelt) for spelt in self._reader.phonemes(text, voice.language)) if text else 0
        return min(FASTEST, max(1.0, signs / _SIGNS_A_SECOND / (seconds * _ROOM)))

    async def _line(
        self, chunks: tuple[Chunk, ...], voice: Voice, *, speed: float, at: int, bench: Bench
    ) -> SpokenLine:
        if not any(chunk.spoken for chunk in chunks):
            return timed_to_read(chunks)
        utterance = await asyncio.to_thread(
            utter, self._reader, chunks, voice=voice.id, language=voice.language, speed=speed
        )
        return await keep_line(chunks, utterance, rate=RATE, path=bench.scratch / f"{at}.wav", bench=bench)


async def keep_line(
    chunks: tuple[Chunk, ...], utterance: Utterance, *, rate: int, path: Path, bench: Bench
) -> SpokenLine:
    """Trim, level and store a line, its words with their times in it; a line that made no sound is only read."""
    if not utterance.samples.any():
        return timed_to_read(chunks)
    samples, cut = await asyncio.to_thread(trimmed, utterance.samples, rate)
    samples = await asyncio.to_thread(levelled, samples, rate)
    await asyncio.to_thread(write_wav, path, samples, rate)
    seconds = len(samples) / rate

    def inside(at: float) -> float:
        return round(min(max(at - cut, 0.0), seconds), 3)

    words = tuple(
        Word(text=chunk.written, start=inside(start), end=inside(end))
        for chunk, (start, end) in zip(chunks, utterance.times, strict=True)
    )
    return SpokenLine(words=words, seconds=round(seconds, 4), audio=await bench.keep(path, "audio/wav"))


def _casting(request: Speak) -> Voice:
    if request.voice == NO_VOICE:
        raise EngineRefused("captions only were asked for", "voice_off")
    if request.voice == ROBOT:
        raise EngineRefused("the robotic voice was asked for", "robot_chosen")
    voice = cast(request.voice, request.language, request.tone)
    if voice is None:
        raise EngineRefused(f"no good voice for {request.language}", "no_voice_for_language")
    return voice
