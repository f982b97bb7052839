"""Tones and templates are files: all of them are right, and a wrong one says what is wrong."""

from __future__ import annotations

import typing
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.media.lettering.fonts import Family
from pipeline.media.look.template import ProductLayer, Template, arrangement, templates
from pipeline.media.look.tone import BadLook, ToneLook, look_of, read
from pipeline.model import Format, Intent, Tone

TEMPLATE = """
arrangement = "poster"
intents = ["hero"]
suits = { calm = 3 }
[[layers]]
kind = "ground"
paint = "flat"
"""


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_its_file_and_its_families_are_there(tone: Tone) -> None:
    lettering = look_of(tone).lettering
    known = typing.get_args(Family)
    for face in (lettering.display, lettering.text, lettering.marked, lettering.hand):
        assert face is None or face.family in known


def test_no_two_tones_look_alike() -> None:
    looks = [look_of(tone) for tone in Tone]
    assert len({(look.lettering.display, look.lettering.headline) for look in looks}) == len(looks)
    assert len({look.colours for look in looks}) == len(looks)
    assert len({look.joins for look in looks}) == len(looks)
    assert len({look.caption for look in looks}) == len(looks)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("intent", list(Intent))
def test_every_tone_can_film_every_intent_even_without_a_cut_out(tone: Tone, intent: Intent) -> None:
    able = [one for one in templates().values() if tone in one.suits and intent in one.intents]
    assert any(one.needs != "cutout" for one in able)


@pytest.mark.parametrize("name", sorted(templates()))
@pytest.mark.parametrize("form", list(Format))
def test_every_place_of_a_template_has_room_in_every_format(name: str, form: Format) -> None:
    template = templates()[name]
    for layer in template.layers:
        _, _, width, height = template.slot(layer.slot).rect(form)
        assert width > 0 < height


def test_formats_are_laid_out_anew() -> None:
    for name in ("poster", "still", "framed", "card"):
        for slot in arrangement(name).values():
            assert len({slot.rect(form) for form in Format}) >= 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('paint = "plaid"', "plaid"),
        ('paint = "flat"\nslot = "attic"', "no such slot: attic"),
        ('paint = "flat"\nspeed = 3', "speed"),
        ('paint = "flat"\ncolours = ["mauve"]', "mauve"),
        ('paint = "flat"\n[[layers]]\nkind = "product"', 'needs = "cutout"'),
        ('paint = "flat', "line"),
    ],
)
def test_a_bad_template_says_what_is_wrong_and_where(change: str, said: str) -> None:
    with pytest.raises(BadLook, match=r"new\.toml") as caught:
        read(Template, TEMPLATE.replace('paint = "flat"', change), name="new.toml")
    assert said.split(":")[0] in str(caught.value)


def test_a_template_without_its_arrangement_is_refused() -> None:
    with pytest.raises(BadLook, match="no such arrangement: cellar"):
        read(Template, TEMPLATE.replace("poster", "cellar"), name="new.toml")


def test_a_new_template_needs_no_code() -> None:
    made = read(Template, TEMPLATE, name="new.toml")
    assert made.layers[0].kind == "ground"


def test_a_tone_with_a_wrong_colour_is_refused() -> None:
    text = (files("pipeline.media.look") / "tones" / "calm.toml").read_text("utf-8")
    with pytest.raises(BadLook, match=r"calm\.toml.*ground"):
        read(ToneLook, text.replace("light = 0.928", "light = 9.28"), name="calm.toml")


@pytest.mark.parametrize("proportion", [0.2, 0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("form", list(Format))
def test_the_main_product_of_every_template_is_mostly_inside_the_frame(form: Format, proportion: float) -> None:
    frame = form.size[0] / form.size[1]
    for template in templates().values():
        layers = [layer for layer in template.layers if isinstance(layer, ProductLayer)]
        places = [template.slot(layer.slot).rect(form) for layer in layers]
        assert not places or max(_inside(place, proportion / frame) for place in places) > 0.65, template.name


def _inside(slot: tuple[float, float, float, float], proportion: float) -> float:
    """How much of a product that is fitted into a slot is in the frame; all in shares of the frame."""
    x, y, w, h = slot
    width, height = min(w, h * proportion), min(h, w / proportion)
    left, top = x + (w - width) / 2, y + (h - height) / 2
    across = min(1.0, left + width) - max(0.0, left)
    down = min(1.0, top + height) - max(0.0, top)
    return max(0.0, across) * max(0.0, down) / (width * height)


def test_the_template_that_the_documentation_shows_is_right() -> None:
    text = (Path(__file__).resolve().parents[4] / "docs" / "look.md").read_text("utf-8")
    shown = text.split("```toml\n", 1)[1].split("```", 1)[0]
    assert read(Template, shown, name="look.md").slot("back").tall == (0.0, 0.365, 0.76, 0.33)
