"""A message of the conversation in Telegram's terms: text within its limits, an inline keyboard. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.dialogue.cards import Weight
from bot.outlet import CopyKey, Key, LinkKey, Message

TEXT_UNITS = 4096  # Telegram counts UTF-16 code units
CAPTION_UNITS = 1024
COPY_UNITS = 256
BAR = 12  # cells of a progress bar

_STYLES: dict[Weight, dict[str, str]] = {
    Weight.MAIN: {"style": "primary"}, Weight.DANGER: {"style": "danger"}, Weight.PLAIN: {},
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A chat, and the topic in it if it has topics."""

    chat: int
    topic: int | None = None

    @classmethod
    def parse(cls, key: str) -> Place:
        """From "telegram:123" or "telegram:-100:7"."""
        _, chat, *topic = key.split(":")
        return cls(int(chat), int(topic[0]) if topic else None)

    @property
    def key(self) -> str:
        """The chat key."""
        return f"telegram:{self.chat}" + (f":{self.topic}" if self.topic is not None else "")

    @property
    def group(self) -> bool:
        """Whether more than one person may be there."""
        return self.chat < 0


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units, cut between characters, with an ellipsis."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    return f"{kept.rstrip()}…"


def words(message: Message, limit: int) -> str:
    """The text of a message with its progress bar and what could not become a copy button."""
    parts = [message.text]
    if message.fraction is not None:
        full = round(max(0.0, min(1.0, message.fraction)) * BAR)
        parts.append("▰" * full + "▱" * (BAR - full) + f" {message.fraction:.0%}")
    copies = [key for row in message.rows for key in row if isinstance(key, CopyKey) and _too_long(key)]
    parts += [f"{key.label}:\n{key.text}" for key in copies]
    return shorten("\n\n".join(part for part in parts if part), limit)


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons of a message as the library's object; None when it has none."""
    return InlineKeyboardMarkup.de_json(found, None) if (found := buttons(message)) else None


def buttons(message: Message) -> dict[str, object] | None:
    """The buttons of a message as the Bot API takes them; None when it has none."""
    rows = [[_button(key) for key in row if not _too_long(key)] for row in message.rows]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _too_long(key: Key | CopyKey | LinkKey) -> bool:
    return isinstance(key, CopyKey) and units(key.text) > COPY_UNITS


def _button(key: Key | CopyKey | LinkKey) -> dict[str, object]:
    if isinstance(key, LinkKey):
        return {"text": key.label, "url": key.address}
    if isinstance(key, CopyKey):
        return {"text": key.label, "copy_text": {"text": key.text}}
    tick = {None: "", True: "✓ ", False: ""}[key.picked]
    return {"text": tick + key.label, "callback_data": key.token, **_STYLES[key.weight]}
