"""The script: which lines a film has, in which order, so that they fit its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.engines.story.choosing import Chooser
from pipeline.engines.story.material import Beat, Material, key_phrase, listed
from pipeline.engines.story.pace import Clock
from pipeline.lexicon import base
from pipeline.model import Fact, Intent, Tone
from pipeline.money import price_from, sets_limit
from pipeline.wording.bank import HOOKS, Bank, Entry

_HOOK_WORDS_SHORT = 5  # a film of a few seconds has no time for a longer one
_SAYABLE_NAME = 46  # letters; a longer name is said by its headline
_STOPS = {"ja": "。", "zh": "。"}


@dataclass(frozen=True)
class Line:
    """One shot before it has a picture."""

    intent: Intent
    spoken: str = ""
    shown: str = ""
    facts: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    at: float | None = None  # how far into the seller's text this is said (0..1): photos follow the text's order


@dataclass(frozen=True)
class Script:
    """The lines of a film in order, the hook's kind, and the closing words."""

    lines: tuple[Line, ...]
    idea: str
    call_to_action: str


@dataclass(frozen=True)
class Frame:
    """What a script has to fit into."""

    clock: Clock
    photos: int
    pictures: int  # different pictures that the photos allow: whole, details, cut-outs
    closing_line: str

    @property
    def tone(self) -> Tone:
        """The film's tone."""
        return self.clock.tone

    @property
    def language(self) -> str:
        """The film's language."""
        return self.clock.language

    def need(self, lines: Sequence[Line]) -> float:
        """Seconds that these lines need."""
        return sum(need(line, self.clock) for line in lines)

    def holds(self, lines: Sequence[Line]) -> bool:
        """Whether there is time for these lines, and not more words than a viewer follows."""
        return self.need(lines) <= self.clock.seconds and _words(lines) <= self.clock.words


def need(line: Line, clock: Clock) -> float:
    """The least seconds of one line's shot."""
    return clock.need(line.spoken, price=line.intent is Intent.PRICE, card=line.intent is Intent.CARD)


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.spoken.split()) for line in lines)


def write(material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Script:
    """Write one draft. Without phrases the seller's own words must do."""
    hook = _hook(material, phrases, frame, chooser)
    told = hook.slot if hook else ""
    fewest, wanted = frame.clock.shots
    count = max(fewest, min(wanted, frame.pictures + 2))
    said = 2 + len(material.points) + bool(material.name) + bool(material.price)
    if not frame.clock.short:  # a point is worth a shot of its own, even of a photo seen before
        count = max(count, min(wanted + 1, said))
    closing = _closing(phrases, frame, chooser)
    ends = _ends(material, phrases, frame, chooser, closing=closing, folded=count <= 3)
    opening = _opening(material, hook, frame)
    hero = _hero(material, named=told == "name" or (hook is None and material.name is not None))
    heroes = [hero] if hero else []
    points = [p for p in material.points if told != "figure" or p[0] != material.figure]
    fixed = [opening, *heroes, *ends]
    body = _body(points, fixed, room=count - len(fixed), material=material, frame=frame)
    plain = _plainly(ends, material, frame)
    if (
        _weight(body) < sum(len(beat.text) for point in points for beat in point) and plain != ends
    ):  # a bare price leaves time for what there is to tell
        roomier = _body(points, [opening, *heroes, *plain], room=count - len(fixed), material=material, frame=frame)
        if _weight(roomier) > _weight(body):
            body, ends, fixed = roomier, plain, [opening, *heroes, *plain]
    body = _bridged(body, fixed, phrases, frame, chooser)
    fillers = _fillers(count - len(fixed) - len(body), [*fixed, *body], phrases, frame, chooser)
    while fillers and len(fixed) + len(body) + len(fillers) > fewest and not frame.holds([*fixed, *body, *fillers]):
        fillers.pop()
    lines = _order(opening, heroes, body, fillers, turn=chooser.turn)
    return Script(
        lines=_calmed((*lines, *ends)),
        idea=hook.kind if hook else "reveal",
        call_to_action=closing.spoken,
    )


# ── the fixed lines ──────────────────────────────────────────────────────────────────────────────────────────────────


def _hook(material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Entry | None:
    if phrases is None:
        return None
    hooks = [entry for entry in phrases.phrases(frame.tone, *HOOKS) if _can_open(entry, material, frame)]
    return chooser.pick_hook(hooks)


def _can_open(entry: Entry, material: Material, frame: Frame) -> bool:
    if entry.slot == "figure" and material.figure is None:
        return False
    if entry.slot == "name" and not material.headline:
        return False
    return not frame.clock.short or len(entry.text.split()) <= _HOOK_WORDS_SHORT


def _opening(material: Material, hook: Entry | None, frame: Frame) -> Line:
    if hook is None:
        name = material.name or (material.labels[0] if material.labels else None)
        if name is None:
            return Line(Intent.HOOK)
        spoken = _sentence(_sayable(name, material.headline), frame.language) if name.kind == "name" else ""
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
    if first and len(first[0].split()) <= 5:
        return first[0]
    return name


def _hero(material: Material, *, named: bool) -> Line | None:
    """The shot that names the product; None when the hook has done so."""
    if named:
        return None
    if material.name is None:
        shown = material.labels[0] if material.labels else None
        return Line(Intent.HERO, shown=shown.text if shown else "", facts=(shown.id,) if shown else ())
    spoken = _sentence(_sayable(material.name, material.headline), material.language)
    return Line(Intent.HERO, spoken=spoken, shown=material.headline, facts=("name",))


def _sayable(name: Fact, headline: str) -> str:
    return name.text if name.kind != "name" or len(name.text) <= _SAYABLE_NAME else headline


def _closing(phrases: Bank | None, frame: Frame, chooser: Chooser) -> Line:
    if frame.closing_line:
        return Line(Intent.CARD, spoken=frame.closing_line)
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
        spoken = f"{_sentence(said, frame.language)} {closing.spoken}".strip()
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
    """A phrase for the price; one that limits itself ("from $20") takes no "for" before it."""
    if phrases is None:
        return None
    price = price_from(shown, currency="XXX", language=frame.language)
    alone = price is None or sets_limit(price)
    fit = [
        entry
        for entry in phrases.phrases(frame.tone, "price")
        if not alone or not entry.parts[0] or entry.parts[0].rstrip()[-1:] in ":："
    ]
    return chooser.pick(fit)


# ── the selling points ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Told:
    """Beats that one shot says together, and how far into the seller's text they are."""

    beats: tuple[Beat, ...]
    at: float

    @property
    def text(self) -> str:
        """The beats as one slice of the seller's text."""
        return " ".join(beat.text for beat in self.beats)


def _body(
    points: Sequence[tuple[Beat, ...]], fixed: Sequence[Line], *, room: int, material: Material, frame: Frame
) -> list[Line]:
    """As many points as there is time and room for, in the seller's order; the last ones are left out first."""
    for count in range(min(len(points), room), 0, -1):
        for shots in range(min(room, sum(map(len, points[:count]))), count - 1, -1):
            lines = [_point(told, material, frame) for told in _told(points[:count], shots, whole=points)]
            if frame.holds([*fixed, *lines]):
                return lines
    return _beginning(points[0], fixed, material, frame) if points and room > 0 else []


def _told(points: Sequence[tuple[Beat, ...]], shots: int, *, whole: Sequence[tuple[Beat, ...]]) -> list[Told]:
    """The points shared out over so many shots: each has one, and those with more to say are cut where they breathe."""
    parts = [[list(point)] for point in points]
    while sum(map(len, parts)) < shots:
        longest = max((part for point in parts for part in point if len(part) > 1), key=_letters, default=None)
        if longest is None:
            break
        point = next(point for point in parts if longest in point)
        at, middle = point.index(longest), _middle(longest)
        point[at : at + 1] = [longest[:middle], longest[middle:]]
    letters = max(1, sum(_letters(point) for point in whole))
    told: list[Told] = []
    passed = 0
    for point in parts:
        for part in point:
            told.append(Told(tuple(part), passed / letters))
            passed += _letters(part)
    return told


def _letters(beats: Sequence[Beat]) -> int:
    return sum(len(beat.text) for beat in beats)


def _middle(beats: Sequence[Beat]) -> int:
    """Where to cut beats so that both halves are about as long."""
    return min(range(1, len(beats)), key=lambda at: abs(_letters(beats[:at]) - _letters(beats[at:])))


def _beginning(point: tuple[Beat, ...], fixed: Sequence[Line], material: Material, frame: Frame) -> list[Line]:
    """As much of a point's beginning as fits, when not even one whole point does."""
    for size in range(len(point) - 1, 0, -1):
        line = _point(Told(point[:size], 0.0), material, frame)
        if frame.holds([*fixed, line]):
            return [line]
    return []


def _point(told: Told, material: Material, frame: Frame) -> Line:
    first, last = told.beats[0], told.beats[-1]
    spoken = _sentence(told.text, frame.language) if last.last else told.text
    return Line(
        intent=_intent(told, frame),
        spoken=spoken,
        shown=key_phrase(told.text, material.language),
        facts=(first.fact,),
        at=told.at,
    )


def _intent(told: Told, frame: Frame) -> Intent:
    """A list with an item for each photo is a comparison; what goes on with a point is its detail."""
    if frame.photos > 1 and listed(told.text, frame.language) in (frame.photos, frame.photos - 1 or None):
        return Intent.COMPARE
    return Intent.POINT if told.beats[0].first else Intent.DETAIL


def _bridged(
    body: list[Line], fixed: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser
) -> list[Line]:
    """The last point led in by a bridge such as "Also:", where there is time and more than one point."""
    heads = [at for at, line in enumerate(body) if line.intent is not Intent.DETAIL]
    if phrases is None or len(heads) < 2 or frame.clock.short:
        return body
    opened = fixed[0].spoken.casefold()
    turns = [e for e in phrases.phrases(frame.tone, "turn") if e.text.rstrip(":：,、 ").casefold() not in opened]
    entry = chooser.pick(turns)
    line = body[heads[-1]]
    if entry is None or re.search("[:：¡!?]", line.spoken):
        return body
    led = replace(line, spoken=_join(entry.text, line.spoken), bank=(entry.id,))
    bridged = [*body[: heads[-1]], led, *body[heads[-1] + 1 :]]
    return bridged if frame.holds([*fixed, *bridged]) else body


def _join(bridge: str, line: str) -> str:
    return bridge + line if bridge[-1] in "：、" else f"{bridge} {line}"


# ── pictures without a point ─────────────────────────────────────────────────────────────────────────────────────────


def _fillers(room: int, lines: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser) -> list[Line]:
    """Shots that let the product be seen: a comparison where there are several photos, and close-ups."""
    compared = any(line.intent is Intent.COMPARE for line in lines)
    fillers: list[Line] = []
    for at in range(max(0, room)):
        compare = frame.photos > 1 and at == 0 and not compared
        silent = Line(Intent.COMPARE if compare else Intent.DETAIL)
        kind = "compare" if compare else "detail"
        entry = chooser.pick(phrases.phrases(frame.tone, kind)) if phrases and not frame.clock.short else None
        said = replace(silent, spoken=entry.text, bank=(entry.id,)) if entry else silent
        rest = [Line(Intent.DETAIL)] * (room - at - 1)
        fits = said not in fillers and frame.holds([*lines, *fillers, said, *rest])
        fillers.append(said if fits else silent)
    return fillers


def _order(opening: Line, heroes: list[Line], body: list[Line], fillers: list[Line], *, turn: int) -> tuple[Line, ...]:
    """Three ways to tell: name first; points first and then the name; look first, then name and points."""
    match turn % 3:
        case 0:
            return (opening, *heroes, *_woven(body, fillers))
        case 1:
            return (opening, *_woven(body, fillers), *heroes)
        case _:
            return (opening, *fillers[:1], *heroes, *_woven(body, fillers[1:]))


def _woven(body: list[Line], fillers: list[Line]) -> list[Line]:
    """Fillers spread evenly between points, never inside one."""
    points: list[list[Line]] = []
    for line in body:
        if points and line.intent is Intent.DETAIL:
            points[-1].append(line)
        else:
            points.append([line])
    woven: list[Line] = []
    left = list(fillers)
    for at, point in enumerate(points):
        woven += point
        due = len(fillers) * (at + 1) // max(1, len(points)) - (len(fillers) - len(left))
        woven += left[:due]
        left = left[due:]
    return woven + left


# ── finish ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sentence(text: str, language: str) -> str:
    """Words with the full stop that their language uses, if they have no ending of their own."""
    return text if text[-1:] in ".!?…。！？؟:–—" else text + _STOPS.get(base(language), ".")


def _calmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with one exclamation at most: a film that shouts all the time is not heard."""
    calm: list[Line] = []
    heard = False
    for line in lines:
        spoken = re.sub(r"([!?！？])[!?！？]+", r"\1", line.spoken)
        if heard and re.search("[!！]", spoken):
            spoken = re.sub("[!！]", ".", spoken.replace("¡", ""))
        heard = heard or re.search("[!！]", spoken) is not None
        calm.append(replace(line, spoken=spoken))
    return tuple(calm)
