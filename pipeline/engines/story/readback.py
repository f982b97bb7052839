"""The read-back: signs of a bad script, looked for before anything is filmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pipeline.model import Intent, Shot, Storyboard
from pipeline.reading import prices_in, words_of
from pipeline.wording.bank import entry
from pipeline.wording.trace import trace

_MOST_EXCLAMATIONS = 2
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})\s+\1\b", re.IGNORECASE)
_SLOT_LEFT = re.compile(r"[{}]|\(\s*\)|„“|«\s*»|\"\"|''|:\s*[.,:;!?]|^\s*[,;:]|\s[.,;]|[^.]\.\.(?!\.)")


def bad_signs(board: Storyboard) -> tuple[str, ...]:
    """What is wrong with a storyboard's words, by name; empty when it can be filmed."""
    return tuple(name for name, found in _SIGNS.items() if found(board))


def _lines(board: Storyboard) -> list[str]:
    return [text for shot in board.shots for text in (shot.spoken, shot.shown) if text]


def _doubled_word(board: Storyboard) -> bool:
    own = " ".join(fact.text for fact in board.facts)
    return any(match[0] not in own for line in _lines(board) for match in _DOUBLED.finditer(line))


def _dangling_word(board: Storyboard) -> bool:
    """A line that ends in "and" or "the" while the next shot does not go on with the same point."""
    words = words_of(board.language).grammar
    loose = words.joins | words.articles
    for shot, after in zip(board.shots, (*board.shots[1:], None), strict=True):
        last = shot.spoken.rstrip(" .,;:!?…").rsplit(" ", 1)[-1].lower()
        own = any(fact.text.rstrip(" .,;:!?…").lower().endswith(last) for fact in board.facts)
        goes_on = after is not None and shot.facts == after.facts
        if last in loose and " " in shot.spoken and not (goes_on or own or _ends_as_written(shot, board)):
            return True
    return False


def _ends_as_written(shot: Shot, board: Storyboard) -> bool:
    """Whether a line ends with words of a phrase bank or of the closing line, which may end as they like."""
    phrases = [known for identity in shot.bank if (known := entry(identity))]
    ends = [board.call_to_action, *(phrase.parts[1].strip() if phrase.slot else phrase.text for phrase in phrases)]
    return any(end and shot.spoken.endswith(end) for end in ends)


def _two_prices(board: Storyboard) -> bool:
    """More than one price, beside those that the product is named after."""
    name = next((fact.text for fact in board.facts if fact.kind == "name"), "")
    named = {found.price for found in prices_in(name, language=board.language)}
    said = [found.price for shot in board.shots for found in prices_in(shot.spoken, language=board.language)]
    return len([price for price in said if price not in named]) > 1


def _empty_slot(board: Storyboard) -> bool:
    own = "\n".join(fact.text for fact in board.facts)
    return any(match[0] not in own for line in _lines(board) for match in _SLOT_LEFT.finditer(line))


def _foreign_letters(board: Storyboard) -> bool:
    """Letters of a script that neither the language nor the seller uses."""
    own = {_script(char) for text in (*(fact.text for fact in board.facts), board.call_to_action) for char in text}
    allowed = own | _scripts_of(board.language) | {""}
    return any(_script(char) not in allowed for line in _lines(board) for char in line)


def _mixed_languages(board: Storyboard) -> bool:
    phrases = (identity for shot in board.shots for identity in shot.bank)
    return any(identity.split(".")[0] != board.language.split("-")[0].lower() for identity in phrases)


def _too_many_exclamations(board: Storyboard) -> bool:
    return sum(len(re.findall("[!！]", shot.spoken)) for shot in board.shots) > _MOST_EXCLAMATIONS


def _no_card(board: Storyboard) -> bool:
    return not board.shots or board.shots[-1].intent is not Intent.CARD


def _unsourced(board: Storyboard) -> bool:
    return any(claim.source == "none" for claim in trace(board))


def _repeated_line(board: Storyboard) -> bool:
    said = [shot.spoken.casefold() for shot in board.shots if shot.bank]
    return len(said) != len(set(said))


def _script(char: str) -> str:
    """The script of a letter by its name ("LATIN", "CYRILLIC"); "" for anything that is no letter."""
    if not char.isalpha():
        return ""
    first = unicodedata.name(char, "").split(" ")[0]
    return "LATIN" if first in ("FEMININE", "MASCULINE", "FULLWIDTH", "MODIFIER", "DOUBLE-STRUCK") else first


def _scripts_of(language: str) -> set[str]:
    special = {
        "uk": {"CYRILLIC"}, "ru": {"CYRILLIC"}, "bg": {"CYRILLIC"}, "ar": {"ARABIC"}, "he": {"HEBREW"}, "el": {"GREEK"},
        "ja": {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK", "IDEOGRAPHIC"}, "ko": {"HANGUL"}, "zh": {"CJK"},
    }  # fmt: skip
    return special.get(language.split("-")[0].lower(), {"LATIN"})


_SIGNS: dict[str, Callable[[Storyboard], bool]] = {
    "doubled word": _doubled_word,
    "dangling word": _dangling_word,
    "two prices": _two_prices,
    "empty slot": _empty_slot,
    "foreign letters": _foreign_letters,
    "mixed languages": _mixed_languages,
    "too many exclamations": _too_many_exclamations,
    "no end card": _no_card,
    "words without a source": _unsourced,
    "repeated line": _repeated_line,
}
