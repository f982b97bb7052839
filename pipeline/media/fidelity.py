"""Whether a picture that a model made still shows the product of the photo: its shape, its colours, its lettering.

The product's own features say where it went; the picture is then laid back onto the photo and compared piece by piece.
What cannot be compared does not pass. Thresholds and how they were found: docs/cloud.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.media.ground import lab
from pipeline.media.label import Reader

Pixels = NDArray[np.uint8]
Reals = NDArray[np.float32]
Flags = NDArray[np.bool_]

_SIDE = 640  # px at which pictures are compared
_CELLS = 60  # pieces, about
_LEAST_MATCHES = 12  # features that agree on where the product went
_NEAR = 4.0  # px by which they may miss it
_TEXTURE = 3.0  # standard deviation of lightness from which a piece can be recognised …
_NO_LONGER_PLAIN = 9.0  # … and from which one that was plain is not
_OTHER_COLOUR = 20.0  # CIELAB units of hue and chroma that make a piece another one
_OTHER_LIGHT = 30.0  # the same of lightness, beyond what the whole product became lighter or darker

LEAST_SEEN = 0.25  # of the product
MOST_STRETCH = 1.18  # a camera that went 30 degrees round something flat
LEAST_LIKE = 0.60  # correlation of a piece with where it went
MOST_LOST = 0.15  # share of the pieces that are not found
MOST_HOLE = 0.05  # share of the pieces in one patch that are not found
MOST_COLOUR = 5.5  # CIELAB units of hue and chroma, median over the product
MOST_SPOT = 12.0  # the same of its worst tenth
LEAST_WORD = 0.75  # likeness of a printed word with what is read
MOST_LIGHT = 18.0  # CIELAB units of lightness, median: light may change, black may not become white
_MANY = 4  # pieces, below which shares say nothing


@dataclass(frozen=True, eq=False)
class Sample:
    """A photo to compare with.

    Attributes:
        pixels: RGB, (height, width, 3).
        product: where the product is: 0 to 255, of the same size.
        label: words printed on it; none where nothing could be read.
    """

    pixels: Pixels
    product: Pixels
    label: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """How like the product a picture shows it; shares are 0 to 1.

    Attributes:
        matches: features that agree on where the product went; the rest is only measured when there are enough.
        stretch: how much more it grew one way than the other, 1 for not at all.
        seen: share of it that is in the picture.
        lost: share of its pieces that are not found again, or not as they were.
        hole: share of its pieces in the largest patch of such.
        colour: CIELAB units of hue and chroma by which its middle piece moved.
        spot: the same of the piece that moved more than nine tenths of them.
        light: CIELAB units by which its middle piece became lighter or darker.
    """

    matches: int
    stretch: float = 100.0
    seen: float = 0.0
    lost: float = 1.0
    hole: float = 1.0
    colour: float = 100.0
    spot: float = 100.0
    light: float = 100.0

    @property
    def fault(self) -> str:
        """What is wrong, in figures; empty when nothing is."""
        if self.matches < _LEAST_MATCHES:
            return f"only {self.matches} features found again"
        if self.stretch > MOST_STRETCH:
            return f"stretched {self.stretch:.2f} times"
        if self.seen < LEAST_SEEN:
            return f"{self.seen:.0%} of it in the picture"
        if self.lost > MOST_LOST or self.hole > MOST_HOLE:
            return f"shape: {self.lost:.0%} not found again, {self.hole:.0%} in one place"
        if self.colour > MOST_COLOUR or self.spot > MOST_SPOT:
            return f"colour: moved by {self.colour:.1f}, up to {self.spot:.1f}"
        if self.light > MOST_LIGHT:
            return f"lightness: moved by {self.light:.1f}"
        return ""


class Gate:
    """Lets pictures pass that show the product as it is."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

    def fault(self, photo: Sample, pictures: Sequence[Pixels]) -> str:
        """What the first wrong one of some pictures does to a product, in figures; empty when all show it as it is."""
        expected = self._expected(photo)
        for number, picture in enumerate(pictures):
            laid = lay_back(photo, picture)
            found = compare(photo, laid).fault
            if not found and expected and laid is not None:
                found = self._misread(photo, laid, expected)
            if found:
                return f"picture {number + 1} of {len(pictures)}: {found}"
        return ""

    def _expected(self, photo: Sample) -> tuple[str, ...]:
        """The words of the label that can be read in the photo as it was sent: only those can be asked for."""
        if not photo.label:
            return ()
        read = self._reader.read(_product_of(photo.pixels, photo.product))
        return tuple(word for word in photo.label if is_among(word, read))

    def _misread(self, photo: Sample, laid: Laid, expected: Sequence[str]) -> str:
        read = self._reader.read(_product_of(laid.large, photo.product))
        missing = [word for word in expected if not is_among(word, read)]
        # What is out of the picture cannot be read; what is in it has to be.
        return f"lettering: {len(missing)} of {len(expected)} words" if missing and laid.whole else ""


@dataclass(frozen=True, eq=False)
class Laid:
    """A picture laid back onto the photo.

    Attributes:
        matches: features that agree.
        stretch: how much more the product grew one way than the other.
        pixels: RGB, of the compared size.
        there: where the picture has something to show.
        large: RGB, of the photo's own size.
        whole: whether all of the product is in it, and not much smaller than in the photo.
    """

    matches: int
    stretch: float
    pixels: Pixels
    there: Flags
    large: Pixels
    whole: bool


def lay_back(photo: Sample, picture: Pixels) -> Laid | None:
    """Find the product of a photo in a picture, and lay the picture over the photo; None when it is not found."""
    small, product = _small(photo.pixels), _mask(photo)
    other = _small(picture)
    found = _moved(small, product, other) or _moved(small, np.full_like(product, 255), other)
    if found is None:
        return None
    matrix, matches = found
    height, width = small.shape[:2]
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    pixels = np.asarray(cv2.warpPerspective(other, matrix, (width, height), flags=way), np.uint8)
    full = np.full(other.shape[:2], 255, np.uint8)
    there = cv2.warpPerspective(full, matrix, (width, height), flags=way) == 255
    large = _large(photo.pixels, picture, matrix, small, other)
    inside = bool(there[product > 127].mean() > 0.98) if (product > 127).any() else False
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2])))) * picture.shape[1] / other.shape[1]
    return Laid(
        matches,
        _stretch(matrix, product),
        pixels,
        there,
        large,
        inside and scale * small.shape[1] > 0.5 * photo.pixels.shape[1],
    )


def compare(photo: Sample, laid: Laid | None) -> Likeness:
    """Measure how like the product a picture shows it."""
    if laid is None:
        return Likeness(matches=0)
    small, product = _small(photo.pixels), _mask(photo) > 127
    seen = float((product & laid.there).sum() / max(1, product.sum()))
    pieces = _pieces(small, product, laid)
    if len(pieces) < _MANY:
        return Likeness(matches=laid.matches, stretch=laid.stretch, seen=seen)
    light = float(np.median([piece.light for piece in pieces]))
    lost = {(piece.row, piece.column) for piece in pieces if not piece.kept(light)}
    moved = np.array([piece.colour for piece in pieces])
    return Likeness(
        matches=laid.matches,
        stretch=laid.stretch,
        seen=seen,
        lost=len(lost) / len(pieces),
        hole=_largest_patch(lost) / len(pieces),
        colour=float(np.median(moved)),
        spot=float(np.percentile(moved, 90)),
        light=abs(light),
    )


def is_among(word: str, read: Sequence[str]) -> bool:
    """Whether a printed word is in what was read, a misread letter or two aside."""
    wanted, text = _letters(word), _letters("".join(read))
    if wanted in text:
        return True
    windows = (text[at : at + len(wanted)] for at in range(max(1, len(text) - len(wanted) + 1)))
    return any(SequenceMatcher(None, wanted, one, autojunk=False).ratio() >= LEAST_WORD for one in windows)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _small(pixels: Pixels) -> Pixels:
    share = _SIDE / max(pixels.shape[:2])
    size = (max(8, round(pixels.shape[1] * share)), max(8, round(pixels.shape[0] * share)))
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(np.ascontiguousarray(pixels[..., :3]), size, interpolation=way), np.uint8)


def _mask(photo: Sample) -> Pixels:
    small = _small(photo.pixels)
    return np.asarray(cv2.resize(photo.product, small.shape[1::-1], interpolation=cv2.INTER_AREA), np.uint8)


def _moved(small: Pixels, product: Pixels, other: Pixels) -> tuple[NDArray[np.float64], int] | None:
    """The map from photo to picture on which most features of the product agree, and how many do."""
    sift = cv2.SIFT_create(nfeatures=2000, contrastThreshold=0.015)  # type: ignore[attr-defined]
    near = cv2.dilate(product, np.ones((9, 9), np.uint8))  # its outline is a feature too
    points, marks = sift.detectAndCompute(_grey(small), near)
    others, their = sift.detectAndCompute(_grey(other), None)
    if marks is None or their is None or min(len(marks), len(their)) < _LEAST_MATCHES:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(marks, their, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < 0.8 * pair[1].distance]
    if len(good) < _LEAST_MATCHES:
        return None
    from_ = np.array([points[match.queryIdx].pt for match in good], np.float32)
    to = np.array([others[match.trainIdx].pt for match in good], np.float32)
    matrix, kept = cv2.findHomography(from_, to, cv2.USAC_MAGSAC, _NEAR)
    if matrix is None or int(kept.sum()) < _LEAST_MATCHES:
        return None
    moved = np.asarray(matrix, np.float64)
    return (moved, int(kept.sum())) if _likely(moved, small) else None


def _likely(matrix: NDArray[np.float64], small: Pixels) -> bool:
    """Whether a camera can have moved so: nothing mirrored or folded, nothing many times larger or smaller."""
    height, width = small.shape[:2]
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    there = cv2.perspectiveTransform(corners, matrix)[0]
    area = float(cv2.contourArea(there.astype(np.float32), oriented=True)) / (width * height)
    return 0.05 < area < 30 and bool(cv2.isContourConvex(there.astype(np.float32)))


def _stretch(matrix: NDArray[np.float64], product: Pixels) -> float:
    """How much more a movement enlarges one way than the other, at the product's middle."""
    left, top, width, height = cv2.boundingRect(product)
    x, y = left + width / 2, top + height / 2
    spots = np.array([[[x, y], [x + 1, y], [x, y + 1]]], np.float64)
    there = cv2.perspectiveTransform(spots, matrix)[0]
    sizes = np.linalg.svd(there[1:] - there[0], compute_uv=False)
    return float(sizes[0] / max(sizes[1], 1e-6))


def _large(pixels: Pixels, picture: Pixels, matrix: NDArray[np.float64], small: Pixels, other: Pixels) -> Pixels:
    """The picture laid over the photo at the photo's own size: small letters need it."""
    ours = np.diag([small.shape[1] / pixels.shape[1], small.shape[0] / pixels.shape[0], 1.0])
    theirs = np.diag([picture.shape[1] / other.shape[1], picture.shape[0] / other.shape[0], 1.0])
    way = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(cv2.warpPerspective(picture, theirs @ matrix @ ours, size, flags=way), np.uint8)


@dataclass(frozen=True)
class _Piece:
    row: int
    column: int
    found: bool
    colour: float
    light: float  # signed

    def kept(self, light: float) -> bool:
        """Whether it is what it was, when the whole became lighter by so much."""
        return self.found and self.colour <= _OTHER_COLOUR and abs(self.light - light) <= _OTHER_LIGHT


def _pieces(small: Pixels, product: Flags, laid: Laid) -> list[_Piece]:
    """The product's pieces that are in the picture, compared."""
    rows, columns = np.flatnonzero(product.any(axis=1)), np.flatnonzero(product.any(axis=0))
    if not rows.size:
        return []
    cell = max(16, round((float(product.sum()) / _CELLS) ** 0.5))
    before, after = (_soft(_grey(one), 1.2) for one in (small, laid.pixels))
    apart = _soft_lab(laid.pixels) - _soft_lab(small)
    chroma = np.hypot(apart[..., 1], apart[..., 2])
    usable = product & laid.there
    pieces = []
    for row, top in enumerate(range(int(rows[0]), int(rows[-1]) - cell // 2, cell)):
        for column, left in enumerate(range(int(columns[0]), int(columns[-1]) - cell // 2, cell)):
            part = np.s_[top : top + cell, left : left + cell]
            own = usable[part]
            if own.size < cell * cell or own.mean() < 0.6:
                continue
            pieces.append(
                _Piece(
                    row=row,
                    column=column,
                    found=_found(before, after, top=top, left=left, cell=cell),
                    colour=float(np.median(chroma[part][own])),
                    light=float(np.median(apart[part][own][:, 0])),
                )
            )
    return pieces


def _found(before: Pixels, after: Pixels, *, top: int, left: int, cell: int) -> bool:
    """Whether a piece is where the product went, give or take what depth does; a plain one has to stay plain."""
    part = np.s_[top : top + cell, left : left + cell]
    if float(before[part].std()) < _TEXTURE:
        return float(after[part].std()) < _NO_LONGER_PLAIN
    reach = max(3, round(0.3 * cell))
    wide = after[max(0, top - reach) : top + cell + reach, max(0, left - reach) : left + cell + reach]
    likeness = cv2.matchTemplate(wide, before[part], cv2.TM_CCOEFF_NORMED)
    return float(likeness.max()) >= LEAST_LIKE


def _soft_lab(rgb: Pixels) -> Reals:
    """CIELAB without grain, and without what a pixel's shift does at edges."""
    return np.asarray(lab(_soft(rgb, 3.0)), np.float32)


def _soft(pixels: Pixels, spread: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), spread), np.uint8)


def _grey(rgb: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)


def _largest_patch(lost: set[tuple[int, int]]) -> int:
    """How many of the lost pieces lie in one place."""
    largest, left = 0, set(lost)
    while left:
        edge, size = [left.pop()], 0
        while edge:
            row, column = edge.pop()
            size += 1
            around = {(row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & left
            left -= around
            edge += around
        largest = max(largest, size)
    return largest


def _product_of(pixels: Pixels, product: Pixels) -> Pixels:
    """The part of a picture around the product."""
    left, top, width, height = cv2.boundingRect(product)
    if not width or not height:
        return pixels
    margin = round(0.04 * max(width, height))
    part = pixels[max(0, top - margin) : top + height + margin, max(0, left - margin) : left + width + margin]
    return np.ascontiguousarray(part)
