"""What sellers mean by what they type, where a button could have been pressed instead."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from bot.dialogue.vocabulary import Said, comparable, says
from pipeline.model import Platform

LENGTHS = (6, 15, 30)
SPOKEN_TO_SELLERS = ("en", "de", "es", "fr")

_DONE_SIGNS = frozenset("👍👌✅🆗💯🙌")
_SILENT = re.compile(
    r"(?:no|without(?: a| any)?|ohne|keine?|sin|sans|pas de) (?:voice|voice-?over|speaker|stimme|sprecher(?:in)?"
    r"|voz|voix)"
    r"|mute|silent|stumm|(?:only|just|nur|solo|sólo|seulement) (?:captions|subtitles|text|untertitel|texto|subtítulos"
    r"|sous-titres)|(?:captions|subtitles) only|music only|nur musik|solo música|musique seulement"
)
_TIMBRES = {
    "female": r"female|wom[ae]n|lady|girl|weiblich\w*|frau(?:enstimme)?|femenin[ao]|mujer|chica|femme|féminine?|fille",
    "male": r"male|m[ae]n|guy|boy|männlich\w*|mann|männerstimme|masculin[ao]?|hombre|chico|homme|masculine",
}
_AMOUNTS = {  # lengths in words
    6: "six|sechs|seis|short|kurze?s?|cort[oa]|courte?",
    15: "fifteen|fünfzehn|quince|quinze|medium|mittel|medio|moyen",
    30: "thirty|dreißig|dreissig|treinta|trente|long|lange?s?|larg[oa]|longue",
}

_CHOOSING = (
    r"(?:i(?:'d| would)? (?:like|prefer)|i(?:'ll| will)? (?:take|choose|pick)|(?:let's )?go (?:with|for)|nimm"
    r"|ich (?:nehme|mag|will)|mir gefällt|me gusta|prefiero|elijo|j'aime|je (?:prends|préfère|choisis))?\s*"
)
_PRAISING = re.compile(
    r"(?:wow |oh )?(?:i )?(?:love|like|adore) (?:it|this|that|them)(?: so much)?|(?:so |very )?(?:nice|awesome"
    r"|amazing|beautiful"
    r"|lovely|cool|great|perfect|brilliant|excellent)(?: (?:job|work|video))?|wow|toll|klasse|super|genial|mega"
    r"|spitze|perfekt"
    r"|(?:sehr )?schön|(?:gefällt mir)(?: sehr| gut)?|me (?:encanta|gusta)(?: mucho)?|qué (?:bien|bonito|chulo)"
    r"|precioso|perfecto"
    r"|j'adore|génial|super|bravo|parfait|(?:très|trop) (?:beau|bien|cool)|magnifique"
)
_PLACES = (
    r"(?:the )?(?:first|1st)(?: one)?|(?:das|die|der) erste|(?:el|la) primer[oa]|(?:le|la) premi(?:er|ère)|1",
    r"(?:the )?(?:second|2nd)(?: one)?|(?:das|die|der) zweite|(?:el|la) segund[oa]|(?:le|la) (?:second|deuxième"
    r"|seconde)|2",
)
_SAME_STYLE = re.compile(
    r"(?:in )?(?:the )?same (?:style|as)(?: (?:as )?(?:last time|before))?|(?:like|as) last time"
    r"|(?:im )?gleiche[rn]? stil"
    r"(?: wie (?:letztes mal|vorher))?|wie (?:letztes mal|beim letzten mal|vorher|immer)|(?:el )?mismo estilo"
    r"(?: (?:que|de) la última vez)?|como la última vez|como siempre|(?:le )?même style(?: que la dernière fois)?"
    r"|comme (?:la dernière fois|d'habitude)"
)
_MARKS = ".!?…¡¿。！？؟ "
_STOP = re.compile(r"[.!?…]+\s|\n|[。！？]")
_CHANGING = re.compile(
    r"(?:the price|der preis|el precio|le prix)\b|(?:please |bitte |but |aber |and |und )*(?:make (?:it|the|that)"
    r"|change|can you|could you|would you|i (?:want"
    r"|would like)"
    r"|i'd like|i (?:don't|do not) like|remove|delete|shorter|longer|faster|slower|louder|funnier|more|less|another"
    r"|other"
    r"|different|mach|ändere?|kannst du|könntest du|ich (?:will|möchte|hätte gern)|entferne?|kürzer|länger|schneller"
    r"|langsamer|lustiger|mehr|weniger|andere[rsn]?|hazlo|haz|cambia|puedes|podrías|quiero|quisiera|quita|más|menos"
    r"|otr[oa]"
    r"|fais|rends|change[zr]?|peux-tu|pouvez-vous|je (?:veux|voudrais)|enlève[zr]?|plus|moins|un autre|une autre)\b"
)
_PRICING = re.compile(
    r"(?:(?:it'?s|it costs|the|price|is|only|just|about|around|for|asking|each|a piece|a pair|per piece|pounds?|yens?"
    r"|rupees?|liras?|francs?|es|der|preis|ist|nur|etwa|kostet|für|pro|stück|das|pfund|el|precio|cuesta|vale|solo"
    r"|sólo|libras?"
    r"|le|prix|est|c'est|il|coûte|seulement|pièce|livres?|roupies?|[\d.,'’ ]+)[\s:]*)+"
)
_ADDING = re.compile(
    r"(?i)(?:(?:and )?(?:also|it'?s also|plus|additionally)|i forgot:?|auch noch|außerdem|und auch|(?:und )?noch"
    r"|zusätzlich"
    r"|también|además|y también|aussi|et aussi|en plus|et)\b[\s:,]*"
)
_PLATFORM_WORDS = {
    Platform.TIKTOK: r"tik\s?-?tok",
    Platform.INSTAGRAM_REELS: r"reels?\b|instagram(?!\s*(?:feed|stor))|\binsta\b(?!\s*(?:feed|stor))",
    Platform.YOUTUBE_SHORTS: r"shorts?\b",
    Platform.STORIES: r"stor(?:y|ys|ies)\b|historias?\b",
    Platform.INSTAGRAM_FEED: r"(?:instagram|insta)[\s_-]*feed|4\s?[:x/]\s?5|portrait feed",
    Platform.SQUARE_FEED: r"square|quadrat\w*|cuadrad\w*|carré|1\s?[:x/]\s?1|market\s?place|facebook",
    Platform.YOUTUBE: r"youtube(?!\s*shorts?)|16\s?[:x/]\s?9|landscape|querformat|horizontal|paysage|web ?s(?:hop|ite)",
}
_ALL = re.compile(r"\b(?:all|every\w*|alle[sn]?|überall|tod[oa]s?|tous|toutes|tout|partout)\b", re.IGNORECASE)

_FILLERS = re.compile(r"(?i)^(?:in|auf|en)\s+|[\s,]+(?:please|bitte|por favor|s['’]il (?:te|vous) plaît)$")
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
    said = comparable(text).strip()
    return said.strip(_MARKS) or said


def skips(text: str) -> bool:
    """Whether the seller wants to pass over a question."""
    return says(Said.SKIP, plain(text))


def goes_back(text: str) -> bool:
    """Whether the seller wants to go back."""
    return says(Said.BACK, plain(text))


def agrees(text: str) -> bool:
    """Whether the seller is content."""
    signs = "".join(text.split()).replace("\ufe0f", "")
    return says(Said.YES, plain(text)) or bool(signs and _DONE_SIGNS.issuperset(signs.rstrip("🏻🏼🏽🏾🏿")))


def added(text: str) -> str:
    """What a text adds to what was said before ("also dishwasher-safe"); "" when it does not add."""
    match = _ADDING.match(text)
    return text[match.end() :].strip() if match else ""


def idea_in(text: str) -> int | None:
    """Which idea a text picks (0 is A): "B", "idea b", "the second one"; None when it picks none."""
    said = plain(text)
    letter = re.fullmatch(
        _CHOOSING + r"(?:(?:idea|idee|option|variante?|video|vídeo|idée)\s)?([a-f])(?:[\s,]+(?:please"
        r"|bitte))?",
        said,
    )
    if letter:
        return ord(letter[1]) - ord("a")
    return next((at for at, names in enumerate(_PLACES) if re.fullmatch(names, said)), None)


def praises(text: str) -> bool:
    """Whether a text praises what was made."""
    return _PRAISING.fullmatch(plain(text)) is not None or agrees(text)


def wishes_change(text: str) -> bool:
    """Whether a text asks for something about a film to be changed, in any words."""
    return _CHANGING.match(plain(text)) is not None


def wants_same_style(text: str) -> bool:
    """Whether the seller wants the film made like the last one."""
    return _SAME_STYLE.fullmatch(plain(text)) is not None


def shortened(text: str, most: int) -> str:
    """The beginning of a text, cut at the end of a line or sentence, or at least of a word."""
    if len(text) <= most:
        return text
    ends = [stop.start() + len(stop[0].rstrip()) for stop in _STOP.finditer(text, 0, most)]
    late = [end for end in ends if end > most // 2]
    return text[: late[-1]] if late else text[:most].rsplit(None, 1)[0]


def names_price(text: str) -> bool:
    """Whether a text with a number in it says no more than that this is the price: "it's 60 each"."""
    return _PRICING.fullmatch(plain(text)) is not None


def wants_silence(text: str) -> bool:
    """Whether the seller wants no voice."""
    return _SILENT.fullmatch(plain(text)) is not None


def timbre_in(text: str) -> str | None:
    """The timbre of the voice that a text asks for ("a woman", "männlich"); None when it speaks of none."""
    found = (t for t, names in _TIMBRES.items() if re.search(rf"\b(?:{names})\b", text, re.IGNORECASE))
    return next(found, None)


def declines(text: str) -> bool:
    """Whether the seller wants none of it."""
    return says(Said.NO, plain(text))


def names_all(text: str) -> bool:
    """Whether a text says "all" of something."""
    return _ALL.search(text) is not None


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
        said = plain(text)
        return next((n for n, names in _AMOUNTS.items() if re.search(rf"\b(?:{names})\b", said)), None)
    return min(LENGTHS, key=lambda offered: (abs(offered - int(number[0])), offered))


def language_in(text: str) -> str | None:
    """The language (BCP 47) that a text names: by tag ("fr-CH"), or by name ("German", "Deutsch")."""
    word = _FILLERS.sub("", text.strip()).strip(" .!")
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
