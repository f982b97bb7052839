"""Little words in many languages, and those that are easily taken for something else."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.dialogue import words
from bot.dialogue.cards import Verb
from bot.dialogue.events import Command
from bot.dialogue.session import Step, Topic
from bot.dialogue.vocabulary import FOLDER, Heard, Length, Part, Said, Setting, Timbre, known, read, says
from bot.dialogue.words import SPOKEN_TO_SELLERS, plain
from pipeline.model import NO_VOICE, Platform
from pipeline.reading import spellings
from tests.bot.talking import at, chat_in

FOREIGN = [
    ("ru", "Спасибо!", "Помогите", "стоп", "да", "нет"),
    ("tr", "Teşekkürler", "YARDIM", "İptal", "evet", "hayır"),
    ("ja", "ありがとうございます。", "助けて", "やめて", "はい", "いいえ"),
    ("ar", "شكرا", "مساعدة", "توقف", "نعم", "لا"),
    ("pl", "dziękuję", "pomoc", "anuluj", "tak", "nie"),
    ("pt", "Obrigada!", "ajuda", "pare", "sim", "não"),
    ("zh", "谢谢", "帮助", "取消", "好的", "不"),
    ("hi", "धन्यवाद", "मदद", "रुको", "हाँ", "नहीं"),
]


@pytest.mark.parametrize(("thanks", "help_", "stop", "yes", "no"), [row[1:] for row in FOREIGN], ids=lambda one: "")
def test_little_words_are_understood_in_languages_that_the_chat_does_not_speak(
    thanks: str, help_: str, stop: str, yes: str, no: str
) -> None:
    chat = at(Step.LANGUAGE)
    assert chat.type(thanks) == ["You're welcome."]
    assert chat.type(help_)[0].startswith("Send photos of one product")
    assert chat.step() is Step.LANGUAGE
    chat.type(yes)
    assert (chat.step(), chat.session.draft.language) == (Step.TONE, "")
    chat.type("calm")
    chat.type(no)
    assert (chat.step(), chat.session.draft.voice) == (Step.PLATFORMS, NO_VOICE)
    assert chat.type(stop) == ["All right, I've dropped this order. Send photos whenever you like."]


def test_every_language_has_a_yes_a_no_thanks_help_and_a_way_to_stop() -> None:
    assert set(known()) == {path.stem for path in FOLDER.glob("*.toml")} > set(SPOKEN_TO_SELLERS)
    for language, heard in known().items():
        assert all((heard.yes, heard.no, heard.thanks, heard.help, heard.stop)), language


@pytest.mark.parametrize("tag", SPOKEN_TO_SELLERS)
def test_a_language_that_the_chat_speaks_has_words_under_every_key(tag: str) -> None:
    heard = known()[tag]
    assert {key for key in Heard.model_fields if not getattr(heard, key)} == set()
    assert set(heard.parts) == set(get_args(Part)) == {Step(part).value for part in heard.parts}
    assert set(heard.settings) == set(get_args(Setting)) == {Topic(setting).value for setting in heard.settings}
    assert (set(heard.lengths), set(heard.timbres)) == (set(get_args(Length)), set(get_args(Timbre)))


def test_every_message_can_be_said_and_means_one_thing() -> None:
    meant: dict[str, set[Said]] = {}
    for heard in known().values():
        for said in set(Said) - {Said.PRAISE}:  # praise may be a yes
            for message in getattr(heard, said):
                for text in map(plain, spellings(message.replace("…", "").replace("*", "x"))):
                    assert says(said, text), f"{text} can never be said"
                    meant.setdefault(text, set()).add(said)
    assert {message: kinds for message, kinds in meant.items() if len(kinds) > 1} == {}


def test_a_colour_has_one_value_in_all_languages() -> None:
    meant = {(name, colour) for heard in known().values() for colour, names in heard.colours.items() for name in names}
    assert len({name for name, _ in meant}) == len(meant)
    assert all(len(words.colours_in(name)) == 1 for name, _ in meant)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("yes = 'ja'", "yes"),
        ("yes = ['ja(']", "yes"),
        ("yes = ['ja', 'ja']", "yes"),
        ("yse = ['ja']", "yse"),
        ("skip = ['…']", "skip"),
        ("filling = ['Bitte']", "filling"),
        ("[colours]\nmauve = ['lila']", "colours.mauve"),
        ("[parts]\nname = ['name|titel']", "parts.name"),
        ("[settings]\nlogo = ['logo*']", "settings.logo"),
        ("[platforms]\nmyspace = ['myspace']", "platforms.myspace"),
        ("yes = ['ja'", ""),
    ],
)
def test_a_mistake_is_told_with_file_and_key(text: str, key: str) -> None:
    with pytest.raises(ValueError, match=rf"^xx\.toml: {re.escape(key)}"):
        read("xx.toml", text)


def test_the_guide_for_translators_names_every_key() -> None:
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = [row.split("|")[1] for row in guide.splitlines() if row.startswith("| `")]
    assert {key for row in rows for key in re.findall("`([a-z_]+)`", row)} == set(Heard.model_fields)


@pytest.mark.parametrize(
    "text", ["no voice-over", "Ohne Stimme", "sans voiceover", "solo texto", "just captions", "stumm"]
)
def test_no_voice_can_be_wished_for_in_many_words(text: str) -> None:
    assert words.wants_silence(text)


@pytest.mark.parametrize(
    ("text", "platforms"),
    [("Message history", ()), ("a story", (Platform.STORIES,)), ("Querformat", (Platform.YOUTUBE,))],
)
def test_platforms_are_named_by_whole_words(text: str, platforms: tuple[Platform, ...]) -> None:
    assert words.platforms_in(text) == platforms


@pytest.mark.parametrize(
    "text", ["no, the name is Blue Cup", "Nein, der Titel ist Blue Cup", "en fait il s’appelle Blue Cup"]
)
def test_a_name_can_be_put_right_in_a_sentence(text: str) -> None:
    chat = at(Step.REVIEW)
    chat.type(text)
    assert chat.session.draft.name == "Blue Cup"


# ── what is easily taken for something else ──────────────────────────────────────────────────────────────────────────


def test_no_is_not_taken_for_norwegian() -> None:
    chat = at(Step.LANGUAGE)
    assert chat.type("no") == ["I don't know that language. Try its name, or a code like “fr”."]
    chat.type("norwegian")
    assert chat.session.draft.language == "no"


@pytest.mark.parametrize("text", ["ok", "super", "👍"])
def test_being_content_is_not_the_name_of_a_product(text: str) -> None:
    chat = at(Step.CHECK)
    chat.press(Verb.BACK)
    assert chat.step() is Step.PRODUCT
    chat.type(text)
    assert (chat.step(), chat.session.draft.name) == (Step.CHECK, "Nordtisch mug")


@pytest.mark.parametrize("text", [".", "?", "()", "!!!"])
def test_signs_alone_are_no_description(text: str) -> None:
    chat = chat_in("en")
    chat.command(Command.START)
    assert chat.type(text) == ["I couldn't find any words in that. Could you type it again?"]
