"""The writer that needs no key: a grounded copywriter who only says what the seller has said."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from pipeline.engines.story.casting import cast
from pipeline.engines.story.choosing import chooser, phrases_for
from pipeline.engines.story.lines import Frame, filmed
from pipeline.engines.story.material import Material, gather, varied
from pipeline.engines.story.pace import Clock
from pipeline.engines.story.post import post_pack
from pipeline.engines.story.readback import bad_signs
from pipeline.engines.story.script import write
from pipeline.errors import EngineRefused
from pipeline.model import Storyboard
from pipeline.ports import Bench, Write
from pipeline.reading import clean
from pipeline.wording.bank import Bank

_DRAFTS = 8


class LocalWriter:
    """Writes storyboards from facts and phrase banks: the same request has the same storyboard."""

    name = "grounded-4"

    async def run(self, request: Write, bench: Bench) -> Storyboard:
        """Write the storyboard of one variant.

        Raises:
            EngineRefused: no draft passed the read-back.
        """
        return await asyncio.to_thread(storyboard, request)


def storyboard(request: Write) -> Storyboard:
    """The first draft that reads well; where the banks cannot help, one of the seller's words alone, or of fewer.

    Raises:
        EngineRefused: no draft passed the read-back.
    """
    material = gather(request)
    phrases = phrases_for(request)
    for attempt in range(_DRAFTS):
        board = _draft(request, material, phrases, attempt=attempt)
        if not bad_signs(board):
            return board
    named = replace(material, points=())
    for own in (material, named, replace(named, name=None, headline="")):
        board = _draft(request, own, None, attempt=0)
        if not bad_signs(board):
            return board
    raise EngineRefused(f"the script reads badly: {', '.join(bad_signs(board))}", reason="words")


def _draft(request: Write, material: Material, phrases: Bank | None, *, attempt: int) -> Storyboard:
    frame = Frame(
        clock=Clock(request.tone, request.language, request.seconds, request.spoken),
        photos=len(request.plates),
        pictures=sum(1 + min(3, plate.details) + plate.has_cutout for plate in request.plates),
        closing_line=" ".join(clean(request.closing_line).split()),
        varied=varied(request),
    )
    script = write(material, phrases, frame, chooser(request, draft=attempt))
    photos = cast(script.lines, request.plates, turn=request.idea)
    return Storyboard(
        idea=script.idea,
        language=request.language,
        shots=filmed(script.lines, photos, frame.clock),
        call_to_action=script.call_to_action,
        post=post_pack(request, material, script.call_to_action),
        facts=request.facts,
    )
