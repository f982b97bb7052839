"""How a seller says what a word is to sound like: "Nordtisch = Nortisch", one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Saying
from pipeline.reading import clean

AT_MOST = 40  # in all
LONGEST = 60  # characters of a word, and of how it is said
_LINE = re.compile(r"\s*(.*?)\s*(?:=|→|->)\s*(.*?)\s*")


def understood(text: str, known: Sequence[Saying]) -> tuple[Saying, ...] | None:
    """What the seller's pronunciations are after a typed answer; None when a line of it is none.

    A word that was there already is said anew; one with nothing after the sign is dropped.

    Args:
        text: one pronunciation a line.
        known: those there are.
    """
    kept = {_key(one.written): one for one in known}
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        written, said = (clean(part).strip(" \"'„“”«»") for part in match.groups())
        if not _has_letters(written) or len(written) > LONGEST or len(said) > LONGEST:
            return None
        kept.pop(_key(written), None)
        if said:
            if not _has_letters(said):
                return None
            kept[_key(written)] = Saying(written=written, said=said)
    return tuple(kept.values())[-AT_MOST:] if lines else None


def listed(sayings: Sequence[Saying]) -> str:
    """The words with their pronunciations in one line, shortened."""
    return ", ".join(f"{one.written} = {one.said}" for one in sayings[:5]) + (" …" if len(sayings) > 5 else "")


def _has_letters(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _key(word: str) -> str:
    return " ".join(word.split()).casefold()
