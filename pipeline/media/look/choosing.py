"""Which template shows a shot: by what it is for, what the photos offer, the tone, and what stands next to it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pipeline.media.look.colour import parse
from pipeline.media.look.template import Template, templates
from pipeline.model import Intent, Plate, Shot, Take, Tone

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


@dataclass(frozen=True)
class Deal:
    """Where in which film a template is wanted.

    Attributes:
        tone: the film's.
        index: of the shot in the film.
        take: another number, another template as long as there are any.
        idea: variants start elsewhere.
    """

    tone: Tone
    index: int
    take: int = 0
    idea: int = 0


def pick(shot: Shot, *, plate: Plate, others: int, deal: Deal) -> Template:
    """The template of a shot.

    Neighbours never look alike, though no shot knows the others: a tone's templates are dealt into two hands, shots
    with an even index take theirs from one, shots with an odd index from the other.

    Args:
        shot: what is to be shown.
        plate: its photo.
        others: how many further photos there are.
        deal: which shot of which film.
    """
    tone, index, take, idea = deal.tone, deal.index, deal.take, deal.idea
    able = [one for one in templates().values() if tone in one.suits and _able(one, plate, others)]
    cards = _ranked([one for one in able if Intent.CARD in one.intents], tone)
    if shot.intent is Intent.CARD:
        return cards[take % len(cards)]
    special = _ranked([one for one in able if one.intents == (shot.intent,)], tone)
    if special and shot.intent in _ALONE:
        return special[(take + idea) % len(special)]
    own = _ranked([one for one in able if one not in cards and _hand(one, tone, of=2) == index % 2], tone)
    own = [one for one in own if not set(one.intents) <= set(_ALONE)]
    quarter = [one for one in own if _hand(one, tone, of=4) == index % 4 and shot.intent in one.intents]
    if len(quarter) > 0 and take == 0:
        return quarter[idea % len(quarter)]
    pool: list[Template] = []
    for intent in (shot.intent, *_KIN[shot.intent]):
        pool += [one for one in own if intent in one.intents and one not in pool]
        if len(pool) >= 3:
            break
    pool = pool or own or [one for one in _ranked(able, tone) if one not in cards]
    return pool[(index // 2 + take + idea) % len(pool)]


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


def _ranked(found: list[Template], tone: Tone) -> list[Template]:
    return sorted(found, key=lambda one: (-one.suits[tone], seeded(tone, one.name)))


def _hand(template: Template, tone: Tone, *, of: int) -> int:
    """Which hand a template is dealt to: of each sort of need and of each first intent, every other one."""
    kin = [
        one
        for one in templates().values()
        if tone in one.suits and one.needs == template.needs and one.intents[0] is template.intents[0]
    ]
    return ([one.name for one in _ranked(kin, tone)].index(template.name) + len(template.needs)) % of
