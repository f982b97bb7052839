"""What sellers mean by what they type, where a button could have been pressed instead."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from pipeline.model import Platform

LENGTHS = (6, 15, 30)
SPOKEN_TO_SELLERS = ("en", "de", "es", "fr")

_SKIP = {
    "skip", "pass", "next", "weiter", "überspringen", "egal", "siguiente", "saltar", "omitir", "suivant", "passer", "-",
}  # fmt: skip
_BACK = {"back", "zurück", "atrás", "volver", "retour", "précédent"}
_DONE = {
    "done", "ok", "okay", "yes", "y", "that's right", "go", "start", "ja", "jo", "passt", "fertig", "stimmt",
    "stimmt so", "los", "sí", "si", "vale", "listo", "hecho", "oui", "d'accord", "c'est bon", "fini",
}  # fmt: skip
_NONE = {
    "none", "no", "off", "nein", "keine", "kein", "keinen", "ninguno", "ninguna", "nada", "aucun", "aucune", "sans",
    "non",
}  # fmt: skip

_PLATFORM_WORDS = {
    Platform.TIKTOK: r"tik\s?-?tok",
    Platform.INSTAGRAM_REELS: r"reels?\b|instagram(?!\s*(?:feed|stor))|\binsta\b(?!\s*(?:feed|stor))",
    Platform.YOUTUBE_SHORTS: r"shorts?\b",
    Platform.STORIES: r"stor(?:y|ys|ies)\b|historias?\b",
    Platform.INSTAGRAM_FEED: r"(?:instagram|insta)[\s_-]*feed|4\s?[:x/]\s?5|portrait feed",
    Platform.SQUARE_FEED: r"square|quadrat\w*|cuadrad\w*|carré|1\s?[:x/]\s?1|market\s?place|facebook",
    Platform.YOUTUBE: r"youtube(?!\s*shorts?)|16\s?[:x/]\s?9|landscape|querformat|horizontal|paysage|web ?s(?:hop|ite)",
}
_ALL = re.compile(r"\b(?:all|every\w*|alle[sn]?|tod[oa]s?|tous|toutes|tout)\b", re.IGNORECASE)

_COLOURS = {
    "black": "#000000", "schwarz": "#000000", "negro": "#000000", "noir": "#000000",
    "white": "#ffffff", "weiß": "#ffffff", "weiss": "#ffffff", "blanco": "#ffffff", "blanc": "#ffffff",
    "red": "#d32f2f", "rot": "#d32f2f", "rojo": "#d32f2f", "rouge": "#d32f2f",
    "blue": "#1e56c5", "blau": "#1e56c5", "azul": "#1e56c5", "bleu": "#1e56c5",
    "green": "#2e7d32", "grün": "#2e7d32", "verde": "#2e7d32", "vert": "#2e7d32",
    "yellow": "#f2c230", "gelb": "#f2c230", "amarillo": "#f2c230", "jaune": "#f2c230",
    "orange": "#f57c00", "naranja": "#f57c00",
    "pink": "#e91e7a", "rosa": "#e98fb0", "rose": "#e98fb0",
    "purple": "#6a1b9a", "lila": "#6a1b9a", "violett": "#6a1b9a", "morado": "#6a1b9a", "violet": "#6a1b9a",
    "brown": "#6d4c41", "braun": "#6d4c41", "marrón": "#6d4c41", "marron": "#6d4c41",
    "grey": "#757575", "gray": "#757575", "grau": "#757575", "gris": "#757575",
    "gold": "#b8892b", "dorado": "#b8892b", "doré": "#b8892b", "beige": "#e3d5bd",
}  # fmt: skip


def plain(text: str) -> str:
    """A typed answer made comparable."""
    return text.strip().strip(".!?…").strip().casefold()


def skips(text: str) -> bool:
    """Whether the seller wants to pass over a question."""
    return plain(text) in _SKIP


def goes_back(text: str) -> bool:
    """Whether the seller wants to go back."""
    return plain(text) in _BACK


def agrees(text: str) -> bool:
    """Whether the seller is content."""
    return plain(text) in _DONE


def declines(text: str) -> bool:
    """Whether the seller wants none of it."""
    return plain(text) in _NONE


def platforms_in(text: str) -> tuple[Platform, ...]:
    """The platforms that a text names, in our order."""
    if _ALL.search(text):
        return tuple(Platform)
    codes = set(re.split(r"[\s,;/&+]+", text.casefold()))
    named = [
        platform
        for platform, pattern in _PLATFORM_WORDS.items()
        if platform.value in codes or re.search(pattern, text.replace("_", " "), re.IGNORECASE)
    ]
    if "instagram feed" in text.casefold().replace("_", " ") and Platform.INSTAGRAM_REELS in named:
        named = [one for one in named if one is not Platform.INSTAGRAM_REELS or "reel" in text.casefold()]
    return tuple(named)


def seconds_in(text: str) -> int | None:
    """The offered length that is nearest to the number in a text."""
    number = re.search(r"\d{1,3}", text)
    if number is None:
        return None
    return min(LENGTHS, key=lambda offered: (abs(offered - int(number[0])), offered))


def language_in(text: str) -> str | None:
    """The language (BCP 47) that a text names: by tag ("fr-CH"), or by name ("German", "Deutsch")."""
    word = text.strip()
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
    for word in re.split(r"[\s,;/&+]+", text.casefold()):
        digits = word.removeprefix("#")
        if re.fullmatch(r"[0-9a-f]{6}", digits):
            found.append(f"#{digits}")
        elif word.startswith("#") and re.fullmatch(r"[0-9a-f]{3}", digits):
            found.append("#" + "".join(digit * 2 for digit in digits))
        elif word in _COLOURS:
            found.append(_COLOURS[word])
    return tuple(dict.fromkeys(found))[:3]


def is_link(text: str) -> bool:
    """Whether a message is no more than an address or a file path, where a photo was meant."""
    word = text.strip()
    return bool(re.fullmatch(r"(?:[a-z][a-z0-9+.-]{1,10}://|www\.)\S+", word, re.IGNORECASE))


@cache
def _language_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for speaker in SPOKEN_TO_SELLERS:
        for tag, name in Locale.parse(speaker).languages.items():
            if len(tag) == 2:
                names.setdefault(name.casefold(), tag)
    for tag in ("it", "pt", "pl", "nl", "tr", "sv", "uk", "ja", "ko", "ar", *SPOKEN_TO_SELLERS):
        own = Locale.parse(tag).get_display_name(tag)
        if own:
            names.setdefault(own.casefold(), tag)
    return names
