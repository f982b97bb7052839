from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media.easing import ease, pose, steady, value
from pipeline.media.scene import Ease, Key, Layer, Track
from tests.pipeline.media.render.pictures import disc

KINDS: tuple[Ease, ...] = get_args(Ease)


@pytest.mark.parametrize("kind", KINDS)
def test_every_ease_starts_at_nothing_and_arrives(kind: Ease) -> None:
    assert ease(kind, 0.0) == pytest.approx(0.0, abs=1e-12)
    assert ease(kind, 1.0) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("back_out", "hold")])
def test_eases_never_turn_back(kind: Ease) -> None:
    way = [ease(kind, i / 200) for i in range(201)]
    assert np.diff(way).min() >= 0


def test_back_out_overshoots_by_about_a_tenth() -> None:
    assert 1.08 < max(ease("back_out", i / 200) for i in range(201)) < 1.12


def test_hold_jumps_at_the_next_key() -> None:
    track = Track((Key(0.0, 5.0, "hold"), Key(1.0, 9.0)))
    assert value(track, 0.999) == 5.0
    assert value(track, 1.0) == 9.0


@settings(deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6), st.floats(-10, 10))
def test_a_linear_track_stays_between_its_keys(values: list[float], when: float) -> None:
    track = Track(tuple(Key(float(i), v, "linear") for i, v in enumerate(values)))
    assert min(values) - 1e-6 <= value(track, when) <= max(values) + 1e-6


def test_a_track_is_constant_outside_its_keys() -> None:
    track = Track.move(2.0, 3.0, seconds=1.0, after=0.5)
    assert value(track, -4.0) == value(track, 0.5) == 2.0
    assert value(track, 1.5) == value(track, 80.0) == 3.0


def test_two_equal_keys_are_steady_and_two_different_ones_are_not() -> None:
    assert steady(Track.move(4.0, 4.0, seconds=1))
    assert not steady(Track.move(4.0, 4.5, seconds=1))


def test_a_pose_puts_the_middle_of_the_picture_where_the_layer_says() -> None:
    layer = Layer(disc(1, 30), Track.still(70), Track.still(40), Track.still(2.5), Track.still(33))
    placed = pose(layer, 0.0, zoom=0.5)
    assert placed is not None
    matrix = np.array(placed.matrix(30, 30))
    assert matrix @ (15, 15, 1) == pytest.approx((35, 20))
    assert np.hypot(*matrix[:, 0]) == pytest.approx(1.25)


def test_a_positive_turn_is_clockwise_on_screen() -> None:
    layer = Layer(disc(1, 30), Track.still(0), Track.still(0), turn=Track.still(90))
    placed = pose(layer, 0.0)
    assert placed is not None
    assert np.array(placed.matrix(30, 30))[:, :2] @ (1, 0) == pytest.approx((0, 1))


def test_a_layer_has_no_pose_outside_its_time_or_when_invisible() -> None:
    layer = Layer(disc(1, 30), Track.still(0), Track.still(0), start=1.0, end=2.0)
    assert pose(layer, 0.99) is None
    assert pose(layer, 1.0) is not None
    assert pose(layer, 2.0) is None
    assert pose(Layer(disc(1, 30), Track.still(0), Track.still(0), opacity=Track.still(0)), 0.0) is None
