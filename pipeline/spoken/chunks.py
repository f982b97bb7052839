"""A text cut into chunks that are shown as written and said in words: the link between caption and voice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.model import Saying
from pipeline.spoken.rule import Rule
from pipeline.spoken.rules import rules_for
from pipeline.spoken.sayings import rules_of
from pipeline.spoken.unspaced import is_unspaced, phrases


@dataclass(frozen=True)
class Chunk:
    """One thing to show and to say: a written word, or several that are said together, such as "39,90 €"."""

    written: str
    spoken: str


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    said: str


_SILENT = re.compile(r"[„“”«»‹›\"¡¿*•·→←↑↓™®©\[\]{}<>|~^=#_\\]")
_QUOTED = re.compile(r'(?<![^\s(])"([^"\s](?:[^"]*[^"\s])?)"(?!\w)')  # inches have their sign after a number only
_PAUSES = (
    (re.compile(r"[()]"), ", "),
    (re.compile(r"(?:^|(?<=\s))[–—/-]+(?=\s|$)"), ","),
    (re.compile(r"(?<=\w)[—](?=\w)"), ", "),
    (re.compile(r"(?<=\w)[/–](?=\w)"), " "),
    (re.compile(r"[…]|\.{2,}"), "…"),
    (re.compile(r"([!?])[!?]+"), r"\1"),
)


def speakable(text: str, language: str, sayings: Sequence[Saying] = ()) -> tuple[Chunk, ...]:
    """Cut a text into chunks, in order.

    Joined by one space, the written parts are the text with its white space tidied; nothing is lost. (Between Japanese
    or Chinese phrases there is no space to join by, as there was none in the text.) The spoken parts
    hold no digits, units or signs that a voice would stumble on (in languages that have a lexicon).

    Args:
        text: as shown on screen.
        language: BCP 47.
        sayings: the seller's own pronunciations; they win over all but addresses.
    """
    text = " ".join(_without_controls(text).split())
    rules = rules_for(language, rules_of(sayings, partial(_in_words, language=language)))
    spans = _claimed(_QUOTED.sub("«\\1»", text), rules)
    return tuple(part for chunk in _joined(_cut(text, spans)) for part in _stepped(chunk))


def _in_words(text: str, *, language: str) -> str:
    return " ".join(chunk.spoken for chunk in speakable(text, language))


def _stepped(chunk: Chunk) -> list[Chunk]:
    if chunk.written != chunk.spoken or not is_unspaced(chunk.written):
        return [chunk]
    return [Chunk(phrase, phrase) for phrase in phrases(chunk.written)]


def _without_controls(text: str) -> str:
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


def _claimed(text: str, rules: Sequence[Rule]) -> list[_Span]:
    """What the rules found, left to right; where two want the same letters the earlier rule has them."""
    taken: list[_Span] = []
    for rule in rules:
        taken += [
            _Span(*match.span(), rule.say(match))
            for start, end in _free(text, taken)
            for match in rule.pattern.finditer(text, start, end)
            if match[0]
        ]
        taken.sort(key=lambda span: span.start)
    return taken


def _free(text: str, taken: list[_Span]) -> list[tuple[int, int]]:
    """The ranges of a text that are in no span."""
    starts = [0, *(span.end for span in taken)]
    ends = [*(span.start for span in taken), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _cut(text: str, spans: list[_Span]) -> list[Chunk]:
    """Words separated by white space; those that one span reaches over stay together."""
    chunks: list[Chunk] = []
    start = 0
    while start < len(text):
        end = _word_end(text, start)
        for span in spans:
            if span.start < end < span.end:
                end = _word_end(text, span.end)
        inside = [span for span in spans if start <= span.start and span.end <= end]
        chunks.append(Chunk(text[start:end], _said(text, inside, start=start, end=end)))
        start = end + 1
    return chunks


def _word_end(text: str, start: int) -> int:
    end = text.find(" ", start)
    return len(text) if end < 0 else end


def _said(text: str, spans: list[_Span], *, start: int, end: int) -> str:
    parts, at = [], start
    for span in spans:
        parts += [text[at : span.start], f" {span.said} " if _touches_word(text, span) else span.said]
        at = span.end
    parts.append(text[at:end])
    said = _SILENT.sub("", "".join(parts))
    for pattern, pause in _PAUSES:
        said = pattern.sub(pause, said)
    said = "".join(c for c in said if unicodedata.category(c) not in ("So", "Sk", "Cf") or c in "\u200c\u200d")
    said = re.sub(r"\s+([,.;:!?…])", r"\1", said)
    said = re.sub(r"^[\s,]+(?=\w)|,(?=[,.;:!?…])", "", said)
    return " ".join(said.split())


def _touches_word(text: str, span: _Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return before.isalnum() or after.isalnum()


def _joined(chunks: list[Chunk]) -> tuple[Chunk, ...]:
    """Chunks of which nothing can be said go with the one before, or with the one after at the very start."""
    out: list[Chunk] = []
    waiting = ""
    for chunk in chunks:
        if any(c.isalnum() for c in chunk.spoken):
            written = f"{waiting} {chunk.written}" if waiting else chunk.written
            out.append(Chunk(written, chunk.spoken))
            waiting = ""
        elif out:
            last = out[-1]
            pause = chunk.spoken if chunk.spoken and last.spoken[-1] not in ",.;:!?…" else ""
            out[-1] = Chunk(f"{last.written} {chunk.written}", last.spoken + pause)
        else:
            waiting = f"{waiting} {chunk.written}".strip()
    if waiting:
        out.append(Chunk(waiting, ""))
    return tuple(out)
