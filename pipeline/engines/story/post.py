"""The words to post with a film: title, caption and hashtags, made of facts only."""

from __future__ import annotations

import re

from pipeline.engines.story.material import Material, headline
from pipeline.lexicon import base, lexicon
from pipeline.model import PostPack
from pipeline.ports import Write

_TITLE = 90
_CAPTION = 1800  # the tightest platform takes 2,200 characters, hashtags included
_MOST_TAGS = 6
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def post_pack(request: Write, material: Material, call_to_action: str) -> PostPack:
    """Title, caption with every fact as written, and hashtags."""
    name = material.name.text if material.name else ""
    first = " – ".join(part for part in (name, material.price.text if material.price else "") if part)
    points = [f"• {fact.text}" for fact in request.facts if fact.kind == "point"]
    blocks = [first, _as_many_as_fit(points), " ".join(part for part in (call_to_action, request.handle) if part)]
    title = name if len(name) <= _TITLE else material.headline[:_TITLE]
    return PostPack(
        title=title or (material.labels[0].text if material.labels else request.handle),
        caption="\n\n".join(block for block in blocks if block),
        hashtags=hashtags(request, material),
    )


def hashtags(request: Write, material: Material) -> tuple[str, ...]:
    """The seller's own hashtags, then the name as one tag and its nouns; letters and digits only."""
    tags = re.findall(r"(?<![\w&])#(\w{2,40})", request.description)
    words = _nouns(material.headline, request.language)
    if 1 < len(words) <= 4:
        tags.append("".join(word[:1].upper() + word[1:] for word in words))
    tags += [word for word in words if len(word) > 3 or base(request.language) in ("ja", "ko", "zh")]
    unique = {tag.casefold(): f"#{tag}" for tag in reversed(tags) if not tag.isdigit() and len(tag) <= 40}
    return tuple(list(unique.values())[::-1][:_MOST_TAGS])


def _nouns(name: str, language: str) -> list[str]:
    """The words of a name that carry meaning, joined where they are joined by a hyphen."""
    small = lexicon(language)
    loose = small.joins | small.openers | small.articles | small.subordinators
    words = [re.sub(r"\W", "", word) for word in _WORD.findall(headline(name, language)) if word.lower() not in loose]
    return [word for word in words if word]


def _as_many_as_fit(points: list[str]) -> str:
    kept: list[str] = []
    for point in points:
        if sum(len(line) + 1 for line in kept) + len(point) <= _CAPTION:
            kept.append(point)
    return "\n".join(kept)
