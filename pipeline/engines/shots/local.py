"""The local camera: chooses a template, a seed and a detail for a shot, and shows what it will look like."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pipeline.media.clips import Clip
from pipeline.media.jpeg import encode_jpeg
from pipeline.media.look.choosing import Deal, pick, seed_of
from pipeline.media.look.director import CallSheet, direct
from pipeline.media.sources import Source, Sources
from pipeline.media.still import still
from pipeline.model import FPS, Brand, Format, Intent, Slot, SpokenLine, Take
from pipeline.ports import Bench, Shoot

_SCALE = 360 / Format.TALL.size[1]
_SECONDS = 2.4  # of the shot that a thumbnail is taken from
_AT = 1.7  # by then everything has come


class LocalCamera:
    """Films with templates. Equal requests give equal takes; another take number gives a visibly different one."""

    name = "look-3"

    def __init__(self, sources: Sources | None = None) -> None:
        self._sources = sources or Sources()

    async def run(self, request: Shoot, bench: Bench) -> Take:
        """Choose how a shot is filmed.

        Raises:
            BadPhoto: a plate's file is not a picture.
            StorageError: a plate's file is gone.
        """
        take = choose(request)
        plates = (request.plate, *request.others)
        paths = await self._sources.paths(plates, bench)
        target = bench.scratch / "thumbnail.jpg"
        await asyncio.to_thread(self._thumbnail, request, take, paths, target)
        return take.model_copy(update={"thumbnail": await bench.keep(target, "image/jpeg")})

    def _thumbnail(self, request: Shoot, take: Take, paths: dict[str, Path], target: Path) -> None:
        pictures = self._sources.load((request.plate, *request.others), paths)
        target.write_bytes(thumbnail(request, take, pictures))


def choose(request: Shoot) -> Take:
    """The template, seed and detail of a take."""
    deal = Deal(plates=request.plates, tone=request.tone, idea=request.idea)
    template = pick((*request.earlier, request.shot.cue), deal=deal, take=request.take)
    details = max(1, len(request.plate.details))
    return Take(
        template=template.name,
        seed=seed_of(idea=request.idea, index=request.index, take=request.take),
        # Shots next to each other often share a photo: each looks at another part of it.
        detail=(request.index + request.take) % details,
    )


def thumbnail(request: Shoot, take: Take, sources: tuple[Source, ...], clip: Clip | None = None) -> bytes:
    """A JPEG of the shot, 360 pixels tall; of what was filmed, where there is a clip."""
    shot = request.shot.model_copy(update={"photo": 0})
    frames = round(_SECONDS * FPS)
    sheet = CallSheet(
        form=Format.TALL,
        tone=request.tone,
        language="en",
        shots=(shot,),
        takes=(take,),
        plates=tuple(source.plate for source in sources),
        lines=(SpokenLine(words=(), seconds=0.0),),
        slots=(Slot(start=0, end=frames, speech_at=0.0),),
        beats=(),
        name=shot.shown,
        price=shot.shown if shot.intent is Intent.PRICE else "",
        action="",
        brand=Brand(),
        first=request.index,
        clips=(clip,),
    )
    scene = direct(sheet, sources).scenes[0]
    return encode_jpeg(still(scene, _AT, scale=_SCALE), quality=84)
