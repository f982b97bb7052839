"""The rules of normalisation: what is recognised in a text, in order of precedence, and what is said instead."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from pipeline.reading import words_of
from pipeline.spoken.cases import in_case
from pipeline.spoken.lexicon import Decades, Lexicon, count_name, lexicon_of
from pipeline.spoken.money import PRICE, SIGN, say_amount, say_price
from pipeline.spoken.numbers import NUMBER, before, digits, is_code, ordinal, parse, words, year
from pipeline.spoken.rule import Rule

_GAP = r"[ \u00a0\u202f]?"
_FREE = r"(?<![\w.,])"
_TIMES = r"(?:[x×]|[ \u00a0\u202f][x×][ \u00a0\u202f])"  # "2x 3" is two times, "2 x 3" two by three
_MONEY_BEFORE = r"(?:(?<=[\d€$£ł])|(?<=[\d€$£ł] )|(?<=EUR)|(?<=CHF)|(?<=PLN))"  # an amount, maybe with a blank
_BETWEEN_MEASURES = r"(?<=[^\W\d_] )[x×](?= [^\W\d_]?\d)|(?<=\d )[x×](?= [^\W\d_]\d)"  # "30cm x 25cm", "W40 x H60"
_DRESS = r"\d?X{0,4}[SL]|M"  # sizes in letters
_YEAR = r"1[1-9]\d\d|20[1-4]\d"
_COLDEST_LIGHT = 1000  # kelvin: what is less is no colour of light
_DOMAIN = (
    r"(?:[a-z0-9](?:[\w-]*[a-z0-9])?\.)+(?:com|net|org|shop|store|de|ch|at|es|fr|it|pl|nl|br|uk|eu|us|io|co|me|jp|kr)"
)


def rules_for(language: str, own: tuple[Rule, ...] = ()) -> tuple[Rule, ...]:
    """The rules of a language, the ones that win first; only one's own where there is no lexicon.

    Args:
        language: BCP 47.
        own: rules that win over all but those for addresses.
    """
    addresses, others = _rules(language)
    return (*addresses, *own, *others)


@lru_cache(maxsize=32)
def _rules(language: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    lexicon = lexicon_of(language)
    if lexicon is None:
        return (), ()
    counting = (*_amounts(lexicon, language), *_counts(lexicon, language))
    if lexicon.governed:
        counting = tuple(in_case(rule, lexicon, lexicon.governed) for rule in counting)
    return _addresses(lexicon), (*_fixed(lexicon), *counting)


def _addresses(lexicon: Lexicon) -> tuple[Rule, ...]:
    signs = lexicon.signs

    def spell(text: str) -> str:
        text = re.sub(r"^(?:https?://)?(?:www\.)?", "", text).rstrip("/")
        named = {".": signs.dot, "/": signs.slash, "@": signs.at, "_": "", "-": ""}
        return " ".join("".join(f" {named[c]} " if c in named else c for c in text).split())

    return (
        Rule(re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), lambda m: spell(m[0])),
        Rule(
            re.compile(rf"(?:https?://[^\s,;!?]*[^\s,;!?.)]|(?<!\w)(?:www\.)?{_DOMAIN}(?:/[\w./-]*\w)?)(?!\w)", re.I),
            lambda m: spell(m[0].split("?")[0]),
        ),
        Rule(
            re.compile(r"(?<!\w)@([A-Za-z0-9_](?:[A-Za-z0-9_.]*[A-Za-z0-9_])?)"),
            lambda m: f"{signs.at} {re.sub(r'[._]+', ' ', m[1]).strip() or m[1]}",
        ),
        Rule(re.compile(r"(?<!\w)#(?!\d+\b)(\w+)"), lambda m: f"{signs.hashtag} {m[1].replace('_', ' ')}"),
    )


def _fixed(lexicon: Lexicon) -> tuple[Rule, ...]:
    """Abbreviations and words that are not said as they are spelt."""
    said = {**lexicon.abbreviations, **lexicon.pronunciations}
    choices = "|".join(
        re.escape(written).replace(r"\ ", "[ \u00a0\u202f]?") for written in sorted(said, key=len, reverse=True)
    )
    by_letters = {re.sub(r"\s", "", written): words for written, words in said.items()}
    pattern = re.compile(rf"(?<![\w.])(?:{choices})(?!\w)")
    known = Rule(pattern, lambda m: by_letters[re.sub(r"\s", "", m[0])])
    return (known,) if lexicon.decades is None else (known, _decade(lexicon.decades, lexicon))


def _amounts(lexicon: Lexicon, language: str) -> tuple[Rule, ...]:
    """Prices, percentages, measures, sizes."""
    signs = lexicon.signs
    units = "|".join(re.escape(unit) for unit in sorted(lexicon.units, key=len, reverse=True))
    number = rf"(?P<sign>(?<!\w)[-−+])?{_FREE}(?P<number>{NUMBER})"
    measure = re.compile(
        rf"(?:(?P<low>{_FREE}{NUMBER})(?P<join>{_GAP}[–—-]{_GAP}|{_TIMES})"
        rf"(?:(?P<mid>{NUMBER}){_TIMES})?|(?P<sign>(?<![\w-])[-−+])|{_FREE})"
        rf"(?P<number>{NUMBER})(?:{_GAP}|-(?!(?:{units})-\w))(?P<unit>{units})"
        rf"(?:/(?P<per>{units}))?(?![\w²³]|-\d)"
    )

    def sign(match: re.Match[str]) -> str:
        mark = match["sign"]
        if mark == "+":
            return f"{signs.plus} "
        return f"{signs.minus} " if mark else ""

    def value(text: str, unit: str | None = None) -> str:
        said = words(parse(text, lexicon), lexicon)
        return before(unit in lexicon.feminine_units, said, lexicon) if unit else said

    def say_measure(match: re.Match[str]) -> str:
        unit = match["unit"]
        if unit == "K" and parse(match["number"], lexicon) < _COLDEST_LIGHT:  # a screen's "4K", gold of 18K
            return f"{value(match['number'])} K"
        parts = []
        if match["low"]:
            link = signs.by if match["join"].strip() in "x×" else signs.to
            parts += [value(match["low"]), link]
            parts += [value(match["mid"]), signs.by] if match["mid"] else []
        parts += [sign(match) + value(match["number"], unit)]
        parts += [count_name(lexicon.units[unit], float(parse(match["number"], lexicon)), language)]
        if match["per"]:
            parts += [signs.per, lexicon.units[match["per"]][0]]
        return " ".join(parts)

    def say_size(match: re.Match[str]) -> str:
        return f" {signs.by} ".join(value(part) for part in re.split(r"\s*[x×]\s*", match[0]))

    return (
        Rule(re.compile(r"(?<=\w)@(?=\d)"), lambda _: f" {signs.at} "),
        Rule(re.compile(_BETWEEN_MEASURES), lambda _: signs.by),
        Rule(
            re.compile(rf"{_FREE}({NUMBER})[–—-](?={NUMBER}{_GAP}(?:{SIGN})(?!\w))"),
            lambda m: f"{value(m[1])} {signs.to}",
        ),
        Rule(
            re.compile(rf"(?<![\w.,])(?P<sign>{SIGN})(?P<gap>{_GAP})({NUMBER})[–—-](?P<high>{NUMBER})(?![\w%])"),
            lambda m: f"{value(m[3])} {signs.to} {say_amount(m['sign'], m['high'], lexicon, language)}",
        ),
        Rule(re.compile(rf"{_MONEY_BEFORE}[–—-]{_GAP}(?=(?:{SIGN}){_GAP}\d)"), lambda _: f" {signs.to} "),
        Rule(re.compile(rf"(?:(?<=[€£$¥₴₺₩ł])|(?<=[€£$¥₴₺₩ł] ))[–—-]{_GAP}(?=\d)"), lambda _: f" {signs.to} "),
        Rule(PRICE, lambda m: say_price(m, lexicon, language)),
        Rule(
            re.compile(rf"(?:(?P<low>{_FREE}{NUMBER}){_GAP}[–—-]{_GAP})?{number}{_GAP}%"),
            lambda m: (
                (f"{value(m['low'])} {signs.to} " if m["low"] else "")
                + f"{sign(m)}{value(m['number'])} {signs.percent}"
            ),
        ),
        Rule(measure, say_measure),
        Rule(re.compile(rf"{_FREE}{NUMBER}(?:{_TIMES}{NUMBER})+(?!\w|[.,]\d)"), say_size),
        Rule(re.compile(r"(?<!\w)[x×](\d{1,3})(?!\w)"), lambda m: f"{signs.times} {value(m[1])}"),
        Rule(re.compile(rf"{_FREE}({NUMBER})[x×](?!\w)"), lambda m: f"{value(m[1], 'x')} {signs.times}"),
    )


def _counts(lexicon: Lexicon, language: str) -> tuple[Rule, ...]:
    """Dates, times of day, ranges, ordinals, plain numbers, signs between words."""
    signs = lexicon.signs
    rules = [
        Rule(re.compile(rf"(?<![\w–-])({_DRESS})[–-]({_DRESS})(?![\w–-])"), lambda m: f"{m[1]} {signs.to} {m[2]}"),
        Rule(re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)"), lambda m: _date(m, "123", lexicon, language)),
        Rule(
            re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)"),
            lambda m: _date(m, "312" if language == "en-US" and "/" in m[0] else "321", lexicon, language),
        ),
        Rule(
            re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])"),
            lambda m: signs.clock.format(
                hours=words(parse(m[1], lexicon), lexicon),
                minutes=words(parse(m[2], lexicon), lexicon) if int(m[2]) else "",
            ).strip(),
        ),
    ]
    if lexicon.ordinals:
        rules.append(
            Rule(
                re.compile(rf"(?<![\w.,]){lexicon.ordinals}"),
                lambda m: ordinal(int(m[1]), lexicon) + lexicon.ordinal_end,
            )
        )
    if lexicon.feminine_ordinals:
        rules.append(
            Rule(
                re.compile(rf"(?<![\w.,]){lexicon.feminine_ordinals}"),
                lambda m: re.sub("o$", "a", ordinal(int(m[1]), lexicon)).replace("premier", "première"),
            )
        )
    return (
        *rules,
        Rule(
            re.compile(rf"{_FREE}({NUMBER}){_GAP}[–—-]{_GAP}({NUMBER})(?![\w-])"),
            lambda m: f" {signs.to} ".join(_span_end(part, m, lexicon) for part in m.groups()),
        ),
        Rule(re.compile(rf"(?:(?<!\w)([-−+]))?{_FREE}({NUMBER})(?!\w|-\d)"), lambda m: _number(m, lexicon, language)),
        Rule(
            re.compile(rf"{_MONEY_BEFORE}/[ \u00a0]?(?P<unit>{_plain_units(lexicon)})(?!\w)"),
            lambda m: f" {signs.per} {lexicon.units[m['unit']][0]}",
        ),
        Rule(re.compile(rf"{_MONEY_BEFORE}/[ \u00a0]?(?=[^\W\d])(?![A-Z]\d)"), lambda _: f" {signs.per} "),
        Rule(re.compile(r"(?<=\s)[&＆](?=\s)|(?<=\w)&(?=\w)"), lambda m: f" {signs.conjunction} "),
        Rule(re.compile(r"(?<=\s)\+(?=\s)"), lambda m: f" {signs.plus} "),
        Rule(re.compile(r"(?<=\d)\+(?![\w+])"), lambda m: f" {signs.plus}"),
    )


def _plain_units(lexicon: Lexicon) -> str:
    """The units whose names need no case after "per", as a regular expression."""
    plain = (unit for unit, names in lexicon.units.items() if len(names) < 4 and unit[0].isalpha())
    return "|".join(re.escape(unit) for unit in sorted(plain, key=len, reverse=True)) or "(?!)"


def _decade(written: Decades, lexicon: Lexicon) -> Rule:
    """ "70s" as "seventies": before the rules of measures, for which it would be seconds."""

    def say(match: re.Match[str]) -> str:
        said = year(int(match[1]), lexicon) if len(match[1]) == 4 else words(parse(match[1], lexicon), lexicon)
        return re.sub(written.last, written.becomes, said)

    return Rule(re.compile(rf"(?<![\w.,])['’]?{written.pattern}(?!\w)"), say)


def _span_end(text: str, match: re.Match[str], lexicon: Lexicon) -> str:
    """One end of a span; two years are said as years."""
    years = all(re.fullmatch(r"1[5-9]\d\d|20\d\d", part) for part in match.groups())
    return year(int(text), lexicon) if years else words(parse(text, lexicon), lexicon)


def _number(match: re.Match[str], lexicon: Lexicon, language: str) -> str:
    mark, text = match.groups()
    lead = {"+": f"{lexicon.signs.plus} ", "-": f"{lexicon.signs.minus} ", "−": f"{lexicon.signs.minus} "}.get(mark, "")
    if is_code(text):
        return lead + digits(text, lexicon)
    if not mark and re.fullmatch(_YEAR, text):
        return year(int(text), lexicon)
    return lead + _counting(words(parse(text, lexicon), lexicon), match, lexicon, language)


def _counting(said: str, match: re.Match[str], lexicon: Lexicon, language: str) -> str:
    """A number as it is before the noun that follows it: "21 marchas" is "vinte e uma"."""
    noun = re.compile(r"[ \u00a0]([^\W\d_]{3,})").match(match.string, match.end())
    small = words_of(language).grammar
    if not lexicon.feminine_nouns or noun is None or noun[1].lower() in small.openers | small.joins | small.copulas:
        return said
    return before(re.fullmatch(lexicon.feminine_nouns, noun[1].lower()) is not None, said, lexicon)


def _date(match: re.Match[str], order: str, lexicon: Lexicon, language: str) -> str:
    """A date of digits in words; digit by digit where it is no date. `order`: groups of year, month and day."""
    by_name = [int(match[int(group)]) for group in order]
    try:
        day = date(*by_name)
    except ValueError:
        return digits(match[0], lexicon)
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language.partition("-")[0])
    text = format_date(day, "long", locale=locale)
    if lexicon.ordinals and "." in text:
        text = re.sub(
            rf"(?<![\w.,]){lexicon.ordinals}", lambda m: ordinal(int(m[1]), lexicon) + lexicon.ordinal_end, text
        )
    return re.sub(r"\d+", lambda m: words(parse(m[0], lexicon), lexicon), text)
