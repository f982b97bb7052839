"""Choice by content: the same order gets the same words, another variant others, and no film repeats the last ones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ports import Write
from pipeline.reading import base, language_of
from pipeline.wording.bank import HOOKS, Bank, Entry, bank


@dataclass(frozen=True)
class Chooser:
    """Draws phrases for one draft. `turn` is the variant; `draft` counts the attempts after a failed read-back."""

    seed: str
    turn: int
    draft: int
    used: frozenset[str]

    def pick(self, phrases: Sequence[Entry]) -> Entry | None:
        """A phrase: variants draw one after the other from a shuffled pile in which unused phrases lie on top."""
        fresh = [phrase for phrase in phrases if phrase.id not in self.used] or list(phrases)
        pile = sorted(fresh, key=lambda phrase: self._rank(phrase.id))
        return pile[(self.turn + self.draft) % len(pile)] if pile else None

    def pick_hook(self, hooks: Sequence[Entry]) -> Entry | None:
        """A hook: each variant another kind, as long as there are kinds; those of the last films come last."""
        told = {kind: sum(hook.kind == kind and hook.id in self.used for hook in hooks) for kind in HOOKS}
        kinds = sorted({hook.kind for hook in hooks}, key=lambda kind: (told[kind], self._rank(kind)))
        if not kinds:
            return None
        kind = kinds[self.turn % len(kinds)]
        again = Chooser(self.seed, self.turn // len(kinds), self.draft, self.used)
        return again.pick([hook for hook in hooks if hook.kind == kind])

    def _rank(self, what: str) -> str:
        return hashlib.sha256(f"{self.seed}\n{what}".encode()).hexdigest()


def chooser(request: Write, *, draft: int) -> Chooser:
    """The chooser of a request: its seed is what is told, not which variant tells it."""
    told = "\n".join(fact.text for fact in request.facts)
    photos = ",".join(plate.photo.sha256 for plate in request.plates)
    seed = f"{request.language}\n{request.tone.value}\n{photos}\n{told}"
    return Chooser(seed, request.idea, draft, frozenset(request.used))


def phrases_for(request: Write) -> Bank | None:
    """The bank of the film's language; none when the seller evidently wrote in another one: languages are not mixed."""
    own = " ".join(fact.text for fact in request.facts if fact.kind in ("name", "point"))
    written_in = language_of(own)
    return bank(request.language) if written_in in (None, base(request.language)) else None
