"""Painted films: scenes laid out by the real look, words at reading speed, no voice, no rendering."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.enhance.local import LocalEnhance
from pipeline.engines.music.local import LocalMusic
from pipeline.engines.shots.local import choose
from pipeline.engines.story.local import storyboard
from pipeline.engines.voice.silent import timed_to_read
from pipeline.intake import take_in
from pipeline.media import timeline
from pipeline.media.checks import texts
from pipeline.media.checks.plan import Plan, spoken_words
from pipeline.media.look.director import CallSheet, Direction, direct
from pipeline.media.sources import Source, Sources
from pipeline.media.still import still
from pipeline.model import (
    FPS,
    NO_VOICE,
    Artifact,
    Brand,
    Brief,
    Check,
    Format,
    Plate,
    Quality,
    Score,
    Soundtrack,
    Speech,
    SpokenLine,
    Tone,
)
from pipeline.ports import Compose, Cut, Enhance, Shoot, Write, view
from pipeline.reading import facts_of
from pipeline.spoken import speakable
from pipeline.steps import Fleeting
from tests.gallery.orders import ShownOrder

EVERY = 0.5  # seconds between two frames
_PACE = 0.85  # of reading speed: about as fast as a voice


@dataclass(frozen=True)
class FolderBench:
    """A bench whose files stay in one folder."""

    folder: Path
    scratch: Path
    given_up: bool = False

    async def open(self, artifact: Artifact) -> Path:
        return self.folder / artifact.sha256

    async def keep(self, path: Path, media_type: str) -> Artifact:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        shutil.copyfile(path, self.folder / digest)
        return Artifact(sha256=digest, media_type=media_type)

    def progress(self, done: int, total: int, picture: Artifact | None = None) -> None:
        pass

    async def task(self) -> str | None:
        return None

    async def remember(self, task: str) -> None:
        pass

    async def claim(self, task: str) -> str:
        await self.remember(task)
        return task

    @property
    def logins(self) -> Fleeting:
        return Fleeting()


@dataclass(frozen=True, eq=False)
class Painted:
    """A film as it would look."""

    templates: tuple[str, ...]
    frames: tuple[NDArray[np.uint8], ...]
    checks: tuple[Check, ...]


class PaintedStudio:
    """Lays films out without a voice: words come at reading speed."""

    def __init__(self, cache: Path) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        self.cache = cache
        self._enhance = LocalEnhance()
        self._sources = Sources()

    async def paint(self, order: ShownOrder, tone: Tone, form: Format, *, idea: int, scale: float) -> Painted:
        """A frame every half second, and what can be checked without rendering."""
        cut = await self._cut(order, tone, form, idea=idea)
        direction = direct(CallSheet.of(cut), self._pictures(cut))
        return Painted(
            templates=tuple(take.template for take in cut.takes),
            frames=tuple(_frames(cut, direction, scale)),
            checks=_checks(cut, direction),
        )

    async def _cut(self, order: ShownOrder, tone: Tone, form: Format, *, idea: int) -> Cut:
        """All that the cutting room gets."""
        plates = tuple([await self._plate(photo) for photo in order.photos])
        brief = Brief(
            photos=tuple(plate.photo for plate in plates),
            name=order.name,
            description=order.description,
            price=order.price,
            language=order.language,
            tone=tone,
        )
        labels = tuple(dict.fromkeys(word for plate in plates for word in plate.label))
        board = storyboard(
            Write(
                plates=tuple(view(plate) for plate in plates),
                facts=facts_of(brief, labels),
                description=order.description,
                language=order.language,
                tone=tone,
                seconds=15,
                idea=idea,
                spoken=True,
                handle=order.handle,
            )
        )
        takes = tuple(
            choose(
                Shoot(
                    shot=shot,
                    earlier=tuple(one.cue for one in board.shots[:index]),
                    plate=plates[shot.photo],
                    others=tuple(plate for at, plate in enumerate(plates) if at != shot.photo),
                    tone=tone,
                    idea=idea,
                    take=0,
                )
            )
            for index, shot in enumerate(board.shots)
        )
        lines = tuple(
            timed_to_read(speakable(shot.spoken, order.language), _PACE)
            if shot.spoken
            else SpokenLine(words=(), seconds=0)
            for shot in board.shots
        )
        speech = Speech(lines=lines, voice=NO_VOICE)
        score = await self._score(tone)
        return Cut(
            format=form,
            quality=Quality.FULL,
            tone=tone,
            language=order.language,
            shots=board.shots,
            takes=takes,
            plates=plates,
            speech=speech,
            timeline=timeline.plan(board, speech, score, seconds=15, tone=tone),
            soundtrack=Soundtrack(audio=score.audio, lufs=-14, true_peak=-1.5),
            name=order.name,
            price=order.price.shown if order.price else "",
            call_to_action=board.call_to_action,
            title=board.post.title,
            brand=Brand(handle=order.handle),
            music_credit=score.title,
        )

    def _pictures(self, cut: Cut) -> tuple[Source, ...]:
        """The pictures of a cut's plates."""
        wanted = [plate.photo for plate in cut.plates] + [plate.cutout for plate in cut.plates if plate.cutout]
        return self._sources.load(cut.plates, {one.sha256: self.cache / one.sha256 for one in wanted})

    async def _plate(self, photo: Path) -> Plate:
        name = f"{self._enhance.name}-{hashlib.sha256(photo.read_bytes()).hexdigest()}.json"
        known = self.cache / name
        if known.exists():
            return Plate.model_validate_json(known.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            bench = FolderBench(self.cache, Path(folder))
            taken = await take_in(photo, scratch=Path(folder))
            original = await bench.keep(taken.path, taken.media_type)
            plate = await self._enhance.run(Enhance(photo=original), bench)
        known.write_text(plate.model_dump_json(), "utf-8")
        return plate

    async def _score(self, tone: Tone) -> Score:
        known = self.cache / f"{LocalMusic.name}-{tone.value}.json"
        if known.exists():
            return Score.model_validate_json(known.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            bench = FolderBench(self.cache, Path(folder))
            score = await LocalMusic().run(Compose(tone=tone, seconds=15, choice=0), bench)
        known.write_text(score.model_dump_json(), "utf-8")
        return score


def _frames(cut: Cut, direction: Direction, scale: float) -> Iterator[NDArray[np.uint8]]:
    at = 0.0
    for scene, slot in zip(direction.scenes, cut.timeline.slots, strict=True):
        while at * FPS < slot.end:
            yield still(scene, at - slot.start / FPS, scale=scale)
            at += EVERY


def _checks(cut: Cut, direction: Direction) -> tuple[Check, ...]:
    width, height = cut.format.size
    plan = Plan(
        form=cut.format,
        width=width,
        height=height,
        timeline=cut.timeline,
        words=spoken_words(cut.speech, cut.timeline),
        boxes=direction.boxes,
    )
    return texts.captions(plan), texts.zones(plan), texts.contrast(plan), texts.size(plan)
