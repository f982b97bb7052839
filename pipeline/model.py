"""The values that flow through FRAME: frozen, JSON-safe, compared by content."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A frozen value; equal content is equal value, and its JSON is canonical enough to hash."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Artifact(Value):
    """A file named by its content."""

    sha256: str
    media_type: str


class Box(Value):
    """A rectangle in fractions (0..1) of the image it belongs to; x and y are its top-left corner."""

    x: float
    y: float
    w: float
    h: float


# ── what the seller asks for ─────────────────────────────────────────────────────────────────────────────────────────


class Format(StrEnum):
    """An aspect ratio that FRAME composes natively."""

    TALL = "9:16"
    FEED = "4:5"
    SQUARE = "1:1"
    WIDE = "16:9"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels at full quality."""
        return _SIZES[self]


_SIZES = {
    Format.TALL: (1080, 1920),
    Format.FEED: (1080, 1350),
    Format.SQUARE: (1080, 1080),
    Format.WIDE: (1920, 1080),
}


class Platform(StrEnum):
    """A place where a film is posted."""

    TIKTOK = "tiktok"
    INSTAGRAM_REELS = "instagram_reels"
    YOUTUBE_SHORTS = "youtube_shorts"
    STORIES = "stories"
    INSTAGRAM_FEED = "instagram_feed"
    SQUARE_FEED = "square_feed"
    YOUTUBE = "youtube"

    @property
    def aspect(self) -> Format:
        """The aspect ratio that this platform shows."""
        return _PLATFORM_FORMATS.get(self, Format.TALL)


_PLATFORM_FORMATS = {
    Platform.INSTAGRAM_FEED: Format.FEED,
    Platform.SQUARE_FEED: Format.SQUARE,
    Platform.YOUTUBE: Format.WIDE,
}


class Tone(StrEnum):
    """The manner of a film: pace, type, ground, transitions, words and music follow from it."""

    PLAYFUL = "playful"
    LUXURY = "luxury"
    BOLD = "bold"
    CALM = "calm"
    WARM = "warm"
    STREET = "street"


class Price(Value):
    """A price as the seller writes it (`shown`, verbatim, with its currency sign) and as a number."""

    shown: str
    amount: Decimal
    currency: str  # ISO 4217


class Brand(Value):
    """A seller's own look: colours are "#rrggbb"."""

    handle: str = ""
    closing_line: str = ""
    colours: tuple[str, ...] = ()
    logo: Artifact | None = None


NO_VOICE = "none"
AUTO_VOICE = "auto"


class Brief(Value):
    """All that the seller has told: the whole input of a film."""

    photos: tuple[Artifact, ...]
    name: str = ""
    description: str = ""  # the seller's own words, verbatim
    price: Price | None = None
    language: str = "en"  # BCP 47
    tone: Tone = Tone.CALM
    voice: str = AUTO_VOICE  # AUTO_VOICE, NO_VOICE or a voice id from `pipeline.voices`
    platforms: tuple[Platform, ...] = (Platform.TIKTOK,)
    seconds: int = 15
    brand: Brand = Brand()


class WordEdit(Value):
    """The seller's own wording for one shot; None keeps what the storyboard says."""

    shot: int
    spoken: str | None = None
    shown: str | None = None


class Wish(Value):
    """A brief and every choice made since: the full description of one film.

    Changing a film is changing its wish; the step ledger sees to it that only what differs is computed.
    """

    brief: Brief
    idea: int = 0  # which variant (0 is A, 1 is B …)
    takes: tuple[int, ...] = ()  # take number of each shot; missing ones are 0
    music: int = 0  # 0 is the first choice, 1 the next …
    edits: tuple[WordEdit, ...] = ()
    avoid: tuple[str, ...] = ()  # phrase-bank entries of the seller's last films, fixed when the brief was confirmed

    def take(self, shot: int) -> int:
        """The take number of one shot."""
        return self.takes[shot] if shot < len(self.takes) else 0

    def retake(self, shot: int) -> Wish:
        """The same wish with another take of one shot."""
        takes = [self.take(i) for i in range(max(shot + 1, len(self.takes)))]
        takes[shot] += 1
        return self.model_copy(update={"takes": tuple(takes)})


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Plate(Value):
    """A photo made ready for filming."""

    photo: Artifact  # the enhanced whole photo: upright sRGB, JPEG
    width: int
    height: int
    cutout: Artifact | None  # RGBA PNG cropped to `product`; None where the mask is not to be trusted
    product: Box  # where the product is in `photo`; the whole frame when unknown
    details: tuple[Box, ...]  # crops worth a close-up, best first, none overlapping much
    palette: tuple[str, ...]  # the product's own accent colours, "#rrggbb", strongest first; never empty
    ground: str  # mean colour around the product, "#rrggbb"
    plain_ground: bool  # True for packshots on an even ground
    light: float  # direction the light comes from, degrees, 0 = from the right, 90 = from above
    sharpness: float  # variance of the Laplacian at 1000 px, for choosing
    label: tuple[str, ...] = ()  # words read on the product (OCR), as printed
    notes: tuple[str, ...] = ()  # what was found: "blurred", "dark", "low_resolution", "no_cutout"


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Fact(Value):
    """Something the film may say, and where it is from."""

    id: str  # "name", "price", "p1", "p2" … "label1"
    kind: Literal["name", "price", "point", "label"]
    text: str  # verbatim
    source: Literal["seller", "photo"]
    span: tuple[int, int] | None = None  # character range in the seller's description


class Intent(StrEnum):
    """What a shot is for."""

    HOOK = "hook"
    HERO = "hero"
    DETAIL = "detail"
    POINT = "point"
    COMPARE = "compare"
    PRICE = "price"
    CARD = "card"


class Shot(Value):
    """One shot of a storyboard: what it shows, says and writes."""

    intent: Intent
    photo: int  # index into the brief's photos
    spoken: str = ""  # what the voice says during the shot; captions show these words
    shown: str = ""  # headline set on the picture, if any
    facts: tuple[str, ...] = ()  # ids of the facts that `spoken` and `shown` use
    bank: tuple[str, ...] = ()  # ids of the phrase-bank entries used
    seconds: float = 2.5  # planned length; the timeline settles it


class PostPack(Value):
    """The words to post with the film."""

    title: str
    caption: str
    hashtags: tuple[str, ...] = ()


class Storyboard(Value):
    """The plan of a film; the last shot is the end card."""

    idea: str  # the hook's kind: "question", "contrast", "number", "sensory", "occasion", "reveal"
    language: str
    shots: tuple[Shot, ...]
    call_to_action: str
    post: PostPack
    facts: tuple[Fact, ...]

    def edited(self, edits: tuple[WordEdit, ...]) -> Storyboard:
        """The storyboard with the seller's own wording put in."""
        shots = list(self.shots)
        for edit in edits:
            if 0 <= edit.shot < len(shots):
                words = {k: v for k, v in (("spoken", edit.spoken), ("shown", edit.shown)) if v is not None}
                shots[edit.shot] = shots[edit.shot].model_copy(update=words)
        return self.model_copy(update={"shots": tuple(shots)})


# ── pictures, voice, music ───────────────────────────────────────────────────────────────────────────────────────────


class Take(Value):
    """One take of a shot: either a composition for the local renderer, or a filmed clip."""

    template: str  # name of a template, or "clip"
    seed: int
    detail: int = 0  # which of the plate's details a close-up shows
    clip: Artifact | None = None
    thumbnail: Artifact | None = None  # JPEG


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


# ── how it went ──────────────────────────────────────────────────────────────────────────────────────────────────────


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

    def reel(self, platform: Platform) -> Reel:
        """The reel to post on a platform."""
        return next(r for r in self.reels if r.format is platform.aspect)


class Stage(StrEnum):
    """A stage of production, in order, as progress shows it."""

    ENHANCE = "enhance"
    WRITE = "write"
    SPEAK = "speak"
    SHOOT = "shoot"
    SCORE = "score"
    CUT = "cut"


class Progress(Value):
    """How far a production is. `done` of `total` parts of this stage; `fraction` of the whole job (0..1)."""

    stage: Stage
    done: int
    total: int
    fraction: float
    picture: Artifact | None = None  # a contact sheet or a thumbnail, as soon as there is one
    variant: int | None = None


# ── what a job tells the chat ────────────────────────────────────────────────────────────────────────────────────────


class Goal(StrEnum):
    """What a job is to make."""

    PREVIEWS = "previews"  # quick previews of the variants to choose from
    FILM = "film"  # the finished film in every format asked for
    VOICE = "voice"  # a few seconds of a voice reading the seller's own first line


class Order(Value):
    """A job's whole input."""

    goal: Goal
    wish: Wish
    variants: int = 2  # how many previews


class Queued(Value):
    """The job waits; `position` 1 is next."""

    kind: Literal["queued"] = "queued"
    position: int


class Progressed(Value):
    """The job went on."""

    kind: Literal["progressed"] = "progressed"
    progress: Progress
    seconds_left: float | None


class Finished(Value):
    """The job is done: films (one for FILM, one a variant for PREVIEWS) or a voice sample."""

    kind: Literal["finished"] = "finished"
    films: tuple[Film, ...] = ()
    sample: Artifact | None = None


class Failed(Value):
    """The job cannot be done. `phrase` names a sentence for the seller; `reference` is the id in the log."""

    kind: Literal["failed"] = "failed"
    phrase: str
    reference: str


class Cancelled(Value):
    """The job was stopped on request."""

    kind: Literal["cancelled"] = "cancelled"


JobEvent = Annotated[Queued | Progressed | Finished | Failed | Cancelled, Field(discriminator="kind")]
