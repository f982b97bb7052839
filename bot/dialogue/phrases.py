"""Says phrases in a language, from the Fluent files in `bot/phrases`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import assert_never

import structlog
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from bot.dialogue.cards import Arg, Day, Listed, Phrase, Tongue

FOLDER = Path(__file__).parent.parent / "phrases"
FALLBACK = "en"

log = structlog.get_logger()


class Phrases:
    """Every phrase in every language that has a file."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._bundles: dict[str, FluentBundle] = {}
        for path in sorted(folder.glob("*.ftl")):
            bundle = FluentBundle([path.stem], use_isolating=False)
            bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
            self._bundles[path.stem] = bundle
        self._plain: dict[tuple[str, str], str] = {}  # phrases without arguments, said before

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are, the fallback first."""
        return (FALLBACK, *(locale for locale in self._bundles if locale != FALLBACK))

    def nearest(self, tag: str) -> str:
        """The language of ours that is nearest to a BCP 47 tag."""
        base = tag.replace("_", "-").split("-")[0].lower()
        return base if base in self._bundles else FALLBACK

    def text(self, phrase: Phrase, locale: str) -> str:
        """A phrase in a language; in the fallback language when this one lacks it.

        Raises:
            KeyError: no language has it.
        """
        if phrase.args:
            return self._say(phrase, locale)
        known = (phrase.key, self.nearest(locale))
        if known not in self._plain:
            self._plain[known] = self._say(phrase, locale)
        return self._plain[known]

    def _say(self, phrase: Phrase, locale: str) -> str:
        args = {name: self._argument(value, locale) for name, value in phrase.args}
        for bundle in (self._bundles[self.nearest(locale)], self._bundles[FALLBACK]):
            if bundle.has_message(phrase.key):
                return _said(bundle, phrase.key, args)
        raise KeyError(phrase.key)

    def _argument(self, value: Arg, locale: str) -> str | int | float:
        match value:
            case Phrase():
                return self.text(value, locale)
            case Tongue():
                name = language_name(value.tag, locale)
                return name[:1].upper() + name[1:] if value.alone else name
            case Day():
                return format_date(date.fromisoformat(value.iso), format="medium", locale=locale)
            case Listed():
                items = [item if isinstance(item, str) else self.text(item, locale) for item in value.items]
                return format_list(items, style="standard", locale=locale)
            case str() | int() | float():
                return value
            case _:
                assert_never(value)


def _said(bundle: FluentBundle, key: str, args: dict[str, str | int | float]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, args)
    if errors:
        log.error("a phrase is not whole", phrase=key, locale=bundle.locales[0], errors=[str(one) for one in errors])
    return str(text)


@lru_cache(maxsize=1024)
def language_name(tag: str, locale: str) -> str:
    """The name of a language (BCP 47) in another language; the tag itself when it has no known name."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(locale)
    except (ValueError, UnknownLocaleError):
        return tag
    return name or tag
