"""Which language a text is evidently written in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
_WORD = re.compile(r"[^\W\d_]+")
_WORDS, _LETTERS = 300, 2000  # of a text that are looked at
_MOST_MARKS = 4


def language_of(text: str) -> str | None:
    """The language that a text is evidently written in, None where it could be several: two words prove little."""
    letters = sum(char.isalpha() for char in text)
    for own, script in _SCRIPTS:
        if len(script.findall(text)) * 4 > letters > 0:
            return "ja" if own == "zh" and _KANA.search(text) else own
    scores = _scores(text.lower())
    (best, tag), (second, _) = sorted(((score, tag) for tag, score in scores.items()), reverse=True)[:2]
    return tag if best >= _CERTAIN and best >= 2 * second else None


def _scores(text: str) -> Counter[str]:
    """How many words of a text, and up to four letters, speak for each language."""
    words, letters = _telling()
    scores = Counter(dict.fromkeys(_told_by_words(), 0))
    for word in _WORD.findall(text)[:_WORDS]:
        scores.update(words.get(word, ()))
    marks: Counter[str] = Counter()
    for char, times in Counter(text[:_LETTERS]).items():
        for tag in letters.get(char, ()):
            marks[tag] += times
    scores.update({tag: min(times, _MOST_MARKS) for tag, times in marks.items()})
    return scores


@cache
def _telling() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each small word and each letter the languages that it speaks for."""
    words: dict[str, list[str]] = defaultdict(list)
    letters: dict[str, list[str]] = defaultdict(list)
    for tag in _told_by_words():
        for word in _all_words(tag):
            words[word].append(tag)
        for letter in words_of(tag).letters:
            letters[letter].append(tag)
    return dict(words), dict(letters)


@cache
def _told_by_words() -> tuple[str, ...]:
    scripts = {tag for tag, _ in _SCRIPTS}
    return tuple(tag for tag in known() if tag not in scripts)


def _all_words(tag: str) -> frozenset[str]:
    own = words_of(tag).grammar
    groups = (own.joins, own.openers, own.articles, own.subordinators, own.copulas, own.common)
    return frozenset(word for group in groups for word in group)
