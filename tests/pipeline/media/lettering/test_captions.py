"""Caption pages: short, whole, readable, in time; for any words in any script."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.media.lettering.captions import SMALLEST, CaptionRoom, Page, pages
from pipeline.media.lettering.fonts import Face
from pipeline.media.lettering.sprites import Paint, draw
from pipeline.media.lettering.style import Plate, Style
from pipeline.media.lettering.wording import clean
from pipeline.model import Word
from tests.pipeline.media.lettering.samples import FACES, SCRIPTS, Script, lines, timed

ROOM = CaptionRoom(800)
BOLD = Style(Face("Poppins", 700), 62, align="centre")

any_line = given(
    line=lines(), face=st.sampled_from(FACES), size=st.sampled_from((36.0, 52.0, 72.0)), caps=st.booleans()
)


def texts(found: tuple[Page, ...]) -> list[list[str]]:
    return [[line.text for line in page.setting.lines] for page in found]


def hold_a_caption_to_the_rules(script: Script, words: list[str], style: Style) -> None:
    spoken = timed(words)
    found = pages(spoken, style, room=ROOM, language=script.language)
    assert "".join(clean(word.text) for page in found for word in page.words).replace(" ", "") == "".join(
        clean(word) for word in words
    ).replace(" ", "")
    for page in found:
        setting = page.setting
        assert 1 <= len(setting.lines) <= 2
        assert all(len(line.text) <= 30 for line in setting.lines)
        assert setting.style.size >= SMALLEST
        assert setting.ink.w <= ROOM.width + 1
        assert not setting.cut
        assert all(mark.id for run in setting.runs for mark in run.marks)
        assert all(setting.boxes(word) for word in range(len(page.words)))
        sprite = draw(setting)
        inked = sprite.picture.pixels[..., 3] > 128
        for run in setting.runs:
            x, y = round(run.ink.x - sprite.x), round(run.ink.y - sprite.y)
            part = inked[max(0, y) : y + round(run.ink.h) + 1, max(0, x) : x + round(run.ink.w) + 1]
            assert part.any(), run.text
    for page, after in pairwise(found):
        assert page.start < page.end <= after.start


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@any_line
def test_any_caption_keeps_the_rules(line: tuple[Script, list[str]], face: Face, size: float, caps: bool) -> None:
    hold_a_caption_to_the_rules(*line, Style(face, size, caps=caps, align="centre"))


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@any_line
def test_ten_thousand_captions_keep_the_rules(
    line: tuple[Script, list[str]], face: Face, size: float, caps: bool
) -> None:
    hold_a_caption_to_the_rules(*line, Style(face, size, caps=caps, align="centre"))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_hostile_words_are_drawn_sanely_or_left_out(words: list[str]) -> None:
    for page in pages(timed(words), BOLD, room=ROOM, language="en"):
        assert len(page.setting.lines) <= 2
        assert page.setting.ink.w <= ROOM.width + 1
        assert draw(page.setting).picture.width <= ROOM.width + 20


@pytest.mark.parametrize("word", ["x" * 10_000, "ﷺ" * 300, "a\u0301" * 5_000, "👩‍👩‍👧" * 2_000, "日" * 10_000])
def test_endless_words_do_no_harm(word: str) -> None:
    for page in pages(timed([word, "end"]), BOLD, room=ROOM, language="en"):
        assert len(page.setting.lines) <= 2
        assert page.setting.ink.w <= ROOM.width + 1


def test_words_that_no_font_draws_are_left_out() -> None:
    (page,) = pages(timed(["❤", "Leise.", "\U00013000", "🔥"]), BOLD, room=ROOM, language="de")
    assert [word.text for word in page.words] == ["Leise."]


def test_pages_end_where_the_sentence_breathes() -> None:
    words = [
        "Meet",
        "the",
        "Confetti",
        "Slip-On",
        "Plimsolls:",
        "canvas,",
        "cushioned,",
        "yours",
        "for",
        "£45.00.",
        "Easy",
        "on,",
        "easy",
        "off.",
    ]
    assert texts(pages(timed(words), BOLD, room=ROOM, language="en")) == [
        ["Meet the Confetti", "Slip-On Plimsolls:"],
        ["canvas, cushioned,", "yours for £45.00."],
        ["Easy on, easy off."],
    ]


def test_no_page_ends_with_an_article() -> None:
    words = ["Übrigens:", "passende", "Mühlen", "und", "ein", "Vorratsglas", "mit", "Bambusdeckel."]
    found = pages(timed(words), BOLD, room=ROOM, language="de")
    assert [page.words[0].text for page in found] == ["Übrigens:", "und"]


def test_a_pause_of_the_voice_begins_a_new_page() -> None:
    first, second = timed(["Morgens", "leise"]), timed(["und", "warm"])
    late = tuple(word.model_copy(update={"start": word.start + 1.5, "end": word.end + 1.5}) for word in second)
    assert texts(pages((*first, *late), BOLD, room=ROOM, language="de")) == [["Morgens leise"], ["und warm"]]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (["nur", "19,99", "€", "heute"], "19,99 €"),
        (["ab", "CHF", "119.–", "hier"], "CHF 119.–"),
        (["bis", "zu", "50", "%", "Rabatt"], "50 %"),
        (["лише", "1", "299", "₴", "зараз"], "1 299 ₴"),
        (["nur", "500", "ml", "Inhalt"], "500 ml"),
    ],
)
def test_an_amount_is_one_word_of_its_page(words: list[str], whole: str) -> None:
    for padding in range(6):
        spoken = timed(["Steingut,"] * padding + words)
        found = [word for page in pages(spoken, BOLD, room=ROOM, language="de") for word in page.words]
        amount = next(word for word in found if word.text == whole)
        assert amount.start == next(word.start for word in spoken if word.text == whole.split(" ", maxsplit=1)[0])
        assert amount.end == next(word.end for word in spoken if word.text == whole.rsplit(" ", maxsplit=1)[-1])


def test_prices_in_a_row_stay_apart() -> None:
    (page,) = pages(timed(["79,00 zł", "79,00", "zł"]), BOLD, room=ROOM, language="pl")
    assert [word.text for word in page.words] == ["79,00 zł", "79,00 zł"]


def test_a_page_stays_long_enough_to_be_read() -> None:
    words = tuple(
        Word(text=text, start=0.1 * at, end=0.1 * at + 0.08) for at, text in enumerate(["Ja!", "Nein!", "Doch!"])
    )
    for page in pages(words, BOLD, room=ROOM, language="de", until=3):
        assert page.end - page.start >= 0.7


def test_the_last_page_is_gone_in_time() -> None:
    assert pages(timed(["Leise."]), BOLD, room=ROOM, language="de", until=0.4)[-1].end == 0.4


def test_pages_follow_each_other_without_a_blink() -> None:
    found = pages(
        timed(["Die", "Tasse", "aus", "mattem", "Steingut,", "spülmaschinenfest,", "jetzt", "im", "Set."]),
        BOLD,
        room=ROOM,
        language="de",
    )
    assert len(found) > 1
    assert all(page.end == after.start for page, after in pairwise(found))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)
def test_marking_a_word_changes_nothing_else(script: Script) -> None:
    (page, *_) = pages(timed([*script.words]), BOLD, room=ROOM, language=script.language)
    rest = draw(page.setting)
    for word in range(len(page.words)):
        marked = draw(page.setting, {word: Paint(colour=(255, 200, 0))})
        assert (marked.x, marked.y, marked.picture.pixels.shape) == (rest.x, rest.y, rest.picture.pixels.shape)
        changed = (marked.picture.pixels != rest.picture.pixels).any(axis=2)
        assert changed.any()
        columns = changed.nonzero()[1]
        (box,) = page.setting.boxes(word)
        assert columns.min() + rest.x >= box.x - 2
        assert columns.max() + rest.x <= box.x + box.w + 2
        assert np.array_equal(marked.picture.pixels[..., 3], rest.picture.pixels[..., 3])


def test_a_pill_has_room_between_its_neighbours() -> None:
    style = Style(Face("Poppins", 700), 62, word_gap=0.1, clearance=0.2)
    (page, *_) = pages(timed(["canvas", "slip-ons,", "yours", "for", "£45.00"]), style, room=ROOM, language="en")
    pill = Plate((255, 255, 255), pad_x=0.2, pad_y=0.1)
    for word in range(len(page.words)):
        (box,) = page.setting.boxes(word)
        plate = box.grown(pill.pad_x * style.size, pill.pad_y * style.size)
        for run in page.setting.runs:
            if run.word != word:
                apart = plate.x > run.ink.x + run.ink.w or plate.x + plate.w < run.ink.x
                above = plate.y > run.ink.y + run.ink.h or plate.y + plate.h < run.ink.y
                assert apart or above
