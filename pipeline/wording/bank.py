"""Phrase banks: hooks, bridges and closings, written in each language and sorted by tone.

A bank file is plain TOML that a copywriter can read and extend. A phrase may hold one slot for the seller's words,
which go in unchanged; so it must be correct whatever their gender, number and case.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from pipeline.model import Tone, Value
from pipeline.reading import base

Slot: TypeAlias = Literal["name", "price", "figure", ""]
HOOKS = ("question", "contrast", "number", "sensory", "occasion", "reveal")
BRIDGES = ("detail", "turn", "compare", "several")
_KINDS = frozenset({*HOOKS, *BRIDGES, "closing"})
_SHARED = frozenset({"name", "price"})
_SLOT = re.compile(r"\{(\w*)\}")
_FOLDER = Path(__file__).parent / "banks"


class Entry(Value):
    """A phrase of a bank. `id` is "language.tone.kind.place"; `slot` is what it holds of the seller's words."""

    id: str
    kind: str
    text: str
    slot: Slot

    def filled(self, words: str = "") -> str:
        """The phrase with the seller's words in its slot, exactly as they are."""
        before, mark, after = self.text.partition("{" + self.slot + "}") if self.slot else (self.text, "", "")
        if after[:1] in (".", "。") and words[-1:] in ".!?…。！？–":  # one full stop is enough
            after = after[1:]
        return before + (words if mark else "") + after

    @property
    def parts(self) -> tuple[str, str]:
        """What stands before and after the slot; all before it when there is none."""
        before, _, after = self.text.partition("{" + self.slot + "}") if self.slot else (self.text, "", "")
        return before, after


class Bank(Value):
    """All phrases of one language."""

    language: str
    entries: tuple[Entry, ...]

    def phrases(self, tone: Tone, *kinds: str) -> tuple[Entry, ...]:
        """The phrases of these kinds for a tone, those of every tone included."""
        wanted = {f"{self.language}.{part}." for part in (tone.value, "any")}
        return tuple(
            entry
            for entry in self.entries
            if entry.kind in kinds and any(entry.id.startswith(prefix) for prefix in wanted)
        )


@cache
def bank(language: str) -> Bank | None:
    """The phrases of a language (BCP 47), None where nobody has written any."""
    path = _FOLDER / f"{base(language)}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", base(language)) or not path.is_file():
        return None
    with path.open("rb") as file:
        return _read(base(language), tomllib.load(file))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a bank, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def entry(identity: str) -> Entry | None:
    """The phrase with this id, None when it is not there (any more)."""
    phrases = bank(identity.split(".")[0])
    return next((known for known in phrases.entries if known.id == identity), None) if phrases else None


def _read(language: str, content: Mapping[str, object]) -> Bank:
    entries: list[Entry] = []
    for tone, kinds in content.items():
        if tone != "any" and tone not in {known.value for known in Tone}:
            raise ValueError(f"bank {language}: there is no tone {tone!r}")
        if not isinstance(kinds, Mapping):
            raise ValueError(f"bank {language}: {tone} must be a table of kinds")  # noqa: TRY004 - wrong content, not type
        for kind, texts in kinds.items():
            entries += _phrases(f"{language}.{tone}.{kind}", kind, texts)
    return Bank(language=language, entries=tuple(entries))


def _phrases(where: str, kind: str, texts: object) -> list[Entry]:
    if kind not in _KINDS | _SHARED or not isinstance(texts, list):
        raise ValueError(f"bank: {where} is not a list of phrases of a known kind")
    return [
        Entry(id=f"{where}.{at}", kind=kind, text=str(text), slot=_slot(f"{where}.{at}", str(text)))
        for at, text in enumerate(texts)
    ]


def _slot(where: str, text: str) -> Slot:
    slots = _SLOT.findall(text)
    match slots:
        case []:
            return ""
        case ["name"]:
            return "name"
        case ["price"]:
            return "price"
        case ["figure"]:
            return "figure"
        case _:
            raise ValueError(f"bank: {where} may hold one of {{name}}, {{price}}, {{figure}}, but holds {slots}")
