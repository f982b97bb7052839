from __future__ import annotations

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from pipeline.media.canvas import Canvas, yuv
from pipeline.media.composite import Compositor
from pipeline.media.planes import PlaneCache
from pipeline.media.scene import Scene, Transition, TransitionKind
from pipeline.media.transitions import along, mix
from tests.pipeline.media.render.pictures import at, smooth

KINDS: tuple[TransitionKind, ...] = get_args(TransitionKind)
ANGLES = (0.0, 90.0, 180.0, 270.0, 35.0)
WIDTH, HEIGHT = 96, 128


def shot(seed: int) -> Canvas:
    scene = Scene(WIDTH, HEIGHT, 1, (at(smooth(seed, WIDTH, HEIGHT), WIDTH / 2, HEIGHT / 2),))
    canvas = Canvas.blank(WIDTH, HEIGHT)
    Compositor(scene, range(1), scale=1, cache=PlaneCache()).draw(0, canvas)
    return canvas


def mixed(kind: TransitionKind, share: float, angle: float = 0.0) -> Canvas:
    out = Canvas.blank(WIDTH, HEIGHT)
    mix(Transition(kind, 6, angle, (255, 255, 255)), share, before=shot(1), after=shot(2), out=out)
    return out


def apart(one: Canvas, two: Canvas) -> float:
    return max(float(np.abs(a.astype(int) - b).max()) for a, b in zip(one.planes, two.planes, strict=True))


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_transition_begins_as_the_old_shot_and_ends_as_the_new(kind: TransitionKind, angle: float) -> None:
    assert apart(mixed(kind, 0.0, angle), shot(1)) <= 1
    assert apart(mixed(kind, 1.0, angle), shot(2)) <= 1


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "cut"])
def test_half_way_a_transition_is_neither_shot(kind: TransitionKind) -> None:
    middle = mixed(kind, 0.45)
    assert apart(middle, shot(1)) > 10
    assert apart(middle, shot(2)) > 10


def test_a_dip_is_its_colour_in_the_middle() -> None:
    canvas = mixed("dip", 0.5)
    assert [int(plane.mean()) for plane in canvas.planes] == pytest.approx(yuv((255, 255, 255)), abs=1)


def test_a_wipe_to_the_right_shows_the_new_shot_on_the_left() -> None:
    canvas = mixed("wipe", 0.5)
    assert (canvas.luma[:, :30] == shot(2).luma[:, :30]).all()
    assert (canvas.luma[:, 66:] == shot(1).luma[:, 66:]).all()


def test_a_wipe_downwards_shows_the_new_shot_on_top() -> None:
    canvas = mixed("wipe", 0.5, 90.0)
    assert (canvas.luma[:40] == shot(2).luma[:40]).all()
    assert (canvas.luma[88:] == shot(1).luma[88:]).all()


def test_a_circle_opens_from_the_middle() -> None:
    canvas = mixed("circle", 0.4)
    assert (canvas.luma[60:68, 44:52] == shot(2).luma[60:68, 44:52]).all()
    assert (canvas.luma[:8, :8] == shot(1).luma[:8, :8]).all()


def test_a_split_parts_in_the_middle() -> None:
    canvas = mixed("split", 0.4)
    assert (canvas.luma[:, 46:50] == shot(2).luma[:, 46:50]).all()
    assert not (canvas.luma[:, :8] == shot(2).luma[:, :8]).all()


def test_a_whip_smears_along_its_direction_and_not_across() -> None:
    before = Canvas.blank(WIDTH, HEIGHT)
    before.luma[:, ::8] = 200
    after, out = Canvas.blank(WIDTH, HEIGHT), Canvas.blank(WIDTH, HEIGHT)
    mix(Transition("whip", 6, 90.0), 0.3, before=before, after=after, out=out)
    assert out.luma[100, ::8].mean() > 190
    mix(Transition("whip", 6, 0.0), 0.3, before=before, after=after, out=out)
    assert out.luma[100, 40:].max() < 120


def test_shares_of_a_transition_are_evenly_spaced_and_inside() -> None:
    shares = [0.0, *(along(index, 5) for index in range(5)), 1.0]
    assert np.diff(shares) == pytest.approx(1 / 6)


def test_a_transition_moves_on_in_every_frame() -> None:
    for kind in ("dissolve", "wipe", "circle", "whip", "split", "zoom"):
        frames = [mixed(kind, along(index, 6)) for index in range(6)]
        assert all(apart(one, two) > 2 for one, two in pairwise(frames)), kind
