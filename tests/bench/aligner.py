"""Forced alignment, run by the Python of an environment that has PocketSphinx: word starts of lines, in seconds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pocketsphinx import Decoder  # type: ignore[import-not-found]  # in the bench's own environment only

_FRAMES = 100  # a second


def main() -> None:
    """Read tasks (JSON) from stdin: raw 16 kHz sound and its words; write each one's word starts to stdout."""
    starts = [_starts(Path(task["sound"]), task["words"]) for task in json.load(sys.stdin)]
    json.dump(starts, sys.stdout)


def _starts(sound: Path, words: list[str]) -> list[float]:
    decoder = Decoder(lm=None, loglevel="FATAL")
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(sound.read_bytes(), full_utt=True)
    decoder.end_utt()
    found = [part for part in decoder.seg() if not part.word.startswith(("<", "["))]
    spelt = [part.word.partition("(")[0] for part in found]
    if spelt != words:
        raise SystemExit(f"aligned {spelt}, wanted {words}")
    return [part.start_frame / _FRAMES for part in found]


if __name__ == "__main__":
    main()
