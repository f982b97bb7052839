"""From a seller's words to facts: what a film may say, each with the place it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.asking import Priced, Role, priced
from pipeline.clauses import Clause, after_bullet, clauses, says_something, sentences, trimmed
from pipeline.cleaning import BREAK, clean, cleaned
from pipeline.lexicon import Lexicon, language_of, lexicon, opening
from pipeline.markup import lines_of
from pipeline.model import Brief, Fact, Price, Value
from pipeline.money import Found, prices_in
from pipeline.preamble import without_preamble
from pipeline.terms import is_term

__all__ = ["Understanding", "clean", "facts_of", "language_of", "understand"]

MOST_POINTS = 24
MOST_LABELS = 6
_NAME_WORDS, _NAME_LETTERS = 13, 90
_SUBJECT_WORDS = 4
_BINDING = frozenset(
    {"of", "de", "del", "di", "da", "do", "dos", "das", "du", "des", "von", "van"}
)  # prepositions within a thing's name
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
_BEFORE_PRICE = re.compile(rf"(?:(?:^|\s+)(?:{_PRICE_LABEL}))*[\s:：=,(–—-]*$", re.IGNORECASE)
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
    plain = cleaned(lines_of(text)).text.strip()
    amounts = priced(plain, language)
    return _understood(plain, language, amounts, _labelled_name(plain) or _leading_name(plain, language, amounts))


def understand_more(text: str, language: str) -> Understanding:
    """The same for a message about a product that has its name already: only a line "Name: …" gives it another.

    A message with a price of its own tells of the product from the start.
    """
    plain = cleaned(lines_of(text)).text.strip()
    amounts = priced(plain, language)
    if any(one.role is Role.ASKING for one in amounts):
        return understand(text, language)
    return _understood(plain, language, amounts, _labelled_name(plain))


def _understood(plain: str, language: str, amounts: tuple[Priced, ...], named: _Named | None) -> Understanding:
    found = next((one.found for one in amounts if one.role is Role.ASKING), None)
    name = named.name if named else None
    named_until = named.gone.end if named and named.gone else 0
    about = None if found is None else _price_range(plain, found, language, after=named_until)
    gone = [span for span in (named.gone if named else None, about) if span]
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
        if is_term(clause.text) or opening(language).fullmatch(clause.text):
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


def _leading_name(text: str, language: str, amounts: tuple[Priced, ...]) -> _Named | None:
    """The name that a message begins with: its first line when that is a title, otherwise its first clause."""
    many = "\n" in text or BREAK in text
    text = without_preamble(text, amounts, language)
    first = next((line for line in re.finditer(_LINE, text) if any(c.isalpha() for c in line[0])), None)
    if first is None or _LABELLED.match(first[0]):
        return None
    start, end = _before_price(text, after_bullet(text, *first.span()), first.end(), amounts)
    title = trimmed(text, start, end)
    if title and many and _is_title(title.text) and not opening(language).match(title.text):
        return _Named(_until_closer(title, language), _Range(first.start(), title.end))
    return _first_clause(text, start, end, language)


def _before_price(text: str, start: int, end: int, amounts: tuple[Priced, ...]) -> tuple[int, int]:
    """The range of a line up to its first amount and the words that serve it; after it when the line begins there."""
    for one in amounts:
        if start <= one.start and one.found.end <= end:
            before = _BEFORE_PRICE.search(text, start, one.start)
            until = before.start() if before else one.start
            if re.search(r"\w", text[start:until]):
                return start, until
            start = one.found.end
    return start, end


def _until_closer(title: Clause, language: str) -> _Range:
    """A title without "is for sale" at its end, in languages that say so there."""
    closers = lexicon(language).closers
    closer = re.search(rf"(?:{closers})[!！]*$", title.text) if closers else None
    return _Range(title.start, title.start + closer.start() if closer and closer.start() else title.end)


def _is_title(line: str) -> bool:
    listed = line.count(",") > 1 and ":" not in line
    return len(line) <= _NAME_LETTERS and not listed and not re.search(r"[.!?]\s|[.!?]$|[。！？]", line)


def _first_clause(text: str, start: int, end: int, language: str) -> _Named | None:
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
        name = _Range(at, at + cut)
        opened = start if sentence_start == 0 and begin > start else name.start
        closed = found[0].end - found[0].start if cut == titled.end - titled.start else cut
        return _Named(name, _Range(opened, at + closed) if whole else None)
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


# ── the message without name and price ───────────────────────────────────────────────────────────────────────────────


def _price_range(text: str, found: Found, language: str, *, after: int) -> _Range | None:
    """The price with the words that only serve it ("only 39 €", "Price: 39 € VB"), if the rest stands without it."""
    for start, end in sentences(text):
        if not start <= found.start < end:
            continue
        marks = [start + mark.start() for mark in re.finditer(r",\s|[،、，;]|\s[–—-]\s", text[start:end])]
        left = max([start, *(at for at in (*marks, after) if at <= found.start)])
        right = min((at for at in marks if at >= found.end), default=end)
        head, tail = _BEFORE_PRICE.search(text, left, found.start), _AFTER_PRICE.match(text, found.end, right)
        until = tail.end() if tail else found.end
        bare = _AROUND_PRICE.fullmatch(text, left, found.start), _AROUND_PRICE.fullmatch(text, until, right)
        since = head.start() if head else found.start
        if all(bare):
            return _Range(left, right)
        if bare[0] and _stands_alone(text[until:right], language):
            return _Range(left, until)
        if bare[1] and left >= after and _stands_alone(text[left:since], language):
            return _Range(since, right)
    return None


def _stands_alone(rest: str, language: str) -> bool:
    """Whether what a clause says beside the price can do without it: "solid wood" can, "they cost" cannot."""
    words = lexicon(language)
    tokens = [token.lower() for token in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*|&", rest)]
    tied = words.joins | words.articles | words.openers | words.subordinators | words.copulas
    free = len(tokens) > 1 and tokens[0] not in tied | words.pronouns and tokens[-1] not in tied
    return free and not words.copulas & set(tokens) and not _COSTING.search(rest) and not prices_in(rest)


def _without(text: str, gone: list[_Range]) -> str:
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
