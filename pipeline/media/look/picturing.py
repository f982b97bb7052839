"""From a template's picture layers to layers of the scene: grounds, shapes, photos, light, veils."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from pipeline.media.clips import Clip
from pipeline.media.look import crops
from pipeline.media.look.colour import BLACK, between, parse
from pipeline.media.look.grounds import Ground, blurred, ground_picture, veil
from pipeline.media.look.motion import LEAD, Rest, Tracks
from pipeline.media.look.products import shadow_layer
from pipeline.media.look.shadows import drop_shadow
from pipeline.media.look.shapes import SWEEP_STEP, shape_picture, sweep, window_alpha
from pipeline.media.look.stage import Area, Stage
from pipeline.media.look.template import (
    GroundLayer,
    LightLayer,
    PhotoLayer,
    ShapeLayer,
    VeilLayer,
)
from pipeline.media.scene import Key, Layer, Picture, Track
from pipeline.model import FPS

_RIM = 2
_UNDER_ARCH = 1.32  # room for a product whose window has no upper corners
_SLIMMEST = 0.62  # width of a window that is narrowed, as a share of its height
_WORN = 1.0  # the same where the product is one with who wears it: the best part of a portrait is shown, but large
_PUSHED = 1.08  # how much larger a clip grows while it rests
_MOST_CROPPED = 1.45  # how much longer than the frame a clip may be one way before it is shown whole
_PATTERN = {"dots": 0.4, "rays": 0.2, "stripes": 0.3}  # how strongly a pattern stands out: it is only a ground


def ground(layer: GroundLayer, stage: Stage) -> Iterator[Layer]:
    """The painted ground."""
    first = stage.palette.role(layer.colours[0])
    other = stage.palette.role(layer.colours[-1])
    other = between(first, other, _PATTERN.get(layer.paint, 1.0))
    if layer.paint == "photo_blur":
        picture = blurred(stage.sources[0].photo, stage.width, stage.height, shade=0.55, tint=first)
    else:
        angle = -layer.angle if stage.mirrored else layer.angle
        at = layer.at if layer.slot == "frame" else stage.area(layer.slot).y / stage.height
        paint = Ground(layer.paint, first, other, at=at, angle=angle)
        picture = ground_picture(paint, stage.width, stage.height)
    rest = Rest(stage.width / 2, stage.height / 2, 1.0)
    yield stage.layer(picture, stage.moving(layer, rest))


def shape(layer: ShapeLayer, stage: Stage) -> Iterator[Layer]:
    """A flat shape."""
    area = stage.area(layer.slot)
    width, height = round(area.w), round(area.h)
    if layer.shape in ("disc", "ring", "burst"):
        width = height = min(width, height) if layer.slot == "frame" else max(width, height)
    if layer.shape == "line":
        height = max(2, round(layer.stroke * stage.unit))
    colour = stage.palette.role(layer.colour)
    picture = shape_picture(layer.shape, width, height, colour=colour, stroke=layer.stroke * stage.unit)
    turn = layer.turn * stage.side
    moved = stage.moving(layer, Rest(*area.middle, 1.0, turn=turn, opacity=layer.opacity))
    yield stage.layer(picture, moved)


def light(layer: LightLayer, stage: Stage) -> Iterator[Layer]:
    """A band of light that crosses the frame once, in the middle of the shot."""
    picture = sweep(stage.width, stage.height, colour=stage.palette.role(layer.colour))
    reach = (stage.width + SWEEP_STEP * picture.width) / 2
    middle = stage.seconds * 0.5
    start, end = min(0.15, middle), max(stage.seconds * 0.9, middle + 0.4)
    x = Track(
        (Key(start, stage.width / 2 - stage.side * reach, "sine"), Key(end, stage.width / 2 + stage.side * reach))
    )
    still = Track.still
    ends = 0.25 * (end - start)
    opacity = Track(
        (
            Key(start, 0.0, "sine"),
            Key(start + ends, layer.opacity, "linear"),
            Key(end - ends, layer.opacity, "sine"),
            Key(end, 0.0),
        )
    )
    scale = still(SWEEP_STEP)
    moved = Tracks(x=x, y=still(stage.height / 2), scale=scale, turn=still(0), opacity=opacity)
    yield replace(stage.layer(picture, moved), blend="add")


def shade(layer: VeilLayer, stage: Stage) -> Iterator[Layer]:
    """A gradient under words."""
    edge = "right" if layer.edge == "left" and stage.mirrored else layer.edge
    colour = BLACK if layer.colour == "black" else stage.palette.role(layer.colour)
    picture = veil(stage.width, stage.height, edge=edge, colour=colour, opacity=layer.opacity, reach=layer.reach)
    rest = Rest(stage.width / 2, stage.height / 2, stage.width / picture.width)
    yield stage.layer(picture, stage.moving(layer, rest))


def photo(layer: PhotoLayer, stage: Stage) -> Iterator[Layer]:
    """A photo in its window. Prints (turned ones) move as a whole, in other windows the picture moves inside."""
    if stage.clip is not None:
        yield from filmed(stage.clip, stage)
        return
    area = _snug(layer, stage)
    if layer.window == "below":  # it shows a part of the whole frame
        yield from _lower_part(layer, stage, area)
        return
    picture = _treated(_cropped(layer, stage, area), layer, stage)
    if layer.turn or (layer.border and layer.window in ("none", "round")):
        yield from _print(picture, layer, stage, area)
        return
    scale = max(area.w / picture.width, area.h / picture.height) * _slack(layer, stage)
    moved = stage.moving(replace_enter(layer), Rest(*area.middle, scale))
    if layer.window == "none" and layer.slot == "frame":
        yield stage.layer(picture, moved)
        return
    if layer.enter != "none":
        moved = replace(moved, opacity=_fade(layer, stage))
    if layer.border:
        rim = round(layer.border * stage.unit)
        window = shape_picture(
            _shape_of(layer.window),
            round(area.w) + 2 * rim,
            round(area.h) + 2 * rim,
            colour=stage.palette.role("white"),
        )
        yield stage.layer(window, replace(_resting(area), opacity=moved.opacity))
    yield stage.layer(picture, moved, mask=_mask(layer.window, stage, area))


def _snug(layer: PhotoLayer, stage: Stage) -> Area:
    """The window of a photo: narrower than its slot where only so a product is seen from top to bottom."""
    area = stage.area(layer.slot)
    source = stage.source(layer.which)
    bleeds = area.x <= 0 or area.right >= stage.width
    if not layer.snug or layer.crop == "detail" or bleeds or crops.extends(source):
        return area
    photo = source.photo
    product = crops.product_box(source)
    most = min(photo.width / product.h, photo.width / photo.height)  # no wider than the photo allows for its height
    least = _SLIMMEST if crops.located(source) else _WORN
    width = min(area.w, area.h * max(least, most))
    if layer.window in ("arch", "disc") or stage.look.align == "center":
        return Area(area.x + (area.w - width) / 2, area.y, width, area.h)
    return Area(area.right - width if stage.mirrored else area.x, area.y, width, area.h)


def filmed(clip: Clip, stage: Stage) -> Iterator[Layer]:
    """A clip over the whole frame, one picture a frame, the last one to the end; a push takes over where it rests."""
    first = clip.frames[0]
    ratios = stage.width / first.width, stage.height / first.height
    scale = max(ratios)
    if max(ratios) > _MOST_CROPPED * min(ratios):
        # Made for another format: shown whole on its own colours rather than cut to pieces.
        ground = blurred(first, stage.width, stage.height, shade=0.25, tint=stage.palette.ground)
        yield stage.layer(ground, _resting(Area(0, 0, stage.width, stage.height)))
        scale = min(ratios)
    zoom = Track.still(scale)
    if clip.rests is not None:
        # It goes on beyond the shot, so that it does not come to rest inside it.
        zoom = Track((Key(clip.rests, scale), Key(max(stage.seconds, clip.rests) + LEAD, scale * _PUSHED)))
    for number, picture in enumerate(clip.frames):
        yield Layer(
            picture,
            x=Track.still(stage.width / 2),
            y=Track.still(stage.height / 2),
            scale=zoom,
            start=number / FPS if number else -LEAD,
            end=(number + 1) / FPS if number < len(clip.frames) - 1 else float("inf"),
        )


def _lower_part(layer: PhotoLayer, stage: Stage, area: Area) -> Iterator[Layer]:
    frame = Area(0, 0, stage.width, stage.height)
    full = layer.model_copy(update={"slot": "frame", "enter": "none"})
    picture = _treated(_cropped(full, stage, frame), layer, stage)
    scale = max(frame.w / picture.width, frame.h / picture.height) * _slack(full, stage)
    yield stage.layer(picture, stage.moving(full, Rest(*frame.middle, scale)), mask=_below(stage, area))


def replace_enter(layer: PhotoLayer) -> PhotoLayer:
    """Inside a window only the picture moves; its entrance is a fade of the whole."""
    return layer.model_copy(update={"enter": "none"}) if layer.slot != "frame" else layer


def _fade(layer: PhotoLayer, stage: Stage) -> Track:
    begins = stage.begins(layer)
    return Track((Key(begins, 0.0, "cubic_out"), Key(begins + min(0.45, stage.look.motion.enter_seconds), 1.0)))


def _resting(area: Area) -> Tracks:
    x, y = area.middle
    still = Track.still
    return Tracks(x=still(x), y=still(y), scale=still(1.0), turn=still(0.0), opacity=still(1.0))


def _slack(layer: PhotoLayer, stage: Stage) -> float:
    """How much larger than its window a picture must be to wander without showing its edge."""
    if layer.move in ("left", "right", "up", "down", "float"):
        return 1 + 2.4 * layer.amount * stage.look.motion.travel * stage.width / min(
            stage.area(layer.slot).w, stage.area(layer.slot).h
        )
    return 1.002


def _cropped(layer: PhotoLayer, stage: Stage, area: Area) -> Picture:
    source = stage.source(layer.which)
    aspect = area.w / area.h
    match layer.crop:
        case "whole":
            full = layer.slot == "frame" and stage.height > stage.width
            region = crops.whole(source, aspect=aspect, rise=0.40 if full else 0.5)
        case "product" if layer.window == "arch":
            region = crops.tight(source, aspect=aspect, rise=0.57, air=_UNDER_ARCH)
        case "product":
            region = crops.tight(source, aspect=aspect)
        case "detail":
            region = crops.close(source, aspect=aspect, detail=stage.detail + layer.detail, across=area.w)
    return crops.extract(source.photo, region)


def _treated(picture: Picture, layer: PhotoLayer, stage: Stage) -> Picture:
    match layer.treat:
        case "none":
            return picture
        case "mono":
            return crops.mono(picture)
        case "duo":
            return crops.duo(picture, dark=BLACK, bright=stage.palette.accent)
        case "melt":
            ground_colour = parse(stage.source(layer.which).plate.ground)
            return crops.melted(picture, ground=ground_colour, paper=stage.palette.ground)


def _shape_of(window: str) -> str:
    return {"none": "slab", "arch": "arch", "disc": "disc", "round": "round", "slant": "slant", "below": "slab"}[window]


def _mask(window: str, stage: Stage, area: Area) -> Picture:
    if window == "below":
        return _below(stage, area)
    alpha = np.zeros((stage.height, stage.width), np.uint8)
    left, top = round(area.x), round(area.y)
    width, height = round(area.right) - left, round(area.bottom) - top
    shape = window_alpha(_shape_of(window), width, height)
    rows = slice(max(0, top), min(stage.height, top + height))
    columns = slice(max(0, left), min(stage.width, left + width))
    alpha[rows, columns] = shape[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    pixels = np.full((stage.height, stage.width, 4), 255, np.uint8)
    pixels[..., 3] = alpha
    return Picture(f"mask:{window}:{left},{top},{width},{height}:{stage.width}x{stage.height}", pixels)


def _below(stage: Stage, area: Area) -> Picture:
    """Everything under a slanted line through the area's upper edge."""
    lean = -0.16 * stage.side
    y, x = np.mgrid[0 : stage.height, 0 : stage.width].astype(np.float32)
    distance = y - area.y - lean * (x - stage.width / 2)
    pixels = np.full((stage.height, stage.width, 4), 255, np.uint8)
    pixels[..., 3] = np.clip(distance + 0.5, 0, 1) * 255
    return Picture(f"mask:below:{area.y:.0f}:{lean}:{stage.width}x{stage.height}", pixels)


def _print(picture: Picture, layer: PhotoLayer, stage: Stage, area: Area) -> Iterator[Layer]:
    """A photo on paper: white edge, soft shadow, moved and turned as one."""
    rim = round(layer.border * stage.unit)
    width, height = round(area.w), round(area.h)
    body = np.empty((height, width, 4), np.uint8)
    body[:] = (*stage.palette.role("white"), 255)
    inner_w, inner_h = max(2, width - 2 * rim), max(2, height - 2 * rim)
    body[rim : rim + inner_h, rim : rim + inner_w, :3] = _filled(picture, inner_w, inner_h)
    if layer.window == "round":
        body[..., 3] = window_alpha("round", width, height)
    key = f"print:{picture.key}:{width}x{height}:{rim}:{layer.window}"
    paper = Picture(key, np.pad(body, ((_RIM, _RIM), (_RIM, _RIM), (0, 0)), mode="constant"))
    turn = layer.turn * stage.side
    moved = stage.moving(layer, Rest(*area.middle, 1.0, turn=turn))
    light_from = stage.source(layer.which).plate.light
    shadow = drop_shadow(paper, light=light_from, darkness=stage.look.shadow * 0.8)
    yield shadow_layer(shadow, moved, stage, scale=1.0)
    yield stage.layer(paper, moved)


def _filled(picture: Picture, width: int, height: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    scale = max(width / picture.width, height / picture.height)
    size = (max(width, round(picture.width * scale)), max(height, round(picture.height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(picture.pixels, size, interpolation=way)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return np.asarray(sized[top : top + height, left : left + width], np.uint8)
