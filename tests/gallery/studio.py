"""The local engines by themselves: from an order to a cut, everything made once and kept in a folder."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.enhance.local import LocalEnhance
from pipeline.engines.music.local import LocalMusic
from pipeline.engines.shots.local import choose
from pipeline.engines.story.local import storyboard
from pipeline.engines.voice.silent import timed_to_read
from pipeline.facts import facts_of
from pipeline.intake import take_in
from pipeline.media import timeline
from pipeline.media.sources import Source, Sources
from pipeline.model import (
    NO_VOICE,
    Artifact,
    Brand,
    Brief,
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
from pipeline.spoken import speakable
from tests.gallery.orders import ShownOrder

_PACE = 0.85  # of reading speed: about as fast as a voice


@dataclass(frozen=True)
class FolderBench:
    """A bench whose files stay in one folder."""

    folder: Path
    scratch: Path

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


class GalleryStudio:
    """Makes cuts without a voice: words come at reading speed."""

    def __init__(self, cache: Path) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        self.cache = cache
        self._enhance = LocalEnhance()
        self._sources = Sources()

    async def plates(self, order: ShownOrder) -> tuple[Plate, ...]:
        """The order's photos made ready."""
        return tuple([await self._plate(photo) for photo in order.photos])

    async def cut(self, order: ShownOrder, tone: Tone, form: Format, *, idea: int = 0, take: int = 0) -> Cut:
        """All that the cutting room gets."""
        plates = await self.plates(order)
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
                    index=index,
                    of=len(board.shots),
                    plate=plates[shot.photo],
                    others=tuple(plate for at, plate in enumerate(plates) if at != shot.photo),
                    tone=tone,
                    idea=idea,
                    take=take,
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

    def sources(self, cut: Cut) -> tuple[Source, ...]:
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
