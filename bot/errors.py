"""What can go wrong between the bot and a chat. Raised by front ends, understood by the presenter and the courier."""

from __future__ import annotations

from pipeline.errors import FrameError


class ChatError(FrameError):
    """A message could not be shown now; trying again later may help."""


class TooLarge(ChatError):
    """A file is larger than the chat, or what stands before it, takes."""


class ChatClosed(ChatError):
    """Nothing can be shown here until the seller comes back: the bot was blocked or removed, or may not write."""


class SettingsMissing(FrameError):
    """The bot cannot start as it is set up. The text is a sentence for the operator."""


class PlayFailed(FrameError):
    """An order could not be played to its end. The text is a sentence for whoever started it."""
