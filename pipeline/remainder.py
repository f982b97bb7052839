"""What a message says beside name and price: the description, left in whole sentences."""

from __future__ import annotations

import re

from pipeline.clauses import sentences
from pipeline.cleaning import BREAK
from pipeline.lexicon import lexicon
from pipeline.money import Found, prices_in
from pipeline.naming import BEFORE_PRICE, PRICE_LABEL, Range

_AROUND_PRICE = re.compile(rf"(?:\b(?:{PRICE_LABEL})\b|[^\w]|\b(?:and|und|et|y|e|i)\b)*", re.IGNORECASE)
_WITH_PRICE = (  # what is said after a price and belongs to it
    r"o\.?n\.?o\.?|o\.?b\.?o\.?|or (?:best|nearest) offer|firm|no offers|each|apiece|a piece|a pair|incl\.? vat",
    r"vb|vhb|fp|festpreis|(?:das|pro) stück|inkl\.? mwst\.?|inklusive mehrwertsteuer",
    r"pesos|negociables?|iva incluido|la unidad|cada uno|cada una|cada|a unidade|à vista",
    r"ttc|à débattre|négociables?|pièce|l['’]unité|trattabil[ei]|iva inclusa|al pezzo",
    r"do negocjacji|za sztukę|brutto|of bieden|per stuk|st|styck|pazarlıklı|adet|торг|за штуку",
    r"税込み?|税抜き?|부가세 ?포함|شامل الضريبة|قابل للتفاوض",
)
_AFTER_PRICE = re.compile(rf"(?:[\s,(（]*(?:{'|'.join(_WITH_PRICE)})(?![^\W\d_])[.)）]*)+", re.IGNORECASE)
_COSTING = re.compile(
    r"(?i)\b(?:costs?|kost(?:et|en|ar|uje|ują)?|cuestan?|coût(?:e|ent)|costan?|custam?|коштує|коштують|beträgt|offers?)\b"
    r"|値段|価格|가격|السعر"
)


def price_range(text: str, found: Found, language: str, *, after: int) -> Range | None:
    """The price with the words that only serve it ("only 39 €", "Price: 39 € VB"), if the rest stands without it."""
    for start, end in sentences(text):
        if not start <= found.start < end:
            continue
        marks = [start + mark.start() for mark in re.finditer(r",\s|[،、，;]|\s[–—-]\s", text[start:end])]
        left = max([start, *(at for at in (*marks, after) if at <= found.start)])
        right = min((at for at in marks if at >= found.end), default=end)
        head, tail = BEFORE_PRICE.search(text, left, found.start), _AFTER_PRICE.match(text, found.end, right)
        until = tail.end() if tail else found.end
        bare = _AROUND_PRICE.fullmatch(text, left, found.start), _AROUND_PRICE.fullmatch(text, until, right)
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
    words = lexicon(language)
    tokens = [token.lower() for token in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|&", rest)]
    tied = words.joins | words.articles | words.openers | words.subordinators | words.copulas
    free = len(tokens) > 1 and tokens[0] not in tied | words.pronouns and tokens[-1] not in tied
    return free and not words.copulas & set(tokens) and not _COSTING.search(rest) and not prices_in(rest)


def without(text: str, gone: list[Range]) -> str:
    """A text without some ranges, and without the punctuation that they leave behind."""
    for span in sorted(gone, key=lambda span: span.start, reverse=True):
        before, after = text[: span.start].rstrip(" \t"), text[span.end :]
        stop = text[span.start : span.end].rstrip()[-1:]
        if not before or before[-1] in ("\n", BREAK):
            after = re.sub(r"^[ \t,;:.!！|–—·、，،。-]+", "", after)
        elif before[-1] in ".!?…。！？":
            after = re.sub(r"^[ \t,;:.!！]+(?=\S)", "\n", after)
        elif stop in (".", "!", "。", "！") and before[-1] not in ".!?…。！？":  # sentences stay apart
            before = before.rstrip(" ,;:–—-、，،") + ("." if stop in ".!" else "。")
        text = before + after
    return text.replace(BREAK, "\n")
