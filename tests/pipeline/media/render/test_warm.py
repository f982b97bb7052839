from __future__ import annotations

from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

from pipeline.media import kernels
from pipeline.media.render import render
from pipeline.media.scene import Layer, Track, Transition
from pipeline.media.warm import warm
from tests.pipeline.media.render.pictures import at, disc, entering, push, smooth


def compiled() -> dict[str, int]:
    return {name: len(loop.signatures) for name, loop in vars(kernels).items() if isinstance(loop, Dispatcher)}


def test_after_warming_no_film_waits_for_a_compiler(tmp_path: Path) -> None:
    warm()
    before = compiled()
    turned = Layer(disc(1, 50), Track.still(40), Track.still(1), turn=Track.move(0, 20, seconds=1), blend="multiply")
    scene = push(frames=10).over(turned, at(smooth(1, 60, 60, darkest=1, lightest=20), 40, 40))
    entrances = [Transition("wipe", 4), Transition("circle", 4), Transition("dissolve", 4)]
    render([entering(scene, entrance) for entrance in entrances], out=tmp_path / "o.mp4", scratch=tmp_path)
    assert compiled() == before
    assert before["fill_taps"] == before["filter_rows"] == 1


def test_loops_are_compiled_even_where_nothing_can_be_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    def njit(*, nogil: bool, cache: bool = False) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda loop: loop if nogil else None

    monkeypatch.setattr(kernels, "njit", njit)
    assert kernels._compiled(compiled) is compiled
