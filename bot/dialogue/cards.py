"""What the conversation shows, before it is put into a language: phrases, buttons, media, cards."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from pipeline.model import Artifact, Value

# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Phrase(Value):
    """A sentence by name; `bot.dialogue.phrases` says it in the seller's language.

    Arguments are the seller's own words, numbers, further phrases, or lists of these ("a, b and c").
    """

    key: str
    args: tuple[tuple[str, Arg], ...] = ()


class Listed(Value):
    """Several things, to be joined as the language does."""

    items: tuple[str | Phrase, ...]


class Tongue(Value):
    """The name of a language (BCP 47), to be written in the seller's language; `alone`: not within a sentence."""

    tag: str
    alone: bool = False


class Day(Value):
    """A date (ISO), to be written as the seller's language does."""

    iso: str


Arg = str | int | float | Phrase | Listed | Tongue | Day
Phrase.model_rebuild()


def phrase(key: str, /, **args: Arg) -> Phrase:
    """A phrase with its arguments."""
    return Phrase(key=key, args=tuple(sorted(args.items()))) if args else _plain(key)


@lru_cache(maxsize=1024)
def _plain(key: str) -> Phrase:
    return Phrase(key=key)


# ── buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Verb(StrEnum):
    """What a button does; the value is its code in a token."""

    # answering a question
    NEXT = "n"
    BACK = "b"
    SKIP = "s"
    REVIEW = "rv"
    SAME_STYLE = "ss"
    CHOOSE = "c"  # one of several; value: the option
    TOGGLE = "t"  # one more or less of several; value: the option
    HEAR = "h"  # value: a voice
    FIX = "fx"  # value: a step of the review card
    MAKE = "mk"
    REMOVE = "rm"  # value: index of a photo
    # beside the order
    CONTINUE = "co"
    RESTART = "re"
    USE_ANYWAY = "ua"
    LEAVE_OUT = "lo"
    UI_LANGUAGE = "ui"  # value: a language
    BRAND = "br"  # value: a part of the brand
    CLEAR = "cl"  # value: a part of the brand
    RESEND = "rs"  # value: place in the list shown
    DELETE = "de"
    DELETE_SURELY = "ds"
    CLOSE = "x"
    # under a job
    STOP = "st"
    # under previews and films
    PICK = "p"  # value: idea
    MORE_IDEAS = "mi"
    MENU = "m"  # value: a menu
    RETAKE = "rt"  # value: shot; shows other takes of it
    TAKE = "tk"  # value: shot and take
    OTHER_TAKES = "ot"
    FILM_ANEW = "fa"  # value: shot
    VOICE = "v"  # value: a voice
    MUSIC = "mu"
    WORDS = "w"  # value: shot
    HEADLINE = "hl"  # value: shot
    ADD = "a"  # value: platform
    OTHER_IDEA = "oi"
    UNDO = "u"
    PUBLISH = "pb"  # value: platform; shows what would be posted
    POST = "po"  # value: platform


class Scope(StrEnum):
    """Which of the cards that are live side by side a button belongs to."""

    QUESTION = "q"
    ASIDE = "a"
    RUN = "r"  # with its number
    FILM = "f"  # with its number


class Action(Value):
    """What pressing a button means. Together with the turn of its card it is what a token says."""

    verb: Verb
    value: str = ""
    scope: Scope = Scope.QUESTION
    number: int = 0


class Weight(StrEnum):
    """How a button looks, where the chat can show it."""

    MAIN = "main"
    PLAIN = "plain"
    DANGER = "danger"


class Button(Value):
    """A button; `picked` is None unless it is one of several that can be ticked."""

    label: Phrase
    action: Action
    weight: Weight = Weight.PLAIN
    picked: bool | None = None


class CopyButton(Value):
    """A button that copies a text to the clipboard; chats without such a thing show the text instead."""

    label: Phrase
    text: str


class LinkButton(Value):
    """A button that opens an address; chats without such a thing show the address instead."""

    label: Phrase
    address: str


Rows = tuple[tuple[Button | CopyButton | LinkButton, ...], ...]
Drawn = tuple[tuple[Phrase, ...], Rows]  # what stands on a card, and its buttons


# ── media ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Picture(Value):
    """A still picture."""

    kind: Literal["picture"] = "picture"
    image: Artifact


class Sound(Value):
    """Something to listen to, MP3."""

    kind: Literal["sound"] = "sound"
    audio: Artifact
    title: Phrase


class Video(Value):
    """A film, MP4, with what chats need to show it well."""

    kind: Literal["video"] = "video"
    video: Artifact
    cover: Artifact
    width: int
    height: int
    seconds: float
    name: str  # a file name to save it under, without extension


class Document(Value):
    """A file to keep."""

    kind: Literal["document"] = "document"
    file: Artifact
    name: str  # with extension


Medium = Annotated[Picture | Sound | Video | Document, Field(discriminator="kind")]

# ── cards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Card(Value):
    """One message. The same `slot` shown again edits the same message.

    Media: none, one Picture, one Sound, one Video, or any number of Documents.
    """

    slot: str
    topic: str  # what it is about, such as "tone" or "film": for scripts and tests, never shown
    lines: tuple[Phrase, ...]
    media: tuple[Medium, ...] = ()
    rows: Rows = ()
    turn: int = 0  # of its buttons
    typing: Phrase | None = None  # a typed answer is welcome: what to type
    fraction: float | None = None  # how far a job is (0..1): chats may draw a bar
    job: str = ""  # the job that it reports on: its message is remembered with the job
    patient: bool = False  # may be shown late, and left out when a newer one of the slot has come
    below: bool = False  # belongs below what the seller sent last: a chat that can moves its message there
    once: bool = False  # never changes: posted once, not edited when delivered again
