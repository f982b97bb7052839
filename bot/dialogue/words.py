"""What sellers mean by what they type, where a button could have been pressed instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from bot.dialogue.vocabulary import Length, Said, Timbre, comparable, names, pattern, phrases, says
from pipeline.model import Platform

LENGTHS = (6, 15, 30)
SPOKEN_TO_SELLERS = ("en", "de", "es", "fr")

_DONE_SIGNS = frozenset("👍👌✅🆗💯🙌")
_PASSING_SIGNS = frozenset({"-", "–", "...", "…"})
_PLACES = (Said.FIRST, Said.SECOND, Said.THIRD, Said.FOURTH)
_MARKS = ".!?…¡¿。！？؟ "
_STOP = re.compile(r"[.!?…]+\s|\n|[。！？]")
_BEFORE = r"(?i)(?:(?:<starting>|<joining>|<please>)(?:\s*[,.!…:–-]+\s*|\s+)|<correcting>\s*[,.!…]+\s*)+(?=\S)"
_AFTER = r"(?i)(?:(?:\s*,\s*|\s+)(?:<ending>|<please>))+[\s.!…]*$"
_UNSPACED = "\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"  # letters of scripts in which words take others on
_BEGIN, _END = rf"(?<![^\W{_UNSPACED}])", rf"(?![^\W{_UNSPACED}])"
_MOST_YES = 6  # words
_SEVERAL_YES = r"(?:<starting>[\s,]+)*<yes>(?:[\s,.!]+(?:<yes>|<ending>|<please>|<thanks>))+"
_AROUND_LANGUAGE = (
    r"(?i)^(?:<asking>\s+)?(?:<articles>\s+)?(?:<parts.language>\s+)?(?:<in_language>\s+)?|[\s,]+<please>$"
)
_BRANDS = {  # the same in all languages
    Platform.TIKTOK: r"tik\s?-?tok",
    Platform.INSTAGRAM_REELS: r"reels?\b|instagram(?!\s*(?:feed|stor))|\b(?:insta|ig)\b(?!\s*(?:feed|stor))",
    Platform.YOUTUBE_SHORTS: r"shorts\b|\b(?:youtube|yt)\s*short\b",
    Platform.INSTAGRAM_FEED: r"(?:instagram|insta)[\s-]*feed|4\s?[:x/]\s?5",
    Platform.SQUARE_FEED: r"1\s?[:x/]\s?1|market\s?place|facebook",
    Platform.YOUTUBE: r"(?:youtube|\byt\b)(?!\s*shorts?)|16\s?[:x/]\s?9",
}
_LENGTHS: Mapping[int, Length] = {6: "short", 15: "medium", 30: "long"}
_TIMBRES: tuple[Timbre, ...] = ("female", "male")
_COLOURS: Mapping[str, str] = {
    "black": "#000000", "white": "#ffffff", "red": "#d32f2f", "blue": "#1e56c5", "green": "#2e7d32",
    "yellow": "#f2c230", "orange": "#f57c00", "pink": "#e91e7a", "rose": "#e98fb0", "purple": "#6a1b9a",
    "brown": "#6d4c41", "grey": "#757575", "gold": "#b8892b", "beige": "#e3d5bd",
}  # fmt: skip


def plain(text: str) -> str:
    """A typed answer made comparable."""
    said = comparable(text).strip()
    return said.strip(_MARKS) or said


def bare(text: str) -> str:
    """What is meant, without what people say before and after it: "oh and the price is 25 actually"."""
    begun = pattern(_BEFORE).match(text)
    rest = text[begun.end() :] if begun else text
    ended = pattern(_AFTER).search(rest)
    return rest[: ended.start()] if ended and ended.start() else rest


def skips(text: str) -> bool:
    """Whether the seller wants to pass over a question."""
    said = plain(text)
    return says(Said.SKIP, said) or said in _PASSING_SIGNS


def goes_back(text: str) -> bool:
    """Whether the seller wants to go back."""
    return says(Said.BACK, plain(text))


def agrees(text: str) -> bool:
    """Whether the seller is content."""
    signs = "".join(text.split()).replace("\ufe0f", "")
    return _says_yes(plain(text)) or bool(signs and _DONE_SIGNS.issuperset(signs.rstrip("🏻🏼🏽🏾🏿")))


def _says_yes(said: str) -> bool:
    """Whether a text is one yes or several: "ok thanks", "ja passt"."""
    return says(Said.YES, said) or (
        len(said.split()) <= _MOST_YES and pattern(_SEVERAL_YES).fullmatch(said) is not None
    )


def added(text: str) -> str:
    """What a text adds to what was said before ("also dishwasher-safe"); "" when it does not add."""
    match = pattern(r"(?i)<adding>\b[\s:,]*").match(text)
    return text[match.end() :].strip() if match else ""


def idea_in(text: str) -> int | None:
    """Which idea a text picks (0 is A): "B", "idea b", "hmm the second one"; None when it picks none."""
    said = plain(bare(text))
    shape = r"<choosing>?\s*(?:<idea>\s)?([a-f])(?:[\s,]+<please>)?"
    if letter := pattern(shape).fullmatch(said):
        return ord(letter[1]) - ord("a")
    return next((at for at, place in enumerate(_PLACES) if said == str(at + 1) or says(place, said)), None)


def wants_others(text: str) -> bool:
    """Whether the seller wants to see others than those shown."""
    return says(Said.OTHERS, plain(text))


def praises(text: str) -> bool:
    """Whether a text praises what was made."""
    return says(Said.PRAISE, plain(text)) or agrees(text)


def wishes_change(text: str) -> bool:
    """Whether a text asks for something about a film to be changed, in any words."""
    return pattern(r"(?:(?:<please>|<joining>) )*<changes>\b").match(plain(text)) is not None


def wishes_to_publish(text: str) -> bool:
    """Whether the seller wants the film posted."""
    return says(Said.PUBLISH, plain(text))


def wants_same_style(text: str) -> bool:
    """Whether the seller wants the film made like the last one."""
    return says(Said.SAME_STYLE, plain(text))


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut at the end of a line or sentence, or at least of a word."""
    if len(text) <= most:
        return text
    ends = [stop.start() + len(stop[0].rstrip()) for stop in _STOP.finditer(text, 0, most)]
    late = [end for end in ends if end > most // 2]
    return text[: late[-1]] if late else text[:most].rsplit(None, 1)[0]


def names_price(text: str) -> bool:
    """Whether a text with a number in it says no more than that this is the price: "it's 60 each"."""
    return pattern(r"(?!:)(?:<pricing>|[\d.,'’\s:])+").fullmatch(plain(text)) is not None


def wants_silence(text: str) -> bool:
    """Whether the seller wants no voice."""
    said = plain(text)
    wanted = pattern(r"<without> <parts.voice>|<only> <captions>").fullmatch(said)
    return wanted is not None or says(Said.SILENCE, said)


def timbre_in(text: str) -> Timbre | None:
    """The timbre of the voice that a text asks for ("a woman", "männlich"); None when it speaks of none."""
    said = comparable(text)
    return next((timbre for timbre in _TIMBRES if pattern(rf"\b<timbres.{timbre}>\b").search(said)), None)


def declines(text: str) -> bool:
    """Whether the seller wants none of it."""
    return says(Said.NO, plain(text))


def names_all(text: str) -> bool:
    """Whether a text says "all" of something."""
    return pattern(r"\b<all>\b").search(comparable(text)) is not None


def platforms_in(text: str) -> tuple[Platform, ...]:
    """The platforms that a text names, in our order."""
    if names_all(text):
        return tuple(Platform)
    said = comparable(text)
    codes, spaced = set(re.split(r"[\s,;/&+]+", said)), said.replace("_", " ")
    named = [one for one, shape in _platforms().items() if one.value in codes or shape.search(spaced)]
    if "instagram feed" in spaced and "reel" not in spaced:
        named = [one for one in named if one is not Platform.INSTAGRAM_REELS]
    return tuple(named)


def platforms_wanted(text: str, now: tuple[Platform, ...]) -> tuple[Platform, ...]:
    """The platforms that a text asks for, when these are picked: others, more ("also YouTube"), fewer ("no TikTok").

    Empty when it names none, or would leave none.
    """
    named, said = set(platforms_in(text)), plain(text)
    if pattern(r"(?:<please> )?<removing>\b").match(said):
        wanted = set(now) - named if named else set()
    elif pattern(r"(?:<adding>|<joining>)\b").match(said):
        wanted = set(now) | named if named else set()
    else:
        wanted = named
    return tuple(one for one in Platform if one in wanted)


def without_platforms(text: str) -> str:
    """A text made comparable, with blanks in place of the platforms that it names."""
    for shape in _platforms().values():
        text = shape.sub(" ", text)
    return text


def seconds_in(text: str) -> int | None:
    """The offered length that is nearest to the number in a text."""
    number = re.search(r"(\d{1,3})\s?(min)?", text, re.IGNORECASE)
    if number is None:
        said = plain(text)
        return next((n for n, length in _LENGTHS.items() if pattern(rf"\b<lengths.{length}>\b").search(said)), None)
    wanted = int(number[1]) * (60 if number[2] else 1)
    return min(LENGTHS, key=lambda offered: (abs(offered - wanted), offered))


def length_beside(text: str, now: int) -> int | None:
    """The offered length that a text asks for beside the one picked: "shorter", "too short"; None if it does not."""
    said, at = comparable(text), LENGTHS.index(now)
    if pattern(r"\b<shorter>\b").search(said):
        return LENGTHS[max(0, at - 1)]
    return LENGTHS[min(len(LENGTHS) - 1, at + 1)] if pattern(r"\b<longer>\b").search(said) else None


def language_in(text: str) -> str | None:
    """The language (BCP 47) that a text names: by tag ("fr-CH"), or by name ("German", "Deutsch")."""
    word = pattern(_AROUND_LANGUAGE).sub("", text.strip()).strip(" .!")
    found = _language_names().get(word.casefold())
    if found:
        return found
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}", word):
        try:
            return str(Locale.parse(word.replace("_", "-"), sep="-")).replace("_", "-")
        except (ValueError, UnknownLocaleError):
            return None
    return None


def colours_in(text: str) -> tuple[str, ...]:
    """The colours that a text names, as "#rrggbb", at most three."""
    found = []
    known = names("colours")
    for word in re.split(r"[\s,;/&+]+", comparable(text)):
        digits = word.removeprefix("#")
        if re.fullmatch(r"[0-9a-f]{6}", digits):
            found.append(f"#{digits}")
        elif word.startswith("#") and re.fullmatch(r"[0-9a-f]{3}", digits):
            found.append("#" + "".join(digit * 2 for digit in digits))
        elif word in known:
            found.append(_COLOURS[known[word]])
    return tuple(dict.fromkeys(found))[:3]


def is_link(text: str) -> bool:
    """Whether a message is no more than an address or a file path, where a photo was meant."""
    word = text.strip()
    return bool(re.fullmatch(r"(?:[a-z][a-z0-9+.-]{1,10}://|www\.)\S+", word, re.IGNORECASE))


@cache
def _platforms() -> Mapping[Platform, re.Pattern[str]]:
    worded = {one: rf"{_BEGIN}<platforms.{one}>{_END}" for one in Platform if phrases(f"platforms.{one}")}
    return {one: pattern("|".join(shapes[one] for shapes in (_BRANDS, worded) if one in shapes)) for one in Platform}


@cache
def _language_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for speaker in SPOKEN_TO_SELLERS:
        for tag, name in Locale.parse(speaker).languages.items():
            if len(tag) == 2:
                found.setdefault(name.casefold(), tag)
    for tag in ("it", "pt", "pl", "nl", "tr", "sv", "uk", "ja", "ko", "ar", *SPOKEN_TO_SELLERS):
        own = Locale.parse(tag).get_display_name(tag)
        if own:
            found.setdefault(own.casefold(), tag)
    return found
