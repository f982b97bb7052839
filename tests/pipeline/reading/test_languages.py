"""The words of each language lie in files that people may add to, and what is wrong in one is told by name."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from pydantic import BaseModel

from bot.dialogue.phrases import Phrases
from bot.dialogue.questions import OFFERED_LANGUAGES
from pipeline.reading import base, understand, words_of
from pipeline.reading.languages import Language, known, read
from pipeline.reading.phrasing import either, pattern, spellings
from pipeline.spoken.lexicon import LANGUAGES as SPOKEN
from pipeline.wording import bank

NEEDED = {"labels.name", "labels.price", "price.former", "price.shipping", "price.after", "calls"}


def test_every_language_of_the_chat_of_films_and_of_voices_has_a_file() -> None:
    spoken_of = {*Phrases().locales, *map(base, OFFERED_LANGUAGES), *bank.languages(), *SPOKEN}
    assert spoken_of <= set(known())


@pytest.mark.parametrize("tag", sorted(known()))
def test_a_language_knows_names_prices_and_calls(tag: str) -> None:
    language = words_of(tag)
    missing = {key for key in NEEDED if not _value(language, key)}
    assert not missing
    assert language.terms or language.terms_within
    assert language.selling.offers or language.selling.inflecting or language.selling.closers


def test_the_region_of_a_tag_does_not_matter() -> None:
    assert words_of("pt-BR") is words_of("pt")


def test_a_language_without_a_file_is_read_all_the_same() -> None:
    assert understand("Kaffekopp\n12 €", "fi").name == "Kaffekopp"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[price]\nformer = 'was'", "price.former"),
        ("[price]\nformer = ['was(']", "price.former"),
        ("[price]\nformer = ['was', 'was']", "price.former"),
        ("[price]\nonce = ['was']", "price.once"),
        ("[grammar]\narticles = ['The']", "grammar.articles"),
        ("[film]\nnoun = 'middle'", "film.noun"),
        ("calls = ['new'", ""),
    ],
)
def test_a_mistake_is_told_with_file_and_key(text: str, key: str) -> None:
    with pytest.raises(ValueError, match=rf"^xx\.toml: {re.escape(key)}"):
        read("xx.toml", text)


def test_the_guide_for_translators_names_every_key() -> None:
    guide = (files("pipeline.reading.languages") / "README.md").read_text("utf-8")
    rows = [set(re.findall("`([^`]+)`", row.split("|")[1])) for row in guide.splitlines() if row.startswith("| `")]
    told = {key if "." in key else f"{table}{key}" for row in rows for table in _tables(row) for key in row}
    assert _keys(Language) <= told


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("envío(s)", "ENVÍOS"),
        ("nuev[o|a]", "nueva"),
        ("d'origine", "d’origine"),
        ("mach(e)( mir)", "mach mir"),
        ("a * film", "a little film"),
        ("** film", "one more little film"),
        ("o.n.o.", "o.n.o."),
        ("serious buyers…", "serious buyers only"),
        ("cash …", "cash"),
        ("cash …", "cash on collection"),
        ("#色", "3色"),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase: str, text: str) -> None:
    assert re.fullmatch(pattern(phrase), text, re.IGNORECASE)


@pytest.mark.parametrize(("phrase", "text"), [("o.n.o.", "oonoo"), ("cash …", "cashmere"), ("nuev[o|a]", "nuevoa")])
def test_a_phrase_finds_nothing_else(phrase: str, text: str) -> None:
    assert not re.fullmatch(pattern(phrase), text, re.IGNORECASE)


@pytest.mark.parametrize(
    "phrase", ["new", "envío(s|n)", "(the )[first|1st]( one)", "same( (as )[before|ever])", "cash *"]
)
def test_all_spellings_of_a_phrase_are_found_by_it(phrase: str) -> None:
    texts = set(spellings(phrase))
    assert len(texts) == {"new": 1, "envío(s|n)": 3, "(the )[first|1st]( one)": 8, "cash *": 1}.get(phrase, 5)
    assert not set("()[]|") & set("".join(texts))
    assert all(re.fullmatch(pattern(phrase), text.replace("*", "only")) for text in texts)


@pytest.mark.parametrize(
    "phrase", ["", " new", "new(", "new)", "[a|b", "([a)]", "a|b", "(new)", "(new)( and( old))", "…", "a [b|]", "[|a]"]
)
def test_a_phrase_that_cannot_be_meant_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|blanks|everywhere"):
        pattern(phrase)


def test_of_several_phrases_the_longest_is_found_and_none_finds_nothing() -> None:
    found = re.match(either(["each", "each one"]), "each one")
    assert found is not None
    assert found[0] == "each one"
    assert re.search(either([]), "each") is None


def _value(language: Language, key: str) -> object:
    value: object = language
    for part in key.split("."):
        value = getattr(value, part)
    return value


def _tables(row: set[str]) -> set[str]:
    """The tables of the keys in a row of the guide; keys after the first are written without it."""
    return {key.partition(".")[0] + "." for key in row if "." in key} or {""}


def _keys(model: type[BaseModel], table: str = "") -> set[str]:
    """The names of all keys, with their tables."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= _keys(inner, f"{name}.")
        else:
            found.add(table + name)
    return found
