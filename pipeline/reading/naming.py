"""The name of a product in a seller's free text: where it stands, and what can go once it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.reading.asking import Priced
from pipeline.reading.clauses import Clause, after_bullet, clauses, says_something, sentences, trimmed
from pipeline.reading.cleaning import BREAK
from pipeline.reading.languages import Grammar, every, words_of
from pipeline.reading.opening import closing, inflecting, opening, trait
from pipeline.reading.preamble import without_preamble

_NAME_WORDS, _NAME_LETTERS = 13, 90
_SUBJECT_WORDS = 4
_DESCRIPTIVE = 6  # words from which on a first clause is cut at its "with" or "is"

_LINE = rf"[^\n{BREAK}]+"


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


@cache
def serving() -> str:
    """What stands before a price and only serves it, as a regular expression: "Price", "only"."""
    return every(lambda words: (*words.labels.price, *words.price.serving))


@cache
def before_price() -> re.Pattern[str]:
    """Such words in a row, up to the price."""
    return re.compile(rf"(?:(?:^|\s+){serving()})*[\s:：=,(–—-]*$", re.IGNORECASE)


@cache
def label_lines() -> re.Pattern[str]:
    """The labels at the beginnings of lines: "Name: "."""
    name, other = every(lambda words: words.labels.name), every(lambda words: words.labels.other)
    return re.compile(rf"^[^\S\n]*(?:(?P<name>{name})|{serving()}|{other})\s*[:：=]\s*", re.IGNORECASE | re.MULTILINE)


def labelled_name(text: str) -> Named | None:
    """The value of a line such as "Name: Nordtisch"."""
    for line in re.finditer(_LINE, text):
        label = label_lines().match(line[0])
        if label and label["name"]:
            clause = trimmed(text, line.start() + label.end(), line.end())
            return Named(Range(clause.start, clause.end), Range(*line.span())) if clause else None
    return None


def leading_name(text: str, language: str, amounts: tuple[Priced, ...]) -> Named | None:
    """The name that a message begins with: its first line when that is a title, otherwise its first clause."""
    many = "\n" in text or BREAK in text
    text = without_preamble(text, amounts, language)
    first = next((line for line in re.finditer(_LINE, text) if any(c.isalpha() for c in line[0])), None)
    if first is None or label_lines().match(first[0]):
        return None
    start, end = _before_price(text, after_bullet(text, *first.span()), first.end(), amounts)
    title = trimmed(text, start, end)
    if title and many and _is_title(title.text) and not opening(language).match(title.text):
        named, described = _until_closer(title, language), trait(language).search(title.text)
        cut = title.start + described.start() if described and described.start() else title.end
        return Named(Range(named.start, min(named.end, cut)), Range(first.start(), cut))
    return _first_clause(text, start, end, language)


def _before_price(text: str, start: int, end: int, amounts: tuple[Priced, ...]) -> tuple[int, int]:
    """The range of a line up to its first amount and the words that serve it; after it when the line begins there."""
    for one in amounts:
        if start <= one.start and one.found.end <= end:
            before = before_price().search(text, start, one.start)
            until = before.start() if before else one.start
            if re.search(r"\w", text[start:until]):
                return start, until
            start = one.found.end
    return start, end


def _until_closer(title: Clause, language: str) -> Range:
    """A title without "is for sale" at its end, in languages that say so there."""
    closer = closing(language).search(title.text)
    return Range(title.start, title.start + closer.start() if closer and closer.start() else title.end)


def _is_title(line: str) -> bool:
    listed = (line.count(",") > 1 and ":" not in line) or len(re.findall(r"\s[–—|-]\s", line)) > 1
    return len(line) <= _NAME_LETTERS and not listed and not re.search(r"[.!?]\s|[.!?]$|[。！？]", line)


def _first_clause(text: str, start: int, end: int, language: str) -> Named | None:
    """The first clause of a line that is no question and no cry, after "Hello, I am selling my"."""
    opener = opening(language).match(text, start, end)
    begin = opener.end() if opener else start
    if inflecting(language).match(text, start, end):
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
        described = trait(language).search(found[0].text)
        until = described.start() if described and described.start() else titled.end - titled.start
        cut, whole = _cut_name(found[0].text[:until], words_of(language).grammar, led=begin > start)
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


def _leads(clause: str, lowered: list[str], first: str, grammar: Grammar) -> bool:
    """Whether a clause tells when or why: "Since 1987, …", "Since 2010 we weave …"."""
    told = "," in clause or (lowered[1:2] and lowered[1][0].isdigit()) or grammar.pronouns.intersection(lowered)
    return first in grammar.subordinators - grammar.articles and bool(told)


def _cut_name(clause: str, grammar: Grammar, *, led: bool) -> tuple[int, bool]:
    """How many characters of a clause are the name (0: none are), and whether the rest can do without them."""
    tokens = list(re.finditer(r"\S+", clause[: _title_end(clause)]))
    lowered = [token[0].lower() for token in tokens]
    first = re.split("['’]", lowered[0])[0]
    if not led and (first in grammar.pronouns or _leads(clause, lowered, first, grammar)):
        return 0, True
    whole = True
    for at, word in enumerate(lowered[1:], start=1):
        says = word in grammar.copulas or (word in grammar.subordinators and word not in grammar.articles)
        phrase = word in grammar.openers and word not in grammar.binding
        if says or (phrase and len(tokens) > _DESCRIPTIVE and at > 1):
            tokens, whole = tokens[:at], not says
            break
    while tokens and tokens[-1][0].lower() in (grammar.openers | grammar.articles | grammar.joins):
        tokens.pop()
    colon = _title_end(clause)
    titled = colon < len(clause.rstrip("!！")) and len(re.findall(r"\w+", clause[:colon])) <= _SUBJECT_WORDS
    if tokens and tokens[0][0].lower() in grammar.articles and not titled:
        return 0, whole  # "The mug is black": a sentence, not a title
    size = tokens[-1].end() if tokens else 0
    most = _NAME_WORDS if whole else _SUBJECT_WORDS
    fits = 0 < len(tokens) <= most and size <= _NAME_LETTERS and says_something(clause[:size])
    return (size if fits else 0), whole
