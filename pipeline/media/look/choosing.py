"""Which template shows a shot: by what it is for, what the photos offer, the tone, and what stands next to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pipeline.media.look.colour import parse
from pipeline.media.look.template import PhotoLayer, Template, templates
from pipeline.model import Cue, Intent, Plate, Take, Tone

_KIN: dict[Intent, tuple[Intent, ...]] = {  # what may stand in where a tone has too little of its own
    Intent.HOOK: (Intent.HERO, Intent.POINT),
    Intent.HERO: (Intent.HOOK, Intent.POINT),
    Intent.DETAIL: (Intent.POINT, Intent.HERO),
    Intent.POINT: (Intent.DETAIL, Intent.HERO),
    Intent.COMPARE: (Intent.HERO, Intent.POINT),
    Intent.PRICE: (Intent.HERO,),
    Intent.CARD: (),
}


def seeded(*parts: object) -> int:
    """A number that depends on all parts and on nothing else."""
    return int.from_bytes(sha256("|".join(map(str, parts)).encode()).digest()[:6])


_ALONE = (Intent.PRICE, Intent.COMPARE)  # never next to their own kind: these choose from all that is made for them

_IDEA = 1000  # a take's seed holds the film's idea in its thousands


def seed_of(*, idea: int, index: int, take: int) -> int:
    """The seed of a take: films of another idea look different throughout, other takes of a shot only in that shot."""
    return idea * _IDEA + (take * 31 + index) % _IDEA


def idea_of(take: Take) -> int:
    """Which idea a take belongs to."""
    return take.seed // _IDEA


def appearance(take: Take) -> tuple[str, int]:
    """What tells a take from others of its shot: equal ones cannot be told apart on a still picture."""
    if take.clip is not None:
        return take.clip.sha256, 0
    known = templates().get(take.template)
    if known is not None and not any(isinstance(one, PhotoLayer) and one.crop == "detail" for one in known.layers):
        return take.template, 0  # whichever detail it was to show, it shows none
    return take.template, take.detail


@dataclass(frozen=True)
class Deal:
    """The film that templates are wanted for.

    Attributes:
        plates: its photos.
        tone: the film's.
        idea: variants start elsewhere.
    """

    plates: tuple[Plate, ...]
    tone: Tone
    idea: int = 0


def pick(cues: Sequence[Cue], *, deal: Deal, take: int = 0) -> Template:
    """The template of the last of the shots that are told.

    Neighbours do not look alike: a tone's templates are dealt into two hands, shots with an even index take theirs from
    one, shots with an odd index from the other. Further apart, a template comes again only when its hand has no other
    that suits. Takes beyond a hand's own come from the other hand: whoever offers them looks at the neighbours.

    Args:
        cues: the film's shots up to the one that is wanted.
        deal: the film.
        take: another number, another template as long as there are any.
    """
    used: Counter[str] = Counter()
    for index, cue in enumerate(cues[:-1]):
        used[_choices(cue, index=index, deal=deal, used=used)[0].name] += 1
    choices = _choices(cues[-1], index=len(cues) - 1, deal=deal, used=used)
    if take >= len(choices):
        choices += [one for one in _spare(cues[-1], deal) if one not in choices]
    return choices[take % len(choices)]


def _choices(cue: Cue, *, index: int, deal: Deal, used: Counter[str]) -> list[Template]:
    """The templates that a shot may have, the best first."""
    tone, able = deal.tone, _fit(cue, deal)
    cards = _ranked([one for one in able if Intent.CARD in one.intents], tone)
    if cue.intent is Intent.CARD:
        return cards
    special = _ranked([one for one in able if one.intents == (cue.intent,)], tone)
    if special and cue.intent in _ALONE:
        return _turned(special, deal.idea)
    own = [one for one in able if _hand(one, tone) == index % 2 and not set(one.intents) <= {*_ALONE, Intent.CARD}]
    kin = {cue.intent, *_KIN[cue.intent]}
    fitting = [one for one in own if kin & set(one.intents)] or own or [one for one in able if one not in cards]
    if cue.intent is Intent.HOOK:  # a film does not begin with a part of something unknown
        fitting = [one for one in fitting if one.needs != "detail"] or fitting
    # Variants start looking at another place of the same circle.
    circle = _turned(_ranked(fitting, tone), deal.idea)
    whole = cue.intent is Intent.HERO  # the first time that it is named it is seen whole
    return sorted(circle, key=lambda one: (used[one.name], whole and Intent.HERO not in one.intents))


def _fit(cue: Cue, deal: Deal) -> list[Template]:
    """The tone's templates that a shot's photo can fill."""
    plate, others = deal.plates[cue.photo], len(deal.plates) - 1
    able = [one for one in templates().values() if deal.tone in one.suits and _able(one, plate, others)]
    return [one for one in able if not _recoloured(one)] if cue.named else able


def _spare(cue: Cue, deal: Deal) -> list[Template]:
    """Templates of either hand for the takes of a shot whose own are used up: those made for the like of it first."""
    if cue.intent is Intent.CARD:
        return []
    able = [one for one in _fit(cue, deal) if not set(one.intents) <= {*_ALONE, Intent.CARD}]
    if cue.intent in (Intent.HOOK, Intent.PRICE):  # what opens a film or has a price is seen whole
        able = [one for one in able if one.needs != "detail"]
    kin = {cue.intent, *_KIN[cue.intent]}
    return sorted(_ranked(able, deal.tone), key=lambda one: not kin & set(one.intents))


def _turned(found: list[Template], places: int) -> list[Template]:
    start = places % len(found)
    return found[start:] + found[:start]


def _able(template: Template, plate: Plate, others: int) -> bool:
    if template.photos > others + 1:
        return False
    if template.sharp and "low_resolution" in plate.notes:
        return False
    match template.needs:
        case "cutout":
            return plate.cutout is not None
        case "detail":
            return bool(plate.details)
        case "scene":
            return plate.cutout is None or not plate.plain_ground
        case "melting":
            return plate.cutout is None and plate.plain_ground and min(parse(plate.ground)) > 150
        case "photo":
            return True


def _recoloured(template: Template) -> bool:
    """Whether it changes the colours of what it shows: not for a product that is named or priced."""
    return any(isinstance(layer, PhotoLayer) and layer.treat in ("mono", "duo") for layer in template.layers)


def _ranked(found: list[Template], tone: Tone) -> list[Template]:
    return sorted(found, key=lambda one: (-one.suits[tone], seeded(tone, one.name)))


def _hand(template: Template, tone: Tone) -> int:
    """Which hand a template is dealt to; for each sort of photo both get the same number."""
    kin = [
        one
        for one in templates().values()
        if tone in one.suits and one.needs == template.needs and not set(one.intents) <= {*_ALONE, Intent.CARD}
    ]
    if template not in kin:
        return 0
    return ([one.name for one in _ranked(kin, tone)].index(template.name) + len(template.needs)) % 2
