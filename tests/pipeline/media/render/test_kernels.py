from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media import kernels
from pipeline.media.kernels import ONE


def taps(origin: float, step: float, *, count: int, length: int, sharp: float) -> tuple[np.ndarray, np.ndarray]:
    stretch = max(1.0, step)
    wanted = int(np.ceil(2 * stretch * (2 if sharp else 1)))
    first, weights = np.empty(count, np.int32), np.empty((count, min(length, wanted)), np.int32)
    kernels.fill_taps(first, weights, origin, step, length, stretch, sharp)
    return first, weights


@settings(max_examples=60, deadline=None)
@given(
    origin=st.floats(-20, 80), step=st.floats(0.1, 6), length=st.integers(2, 90), sharp=st.sampled_from((0.0, 0.3, 0.5))
)
def test_filter_weights_sum_to_one_and_stay_inside(origin: float, step: float, length: int, sharp: float) -> None:
    first, weights = taps(origin, step, count=17, length=length, sharp=sharp)
    assert (weights.sum(axis=1) == ONE).all()
    assert first.min() >= 0
    assert (first + weights.shape[1]).max() <= length


@settings(max_examples=60, deadline=None)
@given(origin=st.floats(20, 40), step=st.floats(0.5, 3), sharp=st.sampled_from((0.0, 0.3, 0.5)))
def test_filters_are_centred_on_what_they_sample_to_a_two_hundredth(origin: float, step: float, sharp: float) -> None:
    first, weights = taps(origin, step, count=9, length=400, sharp=sharp)
    places = first[:, None] + np.arange(weights.shape[1])
    centres = (weights * places).sum(axis=1) / ONE
    # Shares are 1/128 each, so a middle can be right to half of that.
    assert np.abs(centres - (origin + step * np.arange(9))).max() <= 0.5 / ONE + 1e-9


def test_interpolating_on_the_samples_themselves_changes_nothing() -> None:
    plane = np.random.default_rng(3).integers(0, 256, (40, 50), dtype=np.uint8)
    first, weights = taps(0.0, 1.0, count=40, length=40, sharp=0.5)
    out = np.zeros_like(plane)
    kernels.filter_rows(plane, 0, out, 50, first, weights)
    assert (out == plane).all()


def test_sharp_filters_neither_wrap_round_at_black_nor_at_white() -> None:
    plane = np.zeros((40, 8), np.uint8)
    plane[20:] = 255
    first, weights = taps(0.3, 0.77, count=50, length=40, sharp=0.5)
    out = np.zeros((50, 8), np.uint8)
    kernels.filter_rows(plane, 0, out, 8, first, weights)
    assert (out[:20] <= 4).all()
    assert (out[30:] >= 251).all()
    assert (np.diff(out[:, 0].astype(int)) >= -25).all()
