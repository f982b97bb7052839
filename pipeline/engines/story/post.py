"""The words to post with a film: title, caption and hashtags, made of facts only."""

from __future__ import annotations

import re

from pipeline.engines.story.material import Material, headline
from pipeline.model import PostPack
from pipeline.ports import Write
from pipeline.reading import describes, words_of

_TITLE, _SHORT_TITLE = 90, 60
_CAPTION = 1800  # the tightest platform takes 2,200 characters, hashtags included
_MOST_TAGS = 6
_TAG_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def post_pack(request: Write, material: Material, call_to_action: str) -> PostPack:
    """Title, caption with every fact as written, and hashtags."""
    name = material.name.text if material.name else ""
    first = " – ".join(part for part in (name, material.price.text if material.price else "") if part)
    points = [f"• {fact.text}" for fact in request.facts if fact.kind == "point"]
    blocks = [first, _as_many_as_fit(points), " ".join(part for part in (call_to_action, request.handle) if part)]
    title = name if len(name) <= _TITLE else material.headline[:_TITLE]
    return PostPack(
        title=title or _untitled(request, material),
        caption="\n\n".join(block for block in blocks if block),
        hashtags=hashtags(request, material),
    )


def _untitled(request: Write, material: Material) -> str:
    """A title where there is no name: what is printed on the product, or a short beginning of what is said of it."""
    if material.labels:
        return material.labels[0].text
    beats = (point[0].text.rstrip(":：") for point in material.points)
    return next((beat for beat in beats if len(beat) <= _SHORT_TITLE), "") or request.handle


def hashtags(request: Write, material: Material) -> tuple[str, ...]:
    """The seller's own hashtags, then the name as one tag and the nouns in it; letters and digits only."""
    own = re.findall(r"(?<![\w&])#(\w{2,40})", request.description)
    core = _nouns(_core(material.headline, request.language), request.language)
    if len(core) > _TAG_WORDS:  # what stands before a title in quotation marks says what it is
        core = _nouns(re.split('["„“«]', material.headline)[0].strip(), request.language) or core
    whole = "".join(_large(word) for word in core) if 1 < len(core) <= _TAG_WORDS else ""
    heads = [word for word in _heads(core, request.language) if len(word) > 2 or not word.isascii()]
    unique: dict[str, str] = {}
    for tag in (*own, whole, *heads):
        if 1 < len(tag) <= 40 and not tag.isdigit():
            unique.setdefault(tag.casefold(), f"#{tag}")
    return tuple(unique.values())[:_MOST_TAGS]


def _large(word: str) -> str:
    """A word with a capital to tell it from the one before, unless it has capitals of its own: "iPhone"."""
    return word[:1].upper() + word[1:] if word.islower() else word


def _heads(words: list[str], language: str) -> list[str]:
    """The noun of a name by where its language puts it: German writes it large, Romance languages begin with it."""
    words = [word for word in words if not describes(word, language)]
    match words_of(language).film.noun:
        case "capital":
            return [word for word in words if word[:1].isupper()]
        case "first":
            return words[:1]
        case "last":
            return words[-1:]


def _core(name: str, language: str) -> str:
    """A name without what follows its first preposition: the noun of "vase from Germany" is the vase."""
    small = words_of(language).grammar
    tokens = name.split()
    end = next(
        (at for at, word in enumerate(tokens) if at and word.lower() in small.openers | small.joins), len(tokens)
    )
    return " ".join(tokens[:end])


def _nouns(name: str, language: str) -> list[str]:
    """The words of a name that carry meaning, joined where they are joined by a hyphen."""
    small = words_of(language).grammar
    loose = small.joins | small.openers | small.articles | small.subordinators
    words = [re.sub(r"\W", "", word) for word in _WORD.findall(headline(name, language)) if word.lower() not in loose]
    return [word for word in words if word]


def _as_many_as_fit(points: list[str]) -> str:
    kept: list[str] = []
    for point in points:
        if sum(len(line) + 1 for line in kept) + len(point) <= _CAPTION:
            kept.append(point)
    return "\n".join(kept)
