"""The cut-out product in its place, with the shadow that it throws where it floats or stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import radians, sin

from pipeline.media.look.colour import between
from pipeline.media.look.motion import Rest, Tracks
from pipeline.media.look.shadows import Shadow, contact_shadow, drop_shadow, reflection, stands, tilted
from pipeline.media.look.stage import Area, Stage
from pipeline.media.look.template import ProductLayer
from pipeline.media.scene import Key, Layer, Picture, Track

_BIGGEST = 1.75  # frame pixels for one pixel of a cut-out: beyond that it is shown smaller


def product(layer: ProductLayer, stage: Stage) -> Iterator[Layer]:
    """The cut-out, with the shadow that it throws where it floats or stands."""
    source = stage.source(layer.which)
    cutout = source.cutout
    if cutout is None:
        return
    placed = product_area(layer, stage)
    turn = layer.turn * stage.side
    if turn:
        # Turned once instead of in every frame: upright pictures are drawn many times faster.
        wide = placed.w / cutout.width
        cutout = tilted(cutout, turn)
        placed = _around(placed.middle, cutout.width * wide, cutout.height * wide)
    scale = placed.w / cutout.width
    moved = stage.moving(layer, Rest(*placed.middle, scale))
    standing = layer.stand == "stand" and stands(cutout)
    if standing and layer.enter in ("none", "fade", "pop", "grow"):
        foot = placed.bottom
        moved = replace(moved, y=_mapped(moved.scale, lambda value: foot - value * cutout.height / 2))
    darkness, tone = stage.look.shadow, between(stage.palette.ground, (0, 0, 0), 0.86)
    kind = "drop" if layer.shadow == "contact" and not standing else layer.shadow
    match kind:
        case "drop":
            shadow = drop_shadow(cutout, light=source.plate.light, darkness=darkness, colour=tone)
            yield shadow_layer(shadow, moved, stage, scale=scale)
        case "contact":
            shadow = contact_shadow(cutout, light=source.plate.light, darkness=min(0.62, darkness * 2.0), colour=tone)
            yield shadow_layer(shadow, moved, stage, scale=scale)
        case "mirror":
            glass = reflection(cutout)
            half = (cutout.height + glass.height) / 2
            below = Tracks(
                x=moved.x,
                y=_joined(moved.y, moved.scale, half),
                scale=moved.scale,
                turn=moved.turn,
                opacity=moved.opacity,
            )
            yield stage.layer(glass, below)
        case "none":
            pass
    yield stage.layer(cutout, moved)


def _around(middle: tuple[float, float], width: float, height: float) -> Area:
    return Area(middle[0] - width / 2, middle[1] - height / 2, width, height)


def product_area(layer: ProductLayer, stage: Stage) -> Area:
    """Where the cut-out comes to rest: inside its slot, upright proportions kept."""
    cutout = stage.source(layer.which).cutout
    area = stage.area(layer.slot)
    if cutout is None:
        return area
    width, height = _turned(cutout, layer.turn)
    lifted = (
        0.045 * stage.height if layer.stand == "stand" and layer.shadow == "contact" and not stands(cutout) else 0.0
    )
    area = Area(area.x, area.y, area.w, area.h - lifted)
    scale = min(area.w / width, area.h / height) * layer.grow
    if layer.move != "none" and layer.grow <= 1:
        scale *= 1 - 0.5 * stage.look.motion.push * abs(layer.amount)  # it grows into its slot, not out of it
    scale = min(scale, _BIGGEST)
    w, h = cutout.width * scale, cutout.height * scale
    x, y = area.middle
    if layer.stand == "stand":
        return Area(x - w / 2, area.bottom - h, w, h)
    return Area(x - w / 2, y - h / 2, w, h)


def _turned(cutout: Picture, turn: float) -> tuple[float, float]:
    """The room that a turned cut-out takes; a little of its corners is empty anyway."""
    lean = abs(sin(radians(turn))) * 0.6
    return cutout.width + lean * cutout.height, cutout.height + lean * cutout.width


def shadow_layer(shadow: Shadow, moved: Tracks, stage: Stage, *, scale: float) -> Layer:
    """A shadow follows what throws it."""
    return stage.layer(
        shadow.picture,
        replace(
            moved,
            x=_mapped(moved.x, lambda value: value + shadow.x * scale),
            y=_mapped(moved.y, lambda value: value + shadow.y * scale),
            scale=_mapped(moved.scale, lambda value: value * shadow.ratio),
        ),
    )


def _joined(place: Track, scale: Track, distance: float) -> Track:
    """A track that keeps so many picture pixels away from another while both grow."""
    if len(scale.keys) == 1:
        return _mapped(place, lambda value: value + distance * scale.keys[0].value)
    if len(place.keys) == 1:
        return _mapped(scale, lambda value: place.keys[0].value + distance * value)
    return Track(
        tuple(
            Key(one.at, one.value + distance * other.value, other.ease)
            for one, other in zip(place.keys, scale.keys, strict=False)
        )
    )


def _mapped(track: Track, change: Callable[[float], float]) -> Track:
    return Track(tuple(Key(key.at, change(key.value), key.ease) for key in track.keys))
