"""The script: which lines a film has, in which order, so that they fit its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.engines.story.choosing import Chooser
from pipeline.engines.story.lines import Frame, Line, Script, sentence
from pipeline.engines.story.material import Material, key_phrase
from pipeline.engines.story.telling import breaths, bridged, fillers, order, tell
from pipeline.model import Fact, Intent, Tone
from pipeline.reading import NO_CURRENCY, price_from, sets_limit
from pipeline.wording.bank import HOOKS, Bank, Entry

_HOOK_WORDS_SHORT, _HOOK_LETTERS_SHORT = 5, 26  # a film of a few seconds has no time for a longer one
_LONGEST_HOOK = 70  # letters, its slot's braces included
_SAYABLE_NAME = 46  # letters; a longer name is said by its headline


def write(material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Script:
    """Write one draft. Without phrases the seller's own words must do."""
    hook = _hook(material, phrases, frame, chooser)
    told = hook.slot if hook else ""
    fewest, wanted = frame.clock.shots
    count = max(fewest, min(wanted, frame.pictures + 2))
    if not frame.clock.short:  # a point is worth a shot of its own, even of a photo seen before
        said = 2 + sum(map(breaths, material.points)) + bool(material.name) + bool(material.price)
        count = max(count, min(wanted + 1, said))
    closing = _closing(phrases, frame, chooser)
    ends = _ends(material, phrases, frame, chooser, closing=closing, folded=frame.clock.short)
    opening = _opening(material, hook, frame)
    named = told == "name" or (hook is None and material.name is not None)
    hero = _hero(material, named=named or (material.name is None and bool(material.points)), short=frame.clock.short)
    heroes = [hero] if hero else []
    points = [p for p in material.points if told != "figure" or p[0] != material.figure]
    fixed = [opening, *heroes, *ends]
    body = tell(points, fixed, room=count - len(fixed), material=material, frame=frame)
    plain = _plainly(ends, material, frame)
    if (
        _weight(body) < sum(len(beat.text) for point in points for beat in point) and plain != ends
    ):  # a bare price leaves time for what there is to tell
        roomier = tell(points, [opening, *heroes, *plain], room=count - len(fixed), material=material, frame=frame)
        if _weight(roomier) > _weight(body):
            body, ends, fixed = roomier, plain, [opening, *heroes, *plain]
    if any(material.headline and material.headline in line.spoken for line in body):  # it is named there: no echo
        heroes = [replace(line, spoken="") for line in heroes]
        fixed = [opening, *heroes, *ends]
    body = bridged(body, fixed, phrases, frame, chooser)
    between = fillers(count - len(fixed) - len(body), [*fixed, *body], phrases, frame, chooser)
    while between and len(fixed) + len(body) + len(between) > fewest and not frame.holds([*fixed, *body, *between]):
        between.pop()
    lines = (*order(opening, heroes, body, between, turn=chooser.turn), *ends)
    return Script(
        lines=_calmed(_hushed(lines, material, frame)),
        idea=hook.kind if hook else "reveal",
        call_to_action=closing.spoken,
    )


# ── the fixed lines ──────────────────────────────────────────────────────────────────────────────────────────────────


def _hook(material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Entry | None:
    if phrases is None:
        return None
    hooks = [entry for entry in phrases.phrases(frame.tone, *HOOKS) if _can_open(entry, material, frame)]
    if frame.clock.short:
        brief = [entry for entry in hooks if len(entry.text) <= _HOOK_LETTERS_SHORT]
        timely = [entry for entry in hooks if _leaves_time(entry, material, frame)]
        hooks = [entry for entry in brief if entry in timely] or timely  # with none the name opens the film
    return chooser.pick_hook(hooks)


def _leaves_time(entry: Entry, material: Material, frame: Frame) -> bool:
    """Whether a hook with the seller's words in it leaves time for a look at the product, and for the price."""
    price = material.price.text if material.price else ""
    rest = (Line(Intent.HERO), Line(Intent.CARD, spoken=price))
    return frame.holds([_opening(material, entry, frame), *rest])


def _can_open(entry: Entry, material: Material, frame: Frame) -> bool:
    if entry.slot == "figure" and material.figure is None:
        return False
    if entry.slot == "name" and (not material.headline or len(entry.text) + len(material.headline) > _LONGEST_HOOK):
        return False
    return not frame.clock.short or len(entry.text.split()) <= _HOOK_WORDS_SHORT


def _opening(material: Material, hook: Entry | None, frame: Frame) -> Line:
    if hook is None:
        name = material.name or (material.labels[0] if material.labels else None)
        if name is None:
            return Line(Intent.HOOK)
        spoken = sentence(_sayable(name, material.headline), frame.language) if name.kind == "name" else ""
        return Line(Intent.HOOK, spoken=spoken, shown=material.headline or name.text, facts=(name.id,))
    if hook.slot == "name" and material.name:
        spoken = hook.filled(material.headline)
        return Line(
            Intent.HOOK, spoken=spoken, shown=_title(spoken, material.headline), facts=("name",), bank=(hook.id,)
        )
    if hook.slot == "figure" and material.figure:
        figure = material.figure
        spoken = hook.filled(figure.text)
        shown = key_phrase(figure.text, frame.language) or figure.text
        return Line(Intent.HOOK, spoken=spoken, shown=shown, facts=(figure.fact,), bank=(hook.id,), at=0.0)
    return Line(Intent.HOOK, spoken=hook.text, shown=_title(hook.text, ""), bank=(hook.id,))


def _title(spoken: str, name: str) -> str:
    """What is set large at the start: the hook itself when it is short, otherwise its first sentence or the name."""
    if len(spoken.split()) <= 6 and len(spoken) <= 38:
        return spoken
    first = re.match(r".*?[.!?…。！？؟](?=\s|$)", spoken)
    named = spoken.find(name) if name else -1  # "St. Ives" has a full stop of its own
    if first and len(first[0].split()) <= 5 and not 0 <= named < first.end() < named + len(name):
        return first[0]
    return name


def _hero(material: Material, *, named: bool, short: bool) -> Line | None:
    """The shot that names the product; None when the hook has done so."""
    if named:
        return None
    if material.name is None:
        shown = material.labels[0] if material.labels else None
        return Line(Intent.HERO, shown=shown.text if shown else "", facts=(shown.id,) if shown else ())
    name = material.headline if short else _sayable(material.name, material.headline)
    spoken = sentence(name, material.language)
    return Line(Intent.HERO, spoken=spoken, shown=material.headline, facts=("name",))


def _sayable(name: Fact, headline: str) -> str:
    return name.text if name.kind != "name" or len(name.text) <= _SAYABLE_NAME else headline


def _closing(phrases: Bank | None, frame: Frame, chooser: Chooser) -> Line:
    if frame.closing_line:
        return Line(Intent.CARD, spoken=_one_mark(frame.closing_line))
    entry = chooser.pick(phrases.phrases(frame.tone, "closing")) if phrases else None
    return Line(Intent.CARD, spoken=entry.text, bank=(entry.id,)) if entry else Line(Intent.CARD)


def _ends(
    material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser, *, closing: Line, folded: bool
) -> tuple[Line, ...]:
    """The price and the end card; in the shortest films the card says the price."""
    named = ("name",) if material.name else tuple(label.id for label in material.labels[:1])
    shown = material.headline or (material.labels[0].text if material.labels else "")
    card = replace(closing, shown=shown, facts=named)
    if material.price is None:
        return (card,)
    entry = _price_phrase(material.price.text, phrases, frame, chooser)
    said = entry.filled(material.price.text) if entry else material.price.text
    bank = (entry.id,) if entry else ()
    if folded:
        spoken = f"{sentence(said, frame.language)} {closing.spoken}".strip()
        return (replace(card, spoken=spoken, facts=("price", *named), bank=(*bank, *closing.bank)),)
    return (Line(Intent.PRICE, spoken=said, shown=material.price.text, facts=("price",), bank=bank), card)


def _plainly(ends: tuple[Line, ...], material: Material, frame: Frame) -> tuple[Line, ...]:
    """The same end with nothing said about the price but the price."""
    if material.price is None or ends[0].intent is not Intent.PRICE:
        return ends
    return (replace(ends[0], spoken=material.price.text, bank=()), *ends[1:])


def _weight(body: Sequence[Line]) -> int:
    return sum(len(line.spoken) for line in body)


def _price_phrase(shown: str, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Entry | None:
    return chooser.pick(price_phrases(shown, phrases, frame.tone, language=frame.language)) if phrases else None


def price_phrases(shown: str, phrases: Bank, tone: Tone, *, language: str) -> list[Entry]:
    """The phrases for a price; one that limits itself ("from $20") takes no "for" before it."""
    price = price_from(shown, currency=NO_CURRENCY, language=language)
    alone = price is None or sets_limit(price)
    return [
        entry
        for entry in phrases.phrases(tone, "price")
        if not alone or not entry.parts[0] or entry.parts[0].rstrip()[-1:] in ":："
    ]


# ── finish ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hushed(lines: tuple[Line, ...], material: Material, frame: Frame) -> tuple[Line, ...]:
    """The lines with less said where there is no time for them: what is on screen anyway falls silent first."""
    quieter = list(lines)
    for intent in (Intent.PRICE, Intent.HERO, Intent.CARD, Intent.COMPARE, Intent.DETAIL):
        for at, line in enumerate(quieter):
            if frame.holds(quieter):
                return tuple(quieter)
            if line.intent is not intent or not line.spoken or line.at is not None:
                continue
            plain = material.price.text if material.price and "price" in line.facts else ""
            facts = line.facts if line.shown else ()
            quieter[at] = replace(line, spoken=plain, bank=(), facts=facts)
    return tuple(quieter)


def _calmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with one exclamation at most: a film that shouts all the time is not heard."""
    calm: list[Line] = []
    heard = False
    for line in lines:
        spoken = _one_mark(line.spoken)
        if heard and line.intent is not Intent.CARD and re.search("[!！]", spoken):
            spoken = re.sub(r"\s*[!！]", ".", spoken.replace("¡", ""))
        if line.intent is not Intent.CARD:
            spoken = re.sub(r"\s*[!！](?=.*[!！])", ".", spoken)
        heard = heard or re.search("[!！]", spoken) is not None
        calm.append(replace(line, spoken=spoken))
    return tuple(calm)


def _one_mark(text: str) -> str:
    """A text with "!!!", "?!" and "¡¡" cut to their first mark."""
    return re.sub(r"([!?！？])[!?！？]+", r"\1", re.sub(r"([¡¿])[¡¿]+", r"\1", text))
