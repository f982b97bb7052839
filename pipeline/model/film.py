"""What a film consists of: takes, words in time, music, formats, and how it was made."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pipeline.model.brief import Format, Platform, Wish
from pipeline.model.story import Storyboard
from pipeline.model.value import Artifact, Value

RETOUCHER = "gemini-"  # what the names of engines begin with that paint photos anew


class Take(Value):
    """One take of a shot: either a composition for the local renderer, or a filmed clip."""

    template: str  # name of a template, or "clip"
    seed: int
    detail: int = 0  # which of the plate's details a close-up shows
    clip: Artifact | None = None
    thumbnail: Artifact | None = None  # JPEG


class ProofSheet(Value):
    """Takes of one shot side by side, with a letter for each, to choose from."""

    picture: Artifact  # JPEG


class Word(Value):
    """A word of the film as written on screen, with the time it is spoken (seconds from the start of its line)."""

    text: str
    start: float
    end: float


class SpokenLine(Value):
    """What is said during one shot: its sound and its word times. Silent lines have no audio but do have times."""

    words: tuple[Word, ...]
    seconds: float
    audio: Artifact | None = None  # WAV, mono, 24 kHz or more


class Speech(Value):
    """The voice of a film, line by line (one for each shot; empty shots have a line without words)."""

    lines: tuple[SpokenLine, ...]
    voice: str  # id of the voice that spoke; NO_VOICE for captions only
    note: str = ""  # why there is no voice, or a robotic one: a phrase key for the seller


class Score(Value):
    """A piece of music, long enough for the film."""

    audio: Artifact  # WAV, stereo, 48 kHz
    bpm: float
    beats: tuple[float, ...]  # seconds
    bars: tuple[float, ...]  # seconds of the downbeats
    seconds: float
    title: str
    licence: str
    provenance: str


class Slot(Value):
    """When one shot is on screen: frames at `FPS`, `start` inclusive, `end` exclusive.

    Transitions are centred on the boundaries and belong to neither slot.
    """

    start: int
    end: int
    speech_at: float  # seconds from the film's start at which the shot's line begins


FPS = 30
SAMPLE_RATE = 48_000


class Timeline(Value):
    """The film's clock: slots cover every frame without gap or overlap."""

    slots: tuple[Slot, ...]
    frames: int
    beats: tuple[float, ...]  # of the music, inside the film

    @property
    def seconds(self) -> float:
        """Length of the film."""
        return self.frames / FPS


class Soundtrack(Value):
    """The finished mix."""

    audio: Artifact  # WAV, stereo, 48 kHz, exactly as long as the timeline
    lufs: float  # integrated loudness, EBU R128
    true_peak: float  # dBTP
    accents: int = 0  # soft sounds on cuts, made here


class TextBox(Value):
    """A text on screen, for the safe-zone check and the report: pixels of the format at full quality."""

    kind: Literal["caption", "headline", "price", "name", "action", "handle", "plate"]
    text: str
    x: float
    y: float
    w: float
    h: float
    start: float
    end: float
    size: float  # font size in pixels
    contrast: float  # WCAG ratio against the pixels behind it


class Check(Value):
    """One measured property of a finished film and whether it is good enough."""

    name: str
    passed: bool
    measured: str
    wanted: str


class Reel(Value):
    """A finished video file with all that goes with it."""

    format: Format
    video: Artifact  # MP4
    cover: Artifact  # JPEG
    srt: Artifact
    vtt: Artifact
    width: int
    height: int
    frames: int
    size: int  # bytes
    boxes: tuple[TextBox, ...]
    checks: tuple[Check, ...]

    @property
    def seconds(self) -> float:
        """Length of the film."""
        return self.frames / FPS


class Quality(StrEnum):
    """How big a reel is rendered."""

    PREVIEW = "preview"  # a third of the size, to choose by
    FULL = "full"


class StepRecord(Value):
    """What one step of a production did."""

    stage: str  # "enhance", "write", "shoot", "speak", "score", "mix", "cut"
    key: str
    engine: str
    computed: bool  # False when the ledger already had it
    seconds: float
    notes: tuple[str, ...] = ()  # why an engine in front was passed over


class Film(Value):
    """All that one production made."""

    wish: Wish
    storyboard: Storyboard
    takes: tuple[Take, ...]
    speech: Speech
    score: Score
    timeline: Timeline
    soundtrack: Soundtrack
    reels: tuple[Reel, ...]  # one a format, in the order of the brief's platforms
    steps: tuple[StepRecord, ...]

    @property
    def synthetic(self) -> bool:
        """Whether AI made some of its pixels: a clip that was filmed in a cloud, a photo that was retouched there."""
        retouched = any(step.stage == "enhance" and step.engine.startswith(RETOUCHER) for step in self.steps)
        return retouched or any(take.clip is not None for take in self.takes)

    def reel(self, platform: Platform) -> Reel:
        """The reel to post on a platform."""
        return next(r for r in self.reels if r.format is platform.aspect)
