"""What sellers are known to say, in every language that has a file in `bot/phrases/heard`: yes, no, thanks, stop …

The chat speaks few languages; in these little things it understands many. README.md beside the files tells their keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from pipeline.model import Platform, Value
from pipeline.reading import Phrases, Words, checked, either, spellings

FOLDER = Path(__file__).parent.parent / "phrases" / "heard"
_OPEN = re.compile(r"[*#…]")  # what makes a phrase match more than can be listed
_KEY = re.compile(r"(?<!\?P)<([a-z_.]+)>")


class Said(StrEnum):
    """What a message as a whole says; the value is the key in the files."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"
    BACK = "back"
    THANKS = "thanks"
    GREETING = "greeting"
    HELP = "help"
    STOP = "stop"
    RESTART = "restart"
    COST = "cost"
    PRAISE = "praise"
    SILENCE = "silence"
    SAME_STYLE = "same_style"
    PUBLISH = "publish"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    OTHERS = "others"


Length = Literal["short", "medium", "long"]
Timbre = Literal["female", "male"]
Colour = Literal[
    "black", "white", "red", "blue", "green", "yellow", "orange", "pink", "rose", "purple", "brown", "grey", "gold",
    "beige",
]  # fmt: skip
Part = Literal["photos", "name", "price", "points", "language", "tone", "voice", "platforms", "length"]
Setting = Literal["ui_language", "handle", "closing_line", "colours", "logo", "sayings"]


def _listable(phrases: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [phrase for phrase in phrases if _OPEN.search(phrase)]:
        raise ValueError(f"{', '.join(wrong)}: *, # and … can not stand in a name")
    return phrases


class Heard(Value):
    """What sellers say who write one language."""

    # whole messages
    yes: Phrases = ()
    no: Phrases = ()
    skip: Phrases = ()
    back: Phrases = ()
    thanks: Phrases = ()
    greeting: Phrases = ()
    help: Phrases = ()
    stop: Phrases = ()
    restart: Phrases = ()
    cost: Phrases = ()  # questions what all this costs
    praise: Phrases = ()
    silence: Phrases = ()  # a wish for no voice
    same_style: Phrases = ()  # a wish for a film like the last one
    publish: Phrases = ()  # a wish to have a film posted
    first: Phrases = ()  # of ideas or takes
    second: Phrases = ()
    third: Phrases = ()
    fourth: Phrases = ()
    others: Phrases = ()  # a wish to see others than those shown

    # beginnings of messages
    questions: Phrases = ()
    changes: Phrases = ()  # a film should be otherwise: "make it", "shorter"
    joining: Phrases = ()  # what may stand before these: "but"
    starting: Phrases = ()  # what says nothing before what is meant: "oh", "wait"
    ending: Phrases = ()  # the same after it: "actually"
    choosing: Phrases = ()  # before a letter: "I take"
    adding: Phrases = ()  # before more about the product: "also"
    asking: Phrases = ()  # before a part of the order: "change", "wrong"
    naming: Phrases = ()  # before a name: "it's called"

    # words within messages
    please: Phrases = ()
    idea: Phrases = ()  # what ideas for films are called, before a letter
    articles: Phrases = ()
    in_language: Phrases = ()  # before the name of a language
    all: Phrases = ()  # all platforms
    pricing: Phrases = ()  # around an amount that is all that is said: "it's", "each"
    without: Phrases = ()  # before what an order calls a voice
    only: Phrases = ()  # before captions, which means no voice
    captions: Phrases = ()
    costing: Phrases = ()  # tell that an amount is the price
    correcting: Phrases = ()  # tell that something was wrong: "actually"
    removing: Phrases = ()  # before what is not wanted: "remove", "no"
    wrong: Phrases = ()  # after a part of the order that was misunderstood: "is wrong"
    shorter: Phrases = ()  # a film than what is picked
    longer: Phrases = ()
    wishing: Phrases = ()  # tell that a message is about the film
    filling: Words = frozenset()  # words that a wish for the film is made of, besides what it wishes
    seconds: Phrases = ()  # after a number

    # names of things
    lengths: dict[Length, Phrases] = Field(default_factory=dict)
    timbres: dict[Timbre, Phrases] = Field(default_factory=dict)
    platforms: dict[Platform, Phrases] = Field(default_factory=dict)
    colours: dict[Colour, Words] = Field(default_factory=dict)
    parts: dict[Part, Phrases] = Field(default_factory=dict)  # of an order
    settings: dict[Setting, Annotated[Phrases, AfterValidator(_listable)]] = Field(default_factory=dict)


@dataclass(frozen=True)
class _Messages:
    """Whole messages: those that can be listed, and a pattern of the others."""

    plain: frozenset[str]
    pattern: re.Pattern[str] | None


def comparable(text: str) -> str:
    """A text without what people write in one way or the other: case, apostrophes, the dots of a Turkish i."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return folded.replace("’", "'").replace("i\u0307", "i").replace("ı", "i")


def says(said: Said, text: str) -> bool:
    """Whether a text, made comparable by `words.plain`, says this in any language."""
    messages = _messages(said)
    return text in messages.plain or (messages.pattern is not None and messages.pattern.fullmatch(text) is not None)


def begins_question(text: str) -> bool:
    """Whether a text, made comparable, begins as questions do."""
    return pattern(r"<questions>\b").match(text) is not None


@cache
def pattern(shape: str) -> re.Pattern[str]:
    """A regular expression, compiled once, in which <key> stands for one of the phrases under this key.

    It is for texts made comparable; with (?i) for texts as they are typed.
    """
    return re.compile(_KEY.sub(lambda key: _either(phrases(key[1])), shape))


@cache
def names(table: str) -> Mapping[str, str]:
    """The keys of a table by their names in all languages, made comparable."""
    return {
        comparable(name): key
        for heard in known().values()
        for key, found in getattr(heard, table).items()
        for phrase in found
        for name in spellings(phrase)
    }


def phrases(key: str) -> tuple[str, ...]:
    """What is in all files under a key, or under one in a table: "colours.red"."""
    field, _, name = key.partition(".")
    found = (getattr(heard, field) for heard in known().values())
    return tuple(phrase for one in found for phrase in (one.get(name, ()) if name else one))


@cache
def known() -> Mapping[str, Heard]:
    """What is heard in each language that has a file, by its tag.

    Raises:
        ValueError: a file cannot be read; the message names the file and the key.
    """
    return {path.stem: read(path.name, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def read(name: str, text: str) -> Heard:
    """What is heard in one language, from the text of its file.

    Raises:
        ValueError: what it says is not as it should be; the message names the file and the key.
    """
    return checked(Heard, name=name, text=text)


def _either(found: tuple[str, ...]) -> str:
    return either((*found, *map(comparable, found)))


@cache
def _messages(said: Said) -> _Messages:
    found = [comparable(phrase) for phrase in phrases(said)]
    open_ended = [phrase for phrase in found if _OPEN.search(phrase)]
    plain = frozenset(text for phrase in found if phrase not in open_ended for text in spellings(phrase))
    return _Messages(plain, re.compile(either(open_ended)) if open_ended else None)
