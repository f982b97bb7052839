"""Little words in many languages, and those that are easily taken for something else."""

from __future__ import annotations

import tomllib

import pytest

from bot.dialogue.cards import Verb
from bot.dialogue.events import Command
from bot.dialogue.session import Step
from bot.dialogue.vocabulary import FOLDER, Said, says
from bot.dialogue.words import SPOKEN_TO_SELLERS, plain
from pipeline.model import NO_VOICE
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
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.toml")}
    assert set(SPOKEN_TO_SELLERS) < set(files)
    known = {str(said) for said in Said}
    for language, file in files.items():
        said = {key.removesuffix("-like") for key in file}
        assert {"yes", "no", "thanks", "help", "stop"} <= said <= {*known, "question-begins"}, language


def test_every_message_can_be_said_and_means_one_thing() -> None:
    meant: dict[str, set[Said]] = {}
    for path in FOLDER.glob("*.toml"):
        for key, messages in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for message in messages if key in set(Said) else ():
                assert says(Said(key), plain(message)), f"{message} can never be said"
                meant.setdefault(plain(message), set()).add(Said(key))
    assert {message: kinds for message, kinds in meant.items() if len(kinds) > 1} == {}


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
