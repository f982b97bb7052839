"""Progress on its way: nothing shown is lost, nothing is told twice, and the time left is sensible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobs.client import Lane
from jobs.events import Announcer
from jobs.report import Report, seconds_left
from pipeline.model import Artifact, Progress, Progressed, Stage
from storage.jobs import Look
from storage.leases import Claim
from tests.fakes.orders import order
from tests.jobs.conftest import Installation

fractions = st.floats(min_value=0, max_value=1)
times = st.floats(min_value=0, max_value=10_000)


def progress(fraction: float, picture: Artifact | None = None) -> Progress:
    return Progress(stage=Stage.SHOOT, done=1, total=5, fraction=fraction, picture=picture)


class Listener(Announcer):
    """Keeps what is told."""

    def __init__(self) -> None:
        self.heard: list[Look] = []

    async def tell(self, job: str, look: Look) -> None:
        self.heard.append(look)


async def claimed(frame: Installation) -> Claim:
    placed = await frame.store.jobs.place(
        await order(frame.store.blobs), chat="c", seller="a", lane=Lane.NORMAL, dedupe="1"
    )
    claim = await frame.store.leases.claim(placed.job, fence=1, owner="w")
    assert claim is not None
    return claim


async def test_pictures_are_all_told_and_the_rest_is_summed_up(frame: Installation) -> None:
    claim, listener = await claimed(frame), Listener()
    report = Report(claim, leases=frame.store.leases, announcer=listener, usual=None)
    picture = Artifact(sha256="0" * 64, media_type="image/jpeg")
    for at in range(100):
        report.watch(progress(at / 100, picture if at % 20 == 0 else None))
    report.close()
    await report.run()
    told = [look.event.progress for look in listener.heard if isinstance(look.event, Progressed)]
    assert sum(each.picture is not None for each in told) == 5
    assert told[-1].fraction == 0.99
    assert len(told) == 6
    numbers = [look.seq for look in listener.heard]
    assert numbers == sorted(set(numbers))
    assert report.next_number() > numbers[-1]


async def test_the_latest_progress_is_in_the_database_too(frame: Installation) -> None:
    claim = await claimed(frame)
    report = Report(claim, leases=frame.store.leases, announcer=Listener(), usual=100.0)
    report.watch(progress(0.25))
    report.close()
    await report.run()
    event = (await frame.store.jobs.look(claim.job)).event
    assert isinstance(event, Progressed)
    assert event.progress == progress(0.25)
    assert event.seconds_left is not None


async def test_a_later_attempt_has_greater_numbers(frame: Installation) -> None:
    claim = await claimed(frame)
    first = Report(claim, leases=frame.store.leases, announcer=Listener(), usual=None)
    second = Report(claim.model_copy(update={"fence": 2}), leases=frame.store.leases, announcer=Listener(), usual=None)
    assert max(first.next_number() for _ in range(1000)) < second.next_number()


@given(fraction=fractions, spent=times, usual=st.none() | times)
def test_time_left_is_never_negative_and_nothing_at_the_end(fraction: float, spent: float, usual: float | None) -> None:
    left = seconds_left(fraction, spent=spent, usual=usual)
    assert left is None or left >= 0
    assert seconds_left(1.0, spent=spent, usual=usual) == 0


@given(usual=times)
def test_at_first_the_time_left_is_what_like_jobs_took(usual: float) -> None:
    assert seconds_left(0.0, spent=0.0, usual=usual) == round(usual, 1)


def test_without_history_nothing_is_said_until_the_job_shows_its_pace() -> None:
    assert seconds_left(0.05, spent=3.0, usual=None) is None
    assert seconds_left(0.5, spent=30.0, usual=None) == 30.0


def test_a_slow_job_is_believed_more_the_further_it_is() -> None:
    early = seconds_left(0.2, spent=40.0, usual=100.0)
    late = seconds_left(0.8, spent=160.0, usual=100.0)
    assert early is not None
    assert late is not None
    assert 80 < early < 160
    assert 20 < late < 40
    assert late / 40 > 0.85
