"""What sellers send is text to show, never anything to obey: control characters and heaps of accents go.

What looks like markup or a command is the seller's own and stays: nothing that draws or sends text interprets any.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LIMIT = 4000  # characters of a text that are read at all
BREAK = "\x1e"  # stands for an emoji or another ornament: where one is, a new thought begins

_DECORATION = re.compile(
    r"(?m:^[ \t]*#{1,6}[ \t]+)|(?m:^[ \t]*>[ \t]+)"  # heading and quotation marks at a line's start
    r"|\d?\ufe0f?\u20e3"  # keycaps
)
_ORNAMENTS = (
    (0x2190, 0x21FF), (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x27BF), (0x2900, 0x29FF), (0x2B00, 0x2BFF),
    (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF),
)  # fmt: skip
_JOINER_SCRIPTS = re.compile("[\u0600-\u06ff\u0900-\u0dff]")  # where a zero-width joiner changes how a word is drawn
_MARKS_EUROPEAN, _MARKS_OTHER = 2, 4  # accents that one letter may carry before composition
_OVERLAYS = re.compile("[\u0334-\u0338\ufe00-\ufe0f]")
_LOOSE_KOREAN = frozenset(map(chr, range(0x1100, 0x1200)))
_LETTERS = "!-~À-ɏ\u0400-\u0482\u048a-\u04ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
_RUN = re.compile(rf"(?:[{_LETTERS}] ?)*[{_LETTERS}](?=[{_LETTERS} \n]|\Z)")  # kept as it is: no marks, single blanks
_PLAIN = frozenset(map(chr, range(0x21, 0x7F)))  # characters that are kept as they are


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text and, for each of its characters, where it was: [starts[i], ends[i]) in the raw text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of a non-empty slice of the cleaned text."""
        return self.starts[start], self.ends[end - 1]


def clean(text: str) -> str:
    """A seller's text as it may be shown: composed, without ornaments and control characters; lines are kept."""
    lines = cleaned(text).text.replace(BREAK, " ").split("\n")
    return "\n".join(tidy for line in lines if (tidy := re.sub(" +", " ", line).strip()))


@lru_cache(maxsize=64)  # to read a text is to ask for it several times
def cleaned(text: str) -> Cleaned:
    """The same, with ornaments as `BREAK`, and with the way back to the raw text for the ledger's spans."""
    raw = text[:LIMIT]
    dropped = [False] * len(raw)
    for match in _DECORATION.finditer(raw):
        dropped[match.start() : match.end()] = [True] * (match.end() - match.start())
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(raw):
        run = _RUN.match(raw, at)
        if run and True not in dropped[at : run.end()]:
            out += zip(run[0], range(at, run.end()), range(at + 1, run.end() + 1), strict=True)
            at = run.end()
            continue
        end = _cluster_end(raw, at)
        if not dropped[at]:
            kept = _kept(raw[at:end], before=raw[at - 1 : at], after=raw[end : end + 1])
            _append(out, kept, start=at, end=end)
        at = end
    return Cleaned("".join(c for c, _, _ in out), tuple(s for _, s, _ in out), tuple(e for _, _, e in out))


def _append(out: list[tuple[str, int, int]], kept: str, *, start: int, end: int) -> None:
    """Add characters; blanks do not pile up, and blanks beside a line's end vanish."""
    for char in kept:
        last = out[-1][0] if out else "\n"
        if char == " " and last in " \n":
            continue
        if char == "\n":
            while out and out[-1][0] == " ":
                out.pop()
            if not out or out[-1][0] == "\n":
                continue
        out.append((char, start, end))


def _cluster_end(text: str, at: int) -> int:
    """The end of a base character with its marks; loose Korean letters stay together so that they compose."""
    end = at + 1
    while (
        end < len(text)
        and text[end] not in _PLAIN
        and (unicodedata.category(text[end]) in ("Mn", "Mc", "Me") or _loose_korean(text[end - 1 : end + 1]))
    ):
        end += 1
    return end


def _loose_korean(pair: str) -> bool:
    return _LOOSE_KOREAN.issuperset(pair) and pair[1] >= "\u1160"


def _kept(cluster: str, *, before: str, after: str) -> str:
    """What remains of one cluster."""
    first = cluster[0]
    if cluster in _PLAIN:
        return cluster
    category = unicodedata.category(first)
    if first in "\n\r\u2028\u2029\u0085\v\f":
        return "\n"
    if category == "Zs" or first == "\t":
        return first if first in "\u00a0\u202f" else " "
    if first == "\u200c" and _JOINER_SCRIPTS.match(before) and _JOINER_SCRIPTS.match(after):
        return first
    if category[0] == "C" or category in ("Mn", "Me"):  # control, format, private, unassigned; marks without a letter
        return ""
    if any(low <= ord(first) <= high for low, high in _ORNAMENTS):
        return BREAK
    return _composed(cluster)


def _composed(cluster: str) -> str:
    """A letter with as many marks as its script can need; overlays and enclosing marks go."""
    first, marks = cluster[0], cluster[1:]
    if first in _LOOSE_KOREAN:
        return unicodedata.normalize("NFC", cluster)
    marks = "".join(mark for mark in marks if not _OVERLAYS.match(mark) and unicodedata.category(mark) != "Me")
    if ord(first) >= 0x0590:
        return unicodedata.normalize("NFC", first + marks[:_MARKS_OTHER])
    return unicodedata.normalize("NFC", first + marks[:_MARKS_EUROPEAN])[:2]
