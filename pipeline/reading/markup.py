"""Product texts that shops export as HTML, read as lines; a lone "<b>" is a seller's own and stays."""

from __future__ import annotations

import html
import re

_BLOCK = re.compile(
    r"</?(?:br|p|div|ul|ol|li|h[1-6]|table|tbody|tr|td|th|section|article|hr)\b[^<>]{0,200}>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}\b[^<>]{0,200}>|<!--.{0,500}?-->", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)


def lines_of(text: str) -> str:
    """The lines of a text with block tags in it, entities read; any other text as it is."""
    if _BLOCK.search(text):
        text = _TAG.sub("", _BLOCK.sub("\n", text))
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
