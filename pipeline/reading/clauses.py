"""A seller's text cut into clauses: at sentence ends, and at commas and dashes only where both halves stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.reading.cleaning import BREAK
from pipeline.reading.languages import Language, every, words_of

_BULLET = re.compile(r"[-*•·‣–—+»]+\s+|[•·‣]|\(?\d{1,2}[.)]\s+|[a-z]\)\s+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”»)]*(?=\s|$)|[。！？؟]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_PHRASE_LETTERS = 4  # of a Japanese phrase that can stand alone
_LEADING_WORDS = 3
_CHOICE_WORDS = 5  # "on pizza, fried chicken or ice cream": words of the end of such an enumeration
_SIZES = frozenset("smlx")
_COMMA = re.compile(r",\s+|[，、]|،\s*|(?<=[^\W\d_]{2}),(?=[^\W\d_]{2})")
BLANK = re.compile("(?<=\\S)[ \u3000]+(?=[\u3001-\u30ff\u4e00-\u9fff])(?!約)")  # parts phrases
_TAGS = re.compile(r"(?:\s+#\w+)+$")
_PAIRS = {"(": ")", "„": "“”", "“": "”", "«": "»", "「": "」", "『": "』", "（": "）"}
_EDGES = " \u00a0\t.,;:…。，、；،·•|/–—-"
LESS = r"[-–−]\d+(?:[.,]\d+)?\s?[%°]"  # "-20%" is no 20%
_BRACKETED = re.compile(r"\([^()]*\)")
_CRIES = "!?！？"
_NO_POINT = re.compile(
    r"(?i)https?:|www\.|\b[\w-]+\.(?:com|net|org|shop|store|de|es|fr|it|pl|io|co\.uk|eu|ua|jp|kr|com\.br)\b"
    r"|[\w.+-]@[\w-]+\.\w|(?!(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d))\+?\d[\d ()/-]{7,}\d"
)


@dataclass(frozen=True)
class Clause:
    """A piece of a text that stands alone: its words and its range."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Signs:
    """What depends on words: which full stops end no sentence, and what parts clauses always."""

    abbreviation: re.Pattern[str]
    leading: re.Pattern[str]  # an abbreviation after which something always comes
    hard: re.Pattern[str]


@cache
def _signs() -> _Signs:
    link = rf"\s?(?:(?<!\w){every(lambda words: words.links)}\s)?(?<!\S)(?:https?://|www\.)\S+"
    return _Signs(
        abbreviation=re.compile(every(lambda words: words.abbreviations.inside)),
        leading=re.compile(every(lambda words: words.abbreviations.leading)),
        hard=re.compile(
            rf"\s[–—-]\s|\s*[–—]\s+|[;；]\s*|\s(?:[|•·]|//)\s|(?<!\b\w)(?<!\b\w\w)\s/\s(?!\w{1, 2}\b)|・(?=.)|{link}",
            re.IGNORECASE,
        ),
    )


def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a cleaned text in reading order, without what says nothing: links, handles, tags, lone signs."""
    words = words_of(language)
    found = []
    for start, end in sentences(text):
        for first, last in _pieces(text, start, end, words):
            clause = trimmed(text, first, last)
            if clause is not None and says_something(clause.text):
                found.append(clause)
    return tuple(found)


def parted(clause: Clause, language: str) -> tuple[Clause, ...]:
    """A clause at its blanks, in a language where these part phrases and not words; elsewhere the clause itself."""
    pieces = [] if words_of(language).spaced else BLANK.split(clause.text)
    if len(pieces) < 2 or min(map(len, pieces)) < _PHRASE_LETTERS:
        return (clause,)
    spans = list(_cut(BLANK, clause.text, 0, len(clause.text), frozenset()))
    return tuple(Clause(clause.text[a:b], clause.start + a, clause.start + b) for a, b in spans)


def says_something(text: str) -> bool:
    """Whether a clause can be a selling point: not a link, an address, a number to ring, tags or a lone sign."""
    if _NO_POINT.search(text) or not any(char.isalpha() for char in text):
        return False
    tokens = text.split()
    if all(token.startswith(("#", "@")) for token in tokens):
        return False
    return len(text) > 1 and max(len(token) for token in tokens) <= (45 if text.isascii() or " " in text else 120)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences: a line ends one, and so does an ornament; a bullet is not part of it."""
    for line in re.finditer(rf"[^\n{BREAK}]+", text):
        start = after_bullet(text, line.start(), line.end())
        for stop in _SENTENCE_END.finditer(text, start, line.end()):
            if _ends_sentence(text, stop, start, line.end()):
                yield start, stop.end()
                start = stop.end()
        if text[start : line.end()].strip():
            yield start, line.end()


def after_bullet(text: str, start: int, end: int) -> int:
    """Where the words of a line begin: after the bullet or the number that it has."""
    bullet = _BULLET.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
    return bullet.end() if bullet else start


def trimmed(text: str, start: int, end: int) -> Clause | None:
    """A range without blanks, loose punctuation and tags at its edges ("!" and "?" stay at its end); None for none."""
    while start < end and text[start] in _EDGES + _CRIES and not _below(text, start):
        start += 1
    if _BRACKETED.fullmatch(text, start, end):
        start, end = start + 1, end - 1
    tags = _TAGS.search(text, start, end)
    end = tags.start() if tags else end
    while start < end and text[end - 1] in _EDGES and not (_price_dash(text, end) or _initials(text, end)):
        end -= 1
    return Clause(text[start:end], start, end) if start < end else None


def _below(text: str, start: int) -> bool:
    """Whether a sign belongs to the number after it: "-20%"."""
    return re.match(LESS, text[start : start + 12]) is not None


def _price_dash(text: str, end: int) -> bool:
    """Whether the range ends as Swiss prices do: "119.–"."""
    return re.search(r"\d[.,][–—-]$", text[max(0, end - 4) : end]) is not None


def _initials(text: str, end: int) -> bool:
    """Whether the range ends in an abbreviation of several letters, whose full stop belongs to it: "g.g.A."."""
    return re.search(r"\b[^\W\d_]\.[^\W\d_]\.(?:[^\W\d_]\.)?$", text[max(0, end - 7) : end]) is not None


def _ends_sentence(text: str, stop: re.Match[str], start: int, line_end: int) -> bool:
    """Whether a stop ends the sentence that began at `start`, rather than an abbreviation or an initial in it."""
    if not stop[0].startswith(".") or stop.end() >= line_end:
        return True
    after = text[stop.end() : line_end].lstrip()
    before = re.search(r"[^\s(]+$", text[max(0, stop.start() - 12) : stop.start()])
    word = before[0].lower().rstrip(".") if before else ""
    leads = not text[start : stop.start() - len(word)].strip()
    counted = re.search(r"\d\s?$", text[start : stop.start() - len(word)]) is not None
    if _signs().leading.fullmatch(word) or (leads and len(word) > 1 and _signs().abbreviation.fullmatch(word)):
        return False
    if _signs().abbreviation.fullmatch(word) and (counted or len(word) > 1) and not after[:1].isupper():
        return False
    if _ACRONYM.fullmatch(word) and not counted:  # initials: of a name that begins here, or in the middle of one
        goes_on = after[:1].islower() if len(word) > 1 else word not in _SIZES and after[:1].isalpha()
        return not (leads or goes_on)
    return not after[:1].islower()


def _pieces(text: str, start: int, end: int, words: Language) -> Iterator[tuple[int, int]]:
    """The ranges of a sentence's clauses."""
    inside = _nested(text, start, end)
    for first, last in _cut(_signs().hard, text, start, end, inside):
        parts = list(_cut(_COMMA, text, first, last, inside))
        yield from _standing(text, parts, words)


def _cut(mark: re.Pattern[str], text: str, start: int, end: int, inside: frozenset[int]) -> Iterator[tuple[int, int]]:
    for match in mark.finditer(text, start, end):
        if match.start() not in inside:
            if text[start : match.start()].strip():
                yield start, match.start()
            start = match.end()
    yield start, end


def _nested(text: str, start: int, end: int) -> frozenset[int]:
    """The positions inside brackets and quotation marks; one that is never closed encloses nothing."""
    inside: set[int] = set()
    for at in range(start, end):
        straight = text[at] == '"' and not text[at - 1 : at].strip("([ \n") and text[at + 1 : at + 2].strip()
        closing = '"' if straight else _PAIRS.get(text[at])
        if closing and at not in inside:
            close = next((i for i in range(at + 1, end) if text[i] in closing), None)
            inside.update(range(at, close) if close is not None else ())
    return frozenset(inside)


def _standing(text: str, parts: list[tuple[int, int]], words: Language) -> Iterator[tuple[int, int]]:
    """Comma parts put together again wherever one of them does not stand alone."""
    kept = [parts[0]]
    listing = _is_list(text, parts, words)
    for part in parts[1:]:
        before, after = text[slice(*kept[-1])], text[slice(*part)]
        stand = _stands(before, words) and _stands(after, words) and not _leads(before, words)
        if listing or not stand or _leans(after, words) or _is_place(before, after, words):
            kept[-1] = (kept[-1][0], part[1])
        else:
            kept.append(part)
    yield from kept


def _is_list(text: str, parts: list[tuple[int, int]], words: Language) -> bool:
    """Whether the parts are one enumeration: "bordeaux, green, cream and plum", "Colours: red, blue, green"."""
    if len(parts) < 2:
        return False
    inner = [_tokens(text[slice(*part)]) for part in parts[1:]]
    if re.search(r":\s", text[slice(*parts[0])]):
        return all(len(item) <= 3 for tokens in inner for item in _items(tokens, words))
    joined = any(token.lower() in words.grammar.joins for token in inner[-1][:2])
    return joined and all(len(tokens) == 1 for tokens in inner[:-1]) and len(inner[-1]) <= 6


def _items(tokens: list[str], words: Language) -> list[list[str]]:
    """The last part of an enumeration as its items: "limão siciliano e café" is two."""
    at = next((at for at, token in enumerate(tokens) if at and token.lower() in words.grammar.joins), None)
    return [tokens] if at is None else [tokens[:at], tokens[at + 1 :]]


def _stands(part: str, words: Language) -> bool:
    tokens = _tokens(part)
    if not words.spaced:
        return len(part.strip()) >= 4
    if not tokens or (len(tokens) <= 2 and tokens[0].lower() in words.grammar.articles):
        return False
    return len(tokens) > 1 or len(tokens[0]) > 2


def _leads(part: str, words: Language) -> bool:
    """Whether a part only leads to what follows: "Since 1987"."""
    tokens = _tokens(part)
    tied = words.grammar.subordinators - words.grammar.articles
    return 0 < len(tokens) <= _LEADING_WORDS and tokens[0].lower() in tied


def _leans(part: str, words: Language) -> bool:
    """Whether a part only goes on with what was said before: "which …", "and …", "green and blue"."""
    tokens = [token.lower() for token in _tokens(part)]
    if words.grammar.ors.intersection(tokens[1:-1]) and len(tokens) <= _CHOICE_WORDS:
        return tokens[0] not in words.grammar.openers
    if tokens[0] in words.grammar.subordinators and not (
        tokens[0] in words.grammar.articles and len(tokens) > 1 and _noun(part)
    ):
        return True
    return tokens[0] in words.grammar.joins or (
        len(tokens) <= 3 and len(tokens) > 1 and tokens[1] in words.grammar.joins
    )


def _is_place(before: str, after: str, words: Language) -> bool:
    """Whether a comma stands inside a place or the like: "from Berlin, Germany"."""
    tokens = _tokens(before)
    named = len(_tokens(after)) == 1 and after.strip()[:1].isupper()
    address = len(tokens) > 1 and tokens[0][:1].isdigit() and tokens[-1][:1].isupper()
    return named and len(tokens) > 1 and (address or tokens[-2].lower() in words.grammar.openers)


def _noun(part: str) -> bool:
    """Whether an article is followed by a capital, as German nouns are: "die Griffe" but "die passt"."""
    tokens = _tokens(part)
    return len(tokens) > 1 and tokens[1][:1].isupper()


def _tokens(part: str) -> list[str]:
    return part.split()
