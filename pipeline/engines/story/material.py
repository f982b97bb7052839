"""What there is to tell: the facts of a request, cut to the breath of a film."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Fact
from pipeline.ports import Write
from pipeline.reading import MEASURE, NUMBER, Language, amount_in, is_note, offers_choice, words_of

_LONG_WORDS, _LONG_LETTERS = 7, 45  # a beat beyond either is cut at a preposition
_SIGNS = frozenset("&+")  # joins with which no beat begins
_LEAST_WORDS = 3  # of a piece that is said alone
_JOINED_WORDS = 5  # from this size on, two joined phrases are two beats
_HEADLINE_WORDS, _HEADLINE_LETTERS = 6, 42  # of a name; a key phrase has fewer
_PHRASE_WORDS, _PHRASE_LETTERS = 4, 32
_FIGURE_WORDS, _FIGURE_LETTERS = 5, 30
_OR = r"(?<!\b\w)(?<![^\w\s])/"  # between two names, not in "w/o" or "</b>"
_NAME_END = re.compile(
    rf"(?:(?<!\d)(?:[:,]|{_OR})|(?:[:,]|{_OR})(?!\d)|[;(|])\s*|\s[–—-]\s|(?<=\w\w)\s(?={NUMBER}\s?(?:{MEASURE})(?![\w-]))|\s(?=%\d)",
    re.IGNORECASE,
)
_QUOTES = re.compile('(?<![^\\s(])"[^"]*"|„[^“”]*[“”]|“[^”]*”|«[^»]*»|\\([^()]*\\)|「[^」]*」|『[^』]*』')


@dataclass(frozen=True)
class Beat:
    """What one shot can say: a verbatim slice of a fact."""

    fact: str  # the fact's id
    text: str
    first: bool  # whether the fact begins here
    last: bool  # whether it ends here


@dataclass(frozen=True)
class Material:
    """The facts of one film, ready to be told."""

    name: Fact | None
    headline: str  # the name's leading part, short enough to be set large; "" without a name
    price: Fact | None
    points: tuple[tuple[Beat, ...], ...]  # one tuple of beats for each selling point
    labels: tuple[Fact, ...]
    language: str

    @property
    def figure(self) -> Beat | None:
        """The first short point that has a number in it: something to open a film with."""
        for beats in self.points:
            beat = beats[0]
            short = len(beat.text.split()) <= _FIGURE_WORDS and len(beat.text) <= _FIGURE_LETTERS
            leans = beat.text.split()[0].lower() in words_of(self.language).grammar.openers
            alone = len(beats) == 1 and short and not leans
            if alone and re.search(r"\d", beat.text) and not re.search(r"[!?:]", beat.text):
                return beat
        return None


def gather(request: Write) -> Material:
    """The facts of a request as material."""
    words = words_of(request.language)
    name = next((fact for fact in request.facts if fact.kind == "name"), None)
    return Material(
        name=name,
        headline=headline(name.text, request.language) if name else "",
        price=next((fact for fact in request.facts if fact.kind == "price"), None),
        points=tuple(_beats(fact, words) for fact in _told(request)),
        labels=tuple(fact for fact in request.facts if fact.kind == "label"),
        language=request.language,
    )


def _told(request: Write) -> list[Fact]:
    """The points that a film tells: those that only help buyers are for the caption, unless there are no others."""
    points = [fact for fact in request.facts if fact.kind == "point"]
    return [fact for fact in points if not is_note(fact.text)] or points


def varied(request: Write) -> bool:
    """Whether the seller's words speak of several colours, sizes or pieces, which several photos may then show."""
    own = [fact.text for fact in request.facts if fact.kind in ("name", "point")]
    return any(listed(text, request.language) > 1 for text in own) or offers_choice(" ".join(own))


def headline(name: str, language: str) -> str:
    """The leading part of a name that can stand for it, verbatim: what comes before a list, a "with", a "for"."""
    words = words_of(language)
    ends = (m for m in _NAME_END.finditer(name) if m.start() >= 3 and _closed(name[: m.start()]))
    end = next((m.start() for m in ends if not (_fits(name) and _goes_on(name, m, words))), len(name))
    short = name[:end].strip()
    if not words.spaced or _fits(short):
        return short
    tokens = list(re.finditer(r"\S+", short))
    cuts = [
        t.start()
        for t in tokens[2:]
        if t[0].lower() in words.grammar.openers | words.grammar.joins and _closed(short[: t.start()])
    ]
    cuts += [quoted.end() for quoted in _QUOTES.finditer(short)]
    for cut in sorted(cuts, reverse=True):
        if _fits(short[:cut].strip()):
            return short[:cut].strip()
    return _leading(short, tokens, words)


def _goes_on(name: str, end: re.Match[str], words: Language) -> bool:
    """Whether what follows a comma is tied to what stands before it: "Der Kalender, der mitdenkt"."""
    after = name[end.end() :].split()
    return end[0].startswith(",") and bool(after) and after[0].lower() in words.grammar.subordinators


def key_phrase(text: str, language: str) -> str:
    """The core of a beat for a headline, verbatim: without "and"; without "with a" where no ending depends on it.

    A "without" stays, of course. "" where the beat is long and has no amount in it.
    """
    words = words_of(language).grammar
    tokens = list(re.finditer(r"\S+", text))
    loose = words.joins | (words.withs | words.articles if words.withs else frozenset())
    while len(tokens) > 1 and tokens[0][0].lower() in loose:
        tokens.pop(0)
    core = text[tokens[0].start() :].rstrip(".,;:!¡ ").lstrip("¡") if tokens else ""
    if 0 < len(core.split()) <= _PHRASE_WORDS and len(core) <= _PHRASE_LETTERS:
        return core
    return amount_in(core)


def listed(text: str, language: str) -> int:
    """How many things a beat enumerates: 4 for "red, green, blue and plum", 0 when it is no list."""
    joins = "|".join(re.escape(word) for word in sorted(words_of(language).grammar.joins)) or "(?!)"
    items = [item.split() for item in re.split(rf"[,、،]\s*(?!\d)|\s(?:{joins})\s", text.partition(":")[2] or text)]
    items = [item for item in items if item]
    return len(items) if len(items) > 2 and all(len(item) <= 2 for item in items) else 0


def _fits(text: str) -> bool:
    return 0 < len(text.split()) <= _HEADLINE_WORDS and len(text) <= _HEADLINE_LETTERS


def _closed(text: str) -> bool:
    """Whether every bracket and quotation mark that a text opens is closed in it."""
    return not re.search('[„“”«»()「」『』]|(?<![^\\s(])"(?=\\S)', _QUOTES.sub("", text))


def _leading(text: str, tokens: list[re.Match[str]], words: Language) -> str:
    """The first words of a long name, none of them left hanging."""
    for size in range(_HEADLINE_WORDS, 0, -1):
        if size > len(tokens):
            continue
        part = text[: tokens[size - 1].end()]
        hanging = tokens[size - 1][0].lower() in words.grammar.openers | words.grammar.joins | words.grammar.articles
        parts_name = 2 < size < len(tokens) and _parts_name(tokens, size)
        if (len(part) <= _HEADLINE_LETTERS or size == 1) and _closed(part) and not hanging and not parts_name:
            return part.rstrip(".,;:")
    return text


def _parts_name(tokens: list[re.Match[str]], size: int) -> bool:
    """Whether a cut after so many words would part "Fiat Panda" in a name that is written small otherwise."""
    large = [token[0][:1].isupper() for token in tokens]
    return large[size - 1] and large[size] and not all(large[1:size])


def _beats(fact: Fact, words: Language) -> tuple[Beat, ...]:
    text = fact.text
    cuts = {0, len(text)}
    if words.spaced:
        if "," not in text and len(text.split()) >= _JOINED_WORDS:
            cuts |= _cuts(text, 0, len(text), words.grammar.joins - _SIGNS)
        for start, end in _ranges(cuts):
            if _long(text[start:end]):
                cuts |= _cuts_of_list(text, start, end) or {
                    m.end() for m in re.compile(r"\S{3,}:\s+(?=\S)").finditer(text, start, end)
                }
        for start, end in _ranges(cuts):
            if _long(text[start:end]):
                cuts |= _cuts(
                    text, start, end, (words.grammar.openers | words.grammar.subordinators) - words.grammar.binding
                )
        for start, end in _ranges(cuts):
            if _long(text[start:end]):
                cuts |= _cuts_by_size(text, start, end)
    pieces = _ranges(cuts)
    return tuple(
        Beat(fact=fact.id, text=text[start:end].strip(), first=at == 0, last=at == len(pieces) - 1)
        for at, (start, end) in enumerate(pieces)
    )


def _ranges(cuts: set[int]) -> list[tuple[int, int]]:
    places = sorted(cuts)
    return list(pairwise(places))


def _long(text: str) -> bool:
    return len(text.split()) > _LONG_WORDS or len(text) > _LONG_LETTERS


def _cuts(text: str, start: int, end: int, before: frozenset[str]) -> set[int]:
    """Where a slice may be cut: before one of these words, with some words on either side, outside brackets."""
    tokens = list(re.compile(r"\S+").finditer(text, start, end))
    cuts: set[int] = set()
    since = 0
    for at, token in enumerate(tokens):
        apart = at - since >= _LEAST_WORDS and len(tokens) - at >= _LEAST_WORDS
        if apart and token[0].lower() in before and _closed(text[start : token.start()]):
            cuts.add(token.start())
            since = at
    return cuts


def _cuts_of_list(text: str, start: int, end: int) -> set[int]:
    """The comma nearest to the middle of "Flavours: plain, lemon, coffee, pistachio"; none where there is no list."""
    colon = text.find(": ", start, end)
    commas = [m.end() for m in re.compile(r",\s+(?=\S)").finditer(text, max(colon, start), end)] if colon >= 0 else []
    middle = (start + end) // 2
    return {min(commas, key=lambda at: abs(at - middle))} if len(commas) > 1 else set()


def _cuts_by_size(text: str, start: int, end: int) -> set[int]:
    """Even cuts at words, for a slice that offers no better place."""
    tokens = list(re.compile(r"\S+").finditer(text, start, end))
    parts = max(2, -(-(end - start) // _LONG_LETTERS))
    if len(tokens) < 2 * parts or end - start <= _LONG_LETTERS + 15:
        return set()
    size = -(-len(tokens) // parts)
    return {tokens[at].start() for at in range(size, len(tokens), size)}
