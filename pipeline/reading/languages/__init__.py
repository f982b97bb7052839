"""What sellers say in each language: one TOML file a language, checked when it is read. README.md tells the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from pipeline.model import Value
from pipeline.reading.phrasing import Phrases, either
from pipeline.reading.wordfiles import Words, checked


class Grammar(Value):
    """The function words of a language."""

    joins: Words = frozenset()  # coordinating conjunctions
    ands: Phrases = ()  # those of them that only join: "and"
    openers: Words = frozenset()  # prepositions at which a phrase can begin
    binding: Words = frozenset()  # those within a thing's name: "of"
    ors: Words = frozenset()  # those of them that offer a choice
    articles: Words = frozenset()
    subordinators: Words = frozenset()  # words that tie what follows to what went before
    copulas: Words = frozenset()
    pronouns: Words = frozenset()
    withs: Words = frozenset()  # "with", in languages where what follows it stands as well without it
    common: Words = frozenset()  # further frequent words, to recognise the language


class Selling(Value):
    """How sellers begin and end when they name a product."""

    greetings: Phrases = ()
    offers: Phrases = ()  # "I am selling"
    inflecting: Phrases = ()  # offers after which the product is not named in its plain form
    owners: Phrases = ()  # "my", "the"
    praise: Phrases = ()  # what a product is called before a colon: "our bestseller:"
    traits: Phrases = ()  # how words end that only describe, where blanks part a title: "付き"
    closers: Phrases = ()  # after the name: "is for sale", "です"


class Labels(Value):
    """What stands before a colon."""

    name: Phrases = ()
    price: Phrases = ()
    other: Phrases = ()


class Prices(Value):
    """The words around amounts."""

    serving: Phrases = ()  # before a price, and only there for it: "only", "for"
    after: Phrases = ()  # after a price, and only there for it: "each", "or best offer"
    costing: Phrases = ()  # verbs that need the price: "costs"
    limits: Phrases = ()  # "from 39 €" must not become "39 €"
    between: Phrases = ()  # before the lower end of a range
    to: Phrases = ()  # between its ends
    numbers: Phrases = ()  # small numbers in words, as in "two for £10"
    many: Phrases = ()  # the "for" of that
    per: Phrases = ()  # after a price, and part of it: "per hour"
    weighing: Phrases = ()  # near an amount of pounds: words that make it a weight
    former: Phrases = ()  # before what it cost, or costs elsewhere: "was"
    former_after: Phrases = ()
    now: Phrases = ()  # between an old price and the new one
    saving: Phrases = ()  # before an amount that is saved, deposited, or from which something is free
    saving_after: Phrases = ()
    lowered_after: Phrases = ()  # looks like the one before, but the amount is the price
    shipping: Phrases = ()
    shipping_after: Phrases = ()  # "de livraison"
    free_shipping: Phrases = ()  # what before "shipping" says that it costs nothing
    included: Phrases = ()  # how words begin that say so after it
    threshold: Phrases = ()  # between "free shipping" and the amount from which it is


class Abbreviations(Value):
    """What is written with a full stop that ends no sentence; without it here."""

    inside: Phrases = ()
    leading: Phrases = ()  # those after which something always comes, be it written large


class Filming(Value):
    """What a script needs to know of a language."""

    counted: Phrases = ()  # words that say with a number alone what there is: "hours"
    choice: Phrases = ()  # words for several to choose from: "colours"
    noun: Literal["first", "last", "capital"] = "last"  # where the noun of a name is, or how it is written
    describing: Phrases = ()  # adjectives that look like such a noun


class Language(Value):
    """All that reading a seller's text needs to know of one language."""

    spaced: bool = True  # words are set apart by blanks
    glued: bool = False  # words take others on without a blank: their ends are not looked for
    letters: str = ""  # that tell this language from others
    calls: Phrases = ()  # what is called out before the product is named: "NEW!"
    terms: Phrases = ()  # clauses that are about the sale and not the product: "collection only"
    terms_within: Phrases = ()  # words that make a clause one
    terms_kept: Phrases = ()  # words that make it none for all that
    headings: Phrases = ()  # titles of sections, which say nothing alone: "Key benefits"
    notes: Phrases = ()  # how clauses begin that help buyers but make no film: "Ingredients:"
    flaws: Phrases = ()  # words for what is wrong with used things: "scratch"
    flawless: Phrases = ()  # words that turn these round: "no", "resistant"
    links: Phrases = ()  # before an address: "see", "at"
    grammar: Grammar = Grammar()
    selling: Selling = Selling()
    labels: Labels = Labels()
    price: Prices = Prices()
    abbreviations: Abbreviations = Abbreviations()
    film: Filming = Filming()
    currencies: dict[str, Phrases] = Field(default_factory=dict)  # everyday names by ISO 4217 code: "pounds"


NEUTRAL = Language(grammar=Grammar(joins=frozenset("&")))


def words_of(tag: str) -> Language:
    """What is known of a language (BCP 47); one without any words for a language that is not known."""
    return known().get(base(tag), NEUTRAL)


def base(tag: str) -> str:
    """The language of a tag without script and region: "pt-BR" is "pt"."""
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def known() -> Mapping[str, Language]:
    """All languages that have a file here, by their tag.

    Raises:
        ValueError: a file cannot be read; the message names the file and the key.
    """
    found = sorted(path.name for path in files(__package__).iterdir() if path.name.endswith(".toml"))
    return {name.removesuffix(".toml"): read(name, (files(__package__) / name).read_text("utf-8")) for name in found}


def read(name: str, text: str) -> Language:
    """One language from the text of its file.

    Raises:
        ValueError: what it says is not as it should be; the message names the file and the key.
    """
    return checked(Language, name=name, text=text)


Pick = Callable[[Language], tuple[str, ...]]


def spaced(pick: Pick) -> str:
    """A regular expression for phrases of all languages whose words are set apart."""
    return either(phrase for one in known().values() if not one.glued for phrase in pick(one))


def glued(pick: Pick) -> str:
    """The same for the languages whose words are not."""
    return either(phrase for one in known().values() if one.glued for phrase in pick(one))


def every(pick: Pick) -> str:
    """The same for all languages."""
    return either(phrase for one in known().values() for phrase in pick(one))


def worded(pick: Pick) -> str:
    """The same for all languages, with whole words where words are set apart."""
    return rf"(?:\b{spaced(pick)}\b|{glued(pick)})"
