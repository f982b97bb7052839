"""Which template shows a shot: by what it is for, what the photos offer, the tone, and what stands next to it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pipeline.media.look.colour import parse
from pipeline.media.look.template import PhotoLayer, Template, templates
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
    if "name" in shot.facts or "price" in shot.facts or shot.intent in (Intent.HERO, Intent.PRICE):
        able = [one for one in able if not _recoloured(one)]
    cards = _ranked([one for one in able if Intent.CARD in one.intents], tone)
    if shot.intent is Intent.CARD:
        return cards[take % len(cards)]
    special = _ranked([one for one in able if one.intents == (shot.intent,)], tone)
    if special and shot.intent in _ALONE:
        return special[(take + idea) % len(special)]
    own = [one for one in able if _hand(one, tone) == index % 2 and not set(one.intents) <= {*_ALONE, Intent.CARD}]
    kin = {shot.intent, *_KIN[shot.intent]}
    fitting = [one for one in own if kin & set(one.intents)] or own or [one for one in able if one not in cards]
    if shot.intent is Intent.HOOK:  # a film does not begin with a part of something unknown
        fitting = [one for one in fitting if one.needs != "detail"] or fitting
    # Everybody starts looking at another place of the same circle: so repeats are rare further apart, too.
    circle = _ranked(fitting, tone)
    start = (index // 2 + take + idea) % len(circle)
    turned = circle[start:] + circle[:start]
    if shot.intent is Intent.HERO and take == 0:  # the first time that it is named it is seen whole
        return max(turned, key=lambda one: Intent.HERO in one.intents)
    return turned[0]


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
