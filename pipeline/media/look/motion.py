"""How layers come and go on moving, as tracks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.media.look.template import Enter, Move
from pipeline.media.look.tone import Motion
from pipeline.media.scene import Ease, Key, Track

LEAD = 0.7  # seconds that a move goes on before and after its shot: transitions look beyond its ends


@dataclass(frozen=True)
class Rest:
    """Where a layer stands once it has come, in frame pixels."""

    x: float
    y: float
    scale: float
    turn: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Clock:
    """The time that a layer has: seconds of its shot, the beats in it, and when the layer comes."""

    seconds: float
    beats: tuple[float, ...]
    begins: float


@dataclass(frozen=True)
class Tracks:
    """A layer's five values over time."""

    x: Track
    y: Track
    scale: Track
    turn: Track
    opacity: Track


@dataclass(frozen=True)
class Manner:
    """How one layer moves: the tone's motion and what the template asks for."""

    motion: Motion
    enter: Enter = "none"
    move: Move = "none"
    amount: float = 1.0
    width: int = 1080  # of the frame
    height: int = 1920
    side: int = 1  # -1 turns every direction round

    @property
    def reach(self) -> float:
        """How far a wandering layer goes to either side, pixels."""
        return self.amount * self.motion.travel * self.width


def tracks(rest: Rest, manner: Manner, clock: Clock) -> Tracks:
    """The tracks of a layer that comes to rest and keeps moving."""
    going = _going(rest, manner, clock)
    if manner.enter == "none":
        return going
    return _coming(rest, going, manner, clock)


def _still(rest: Rest) -> Tracks:
    values = (rest.x, rest.y, rest.scale, rest.turn, rest.opacity)
    x, y, scale, turn, opacity = (Track.still(value) for value in values)
    return Tracks(x=x, y=y, scale=scale, turn=turn, opacity=opacity)


def _glide(start: float, end: float, clock: Clock, ease: Ease = "sine") -> Track:
    return Track((Key(-LEAD, start, ease), Key(clock.seconds + LEAD, end)))


def _going(rest: Rest, manner: Manner, clock: Clock) -> Tracks:
    motion, still = manner.motion, _still(rest)
    growth = 1 + manner.amount * motion.push
    match _move(manner):
        case "none":
            return still
        case "push":
            return replace(still, scale=_growing(rest.scale, rest.scale * growth, manner, clock))
        case "pull":
            return replace(still, scale=_growing(rest.scale * growth, rest.scale, manner, clock))
        case "left" | "right" | "up" | "down":
            return _panning(rest, manner, clock)
        case "float":
            return replace(still, y=_swing(rest.y, manner.reach / 2, clock, period=3.2))
        case "sway":
            swaying = _swing(rest.turn, manner.amount * motion.turn / 2, clock, period=2.6)
            return replace(still, turn=swaying, scale=_growing(rest.scale, rest.scale * growth, manner, clock))
        case "turn":
            swing = manner.side * manner.amount * motion.turn
            turning = _glide(rest.turn - swing / 2, rest.turn + swing / 2, clock)
            return replace(still, turn=turning, scale=_glide(rest.scale, rest.scale * growth, clock))
        case "punch":
            return replace(still, scale=_punched(rest.scale, manner, clock))
        case "jump":
            return replace(still, scale=_jumps(rest.scale, rest.scale * growth, manner, clock))


def _move(manner: Manner) -> Move:
    """The move asked for; a tone that never turns anything still keeps everything moving."""
    return "push" if manner.move in ("sway", "turn") and not manner.motion.turn else manner.move


def _panning(rest: Rest, manner: Manner, clock: Clock) -> Tracks:
    way = manner.reach * (1 if manner.move in ("right", "down") else -1)
    if manner.move in ("left", "right"):
        return replace(_still(rest), x=_glide(rest.x - manner.side * way, rest.x + manner.side * way, clock))
    return replace(_still(rest), y=_glide(rest.y - way, rest.y + way, clock))


def _growing(start: float, end: float, manner: Manner, clock: Clock) -> Track:
    if manner.motion.jumps:
        return _jumps(start, end, manner, clock)
    return _glide(start, end, clock)


def _jumps(start: float, end: float, manner: Manner, clock: Clock) -> Track:
    """A scale that goes in steps, on the beat where there are enough beats; between two steps it still creeps."""
    count = max(2, manner.motion.jumps)
    on_beat = [beat for beat in clock.beats if 0.25 < beat < clock.seconds - 0.25]
    cuts = on_beat[: count - 1] or [clock.seconds * at / count for at in range(1, count)]
    edges = [-LEAD, *cuts, clock.seconds + LEAD]
    keys = []
    for at in range(len(edges) - 1):
        low = start + (end - start) * at / (len(edges) - 1)
        keys.append(Key(edges[at], low, "linear"))
        keys.append(Key(edges[at + 1] - 1 / 60, low * (1 + 0.035 * (1 if end > start else -1)), "hold"))
    return Track(tuple(keys))


def _swing(middle: float, reach: float, clock: Clock, *, period: float) -> Track:
    keys, at, side = [], -LEAD, 1
    while at < clock.seconds + LEAD + period:
        keys.append(Key(at, middle + side * reach, "sine"))
        at, side = at + period / 2, -side
    return Track(tuple(keys))


def _punched(scale: float, manner: Manner, clock: Clock) -> Track:
    """Grows a little all the time, and jumps on beats half a second or more apart."""
    strength, growth = manner.motion.punch * manner.amount, manner.motion.push
    span = clock.seconds + 2 * LEAD
    keys, last = [Key(-LEAD, scale, "linear")], clock.begins + 0.35
    for beat in clock.beats:
        if beat < last + 0.45 or beat > clock.seconds - 0.15:
            continue
        base = scale * (1 + growth * (beat + LEAD) / span)
        keys += [Key(beat - 0.02, base, "expo_out"), Key(beat + 0.05, base * (1 + strength), "cubic_out")]
        keys.append(Key(beat + 0.36, base, "linear"))
        last = beat
    keys.append(Key(clock.seconds + LEAD, scale * (1 + growth)))
    return Track(tuple(keys))


def _coming(rest: Rest, going: Tracks, manner: Manner, clock: Clock) -> Tracks:
    motion = manner.motion
    begins, lasts = clock.begins, motion.enter_seconds
    far = 0.055 * manner.height
    fade = Track((Key(begins, 0.0, "cubic_out"), Key(begins + min(lasts, 0.5) * 0.7, rest.opacity)))
    match manner.enter:
        case "none":
            return going
        case "fade":
            fade = Track((Key(begins, 0.0, "sine"), Key(begins + min(lasts, 0.6), rest.opacity)))
            return replace(going, opacity=fade)
        case "rise" | "drop":
            offset = far if manner.enter == "rise" else -far
            return replace(going, y=_arrive(going.y, offset, motion, begins), opacity=fade)
        case "left" | "right":
            offset = manner.side * (manner.width * 0.9 if manner.enter == "right" else -manner.width * 0.9)
            return replace(going, x=_arrive(going.x, offset, motion, begins))
        case "pop":
            return replace(going, scale=_swell(going.scale, 0.55, motion, begins), opacity=fade)
        case "grow":
            return replace(going, scale=_swell(going.scale, 0.0, motion, begins))


def _arrive(track: Track, offset: float, motion: Motion, begins: float) -> Track:
    """Come from `offset` away to where the track is, then follow it."""
    ends = begins + motion.enter_seconds
    goal = _at(track, ends)
    return Track((Key(begins, goal + offset, motion.enter), Key(ends, goal, "sine"), *_later(track, ends)))


def _swell(track: Track, share: float, motion: Motion, begins: float) -> Track:
    ends = begins + motion.enter_seconds
    goal = _at(track, ends)
    start = max(share * goal, 0.002)
    return Track((Key(begins, start, motion.enter), Key(ends, goal, "linear"), *_later(track, ends)))


def _at(track: Track, at: float) -> float:
    """The track's value, taken as straight between its keys: good enough to hand over."""
    keys = track.keys
    if at <= keys[0].at:
        return keys[0].value
    for one, two in pairwise(keys):
        if one.at <= at < two.at:
            return one.value + (two.value - one.value) * (at - one.at) / (two.at - one.at)
    return keys[-1].value


def _later(track: Track, after: float) -> tuple[Key, ...]:
    return tuple(key for key in track.keys if key.at > after + 1e-3)
