"""What a file says about itself in its first bytes: its kind and size in pixels, found without decoding anything."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF"]

TEXT_LIMIT = 8 * 2**20  # bytes that one compressed PNG annotation may unfold to

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # start-of-frame markers, which carry the size
_JPEG_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length


class Unreadable(Exception):
    """The header does not hold together."""


class Swollen(Exception):
    """An annotation unfolds to far more than any photo's would."""


@dataclass(frozen=True)
class Header:
    """Kind and size in pixels as stored, before any rotation."""

    kind: Kind
    width: int
    height: int


def kind_of(data: bytes) -> Kind | None:
    """The kind of photo that the first bytes announce, whatever the file is called; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return _isobmff_kind(data) if data[4:8] == b"ftyp" else None


def read_header(data: bytes) -> Header | None:
    """Kind and size of a photo; None when it is not a photo at all.

    Raises:
        Unreadable: it claims to be a photo but its header is broken.
        Swollen: it hides a decompression bomb among its annotations.
    """
    kind = kind_of(data)
    if kind is None:
        return None
    try:
        width, height = _SIZES[kind](data)
    except (struct.error, IndexError) as error:
        raise Unreadable(f"{kind} header ends early") from error
    if width < 1 or height < 1:
        raise Unreadable(f"{kind} of {width}x{height}")
    return Header(kind, width, height)


def _isobmff_kind(data: bytes) -> Kind | None:
    end = min(int.from_bytes(data[:4], "big"), 256, len(data))
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))]
    for brand in brands:  # the major brand first: many AVIF files also claim "mif1"
        if brand in _AVIF_BRANDS:
            return "AVIF"
    return "HEIF" if _HEIF_BRANDS.intersection(brands) else None


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise Unreadable("JPEG marker missing")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        elif marker in (0xD9, 0xDA):
            raise Unreadable("JPEG without a frame")
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise Unreadable("PNG without IHDR")
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name in (b"zTXt", b"iTXt", b"iCCP"):
            _check_annotation(name, data[at + 8 : at + 8 + length])
        at += 12 + length
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _check_annotation(name: bytes, body: bytes) -> None:
    """Unfold an annotation as far as the limit, no further."""
    packed = body.partition(b"\0")[2][1:]
    if name == b"iTXt":
        if body.partition(b"\0")[2][:1] != b"\1":
            return  # not compressed
        packed = packed[1:].partition(b"\0")[2].partition(b"\0")[2]
    unfold = zlib.decompressobj()
    try:
        size = len(unfold.decompress(packed, TEXT_LIMIT + 1))
    except zlib.error:
        return  # broken annotations are dropped later, with all others
    if size > TEXT_LIMIT:
        raise Swollen(f"{name.decode()} of more than {TEXT_LIMIT} bytes")


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _webp(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if chunk == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise Unreadable("WebP without an image")


def _isobmff(data: bytes) -> tuple[int, int]:
    """The largest item's size: a photo made of tiles lists both the tiles and the whole."""
    sizes = [struct.unpack_from(">II", body, 4) for body in _find(data, (b"meta", b"iprp", b"ipco", b"ispe"))]
    if not sizes:
        raise Unreadable("no image in the container")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height


def _find(data: bytes, path: tuple[bytes, ...]) -> Iterator[bytes]:
    for name, body in _boxes(data):
        if name == path[0]:
            if len(path) == 1:
                yield body
            else:
                yield from _find(body[4:] if name == b"meta" else body, path[1:])


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        end = at + size if size else len(data)
        if size and size < head:
            return
        yield name, data[at + head : end]
        at = end


_SIZES = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp, "HEIF": _isobmff, "AVIF": _isobmff}
