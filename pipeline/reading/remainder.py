"""What a message says beside name and price: the description, left in whole sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.reading.clauses import LESS, sentences
from pipeline.reading.cleaning import BREAK
from pipeline.reading.languages import every, glued, spaced, words_of
from pipeline.reading.money import Found, prices_in
from pipeline.reading.naming import Range, before_price, serving

_PARTING = re.compile(r",\s|[،、，;]|\s[–—-]\s|(?<=[\u3040-\u30ff\u4e00-\u9fff])[ \u3000]")


@dataclass(frozen=True)
class _Signs:
    """What is said around a price."""

    around: re.Pattern[str]  # nothing but what serves it
    after: re.Pattern[str]  # what belongs to it
    costing: re.Pattern[str]  # what cannot do without it


@cache
def _signs() -> _Signs:
    after, costing = every(lambda words: words.price.after), (lambda words: words.price.costing)
    return _Signs(
        around=re.compile(rf"(?:\b{serving()}\b|[^\w]|\b{every(lambda words: words.grammar.ands)}\b)*", re.IGNORECASE),
        after=re.compile(rf"(?:[\s,(（]*{after}(?![^\W\d_])[.)）]*)+", re.IGNORECASE),
        costing=re.compile(rf"(?i)\b{spaced(costing)}\b|{glued(costing)}"),
    )


def price_range(text: str, found: Found, language: str, *, after: int) -> Range | None:
    """The price with the words that only serve it ("only 39 €", "Price: 39 € VB"), if the rest stands without it."""
    for start, end in sentences(text):
        if not start <= found.start < end:
            continue
        marks = [start + mark.start() for mark in _PARTING.finditer(text[start:end])]
        left = max([start, *(at for at in (*marks, after) if at <= found.start)])
        right = min((at for at in marks if at >= found.end), default=end)
        head, tail = before_price().search(text, left, found.start), _signs().after.match(text, found.end, right)
        until = tail.end() if tail else found.end
        bare = _signs().around.fullmatch(text, left, found.start), _signs().around.fullmatch(text, until, right)
        since = head.start() if head else found.start
        if all(bare):
            return Range(left, right)
        if bare[0] and _stands_alone(text[until:right], language):
            return Range(left, until)
        if bare[1] and left >= after and _stands_alone(text[left:since], language):
            return Range(since, right)
    return None


def _stands_alone(rest: str, language: str) -> bool:
    """Whether what a clause says beside the price can do without it: "solid wood" can, "they cost" cannot."""
    words = words_of(language).grammar
    tokens = [token.lower() for token in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|&", rest)]
    tied = words.joins | words.articles | words.openers | words.subordinators | words.copulas
    free = len(tokens) > 1 and tokens[0] not in tied | words.pronouns and tokens[-1] not in tied
    return free and not words.copulas & set(tokens) and not _signs().costing.search(rest) and not prices_in(rest)


def without(text: str, gone: list[Range]) -> str:
    """A text without some ranges, and without the punctuation that they leave behind."""
    for span in sorted(gone, key=lambda span: span.start, reverse=True):
        before, after = text[: span.start].rstrip(" \t"), text[span.end :]
        stop = text[span.start : span.end].rstrip()[-1:]
        if not after.strip(" \t").strip("\n"):
            before = re.sub(r"\s+[|/·•–—-]$", "", before)
        if not before or before[-1] in ("\n", BREAK):
            after = re.sub(rf"^(?:(?!{LESS})[ \t,;:.!！|–—·、，،。-])+", "", after)
        elif before[-1] in ".!?…。！？":
            after = re.sub(r"^[ \t,;:.!！]+(?=\S)", "\n", after)
        elif stop in (".", "!", "。", "！") and before[-1] not in ".!?…。！？":  # sentences stay apart
            before = before.rstrip(" ,;:–—-、，،") + ("." if stop in ".!" else "。")
        text = before + after
    return text.replace(BREAK, "\n")
