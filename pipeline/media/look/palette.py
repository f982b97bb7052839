"""A film's colours: found in the photos or given by the brand, arranged by the tone, checked for reading."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.media.look.colour import (
    BLACK,
    RGB,
    WHITE,
    Shade,
    apart,
    between,
    contrast,
    parse,
    readable,
    shade,
)
from pipeline.media.look.tone import Colours, Mixed, Paint, Role, Scheme
from pipeline.model import Brand, Plate

_COLOURFUL = 0.06  # chroma from which a colour has a hue worth following
STANDS_OUT = 0.3  # OKLab distance between a product and another ground that it is to be put on
SEPARATE = 0.17  # OKLab distance between a product's rim and the ground it stands on


@dataclass(frozen=True)
class Palette:
    """A film's colours by role."""

    ground: RGB
    second: RGB
    third: RGB
    ink: RGB
    accent: RGB
    on_accent: RGB
    soft: RGB
    backing: RGB  # of shapes right behind the product: the second colour where the product stands out from it

    def role(self, name: Role) -> RGB:
        """The colour of a role."""
        if name == "white":
            return WHITE
        if name == "black":
            return BLACK
        found: RGB = getattr(self, name)
        return found

    def on(self, ground: RGB, *, first: RGB | None = None) -> RGB:
        """A colour for words on a ground: the wanted one when it reads, else the best of the palette's own."""
        wanted = first or self.ink
        if contrast(wanted, ground) >= 4.8:
            return wanted
        for own in (self.ink, self.ground, WHITE, BLACK):
            if contrast(own, ground) >= 4.8:
                return own
        return readable(wanted, on=ground)

    def swapped(self) -> Palette:
        """The same colours with ground and second exchanged."""
        ink = self.on(self.second)
        return Palette(
            ground=self.second,
            second=self.ground,
            third=self.third,
            ink=ink,
            accent=self.accent,
            on_accent=self.on_accent,
            soft=readable(between(ink, self.second, 0.25), on=self.second),
            backing=self.ground,
        )


def palette_of(
    colours: Colours, plates: tuple[Plate, ...], *, brand: Brand, idea: int, rims: tuple[RGB, ...]
) -> Palette:
    """The palette of a film.

    Args:
        colours: the tone's way of choosing.
        plates: the photos; their own colours lead.
        brand: a brand's colours go before those of the photos.
        idea: variants start from another scheme.
        rims: colours of the cut-outs and of their outlines: a product must stand out from its ground.
    """
    accent = _accent(colours, plates, brand)
    photo = shade(parse(plates[0].ground)) if plates else Shade(0.9, 0.01, 80)
    count = len(colours.schemes)
    made = [_arrange(colours.schemes[(idea + at) % count], colours, accent=accent, photo=photo) for at in range(count)]
    palette = next((one for one in made if _clear(one, rims) >= SEPARATE), max(made, key=lambda o: _clear(o, rims)))
    if not all(apart(rim, palette.second) >= STANDS_OUT for rim in rims):
        others = (palette.second, palette.third, palette.accent, between(palette.ground, (255, 255, 255), 0.45))
        palette = replace(palette, backing=max(others, key=lambda one: min(apart(one, rim) for rim in rims)))
    return palette if not brand.colours else _branded(palette, parse(brand.colours[0]))


def rim_colour(pixels: NDArray[np.uint8]) -> RGB:
    """The median colour of a cut-out's border, (height, width, 4) RGBA."""
    alpha = pixels[::4, ::4, 3] > 128
    inner = alpha.copy()
    reach = max(2, min(alpha.shape) // 40)
    for axis in (0, 1):
        for step in (-reach, reach):
            inner &= np.roll(alpha, step, axis)
    rim = pixels[::4, ::4, :3][alpha & ~inner]
    if not len(rim):
        return 128, 128, 128
    red, green, blue = (int(level) for level in np.median(rim, axis=0))
    return red, green, blue


def body_colour(pixels: NDArray[np.uint8]) -> RGB:
    """The median colour of all of a cut-out, (height, width, 4) RGBA."""
    small = pixels[::6, ::6]
    body = small[..., :3][small[..., 3] > 200]
    if not len(body):
        return 128, 128, 128
    red, green, blue = (int(level) for level in np.median(body, axis=0))
    return red, green, blue


def _accent(colours: Colours, plates: tuple[Plate, ...], brand: Brand) -> Shade:
    own = [shade(parse(colour)) for colour in brand.colours]
    own += [shade(parse(colour)) for plate in plates for colour in plate.palette[:3]]
    lively = [found for found in own if found.chroma >= _COLOURFUL]
    if brand.colours and lively and lively[0] == own[0]:
        return lively[0]
    best = max(lively, key=lambda found: found.chroma, default=Shade(0.6, 0.15, colours.hue))
    if colours.whole is None:
        return best
    low, high = colours.whole
    inside = (best.hue - low) % 360 <= (high - low) % 360
    return best if inside else Shade(best.light, best.chroma, colours.hue)


def _arrange(scheme: Scheme, colours: Colours, *, accent: Shade, photo: Shade) -> Palette:
    def mix(paint: Paint) -> RGB:
        return parse(paint) if isinstance(paint, str) else _mix(paint, colours, accent=accent, photo=photo)

    ground, signal = mix(scheme.ground), mix(scheme.accent)
    ink = readable(mix(scheme.ink), on=ground, least=5.5)
    soft = mix(scheme.soft) if scheme.soft is not None else between(ink, ground, 0.25)
    return Palette(
        ground=ground,
        second=mix(scheme.second),
        third=mix(scheme.third),
        ink=ink,
        accent=signal,
        on_accent=readable(mix(scheme.on_accent), on=signal),
        soft=readable(soft, on=ground),
        backing=mix(scheme.second),
    )


def _mix(paint: Mixed, colours: Colours, *, accent: Shade, photo: Shade) -> RGB:
    hue, chroma = paint.hue, paint.chroma
    if hue in ("accent", "opposite") and chroma >= 0.15 and 0.5 <= paint.light <= 0.8:
        return _vivid(paint, colours, accent=accent)
    if hue == "accent":
        return Shade(paint.light, chroma, accent.hue + paint.turn).rgb()
    if hue == "opposite":
        away = accent.hue + 180
        if colours.hues:
            away = min(colours.hues, key=lambda one: abs((one - away + 180) % 360 - 180))
        return Shade(paint.light, chroma, away + paint.turn).rgb()
    if hue == "photo":
        # The cast of a white wall is no colour to build on: paper is a little warm.
        own = photo.hue if photo.chroma > 0.012 else 80.0
        return Shade(paint.light, min(chroma, max(photo.chroma, chroma / 2)), own + paint.turn).rgb()
    return Shade(paint.light, chroma, float(hue) + paint.turn).rgb()


def _vivid(paint: Mixed, colours: Colours, *, accent: Shade) -> RGB:
    """A strong colour at the lightness at which its hue is strong: yellow only is yellow when it is light."""
    found = shade(_mix(paint.model_copy(update={"chroma": 0.14}), colours, accent=accent, photo=accent))
    away = abs((found.hue - 92 + 180) % 360 - 180)
    lift = max(0.0, 1 - away / 55) * (0.86 - paint.light)
    return Shade(paint.light + lift, paint.chroma, found.hue).rgb()


def _clear(palette: Palette, rims: tuple[RGB, ...]) -> float:
    return min((apart(rim, ground) for rim in rims for ground in (palette.ground, palette.second)), default=1.0)


def _branded(palette: Palette, own: RGB) -> Palette:
    """A brand's colour is shown exactly as it is."""
    return replace(palette, accent=own, on_accent=palette.on(own, first=palette.on_accent))
