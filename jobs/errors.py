"""What can go wrong with the queue before any work begins."""

from __future__ import annotations

from datetime import datetime

from pipeline.errors import FrameError


class QueueUnavailable(FrameError):
    """The queue server cannot be started or reached. The text is a sentence for the operator."""


class QueueUnsafe(FrameError):
    """The queue server would lose work. The text is a sentence for the operator."""


class DailyLimit(FrameError):
    """A seller has had all the films of the day.

    Attributes:
        limit: films a day.
        resets_at: when the next day begins.
    """

    def __init__(self, limit: int, resets_at: datetime) -> None:
        super().__init__(f"{limit} films a day")
        self.limit = limit
        self.resets_at = resets_at
