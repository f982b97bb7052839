from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.media.canvas import Canvas, yuv
from pipeline.media.composite import Compositor
from pipeline.media.planes import RGB_TO_YUV, PlaneCache
from pipeline.media.scene import Blend, Key, Layer, Picture, Scene, Track
from pipeline.media.still import still
from pipeline.model import FPS
from tests.pipeline.media.render.pictures import at, disc, push, smooth

WIDTH, HEIGHT, FRAMES = 120, 160, 8


def tracks(low: float, high: float) -> st.SearchStrategy[Track]:
    """Resting, moving, and moving with a rest."""
    number = st.floats(low, high)
    return st.one_of(
        number.map(Track.still),
        st.builds(lambda a, b: Track.move(a, b, seconds=FRAMES / FPS), number, number),
        st.builds(lambda a, b: Track((Key(0.1, a, "hold"), Key(0.2, b))), number, number),
    )


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    kind: Blend = draw(st.sampled_from(("over", "over", "over", "add", "multiply")))
    seed = draw(st.integers(0, 5))
    picture = draw(st.sampled_from((disc(seed, 60), smooth(seed, 90, 70), smooth(seed, 300, 400))))
    if kind == "add":
        picture = smooth(seed, 90, 70, darkest=5, lightest=50)
    mask = draw(st.sampled_from((None, None, _mask())))
    start = draw(st.sampled_from((-1.0, -1.0, 0.1)))
    return Layer(
        picture,
        draw(tracks(-20, WIDTH + 20)),
        draw(tracks(-20, HEIGHT + 20)),
        draw(tracks(0.3, 1.3)),
        draw(st.one_of(st.just(Track.still(0)), tracks(-50, 50))),
        draw(st.one_of(st.just(Track.still(1)), tracks(0, 1))),
        kind,
        start,
        draw(st.sampled_from((9.0, 0.2))),
        mask,
    )


def _mask() -> Picture:
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 3] = np.linspace(0, 255, WIDTH, dtype=np.uint8)
    return Picture("ramp", pixels)


def drawn(scene: Scene, *, scale: float = 1.0) -> list[Canvas]:
    """Every frame as the film has it, drawn one after the other on the same canvas."""
    compositor = Compositor(scene, range(scene.frames), scale=scale, cache=PlaneCache())
    canvas = Canvas.blank(compositor.width, compositor.height)
    frames = []
    for number in range(scene.frames):
        compositor.draw(number, canvas)
        copy = Canvas.blank(canvas.width, canvas.height)
        copy.copy_from(canvas, canvas.box)
        frames.append(copy)
    return frames


def planes(rgb: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Y, and U and V at half size, of an RGB frame: what the film should hold."""
    whole = rgb.astype(np.float64) @ RGB_TO_YUV[:, :3].T + RGB_TO_YUV[:, 3]
    # Colour is sited on the left column: the filter over x is centred there.
    smear = cv2.filter2D(whole[..., 1:], -1, np.array([[0.25, 0.5, 0.25]]), borderType=cv2.BORDER_REPLICATE)
    half = (smear[::2, ::2] + smear[1::2, ::2]) / 2
    return [whole[..., 0], half[..., 0], half[..., 1]]


def differences(scene: Scene, *, scale: float = 1.0) -> list[NDArray[np.float64]]:
    apart = []
    for number, canvas in enumerate(drawn(scene, scale=scale)):
        exact = planes(still(scene, number / FPS, scale=scale))
        apart += [np.abs(plane - wanted) for plane, wanted in zip(canvas.planes, exact, strict=True)]
    return apart


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(layers(), min_size=1, max_size=4), st.sampled_from(((0, 0, 0), (140, 90, 60))))
def test_fast_frames_equal_exact_ones(stack: list[Layer], colour: tuple[int, int, int]) -> None:
    scene = Scene(WIDTH, HEIGHT, FRAMES, (at(smooth(9, 120, 160), 60, 80), *stack), colour)
    for apart in differences(scene):
        # Edges may differ by a filter's shape; surfaces may not.
        assert apart.mean() < 1.0
        assert np.percentile(apart, 98) < 12


def test_a_frame_half_a_pixel_off_would_be_noticed() -> None:
    scene = push()
    moved = scene.over(at(disc(7, 60), 60.5, 80))
    other = scene.over(at(disc(7, 60), 60.0, 80))
    exact = planes(still(other, 0.0))[0]
    wrong = np.abs(drawn(moved)[0].luma - exact)
    right = np.abs(drawn(other)[0].luma - exact)
    assert right.max() * 3 < wrong.max()


def test_a_smaller_rendition_is_the_same_film_smaller() -> None:
    scene = push(width=192, height=256)
    for apart in differences(scene, scale=0.5):
        assert apart.mean() < 0.8


def test_a_picture_placed_pixel_for_pixel_stays_exact() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    pixels[...] = pixels[..., :1]
    scene = Scene(64, 64, 1, (at(Picture("noise", pixels), 32, 32),))
    luma = drawn(scene)[0].luma[12:52, 12:52]
    assert np.abs(luma - planes(pixels)[0]).max() <= 0.51


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (200, 30, 40), (20, 90, 200)])
def test_a_flat_ground_has_its_own_colour(colour: tuple[int, int, int]) -> None:
    canvas = drawn(Scene(32, 32, 1, (), colour))[0]
    assert np.abs(canvas.rgb().astype(int) - colour).max() <= 2


def test_coloured_multiply_layers_multiply_each_colour() -> None:
    red = Picture("red", np.full((64, 64, 3), (255, 0, 0), np.uint8))
    layer = Layer(red, Track.still(32), Track.still(32), blend="multiply")
    canvas = drawn(Scene(64, 64, 1, (layer,), (200, 150, 100)))[0]
    assert np.abs(canvas.rgb()[20, 20].astype(int) - (200, 0, 0)).max() <= 2


def test_what_shows_only_for_a_while_leaves_no_trace() -> None:
    flash = Layer(disc(1, 60), Track.still(48), Track.still(64), start=2 / FPS, end=4 / FPS)
    ground = at(smooth(2, 96, 128), 48, 64)
    with_flash = drawn(Scene(96, 128, 6, (ground, flash)))
    without = drawn(Scene(96, 128, 6, (ground,)))
    same = [(a.luma == b.luma).all() for a, b in zip(with_flash, without, strict=True)]
    assert same == [True, True, False, False, True, True]


def test_frames_are_the_same_wherever_a_run_of_them_begins() -> None:
    scene = push().over(Layer(disc(3, 50), Track.still(40), Track.still(90), opacity=Track.move(0, 1, seconds=0.3)))
    whole = drawn(scene)
    part = Compositor(scene, range(5, 9), scale=1, cache=PlaneCache())
    canvas = Canvas.blank(96, 128)
    for number in range(5, 9):
        part.draw(number, canvas)
        assert (canvas.luma == whole[number].luma).all()


def test_a_layer_that_is_turned_keeps_its_edges_soft() -> None:
    square = Picture("square", np.full((60, 60, 3), 255, np.uint8))
    scene = Scene(120, 120, 1, (Layer(square, Track.still(60), Track.still(60), turn=Track.still(10)),))
    luma = drawn(scene)[0].luma
    levels = np.unique(luma[60, :60])
    assert luma[60, 60] == 235
    assert luma[2, 2] == 16
    assert ((levels > 30) & (levels < 220)).any()


def test_yuv_of_white_and_black_are_the_limits() -> None:
    assert yuv((255, 255, 255)) == (235, 128, 128)
    assert yuv((0, 0, 0)) == (16, 128, 128)


def test_a_prepared_picture_is_made_once_and_dropped_when_there_is_no_room() -> None:
    one, two = smooth(1, 200, 200), smooth(2, 200, 200)
    cache = PlaneCache(limit=90_000)
    first = cache.prepare(one, zoom=1.0, use="cover", standing=True)
    assert cache.prepare(one, zoom=0.95, use="cover", standing=True) is first
    cache.prepare(two, zoom=1.0, use="cover", standing=True)
    assert cache.prepare(one, zoom=1.0, use="cover", standing=True) is not first
