"""Checks of the file itself: it decodes, it is of the kind that every platform takes, it is small enough."""

from __future__ import annotations

from pipeline.media.checks.plan import Plan
from pipeline.media.checks.screening import Screening
from pipeline.model import FPS, SAMPLE_RATE, Check

_BT709 = 1
_MIB = 1024 * 1024


def decodes(seen: Screening) -> Check:
    """Every frame and every sample can be decoded."""
    return Check(
        name="decodes", passed=not seen.trouble, measured=seen.trouble[:200] or "without error", wanted="without error"
    )


def kind(seen: Screening, plan: Plan) -> Check:
    """H.264 High, BT.709, 30 frames a second, AAC stereo at 48 kHz, playable before it is all there."""
    found = seen.container
    faults = [
        fault
        for fault, wrong in (
            (f"{found.width}x{found.height}", (found.width, found.height) != (plan.width, plan.height)),
            (f"codec {found.codec} {found.profile}", found.codec != "h264" or found.profile != "High"),
            (f"pixels {found.pixel_format}", found.pixel_format != "yuv420p"),
            ("colours not tagged BT.709", found.colour != (_BT709, _BT709, _BT709)),
            (f"{found.rate:g} frames a second", abs(found.rate - FPS) > 1e-3),
            (f"sound {found.sound_codec or 'missing'}", found.sound_codec != "aac"),
            (f"sound at {found.sound_rate} Hz", found.sound_codec == "aac" and found.sound_rate != SAMPLE_RATE),
            (f"{found.channels} channels", found.sound_codec == "aac" and found.channels != 2),
            ("index at the end", not found.streams_early),
        )
        if wrong
    ]
    return Check(
        name="file kind",
        passed=not faults,
        measured=", ".join(faults) or f"{found.width}x{found.height} h264 aac",
        wanted=f"{plan.width}x{plan.height} H.264 High, BT.709, {FPS} fps, AAC stereo 48 kHz, index first",
    )


def size(seen: Screening, plan: Plan) -> Check:
    """The file fits the channel it is sent through."""
    return Check(
        name="file size",
        passed=0 < seen.size <= plan.max_bytes,
        measured=f"{seen.size / _MIB:.2f} MiB",
        wanted=f"{plan.max_bytes / _MIB:g} MiB or less",
    )
