"""Photos painted for the tests: small scenes with edges, colour and a plain ground, and files made of them."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

# The four corners of `quarters`, clockwise from the top left: what a rotation must carry along.
RED, GREEN, BLUE, YELLOW = (200, 40, 30), (40, 160, 60), (40, 70, 190), (220, 200, 60)


def quarters(width: int = 600, height: int = 440) -> Image.Image:
    """Four coloured quarters with fine marks on them."""
    pixels = np.empty((height, width, 3), np.uint8)
    half_w, half_h = width // 2, height // 2
    pixels[:half_h, :half_w], pixels[:half_h, half_w:] = RED, GREEN
    pixels[half_h:, half_w:], pixels[half_h:, :half_w] = BLUE, YELLOW
    pixels[::40, :, :] //= 2
    return Image.fromarray(pixels)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """An image as a file."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def corners(image: Image.Image) -> tuple[tuple[int, ...], ...]:
    """The colours a tenth in from each corner, clockwise from the top left."""
    x, y = image.width // 10, image.height // 10 + 7  # off the marks
    spots = ((x, y), (image.width - x, y), (image.width - x, image.height - y), (x, image.height - y))
    return tuple(tuple(np.asarray(image.convert("RGB"))[at_y, at_x].tolist()) for at_x, at_y in spots)


def near(one: tuple[tuple[int, ...], ...], other: tuple[tuple[int, ...], ...], *, within: int = 12) -> bool:
    """Whether colours are the same up to what compression does."""
    return bool(np.abs(np.subtract(one, other)).max() <= within)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims a size and whose data is a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def gps_exif(orientation: int = 1) -> bytes:
    """EXIF that says where a photo was taken and which way up it is."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telltale Cameras"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 34.5), 3: "E", 4: (16.0, 22.0, 11.1)})
    return exif.tobytes()


def packshot(
    *, size: int = 900, ground: tuple[int, int, int] = (238, 237, 235), body: tuple[int, int, int] = (30, 95, 105)
) -> Image.Image:
    """A cup with a handle on an even ground, with a soft shadow, lit from the left."""
    return Image.fromarray(_packshot(size, ground, body))


@cache
def _packshot(size: int, ground: tuple[int, int, int], body: tuple[int, int, int]) -> Pixels:
    scale = size / 900
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / scale
    picture = np.empty((size, size, 3), np.float32)
    picture[:] = ground
    shadow = np.exp(-(((x - 520) / 240) ** 2 + ((y - 690) / 46) ** 2))
    picture *= (1 - 0.38 * shadow)[..., None]
    shade = np.clip(1.25 - (x - 300) / 420, 0.35, 1.4)
    cup = _mask(size, [(300, 260), (600, 260), (580, 660), (545, 692), (355, 692), (320, 660)], scale)
    handle = np.zeros((size, size), np.uint8)
    centre, reach = (round(612 * scale), round(440 * scale)), (round(84 * scale), round(110 * scale))
    cv2.ellipse(handle, centre, reach, 0, -95, 95, 255, round(34 * scale), cv2.LINE_AA)
    alpha = np.maximum(cup, _soft(handle))[..., None]
    picture = picture * (1 - alpha) + np.asarray(body, np.float32) * shade[..., None] * alpha
    band = ((y > 430) & (y < 470))[..., None] * cup[..., None]
    picture = picture * (1 - band) + np.asarray((226, 172, 62), np.float32) * band
    grain = np.random.default_rng(3).normal(0, 1.2, picture.shape)
    return np.asarray(np.clip(picture + grain, 0, 255), np.uint8)


@cache
def packshot_mask(*, size: int = 900) -> NDArray[np.bool_]:
    """Where the cup of `packshot` is."""
    black = np.asarray(packshot(size=size, ground=(255, 255, 255), body=(0, 0, 0)), np.int16)
    white = np.asarray(packshot(size=size, ground=(255, 255, 255), body=(255, 255, 255)), np.int16)
    band = (black[..., 0] - black[..., 2]) > 80
    return np.asarray(((white - black).max(axis=2) > 45) | band, np.bool_)


def _mask(size: int, points: list[tuple[int, int]], scale: float) -> NDArray[np.float32]:
    mask = np.zeros((size, size), np.uint8)
    cv2.fillPoly(mask, [np.round(np.array(points) * scale).astype(np.int32)], 255, cv2.LINE_AA)
    return _soft(mask)


def _soft(mask: Pixels) -> NDArray[np.float32]:
    """0..1, as blurred as a good lens leaves it."""
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 0.8), np.float32)
