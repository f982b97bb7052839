"""From a seller's words to facts: what a film may say, each with the place it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.clauses import clauses, says_something, sentences, trimmed
from pipeline.cleaning import BREAK, clean, cleaned
from pipeline.lexicon import Lexicon, language_of, lexicon, opening
from pipeline.model import Brief, Fact, Price, Value
from pipeline.money import Found, price_in, prices_in

__all__ = ["Understanding", "clean", "facts_of", "language_of", "understand"]

MOST_POINTS = 24
MOST_LABELS = 6
_NAME_WORDS, _NAME_LETTERS = 10, 90
_SUBJECT_WORDS = 4
_DESCRIPTIVE = 6  # words from which on a first clause is cut at its "with" or "is"

_LINE = rf"[^\n{BREAK}]+"
_NAME_LABEL = (
    "name|product|product name|item|title|produkt|produktname|artikel|titel|nombre|producto|artículo|nom|produit|"
    "article|titre|nome|prodotto|produto|nazwa|tytuł|naam|productnaam|namn|ad|ürün|ürün adı|назва|товар|"
    "商品名|商品|品名|이름|상품명|제품명|الاسم|المنتج|اسم المنتج"
)
_PRICE_LABEL = (
    "price|our price|asking price|preis|precio|prix|prezzo|preço|cena|prijs|pris|fiyat|ціна|価格|値段|가격|السعر|"
    "only|just|now|nur|jetzt|vb|fp|solo|seulement|tylko|for|für|por|pour|za|voor|för|za|за"
)
_OTHER_LABEL = (
    "description|about|details|beschreibung|descripción|description du produit|descrizione|descrição|opis|"
    "beschrijving|beskrivning|açıklama|опис|説明|商品説明|설명|الوصف"
)
_LABEL_LINES = re.compile(
    rf"^(?:{_NAME_LABEL}|{_PRICE_LABEL}|{_OTHER_LABEL})\s*[:：=]\s*", re.IGNORECASE | re.MULTILINE
)
_LABELLED = re.compile(
    rf"^\s*(?:(?P<name>{_NAME_LABEL})|(?P<price>{_PRICE_LABEL})|(?P<other>{_OTHER_LABEL}))\s*[:：=]\s*", re.IGNORECASE
)
_AROUND_PRICE = re.compile(rf"(?:\b(?:{_PRICE_LABEL})\b|[^\w]|\b(?:and|und|et|y|e|i)\b)*", re.IGNORECASE)
_BEFORE_PRICE = re.compile(rf"(?:\s+(?:{_PRICE_LABEL}))?[\s:：=,(–—-]*$", re.IGNORECASE)


class Understanding(Value):
    """What a seller's message says; `description` is the message without name and price."""

    name: str
    price: Price | None
    description: str


@dataclass(frozen=True)
class _Range:
    start: int
    end: int


@dataclass(frozen=True)
class _Named:
    """Where a name is, and what the description can do without once it is known."""

    name: _Range
    gone: _Range | None


def understand(text: str, language: str) -> Understanding:
    """Find name and price in a message, by what sellers usually do; empty where there is none to find.

    The seller sees and corrects what was found. Words are taken as data only: cleaned, never obeyed.
    """
    plain = cleaned(text).text.strip()
    found = price_in(plain, language=language)
    named = _labelled_name(plain) or _leading_name(plain, language, found)
    name = named.name if named else None
    named_until = named.gone.end if named and named.gone else 0
    gone = [span for span in (named.gone if named else None, _price_range(plain, found, after=named_until)) if span]
    return Understanding(
        name=clean(plain[name.start : name.end]) if name else "",
        price=found.price if found else None,
        description=clean(_without(plain, gone)),
    )


def facts_of(brief: Brief, labels: tuple[str, ...]) -> tuple[Fact, ...]:
    """All that a film of this brief may say: name, price, the description's clauses, nouns read on the product."""
    facts: list[Fact] = []
    name = clean(brief.name).replace("\n", " ")
    if name:
        facts.append(Fact(id="name", kind="name", text=name, source="seller"))
    if brief.price:
        facts.append(Fact(id="price", kind="price", text=brief.price.shown, source="seller"))
    facts += _points(brief.description, brief.language, name=name)
    nouns = _nouns(labels, said=" ".join(fact.text for fact in facts))
    facts += [Fact(id=f"label{at}", kind="label", text=noun, source="photo") for at, noun in enumerate(nouns, start=1)]
    return tuple(facts)


def _points(description: str, language: str, *, name: str) -> tuple[Fact, ...]:
    """The clauses of a description that say something new, with their spans in it as it was written."""
    text = cleaned(description)
    plain = re.sub(_LABEL_LINES, lambda label: " " * len(label[0]), text.text)
    points: list[Fact] = []
    seen = {name.casefold(), ""}
    for clause in clauses(plain, language):
        known = clause.text.casefold().rstrip("!?")
        if known in seen or prices_in(clause.text, language=language):  # the price has a shot of its own
            continue
        seen.add(known)
        span = text.span(clause.start, clause.end)
        points.append(Fact(id=f"p{len(points) + 1}", kind="point", text=clause.text, source="seller", span=span))
        if len(points) == MOST_POINTS:
            break
    return tuple(points)


def _nouns(labels: tuple[str, ...], *, said: str) -> list[str]:
    """Words printed on the product that may be shown: letters only, since numbers and slogans would be claims."""
    nouns: list[str] = []
    for label in labels:
        noun = clean(label)
        wordy = re.fullmatch(r"[^\W\d_][^\W\d_'’&. -]{1,23}", noun) and len(noun.split()) <= 3
        if (
            wordy
            and noun.casefold() not in {known.casefold() for known in nouns}
            and noun.casefold() not in said.casefold()
        ):
            nouns.append(noun)
    return nouns[:MOST_LABELS]


# ── a name in free text ──────────────────────────────────────────────────────────────────────────────────────────────


def _labelled_name(text: str) -> _Named | None:
    """The value of a line such as "Name: Nordtisch"."""
    for line in re.finditer(_LINE, text):
        label = _LABELLED.match(line[0])
        if label and label["name"]:
            clause = trimmed(text, line.start() + label.end(), line.end())
            return _Named(_Range(clause.start, clause.end), _Range(*line.span())) if clause else None
    return None


def _leading_name(text: str, language: str, found: Found | None) -> _Named | None:
    """The name that a message begins with: its first line when that is a title, otherwise its first clause."""
    first = next((line for line in re.finditer(_LINE, text) if any(c.isalpha() for c in line[0])), None)
    if first is None or _LABELLED.match(first[0]):
        return None
    start = first.start() + len(first[0]) - len(first[0].lstrip(" -*"))
    end = first.end()
    if found and start < found.end <= end:
        before = _BEFORE_PRICE.search(text, start, found.start)
        end = before.start() if before else found.start
    many = "\n" in text or BREAK in text
    title = trimmed(text, start, end)
    if title and many and _is_title(title.text) and not opening(language).match(title.text):
        return _Named(_Range(title.start, title.end), _Range(start, title.end))
    return _first_clause(text, start, end, language)


def _is_title(line: str) -> bool:
    listed = line.count(",") > 1 and ":" not in line
    return len(line) <= _NAME_LETTERS and not listed and not re.search(r"[.!?。！？]\s|[.!?。！？]$", line)


def _first_clause(text: str, start: int, end: int, language: str) -> _Named | None:
    """The first clause of a line that is no question and no cry, after "Hello, I am selling my"."""
    words = lexicon(language)
    opener = opening(language).match(text, start, end)
    begin = opener.end() if opener else start
    if words.inflecting and re.compile(rf"(?i)(?:{words.inflecting})\b").match(text, start, end):
        return None  # what follows is not in the form that a name has
    for sentence_start, sentence_end in sentences(text[begin:end]):
        sentence = text[begin + sentence_start : begin + sentence_end]
        owner = opening(language).match(sentence.lstrip()) if sentence_start else None
        sentence_start += len(sentence) - len(sentence.lstrip()) + owner.end() if owner else 0
        sentence = text[begin + sentence_start : begin + sentence_end]
        found = clauses(sentence, language)
        if not found or _calls(sentence):
            continue
        at = begin + sentence_start + found[0].start
        cut, whole = _cut_name(found[0].text, words, led=begin > start)
        if not cut:
            return None
        name = _Range(at, at + cut)
        opened = start if sentence_start == 0 and begin > start else name.start
        return _Named(name, _Range(opened, name.end) if whole else None)
    return None


def _title_end(clause: str) -> int:
    """Where a title ends: at its colon, or before a closing "!"."""
    colon = re.search(r"(?<=\w\w[\w\"”“»])\s?[:：]\s", clause)
    return colon.start() if colon else len(clause.rstrip("!！"))


def _calls(sentence: str) -> bool:
    """Whether a sentence is a question or a cry ("Wow!") rather than a title, which may be cried out too."""
    return sentence.rstrip().endswith(("?", "？")) or (sentence.rstrip()[-1] in "!！" and len(sentence.split()) < 2)


def _cut_name(clause: str, words: Lexicon, *, led: bool) -> tuple[int, bool]:
    """How many characters of a clause are the name (0: none are), and whether the rest can do without them."""
    tokens = list(re.finditer(r"\S+", clause[: _title_end(clause)]))
    lowered = [token[0].lower() for token in tokens]
    if not led and lowered[0] in words.pronouns:
        return 0, True
    whole = True
    for at, word in enumerate(lowered[1:], start=1):
        says = word in words.copulas or (word in words.subordinators and word not in words.articles)
        if says or (word in words.openers and len(tokens) > _DESCRIPTIVE and at > 1):
            tokens, whole = tokens[:at], not says
            break
    while tokens and tokens[-1][0].lower() in (words.openers | words.articles | words.joins):
        tokens.pop()
    while tokens and tokens[0][0].lower() in words.articles:
        return 0, whole  # "The mug is black": a sentence, not a title
    size = tokens[-1].end() if tokens else 0
    most = _NAME_WORDS if whole else _SUBJECT_WORDS
    fits = 0 < len(tokens) <= most and size <= _NAME_LETTERS and says_something(clause[:size])
    return (size if fits else 0), whole


# ── the message without name and price ───────────────────────────────────────────────────────────────────────────────


def _price_range(text: str, found: Found | None, *, after: int) -> _Range | None:
    """The price with the words that only serve it ("only 39 €", "Price: 39 €"), when its clause says nothing else."""
    if found is None:
        return None
    for start, end in sentences(text):
        if not start <= found.start < end:
            continue
        marks = [start + mark.start() for mark in re.finditer(r",\s|[،、，;]|\s[–—-]\s", text[start:end])]
        left = max([start, *(at for at in (*marks, after) if at <= found.start)])
        right = min((at for at in marks if at >= found.end), default=end)
        if _AROUND_PRICE.fullmatch(text, left, found.start) and _AROUND_PRICE.fullmatch(text, found.end, right):
            return _Range(left, right)
    return None


def _without(text: str, gone: list[_Range]) -> str:
    """A text without some ranges, and without the punctuation that they leave behind."""
    for span in sorted(gone, key=lambda span: span.start, reverse=True):
        before, after = text[: span.start].rstrip(" \t"), text[span.end :]
        if not before or before[-1] in ("\n", BREAK):
            after = re.sub(r"^[ \t,;:.|–—·、，،。-]+", "", after)
        text = before + after
    return text.replace(BREAK, "\n")
