"""What goes on in an installation, in a few numbers for whoever operates it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from pipeline.model import Value
from storage.database import Database
from storage.jobs import FAILED, RUNNING, WAITING
from storage.tables import films, jobs, sessions

WEEK = 7
DAY = 86_400


class Figures(Value):
    """Counts; days are those of UTC."""

    sellers: int = 0  # who have a conversation
    films: int = 0
    waiting: int = 0
    running: int = 0
    failed_today: int = 0
    week: tuple[int, ...] = (0,) * WEEK  # films on each of the last days, today last


class Bookkeeping:
    """Counts what is there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def figures(self, now: datetime) -> Figures:
        """The figures at a time."""
        today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        start = today - timedelta(days=WEEK - 1)
        made = select(films.c.at).where(films.c.at >= start.timestamp())
        number = func.count().label("number")
        states = select(jobs.c.state, number).where(jobs.c.state.in_((WAITING, RUNNING))).group_by(jobs.c.state)
        failed = select(func.count()).where(jobs.c.state == FAILED, jobs.c.finished_at >= today.timestamp())
        talking = select(func.count(sessions.c.seller.distinct())).where(sessions.c.seller != "")
        async with self._database.read() as connection:
            days = Counter(int((at - start.timestamp()) // DAY) for at in await connection.scalars(made))
            by_state = {row.state: row.number for row in (await connection.execute(states)).all()}
            return Figures(
                sellers=await connection.scalar(talking) or 0,
                films=await connection.scalar(select(func.count()).select_from(films)) or 0,
                waiting=by_state.get(WAITING, 0),
                running=by_state.get(RUNNING, 0),
                failed_today=await connection.scalar(failed) or 0,
                week=tuple(days[place] for place in range(WEEK)),
            )
