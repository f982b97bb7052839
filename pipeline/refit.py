"""`python -m pipeline.refit SOURCE OUT BYTES`: make a film smaller, in a process of its own.

The bot starts it for chats that take only so many bytes, so that it never loads what renders.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import FrameError
from pipeline.media.refit import refit


def main(arguments: list[str]) -> int:
    """Make a film smaller; 0 when it was."""
    source, out, limit = arguments
    try:
        refit(Path(source), Path(out), limit=int(limit))
    except FrameError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
