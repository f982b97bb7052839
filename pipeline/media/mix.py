"""The sound of a film: the voice on its marks, music that makes room for it, as loud as platforms want it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.media import accents
from pipeline.media.aac import heard
from pipeline.media.dynamics import Compressor, Ducker, compressed, ducking, faded, limited
from pipeline.media.encode import AUDIO_RATE
from pipeline.media.loudness import integrated, measure, true_peak
from pipeline.media.pcm import quantised, read_sound, write_sound
from pipeline.model import FPS, SAMPLE_RATE, Score, Soundtrack, Tone
from pipeline.ports import Bench, Mix

Samples = NDArray[np.float32]

LOUDNESS = -14.0  # LUFS
CEILING = -2.5  # dBTP; AAC adds some, mostly less than a decibel …
DELIVERED = -1.6  # … and this is what the finished file may have
_TOLERANCE = 0.1  # LU
_TRIES = 6

_VOICE = -16.0  # LUFS of the voice before all is brought to the final loudness
# LUFS of the music where nobody speaks, by tone: energetic films are carried by it.
_MUSIC = {
    Tone.PLAYFUL: -17.5,
    Tone.LUXURY: -19.0,
    Tone.BOLD: -17.0,
    Tone.CALM: -19.5,
    Tone.WARM: -19.0,
    Tone.STREET: -17.0,
}
_DEPTH = 10.0  # dB that the music gives way
_PRESENCE = 1.8  # dB on the voice around 3.5 kHz: consonants stay clear on a phone
_FADE_IN = 0.01
_ENDING = (0.9, 2.4)  # the music dies away from the last bar that is so many seconds before the end …
_PLAIN_ENDING = 1.4  # … or over so many seconds …
_SHORT_ENDING = 0.5  # … but not before the last word, so that it comes up once more, unless less than this were left
_SPLICE = 0.025


@dataclass(frozen=True, eq=False)
class _Stems:
    """The parts of a mix: the voice (n,), the music (2, n)."""

    voice: Samples
    music: Samples


class Mixer:
    """Mixes voice and music for a timeline, and accents where they are wanted."""

    def __init__(self, *, with_accents: bool = True) -> None:
        self._with_accents = with_accents

    @property
    def name(self) -> str:
        """Mixes with accents and without are not the same."""
        return "mixer-4" if self._with_accents else "mixer-4-plain"

    async def run(self, request: Mix, bench: Bench) -> Soundtrack:
        """Mix a film's sound: exactly as long as its frames, −14 LUFS, true peak at most −2.5 dBTP.

        Raises:
            StorageError: a line or the music is gone.
        """
        music = await bench.open(request.score.audio)
        lines = [
            (await bench.open(line.audio), slot.speech_at)
            for line, slot in zip(request.speech.lines, request.timeline.slots, strict=True)
            if line.audio is not None
        ]
        wanted = request if self._with_accents else request.model_copy(update={"accents": ()})
        mixed = await asyncio.to_thread(_mix, lines, music, wanted)
        found = await asyncio.to_thread(measure, mixed.T, SAMPLE_RATE)
        path = await asyncio.to_thread(write_sound, bench.scratch / "mix.wav", mixed, SAMPLE_RATE)
        return Soundtrack(
            audio=await bench.keep(path, "audio/wav"),
            lufs=round(found.lufs, 2),
            true_peak=round(found.true_peak_dbtp, 2),
            accents=len(wanted.accents),
        )


def _mix(lines: list[tuple[Path, float]], music: Path, request: Mix) -> Samples:
    length = request.timeline.frames * SAMPLE_RATE // FPS
    stems = _Stems(
        voice=_voice(lines, length),
        music=_music(read_sound(music, rate=SAMPLE_RATE), request.score, length, tone=request.tone),
    )
    music_gain = ducking(stems.voice, SAMPLE_RATE, _ducker(request.score)) if lines else np.float32(1.0)
    start, end = _ending(request)
    under = faded(stems.music * music_gain, SAMPLE_RATE, start=start, end=end)
    under[:, : round(_FADE_IN * SAMPLE_RATE)] *= np.linspace(0, 1, round(_FADE_IN * SAMPLE_RATE), dtype=np.float32)
    return mastered(under + stems.voice + accents.track(request.accents, length))


def _voice(lines: list[tuple[Path, float]], length: int) -> Samples:
    """All lines on one bus at their moments; compressed a little, clear, at a fixed loudness."""
    bus = np.zeros(length, np.float32)
    for path, at in lines:
        line = read_sound(path, rate=SAMPLE_RATE, stereo=False)[0]
        start = round(at * SAMPLE_RATE)
        room = bus[start : start + len(line)]
        room += line[: len(room)]
    if not bus.any():
        return bus
    voice = _clear(compressed(bus, SAMPLE_RATE, Compressor()))
    return voice * _gain_to(_VOICE, voice[None, :])


def _clear(voice: Samples) -> Samples:
    """A broad lift where consonants are."""
    spectrum = np.fft.rfft(voice)
    hertz = np.maximum(np.fft.rfftfreq(len(voice), 1 / SAMPLE_RATE), 1.0)
    lift = _PRESENCE * np.exp(-0.5 * (np.log2(hertz / 3500) / 0.8) ** 2)
    return np.fft.irfft(spectrum * 10 ** (lift / 20), len(voice)).astype(np.float32)


def _music(samples: Samples, score: Score, length: int, *, tone: Tone) -> Samples:
    whole = _lengthened(samples, score, length)[:, :length]
    return whole * _gain_to(_MUSIC[tone], whole)


def _lengthened(samples: Samples, score: Score, length: int) -> Samples:
    """Music that goes on from its first bar again where the film is longer than the score."""
    fade = round(_SPLICE * SAMPLE_RATE)
    rise = np.sin(np.linspace(0, np.pi / 2, fade, dtype=np.float32))
    first = round(score.bars[0] * SAMPLE_RATE) if score.bars else 0
    last = round(score.bars[-1] * SAMPLE_RATE) if len(score.bars) > 1 else samples.shape[1] - fade
    last = min(last, samples.shape[1] - fade)
    out = samples
    while out.shape[1] < length:
        end = out.shape[1] - (samples.shape[1] - last)
        joint = out[:, end : end + fade] * rise[::-1] + samples[:, first : first + fade] * rise
        out = np.concatenate([out[:, :end], joint, samples[:, first + fade :]], axis=1)
    return out


def _gain_to(lufs: float, samples: Samples) -> np.float32:
    """The factor that brings a sound to a loudness; 1 for silence."""
    now = integrated(samples.T, SAMPLE_RATE)
    return np.float32(10 ** ((lufs - now) / 20) if np.isfinite(now) else 1.0)


def _ducker(score: Score) -> Ducker:
    """Music comes back within about half a beat of a slow piece, a beat of a fast one."""
    return Ducker(depth=_DEPTH, release=float(np.clip(30.0 / score.bpm, 0.22, 0.42)))


def _ending(request: Mix) -> tuple[float, float]:
    """When the music begins to die away, and when it is gone: from a bar on, to the last frame."""
    end = request.timeline.seconds
    bars = [bar for bar in request.score.bars if _ENDING[0] <= end - bar <= _ENDING[1]]
    start = bars[-1] if bars else end - _PLAIN_ENDING
    spoken = [
        slot.speech_at + line.seconds
        for line, slot in zip(request.speech.lines, request.timeline.slots, strict=True)
        if line.audio is not None
    ]
    start = max(start, min(max(spoken, default=0.0) + 0.1, end - _SHORT_ENDING))
    return max(0.0, start), end


def mastered(samples: Samples) -> Samples:
    """The mix at its final loudness, by one gain for the whole film and a limiter for the few highest peaks.

    A dynamic loudness pass would lift the ducked music again, so the gain is static. How far the encoder lifts peaks
    cannot be foreseen: it is tried with the very samples that will be written, since the least difference makes it
    choose otherwise, and what was too high is limited where it was.

    Args:
        samples: (2, n) at 48 kHz.
    """
    out = _levelled(samples)
    for _ in range(_TRIES):
        written = quantised(out).astype(np.float32) / np.float32(32768)
        delivered = heard(written, rate=AUDIO_RATE)
        if true_peak(delivered.T, SAMPLE_RATE) <= DELIVERED:
            break
        out = limited(out, SAMPLE_RATE, ceiling=DELIVERED - 0.2, key=delivered)
    return out


def _levelled(samples: Samples) -> Samples:
    """The gain is measured again behind the limiter and corrected until both loudness and peaks are right."""
    now = integrated(samples.T, SAMPLE_RATE)
    if not np.isfinite(now):
        return samples
    gain = LOUDNESS - now
    out = samples
    for _ in range(_TRIES):
        out = limited(samples * np.float32(10 ** (gain / 20)), SAMPLE_RATE, ceiling=CEILING - 0.1)
        missing = LOUDNESS - integrated(out.T, SAMPLE_RATE)
        if abs(missing) <= _TOLERANCE:
            break
        gain += missing
    return out
