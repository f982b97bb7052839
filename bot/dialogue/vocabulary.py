"""What sellers are known to say, in every language that has a file in `bot/phrases/heard`: yes, no, thanks, stop …

These are whole messages. The chat speaks few languages; in these little things it understands many.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "phrases" / "heard"


class Said(StrEnum):
    """What a message says; the value is the key in the files."""

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


@dataclass(frozen=True)
class _Known:
    """Messages word by word, and patterns of whole messages."""

    messages: frozenset[str]
    pattern: re.Pattern[str] | None


def comparable(text: str) -> str:
    """A text without what people write in one way or the other: case, apostrophes, the dots of a Turkish i."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return folded.replace("’", "'").replace("i\u0307", "i").replace("ı", "i")


def says(said: Said, text: str) -> bool:
    """Whether a text, made comparable by `words.plain`, says this in any language."""
    known = _known(said)
    return text in known.messages or (known.pattern is not None and known.pattern.fullmatch(text) is not None)


def begins_question(text: str) -> bool:
    """Whether a text begins as questions do."""
    return _question().match(text) is not None


@cache
def _known(said: Said) -> _Known:
    messages = frozenset(comparable(one) for file in _files() for one in file.get(said, ()))
    return _Known(messages, _either([one for file in _files() for one in file.get(f"{said}-like", ())]))


@cache
def _question() -> re.Pattern[str]:
    begins = [one for file in _files() for one in file.get("question-begins", ())]
    return re.compile(rf"(?:{'|'.join(begins)})\b")


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{one})" for one in patterns)) if patterns else None


@cache
def _files() -> tuple[dict[str, list[str]], ...]:
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))
