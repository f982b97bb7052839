"""The name of a product in a seller's free text: where it stands, and what can go once it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.asking import Priced
from pipeline.clauses import Clause, after_bullet, clauses, says_something, sentences, trimmed
from pipeline.cleaning import BREAK
from pipeline.lexicon import Lexicon, lexicon, opening
from pipeline.preamble import without_preamble

_NAME_WORDS, _NAME_LETTERS = 13, 90
_SUBJECT_WORDS = 4
# prepositions within a thing's name
_BINDING = frozenset({"of", "de", "del", "di", "da", "do", "dos", "das", "du", "des", "von", "van"})
_DESCRIPTIVE = 6  # words from which on a first clause is cut at its "with" or "is"

_LINE = rf"[^\n{BREAK}]+"
_NAME_LABEL = (
    "name|product|product name|item|title|produkt|produktname|artikel|titel|nombre|producto|artículo|nom|produit|"
    "article|titre|nome|prodotto|produto|nazwa|tytuł|naam|productnaam|namn|ad|ürün|ürün adı|назва|товар|"
    "商品名|商品|品名|이름|상품명|제품명|الاسم|المنتج|اسم المنتج"
)
PRICE_LABEL = (
    "price|our price|asking price|preis|precio|prix|prezzo|preço|cena|prijs|pris|fiyat|ціна|価格|値段|가격|السعر|"
    "only|just|now|nur|jetzt|vb|fp|solo|seulement|tylko|for|für|por|pour|za|voor|för|za|за"
)
_OTHER_LABEL = (
    "description|about|details|beschreibung|descripción|description du produit|descrizione|descrição|opis|"
    "beschrijving|beskrivning|açıklama|опис|説明|商品説明|설명|الوصف"
)
LABEL_LINES = re.compile(rf"^(?:{_NAME_LABEL}|{PRICE_LABEL}|{_OTHER_LABEL})\s*[:：=]\s*", re.IGNORECASE | re.MULTILINE)
_LABELLED = re.compile(
    rf"^\s*(?:(?P<name>{_NAME_LABEL})|(?P<price>{PRICE_LABEL})|(?P<other>{_OTHER_LABEL}))\s*[:：=]\s*", re.IGNORECASE
)
BEFORE_PRICE = re.compile(rf"(?:(?:^|\s+)(?:{PRICE_LABEL}))*[\s:：=,(–—-]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Range:
    """Where something stands in a text: `start` inclusive, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Named:
    """Where a name is, and what the description can do without once it is known."""

    name: Range
    gone: Range | None


def labelled_name(text: str) -> Named | None:
    """The value of a line such as "Name: Nordtisch"."""
    for line in re.finditer(_LINE, text):
        label = _LABELLED.match(line[0])
        if label and label["name"]:
            clause = trimmed(text, line.start() + label.end(), line.end())
            return Named(Range(clause.start, clause.end), Range(*line.span())) if clause else None
    return None


def leading_name(text: str, language: str, amounts: tuple[Priced, ...]) -> Named | None:
    """The name that a message begins with: its first line when that is a title, otherwise its first clause."""
    many = "\n" in text or BREAK in text
    text = without_preamble(text, amounts, language)
    first = next((line for line in re.finditer(_LINE, text) if any(c.isalpha() for c in line[0])), None)
    if first is None or _LABELLED.match(first[0]):
        return None
    start, end = _before_price(text, after_bullet(text, *first.span()), first.end(), amounts)
    title = trimmed(text, start, end)
    if title and many and _is_title(title.text) and not opening(language).match(title.text):
        return Named(_until_closer(title, language), Range(first.start(), title.end))
    return _first_clause(text, start, end, language)


def _before_price(text: str, start: int, end: int, amounts: tuple[Priced, ...]) -> tuple[int, int]:
    """The range of a line up to its first amount and the words that serve it; after it when the line begins there."""
    for one in amounts:
        if start <= one.start and one.found.end <= end:
            before = BEFORE_PRICE.search(text, start, one.start)
            until = before.start() if before else one.start
            if re.search(r"\w", text[start:until]):
                return start, until
            start = one.found.end
    return start, end


def _until_closer(title: Clause, language: str) -> Range:
    """A title without "is for sale" at its end, in languages that say so there."""
    closers = lexicon(language).closers
    closer = re.search(rf"(?:{closers})[!！]*$", title.text) if closers else None
    return Range(title.start, title.start + closer.start() if closer and closer.start() else title.end)


def _is_title(line: str) -> bool:
    listed = line.count(",") > 1 and ":" not in line
    return len(line) <= _NAME_LETTERS and not listed and not re.search(r"[.!?]\s|[.!?]$|[。！？]", line)


def _first_clause(text: str, start: int, end: int, language: str) -> Named | None:
    """The first clause of a line that is no question and no cry, after "Hello, I am selling my"."""
    words = lexicon(language)
    opener = opening(language).match(text, start, end)
    begin = opener.end() if opener else start
    greeted = rf"(?:(?:{words.greetings})\b[\s,!.]*)?"
    if words.inflecting and re.compile(rf"(?i){greeted}(?:{words.inflecting})\b").match(text, start, end):
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
        titled = _until_closer(found[0], language)
        cut, whole = _cut_name(found[0].text[: titled.end - titled.start], words, led=begin > start)
        if not cut:
            return None
        name = Range(at, at + cut)
        opened = start if sentence_start == 0 and begin > start else name.start
        closed = found[0].end - found[0].start if cut == titled.end - titled.start else cut
        return Named(name, Range(opened, at + closed) if whole else None)
    return None


def _title_end(clause: str) -> int:
    """Where a title ends: at its colon, or before a closing "!"."""
    colon = re.search(r"\w\w[\w\"”“]?\s?»?(\s?[:：]\s)", clause)
    return colon.start(1) if colon else len(clause.rstrip("!！"))


def _calls(sentence: str) -> bool:
    """Whether a sentence is a question or a cry ("Wow!") rather than a title, which may be cried out too."""
    return sentence.rstrip().endswith(("?", "？")) or (sentence.rstrip()[-1] in "!！" and len(sentence.split()) < 2)


def _cut_name(clause: str, words: Lexicon, *, led: bool) -> tuple[int, bool]:
    """How many characters of a clause are the name (0: none are), and whether the rest can do without them."""
    tokens = list(re.finditer(r"\S+", clause[: _title_end(clause)]))
    lowered = [token[0].lower() for token in tokens]
    if not led and re.split("['’]", lowered[0])[0] in words.pronouns:
        return 0, True
    whole = True
    for at, word in enumerate(lowered[1:], start=1):
        says = word in words.copulas or (word in words.subordinators and word not in words.articles)
        phrase = word in words.openers and word not in _BINDING
        if says or (phrase and len(tokens) > _DESCRIPTIVE and at > 1):
            tokens, whole = tokens[:at], not says
            break
    while tokens and tokens[-1][0].lower() in (words.openers | words.articles | words.joins):
        tokens.pop()
    colon = _title_end(clause)
    titled = colon < len(clause.rstrip("!！")) and len(re.findall(r"\w+", clause[:colon])) <= _SUBJECT_WORDS
    if tokens and tokens[0][0].lower() in words.articles and not titled:
        return 0, whole  # "The mug is black": a sentence, not a title
    size = tokens[-1].end() if tokens else 0
    most = _NAME_WORDS if whole else _SUBJECT_WORDS
    fits = 0 < len(tokens) <= most and size <= _NAME_LETTERS and says_something(clause[:size])
    return (size if fits else 0), whole
