"""Films laid out: every word readable and in its zone, the product whole and in place, in every format."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from pipeline.media.easing import pose
from pipeline.media.look.director import Direction, direct
from pipeline.media.look.template import ProductLayer, templates
from pipeline.media.still import still
from pipeline.media.zones import inside
from pipeline.model import FPS, Box, Brand, Format, Intent, Take, Tone
from tests.pipeline.media.look.staging import STORY, sheet, source, with_template

SOURCES = (source(number=0), source(number=1), source(number=2, cut_out=False, plain=False))
# Every tone upright, and every other format in two of them.
FILMS = [
    *((tone, Format.TALL) for tone in Tone),
    (Tone.PLAYFUL, Format.SQUARE),
    (Tone.BOLD, Format.WIDE),
    (Tone.LUXURY, Format.FEED),
    (Tone.CALM, Format.WIDE),
    (Tone.STREET, Format.SQUARE),
    (Tone.WARM, Format.FEED),
]


@cache
def film(tone: Tone, form: Format = Format.TALL) -> Direction:
    """The usual film, laid out once for all tests."""
    return direct(sheet(SOURCES, tone=tone, form=form), SOURCES)


@pytest.mark.parametrize(("tone", "form"), FILMS)
def test_every_text_is_inside_its_zone_and_readable(tone: Tone, form: Format) -> None:
    direction = film(tone, form)
    assert {box.kind for box in direction.boxes} >= {"caption", "name", "price", "action", "handle"}
    for box in direction.boxes:
        assert inside(box, form), box
        assert box.contrast >= 4.5, box
        assert box.kind != "caption" or box.size >= 42


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone is not Tone.STREET])  # where the price leads
def test_the_words_of_a_wide_end_card_are_a_column_with_air_in_the_middle_of_the_frame(tone: Tone) -> None:
    boxes = [box for box in film(tone, Format.WIDE).boxes if box.kind in ("name", "price", "action", "handle")]
    card = sorted((box for box in boxes if box.end == max(one.end for one in boxes)), key=lambda box: box.y)
    assert [box.kind for box in card] == ["name", "price", "action", "handle"]
    top, bottom = card[0].y, card[-1].y + card[-1].h
    assert (top + bottom) / 2 == pytest.approx(Format.WIDE.size[1] / 2, abs=2)
    assert all(above.y + above.h + 20 <= below.y for above, below in pairwise(card))


@pytest.mark.parametrize("name", sorted(name for name in templates() if "card" not in name))
def test_every_template_can_be_drawn(name: str) -> None:
    template = templates()[name]
    tone = max(template.suits, key=lambda one: template.suits[one])
    able = tuple(source(number=at, cut_out=template.needs == "cutout") for at in range(3))
    whole = with_template(sheet(able, tone=tone), name, shot=1)
    direction = direct(whole, able)
    frame = still(direction.scenes[0], 1.5, scale=0.2)
    assert frame.std() > 8
    assert direction.sights[0].planned is not None


def test_measured_contrast_is_that_of_the_finished_frame() -> None:
    direction = film(Tone.WARM)
    checked = 0
    for index, scene in enumerate(direction.scenes):
        slot_at = index * 60 / FPS
        for box in direction.boxes:
            if box.kind != "headline" or not slot_at <= box.start < slot_at + 2:
                continue
            frame = still(scene, 1.6, scale=0.5).astype(float).mean(axis=2)
            part = frame[int(box.y / 2) : int((box.y + box.h) / 2), int(box.x / 2) : int((box.x + box.w) / 2)]
            assert part.max() - part.min() > 90  # letters stand out from what is behind them
            checked += 1
    assert checked


def test_spoken_words_are_on_screen_while_they_are_spoken() -> None:
    whole, direction = sheet(SOURCES, tone=Tone.BOLD), film(Tone.BOLD)
    for line, slot in zip(whole.lines, whole.slots, strict=True):
        for word in line.words:
            at = slot.speech_at + word.start + 0.02
            shown = [box for box in direction.boxes if box.start <= at < box.end]
            assert any(word.text.strip(".,").casefold() in box.text.casefold() for box in shown), word


def test_a_headline_that_is_spoken_is_written_once() -> None:
    direction = film(Tone.CALM)
    first = [box for box in direction.boxes if box.start < 2]
    assert [box.text for box in first] == ["Morning. Quiet. Warm."]
    assert first[0].size > 90


def test_something_moves_from_the_first_frame_and_words_come_within_half_a_second() -> None:
    for tone in Tone:
        direction = film(tone)
        first, second = (still(direction.scenes[0], at / FPS, scale=0.25).astype(int) for at in (0, 2))
        assert np.abs(first - second).max() > 8
        assert min(box.start for box in direction.boxes) <= 0.5


def test_what_the_headline_says_is_not_written_a_second_time() -> None:
    def texts(spoken: str, shown: str) -> list[tuple[str, str]]:
        told = ((Intent.HERO, spoken, shown),)
        laid = direct(with_template(sheet(SOURCES, tone=Tone.CALM, story=told), "still-life", shot=0), SOURCES)
        return [(box.kind, box.text) for box in laid.boxes]

    # A line that goes on after its headline: the captions are the rest of it.
    assert texts("Morning light. Look up and breathe.", "Morning light.") == [
        ("headline", "Morning light."),
        ("caption", "Look up and breathe."),
    ]
    # A word or two more belong to the headline, whose words come as they are said.
    assert texts("Nordtisch mug, white.", "Nordtisch mug") == [("caption", "Nordtisch mug, white.")]
    assert texts("Meet the Nordtisch mug.", "Nordtisch mug") == [("caption", "Meet the Nordtisch mug.")]
    # A figure stands beside the whole line.
    assert texts("First fact: 90 cm tall.", "90 cm tall") == [
        ("headline", "90 cm tall"),
        ("caption", "First fact: 90 cm tall."),
    ]


def test_what_is_said_without_blanks_is_written_once_too() -> None:
    told = (
        (Intent.HOOK, "はじめに 何が 見えますか。", "はじめに何が見えますか。"),
        (Intent.CARD, "どうぞ、 ごゆっくり。", ""),
    )
    whole = replace(
        sheet(SOURCES, tone=Tone.CALM, story=told, language="ja"), name="壁掛け時計", action="どうぞ、ごゆっくり。"
    )
    boxes = direct(whole, SOURCES).boxes
    assert [box.kind for box in boxes].count("caption") == 1
    assert "headline" not in {box.kind for box in boxes}
    assert [box.text for box in boxes if box.kind == "action"] == ["どうぞ、ごゆっくり。"]


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("name", ["spotlight", "still-life", "arch", "stripe-pop", "diagonal", "duotone"])
def test_a_headline_that_is_being_said_is_there_from_the_first_word(tone: Tone, name: str) -> None:
    told = ((Intent.HERO, "The jug, thrown by hand in small series.", "The jug"),)
    laid = direct(with_template(sheet(SOURCES, tone=tone, story=told), name, shot=0), SOURCES)
    assert [box.start for box in laid.boxes if box.kind == "headline"] == [0.0]


def test_captions_keep_clear_of_headlines() -> None:
    for tone, form in FILMS:
        direction = film(tone, form)
        for caption in (box for box in direction.boxes if box.kind == "caption"):
            for other in (box for box in direction.boxes if box.kind != "caption"):
                apart_in_time = caption.end <= other.start or other.end <= caption.start
                beside = caption.x + caption.w <= other.x or other.x + other.w <= caption.x
                over = caption.y + caption.h <= other.y + 2 or other.y + other.h <= caption.y + 2
                assert apart_in_time or beside or over, (tone, form, caption, other)


@pytest.mark.parametrize("form", [Format.TALL, Format.WIDE])
def test_a_hero_is_shown_whole_and_large(form: Format) -> None:
    for name in ("hero-disc", "still-life", "spotlight", "echo", "doorway"):
        tone = next(iter(templates()[name].suits))
        direction = direct(with_template(sheet(SOURCES, tone=tone, form=form), name, shot=0), SOURCES)
        box = direction.sights[0].box
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= 1
        assert box.y + box.h <= 1
        assert max(box.w, box.h) >= 0.28


def test_what_is_one_with_its_wearer_is_shown_large_rather_than_whole() -> None:
    widths = []
    for box in (Box(x=0.3, y=0.02, w=0.4, h=0.94), Box(x=0.0, y=0.02, w=1.0, h=0.94)):
        found = source(number=3, cut_out=False, plain=False)
        worn = replace(found, plate=found.plate.model_copy(update={"product": box}))
        scene = direct(with_template(sheet((worn,), tone=Tone.WARM), "arch", shot=1), (worn,)).scenes[0]
        frame = still(scene, 1.5, scale=0.2).astype(int)
        row = frame[frame.shape[0] // 2]
        widths.append((np.abs(row - row[0]).max(axis=1) > 24).mean())
    assert widths[0] < 0.55 < 0.6 < widths[1]


def test_a_standing_product_keeps_its_foot_on_the_ground_while_it_grows() -> None:
    scene = direct(with_template(sheet(SOURCES, tone=Tone.CALM), "still-life", shot=1), SOURCES).scenes[0]
    layer = next(one for one in scene.layers if one.picture.key.startswith("cut"))
    feet, sizes = set(), set()
    for at in (0.2, 1.0, 1.8):
        placed = pose(layer, at)
        assert placed is not None
        feet.add(round(placed.y + placed.scale * layer.picture.height / 2, 3))
        sizes.add(round(placed.scale, 5))
    assert len(feet) == 1
    assert len(sizes) == 3


def test_the_light_of_the_photo_decides_where_the_shadow_falls() -> None:
    middles = []
    for light in (0.0, 180.0):
        lit = tuple(
            replace(one, plate=one.plate.model_copy(update={"light": light})) for one in (SOURCES[0], SOURCES[1])
        )
        scene = direct(with_template(sheet(lit, tone=Tone.LUXURY), "spotlight", shot=0), lit).scenes[0]
        shadow = next(one for one in scene.layers if one.picture.key.startswith("drop"))
        cutout = next(one for one in scene.layers if one.picture.key.startswith("cut"))
        middles.append(shadow.x.keys[0].value - cutout.x.keys[0].value)
    assert middles[0] < 0 < middles[1]


def test_a_photo_without_a_cut_out_is_never_asked_for_one() -> None:
    bare = (source(number=5, cut_out=False), source(number=6, cut_out=False, plain=False))
    for tone in (Tone.PLAYFUL, Tone.LUXURY):
        assert len(direct(sheet(bare, tone=tone), bare).scenes) == len(STORY)
    wrong = with_template(sheet(bare, tone=Tone.PLAYFUL), "hero-disc", shot=1)
    scene = direct(wrong, bare).scenes[0]
    assert not any(isinstance(layer, ProductLayer) for layer in scene.layers)
    assert still(scene, 1.0, scale=0.1).std() > 8


def test_right_to_left_films_are_mirrored() -> None:
    story = ((Intent.HERO, "كوب أسود غير لامع من الخزف", "كوب أسود"),)
    one, other = (
        direct(
            with_template(sheet(SOURCES, tone=Tone.CALM, story=told, language=language), "still-life", shot=0), SOURCES
        )
        for told, language in ((story, "ar"), (((Intent.HERO, "Black mug, matte all over", "Black mug"),), "en"))
    )
    arabic = next(box for box in one.boxes if box.kind == "headline")
    english = next(box for box in other.boxes if box.kind == "headline")
    assert arabic.x + arabic.w > 0.8 * 1080
    assert english.x < 0.12 * 1080


@pytest.mark.parametrize(
    "name",
    [
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalter aus Kirschholz",
        "Küchen-Set „Nordtisch“: Becher, Salz- & Pfeffermühle, Vorratsglas mit Bambusdeckel und Löffel",
        "マットブラックの陶器マグカップ、内側はマスタードイエロー",
        "طقم مطبخ نوردتيش: كوب ومطحنة ملح وفلفل ووعاء حفظ",
    ],
)
@pytest.mark.parametrize(("tone", "form"), FILMS[5:])
def test_long_names_stay_on_the_card(name: str, tone: Tone, form: Format) -> None:
    story = ((Intent.CARD, "", name),)
    boxes = direct(sheet(SOURCES, tone=tone, form=form, story=story, name=name, language="de"), SOURCES).boxes
    assert {box.kind for box in boxes} == {"name", "price", "action", "handle"}
    assert all(inside(box, form) for box in boxes)


def test_films_for_paid_placements_keep_the_tighter_zone() -> None:
    direction = direct(replace(sheet(SOURCES, tone=Tone.PLAYFUL), strict=True), SOURCES)
    assert all(inside(box, Format.TALL, strict=True) for box in direction.boxes)


def test_scenes_are_as_long_as_their_slots_and_transitions_fit_between() -> None:
    for tone in (Tone.LUXURY, Tone.BOLD):
        whole = sheet(SOURCES, tone=tone, story=STORY[1:4], seconds=0.6)
        scenes = direct(whole, SOURCES).scenes
        assert [scene.frames for scene in scenes] == [slot.end - slot.start for slot in whole.slots]
        assert scenes[0].entrance.frames == 0
        assert all(scene.entrance.frames <= 18 for scene in scenes)


def test_tones_join_their_shots_differently() -> None:
    joins = {tone: {scene.entrance.kind for scene in film(tone).scenes[1:]} for tone in Tone}
    assert "dissolve" in joins[Tone.LUXURY]
    assert "whip" not in joins[Tone.LUXURY]
    assert "dissolve" not in joins[Tone.BOLD]


def test_another_take_of_the_first_shot_leaves_the_film_its_colours() -> None:
    whole = sheet(SOURCES, tone=Tone.PLAYFUL, story=STORY[:2])
    again = replace(whole, takes=(Take(template=whole.takes[0].template, seed=31), *whole.takes[1:]))
    first, second = (direct(one, SOURCES).scenes[1].colour for one in (whole, again))
    assert first == second


def test_a_film_without_price_and_handle_has_neither() -> None:
    bare = replace(sheet(SOURCES, tone=Tone.BOLD, story=STORY[-2:]), price="", brand=Brand())
    kinds = {box.kind for box in direct(bare, SOURCES).boxes}
    assert "handle" not in kinds
    assert "price" not in kinds
