"""A bench to work at, a film's lines, and the built-in voice speaking them once for all tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.config import StudioSettings
from pipeline.engines.voice.local import KokoroVoice
from pipeline.model import Artifact, Intent, PostPack, Shot, Speech, Storyboard, Tone
from pipeline.ports import Speak
from pipeline.steps import Fleeting
from tests.fakes.memory import FolderBlobs


@dataclass
class Workbench:
    """A bench on a folder."""

    folder: Path
    told: list[tuple[int, int]] = field(default_factory=list)
    given_up: bool = False

    def __post_init__(self) -> None:
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.blobs = FolderBlobs(self.folder)

    async def open(self, artifact: Artifact) -> Path:
        return await self.blobs.open(artifact)

    async def keep(self, path: Path, media_type: str) -> Artifact:
        return await self.blobs.put(path, media_type)

    def progress(self, done: int, total: int, picture: Artifact | None = None) -> None:
        self.told.append((done, total))

    async def task(self) -> str | None:
        return None

    async def remember(self, task: str) -> None:
        raise AssertionError("local engines buy nothing")

    async def claim(self, task: str) -> str:
        await self.remember(task)
        return task

    @property
    def logins(self) -> Fleeting:
        return Fleeting()


LINES = (
    "Need a splash of colour?",
    "Confetti plimsolls, light as a feather.",
    "",
    "Yours for £45.00.",
    "Find them at @saleor.",
)
INTENTS = (Intent.HOOK, Intent.HERO, Intent.DETAIL, Intent.PRICE, Intent.CARD)


def storyboard_of(lines: tuple[str, ...], intents: tuple[Intent, ...]) -> Storyboard:
    return Storyboard(
        idea="question",
        language="en",
        shots=tuple(Shot(intent=intent, photo=0, spoken=line) for intent, line in zip(intents, lines, strict=True)),
        call_to_action="Find them",
        post=PostPack(title="Plimsolls", caption="Plimsolls"),
        facts=(),
    )


@dataclass(frozen=True)
class Spoken:
    """Real speech, and the bench that keeps its sound."""

    storyboard: Storyboard
    speech: Speech
    bench: Workbench


@pytest.fixture(scope="session")
def models() -> Path:
    """The prepared voice model of this machine: prepared by `make setup`, or now."""
    return StudioSettings().models


@pytest.fixture(scope="session")
def kokoro(models: Path) -> KokoroVoice:
    return KokoroVoice(models)


@pytest.fixture(scope="session")
def spoken(kokoro: KokoroVoice, tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    bench = Workbench(tmp_path_factory.mktemp("spoken"))
    request = Speak(lines=LINES, language="en", voice="af_heart", tone=Tone.PLAYFUL, seconds=15)
    return Spoken(storyboard_of(LINES, INTENTS), asyncio.run(kokoro.run(request, bench)), bench)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    return Workbench(tmp_path)
