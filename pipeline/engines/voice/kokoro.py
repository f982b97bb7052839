"""Kokoro-82M: text to sound with the time of every chunk of the text. Blocking; one model for the whole process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.voice.alignment import boundaries
from pipeline.spoken import Chunk

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

RATE = 24_000

# The model learnt its own signs for diphthongs and affricates; espeak writes them as two letters under a tie.
_ANY = (
    ("a^ɪ", "I"),
    ("a^ʊ", "W"),
    ("d^z", "ʣ"),
    ("d^ʒ", "ʤ"),
    ("e^ɪ", "A"),
    ("o^ʊ", "O"),
    ("s^s", "S"),
    ("ə^ʊ", "Q"),
    ("t^s", "ʦ"),
    ("t^ʃ", "ʧ"),
    ("ɔ^ɪ", "Y"),
)
_ENGLISH = (
    ("ə^l", "ᵊl"),
    ("ʔˌn̩", "tᵊn"),
    ("ʔn̩", "tᵊn"),
    ("n̩", "ᵊn"),
    ("l̩", "ᵊl"),
    ("ʔ", "t"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ç", "k"),
    ("ɐ", "ə"),
    ("ɬ", "l"),
)
_AMERICAN = (("ɚɹ", "əɹ"), ("ɚ", "əɹ"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"), ("ɾ", "T"), ("e", "A"), ("ː", ""))
_BRITISH = (("e^ə", "ɛː"), ("i^ə", "ɪə"))

_ESPEAK = {"en-US": "en-us", "en-GB": "en-gb", "es": "es", "fr": "fr-fr", "it": "it", "pt-BR": "pt-br"}

# Against forced alignment the model's durations put word starts 94 ms late (median of 118 English words, two voices,
# median deviation 22 ms) and ends 48 ms late. With these shifts the words of finished lines start within 18 ms of the
# alignment (median of 354 words, six voices; nine of ten within 47 ms).
_START_SHIFT = 0.080
_END_SHIFT = 0.045

_SENTENCE_PAUSE = 0.24  # least silence after a full stop, seconds
_CLAUSE_PAUSE = 0.10


@dataclass(frozen=True, eq=False)
class Utterance:
    """A line as it was said: mono float32 at `RATE`, and when each chunk begins and ends (seconds)."""

    samples: NDArray[np.float32]
    times: tuple[tuple[float, float], ...]


class Reader:
    """The model, loaded when it first speaks. Safe to call from several threads; they take turns."""

    def __init__(self, model: Callable[[], Path], *, threads: int) -> None:
        self._model_path = model
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Kokoro | None = None
        self._spellers: dict[str, Any] = {}

    def phonemes(self, texts: list[str], language: str) -> list[str]:
        """The model's own spelling of texts.

        Args:
            texts: in words; digits and signs are already said.
            language: one of the voices' languages.
        """
        with self._lock:
            model = self._loaded()
            spelt = self._speller(language).phonemize(texts)
        known = model.tokenizer.vocab
        return ["".join(c for c in respelt(text, language) if c in known).strip() for text in spelt]

    def say(
        self, phonemes: str, *, voice: str, speed: float
    ) -> tuple[NDArray[np.float32], list[tuple[str, float, float]]]:
        """Sound of one line, and (sign, start, end) of each sign of its phonemes, in seconds."""
        with self._lock:
            samples, _, timings = self._loaded().create_timed(
                phonemes,
                voice,
                speed=speed,
                is_phonemes=True,
                sentence_pause=_SENTENCE_PAUSE,
                clause_pause=_CLAUSE_PAUSE,
            )
        return samples.astype(np.float32), [(timing.phoneme, timing.start, timing.end) for timing in timings]

    def _loaded(self) -> Kokoro:
        if self._model is None:
            import onnxruntime
            from kokoro_onnx import Kokoro

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = self._threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # as in `media/cutout.py`
            session = onnxruntime.InferenceSession(str(self._model_path()), options, providers=["CPUExecutionProvider"])
            self._model = Kokoro.from_session(session, str(files(__package__) / "data" / "voices.npz"))
        return self._model

    def _speller(self, language: str) -> Any:
        if language not in self._spellers:
            from phonemizer.backend import EspeakBackend

            quiet = logging.getLogger("phonemizer.quiet")
            quiet.setLevel(logging.ERROR)
            self._spellers[language] = EspeakBackend(
                _ESPEAK[language],
                preserve_punctuation=True,
                with_stress=True,
                tie="^",
                language_switch="remove-flags",
                words_mismatch="ignore",
                logger=quiet,
            )
        return self._spellers[language]


def utter(reader: Reader, chunks: tuple[Chunk, ...], *, voice: str, language: str, speed: float) -> Utterance:
    """Say the chunks of one line as one sentence, and find each of them in the sound; no samples for no sound."""
    spoken = [chunk.spoken for chunk in chunks]
    whole, *parts = reader.phonemes([" ".join(spoken), *spoken], language)
    if not any(sign.isalpha() for sign in whole):  # letters that the language does not know
        return Utterance(np.zeros(0, np.float32), tuple((0.0, 0.0) for _ in chunks))
    samples, timings = reader.say(whole, voice=voice, speed=speed)
    said = "".join(sign for sign, _, _ in timings)
    length = len(samples) / RATE
    times: list[tuple[float, float]] = []
    start = end = 0.0
    for first, last in boundaries(said, parts):
        sounding = [timing for timing in timings[first:last] if timing[0].isalpha()]
        if sounding:
            start = max(start, sounding[0][1] - _START_SHIFT)
            end = min(length, max(start, sounding[-1][2] - _END_SHIFT))
        else:  # melted into its neighbours
            start = end
        times.append((start, end))
    return Utterance(samples, _in_order(times))


def _in_order(times: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """No chunk ends after the next one begins."""
    nexts = [start for start, _ in times[1:]] + [float("inf")]
    return tuple((start, max(start, min(end, following))) for (start, end), following in zip(times, nexts, strict=True))


def respelt(text: str, language: str) -> str:
    """Phonemes as espeak writes them, in the model's own spelling."""
    own: tuple[tuple[str, str], ...] = ()
    if language == "en-US":
        own = (*_ENGLISH, *_AMERICAN)
    elif language == "en-GB":
        own = (*_BRITISH, *_ENGLISH)
    for written, sign in (*_ANY, *own):
        text = text.replace(written, sign)
    return text.replace("^", "")
