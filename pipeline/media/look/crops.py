"""Parts of photos: chosen around the product or a detail, extended where the photo ends, treated as a tone likes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.kept import kept
from pipeline.media.look.colour import RGB
from pipeline.media.scene import Picture
from pipeline.media.sources import Source
from pipeline.model import Box

_CLOSEST = 1.7  # frame pixels for one photo pixel in a close-up: more is mush
_AIR = 1.1  # a whole product keeps this much room around it
_LOST = 2.2  # times a product's size that its surroundings may have: in more of an even ground it is lost
_AT_EDGE = 0.008  # of a side: a product this near is cut off by the photo's own edge
_NEARLY_ALL = 0.7  # of a photo: a product so large is one with the person who wears it
_FEATHER = 0.07  # of a photo's side that fades into its extension

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Region:
    """A part of a photo in its pixels; it may reach beyond the photo."""

    x: float
    y: float
    w: float
    h: float

    def grown(self, share: float) -> Region:
        """With a margin on every side, as a share of the sides."""
        return Region(
            self.x - share * self.w, self.y - share * self.h, self.w * (1 + 2 * share), self.h * (1 + 2 * share)
        )


def product_box(source: Source) -> Region:
    """Where the product is in the photo's pixels."""
    return _pixels(source.plate.product, source.photo)


def whole(source: Source, *, aspect: float, rise: float = 0.46) -> Region:
    """As much of a photo as an aspect ratio shows, with the whole product in it.

    Args:
        source: the photo.
        aspect: width / height wanted.
        rise: where the product's middle should be, as a share of the height.
    """
    width, height = source.photo.width, source.photo.height
    product = product_box(source)
    w = min(width, height * aspect)
    if extends(source):
        snug = max(product.w, product.h * aspect)
        w = max(min(w, snug * _LOST), snug * _AIR)
    h = w / aspect
    middle_x, middle_y = _focus(source, product, w=w, h=h)
    x = _kept(middle_x - w / 2, w, width)
    # Downwards the photo may be extended a little: words stand there, on a veil.
    y = _kept(middle_y - rise * h, h, height, beyond=0.1 * h if extends(source) else 0.0)
    return Region(x, y, w, h)


def tight(source: Source, *, aspect: float, rise: float = 0.5, air: float = 1.16) -> Region:
    """The product with little air around it (a factor on its size), its middle at a share of the height."""
    product = product_box(source)
    w = max(product.w * air, product.h * air * aspect)
    if not extends(source):
        w = min(w, source.photo.width, source.photo.height * aspect)
    h = w / aspect
    middle_x, middle_y = _focus(source, product, w=w, h=h)
    x = _kept(middle_x - w / 2, w, source.photo.width)
    y = _kept(middle_y - rise * h, h, source.photo.height)
    return Region(x, y, w, h)


def _focus(source: Source, product: Region, *, w: float, h: float) -> tuple[float, float]:
    """What a crop is centred on: the product, or the best detail where it does not fit or is not known for sure."""
    middle = product.x + product.w / 2, product.y + product.h / 2
    sure = source.cutout is not None or source.plate.plain_ground
    if (sure and product.w <= w and product.h <= h) or not source.plate.details:
        return middle
    detail = _pixels(source.plate.details[0], source.photo)
    return (middle[0] + detail.x + detail.w / 2) / 2, (middle[1] + detail.y + detail.h / 2) / 2


def extends(source: Source) -> bool:
    """Whether a photo may go on beyond its edge: an even ground does unnoticed, a street or a sleeve does not."""
    box = source.plate.product
    reaches = min(box.x, box.y, 1 - box.x - box.w, 1 - box.y - box.h) < _AT_EDGE
    return source.plate.plain_ground and not reaches


def located(source: Source) -> bool:
    """Whether it is known where the product is: not where all that was found of it is nearly the whole photo."""
    box = source.plate.product
    return source.cutout is not None or box.w * box.h < _NEARLY_ALL


def close(source: Source, *, aspect: float, detail: int, across: float) -> Region:
    """A close-up, no closer than the photo's pixels allow.

    Args:
        source: the photo.
        aspect: width / height wanted.
        detail: which of the plate's details; further ones go round, none means the product's middle.
        across: pixels of the frame that the close-up fills.
    """
    details = source.plate.details
    if details:
        box = _pixels(details[detail % len(details)], source.photo)
    else:
        product = product_box(source)
        box = Region(product.x + product.w * 0.25, product.y + product.h * 0.25, product.w * 0.5, product.h * 0.5)
    w = max((box.w * box.h * aspect) ** 0.5, min(across / _CLOSEST, 0.8 * source.photo.width))
    w = min(w, source.photo.width, source.photo.height * aspect)
    h = w / aspect
    x = _kept(box.x + box.w / 2 - w / 2, w, source.photo.width)
    y = _kept(box.y + box.h / 2 - h / 2, h, source.photo.height)
    return Region(x, y, w, h)


def extract(photo: Picture, region: Region, *, most: int = 2600) -> Picture:
    """A region as a picture of its own; beyond the photo it goes on as a soft reflection."""
    return _extract(photo, region, most)


@kept
def _extract(photo: Picture, region: Region, most: int) -> Picture:
    left, top = round(region.x), round(region.y)
    right, bottom = left + max(2, round(region.w)), top + max(2, round(region.h))
    beyond = max(0, -left), max(0, -top), max(0, right - photo.width), max(0, bottom - photo.height)
    part = photo.pixels[max(0, top) : min(bottom, photo.height), max(0, left) : min(right, photo.width), :3]
    if any(beyond):
        part = _extended(part, beyond)
    share = most / max(part.shape[:2])
    if share < 1:
        size = (round(part.shape[1] * share), round(part.shape[0] * share))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    key = f"{photo.key}:{left},{top},{right},{bottom}:{most}"
    return Picture(key, np.ascontiguousarray(part))


def _extended(part: Pixels, beyond: tuple[int, int, int, int]) -> Pixels:
    """Room around a photo, filled with its own blurred edge; the photo fades into it."""
    left, top, right, bottom = beyond
    edge = cv2.copyMakeBorder(part, top, bottom, left, right, cv2.BORDER_REPLICATE)
    height, width = edge.shape[:2]
    step = max(1, max(height, width) // 240)
    small = cv2.resize(edge, (max(2, width // step), max(2, height // step)), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), max(height, width) / step * 0.045)
    soft = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    keep = _feathered(part.shape[0], part.shape[1], beyond)
    share = cv2.copyMakeBorder(keep, top, bottom, left, right, cv2.BORDER_CONSTANT, value=0)[..., None]
    return np.asarray(np.rint(edge * share + soft * (1 - share)), np.uint8)


def _feathered(height: int, width: int, beyond: tuple[int, int, int, int]) -> NDArray[np.float32]:
    """1 inside, falling to 0 at those edges beyond which there is more to fill."""
    left, top, right, bottom = beyond
    x = np.arange(width, dtype=np.float32) + 0.5
    y = np.arange(height, dtype=np.float32) + 0.5
    across, down = np.ones(width, np.float32), np.ones(height, np.float32)
    if left:
        across = np.minimum(across, x / (_FEATHER * width))
    if right:
        across = np.minimum(across, x[::-1] / (_FEATHER * width))
    if top:
        down = np.minimum(down, y / (_FEATHER * height))
    if bottom:
        down = np.minimum(down, y[::-1] / (_FEATHER * height))
    keep = np.minimum(np.clip(across, 0, 1)[None, :], np.clip(down, 0, 1)[:, None])
    return np.asarray(keep * keep * (3 - 2 * keep), np.float32)


def melted(picture: Picture, *, ground: RGB, paper: RGB) -> Picture:
    """A photo on an even ground, set on paper of another colour: the product keeps its own colours.

    Args:
        picture: the photo.
        ground: its ground's mean colour.
        paper: what the ground becomes; exactly so along the picture's edge.
    """
    return _melted(picture, ground, paper)


@kept
def _melted(picture: Picture, ground: RGB, paper: RGB) -> Picture:
    pixels = picture.pixels[..., :3].astype(np.float32)
    height, width = pixels.shape[:2]
    # The ground is uneven (vignette, soft shadow): what a wide blur of the brighter pixels says it is, there.
    step = max(1, max(height, width) // 200)
    small = cv2.resize(pixels, (max(2, width // step), max(2, height // step)), interpolation=cv2.INTER_AREA)
    base = np.array(ground, np.float32)
    near = np.exp(-(((small - base).max(axis=2) ** 2 + (small - base).min(axis=2) ** 2) / (2 * 26.0**2)))[..., None]
    spread = max(small.shape[:2]) * 0.12
    weight = cv2.GaussianBlur(near[..., 0], (0, 0), spread)[..., None] + 1e-3
    local = (cv2.GaussianBlur(small * near, (0, 0), spread) + base * 1e-3) / weight
    local = cv2.resize(local, (width, height), interpolation=cv2.INTER_LINEAR)
    away = np.abs(pixels - local).max(axis=2)
    keep = np.clip((away - 26) / 60, 0, 1)
    keep = cv2.GaussianBlur(keep * keep * (3 - 2 * keep), (0, 0), max(1.0, max(height, width) / 700))[..., None]
    tinted = np.array(paper, np.float32) * np.clip(pixels / np.maximum(local, 1), 0, 1)
    mixed = tinted + (pixels - tinted) * keep
    inside = _feathered(height, width, (1, 1, 1, 1))[..., None]
    mixed = np.array(paper, np.float32) + (mixed - np.array(paper, np.float32)) * inside
    return Picture(f"melted:{picture.key}:{ground}:{paper}", np.clip(np.rint(mixed), 0, 255).astype(np.uint8))


def mono(picture: Picture) -> Picture:
    """A picture without colour and with more contrast."""
    return _mapped(picture, (8, 8, 10), (250, 250, 248), "mono")


def duo(picture: Picture, *, dark: RGB, bright: RGB) -> Picture:
    """A picture in shades from one colour to another."""
    return _mapped(picture, dark, bright, "duo")


@kept
def _mapped(picture: Picture, dark: RGB, bright: RGB, name: str) -> Picture:
    grey = cv2.cvtColor(np.ascontiguousarray(picture.pixels[..., :3]), cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    grey = np.clip((grey - 0.5) * 1.18 + 0.5, 0, 1)[..., None]
    first, last = np.array(dark, np.float32), np.array(bright, np.float32)
    pixels = np.asarray(np.rint(first + (last - first) * grey), np.uint8)
    return Picture(f"{name}:{picture.key}:{dark}:{bright}", np.ascontiguousarray(pixels))


def _pixels(box: Box, photo: Picture) -> Region:
    return Region(box.x * photo.width, box.y * photo.height, box.w * photo.width, box.h * photo.height)


def _kept(start: float, length: float, limit: float, *, beyond: float = 0.0) -> float:
    """Move a stretch inside 0..limit; one that is longer is put in the middle."""
    if length >= limit:
        return (limit - length) / 2
    return min(max(start, 0.0), limit - length + beyond)
