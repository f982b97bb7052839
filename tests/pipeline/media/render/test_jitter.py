from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.media.canvas import Canvas
from pipeline.media.composite import Compositor
from pipeline.media.planes import PlaneCache
from pipeline.media.render import render
from pipeline.media.scene import Scene
from tests.pipeline.media.render.films import pictures
from tests.pipeline.media.render.jitter import slow_push, tremble


def raw(scene: Scene) -> list[NDArray[np.uint8]]:
    compositor = Compositor(scene, range(scene.frames), scale=1, cache=PlaneCache())
    canvas = Canvas.blank(scene.width, scene.height)
    frames = []
    for number in range(scene.frames):
        compositor.draw(number, canvas)
        frames.append(canvas.luma.copy())
    return frames


def test_a_slow_push_trembles_by_less_than_a_hundredth_of_a_pixel() -> None:
    scene = slow_push(frames=24, width=540, height=720)
    assert tremble(scene, raw(scene)) <= 0.01


def test_a_slow_push_still_runs_smoothly_when_decoded(tmp_path: Path) -> None:
    scene = slow_push(frames=24, width=540, height=720)
    out = tmp_path / "push.mp4"
    render((scene,), out=out, scratch=tmp_path)
    assert tremble(scene, [frame[:720] for frame in pictures(out)]) <= 0.06


def test_a_push_in_whole_pixels_would_be_seen_as_trembling() -> None:
    scene = slow_push(frames=24, width=540, height=720)
    first = raw(scene)[0]
    stepped = [np.roll(first, round(9 * number / 24), axis=1) for number in range(24)]
    assert tremble(scene, stepped) > 0.1
