"""Photos and films made on the spot for tests of the look."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from pipeline.engines.shots.local import choose
from pipeline.media.look.director import CallSheet
from pipeline.media.scene import Picture
from pipeline.media.sources import Source
from pipeline.model import (
    FPS,
    Artifact,
    Box,
    Brand,
    Format,
    Intent,
    Plate,
    Shot,
    Slot,
    SpokenLine,
    Take,
    Tone,
    Word,
)
from pipeline.ports import Shoot

STORY = (
    (Intent.HOOK, "Morning. Quiet. Warm.", "Morning. Quiet. Warm."),
    (Intent.HERO, "Nordtisch mug, matte black by hand.", "Nordtisch mug"),
    (Intent.DETAIL, "Mustard yellow inside.", "mustard yellow"),
    (Intent.COMPARE, "From every side.", ""),
    (Intent.POINT, "Dishwasher-safe stoneware.", "dishwasher-safe"),
    (Intent.PRICE, "Yours for £45.00.", "£45.00"),
    (Intent.CARD, "See it in the profile.", "Nordtisch mug"),
)


def source(
    *, number: int = 0, cut_out: bool = True, plain: bool = True, colour: tuple[int, int, int] = (40, 42, 46)
) -> Source:
    """A photo of a jug on a light ground, 900 x 1200."""
    width, height = 900, 1200
    ground = (236, 234, 232) if plain else (120, 140, 90)
    pixels = np.full((height, width, 3), ground, np.uint8)
    if not plain:
        rng = np.random.default_rng(number)
        noise = rng.integers(30, 220, (height, width, 3), np.uint8)
        pixels = np.asarray(cv2.GaussianBlur(noise, (0, 0), 9), np.uint8)
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (250, 380), (650, 900), 255, -1, cv2.LINE_AA)
    cv2.ellipse(mask, (450, 900), (200, 60), 0, 0, 360, 255, -1, cv2.LINE_AA)
    pixels[mask > 0] = colour
    cv2.ellipse(pixels, (450, 400), (190, 50), 0, 0, 360, (222, 168, 60), -1, cv2.LINE_AA)
    for stripe in range(420 + 20 * number, 900, 60):
        cv2.line(pixels, (300, stripe), (600, stripe + 24), (90, 110, 150), 3, cv2.LINE_AA)
    cutout = np.dstack((pixels, mask))[340:961, 250:651]
    name = f"{number}{cut_out}{plain}{colour}"
    plate = Plate(
        photo=Artifact(sha256=f"photo{name}", media_type="image/jpeg"),
        width=width,
        height=height,
        cutout=Artifact(sha256=f"cut{name}", media_type="image/png") if cut_out else None,
        product=Box(x=250 / width, y=340 / height, w=401 / width, h=621 / height),
        details=(Box(x=0.3, y=0.3, w=0.3, h=0.22), Box(x=0.4, y=0.5, w=0.3, h=0.22)),
        palette=("#dea83c", "#5a6e96"),
        ground="#eceae8",
        plain_ground=plain,
        light=110.0,
        sharpness=80.0,
    )
    return Source(
        plate=plate,
        photo=Picture(f"photo{name}", pixels),
        cutout=Picture(f"cut{name}", np.ascontiguousarray(cutout)) if cut_out else None,
    )


def said(text: str, pace: float = 0.3) -> SpokenLine:
    """A line whose words follow one another evenly."""
    words = text.split()
    return SpokenLine(
        words=tuple(Word(text=word, start=at * pace, end=at * pace + 0.9 * pace) for at, word in enumerate(words)),
        seconds=len(words) * pace,
    )


def sheet(
    sources: tuple[Source, ...],
    *,
    tone: Tone = Tone.CALM,
    form: Format = Format.TALL,
    story: tuple[tuple[Intent, str, str], ...] = STORY,
    take: int = 0,
    idea: int = 0,
    language: str = "en",
    name: str = "Nordtisch mug",
    seconds: float = 2.0,
) -> CallSheet:
    """A film of a few shots, each of its own photo in turn."""
    plates = tuple(one.plate for one in sources)
    shots = tuple(
        Shot(intent=intent, photo=at % len(plates), spoken=spoken, shown=shown)
        for at, (intent, spoken, shown) in enumerate(story)
    )
    length = round(seconds * FPS)
    return CallSheet(
        form=form,
        tone=tone,
        language=language,
        shots=shots,
        takes=tuple(taken(shots, plates, at, tone=tone, take=take, idea=idea) for at in range(len(shots))),
        plates=plates,
        lines=tuple(said(shot.spoken) for shot in shots),
        slots=tuple(
            Slot(start=at * length, end=(at + 1) * length, speech_at=at * length / FPS + 0.1)
            for at in range(len(shots))
        ),
        beats=tuple(beat / 2 for beat in range(int(2 * seconds * len(shots)))),
        name=name,
        price="£45.00",
        action="See it in the profile",
        brand=Brand(handle="@nordtisch"),
    )


def taken(shots: tuple[Shot, ...], plates: tuple[Plate, ...], at: int, *, tone: Tone, take: int, idea: int) -> Take:
    """The local camera's take of a shot."""
    own = shots[at].photo
    return choose(
        Shoot(
            shot=shots[at],
            earlier=tuple(shot.cue for shot in shots[:at]),
            plate=plates[own],
            others=tuple(plate for other, plate in enumerate(plates) if other != own),
            tone=tone,
            idea=idea,
            take=take,
        )
    )


def with_template(whole: CallSheet, template: str, *, shot: int) -> CallSheet:
    """One shot of a sheet filmed with a given template."""
    slot = whole.slots[shot]
    return replace(
        whole,
        shots=whole.shots[shot : shot + 1],
        takes=(Take(template=template, seed=0),),
        lines=whole.lines[shot : shot + 1],
        slots=(Slot(start=0, end=slot.end - slot.start, speech_at=0.1),),
        first=shot,
    )
