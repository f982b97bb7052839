"""The darkroom's way in: a photo on standard input, a clean file out, and limits set before anything is looked at."""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import warnings
import zlib
from pathlib import Path

MEMORY = 1_200 * 2**20  # bytes of address space; the greediest kind, a 40-megapixel PNG with alpha, takes 800 MB
PROCESSOR = 25  # seconds
OUTPUT = 100 * 2**20  # bytes of file


def main(arguments: list[str]) -> None:
    """Develop the photo on standard input.

    Args:
        arguments: the photo's kind and the file to write; a report or a refusal goes to standard output as JSON.
    """
    kind, target = arguments
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    warnings.simplefilter("ignore")  # the decoders', about files that are not ours to mend
    try:
        from pipeline.darkroom.develop import develop

        report = develop(io.BytesIO(sys.stdin.buffer.read()), kind, Path(target))
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, struct.error, zlib.error) as error:
        # What Pillow's decoders raise, between them, on files that are broken.
        report = {"refused": "damaged", "because": f"{type(error).__name__}: {error}"}
    except MemoryError:
        report = {"refused": "too_large", "because": "memory"}
    sys.stdout.write(json.dumps(report))
