"""The errors of FRAME. Raised, never returned; what a seller reads is a phrase, never `str(error)`.

FrameError
├ EngineError: EngineUnavailable (retryable), EngineBusy (retry after), EngineRefused (with a reason)
├ MediaError: FfmpegFailed, BadPhoto
├ PublishError: NeedsLogin, Rejected (with a reason), LimitReached (until when), StillProcessing, MaybePosted
├ StorageError
└ JobGone, JobCancelled
"""

from __future__ import annotations


class FrameError(Exception):
    """The root: something that FRAME itself raised."""


class EngineError(FrameError):
    """An engine did not do its step."""


class EngineUnavailable(EngineError):
    """The engine cannot be reached or is broken for now; trying again may help."""


class EngineBusy(EngineError):
    """The engine asks to wait.

    Attributes:
        retry_after: seconds to wait, None when it did not say.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class EngineRefused(EngineError):
    """The engine will not do this request, however often it is asked.

    Attributes:
        reason: a phrase key that tells the seller why, or one of `NOT_MEANT`.
    """

    def __init__(self, message: str, reason: str = "refused") -> None:
        super().__init__(message)
        self.reason = reason


# Reasons of engines that were not meant to do a step: the seller chose so, is told elsewhere, or never asked for it.
NOT_MEANT = frozenset(
    {
        "voice_off",
        "robot_chosen",
        "robot_not_chosen",
        "built_in_voice_chosen",
        "no_voice_for_language",
        "designed_shot",
    }
)


class MediaError(FrameError):
    """A picture, sound or film could not be handled."""


class FfmpegFailed(MediaError):
    """ffmpeg ended badly.

    Attributes:
        tail: the last lines it wrote.
    """

    def __init__(self, message: str, tail: str = "") -> None:
        super().__init__(message)
        self.tail = tail


class BadPhoto(MediaError):
    """A file sent as a photo cannot be used.

    Attributes:
        reason: a phrase key: "empty", "damaged", "not_a_photo", "too_large", "too_small", "too_narrow".
    """

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


class PublishError(FrameError):
    """A film was not posted, or not as far as anybody can tell. No other engine can stand in, and waiting is no use.

    Attributes:
        network: where it was to be posted.
    """

    def __init__(self, message: str, network: str) -> None:
        super().__init__(message)
        self.network = network


class NeedsLogin(PublishError):
    """The network does not take the installation's login: its operator has to log in anew."""


# Why a network refuses a film or its words; each has a phrase.
REFUSALS = frozenset({"words", "file", "length", "rules", "copyright", "duplicate", "spam", "account", "other"})


class Rejected(PublishError):
    """The network will not have this film.

    Attributes:
        reason: one of `REFUSALS`.
    """

    def __init__(self, message: str, network: str, reason: str) -> None:
        super().__init__(message, network)
        self.reason = reason


class LimitReached(PublishError):
    """The account has posted as much as it may for now.

    Attributes:
        retry_after: seconds until it may again, as far as that is known.
    """

    def __init__(self, message: str, network: str, retry_after: float) -> None:
        super().__init__(message, network)
        self.retry_after = retry_after


class StillProcessing(PublishError):
    """The network has the film and is not done with it; another try goes on from there."""


class MaybePosted(PublishError):
    """The film was sent and what came of it cannot be found out; it is not sent again."""


class StorageError(FrameError):
    """Something stored is missing or cannot be written."""


class JobGone(FrameError):
    """The job is not ours any more: somebody else holds its lease, or it was deleted."""


class JobCancelled(FrameError):
    """The seller stopped the job."""


def cause(error: BaseException) -> BaseException:
    """The first error of a group, else the error itself: what is done side by side fails as a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
