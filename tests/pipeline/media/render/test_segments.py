from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.media.encode import EncodeSettings
from pipeline.media.scene import Layer, Scene, Track, Transition, TransitionKind
from pipeline.media.segments import Body, Joint, plan, segment_key
from tests.pipeline.media.render.pictures import disc, push

SETTINGS = EncodeSettings()


@st.composite
def films(draw: st.DrawFn) -> list[Scene]:
    lengths = draw(st.lists(st.integers(1, 200), min_size=1, max_size=6))
    kinds = st.sampled_from(get_args(TransitionKind))
    return [Scene(64, 64, frames, (), entrance=Transition(draw(kinds), draw(st.integers(0, 40)))) for frames in lengths]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(films())
def test_segments_have_every_frame_of_every_shot_once(scenes: list[Scene]) -> None:
    segments = plan(scenes)
    assert sum(len(segment.frames) for segment in segments) == sum(scene.frames for scene in scenes)
    place = {id(scene): sum(s.frames for s in scenes[:number]) for number, scene in enumerate(scenes)}
    film = 0
    for segment in segments:
        if isinstance(segment, Body):
            assert place[id(segment.scene)] + segment.frames.start == film
            assert 0 <= segment.frames.start < segment.frames.stop <= segment.scene.frames
        else:
            assert place[id(segment.before)] + segment.first_before == film
            assert place[id(segment.after)] + segment.first_after == film
        film += len(segment.frames)


def test_a_transition_is_centred_on_its_boundary() -> None:
    scenes = (push(1, frames=30), replace(push(2, frames=30), entrance=Transition("wipe", 12)))
    _, joint, _ = plan(scenes)
    assert isinstance(joint, Joint)
    assert (joint.first_before, joint.first_after, len(joint.frames)) == (24, -6, 12)


def test_the_first_shot_has_nothing_to_come_from() -> None:
    (body,) = plan((replace(push(1, frames=30), entrance=Transition("wipe", 12)),))
    assert body.frames == range(30)


def test_a_key_changes_with_whatever_can_be_seen() -> None:
    scene = push(1, frames=30)
    other = push(2, frames=30)
    first, second = scene.layers
    seen = [
        scene,
        replace(scene, colour=(1, 2, 3)),
        replace(scene, layers=(first,)),
        replace(scene, layers=(second, first)),
        replace(scene, layers=other.layers),
        replace(scene, layers=(first, replace(second, blend="add"))),
        replace(scene, layers=(first, replace(second, opacity=Track.still(0.5)))),
        replace(scene, layers=(first, replace(second, end=0.5))),
        replace(scene, layers=(first, replace(second, mask=disc(1, 30)))),
        replace(scene, frames=29),
    ]
    keys = {segment_key(plan((one,))[0], scale=1.0, settings=SETTINGS) for one in seen}
    assert len(keys) == len(seen)


def test_a_key_changes_with_size_and_settings() -> None:
    body = plan((push(1),))[0]
    keys = {
        segment_key(body, scale=scale, settings=chosen)
        for scale in (1.0, 0.5)
        for chosen in (SETTINGS, EncodeSettings(crf=21), SETTINGS.fitting(10**6, 3.0))
    }
    assert len(keys) == 6


def test_what_is_not_seen_in_a_segment_does_not_change_its_key() -> None:
    later = Layer(disc(4, 30), Track.still(9), Track.still(9), start=3.0)
    scene = push(1, frames=120)
    first, last = (segment_key(plan((scene,))[n], scale=1.0, settings=SETTINGS) for n in (0, 1))
    segments = plan((scene.over(later),))
    assert segment_key(segments[0], scale=1.0, settings=SETTINGS) == first
    assert segment_key(segments[1], scale=1.0, settings=SETTINGS) != last
