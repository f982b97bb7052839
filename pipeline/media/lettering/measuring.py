"""The running text of some words, and how wide any stretch of it is when set in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.media.lettering.fonts import Face, primary
from pipeline.media.lettering.shaping import drawable, levels, pieces, shape
from pipeline.media.lettering.style import Style
from pipeline.media.lettering.wording import capitals, clean, glued, is_right_to_left

_LONGEST = 1000  # characters of one word that are looked at


@dataclass(frozen=True)
class Copy:
    """Words made ready to be set: the running text and where each word is in it."""

    words: tuple[str, ...]
    text: str
    spans: tuple[tuple[int, int], ...]

    @staticmethod
    def of_text(text: str, style: Style, language: str) -> Copy:
        """A text with its own spaces; its words are what stands between them."""
        return Copy._of(tuple(text.split(" ")), style, language, spaced=lambda _before, _after: True)

    @staticmethod
    def of_words(words: Sequence[str], style: Style, language: str) -> Copy:
        """Words joined as their script joins them."""
        return Copy._of(tuple(words), style, language, spaced=lambda before, after: not glued(before, after))

    @staticmethod
    def _of(words: tuple[str, ...], style: Style, language: str, spaced: Callable[[str, str], bool]) -> Copy:
        """Clean the words, put them in capitals where the style wants it, drop what no font can draw, and join them."""
        sharp_s = primary(style.face).draws("ẞ")
        text, spans = "", []
        for word in words:
            ready = clean(word[:_LONGEST])
            ready = capitals(ready, language, sharp_s=sharp_s) if style.caps else ready
            ready = drawable(ready, style.face, language).strip(" ")
            if ready and text and spaced(text, ready):
                text += " "
            spans.append((len(text), len(text) + len(ready)))
            text += ready
        return Copy(words, text, tuple(spans))

    def upto(self, end: int) -> Copy:
        """The beginning of the copy and an ellipsis."""
        text = self.text[:end].rstrip(" ,;:–—-") + "…"
        spans = tuple((min(start, len(text)), min(stop, len(text))) for start, stop in self.spans)
        if not any(start < len(text) == stop for start, stop in spans):  # the ellipsis belongs to the last word kept
            last = max(index for index, (start, _) in enumerate(spans) if start < len(text))
            spans = (*spans[:last], (spans[last][0], len(text)), *spans[last + 1 :])
        return Copy(self.words, text, spans)


@dataclass(frozen=True)
class Cell:
    """A run before it has a place: lengths in em."""

    word: int
    text: str
    level: int
    width: float


class Measure:
    """Measures lines of a copy in em, remembering what it has measured."""

    def __init__(self, copy: Copy, style: Style, language: str) -> None:
        self._copy, self._style, self._language = copy, style, language
        self._rtl = is_right_to_left(copy.text, language)
        self._known: dict[tuple[int, int, str], float] = {}

    def width(self, start: int, end: int, suffix: str) -> float:
        """Width of the line from one character to another."""
        key = (start, end, suffix)
        if key not in self._known:
            self._known[key] = self.total(self.cells(start, end, suffix))
        return self._known[key]

    def characters(self, start: int, end: int, suffix: str) -> int:
        """How many characters a line has, without the spaces at its ends."""
        return len(self._copy.text[start:end].strip(" ")) + len(suffix)

    def total(self, cells: Sequence[Cell]) -> float:
        """Width of a line's cells; the space after its last letter does not count."""
        return sum(cell.width for cell in cells) - (self._style.tracking if cells else 0.0)

    def cells(self, start: int, end: int, suffix: str) -> list[Cell]:
        """The cells of a line in reading order, spaces among them (word -1)."""
        text = self._copy.text[start:end]
        start += len(text) - len(text.lstrip(" "))
        text = text.strip(" ").replace("\u00ad", "\u200b") + suffix
        at = levels(text, rtl=self._rtl)
        cells: list[Cell] = []
        for word, begin, stop in self._stretches(start, len(text)):
            if cells and word >= 0 <= cells[-1].word != word:
                cells.append(Cell(-1, "", self._rtl, self._style.word_gap / 2))  # unspaced scripts
            for low, high in _level_runs(at, begin, stop):
                cells.append(self._cell(word, text[low:high], at[low]))
        return cells

    def _stretches(self, start: int, length: int) -> Iterator[tuple[int, int, int]]:
        """Words and the spaces between them: (word, first, last + 1) inside the line."""
        done = 0
        for word, (first, last) in enumerate(self._copy.spans):
            low, high = max(first - start, 0), min(last - start, length)
            if last <= start or first - start >= length or low >= high:
                continue
            if low > done:
                yield -1, done, low
            yield word, low, high
            done = high
        if done < length:  # a hyphen belongs to the word it divides
            yield max(self._word_before(start + done), 0), done, length

    def _word_before(self, at: int) -> int:
        return max((word for word, (first, _) in enumerate(self._copy.spans) if first < at), default=0)

    def _cell(self, word: int, text: str, level: int) -> Cell:
        style = self._style
        width = advance(text, level, style.face, style.tracking, self._language)
        if word < 0:
            return Cell(word, text, level, width + style.word_gap)
        if style.alternate is not None:
            width = max(width, advance(text, level, style.alternate, style.tracking, self._language))
        return Cell(word, text, level, width)


@lru_cache(maxsize=16_384)
def advance(text: str, level: int, face: Face, tracking: float, language: str) -> float:
    """How far the pen moves for a run, in em."""
    return sum(
        shape(piece.text, piece.font, rtl=bool(level % 2), language=language, tracking=tracking).width * piece.scale
        for piece in pieces(text, (level,) * len(text), face, language)
    )


def _level_runs(at: Sequence[int], begin: int, stop: int) -> Iterator[tuple[int, int]]:
    low = begin
    for index in range(begin + 1, stop + 1):
        if index == stop or at[index] != at[low]:
            yield low, index
            low = index
