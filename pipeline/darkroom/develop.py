"""Decodes a photo and makes it plain: upright, sRGB, not larger than needed, nothing but pixels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

from pipeline.darkroom.inks import cmyk_to_rgb
from pipeline.darkroom.look import flaws, look_of
from pipeline.darkroom.orientation import upright

LONGEST = 4000  # px; enough for a 2x push-in at 1920
MAX_DECODED = 60_000_000  # px; a header can lie

_QUALITY = 92
_CLEAR = 250  # alpha below this counts as transparent
_DECODERS = {"JPEG": ("JPEG", "MPO"), "HEIF": ("HEIF",)}
_ANIMATED = {"GIF", "PNG", "WEBP", "AVIF"}  # elsewhere a second picture is a depth map or the other eye
_GREY = (128, 128, 128)

Report = dict[str, object]


def develop(data: BytesIO, kind: str, target: Path) -> Report:
    """Write the clean photo to a file and tell what it is.

    Raises:
        MemoryError: it is larger than its header said.
        OSError, SyntaxError, ValueError, LookupError, EOFError, struct.error, zlib.error: it is broken.
    """
    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1
    PngImagePlugin.MAX_TEXT_CHUNK = 8 * 2**20  # what the header check lets pass
    with Image.open(data, formats=_DECODERS.get(kind, (kind,))) as opened:
        if opened.width * opened.height > MAX_DECODED:
            raise MemoryError
        notes = ["first_frame"] if kind in _ANIMATED and getattr(opened, "n_frames", 1) > 1 else []
        image = _plain(opened)
    if image.mode == "RGBA":
        notes.append("alpha")
        flat = Image.new("RGB", image.size, _GREY)
        flat.paste(image, mask=image.getchannel("A"))
        image.save(target, "PNG", compress_level=3)
    else:
        flat = image
        image.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    return {
        "width": image.width,
        "height": image.height,
        "media_type": "image/png" if image.mode == "RGBA" else "image/jpeg",
        "look": look_of(flat),
        "notes": [*notes, *flaws(flat)],
    }


def _plain(opened: Image.Image) -> Image.Image:
    opened.draft(None, (LONGEST, LONGEST))  # lets a huge JPEG be decoded at half its size
    opened.load()
    profile, exif = opened.info.get("icc_profile"), opened.info.get("exif") or b""
    image = _shrink(_workable(opened))
    clean = upright(_srgb(image, profile), exif)
    clean.info = {}  # or Pillow writes comments and profiles back into the file
    return clean


def _workable(image: Image.Image) -> Image.Image:
    """The image in one of the modes L, RGB, RGBA and CMYK."""
    if image.mode in ("I", "I;16", "I;16B"):
        return Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).clip(0, 255).astype(np.uint8))
    if image.has_transparency_data:
        return _opaque(image.convert("RGBA"))
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("L" if image.mode == "1" else "RGB")


def _opaque(image: Image.Image) -> Image.Image:
    """Without its alpha, if that hides nothing worth the name."""
    hidden = sum(image.getchannel("A").histogram()[:_CLEAR])
    return image if hidden > image.width * image.height // 1000 else image.convert("RGB")


def _shrink(image: Image.Image) -> Image.Image:
    share = LONGEST / max(image.size)
    if share >= 1:
        return image
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    if image.mode == "RGBA":  # premultiplied, or the colour of what is transparent bleeds into the edges
        return image.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile:
        colours = _by_profile(colours, profile)
    if colours.mode == "CMYK":
        colours = Image.fromarray(cmyk_to_rgb(np.asarray(colours)))
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Converted from an embedded ICC profile; unchanged where the profile is broken or meant for something else."""
    try:
        return (
            ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
            or image
        )
    except (ImageCms.PyCMSError, OSError):
        return image
