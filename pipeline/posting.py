"""The words that go with a post, as they fit where it goes: what a seller is shown is what is sent."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Network, PostPack

_TITLE = 100  # characters of a YouTube title
_DESCRIPTION = 5000  # bytes of a YouTube description
_CAPTION = 2200  # UTF-16 units of a caption, hashtags included
_HASHTAGS = {
    Network.YOUTUBE: 15,
    Network.INSTAGRAM: 5,
    Network.TIKTOK: 5,
}  # more are refused, or make all count for nothing
_ANGLES = str.maketrans("<>", "‹›")  # YouTube refuses these in titles and descriptions
_GAP = "\n\n"


def fitted(post: PostPack, network: Network) -> PostPack:
    """The words of a post as this network takes them."""
    hashtags = tuple(dict.fromkeys(tag.strip("# ") for tag in post.hashtags if tag.strip("# ")))
    hashtags = hashtags[: _HASHTAGS[network]]
    title, caption = " ".join(post.title.split()), post.caption.strip()
    tail = body("", hashtags)
    if network is Network.YOUTUBE:
        title, caption = title.translate(_ANGLES), caption.translate(_ANGLES)
        room = _DESCRIPTION - len(f"{_GAP}{tail}".encode())
        caption = _cut(caption, lambda text: len(text.encode()) <= room)
    else:
        room = _CAPTION - _units(f"{_GAP}{tail}")
        caption = _cut(caption, lambda text: _units(text) <= room)
    title = _cut(title, lambda text: len(text) <= _TITLE)
    return PostPack(title=title, caption=caption, hashtags=hashtags)


def body(caption: str, hashtags: tuple[str, ...]) -> str:
    """A caption with its hashtags, in one text."""
    tags = " ".join(f"#{tag.lstrip('#')}" for tag in hashtags)
    return _GAP.join(text for text in (caption, tags) if text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, fits: Callable[[str], bool]) -> str:
    """The text, or as many of its characters as fit together with an ellipsis."""
    if fits(text):
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(f"{text[:middle].rstrip()}…") else (low, middle - 1)
    return f"{text[:low].rstrip()}…"
