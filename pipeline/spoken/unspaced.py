"""Japanese and Chinese, which write no spaces, cut into phrases that captions can step through."""

from __future__ import annotations

import re

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a1-\u30ff"
_CLOSING = r"[\s、。，．！？!?,.:;：；…」』）)〉》】\"”’%％円元]*"

_PHRASE = re.compile(
    rf"(?:[{_HAN}]+[{_HIRAGANA}]*"  # a word with its endings and particles
    rf"|[{_KATAKANA}]+[{_HIRAGANA}]*"
    rf"|[{_HIRAGANA}]+"
    rf"|[^\s{_HAN}{_HIRAGANA}{_KATAKANA}]+[{_HIRAGANA}]*"
    rf"){_CLOSING}"
)
_LONGEST = 6  # Chinese writes whole clauses in one run of characters
_RUN = re.compile(rf"[{_HAN}]{{1,4}}{_CLOSING}")


def phrases(text: str) -> list[str]:
    """A run of text in phrases; joined without spaces they are the text."""
    found = [match[0] for match in _PHRASE.finditer(text)]
    if "".join(found) != text:
        return [text]
    parts: list[str] = []
    for phrase in found:
        parts += _RUN.findall(phrase) if len(phrase) > _LONGEST and _all_han(phrase) else [phrase]
    return parts


def is_unspaced(text: str) -> bool:
    """Whether a text is in a script that separates words by nothing."""
    return bool(re.search(rf"[{_HAN}{_HIRAGANA}{_KATAKANA}]", text))


def _all_han(text: str) -> bool:
    return "".join(_RUN.findall(text)) == text
