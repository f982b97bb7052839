"""What the bot remembers of how messages stand in their chats, while it runs: it spares needless edits."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from bot.outlet import Message

REMEMBERED = 2000  # messages, and chats


class Standing:
    """The present content of our newest messages, and which message a person sent last in each chat."""

    def __init__(self) -> None:
        self._content: OrderedDict[tuple[str, str], Message] = OrderedDict()
        self._written: OrderedDict[str, int] = OrderedDict()

    def shows(self, chat: str, message_id: str, message: Message) -> bool:
        """Whether a message is known to show this already."""
        return self._content.get((chat, message_id)) == _visible(message)

    def note(self, chat: str, message_id: str, message: Message) -> None:
        """A message shows this now."""
        self._content[chat, message_id] = _visible(message)
        while len(self._content) > REMEMBERED:
            self._content.popitem(last=False)

    def forget(self, chat: str, message_id: str) -> None:
        """A message may show something else from now on."""
        self._content.pop((chat, message_id), None)

    def wrote(self, chat: str, number: int) -> None:
        """A person sent a message with this number."""
        self._written.pop(chat, None)
        self._written[chat] = number
        while len(self._written) > REMEMBERED:
            self._written.popitem(last=False)

    def sunk(self, chat: str, number: int) -> bool:
        """Whether a person has sent something since a message of ours."""
        return number < self._written.get(chat, 0)


def _visible(message: Message) -> Message:
    """A message without what nobody sees of it: less than a hundredth of progress."""
    return message if message.fraction is None else replace(message, fraction=round(message.fraction, 2))
