"""Which way up a photo is, read from EXIF that may be broken in any way."""

from __future__ import annotations

import struct

from PIL import Image

_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation(exif: bytes) -> int:
    """The EXIF orientation, 1 to 8; 1 (as stored) where the data does not say or is broken."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        at = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for entry in range(struct.unpack_from(f"{order}H", tiff, at)[0]):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * entry)
            if tag == _TAG:
                return value if kind == 3 and count == 1 and value in _TURNS else 1
    except struct.error:
        return 1
    return 1


def upright(image: Image.Image, exif: bytes) -> Image.Image:
    """The image turned as its EXIF says."""
    turn = _TURNS.get(orientation(exif))
    return image if turn is None else image.transpose(turn)
