"""Reading a film: the texts that are burnt into its decoded frames, by OCR, against the texts that were meant.

The model (RapidOCR's PP-OCRv6, which comes with the package) knows Latin letters with all their marks, Japanese and
Chinese. It is shown one line at a time, cut from where the film's report says that a text is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from pipeline.model import FPS, Check, TextBox, Word

_LINE = 48  # px
_MOST_LINES = 4
_MARGINS = (0.12, 0.3, 0.0, 0.5)  # of the type's size, above and below a line
_SLANTS = (-8, 8, -5, 5, -12, 12)  # degrees
_UNREADABLE = "„¡"  # the model has no letter for these
_SETTLED = 0.75  # of the time that a text is up: by then it has come to rest
_SAID = 0.35  # of the time between the last word's beginning and the end of its page
# Signs that differ in shape only by the face; and capital ẞ, which the model takes for a B.
_ALIKE = str.maketrans("’‘“”–—−，：ẞ", "''\"\"---,:B", _UNREADABLE)
# What the model reads wrongly in any setting: the gallery's tests show it the same words set by Pillow.
MISTAKEN = {"zł": "zt", "COSÌ": "COSI"}
_MISTAKEN = re.compile(r"(?<=\d)zł|COSÌ")

Frame = NDArray[np.uint8]


@dataclass(frozen=True)
class Reading:
    """A text on screen, and what was read there."""

    box: TextBox
    at: float  # seconds
    read: str

    @property
    def right(self) -> bool:
        """Whether every sign was read as it was meant, in the case of the seller or in the capitals of the tone."""
        return letters(self.read) in accepted(self.box.text)


class Reader:
    """The recognition model, loaded once."""

    def __init__(self) -> None:
        self._engine: Any = RapidOCR(  # has no types
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def line(self, rgb: Frame) -> str:
        """One line of text."""
        # The model takes lines of 48 px and shrinks them without smoothing, which eats hairlines.
        share = min(1.0, _LINE / rgb.shape[0])
        small = cv2.resize(rgb, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        found = self._engine(np.ascontiguousarray(small[..., ::-1]), use_det=False, use_cls=False)
        return " ".join(found.txts or ())

    def text(self, frame: Frame, box: TextBox) -> str:
        """What stands in a box. How many lines there are is not told: tried, in several views, until all are right.

        Wrongly cut or badly seen lines are never read right by chance, so trying hides nothing.
        """
        wanted, first = accepted(box.text), ""
        for cut in _ways_to_cut(frame, box):
            options: list[list[str]] = []
            for rows in cut:
                views = [self.line(row) for row in rows]
                known = options or [[] for _ in views]
                options = [list(dict.fromkeys((*ends, *_ends(view)))) for ends, view in zip(known, views, strict=True)]
                first = first or " ".join(views)
                found = next((read for read in map("".join, product(*options)) if letters(read) in wanted), None)
                if found is not None:
                    return found
        return first


def readings(film: Path, boxes: Sequence[TextBox], words: Sequence[Word], reader: Reader) -> tuple[Reading, ...]:
    """Read every text of a film in its decoded frames, each at moments at which all of it is up.

    Args:
        film: the finished file.
        boxes: its texts and where they are, at the film's own size.
        words: every spoken word, seconds from the film's start.
        reader: the model.
    """
    looks = [_moments(box, words) for box in boxes]
    frames = _frames(film, {number for numbers in looks for number in numbers})
    found = []
    for box, numbers in zip(boxes, looks, strict=True):
        tries = (Reading(box, at / FPS, reader.text(frames[min(at, max(frames))], box)) for at in numbers)
        read = [next(tries)]
        read += [] if read[0].right else list(tries)
        found.append(next((one for one in read if one.right), read[0]))
    return tuple(found)


def read_back(found: Sequence[Reading]) -> Check:
    """Every text of a film is read as it was written."""
    wrong = [reading for reading in found if not reading.right]
    told = "; ".join(f"“{one.box.text}” at {one.at:.1f} s is read “{one.read}”" for one in wrong)
    return Check(
        name="OCR: texts",
        passed=not wrong,
        measured=told or f"{len(found)} texts",
        wanted="every text read as it was written",
    )


def letters(text: str) -> str:
    """A text without its spaces, which the model drops, and in the signs that it knows."""
    known = "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split())
    known = known.replace("«", "<<").replace("»", ">>")
    return _MISTAKEN.sub(lambda found: MISTAKEN[found[0]], known)


def accepted(text: str) -> frozenset[str]:
    """What may stand on screen for a text: itself, or all of it in capitals."""
    capitals = text.replace("ß", "ẞ").upper()
    return frozenset(letters(one) for one in (text, capitals, text.replace("i", "İ").upper()))


def _ends(line: str) -> tuple[str, ...]:
    """A line as it was read; and where it ends in a hyphen that may break a word, without that."""
    return (f"{line} ", line[:-1]) if line.endswith("-") else (f"{line} ",)


def _ways_to_cut(frame: Frame, box: TextBox) -> Iterator[Iterator[tuple[Frame, ...]]]:
    """A box as lines, the likeliest number of them first; then as one line that is set at a slant, as on price tags.

    Each way is a few views of the same lines: with more and less around them, in the colour that shows them best, and
    narrower.
    """
    likely = max(1, min(_MOST_LINES, round((box.h / box.size - 0.9) / 1.15) + 1))
    for lines in sorted(range(1, _MOST_LINES + 1), key=lambda count: abs(count - likely)):
        yield _views(frame, box, lines)
    yield ((_levelled(frame, box, angle),) for angle in _SLANTS)


def _views(frame: Frame, box: TextBox, lines: int) -> Iterator[tuple[Frame, ...]]:
    ways = [rows for rows in (_rows(frame, box, lines, margin) for margin in _MARGINS) if len(rows) == lines]
    yield from ways
    for rows in ways:
        yield tuple(map(_clearest, rows))
    for rows in ways:
        yield tuple(map(_narrowed, rows))


def _narrowed(row: Frame) -> Frame:
    """Letters that are set far apart, nearer to one another: of such lines the model gets the last one wrong."""
    return np.asarray(cv2.resize(row, None, fx=0.7, fy=1.0, interpolation=cv2.INTER_AREA), np.uint8)


def _clearest(row: Frame) -> Frame:
    """The colour channel with the greatest contrast, stretched, as grey."""
    low, high = np.percentile(row, (2, 98), axis=(0, 1))
    best = int(np.argmax(high - low))
    stretched = (row[..., best] - low[best]) * (255 / max(1.0, high[best] - low[best]))
    return np.repeat(np.clip(stretched, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def _rows(frame: Frame, box: TextBox, lines: int, margin: float) -> tuple[Frame, ...]:
    """A box cut where there is least to see between its lines."""
    whole = _crop(frame, box, margin)
    busy = np.abs(np.diff(whole.astype(np.int16).sum(axis=2), axis=1)).mean(axis=1)
    height, reach = len(whole), round(0.3 * box.size)
    cuts = [0]
    for number in range(1, lines):
        start = max(cuts[-1] + 1, round(height * number / lines) - reach)
        cuts.append(start + int(np.argmin(busy[start : start + 2 * reach + 1])))
    return tuple(whole[top:bottom] for top, bottom in pairwise([*cuts, height]) if bottom > top + 4)


def _levelled(frame: Frame, box: TextBox, degrees: float) -> Frame:
    """The middle of a box turned upright, as high as one line."""
    centre = (box.x + box.w / 2, box.y + box.h / 2)
    turned = cv2.warpAffine(frame, cv2.getRotationMatrix2D(centre, degrees, 1.0), frame.shape[1::-1])
    tall = 1.1 * box.size
    level = box.model_copy(update={"y": centre[1] - tall / 2, "h": tall})
    return _crop(np.asarray(turned, np.uint8), level, 0.1)


def _crop(frame: Frame, box: TextBox, margin: float) -> Frame:
    height, width = frame.shape[:2]
    left, right = (round(x) for x in (box.x - 0.3 * box.size, box.x + box.w + 0.3 * box.size))
    top, bottom = (round(y) for y in (box.y - margin * box.size, box.y + box.h + margin * box.size))
    return frame[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]


def _moments(box: TextBox, words: Sequence[Word]) -> tuple[int, ...]:
    """Frames to look at: captions soon after their last word has begun, other texts when they rest; again later."""
    spoken = [word.start for word in words if box.start - 0.02 <= word.start < box.end - 0.02]
    if box.kind == "caption" and spoken:
        first = spoken[-1] + _SAID * (box.end - spoken[-1])
    else:
        first = box.start + _SETTLED * (box.end - box.start)
    step = (box.end - first) / 4
    return tuple(round((first + number * step) * FPS) for number in range(3))


def _frames(film: Path, wanted: set[int]) -> Mapping[int, Frame]:
    found: dict[int, Frame] = {}
    with av.open(str(film)) as file:
        file.streams.video[0].thread_type = "AUTO"
        for number, frame in enumerate(file.decode(video=0)):
            if number in wanted:
                found[number] = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
            last = frame
        found.setdefault(number, np.asarray(last.to_ndarray(format="rgb24"), np.uint8))
    return found
