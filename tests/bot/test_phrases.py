"""Every phrase in every language: there, whole, and with the same arguments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

import bot
from bot.dialogue.cards import Listed, Tongue, phrase
from bot.dialogue.phrases import FOLDER, Phrases, language_name
from bot.dialogue.words import SPOKEN_TO_SELLERS
from pipeline.model import Network, Platform, Stage, Tone, Visibility

LOCALES = sorted(path.stem for path in FOLDER.glob("*.ftl"))
PHRASES = Phrases()


def messages(locale: str) -> dict[str, set[str]]:
    """The messages of a language and the arguments that each takes."""
    found: dict[str, set[str]] = {}
    for entry in FluentParser().parse((FOLDER / f"{locale}.ftl").read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), f"{locale}: {entry.content}"
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{locale}: {entry.id.name} is there twice"
            found[entry.id.name] = arguments(entry)
    return found


def arguments(node: ast.SyntaxNode) -> set[str]:
    found = {node.id.name} if isinstance(node, ast.VariableReference) else set()
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.SyntaxNode):
                found |= arguments(child)
    return found


def test_the_languages_are_those_that_can_be_chosen() -> None:
    assert sorted(SPOKEN_TO_SELLERS) == LOCALES


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_phrase_with_the_same_arguments(locale: str) -> None:
    assert messages(locale) == messages("en")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_phrase_shouts_or_names_the_machinery(locale: str) -> None:
    text = (FOLDER / f"{locale}.ftl").read_text(encoding="utf-8")
    assert text.count("!") <= 2
    assert not re.search(r"\b(?:job|worker|exception|error|null|None)\b", text.partition("\n")[2])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("n", [0, 1, 2, 10])
def test_counts_are_said_without_a_mistake(locale: str, n: int) -> None:
    for key, taken in messages(locale).items():
        args: dict[str, str | int] = {name: n if name in ("n", "done", "total", "is_now") else "x" for name in taken}
        text = PHRASES.text(phrase(key, **args), locale)
        assert "{" not in text
        assert text or key == "gap"


def test_no_phrase_is_left_over() -> None:
    """Every message is named somewhere in the code, or made up there from a known set."""
    folder = Path(bot.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    quoted = set(re.findall(r"""("[a-z-]+"|'[a-z-]+')""", code))
    composed = (
        [f"tone-{tone}{more}" for tone in Tone for more in ("", "-more")]
        + [f"platform-{platform}" for platform in Platform]
        + [f"stage-{stage}{of}" for stage in Stage for of in ("", "-of")]
        + [f"language-{tag}" for tag in SPOKEN_TO_SELLERS]
        + [f"network-{network}" for network in Network]
        + [f"{what}-{one}" for one in Visibility for what in ("visibility", "posted")]
    )
    families = (
        "voice-",
        "idea-",
        "fix-",
        "bad-photo-",
        "failed-",
        "settings-",
        "photo-",
        "note-",
        "making-",
        "command-",
        "bot-",
    )
    left = [
        key
        for key in messages("en")
        if not {f'"{key}"', f"'{key}'"} & quoted and key not in composed and not key.startswith(families)
    ]
    assert left == []


def test_the_nearest_language_is_found_for_any_tag() -> None:
    assert [PHRASES.nearest(tag) for tag in ("de-CH", "fr_CA", "es", "pl", "", "EN-us")] == [
        "de",
        "fr",
        "es",
        "en",
        "en",
        "en",
    ]


def test_lists_and_languages_are_said_as_the_language_does() -> None:
    listed = Listed(items=("TikTok", phrase("platform-stories"), "YouTube"))
    assert PHRASES.text(phrase("review-platforms", platforms=listed), "de") == "Für: TikTok, Stories und YouTube"
    assert PHRASES.text(phrase("language-name", language=Tongue(tag="fr-CH")), "es") == "francés (Suiza)"
    assert PHRASES.text(phrase("language-name", language=Tongue(tag="de", alone=True)), "fr") == "Allemand"
    assert language_name("x-unknown", "en") == "x-unknown"


def test_what_a_seller_typed_appears_as_it_is() -> None:
    for text in ("{ $n }", "{", '{""}', "-term", "50 %", "\u05d0\u05d1", "a\nb"):
        assert PHRASES.text(phrase("now", text=text), "en") == f"Now: {text}"
