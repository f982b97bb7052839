"""Subtitle files say what the film says, when it says it, in a form that players read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.media.subtitles import Cue, cues, srt, vtt
from pipeline.model import FPS, Slot, Speech, SpokenLine, Timeline, Word


def spoken(text: str, *, pace: float = 0.3) -> SpokenLine:
    words = tuple(Word(text=word, start=pace * i, end=pace * (i + 0.9)) for i, word in enumerate(text.split(" ")))
    return SpokenLine(words=words, seconds=pace * len(words))


def film(*texts: str) -> tuple[Speech, Timeline]:
    lines = tuple(spoken(text) if text else SpokenLine(words=(), seconds=0) for text in texts)
    slots, frame = [], 0
    for line in lines:
        length = round((line.seconds + 0.6) * FPS)
        slots.append(Slot(start=frame, end=frame + length, speech_at=frame / FPS + 0.2))
        frame += length
    return Speech(lines=lines, voice="none"), Timeline(slots=tuple(slots), frames=frame, beats=())


def text_of(found: Sequence[Cue]) -> str:
    return " ".join(" ".join(cue.lines) for cue in found)


TEXTS = [
    ("Meet the Confetti Slip-On Plimsolls: canvas, cushioned, yours for £45.00.", "en"),
    ("Spülmaschinenfest, größer, 19,99 € statt 39,90 € – bis zu 50 % Rabatt!", "de"),
    ("Gruba wełna merino, ciepło na całą zimę: 79,00 zł", "pl"),
    ("قميص قطن ناعم، مريح طوال اليوم، بسعر 19,99 € فقط", "ar"),
    ("Українська вовна, їжак, ґудзик 1 299 ₴", "uk"),
    ("따뜻한 아침을 위한 머그컵 39,000원", "ko"),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_subtitles_keep_the_spelling(text: str, language: str) -> None:
    assert text_of(cues(*film(text), language=language)) == text


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_a_subtitle_has_two_short_lines_at_most(text: str, language: str) -> None:
    for cue in cues(*film(text, text), language=language):
        assert 1 <= len(cue.lines) <= 2
        assert all(len(line) <= 37 for line in cue.lines)


def test_subtitles_follow_the_timeline() -> None:
    speech, timeline = film("One two.", "", "Three four.")
    first, second = cues(speech, timeline, language="en")
    assert first.start == pytest.approx(timeline.slots[0].speech_at)
    assert second.start == pytest.approx(timeline.slots[2].speech_at)
    assert first.end <= timeline.slots[0].end / FPS
    assert second.end <= timeline.slots[2].end / FPS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abc ÄŁ<>&-日🙂\u202e\n.,", min_size=1, max_size=40), min_size=1, max_size=4))
def test_subtitles_never_overlap_and_never_break_the_file(texts: list[str]) -> None:
    found = cues(*film(*texts), language="en")
    for before, after in pairwise(found):
        assert before.start < before.end <= after.start
    assert srt(found).count(" --> ") == len(found)
    assert vtt(found).count(" --> ") == len(found)
    assert "\n\n\n" not in srt(found)


def test_markup_is_shown_not_obeyed() -> None:
    cue = Cue(0, 1.5, ("<b>Tom & Jerry</b> --> 5 < 6",))
    assert "&lt;b&gt;Tom &amp; Jerry&lt;/b&gt; --&gt; 5 &lt; 6" in vtt([cue])
    assert "‹b›Tom & Jerry‹/b› → 5 ‹ 6" in srt([cue])


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_players_read_the_files(kind: str, tmp_path: Path) -> None:
    found = cues(*film(*(text for text, _ in TEXTS[:3])), language="en")
    path = tmp_path / f"film.{kind}"
    path.write_text(srt(found) if kind == "srt" else vtt(found), encoding="utf-8")
    with av.open(str(path)) as file:
        packets = [packet for packet in file.demux(subtitles=0) if packet.size]
        times = [float(packet.pts * packet.time_base) for packet in packets if packet.pts is not None]
    assert times == pytest.approx([cue.start for cue in found], abs=0.002)


def test_hours_are_counted() -> None:
    assert "01:02:03,450 --> 01:02:04,000" in srt([Cue(3723.45, 3724.0, ("late",))])
