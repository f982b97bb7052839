"""Soft sounds on the cuts that matter: a pop or a whoosh, made here from sines and noise, the same every time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.model import FPS, SAMPLE_RATE, Intent, Shot, Timeline, Tone
from pipeline.ports import Accent, AccentKind

Samples = NDArray[np.float32]

# Quiet tones have none: there the music breathes.
_KINDS: dict[Tone, AccentKind] = {Tone.PLAYFUL: "pop", Tone.BOLD: "whoosh", Tone.STREET: "whoosh"}
_TURNS = frozenset({Intent.PRICE, Intent.CARD})  # shots that open with one, besides the film's second

_LEVEL = -30.5  # dBFS RMS: the voice is mixed at −16 LUFS, so this is 14 dB below
_POP = 0.09  # seconds
_POP_HERTZ = (880.0, 420.0)
_WHOOSH = 0.42  # seconds …
_PEAK = 0.6  # … of which this share is swelling
_WHOOSH_HERTZ = (350.0, 4200.0)


def planned(shots: Sequence[Shot], timeline: Timeline, tone: Tone) -> tuple[Accent, ...]:
    """The accents of a film: on the cut out of the hook, into the price and into the end card; none in quiet tones."""
    kind = _KINDS.get(tone)
    if kind is None:
        return ()
    cuts = [
        slot.start
        for at, (shot, slot) in enumerate(zip(shots, timeline.slots, strict=True))
        if at == 1 or (at > 1 and shot.intent in _TURNS)
    ]
    return tuple(Accent(kind=kind, frame=frame) for frame in cuts)


def track(accents: Sequence[Accent], length: int) -> Samples:
    """All accents of a film on a bus of their own, (2, length) at 48 kHz.

    A pop begins with its frame; a whoosh is loudest there.
    """
    bus = np.zeros(length, np.float32)
    for accent in accents:
        sound, mark = (_pop(), 0) if accent.kind == "pop" else (_whoosh(), round(_PEAK * _WHOOSH * SAMPLE_RATE))
        start = accent.frame * SAMPLE_RATE // FPS - mark
        sound = sound[max(0, -start) :]
        room = bus[max(0, start) : max(0, start) + len(sound)]
        room += sound[: len(room)]
    return np.stack((bus, bus))


def _pop() -> Samples:
    """A short sine that falls, as of a bubble."""
    moments = np.arange(round(_POP * SAMPLE_RATE)) / SAMPLE_RATE
    high, low = _POP_HERTZ
    phase = 2 * np.pi * np.cumsum(low + (high - low) * np.exp(-moments / 0.02)) / SAMPLE_RATE
    rise = np.minimum(moments / 0.002, 1.0)
    return _levelled(np.sin(phase) * rise * np.exp(-moments / 0.022) * _tail(len(moments)))


def _whoosh() -> Samples:
    """Noise whose band climbs while it swells, and that is gone soon after."""
    count = round(_WHOOSH * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(7).normal(size=count))
    hertz = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 1.0)
    share = np.arange(count) / count
    low, high = _WHOOSH_HERTZ
    bands = np.geomspace(low, high, 6)
    centre = np.clip(share / _PEAK, 0, 1) * (len(bands) - 1)
    sound = np.zeros(count)
    for number, band in enumerate(bands):
        kept = spectrum * np.exp(-0.5 * (np.log2(hertz / band) / 0.55) ** 2) / np.sqrt(band)
        sound += np.fft.irfft(kept, count) * np.clip(1 - np.abs(centre - number), 0, 1)
    swell = np.where(share < _PEAK, (share / _PEAK) ** 2.5, np.exp(-(share - _PEAK) / 0.09))
    return _levelled(sound * swell * _tail(count))


def _tail(count: int) -> NDArray[np.float64]:
    """Down to nothing in the last hundredth of a second."""
    return np.minimum((count - 1 - np.arange(count)) / (0.01 * SAMPLE_RATE), 1.0)


def _levelled(sound: NDArray[np.float64]) -> Samples:
    """A sound whose loudest 50 ms have the accents' level."""
    power = np.convolve(sound**2, np.ones(SAMPLE_RATE // 20) / (SAMPLE_RATE // 20), mode="same").max()
    return np.asarray(sound * 10 ** (_LEVEL / 20) / np.sqrt(power), np.float32)
