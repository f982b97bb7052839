"""The script: which lines a film has, in which order, so that they fit its length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.engines.story.choosing import Chooser
from pipeline.engines.story.material import Beat, Material, key_phrase
from pipeline.engines.story.pace import BREATH, MOST_WORDS, shots_for, spoken_seconds
from pipeline.lexicon import base
from pipeline.model import Fact, Intent, Tone
from pipeline.money import price_from, sets_limit
from pipeline.wording.bank import HOOKS, Bank, Entry

_HOOK_WORDS_SHORT = 5  # a film of a few seconds has no time for a longer one
_SAYABLE_NAME = 46  # letters; a longer name is said by its headline
_LIST_ITEMS = re.compile(r"[,/]|\s&\s")
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

    tone: Tone
    language: str
    seconds: int
    photos: int
    pictures: int  # different pictures that the photos allow: whole, details, cut-outs
    closing_line: str

    @property
    def short(self) -> bool:
        """Whether there is time for a handful of words only."""
        return self.seconds <= 8


def write(material: Material, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Script:
    """Write one draft. Without phrases the seller's own words must do."""
    hook = _hook(material, phrases, frame, chooser)
    told = hook.slot if hook else ""
    fewest, wanted = shots_for(frame.tone, frame.seconds)
    count = max(fewest, min(wanted, frame.pictures + 2))
    closing = _closing(phrases, frame, chooser)
    ends = _ends(material, phrases, frame, chooser, closing=closing, folded=count <= 3)
    opening = _opening(material, hook, frame)
    hero = _hero(material, named=told == "name" or (hook is None and material.name is not None))
    points = tuple(p for p in material.points if told != "figure" or p[0] != material.figure)
    fixed = (opening, *([hero] if hero else []), *ends)
    beats = _beats(points, fixed, room=count - len(fixed), frame=frame)
    if hero is None:
        beats = _lead(beats)
    body = [_point(beat, material, frame) for beat in beats]
    body = _bridged(body, fixed, phrases, frame, chooser)
    fillers = _fillers(count - len(fixed) - len(body), [*fixed, *body], phrases, frame, chooser)
    lines = _order(opening, hero, body, fillers, turn=chooser.turn)
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
    return not frame.short or len(entry.text.split()) <= _HOOK_WORDS_SHORT


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
        shown = key_phrase(figure.text, frame.language)
        return Line(Intent.HOOK, spoken=spoken, shown=shown, facts=(figure.fact,), bank=(hook.id,), at=0.0)
    return Line(Intent.HOOK, spoken=hook.text, shown=_title(hook.text, ""), bank=(hook.id,))


def _title(spoken: str, name: str) -> str:
    """What is set large at the start: the hook itself when it is short, otherwise its first sentence or the name."""
    if len(spoken.split()) <= 5 and len(spoken) <= 32:
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
    said = entry.filled(material.price.text) if entry else _sentence(material.price.text, frame.language)
    bank = (entry.id,) if entry else ()
    if folded:
        spoken = f"{said} {closing.spoken}".strip()
        return (replace(card, spoken=spoken, facts=("price", *named), bank=(*bank, *closing.bank)),)
    return (Line(Intent.PRICE, spoken=said, shown=material.price.text, facts=("price",), bank=bank), card)


def _price_phrase(shown: str, phrases: Bank | None, frame: Frame, chooser: Chooser) -> Entry | None:
    """A phrase for the price; one that limits itself ("from $20") takes no "for" before it."""
    if phrases is None:
        return None
    price = price_from(shown, currency="XXX", language=frame.language)
    alone = price is None or sets_limit(price)
    fit = [
        entry
        for entry in phrases.phrases(frame.tone, "price")
        if not alone or entry.parts[0] == "" or entry.parts[0].rstrip()[-1:] in ":："
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
        return " ".join(beat.text for beat in self.beats)


def _beats(points: Sequence[tuple[Beat, ...]], fixed: Sequence[Line], *, room: int, frame: Frame) -> list[Told]:
    """As many points as there is time and room for, in the seller's order; a point that does not fit is left out."""
    total = sum(len(point) for point in points)
    seconds = frame.seconds - sum(spoken_seconds(line.spoken, frame.language) + BREATH for line in fixed)
    words = int(frame.seconds * MOST_WORDS) - sum(len(line.spoken.split()) for line in fixed)
    kept: list[Told] = []
    place = 0
    for point in points:
        shots = _shots(point, place, total)
        place += len(point)
        if len(kept) + len(shots) > room:  # say the point in one breath rather than not at all
            shots = [Told(tuple(point), shots[0].at)]
        cost = sum(spoken_seconds(shot.text, frame.language) + BREATH for shot in shots)
        size = sum(len(shot.text.split()) for shot in shots)
        if len(kept) + len(shots) <= room and cost <= seconds and size <= words:
            kept += shots
            seconds -= cost
            words -= size
    return kept


def _shots(point: tuple[Beat, ...], place: int, total: int) -> list[Told]:
    return [Told((beat,), (place + at) / max(1, total)) for at, beat in enumerate(point)]


def _lead(beats: list[Told]) -> list[Told]:
    return beats


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
    listed = len(_LIST_ITEMS.split(told.text))
    if frame.photos > 1 and 1 < listed and listed in (frame.photos - 1, frame.photos):
        return Intent.COMPARE
    return Intent.POINT if told.beats[0].first else Intent.DETAIL


def _bridged(
    body: list[Line], fixed: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser
) -> list[Line]:
    """The last point led in by a bridge such as "Also:", where there is time and more than one point."""
    heads = [at for at, line in enumerate(body) if line.intent is not Intent.DETAIL]
    if phrases is None or len(heads) < 2 or frame.short:
        return body
    entry = chooser.pick(phrases.phrases(frame.tone, "turn"))
    line = body[heads[-1]]
    if entry is None or not _time_for(entry.text, [*fixed, *body], frame) or ":" in line.spoken or "¡" in line.spoken:
        return body
    body = list(body)
    body[heads[-1]] = replace(line, spoken=_join(entry.text, line.spoken), bank=(entry.id,))
    return body


def _join(bridge: str, line: str) -> str:
    return bridge + line if bridge[-1] in "：、" else f"{bridge} {line}"


def _time_for(text: str, lines: Sequence[Line], frame: Frame) -> bool:
    said = sum(spoken_seconds(line.spoken, frame.language) + BREATH for line in lines)
    words = sum(len(line.spoken.split()) for line in lines) + len(text.split())
    fits = said + spoken_seconds(text, frame.language) + BREATH <= frame.seconds * 0.94
    return fits and words <= frame.seconds * MOST_WORDS


# ── pictures without a point ─────────────────────────────────────────────────────────────────────────────────────────


def _fillers(room: int, lines: Sequence[Line], phrases: Bank | None, frame: Frame, chooser: Chooser) -> list[Line]:
    """Shots that let the product be seen: a comparison where there are several photos, and close-ups. At most two speak."""
    compared = any(line.intent is Intent.COMPARE for line in lines)
    fillers: list[Line] = []
    for at in range(max(0, room)):
        kind = "compare" if frame.photos > 1 and at == 0 and not compared else "detail"
        entry = chooser.pick(phrases.phrases(frame.tone, kind)) if phrases and not frame.short else None
        speaks = entry is not None and at < 2 and entry.kind not in {f.bank[0].split(".")[2] for f in fillers if f.bank}
        intent = Intent.COMPARE if kind == "compare" else Intent.DETAIL
        if entry and speaks and _time_for(entry.text, [*lines, *fillers], frame):
            fillers.append(Line(intent, spoken=entry.text, bank=(entry.id,)))
        else:
            fillers.append(Line(intent))
    return fillers


def _order(opening: Line, hero: Line | None, body: list[Line], fillers: list[Line], *, turn: int) -> tuple[Line, ...]:
    """Three ways to tell: name first; points first and then the name; look first, then name and points."""
    heroes = [hero] if hero else []
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
