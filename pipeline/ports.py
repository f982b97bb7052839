"""What the studio needs from outside, as protocols: engines, the bench they work at, the ledger and the blob store.

An engine sees nothing that is not in its request. So a step's key (engines, request type, request JSON) is sound: equal
requests have equal answers, and an answer is never computed twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal, Protocol, TypeVar

from pydantic import Field

from pipeline.model import (
    Artifact,
    Box,
    Brand,
    Cue,
    Fact,
    Format,
    Plate,
    Platform,
    Posted,
    ProofSheet,
    Quality,
    Reel,
    Saying,
    Score,
    Shot,
    Soundtrack,
    Speech,
    Storyboard,
    Take,
    Timeline,
    Tone,
    Value,
    Visibility,
)


class Request(Value):
    """One step's whole input. `stage` names the kind of step, `answer` the type of what comes back."""

    stage: ClassVar[str]
    answer: ClassVar[type[Value]]


class Enhance(Request):
    """Make a photo ready for filming: clean it, cut the product out, find details and colours."""

    stage: ClassVar[str] = "enhance"
    answer: ClassVar[type[Value]] = Plate
    photo: Artifact


class PlateView(Value):
    """What a writer may know of a plate."""

    aspect: float  # width / height
    has_cutout: bool
    whole: bool  # whether it shows the product as it is: cut out, or in a scene of its own
    details: int
    label: tuple[str, ...]
    palette: tuple[str, ...]
    photo: Artifact


class Write(Request):
    """Write the storyboard of one variant."""

    stage: ClassVar[str] = "write"
    answer: ClassVar[type[Value]] = Storyboard
    plates: tuple[PlateView, ...]
    facts: tuple[Fact, ...]
    description: str
    language: str
    tone: Tone
    seconds: int
    idea: int
    spoken: bool  # False for a film of captions only
    handle: str = ""
    closing_line: str = ""
    used: tuple[str, ...] = ()  # phrase-bank entries that the seller's last films used


class Shoot(Request):
    """Film one shot. `take` asks for another try; the shots before it tell what not to repeat."""

    stage: ClassVar[str] = "shoot"
    answer: ClassVar[type[Value]] = Take
    shot: Shot
    earlier: tuple[Cue, ...]  # the shots before this one
    plate: Plate
    others: tuple[Plate, ...]  # further plates, for shots that show several
    tone: Tone
    idea: int
    take: int
    form: Format | None = None  # what a clip is made for; None where shots are composed for each format

    @property
    def index(self) -> int:
        """Of the shot in its film."""
        return len(self.earlier)

    @property
    def plates(self) -> tuple[Plate, ...]:
        """All plates in the order of the brief's photos."""
        own = self.shot.photo
        return (*self.others[:own], self.plate, *self.others[own:])


class Proof(Request):
    """Show takes of one shot side by side, as they look in a film of this format."""

    stage: ClassVar[str] = "proof"
    answer: ClassVar[type[Value]] = ProofSheet
    format: Format
    tone: Tone
    language: str
    shot: Shot
    index: int  # of the shot in its film
    takes: tuple[Take, ...]  # in the order of their letters
    plates: tuple[Plate, ...]  # in the order of the brief's photos
    sayings: tuple[Saying, ...]  # of words that are in the shot
    name: str
    price: str  # as shown; "" for none
    call_to_action: str
    brand: Brand


class Speak(Request):
    """Say the lines of a film, one for each shot."""

    stage: ClassVar[str] = "speak"
    answer: ClassVar[type[Value]] = Speech
    lines: tuple[str, ...]
    language: str
    voice: str
    tone: Tone
    seconds: int  # wanted length of the film; speech may be sped up to 1.08x to fit
    sayings: tuple[Saying, ...] = ()  # of words that are in the lines


class Compose(Request):
    """Find or make music."""

    stage: ClassVar[str] = "score"
    answer: ClassVar[type[Value]] = Score
    tone: Tone
    seconds: int
    choice: int


AccentKind = Literal["pop", "whoosh"]


class Accent(Value):
    """A soft sound on a cut."""

    kind: AccentKind
    frame: int  # of the film


class Mix(Request):
    """Mix voice, music and accents for a timeline: ducking, fades, loudness."""

    stage: ClassVar[str] = "mix"
    answer: ClassVar[type[Value]] = Soundtrack
    speech: Speech
    score: Score
    timeline: Timeline
    tone: Tone
    accents: tuple[Accent, ...] = ()


class Cut(Request):
    """Render one format of a film: compose every shot, burn in the captions, add the sound."""

    stage: ClassVar[str] = "cut"
    answer: ClassVar[type[Value]] = Reel
    format: Format
    quality: Quality
    tone: Tone
    language: str
    shots: tuple[Shot, ...]
    takes: tuple[Take, ...]
    plates: tuple[Plate, ...]
    speech: Speech  # captions follow its word times
    timeline: Timeline
    soundtrack: Soundtrack
    name: str
    price: str  # as shown; "" for none
    call_to_action: str
    title: str  # metadata of the file
    brand: Brand
    music_credit: str
    strict_zones: bool = False  # keep to the tighter zones of paid placements


class Publish(Request):
    """Post a finished film to an account of the installation's.

    `visibility` is no part of what the step is named by: the same film with the same words is posted to an account
    once, even when its operator has decided otherwise on who sees posts since.
    """

    stage: ClassVar[str] = "publish"
    answer: ClassVar[type[Value]] = Posted
    platform: Platform
    account: str  # its id
    video: Artifact
    cover: Artifact
    title: str
    caption: str
    hashtags: tuple[str, ...]
    language: str
    synthetic: bool
    visibility: Visibility = Field(exclude=True)


class Logins(Protocol):
    """Keeps what vendors change of the installation's logins while it runs. Whoever keeps something has sealed it."""

    async def find(self, name: str) -> str | None:
        """What was kept last under a name."""
        ...

    async def keep(self, name: str, sealed: str) -> None:
        """Keep it durably, in place of what was there."""
        ...


class Bench(Protocol):
    """Where an engine works: its files, its progress, its memory of paid work and of logins."""

    @property
    def scratch(self) -> Path:
        """An empty folder of this step's own, removed afterwards."""
        ...

    async def open(self, artifact: Artifact) -> Path:
        """A local path to read an artifact from.

        Raises:
            StorageError: it is gone.
        """
        ...

    async def keep(self, path: Path, media_type: str) -> Artifact:
        """Store a finished file and name it by its content."""
        ...

    def progress(self, done: int, total: int, picture: Artifact | None = None) -> None:
        """Tell how far the step is."""
        ...

    @property
    def given_up(self) -> bool:
        """Whether nobody wants the answer any more; a step that is stopped without that is tried again later."""
        ...

    async def task(self) -> str | None:
        """The vendor's task id remembered by an earlier try of this very step, if it was paid for already."""
        ...

    async def remember(self, task: str) -> None:
        """Write down the vendor's task id before waiting for it; an empty one says that nothing was bought."""
        ...

    async def claim(self, task: str) -> str:
        """Write it down unless another try, maybe on another machine, was first.

        Returns:
            What is written down now: the one to go on with.
        """
        ...

    @property
    def logins(self) -> Logins:
        """The installation's logins."""
        ...


In_contra = TypeVar("In_contra", bound=Request, contravariant=True)
Out_co = TypeVar("Out_co", bound=Value, covariant=True)


class Engine(Protocol[In_contra, Out_co]):
    """One way to do one kind of step. `name` includes a version: changing what comes out changes the name."""

    @property
    def name(self) -> str:
        """Vendor or method, and version, such as "kokoro-1"."""
        ...

    async def run(self, request: In_contra, bench: Bench) -> Out_co:
        """Do the step.

        Raises:
            EngineUnavailable: try again or take another engine.
            EngineBusy: wait, then try again.
            EngineRefused: take another engine and tell the seller.
        """
        ...


class Ledger(Protocol):
    """Memory of finished steps and of paid work under way."""

    async def find(self, key: str) -> str | None:
        """The JSON that `settle` stored for a step, or None."""
        ...

    async def settle(self, key: str, *, stage: str, engine: str, answer: str, seconds: float) -> None:
        """Store a step's answer (JSON). The first one stays."""
        ...

    async def forget(self, key: str) -> None:
        """Drop a step whose files are gone."""
        ...

    async def task(self, key: str, engine: str) -> str | None:
        """The vendor task id written down for this step and engine."""
        ...

    async def remember_task(self, key: str, engine: str, task: str) -> None:
        """Write down a vendor task id, durably, before waiting for it."""
        ...

    async def claim_task(self, key: str, engine: str, task: str) -> str:
        """Write it down where there is none, or an empty one; the one that is there then."""
        ...


class Blobs(Protocol):
    """Content-addressed files, local or S3."""

    async def put(self, path: Path, media_type: str) -> Artifact:
        """Store a file: hashed, written to a temporary name, verified, renamed."""
        ...

    async def put_bytes(self, data: bytes, media_type: str) -> Artifact:
        """Store bytes."""
        ...

    async def open(self, artifact: Artifact) -> Path:
        """A local path to read from (fetched once into the local cache when the store is remote).

        Raises:
            StorageError: it is gone or its content does not match.
        """
        ...

    async def has(self, artifact: Artifact) -> bool:
        """Whether it is there."""
        ...

    async def drop(self, artifact: Artifact) -> None:
        """Remove it; fine when it is gone already."""
        ...


def view(plate: Plate) -> PlateView:
    """A plate as a writer sees it."""
    return PlateView(
        aspect=plate.width / plate.height,
        has_cutout=plate.cutout is not None,
        whole=plate.cutout is not None or not plate.plain_ground,
        details=len(plate.details),
        label=plate.label,
        palette=plate.palette,
        photo=plate.photo,
    )


WHOLE = Box(x=0, y=0, w=1, h=1)
