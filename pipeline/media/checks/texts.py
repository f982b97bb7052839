"""Checks of the words on screen: all there, inside their zone, big enough, and readable."""

from __future__ import annotations

import unicodedata

from pipeline.media.checks.plan import Plan
from pipeline.media.lettering.captions import SMALLEST
from pipeline.media.zones import inside
from pipeline.model import FPS, Check, TextBox, Word

_CONTRAST = 4.5  # WCAG AA
_QUOTED = 40  # characters of a text that a report shows


def captions(plan: Plan) -> Check:
    """Every spoken word is on screen while it is spoken."""
    missing = [word for word in plan.words if not _on_screen(word, plan.boxes)]
    said = f"“{missing[0].text[:_QUOTED]}” at {missing[0].start:.1f} s is missing" if missing else ""
    return Check(
        name="captions",
        passed=not missing,
        measured=said or f"{len(plan.words)} words",
        wanted="every spoken word on screen while it is spoken",
    )


def zones(plan: Plan) -> Check:
    """No text lies where a platform puts its buttons."""
    outside = [box for box in plan.boxes if not inside(box, plan.form, strict=plan.strict_zones)]
    return Check(
        name="safe zones",
        passed=not outside,
        measured=f"{_named(outside[0])} sticks out" if outside else f"{len(plan.boxes)} texts inside",
        wanted="every text inside the safe zone",
    )


def contrast(plan: Plan) -> Check:
    """Every text can be told from what is behind it."""
    worst = min(plan.boxes, key=lambda box: box.contrast, default=None)
    return Check(
        name="contrast",
        passed=worst is None or worst.contrast >= _CONTRAST,
        measured="no text" if worst is None else f"{worst.contrast:.1f}:1 at {_named(worst)}",
        wanted=f"{_CONTRAST:g}:1 or more",
    )


def size(plan: Plan) -> Check:
    """Captions can be read on a phone."""
    least = min((box for box in plan.boxes if box.kind == "caption"), key=lambda box: box.size, default=None)
    return Check(
        name="type size",
        passed=least is None or least.size >= SMALLEST - 0.5,
        measured="no captions" if least is None else f"{least.size:.0f} px at {_named(least)}",
        wanted=f"captions of {SMALLEST:g} px or more",
    )


def _on_screen(word: Word, boxes: tuple[TextBox, ...]) -> bool:
    letters = _letters(word.text)
    if not letters:
        return True
    early, late = word.start - 1 / FPS, max(word.start, word.end - 1 / FPS)
    return any(box.start <= late and box.end >= early and letters in _letters(box.text) for box in boxes)


def _letters(text: str) -> str:
    """What is left of a text when case, spaces and punctuation do not count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc"))


def _named(box: TextBox) -> str:
    return f"{box.kind} “{box.text[:_QUOTED]}”"
