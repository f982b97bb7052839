"""Which language a text is evidently written in."""

from __future__ import annotations

import re
from functools import cache

from pipeline.reading.languages import known, words_of

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_KANA = re.compile("[\u3041-\u30fa]")
_CERTAIN = 3  # hits that make a language sure


def language_of(text: str) -> str | None:
    """The language that a text is evidently written in, None where it could be several: two words prove little."""
    letters = sum(char.isalpha() for char in text)
    for own, script in _SCRIPTS:
        if len(script.findall(text)) * 4 > letters > 0:
            return "ja" if own == "zh" and _KANA.search(text) else own
    scores = sorted(((_score(text, tag), tag) for tag in _told_by_words()), reverse=True)
    (best, tag), (second, _) = scores[:2]
    return tag if best >= _CERTAIN and best >= 2 * second else None


def _score(text: str, tag: str) -> int:
    words = re.findall(r"[^\W\d_]+", text.lower())[:300]
    small = _all_words(tag)
    letters = words_of(tag).letters
    marks = sum(char in letters for char in text.lower()[:2000])
    return sum(word in small for word in words) + min(marks, 4)


@cache
def _told_by_words() -> tuple[str, ...]:
    scripts = {tag for tag, _ in _SCRIPTS}
    return tuple(tag for tag in known() if tag not in scripts)


@cache
def _all_words(tag: str) -> frozenset[str]:
    own = words_of(tag).grammar
    groups = (own.joins, own.openers, own.articles, own.subordinators, own.copulas, own.common)
    return frozenset(word for group in groups for word in group)
