"""Takes of a shot to choose from, on one picture: each as it looks in the film, under a letter."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.engines.voice.silent import timed_to_read
from pipeline.media.clips import Clip, read_clip
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.look.director import CallSheet, direct
from pipeline.media.proofs import proof_sheet
from pipeline.media.sources import Source, Sources
from pipeline.media.still import Pixels, still
from pipeline.model import FPS, Format, ProofSheet, Slot, SpokenLine, Take
from pipeline.ports import Bench, Proof
from pipeline.spoken import speakable

_AT = 1.7  # seconds by which everything has come
_BEFORE_END = 0.15  # seconds before the end of the shot's line: its words are all there, its last caption still stands
_REST = 0.7  # seconds that the shot goes on
_BYTES = 900_000  # a picture for a chat
_AT_ONCE = 2  # stills drawn at a time: a seller waits for them
_SCALES = {Format.TALL: 0.4, Format.FEED: 0.45, Format.SQUARE: 0.5, Format.WIDE: 1 / 3}  # two in a row fill a chat


class ProofRoom:
    """Draws proof sheets. The voice is not waited for: words come at reading speed, which stills do not show."""

    name = "proof-1"

    def __init__(self, sources: Sources | None = None) -> None:
        self._sources = sources or Sources()

    async def run(self, request: Proof, bench: Bench) -> ProofSheet:
        """Draw takes side by side.

        Raises:
            BadPhoto: a plate's file is not a picture.
            FfmpegFailed: a take's clip cannot be read.
            StorageError: a file is gone.
        """
        paths = await self._sources.paths(request.plates, bench)
        paths |= {take.clip.sha256: await bench.open(take.clip) for take in request.takes if take.clip is not None}
        target = bench.scratch / "proofs.jpg"
        await asyncio.to_thread(self._draw, request, paths, target)
        return ProofSheet(picture=await bench.keep(target, "image/jpeg"))

    def _draw(self, request: Proof, paths: dict[str, Path], target: Path) -> None:
        sources = self._sources.load(request.plates, paths)
        line = timed_to_read(speakable(request.shot.spoken, request.language, request.sayings))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            stills = list(pool.map(lambda take: _still(request, take, line, sources, paths), request.takes))
        target.write_bytes(encode_jpeg(proof_sheet(stills, request.format), quality=86, most=_BYTES))


def _still(request: Proof, take: Take, line: SpokenLine, sources: tuple[Source, ...], paths: dict[str, Path]) -> Pixels:
    """A take as it looks once its words are there."""
    at = max(_AT, line.seconds - _BEFORE_END)
    sheet = CallSheet(
        form=request.format,
        tone=request.tone,
        language=request.language,
        shots=(request.shot,),
        takes=(take,),
        plates=request.plates,
        lines=(line,),
        slots=(Slot(start=0, end=round((at + _REST) * FPS), speech_at=0.0),),
        beats=(),
        name=request.name,
        price=request.price,
        action=request.call_to_action,
        brand=request.brand,
        first=request.index,
        clips=(_clip(take, at, paths),),
    )
    return still(direct(sheet, sources).scenes[0], at, scale=_SCALES[request.format])


def _clip(take: Take, at: float, paths: dict[str, Path]) -> Clip | None:
    if take.clip is None:
        return None
    return read_clip(paths[take.clip.sha256], key=take.clip.sha256, seconds=at + _REST)
