"""How far the marks of captions are from the voice: word starts against forced alignment by PocketSphinx.

The aligner is a speech recogniser that knows nothing of the voice's own timing. It runs by the Python of a virtual
environment of its own (`aligner.py`), as MoviePy does.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import venv
from math import ceil
from pathlib import Path
from statistics import median

import numpy as np
import soxr

from pipeline.config import StudioSettings
from pipeline.engines.voice.local import KokoroVoice
from pipeline.media.pcm import read_sound
from pipeline.model import FPS, SAMPLE_RATE, Speech, Tone
from pipeline.ports import Speak
from pipeline.steps import Fallback, Steps
from tests.fakes.memory import FolderBlobs, MemoryLedger

_ENVIRONMENT = Path(".cache/bench-pocketsphinx")
_PACKAGE = "pocketsphinx==5.1.1"
_RATE = 16_000  # Hz, what the aligner hears
_VOICES = ("af_heart", "am_michael", "bf_emma", "bm_george")
LINES = (
    "Morning coffee tastes better from a cup that was made by hand.",
    "Soft inside, strong outside, and light enough to carry all day.",
    "A warm glow for the quiet corner of every room.",
    "It keeps your water cold from breakfast until late at night.",
    "Small enough for one hand, big enough for the first big cup.",
    "Find it in the profile before the weekend.",
)


def caption_error(folder: Path) -> tuple[float, int] | None:
    """Seconds, the median over words, between a word's beginning and the frame on which its caption marks it.

    Returns:
        The error and the number of words; None when the aligner cannot be installed.
    """
    python = _python()
    if python is None:
        return None
    errors: list[float] = []
    for voice in _VOICES:
        errors += _errors(python, folder, voice)
    return median(errors), len(errors)


def _errors(python: Path, folder: Path, voice: str) -> list[float]:
    blobs = FolderBlobs(folder)
    speech = asyncio.run(_speak(blobs, folder, voice))
    tasks = []
    for line in speech.lines:
        if line.audio is None:
            raise RuntimeError(f"{voice} is silent")
        sound = read_sound(folder / line.audio.sha256, rate=SAMPLE_RATE, stereo=False)[0]
        heard = np.clip(soxr.resample(sound, SAMPLE_RATE, _RATE) * 32767, -32768, 32767).astype("<i2")
        raw = folder / f"{voice}-{line.audio.sha256}.raw"
        raw.write_bytes(heard.tobytes())
        tasks.append({"sound": str(raw), "words": [_plain(word.text) for word in line.words]})
    script = Path(__file__).with_name("aligner.py")
    done = subprocess.run(
        [python, script], input=json.dumps(tasks), capture_output=True, text=True, check=True, timeout=300
    )
    errors = []
    for line, starts in zip(speech.lines, json.loads(done.stdout), strict=True):
        shown = [ceil(word.start * FPS - 1e-6) / FPS for word in line.words]
        errors += [abs(at - start) for at, start in zip(shown, starts, strict=True)]
    return errors


async def _speak(blobs: FolderBlobs, folder: Path, voice: str) -> Speech:
    studio = Fallback((KokoroVoice(StudioSettings().models),))
    steps = Steps(MemoryLedger(), blobs, folder / "scratch")
    language = "en-GB" if voice.startswith("b") else "en-US"
    request = Speak(lines=LINES, language=language, voice=voice, tone=Tone.CALM, seconds=60)
    return await steps.once(studio, request)


def _plain(word: str) -> str:
    """A word as pronouncing dictionaries spell it."""
    return "".join(char for char in word.lower() if char.isalpha() or char == "'")


def _python() -> Path | None:
    """The Python of the aligner's environment, made on the first call."""
    python, ready = _ENVIRONMENT / "bin" / "python", _ENVIRONMENT / "ready"
    if not ready.exists():
        venv.create(_ENVIRONMENT, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", _PACKAGE]
        if subprocess.run(command, check=False, timeout=600).returncode:
            return None
        ready.touch()
    return python


def main() -> None:
    """Measure and say what came out."""
    with tempfile.TemporaryDirectory() as name:
        found = caption_error(Path(name))
    said = "the aligner could not be installed" if found is None else f"{1000 * found[0]:.0f} ms over {found[1]} words"
    sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()
