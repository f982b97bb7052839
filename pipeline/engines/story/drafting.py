"""A draft by a language model: what it may be made of, and what must not be wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from pipeline.engines.story.choosing import chooser, phrases_for
from pipeline.engines.story.lines import Line, filmed, need
from pipeline.engines.story.material import Material, gather, key_phrase
from pipeline.engines.story.pace import Clock
from pipeline.engines.story.post import post_pack
from pipeline.engines.story.readback import bad_signs
from pipeline.engines.story.script import price_phrases
from pipeline.model import Intent, Storyboard
from pipeline.ports import Write
from pipeline.reading import amount_in, clean
from pipeline.wording.bank import BRIDGES, HOOKS, Entry
from pipeline.wording.trace import Claim, trace

_EDGES = " .,:;!?…。！？：、–—-"
_MORE_SHOTS = 2  # than the tone wants: the model sees what the photos show


class DraftShot(BaseModel):
    """One shot as the model answers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent
    photo: int
    spoken: str
    shown: str
    facts: tuple[str, ...]
    phrases: tuple[str, ...]


class Draft(BaseModel):
    """A whole answer; the strict schema is made of this."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shots: tuple[DraftShot, ...]


@dataclass(frozen=True)
class Slices:
    """What may be taken of one fact: itself, neighbouring pieces of it, and for headlines its short forms."""

    text: str
    pieces: tuple[str, ...]
    short: tuple[str, ...]

    def allow(self, claim: Claim) -> bool:
        """Whether a claim is such a slice, so that no "not" and no digit is left behind."""
        said = claim.text.strip(_EDGES)
        whole = not said or any(said == text.strip(_EDGES) for text in (self.text, *_runs(self.text, self.pieces)))
        return whole or (claim.where == "shown" and said in {text.strip(_EDGES) for text in self.short})


@dataclass(frozen=True)
class Assignment:
    """One storyboard to write."""

    request: Write
    material: Material
    slices: dict[str, Slices]  # by fact
    phrases: tuple[Entry, ...]
    clock: Clock

    @property
    def closing_line(self) -> str:
        """The seller's own last words; "" for none."""
        return " ".join(clean(self.request.closing_line).split())

    @property
    def shots(self) -> tuple[int, int]:
        """The fewest and the most shots."""
        fewest, wanted = self.clock.shots
        return fewest, wanted + _MORE_SHOTS

    def as_json(self) -> str:
        """All that the model is told, as one JSON object in which no "<" can close the delimiter around it."""
        fewest, most = self.shots
        told = {
            "language": self.request.language,
            "tone": self.request.tone.value,
            "seconds": self.request.seconds,
            "most_words": self.clock.words,
            "shots": {"fewest": fewest, "most": most},
            "photos": len(self.request.plates),
            "closing_line": self.closing_line,
            "facts": [
                {"id": fact.id, "kind": fact.kind, "text": fact.text, "pieces": own.pieces, "short": own.short}
                for fact in self.request.facts
                if (own := self.slices[fact.id])
            ],
            "phrases": [{"id": phrase.id, "kind": phrase.kind, "text": phrase.text} for phrase in self.phrases],
        }
        return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")

    def board(self, draft: Draft) -> Storyboard:
        """The draft as a storyboard; it is fit to be filmed only when `faults` finds nothing."""
        action = self._call_to_action(draft)
        lines = _lines(draft)
        kinds = {phrase.id: phrase.kind for phrase in self.phrases}
        opening = [kinds.get(identity, "") for identity in lines[0].bank] if lines else []
        return Storyboard(
            idea=next((kind for kind in opening if kind in HOOKS), "reveal"),
            language=self.request.language,
            shots=filmed(lines, [shot.photo for shot in draft.shots], self.clock),
            call_to_action=action,
            post=post_pack(self.request, self.material, action),
            facts=self.request.facts,
        )

    def faults(self, draft: Draft) -> tuple[str, ...]:
        """What is wrong with a draft, in words that help to mend it; empty when it can be filmed."""
        return tuple(self._misfits(draft)) or tuple(self._ungrounded(draft))

    def _misfits(self, draft: Draft) -> Iterator[str]:
        """What is wrong with the form."""
        fewest, most = self.shots
        if not fewest <= len(draft.shots) <= most:
            yield f"{len(draft.shots)} shots: {fewest} to {most} are wanted"
        phrases = {phrase.id for phrase in self.phrases}
        for at, shot in enumerate(draft.shots):
            if not 0 <= shot.photo < len(self.request.plates):
                yield f"shot {at}: there is no photo {shot.photo}"
            yield from (f"shot {at}: there is no fact {name!r}" for name in shot.facts if name not in self.slices)
            yield from (f"shot {at}: there is no phrase {name!r}" for name in shot.phrases if name not in phrases)
        words = sum(len(shot.spoken.split()) for shot in draft.shots)
        needed = sum(need(line, self.clock) for line in _lines(draft))
        if words > self.clock.words or not self.clock.holds(needed):
            yield f"{words} words need {needed:.1f} s: too long for {self.request.seconds} s"

    def _ungrounded(self, draft: Draft) -> Iterator[str]:
        """What is wrong with the words."""
        board = self.board(draft)
        for claim in trace(board):
            own = self.slices.get(claim.reference)
            if claim.source == "none":
                yield f"shot {claim.shot}, {claim.where}: {claim.text!r} is in none of its facts and phrases"
            elif own is not None and not own.allow(claim):
                yield f"shot {claim.shot}, {claim.where}: {claim.text!r} is not a whole piece of {claim.reference}"
        yield from bad_signs(board)
        said = " ".join(f"{shot.spoken} {shot.shown}" for shot in board.shots)
        for fact in (self.material.name, self.material.price):
            leading = self.material.headline if fact and fact.kind == "name" else ""
            if fact is not None and fact.text not in said and (not leading or leading not in said):
                yield f"the {fact.kind} is missing"
        if board.shots and board.call_to_action not in board.shots[-1].spoken:
            yield "the last shot does not say the closing line"

    def _call_to_action(self, draft: Draft) -> str:
        """The seller's closing line, else the closing phrase of the last shot: never words of the model's own."""
        cited = draft.shots[-1].phrases if draft.shots else ()
        closings = (phrase.text for phrase in self.phrases if phrase.kind == "closing" and phrase.id in cited)
        return self.closing_line or next(closings, "")


def assign(request: Write) -> Assignment:
    """The assignment of a request."""
    material = gather(request)
    return Assignment(
        request=request,
        material=material,
        slices=_slices(request, material),
        phrases=tuple(_offered(request, material)),
        clock=Clock(request.tone, request.language, request.seconds, request.spoken),
    )


def _lines(draft: Draft) -> list[Line]:
    return [Line(shot.intent, shot.spoken, shot.shown, shot.facts, shot.phrases) for shot in draft.shots]


def _slices(request: Write, material: Material) -> dict[str, Slices]:
    pieces = {beats[0].fact: tuple(beat.text for beat in beats) for beats in material.points if beats}
    slices = {}
    for fact in request.facts:
        own = pieces.get(fact.id, ())
        short = {form for piece in own for form in (key_phrase(piece, request.language), amount_in(piece)) if form}
        if fact.kind == "name":
            own = (material.headline,)
        slices[fact.id] = Slices(fact.text, own, tuple(sorted(short - set(own))))
    return slices


def _runs(text: str, pieces: tuple[str, ...]) -> Iterator[str]:
    """Every run of neighbouring pieces, as it stands in the text."""
    spans, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        spans.append((start, at))
    for first, (start, _) in enumerate(spans):
        yield from (text[start:end] for _, end in spans[first:])


def _offered(request: Write, material: Material) -> Iterator[Entry]:
    """Hooks of one kind, another one for each variant, and the other phrases of tone and language."""
    bank = phrases_for(request)
    if bank is None:
        return
    missing = {"name": not material.headline, "price": material.price is None, "figure": material.figure is None}
    usable = [e for e in bank.phrases(request.tone, *HOOKS) if not missing.get(e.slot, False)]
    hook = chooser(request, draft=0).pick_hook(usable)
    opening = (hook.kind,) if hook else ()
    for kind in (*opening, *BRIDGES, "name", "price", "closing"):
        if kind == "closing" and request.closing_line:
            continue
        phrases = [e for e in bank.phrases(request.tone, kind) if not missing.get(e.slot, False)]
        if kind == "price":
            shown = material.price.text if material.price else ""
            phrases = price_phrases(shown, bank, request.tone, language=request.language) if shown else []
        yield from [e for e in phrases if e.id not in request.used] or phrases
