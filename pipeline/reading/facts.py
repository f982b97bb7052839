"""From a seller's words to facts: what a film may say, each with the place it comes from."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model import Brief, Fact, Price, Value
from pipeline.reading.asking import Priced, Role, priced
from pipeline.reading.clauses import clauses, parted
from pipeline.reading.cleaning import clean, cleaned
from pipeline.reading.markup import lines_of
from pipeline.reading.money import prices_in
from pipeline.reading.naming import Named, label_lines, labelled_name, leading_name
from pipeline.reading.opening import opening
from pipeline.reading.remainder import price_range, without
from pipeline.reading.terms import is_heading, is_term

_TITLE_LINE = re.compile(r"^[^\n:：]{2,40}[:：][ \t]*$(?=\n)", re.MULTILINE)  # "Why you'll love it:", the list below it
_CAPITAL_LINE = re.compile(r"^[A-ZÀ-ÖØ-Þ]{3,}(?: [A-ZÀ-ÖØ-Þ&]+){0,2}[:：]?$", re.MULTILINE)  # titles, if several
MOST_POINTS = 24
MOST_LABELS = 6


class Understanding(Value):
    """What a seller's message says; `description` is the message without name and price."""

    name: str
    price: Price | None
    description: str


def understand(text: str, language: str) -> Understanding:
    """Find name and price in a message, by what sellers usually do; empty where there is none to find.

    The seller sees and corrects what was found. Words are taken as data only: cleaned, never obeyed.
    """
    plain = cleaned(lines_of(text)).text.strip()
    amounts = priced(plain, language)
    return _understood(plain, language, amounts, labelled_name(plain) or leading_name(plain, language, amounts))


def understand_more(text: str, language: str) -> Understanding:
    """The same for a message about a product that has its name already: only a line "Name: …" gives it another.

    A message with a price of its own tells of the product from the start.
    """
    plain = cleaned(lines_of(text)).text.strip()
    amounts = priced(plain, language)
    if any(one.role is Role.ASKING for one in amounts):
        return understand(text, language)
    return _understood(plain, language, amounts, labelled_name(plain))


def _understood(plain: str, language: str, amounts: tuple[Priced, ...], named: Named | None) -> Understanding:
    found = next((one.found for one in amounts if one.role is Role.ASKING), None)
    name = named.name if named else None
    named_until = named.gone.end if named and named.gone else 0
    about = None if found is None else price_range(plain, found, language, after=named_until)
    gone = [span for span in (named.gone if named else None, about) if span]
    return Understanding(
        name=clean(plain[name.start : name.end]) if name else "",
        price=found.price if found else None,
        description=clean(without(plain, gone)),
    )


@lru_cache(maxsize=64)  # a card that shows them is shown more than once
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
    plain = _TITLE_LINE.sub(lambda line: " " * len(line[0]), text.text)
    if len(_CAPITAL_LINE.findall(plain)) > 1:
        plain = _CAPITAL_LINE.sub(lambda line: " " * len(line[0]), plain)
    plain = label_lines().sub(lambda label: " " * len(label[0]), plain)
    points: list[Fact] = []
    seen = {name.casefold(), ""}
    for clause in (part for whole in clauses(plain, language) for part in parted(whole, language)):
        known = clause.text.casefold().rstrip("!?")
        if known in seen or prices_in(clause.text, language=language):  # the price has a shot of its own
            continue
        if is_term(clause.text) or is_heading(clause.text) or opening(language).fullmatch(clause.text):
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
