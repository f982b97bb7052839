"""All checks of a finished film, in the order in which a person would complain."""

from __future__ import annotations

from pathlib import Path

from pipeline.media.checks import files, pictures, sounds, texts
from pipeline.media.checks.plan import Plan
from pipeline.media.checks.screening import screen
from pipeline.model import Check


def inspect(video: Path, plan: Plan) -> tuple[Check, ...]:
    """Watch a finished film and hold it against its plan. Blocks for about a tenth of the film's length.

    Args:
        video: the MP4.
        plan: what it was meant to be.

    Returns:
        Every check, passed or not; when the file does not decode, only that.
    """
    seen = screen(video)
    decodes = files.decodes(seen)
    if not decodes.passed:
        return (decodes,)
    return (
        decodes,
        files.kind(seen, plan),
        pictures.duration(seen, plan),
        pictures.frames(seen, plan),
        sounds.sound_length(seen, plan),
        pictures.black(seen),
        pictures.frozen(seen, plan),
        pictures.product(seen, plan),
        pictures.slideshow(seen, plan),
        sounds.silence(seen),
        sounds.clipping(seen),
        sounds.loudness(seen),
        sounds.peak(seen),
        texts.captions(plan),
        texts.zones(plan),
        texts.contrast(plan),
        texts.size(plan),
        files.size(seen, plan),
    )
