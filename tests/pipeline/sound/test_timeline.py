"""The film's clock: every frame has one shot, every line has its room, cuts fall on the beat."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.media.timeline import PACES, plan
from pipeline.model import (
    FPS,
    NO_VOICE,
    Artifact,
    Intent,
    PostPack,
    Score,
    Shot,
    Speech,
    SpokenLine,
    Storyboard,
    Timeline,
    Tone,
    Word,
)

SOUND = Artifact(sha256="0" * 64, media_type="audio/wav")


def spoken_line(seconds: float) -> SpokenLine:
    words = (Word(text="word", start=0, end=seconds),) if seconds else ()
    return SpokenLine(words=words, seconds=seconds, audio=SOUND if seconds else None)


def music(bpm: float, start: float = 0.0) -> Score:
    beats = tuple(start + at * 60 / bpm for at in range(int(60 * bpm / 60)))
    return Score(
        audio=SOUND, bpm=bpm, beats=beats, bars=beats[::4], seconds=60, title="t", licence="MIT", provenance="p"
    )


def planned(lengths: list[float], *, tone: Tone, bpm: float = 110, seconds: int = 15, start: float = 0.0) -> Timeline:
    intents = [Intent.HOOK, *[Intent.POINT] * (len(lengths) - 3), Intent.PRICE, Intent.CARD]
    storyboard = Storyboard(
        idea="question",
        language="en",
        shots=tuple(Shot(intent=intent, photo=0) for intent in intents),
        call_to_action="",
        post=PostPack(title="", caption=""),
        facts=(),
    )
    speech = Speech(lines=tuple(map(spoken_line, lengths)), voice=NO_VOICE)
    return plan(storyboard, speech, music(bpm, start), seconds=seconds, tone=tone)


LENGTHS = st.lists(st.one_of(st.just(0.0), st.floats(0.4, 4.0)), min_size=3, max_size=9)
TEMPOS = st.floats(60, 160)


@given(LENGTHS, st.sampled_from(Tone), TEMPOS, st.sampled_from([6, 15, 30]), st.floats(0, 0.5))
def test_slots_cover_the_film_and_every_line_is_inside_its_own(
    lengths: list[float], tone: Tone, bpm: float, seconds: int, start: float
) -> None:
    timeline = planned(lengths, tone=tone, bpm=bpm, seconds=seconds, start=start)
    assert timeline.slots[0].start == 0
    assert timeline.slots[-1].end == timeline.frames
    for earlier, later in zip(timeline.slots, timeline.slots[1:], strict=False):
        assert earlier.end == later.start
    for slot, length in zip(timeline.slots, lengths, strict=True):
        assert slot.end - slot.start >= PACES[tone].shortest * FPS
        assert slot.speech_at >= slot.start / FPS - 1e-3
        assert slot.speech_at + length <= slot.end / FPS + 1e-3
    card = timeline.slots[-1]
    assert (card.end - card.start) / FPS >= 2.0


@given(LENGTHS, st.sampled_from(Tone), TEMPOS, st.sampled_from([15, 30]))
def test_the_film_is_about_as_long_as_asked_unless_its_lines_need_more(
    lengths: list[float], tone: Tone, bpm: float, seconds: int
) -> None:
    pace = PACES[tone]
    most = sum(max(pace.card, length + pace.lead + pace.pause + pace.breath + 1.0) for length in lengths)
    timeline = planned(lengths, tone=tone, bpm=bpm, seconds=seconds)
    assert timeline.seconds >= seconds - 0.65
    assert timeline.seconds <= max(seconds, most) + 0.65


@given(st.lists(st.floats(0.8, 2.0), min_size=5, max_size=6), st.sampled_from(Tone), st.floats(75, 150))
def test_with_some_room_every_cut_falls_on_a_beat(lengths: list[float], tone: Tone, bpm: float) -> None:
    timeline = planned(lengths, tone=tone, bpm=bpm)
    for slot in timeline.slots[:-1]:
        assert min(abs(slot.end / FPS - beat) for beat in timeline.beats) <= 0.040


def test_the_voice_waits_before_the_price_and_the_call_to_action() -> None:
    timeline = planned([1.5, 1.5, 1.5, 1.5, 1.5], tone=Tone.CALM, seconds=20)
    waits = [slot.speech_at - slot.start / FPS for slot in timeline.slots]
    assert waits[3] >= waits[1] + 0.3
    assert waits[4] >= waits[1] + 0.3


def test_silent_shots_take_what_the_lines_leave() -> None:
    timeline = planned([2.5, 0.0, 2.5, 2.5, 1.0], tone=Tone.PLAYFUL, bpm=120)
    silent = timeline.slots[1]
    assert silent.end - silent.start > 1.5 * FPS


def test_long_lines_make_the_film_longer_and_none_is_cut() -> None:
    timeline = planned([4.0] * 6, tone=Tone.BOLD)
    assert timeline.seconds >= 24
    for slot in timeline.slots:
        assert slot.speech_at + 4.0 <= slot.end / FPS


def test_only_beats_inside_the_film_are_told() -> None:
    timeline = planned([1.0] * 4, tone=Tone.WARM)
    assert timeline.beats
    assert max(timeline.beats) < timeline.seconds


def test_fast_tones_cut_faster_than_slow_ones() -> None:
    assert PACES[Tone.BOLD].longest < PACES[Tone.LUXURY].longest
    assert PACES[Tone.STREET].shortest < PACES[Tone.CALM].shortest
