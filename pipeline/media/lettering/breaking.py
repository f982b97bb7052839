"""Where a line may end: Unicode Annex 14, not inside prices, not after short words, hyphens last."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import pyphen
from uniseg.linebreak import line_break_boundaries

from pipeline.media.lettering.wording import clusters
from pipeline.reading import words_of

_GOOD = 0.0  # after a sentence or clause
_EASY = 0.7  # before a word that leads on: "and", "with"
_PLAIN = 1.0  # between words
_POOR = 3.0  # after a short word or one that leads on, at a hyphen, inside a Japanese or Chinese phrase
_BAD = 8.0  # inside a word of katakana, before a Japanese ending, at the hyphen of "slip-ons"
_WORST = 30.0  # where no line should ever end
_LONG = 7  # letters from which a word may be hyphenated
_STUB = 3  # letters that stay together at either side of a hyphen

_CODES = "AED|AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|ILS|INR|JPY|KRW|MXN|NOK|NZD|PLN|RON|RUB|SAR|SEK|TRY|UAH|USD|ZAR"
_CURRENCY = rf"(?:[A-Z]{{0,2}}\$|[€£¥₹₺₽₴₩₪₫]|{_CODES}|zł|kr\.?|Kč|Ft|lei|лв\.?|грн\.?|руб\.?|ر\.س|د\.إ|円|元|원)"
_UNIT = (
    rf"(?:%|‰|°[CF]?|{_CURRENCY}|(?:k|m|c|d|µ)?(?:g|m|l|L|W|V|A|Hz|Wh|Ah)|mAh|kWh|in|ft|oz|lb|lbs|km/h|h|min|s|"
    r"GB|TB|MB|px|MP|Zoll|inch|x|×)"
)
_AMOUNTS = (
    re.compile(rf"\d[\d.,'’–—-]*( ){_UNIT}(?![\w])"),  # "50 %", "19,99 €", "500 ml"
    re.compile(rf"(?<![\w])(?<!\d[ \u00a0]){_CURRENCY}( )\d"),  # "CHF 119.–", but not "79,00 zł 2 Stück"
    re.compile(r"\d( )\d{3}(?!\d)"),  # "1 299"
)
_GLUE = (
    *_AMOUNTS,
    re.compile(r"(?<!\w)(?:Nr\.|No\.|N°|№|nº|ca\.|ab|from|от|від|desde|dès)( )\d"),
    re.compile(r"( )[?!:;»%]"),  # French
    re.compile(r"[«¿¡]( )"),
    re.compile(r"\S( )[–—-](?= |$)"),  # a dash stays with what it follows
)
_COMPOUND = re.compile(r"\w{4}-$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SHORT_WORD = re.compile(r"[a-zà-žа-яєіїґ]{1,2}", re.IGNORECASE)  # in alphabets: two letters are a word in Korean
_NEVER_BEFORE = frozenset("、。，．・：；？！」』）］｝〉》】〕ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％℃")
_CLAUSE = frozenset(".!?…:;,、。！？，：；؟،؛।")
_PARTICLES = frozenset("はがをにでともへのやか")


@dataclass(frozen=True)
class Break:
    """A place where a line may end: before character `at`, with its cost and what is added to the line's end."""

    at: int
    cost: float
    suffix: str = ""

    @property
    def good(self) -> bool:
        """Whether a smaller size is worse than ending a line here."""
        return self.cost < _BAD


@lru_cache(maxsize=2048)
def breaks(text: str, language: str) -> tuple[Break, ...]:
    """The good places to end a line inside a text, in order; the end of the text is not among them."""
    kept = {match.start(1) + 1 for glue in _GLUE for match in glue.finditer(text)}
    found = []
    for at in _boundaries(text):
        if 0 < at < len(text) and at not in kept and _allowed(text, at):
            soft = text[at - 1] == "\u00ad"
            found.append(Break(at, _POOR if soft else _cost(text, at, language), "-" if soft else ""))
    return tuple(found)


def _boundaries(text: str) -> Iterator[int]:
    """The boundaries of Annex 14, found word by word: captions ask for the same words again and again."""
    at, before = 0, ""
    for word in text.split(" "):
        if before and word and _may_part(before[-2:], word[:2]):
            yield at
        yield from (at + inside for inside in _inside(word))
        at += len(word) + 1
        before = word


@lru_cache(maxsize=4096)
def _inside(word: str) -> tuple[int, ...]:
    return tuple(at for at in line_break_boundaries(word) if 0 < at < len(word))


@lru_cache(maxsize=4096)
def _may_part(before: str, after: str) -> bool:
    return len(before) + 1 in line_break_boundaries(f"{before} {after}")


def amounts(text: str) -> frozenset[int]:
    """Where the words of one amount meet, as positions of the second one: "19,99 €", "CHF 119.–", "1 299"."""
    return frozenset(match.start(1) + 1 for glue in _AMOUNTS for match in glue.finditer(text))


@lru_cache(maxsize=2048)
def hyphenations(text: str, language: str) -> tuple[Break, ...]:
    """Places inside long words where a hyphen may be put, by the patterns of the language."""
    patterns = _patterns(language)
    if patterns is None:
        return ()
    return tuple(
        Break(word.start() + at, _POOR, "-")
        for word in re.finditer(rf"[^\W\d_]{{{_LONG},}}", text)
        for at in patterns.positions(word[0])
        if _STUB <= at <= len(word[0]) - _STUB
    )


def anywhere(text: str) -> tuple[Break, ...]:
    """Every place between two clusters, for what will not fit otherwise: web addresses, nonsense."""
    found, at = [], 0
    for cluster in clusters(text):
        if at > 0 and text[at] not in _NEVER_BEFORE and not text[at].isspace():
            found.append(Break(at, _BAD if text[at - 1].isspace() else _WORST))
        at += len(cluster)
    return tuple(found)


def _allowed(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NEVER_BEFORE:
        return False
    if _is_hangul(before) and _is_hangul(after):  # Korean breaks between words like other languages with spaces
        return False
    return not (before == "-" and after.isdigit())


def _cost(text: str, at: int, language: str) -> float:
    before = text[:at].rstrip()
    if before[-1:] in _CLAUSE:
        return _GOOD
    if text[at - 1].isspace():
        return _between(before, text[at:], language)
    if before.endswith("-"):
        return _POOR if _COMPOUND.search(before) and re.match(r"\w{4}", text[at:]) else _BAD
    if _is_kana(before[-1:]) and not _is_kana(text[at]):  # a Japanese phrase ends in kana
        return _GOOD if before[-1] in _PARTICLES else _PLAIN
    torn = _is_katakana(before[-1:]) and _is_katakana(text[at])
    headless = _is_kana(text[at]) and not before[-1:].isspace()  # an ending or a particle without its word
    return _BAD if torn or headless else _POOR


def _between(before: str, after: str, language: str) -> float:
    """The cost between two words: articles and prepositions stay with what they lead to."""
    leading = _leading(language)
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last and (_SHORT_WORD.fullmatch(last[0]) or last[0].lower() in leading):
        return _POOR
    return _EASY if first and first[0].lower() in leading else _PLAIN


@cache
def _leading(language: str) -> frozenset[str]:
    words = words_of(language).grammar
    return words.articles | words.joins | words.openers


def _is_hangul(char: str) -> bool:
    return unicodedata.name(char, "").startswith("HANGUL")


def _is_kana(char: str) -> bool:
    return "\u3041" <= char <= "\u309f"


def _is_katakana(char: str) -> bool:
    return "\u30a0" <= char <= "\u30ff"


@cache
def _patterns(language: str) -> pyphen.Pyphen | None:
    tag = language.replace("-", "_")
    name = pyphen.language_fallback(tag) or pyphen.language_fallback({"en": "en_US", "pt": "pt_PT"}.get(tag, tag))
    return pyphen.Pyphen(lang=name) if name else None
