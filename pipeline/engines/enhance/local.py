"""Photos made ready for filming on this machine: cleaned, enlarged, cut out, and looked at for what to show of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from pipeline.darkroom.look import flaws
from pipeline.errors import BadPhoto
from pipeline.media.colour import corrected, exposed, palette
from pipeline.media.cutout import Segmenter, Window
from pipeline.media.ground import hexed
from pipeline.media.isolate import Product, cropped, glance_at, isolate, isolate_by_alpha
from pipeline.media.label import Reader
from pipeline.media.light import light_direction, sharpness
from pipeline.media.saliency import details, fractions
from pipeline.media.upscale import enlarged
from pipeline.model import Artifact, Box, Plate
from pipeline.ports import WHOLE, Bench, Enhance

MODEL = Path(__file__).parent / "data" / "u2netp.onnx"

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]

_CUTOUT_SIDE = 2400  # px; more than any frame shows
_PAPERS = (np.array((244, 243, 240), np.float32), np.array((214, 213, 210), np.float32))  # for dark and white products
_QUALITY = 92


@dataclass(frozen=True)
class Finished:
    """All that is found out about one photo; files are written, artifacts not yet made."""

    photo: Path
    cutout: Path | None
    size: tuple[int, int]
    product: Box
    details: tuple[Box, ...]
    palette: tuple[str, ...]
    ground: str
    plain_ground: bool
    light: float
    sharpness: float
    label: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class LocalEnhance:
    """The engine; its networks are loaded at the first photo and stay."""

    segmenter: Segmenter = field(default_factory=lambda: Segmenter(MODEL))
    reader: Reader = field(default_factory=Reader)

    @property
    def name(self) -> str:
        """Method and version."""
        return "classic-3"

    async def run(self, request: Enhance, bench: Bench) -> Plate:
        """Make a photo ready for filming.

        Raises:
            BadPhoto: the stored file is not a picture.
            StorageError: it is gone.
        """
        path = await bench.open(request.photo)
        done = await asyncio.to_thread(self.finish, path, bench.scratch)
        return await plate_of(done, bench)

    def finish(self, path: Path, scratch: Path) -> Finished:
        """Do all the work on one photo; the pictures are written to `scratch`."""
        original, own = _read(path)
        rgb = enlarged(exposed(original))
        if own is None:
            product = isolate(rgb, self.segmenter)
        else:
            own = np.clip(cv2.resize(own, rgb.shape[1::-1], interpolation=cv2.INTER_CUBIC), 0, 1)
            product = isolate_by_alpha(rgb, own)
        clean = corrected(rgb, product.weight, product.ground)
        photo = scratch / "photo.jpg"
        photo.write_bytes(
            simplejpeg.encode_jpeg(
                np.ascontiguousarray(clean), quality=_QUALITY, colorspace="RGB", colorsubsampling="444"
            )
        )
        cutout, box = _write_cutout(clean, product, scratch)
        glance = glance_at(clean)
        attention = _attention(product)
        notes = flaws(Image.fromarray(original))
        return Finished(
            photo=photo,
            cutout=cutout,
            size=(clean.shape[1], clean.shape[0]),
            product=box,
            details=details(
                glance, attention, within=product.window, scale=max(clean.shape[:2]) / max(glance.shape[:2])
            ),
            palette=palette(glance, attention / max(1e-3, float(attention.max()))),
            ground=hexed(product.ground.colour),
            plain_ground=product.ground.plain,
            light=light_direction(product.glance, product.weight, product.ground),
            sharpness=sharpness(product.glance, product.weight),
            label=self.reader.read(_around(clean, box)),
            notes=(*notes, "no_cutout") if cutout is None else tuple(notes),
        )


async def plate_of(done: Finished, bench: Bench) -> Plate:
    """Keep the files of a finished photo, as a plate."""
    photo = await bench.keep(done.photo, "image/jpeg")
    cutout: Artifact | None = await bench.keep(done.cutout, "image/png") if done.cutout else None
    return Plate(
        photo=photo,
        width=done.size[0],
        height=done.size[1],
        cutout=cutout,
        product=done.product,
        details=done.details,
        palette=done.palette,
        ground=done.ground,
        plain_ground=done.plain_ground,
        light=done.light,
        sharpness=done.sharpness,
        label=done.label,
        notes=done.notes,
    )


def _read(path: Path) -> tuple[Pixels, Reals | None]:
    """A photo laid on paper where it is transparent, and its own alpha 0..1 if it has one."""
    try:
        with Image.open(path, formats=["JPEG", "PNG"]) as image:
            pixels = np.asarray(image.convert("RGBA" if image.mode == "RGBA" else "RGB"), np.uint8)
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise BadPhoto("damaged", f"{path.name} is not a picture") from error
    if pixels.shape[2] == 3:
        return pixels, None
    colours, alpha = pixels[..., :3].astype(np.float32), pixels[..., 3].astype(np.float32) / np.float32(255)
    solid = alpha > 0.75
    tone = np.median(colours[solid], axis=0) if solid.any() else np.zeros(3)
    paper = max(_PAPERS, key=lambda sheet: float(np.abs(sheet - tone).sum()))
    laid = colours * alpha[..., None] + paper * (1 - alpha[..., None])
    return np.rint(laid).astype(np.uint8), alpha


def _write_cutout(clean: Pixels, product: Product, scratch: Path) -> tuple[Path | None, Box]:
    height, width = clean.shape[:2]
    if product.alpha is None:
        box = fractions(product.window, width=product.weight.shape[1], height=product.weight.shape[0])
        return None, WHOLE if box.w * box.h > 0.95 else box
    pixels, window = cropped(clean, product.alpha)
    share = _CUTOUT_SIDE / max(pixels.shape[:2])
    image = Image.fromarray(pixels)
    if share < 1:
        size = (round(window.width * share), round(window.height * share))
        image = image.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    path = scratch / "cutout.png"
    image.save(path, "PNG", compress_level=4)
    return path, fractions(window, width=width, height=height)


def _attention(product: Product) -> Reals:
    """How much each pixel of the glance is worth looking at.

    Where there is no cut-out, the mask still says most; but what is cut off by the frame (shoulders under a hat, the
    table under a cup) is less likely the product than what is whole.
    """
    if product.alpha is not None:
        return product.weight
    window, weight = product.window, product.weight
    inside = np.zeros_like(weight)
    inside[window.top : window.bottom, window.left : window.right] = 1
    seen = (weight > 0.5).astype(np.uint8)
    seen[1:-1, 1:-1] = 0  # where the mask meets the frame
    if not seen.any():
        return np.asarray(inside * (0.4 + 0.6 * weight), np.float32)
    far = cv2.distanceTransform(1 - seen, cv2.DIST_L2, 3) / (0.4 * max(weight.shape))
    return np.asarray(inside * (0.25 + 0.75 * weight) * np.clip(far, 0.1, 1), np.float32)


def _around(rgb: Pixels, box: Box) -> Pixels:
    """The product's part of a photo, with a little margin."""
    height, width = rgb.shape[:2]
    window = Window(
        round(box.x * width), round(box.y * height), round((box.x + box.w) * width), round((box.y + box.h) * height)
    )
    return np.asarray(window.grown(0.04, width=width, height=height).of(rgb), np.uint8)
