"""The built-in music: tracks that come with FRAME, chosen by tone, beats measured, cut to the film's length."""

from __future__ import annotations

import asyncio
import importlib.util
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from pipeline.engines.music.arrange import Bed, arrange
from pipeline.errors import EngineUnavailable
from pipeline.media.beats import track
from pipeline.media.pcm import read_sound, write_sound
from pipeline.model import SAMPLE_RATE, Score, Tone, Value
from pipeline.ports import Bench, Compose

# A film is longer than asked when its lines need it.
_SPARE = 1.3
_TAIL = 8.0


class Track(Value):
    """What is told about a track."""

    bpm: float
    key: str
    seed: int


class Catalogue(Value):
    """The tracks, and which suit a tone."""

    title: str
    licence: str
    provenance: str
    tones: dict[Tone, tuple[str, ...]]
    tracks: dict[str, Track]


class LocalMusic:
    """Chooses a track by tone; another `choice` is another track, then another part of one."""

    name = "library-1"

    async def run(self, request: Compose, bench: Bench) -> Score:
        """Make the music for a film.

        Raises:
            EngineUnavailable: the package with the tracks is not installed.
        """
        catalogue = _catalogue()
        names = catalogue.tones[request.tone]
        name = names[request.choice % len(names)]
        told = catalogue.tracks[name]
        source = _folder() / name.partition("_")[0] / f"{name}.opus"
        seconds = request.seconds * _SPARE + _TAIL
        section = request.choice // len(names)
        bed = await asyncio.to_thread(_prepare, source, told.bpm, seconds=seconds, section=section)
        path = await asyncio.to_thread(write_sound, bench.scratch / "music.wav", bed.samples, SAMPLE_RATE)
        bench.progress(1, 1)
        mood, kind, _ = name.split("_")
        facts = {"mood": mood.capitalize(), "kind": kind, "file": source.name, **told.model_dump()}
        spacing = [later - earlier for earlier, later in pairwise(bed.bars)]
        return Score(
            audio=await bench.keep(path, "audio/wav"),
            bpm=round(240 / (sum(spacing) / len(spacing)), 2),
            beats=bed.beats,
            bars=bed.bars,
            seconds=round(bed.samples.shape[1] / SAMPLE_RATE, 4),
            title=catalogue.title.format(**facts),
            licence=catalogue.licence,
            provenance=catalogue.provenance.format(**facts),
        )


def _prepare(source: Path, bpm: float, *, seconds: float, section: int) -> Bed:
    try:
        samples = read_sound(source, rate=SAMPLE_RATE)
    except OSError as error:
        raise EngineUnavailable(f"the track {source.name} cannot be read") from error
    grid = track(samples, SAMPLE_RATE, told_bpm=bpm)
    return arrange(samples, SAMPLE_RATE, grid, seconds=seconds, section=section)


def _folder() -> Path:
    spec = importlib.util.find_spec("immich_memories_music")
    if spec is None or spec.origin is None:
        raise EngineUnavailable("the package immich-memories-music is not installed")
    return Path(spec.origin).with_name("tracks")


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    text = (files(__package__) / "tracks.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
