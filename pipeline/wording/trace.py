"""The claim ledger: every word of a storyboard led back to the seller, to a photo, or to a phrase bank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from pipeline.model import Fact, Shot, Storyboard, Value, WordEdit
from pipeline.wording.bank import Entry, entry

_JOINT = re.compile(r"[\s.,:;!?…。！？：、–—-]+")

Where: TypeAlias = Literal["spoken", "shown"]
_UNSPACED = 0x2E80  # from here on: Chinese, Japanese, Korean


class Claim(Value):
    """A piece of a line and its source: a fact's id, a phrase's id, "closing line" or "own wording"."""

    shot: int
    where: Where
    text: str
    source: Literal["seller", "photo", "bank", "none"]  # "none": it has no source and must not be filmed
    reference: str = ""
    span: tuple[int, int] | None = None  # in the seller's description, for selling points


def trace(board: Storyboard, edits: tuple[WordEdit, ...] = ()) -> tuple[Claim, ...]:
    """The source of every word that is said or shown; punctuation between the pieces needs none.

    Args:
        board: a storyboard, with the seller's own wording put in or not.
        edits: that wording; where it is on the board, it is the seller's claim.
    """
    facts = {fact.id: fact for fact in board.facts}
    own = {(edit.shot, where, text) for edit in edits for where, text in _worded(edit)}
    claims: list[Claim] = []
    for at, shot in enumerate(board.shots):
        used = tuple(facts[identity] for identity in shot.facts if identity in facts)
        for where, line in _texts(shot):
            if line and (at, where, line) in own:
                claims.append(Claim(shot=at, where=where, text=line, source="seller", reference="own wording"))
            else:
                claims += _claims(line, used, shot, board, at=at, where=where)
    return tuple(claims)


def _worded(edit: WordEdit) -> Iterator[tuple[Where, str]]:
    if edit.spoken is not None:
        yield "spoken", edit.spoken
        yield "shown", edit.spoken  # an opening's headline goes with what is said
    if edit.shown is not None:
        yield "shown", edit.shown


def _texts(shot: Shot) -> tuple[tuple[Where, str], tuple[Where, str]]:
    return ("spoken", shot.spoken), ("shown", shot.shown)


def _claims(
    line: str, facts: tuple[Fact, ...], shot: Shot, board: Storyboard, *, at: int, where: Where
) -> Iterator[Claim]:
    phrases = [known for identity in shot.bank if (known := entry(identity))]
    place = 0
    while place < len(line):
        joint = _JOINT.match(line, place)
        piece = _phrase_part(line, place, phrases) or _fact_slice(line, place, facts)
        if piece is None and board.call_to_action and line.startswith(board.call_to_action, place):
            piece = (len(board.call_to_action), "seller", "closing line", None)
        if piece is None and joint:
            place = joint.end()
            continue
        if piece is None:
            end = next((m.start() for m in _JOINT.finditer(line, place + 1)), len(line))
            yield Claim(shot=at, where=where, text=line[place:end], source="none")
            place = end
            continue
        size, source, reference, span = piece
        yield Claim(
            shot=at, where=where, text=line[place : place + size], source=source, reference=reference, span=span
        )
        place += size


_Piece = tuple[int, Literal["seller", "photo", "bank", "none"], str, tuple[int, int] | None]


def _phrase_part(line: str, place: int, phrases: list[Entry]) -> _Piece | None:
    """The longest part of a phrase, before or after its slot, that stands here: a headline may be one sentence."""
    best: _Piece | None = None
    for phrase in phrases:
        for part in (*phrase.parts, *_sentences(phrase)):
            text = part.strip()
            if (
                text
                and _JOINT.fullmatch(text) is None
                and line.startswith(text, place)
                and (best is None or len(text) > best[0])
            ):
                best = (len(text), "bank", phrase.id, None)
    return best


def _sentences(phrase: Entry) -> list[str]:
    """The sentences of what a phrase says around its slot."""
    return [found for part in phrase.parts for found in re.findall(r"\S.*?(?:[.!?…。！？؟]+(?=\s|$)|$)", part)]


def _fact_slice(line: str, place: int, facts: tuple[Fact, ...]) -> _Piece | None:
    """The longest slice of a fact, from word to word, that stands here."""
    best: _Piece | None = None
    for fact in facts:
        for start in _word_starts(fact.text):
            size = _common(line, place, fact.text, start)
            if size and (best is None or size > best[0]):
                span = (fact.span[0] + start, fact.span[0] + start + size) if fact.span else None
                best = (size, fact.source, fact.id, span)
    return best


def _word_starts(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if not char.isspace() and not _inside_word(text, at)]


def _common(line: str, place: int, text: str, start: int) -> int:
    """How many characters line and fact have in common from here on, cut back to a word's end on both sides."""
    size = 0
    while place + size < len(line) and start + size < len(text) and line[place + size] == text[start + size]:
        size += 1
    while size and (_inside_word(line, place + size) or _inside_word(text, start + size)):
        size -= 1
    return len(line[place : place + size].rstrip())


def _inside_word(text: str, at: int) -> bool:
    """Whether a cut here would part a word; scripts without spaces may be cut between any two characters."""
    return 0 < at < len(text) and all(char.isalnum() and ord(char) < _UNSPACED for char in text[at - 1 : at + 1])
