"""Takes photos in from anywhere: refuses what is none, and turns the rest into plain upright sRGB without metadata."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Literal
from uuid import uuid4
from weakref import WeakKeyDictionary

from pydantic import ValidationError

import pipeline
from pipeline.errors import BadPhoto
from pipeline.intake.header import Header, Kind, Swollen, Unreadable, read_header
from pipeline.model import Value

MAX_BYTES = 20 * 2**20
MAX_SIDE = 12_000
MAX_RATIO = 10
MIN_LONG, MIN_SHORT = 400, 120
MAX_PIXELS: dict[Kind, int] = {
    # Phones write 48–50 megapixels as JPEG and HEIC; the other kinds are no camera's native format.
    "JPEG": 60_000_000,
    "HEIF": 60_000_000,
    "PNG": 40_000_000,
    "GIF": 40_000_000,
    "WEBP": 40_000_000,
    "AVIF": 40_000_000,
}

_PATIENCE = 30.0  # seconds for one photo, from when its turn comes
_AT_ONCE = 2  # photos being decoded, however many chats send some
_gates: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

Note = Literal["first_frame", "blurred", "dark", "low_resolution", "blank", "alpha"]


class Photo(Value):
    """A photo fit to be kept: upright, sRGB, re-encoded, without metadata; at most 4000 px on its longer side."""

    path: Path
    media_type: Literal["image/jpeg", "image/png"]  # PNG where the seller's own transparency matters
    sha256: str  # of the file; the same photo sent again has the same
    width: int
    height: int
    look: str  # what it looks like, very small, for `resembles`
    notes: tuple[Note, ...]


class _Developed(Value):
    """What the darkroom reports of a photo."""

    width: int
    height: int
    look: str
    notes: tuple[Note, ...]
    media_type: Literal["image/jpeg", "image/png"]


async def take_in(data: bytes | Path, *, scratch: Path) -> Photo:
    """Check a file that was sent as a photo and re-encode it.

    Args:
        data: the file, or where it is.
        scratch: folder that the result is written to.

    Raises:
        BadPhoto: it cannot be used; the reason is one of "empty", "damaged", "not_a_photo", "too_large", "too_small"
            and "too_narrow".
    """
    content = await asyncio.to_thread(_read, data) if isinstance(data, Path) else data
    header = _inspect(content)
    target = await asyncio.to_thread(scratch.resolve) / f"developing-{uuid4().hex}"
    gate = _gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    try:
        async with gate, asyncio.timeout(_PATIENCE):
            developed = await _develop(content, header, target)
        return await asyncio.to_thread(_keep, target, developed)
    except TimeoutError as error:
        raise BadPhoto("damaged", "decoding took too long") from error
    finally:
        target.unlink(missing_ok=True)


def resembles(one: str, other: str) -> bool:
    """Whether two looks are of the same picture, be it resized or compressed anew."""
    pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    gaps = [abs(a - b) for a, b in pairs]
    return max(gaps) <= 14 and sum(gaps) <= 2 * len(gaps)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise BadPhoto("too_large", "file size")
    return path.read_bytes()


def _inspect(content: bytes) -> Header:
    if not content:
        raise BadPhoto("empty")
    if len(content) > MAX_BYTES:
        raise BadPhoto("too_large", "file size")
    try:
        header = read_header(content)
    except Unreadable as error:
        raise BadPhoto("damaged", str(error)) from error
    except Swollen as error:
        raise BadPhoto("too_large", str(error)) from error
    if header is None:
        raise BadPhoto("not_a_photo")
    return check_size(header)


def check_size(header: Header) -> Header:
    """The same header, if photos of that size are taken.

    Raises:
        BadPhoto: "too_large", "too_narrow" or "too_small".
    """
    size = f"{header.width}x{header.height}"
    short, long = sorted((header.width, header.height))
    if short * long > MAX_PIXELS[header.kind]:
        raise BadPhoto("too_large", size)
    if long > MAX_RATIO * short:
        raise BadPhoto("too_narrow", size)
    if long > MAX_SIDE:
        raise BadPhoto("too_large", size)
    if long < MIN_LONG or short < MIN_SHORT:
        raise BadPhoto("too_small", size)
    return header


async def _develop(content: bytes, header: Header, target: Path) -> _Developed:
    """Decode in a process that has limits, no secrets in its environment, and nothing to lose."""
    root = Path(next(iter(pipeline.__path__))).parent
    start = "import sys; sys.path.append(sys.argv[1]); from pipeline.darkroom.door import main; main(sys.argv[2:])"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-c", start, str(root), header.kind, str(target),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )  # fmt: skip
    try:
        answer, complaint = await process.communicate(content)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        tail = complaint.decode(errors="replace")[-500:]
        raise BadPhoto("damaged", f"the darkroom ended with {process.returncode}: {tail}")
    try:
        report = json.loads(answer)
        if "refused" in report:
            raise BadPhoto(report["refused"], report["because"])
        return _Developed.model_validate(report)
    except (json.JSONDecodeError, KeyError, ValidationError) as error:
        raise BadPhoto("damaged", "the darkroom's report is broken") from error


def _environment() -> dict[str, str]:
    passed = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS_")}
    return passed | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _keep(target: Path, developed: _Developed) -> Photo:
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    path = target.with_name(digest + (".jpg" if developed.media_type == "image/jpeg" else ".png"))
    target.replace(path)
    return Photo(path=path, sha256=digest, **developed.model_dump())
