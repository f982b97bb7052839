"""A robotic voice for languages that have no other, only when the seller chose it: espeak-ng through its C library."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from bisect import bisect_right
from itertools import accumulate

import numpy as np
import soxr
from numpy.typing import NDArray

from pipeline.engines.voice.kokoro import RATE, Utterance
from pipeline.engines.voice.local import keep_line
from pipeline.engines.voice.silent import timed_to_read
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.model import Speech, SpokenLine
from pipeline.ports import Bench, Speak
from pipeline.spoken import Chunk, speakable
from pipeline.voices import ROBOT, ROBOT_LANGUAGES

# espeak-ng's speak_lib.h
_SYNCHRONOUS = 2
_CHARACTERS = 1  # how positions are counted
_UTF8 = 1
_EVENT_END, _EVENT_WORD = 0, 1
_PARAMETER_RATE = 1
_OK = 0

_WORDS_A_MINUTE = 158


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Library:
    """The one espeak-ng of this process; it keeps global state, so its callers take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._library: ctypes.CDLL | None = None
        self._rate = 0

    def say(self, text: str, voice: str) -> tuple[NDArray[np.float32], list[tuple[int, float]], int]:
        """Samples, (position in the text, seconds) of every word, and the sample rate.

        Raises:
            OSError: the library or the voice is not there.
        """
        with self._lock:
            library = self._loaded()
            if library.espeak_SetVoiceByName(voice.encode()) != _OK:
                raise OSError(f"espeak-ng has no voice {voice}")
            library.espeak_SetParameter(_PARAMETER_RATE, _WORDS_A_MINUTE, 0)
            blocks: list[NDArray[np.int16]] = []
            words: list[tuple[int, float]] = []

            def heard(samples: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
                if samples and count > 0:
                    blocks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
                at = 0
                while events[at].type != _EVENT_END:
                    if events[at].type == _EVENT_WORD:
                        words.append((events[at].text_position - 1, events[at].audio_position / 1000))
                    at += 1
                return 0

            callback = _CALLBACK(heard)
            library.espeak_SetSynthCallback(callback)
            data = text.encode()
            library.espeak_Synth(data, len(data) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
            library.espeak_Synchronize()
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
        return samples.astype(np.float32) * np.float32(1 / 32768), words, self._rate

    def _loaded(self) -> ctypes.CDLL:
        if self._library is None:
            import espeakng_loader

            library = ctypes.CDLL(espeakng_loader.get_library_path())
            library.espeak_Synth.argtypes = (
                ctypes.c_char_p,
                ctypes.c_size_t,
                ctypes.c_uint,
                ctypes.c_int,
                ctypes.c_uint,
                ctypes.c_uint,
                ctypes.c_void_p,
                ctypes.c_void_p,
            )
            self._rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
            if self._rate <= 0:
                raise OSError("espeak-ng cannot be started")
            self._library = library
        return self._library


_library = _Library()


class RoboticVoice:
    """Says lines with espeak-ng, when the seller chose so; refuses everything else."""

    name = "espeak-ng-1"

    async def run(self, request: Speak, bench: Bench) -> Speech:
        """Say every line of a film.

        Raises:
            EngineRefused: it was not asked for, or cannot read this language.
            EngineUnavailable: the library is not there.
        """
        if request.voice != ROBOT:
            raise EngineRefused("the robotic voice was not asked for", "robot_not_chosen")
        voice = ROBOT_LANGUAGES.get(request.language.partition("-")[0].lower())
        if voice is None:
            raise EngineRefused(f"espeak-ng does not read {request.language} well", "no_voice_for_language")
        lines = []
        for at, line in enumerate(request.lines):
            lines.append(
                await self._line(speakable(line, request.language, request.sayings), voice, at=at, bench=bench)
            )
            bench.progress(at + 1, len(request.lines))
        return Speech(lines=tuple(lines), voice=ROBOT, note="robotic_voice")

    async def _line(self, chunks: tuple[Chunk, ...], voice: str, *, at: int, bench: Bench) -> SpokenLine:
        if not any(chunk.spoken for chunk in chunks):
            return timed_to_read(chunks)
        try:
            utterance = await asyncio.to_thread(_utter, chunks, voice)
        except OSError as error:
            raise EngineUnavailable("espeak-ng cannot be used") from error
        return await keep_line(chunks, utterance, rate=RATE, path=bench.scratch / f"{at}.wav", bench=bench)


def _utter(chunks: tuple[Chunk, ...], voice: str) -> Utterance:
    spoken = [chunk.spoken for chunk in chunks]
    samples, words, rate = _library.say(" ".join(spoken), voice)
    length = len(samples) / rate
    offsets = [0, *accumulate(len(text) + 1 for text in spoken[:-1])]
    starts: dict[int, float] = {}
    for position, seconds in words:
        starts.setdefault(bisect_right(offsets, position) - 1, seconds)
    times: list[float] = []
    for at in range(len(chunks)):
        times.append(min(max(starts.get(at, times[-1] if times else 0.0), times[-1] if times else 0.0), length))
    resampled = np.asarray(soxr.resample(samples, rate, RATE), dtype=np.float32)
    return Utterance(resampled, tuple(zip(times, [*times[1:], length], strict=True)))
