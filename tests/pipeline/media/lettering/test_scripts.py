"""Every script is drawn by a font that has its letters, in the right direction."""

from __future__ import annotations

import pytest

from pipeline.errors import MediaError
from pipeline.media.lettering.fitting import Room, fit, fit_words
from pipeline.media.lettering.fonts import Face, chain, primary
from pipeline.media.lettering.setting import Rect, Setting
from pipeline.media.lettering.sprites import Paint, draw
from pipeline.media.lettering.style import Style
from tests.pipeline.media.lettering.samples import FACES, SCRIPTS, Script

ROOM = Room(845, max_lines=12)
POPPINS = Style(Face("Poppins", 700), 64)


def boxes(setting: Setting) -> list[Rect]:
    return [Rect.around(setting.boxes(word)) for word in range(len(setting.words))]


@pytest.mark.parametrize("face", FACES, ids=lambda face: f"{face.family} {face.weight}")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_every_letter_has_a_glyph(script: Script, face: Face) -> None:
    setting = fit(script.sentence, Style(face, 60), room=ROOM, language=script.language)
    marks = [mark for run in setting.runs for mark in run.marks]
    assert marks
    assert all(mark.id != 0 for mark in marks)
    drawn = "".join(line.text for line in setting.lines).replace(" ", "")
    assert drawn == script.sentence.replace(" ", "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_every_word_is_inked_inside_its_box(script: Script) -> None:
    words = [*script.words, *script.prices]
    setting = fit_words(words, POPPINS, room=ROOM, language=script.language)
    for word, box in enumerate(boxes(setting)):
        others = {other: Paint(hidden=True) for other in range(len(words)) if other != word}
        sprite = draw(setting, others)
        rows, columns = sprite.picture.pixels[..., 3].nonzero()
        assert len(rows) > 20, words[word]
        ink = Rect(
            columns.min() + sprite.x,
            rows.min() + sprite.y,
            columns.max() - columns.min() + 1,
            rows.max() - rows.min() + 1,
        )
        assert box.contains(ink, slack=2), words[word]


@pytest.mark.parametrize(("language", "words"), [("ar", "قميص قطن ناعم"), ("he", "חולצת כותנה רכה")])
def test_words_of_arabic_and_hebrew_run_from_right_to_left(language: str, words: str) -> None:
    first, second, third = boxes(fit(words, POPPINS, room=ROOM, language=language))
    assert first.x > second.x > third.x


def test_a_latin_name_in_arabic_stands_in_its_place_and_reads_from_left_to_right() -> None:
    before, name, after = boxes(fit("سماعات Nordtisch جديدة", POPPINS, room=ROOM, language="ar"))
    assert before.x > name.x > after.x
    alone = fit("Nordtisch", POPPINS, room=ROOM, language="en")
    within = fit("سماعات Nordtisch جديدة", POPPINS, room=ROOM, language="ar")
    glyphs = [mark.id for run in within.runs if run.word == 1 for mark in sorted(run.marks, key=lambda mark: mark.x)]
    assert glyphs == [mark.id for run in alone.runs for mark in run.marks]


def test_digits_in_arabic_keep_their_order() -> None:
    setting = fit("بسعر 19,99 فقط", POPPINS, room=ROOM, language="ar")
    digits = [mark.id for run in setting.runs if run.word == 1 for mark in sorted(run.marks, key=lambda mark: mark.x)]
    alone = fit("19,99", POPPINS, room=ROOM, language="en")
    assert digits == [mark.id for run in alone.runs for mark in run.marks]


def test_arabic_letters_join() -> None:
    joined = fit("قطن", POPPINS, room=ROOM, language="ar")
    apart = [fit(letter, POPPINS, room=ROOM, language="ar") for letter in "قطن"]
    separate = {mark.id for setting in apart for run in setting.runs for mark in run.marks}
    assert len({mark.id for run in joined.runs for mark in run.marks} - separate) >= 2


def test_tracking_does_not_tear_arabic_apart() -> None:
    wide = Style(Face("Poppins", 700), 64, tracking=0.2)
    loose, tight = (fit("قطن", style, room=ROOM, language="ar").ink.w for style in (wide, POPPINS))
    assert loose == pytest.approx(tight)
    loose, tight = (fit("ONE", style, room=ROOM, language="en").ink.w for style in (wide, POPPINS))
    assert loose > tight + 20


def test_lines_of_arabic_start_at_the_right() -> None:
    assert fit("قطن", POPPINS, room=ROOM, language="ar").ink.x > 600
    assert fit("Cotton", POPPINS, room=ROOM, language="en").ink.x < 20


@pytest.mark.parametrize(
    ("language", "font"),
    [("ja", "NotoSansJP"), ("ko", "NotoSansKR"), ("zh-CN", "NotoSansSC"), ("zh-Hant-HK", "NotoSansTC")],
)
def test_shared_characters_take_the_shapes_of_the_language(language: str, font: str) -> None:
    setting = fit("直", POPPINS, room=ROOM, language=language)
    assert {mark.font.name.split("[")[0] for run in setting.runs for mark in run.marks} == {font}


def test_a_word_is_set_in_one_font_even_when_its_face_lacks_one_letter() -> None:
    caveat = Style(Face("Caveat", 700), 64)  # has no ấ
    setting = fit("chất lượng", caveat, room=ROOM, language="vi")
    for word in (0, 1):
        assert len({mark.font.name for run in setting.runs if run.word == word for mark in run.marks}) == 1


def test_digits_keep_the_face_beside_letters_that_it_lacks() -> None:
    setting = fit("18,000円", Style(Face("Anton"), 64), room=ROOM, language="ja")
    names = [mark.font.name for run in setting.runs for mark in run.marks]
    assert [name.startswith("Anton") for name in names] == [True] * 6 + [False]


def test_stand_ins_match_the_capitals_of_the_face() -> None:
    anton = Style(Face("Anton"), 100)
    latin, cyrillic = (fit(text, anton, room=ROOM, language="uk").ink.h for text in ("HHH", "ННГ"))
    assert cyrillic == pytest.approx(latin, rel=0.06)


def test_every_face_is_installed_at_the_weight_it_is_asked_for() -> None:
    light, heavy = (
        fit("Warm", Style(Face("Fraunces", weight), 100), room=ROOM, language="en").ink.w for weight in (200, 900)
    )
    assert heavy > 1.05 * light
    assert primary(Face("Poppins", 700)) is not primary(Face("Poppins", 400))


def test_a_face_that_is_not_installed_is_an_error_of_ours() -> None:
    with pytest.raises(MediaError, match="Comic Sans"):
        next(chain(Face("Comic Sans"), "en"))  # type: ignore[arg-type]  # what a bad theme file could say
