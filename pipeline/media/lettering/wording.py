"""Text made fit to be drawn: hostile characters out, capitals and joints by the rules of its language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from uniseg.emoji import emoji_presentation
from uniseg.graphemecluster import grapheme_clusters

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "iw", "ur", "ps", "ckb", "yi", "dv", "sd", "ug"})

_MARKS = 2  # combining marks kept on one letter beyond what is composed with it: zalgo has dozens
_MARK_HEAVY = ("HEBREW", "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "KHMER", "MYANMAR")
_MOST_MARKS = 4  # in scripts that are written with marks
_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_SOFT_HYPHEN = "\u00ad"
_KEPT_FORMATS = frozenset(_JOINERS + _DIRECTION_MARKS + _SOFT_HYPHEN)
_TEXT_STYLE = "\ufe0e"
_EMOJI_STYLE = "\ufe0f"
_PICTURES = "\u2300"  # below are letters, signs and arrows, above begin the pictures
# Scripts written without spaces between words.
_EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH KATAKANA")
_UNSPACED = (*_EAST_ASIAN, "THAI", "LAO", "KHMER", "MYANMAR")


@lru_cache(maxsize=8192)
def clusters(text: str) -> tuple[str, ...]:
    """What a reader takes for one character each (Unicode Annex 29)."""
    return tuple(text) if text.isascii() else tuple(grapheme_clusters(text))


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text without what must not reach the screen, otherwise as it was written.

    Control characters, bidirectional overrides and isolates, private and unassigned characters are dropped; runs of
    white space become one space (a no-break space stays); a letter keeps only so many marks as some language puts on
    one. Emoji are dropped too: no font here draws them in colour, and a grey outline is not what the seller meant.
    """
    return _single_spaced("".join(_cluster(cluster) for cluster in clusters(printable(text))))


def printable(text: str) -> str:
    """The text without control, override, isolate and private characters; white space becomes one space."""
    return _single_spaced("".join(_character(char) for char in unicodedata.normalize("NFC", text)))


def capitals(text: str, language: str, *, sharp_s: bool) -> str:
    """The text in capitals.

    Args:
        text: any text.
        language: BCP 47 tag: Turkish and Azeri keep the dot of i, Greek drops its accents.
        sharp_s: whether the font has the capital ẞ; otherwise ß becomes SS.
    """
    tag = language.lower().split("-")[0]
    if tag in ("tr", "az"):
        text = text.replace("i", "İ").replace("ı", "I")
    if sharp_s:
        text = text.replace("ß", "ẞ")
    if tag == "el":
        bare = unicodedata.normalize("NFD", text).replace("\u0301", "")
        text = unicodedata.normalize("NFC", bare)
    return text.upper()


def glued(before: str, after: str) -> bool:
    """Whether two words are written without a space between them, as in Japanese, Chinese and Thai."""
    if not before or not after:
        return False
    left, right = before[-1], after[0]
    if _unspaced(left) and _unspaced(right):
        return True
    return (_is_east_asian(left) and right.isalnum()) or (left.isalnum() and _is_east_asian(right))


def join(words: Sequence[str]) -> str:
    """Words as running text."""
    text = ""
    for word in words:
        text += word if not word or not text or glued(text, word) else f" {word}"
    return text


def reads_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.lower().replace("_", "-").split("-")[0] in RTL_LANGUAGES


def is_right_to_left(text: str, language: str) -> bool:
    """Whether a paragraph runs from right to left.

    It does when its first letter does, and also when a film in such a language opens a line with a Latin name.
    """
    strong = [kind for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")]
    if reads_right_to_left(language):
        return any(kind != "L" for kind in strong)
    return bool(strong) and strong[0] != "L"


def _single_spaced(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _character(char: str) -> str:
    category = unicodedata.category(char)
    if char in "\t\n\r\v\f\u2028\u2029\u0085\u3000" or (category == "Zs" and char not in "\u00a0\u202f\u2007"):
        return " "
    if category in ("Cc", "Cs", "Co", "Cn") or (category == "Cf" and char not in _KEPT_FORMATS):
        return ""
    return char


def _cluster(cluster: str) -> str:
    letter = cluster[0]
    if _EMOJI_STYLE in cluster and letter < _PICTURES:  # "™️" and "1️⃣" as phones write them
        return letter
    if _is_emoji(cluster):
        return ""
    marks = [char for char in cluster if unicodedata.category(char) in ("Mn", "Me")]
    most = _MOST_MARKS if unicodedata.name(letter, "").startswith(_MARK_HEAVY) else _MARKS
    if len(marks) <= most:
        return cluster.replace(_TEXT_STYLE, "")
    base = [char for char in cluster if unicodedata.category(char) not in ("Mn", "Me")]
    return unicodedata.normalize("NFC", "".join(base + marks[:most]))


def _is_emoji(cluster: str) -> bool:
    first = cluster[0]
    if _TEXT_STYLE in cluster:
        return False
    regional = "\U0001f1e6" <= first <= "\U0001f1ff"
    return _EMOJI_STYLE in cluster or regional or emoji_presentation(first) or first > "\U0001efff"


def _unspaced(char: str) -> bool:
    return unicodedata.name(char, "").startswith(_UNSPACED) or _is_east_asian(char)


def _is_east_asian(char: str) -> bool:
    return unicodedata.name(char, "").startswith(_EAST_ASIAN) or "\u3000" <= char <= "\u303f"
