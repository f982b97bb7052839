"""The sample products as plates, and what models are known to do to products."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.media.fidelity import Sample
from pipeline.media.ground import lab
from pipeline.model import Box, Plate
from tests.fakes.memory import FolderBlobs

FOLDER = Path(__file__).resolve().parents[3] / "samples"

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Product:
    """A sample photo, and where the product is in it."""

    file: str
    box: Box
    label: tuple[str, ...] = ()


MUG = Product("1-mug/01.jpg", Box(x=0.125, y=0.14, w=0.76, h=0.72))
BOTTLE = Product("2-bottle/01.jpg", Box(x=0.35, y=0.075, w=0.27, h=0.84), ("SIERRA",))
LAMP = Product("3-lamp/01.jpg", Box(x=0.22, y=0.27, w=0.55, h=0.53))


@cache
def photo_of(product: Product, side: int = 1280) -> Pixels:
    with Image.open(FOLDER / product.file) as image:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        return np.asarray(image.convert("RGB"), np.uint8)


@cache
def mask_of(product: Product) -> Pixels:
    """The product's box, without what looks like the ground beside it."""
    pixels = photo_of(product)
    height, width = pixels.shape[:2]
    box = product.box
    left, right = round(box.x * width), round((box.x + box.w) * width)
    top, bottom = round(box.y * height), round((box.y + box.h) * height)
    colours = lab(np.asarray(cv2.GaussianBlur(pixels, (0, 0), 2), np.uint8))
    edge = np.concatenate((colours[top:bottom, left], colours[top:bottom, right - 1]))
    apart = np.linalg.norm(colours[..., 1:] - np.median(edge, axis=0)[1:], axis=-1) > 10
    mask = np.zeros((height, width), np.uint8)
    mask[top:bottom, left:right] = 255 * apart[top:bottom, left:right]
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    return np.asarray(closed, np.uint8)


def sample_of(product: Product) -> Sample:
    return Sample(photo_of(product), mask_of(product), product.label)


async def plate(product: Product, blobs: FolderBlobs) -> Plate:
    """A plate with a cut-out, its files kept."""
    jpeg, png, (left, top, across, down) = _files(product)
    height, width = photo_of(product).shape[:2]
    return Plate(
        photo=await blobs.put_bytes(jpeg, "image/jpeg"),
        width=width,
        height=height,
        cutout=await blobs.put_bytes(png, "image/png"),
        product=Box(x=left / width, y=top / height, w=across / width, h=down / height),
        details=(),
        palette=("#1d6b5c",),
        ground="#f0f0f0",
        plain_ground=True,
        light=110.0,
        sharpness=90.0,
        label=product.label,
    )


@cache
def _files(product: Product) -> tuple[bytes, bytes, tuple[int, int, int, int]]:
    """The photo as JPEG, the cut-out as PNG, and left, top, width and height of where it is, in pixels."""
    pixels, mask = photo_of(product), mask_of(product)
    left, top, across, down = (int(value) for value in cv2.boundingRect(mask))
    part = np.s_[top : top + down, left : left + across]
    jpeg, png = io.BytesIO(), io.BytesIO()
    Image.fromarray(pixels).save(jpeg, "JPEG", quality=95)
    Image.fromarray(np.dstack((pixels[part], mask[part]))).save(png, "PNG")
    return jpeg.getvalue(), png.getvalue(), (left, top, across, down)


# ── What a camera does ───────────────────────────────────────────────────────────────────────────────────────────────


def seen_from(
    pixels: Pixels, *, zoom: float = 1.0, shift: tuple[float, float] = (0, 0), turn: float = 0, lean: float = 0
) -> Pixels:
    """A photo filmed from elsewhere: nearer, beside it, turned by degrees, from a side by a share of the width."""
    height, width = pixels.shape[:2]
    flat = cv2.getRotationMatrix2D((width / 2, height / 2), turn, zoom)
    flat[:, 2] += (shift[0] * width, shift[1] * height)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    leant = corners + np.array([[lean, lean], [-lean, 0], [0, 0], [0, -lean]], np.float32) * width
    matrix = cv2.getPerspectiveTransform(corners, leant.astype(np.float32)) @ np.vstack((flat, (0, 0, 1)))
    way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.warpPerspective(pixels, matrix, (width, height), flags=way, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def lit(pixels: Pixels, *, gain: float = 1.0, warm: float = 0.0) -> Pixels:
    """In another light."""
    gains = np.array((gain * (1 + warm), gain, gain * (1 - warm)), np.float32)
    return np.asarray(np.clip(np.rint(pixels.astype(np.float32) * gains), 0, 255), np.uint8)


def compressed(pixels: Pixels, *, quality: int = 40, blur: float = 1.2) -> Pixels:
    """As a lens and an encoder leave it."""
    file = io.BytesIO()
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8)
    Image.fromarray(soft).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file), np.uint8)


# ── What a model does ────────────────────────────────────────────────────────────────────────────────────────────────


def hued(pixels: Pixels, *, degrees: float) -> Pixels:
    """All colours moved along the circle."""
    hsv = cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(np.int16) + round(degrees / 2)) % 180
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def bulged(pixels: Pixels, box: Box, *, strength: float) -> Pixels:
    """The product swollen in its middle, its outline with it."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    middle = (box.x + box.w / 2) * width, (box.y + box.h / 2) * height
    across, down = (x - middle[0]) / (box.w * width * 0.6), (y - middle[1]) / (box.h * height * 0.6)
    inside = np.clip(1 - np.hypot(across, down), 0, 1)
    share = 1 - strength * inside * inside * (3 - 2 * inside)
    there = (middle[0] + (x - middle[0]) * share).astype(np.float32), (middle[1] + (y - middle[1]) * share)
    return np.asarray(cv2.remap(pixels, there[0], there[1].astype(np.float32), cv2.INTER_CUBIC), np.uint8)


def stretched(pixels: Pixels, *, times: float) -> Pixels:
    """Wider than it is, cut to the same frame."""
    height, width = pixels.shape[:2]
    matrix = np.array(((times, 0, width / 2 * (1 - times)), (0, 1, 0)), np.float64)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC), np.uint8)


def relabelled(pixels: Pixels, text: str) -> Pixels:
    """The bottle with another name on it."""
    height, width = pixels.shape[:2]
    image = Image.fromarray(pixels.copy())
    spot = tuple(round(part) for part in (0.372 * width, 0.565 * height, 0.535 * width, 0.61 * height))
    ground = tuple(int(value) for value in pixels[round(0.54 * height), round(0.45 * width)])
    draw = ImageDraw.Draw(image)
    draw.rectangle(spot, fill=ground)
    if text:
        draw.text(
            ((spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2),
            text,
            fill=(235, 225, 200),
            font_size=0.032 * height,
            anchor="mm",
        )
    return np.asarray(image, np.uint8)


def emblem(pixels: Pixels, product: Product, *, share: float = 0.3) -> Pixels:
    """The product with a picture on it that it does not have."""
    height, width = pixels.shape[:2]
    box = product.box
    out = pixels.copy()
    middle = round((box.x + box.w * 0.4) * width), round((box.y + box.h * 0.55) * height)
    size = round(share * min(box.w * width, box.h * height))
    cv2.circle(out, middle, size // 2, (240, 236, 228), -1, cv2.LINE_AA)
    cv2.line(out, (middle[0] - size // 3, middle[1]), (middle[0] + size // 3, middle[1]), (180, 40, 40), size // 8)
    return out
