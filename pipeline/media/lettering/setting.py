"""A text laid out in a box: lines, runs, the place of every glyph, word and of all the ink. Nothing is drawn yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.media.lettering.breaking import Break
from pipeline.media.lettering.fonts import Face, Font, primary
from pipeline.media.lettering.measuring import Cell, Copy, Measure
from pipeline.media.lettering.shaping import pieces, shape, visual_order
from pipeline.media.lettering.style import Style
from pipeline.media.lettering.wording import reads_right_to_left

_DESCENT = 0.2  # em below the baseline that every word's box has
_AIR = 0.12  # em that stay free between the ink of one line and of the next


@dataclass(frozen=True)
class Rect:
    """A rectangle in pixels; y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    def moved(self, x: float, y: float) -> Rect:
        """The same size elsewhere."""
        return Rect(self.x + x, self.y + y, self.w, self.h)

    def grown(self, x: float, y: float) -> Rect:
        """Wider by x at either side and higher by y above and below."""
        return Rect(self.x - x, self.y - y, self.w + 2 * x, self.h + 2 * y)

    def contains(self, other: Rect, *, slack: float = 0.0) -> bool:
        """Whether another rectangle lies inside, give or take some pixels."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.x + other.w <= self.x + self.w + slack
            and other.y + other.h <= self.y + self.h + slack
        )

    @staticmethod
    def around(rects: Sequence[Rect]) -> Rect:
        """The smallest rectangle around others; empty at the origin for none."""
        if not rects:
            return Rect(0, 0, 0, 0)
        left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right, bottom = max(rect.x + rect.w for rect in rects), max(rect.y + rect.h for rect in rects)
        return Rect(left, top, right - left, bottom - top)


@dataclass(frozen=True, eq=False)
class Mark:
    """A glyph to draw: pen position in pixels of the box, on the baseline."""

    font: Font
    id: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, eq=False)
class Run:
    """The part of a word that stands in one line, once in the face and once in the alternate one (if there is one)."""

    word: int
    text: str
    box: Rect  # as wide as the letters and what they advance, as high as all words of the setting
    ink: Rect
    marks: tuple[Mark, ...]
    alternate: tuple[Mark, ...]
    alternate_ink: Rect


@dataclass(frozen=True, eq=False)
class Line:
    """One line: its runs from left to right."""

    text: str
    baseline: float
    width: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, eq=False)
class Setting:
    """A text laid out. Coordinates are pixels from the top-left corner of the box it was fitted to.

    y = 0 is the top of the first line's capitals; accents rise above it, descenders hang below the height.
    """

    words: tuple[str, ...]  # as given
    style: Style  # with the size that was found to fit
    language: str
    lines: tuple[Line, ...]
    width: float  # of the box
    height: float  # from the top of the first capitals to the last baseline
    ink: Rect  # around all letters, outline included
    cut: bool = False  # True when the end had to be left out

    @property
    def runs(self) -> Iterator[Run]:
        """All runs, line by line."""
        return (run for line in self.lines for run in line.runs)

    def boxes(self, word: int) -> tuple[Rect, ...]:
        """Where a word is: one rectangle for each line it is on; none when nothing of it can be drawn."""
        pieces_of_it: dict[int, list[Rect]] = {}
        for number, line in enumerate(self.lines):
            for run in line.runs:
                if run.word == word:
                    pieces_of_it.setdefault(number, []).append(run.box)
        return tuple(Rect.around(rects) for rects in pieces_of_it.values())


def lay(copy: Copy, ends: Sequence[Break], *, style: Style, language: str, width: float) -> Setting:
    """Put the lines of a copy into a box.

    Args:
        copy: the words.
        ends: where each line ends, the last at the end of the text.
        style: with its final size.
        language: BCP 47 tag.
        width: of the box, pixels.
    """
    measure = Measure(copy, style, language)
    lines, start = [], 0
    for end in ends:
        lines.append(_line(measure.cells(start, end.at, end.suffix), measure, style, language, width))
        start = end.at
    caps = primary(style.face).caps * style.size
    pitch = _pitch(lines, style)
    placed = [_dropped(line, caps + pitch * number) for number, line in enumerate(lines)]
    border = style.outline.width * style.size if style.outline else 0.0
    inks = [ink for line in placed for run in line.runs for ink in (run.ink, run.alternate_ink) if ink.w > 0]
    ink = Rect.around(inks).grown(border, border) if inks else Rect(0, 0, 0, 0)
    return Setting(
        words=copy.words,
        style=style,
        language=language,
        lines=tuple(_even(placed, style)),
        width=width,
        height=caps + pitch * (len(placed) - 1) if placed else 0.0,
        ink=ink,
    )


def _line(cells: list[Cell], measure: Measure, style: Style, language: str, box: float) -> Line:
    """One line with its baseline at y = 0."""
    width = measure.total(cells) * style.size
    rtl = reads_right_to_left(language)
    free = {"start": box - width if rtl else 0.0, "centre": (box - width) / 2, "end": 0.0 if rtl else box - width}
    pen, runs = free[style.align], []
    for index in visual_order([cell.level for cell in cells]):
        cell = cells[index]
        if cell.word >= 0:
            runs.append(_run(cell, pen, style, language))
        pen += cell.width * style.size
    return Line("".join(cell.text for cell in cells), 0.0, width, tuple(runs))


def _run(cell: Cell, x: float, style: Style, language: str) -> Run:
    marks, ink = _marks(cell, x, style.face, style, language)
    if style.alternate is None:
        other, other_ink = marks, ink
    else:
        other, other_ink = _marks(cell, x, style.alternate, style, language)
    track = style.tracking * style.size  # the space after the last letter is no part of the word
    return Run(cell.word, cell.text, Rect(x, 0, cell.width * style.size - track, 0), ink, marks, other, other_ink)


def _marks(cell: Cell, x: float, face: Face, style: Style, language: str) -> tuple[tuple[Mark, ...], Rect]:
    """The glyphs of a run in one face, in the middle of the room that the run has."""
    parts = list(pieces(cell.text, (cell.level,) * len(cell.text), face, language))
    rtl = bool(cell.level % 2)
    shapes = [shape(part.text, part.font, rtl=rtl, language=language, tracking=style.tracking) for part in parts]
    pen = x + (cell.width - sum(s.width * p.scale for s, p in zip(shapes, parts, strict=True))) / 2 * style.size
    marks: list[Mark] = []
    inks: list[Rect] = []
    order = range(len(parts))
    for index in reversed(order) if rtl else order:
        part, shaped, size = parts[index], shapes[index], parts[index].scale * style.size
        marks += [Mark(part.font, glyph.id, pen + glyph.x * size, -glyph.y * size, size) for glyph in shaped.glyphs]
        if shaped.right > shaped.left:
            high, wide = (shaped.top - shaped.bottom) * size, (shaped.right - shaped.left) * size
            inks.append(Rect(pen + shaped.left * size, -shaped.top * size, wide, high))
        pen += shaped.width * size
    return tuple(marks), Rect.around(inks)


def _pitch(lines: Sequence[Line], style: Style) -> float:
    """From baseline to baseline: the leading, or more where the ink of two lines would touch."""
    pitch = style.leading * style.size
    if style.clearance is not None and len(lines) > 1:
        above, below = _extent(lines, style)
        return max(pitch, above + below + style.clearance * style.size)
    for upper, lower in pairwise(lines):
        low = max((run.ink.y + run.ink.h for run in upper.runs), default=0.0)
        high = min((run.ink.y for run in lower.runs), default=0.0)
        pitch = max(pitch, low - high + _AIR * style.size)
    return pitch


def _extent(lines: Sequence[Line], style: Style) -> tuple[float, float]:
    """How far the words of all lines reach above and below their baselines; at least capitals and usual descenders."""
    inks = [
        (line.baseline - ink.y, ink.y + ink.h - line.baseline)
        for line in lines
        for run in line.runs
        for ink in (run.ink, run.alternate_ink)
        if ink.w > 0
    ]
    above = max((high for high, _ in inks), default=0.0)
    below = max((low for _, low in inks), default=0.0)
    return max(above, primary(style.face).caps * style.size), max(below, _DESCENT * style.size)


def _dropped(line: Line, y: float) -> Line:
    return replace(
        line,
        baseline=y,
        runs=tuple(
            replace(
                run,
                box=run.box.moved(0, y),
                ink=run.ink.moved(0, y) if run.ink.w else run.ink,
                marks=tuple(replace(mark, y=mark.y + y) for mark in run.marks),
                alternate=tuple(replace(mark, y=mark.y + y) for mark in run.alternate),
                alternate_ink=run.alternate_ink.moved(0, y) if run.alternate_ink.w else run.alternate_ink,
            )
            for run in line.runs
        ),
    )


def _even(lines: Sequence[Line], style: Style) -> Iterator[Line]:
    """All words get boxes of one height, so that a plate under them does not jump; swashes widen them."""
    above, below = _extent(lines, style)
    for line in lines:
        high = Rect(0, line.baseline - above, 0, above + below)
        yield replace(line, runs=tuple(replace(run, box=_spread(run, high)) for run in line.runs))


def _spread(run: Run, high: Rect) -> Rect:
    flat = Rect(run.box.x, high.y, run.box.w, high.h)
    inks = [Rect(ink.x, high.y, ink.w, high.h) for ink in (run.ink, run.alternate_ink) if ink.w > 0]
    return Rect.around([flat, *inks])
